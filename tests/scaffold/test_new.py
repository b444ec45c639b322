"""`khobao new` as a process: what it writes of unknown papers, and where it refuses to."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from spiders.profile import load
from tests.gazette import plain
from tests.gazette.paper import Answer, Paper
from tests.gazette.platforms import PLATFORMS
from tests.gazette.server import Server
from tests.road.captured import find_port
from tests.road.scores import explain
from tests.road.vault import Vault
from tests.sites.pages import find_pairs

from .lab import Trial, tabulate, try_papers
from .odd import PAPERS, make_odd

MOST_REQUESTS = 34  # what BUDGET allows, and the redirects of robots.txt
LEAST = 0.95


def judge(trials: dict[str, Trial]) -> None:
    """Fail with the table where less than 95 % was found or right, a page that is no article was
    read as one, or the profile is not as it must be."""
    faults = []
    for key, one in trials.items():
        names = ("found", "title", "date", "text")
        faults += [f"{key}.{name}" for name in names if one.score.share(name) < LEAST]
        faults += [f"{key}: {url} is no article" for url in one.score.extra]
        if one.profile.count("\n") > 25:
            faults.append(f"{key}: the profile has more than 25 lines")
        if one.requests > MOST_REQUESTS:
            faults.append(f"{key}: {one.requests} requests")
        faults += [f"{key}: no mark for {word}" for word in list_unmarked(one.profile)]
    scores = {key: one.score for key, one in trials.items()}
    assert not faults, f"{faults}\n{tabulate(trials)}\n{explain(scores)}"


def list_unmarked(profile: str) -> list[str]:
    """The answers of a profile that no mark speaks of; how far to page is no answer of a paper."""
    words = tomllib.loads(profile)
    marked = {word for listed in words.pop("trust").values() for word in listed}
    plain_words = {word for word, value in words.items() if not isinstance(value, dict)}
    tables = {f"{t}.{w}" for t in words if isinstance(words[t], dict) for w in words[t]}
    empty = {f"walk.{w}" for w, value in words.get("walk", {}).items() if value == []}
    return sorted((plain_words | tables) - marked - empty - {"walk.pages"})


def test_a_paper_without_any_sign_is_learned_and_crawled(tmp_path: Path) -> None:
    """No structured data, no feed, no sitemap, slugs without ids, a pager of its own, Indonesian:
    all articles are found and read, no other page is; the fixture says what is read."""
    trials = try_papers(tmp_path, {"odd": make_odd("slug-at-root", 24)})
    judge(trials)
    words = load(trials["odd"].profile)
    assert (words.language, words.walk.pager) == ("id", "next-link")
    assert words.timezone == "Asia/Jakarta"
    assert words.trusted("timezone") == "guess"
    assert words.trusted("walk.pager") == "seen"
    (pair,) = find_pairs(tmp_path / "archive" / "sites")
    assert pair.told["reviewed"] is False
    assert pair.read() == pair.told["expected"]


def test_nothing_is_archived(tmp_path: Path) -> None:
    """A survey leaves profile and fixture behind, and no WARC file or index. It goes by the clock
    that is given: years before the paper's dates all articles are dated ahead, each counted once.
    """
    with Server(make_odd("number-alone", 12)) as server:
        vault = Vault(tmp_path / "archive", server.port)
        words = ("new", server.url, "--delay", "0", "--dir", str(tmp_path / "sites"))
        said = vault.run(*words, KHOBAO_NOW="2001-01-01T00:00:00Z")
    ahead = re.search(r"date-future on (\d+) of (\d+) articles", said)
    assert ahead and ahead[1] == ahead[2]
    (path,) = (tmp_path / "sites").glob("*.toml")
    assert f"{path}" in said
    assert "Found" in said
    assert not list((tmp_path / "archive").rglob("*.warc*"))
    assert not (tmp_path / "archive" / "index.db").exists()


class Walled(plain.PlainPaper):
    """A paper whose robots.txt forbids everything."""

    def robots(self) -> Answer:
        return Answer(b"User-agent: *\nDisallow: /\n", "text/plain")


class Mute(plain.PlainPaper):
    """A site that has a front page and nothing behind it."""

    def _route(self, target: str) -> Answer | None:
        page = b"<!DOCTYPE html><title>App</title><div id=root></div><script src=/app.js></script>"
        return Answer(page) if target == "/" else None


def make_from(kind: type[plain.PlainPaper]) -> Paper:
    """Return a paper of another kind with the newsroom of a plain one."""
    return kind(plain.paper(7, 12).newsroom)


@pytest.mark.parametrize(
    ("kind", "code", "word"), [(Walled, 4, "robots.txt forbids it"), (Mute, 3, "Remedy")]
)
def test_where_it_may_not_ask_or_does_not_understand_no_file_is_written(
    tmp_path: Path, kind: type[plain.PlainPaper], code: int, word: str
) -> None:
    """robots.txt forbids: exit 4. No article is found: exit 3 with the remedy. No file pretends."""
    with Server(make_from(kind)) as server:
        vault = Vault(tmp_path / "archive", server.port)
        said = vault.run("new", server.url, "--delay", "0", code=code)
        asked = server.paths()
    assert word in said
    assert list((vault.root / "sites").iterdir()) == []
    if kind is Walled:
        assert asked == ["/robots.txt"]


def test_a_paper_that_does_not_answer_is_told(tmp_path: Path) -> None:
    """Nobody at the address: exit 4, and what to do."""
    port = find_port()
    vault = Vault(tmp_path / "archive", port)
    assert "refused" in vault.run("new", f"http://127.0.0.1:{port}/", "--delay", "0", code=4)


def test_a_profile_that_is_there_stays(tmp_path: Path) -> None:
    """A file of that name, a known host, no address, no operator: exit 2 before any request."""
    with Server(make_odd("number-alone", 12)) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("mine", f'home = "{server.url}/"\n')
        assert "--force" in vault.run("new", server.url, "--key", "mine", code=2)
        assert "known as 'mine'" in vault.run("new", server.url, "--key", "other", code=2)
        assert "no address" in vault.run("new", "http:///x y", code=2)
        assert "operator" in vault.run("new", "https://unknown-paper.test/", code=2)
        assert server.log == []
    assert (vault.root / "sites" / "mine.toml").read_text() == f'home = "{server.url}/"\n'


def test_robots_is_obeyed(tmp_path: Path) -> None:
    """robots.txt that refuses a folder is obeyed: none of its pages is asked for."""
    paper = make_odd("slug-in-section", 24)
    sport = paper.newsroom.sections[-1].slug
    paper.robots = lambda: Answer(  # type: ignore[method-assign]
        f"User-agent: *\nDisallow: /{sport}\n".encode(), "text/plain"
    )
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        said = json.loads(vault.run("new", server.url, "--key", "x", "--delay", "0", "--json"))
        assert not [path for path in server.paths() if path.startswith(f"/{sport}")]
    assert said["site"] == "x"


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("varied", [False, True])
def test_papers_of_known_systems(tmp_path: Path, varied: bool) -> None:
    """Every system's paper as it is, and after a redesign with other classes, nesting and pager."""
    papers: dict[str, Paper] = {
        name: make(7, 30, varied=varied, without=["ghosts"] if name == "epi" else [])
        for name, make in PLATFORMS.items()
    }
    judge(try_papers(tmp_path, papers))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_papers_of_no_system(tmp_path: Path) -> None:
    """Addresses, menus and pagers of seven kinds, without structured data, in three languages."""
    judge(try_papers(tmp_path, {name: make_odd(name) for name in PAPERS}))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("structured", [False, True])
def test_plain_papers_in_three_languages(tmp_path: Path, structured: bool) -> None:
    """Clean HTML5 with and without JSON-LD, in Vietnamese, Indonesian and German."""
    papers: dict[str, Paper] = {
        lang: plain.paper(7, 36, lang=lang, structured=structured) for lang in ("vi", "id", "de")
    }
    judge(try_papers(tmp_path, papers))
