"""A paper that breaks: walls are quarantined and asked for again; what was mended is reread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.dump import digest
from archive.rebuild import rebuild
from archive.records import Impostor, Reading
from archive.store import connect
from crawler.reread import hold
from crawler.walk.tally import Tally
from tests.archive.makers import make_reading
from tests.gazette import epi, plain
from tests.gazette import server as server_module
from tests.gazette.fault import Fault, Request
from tests.gazette.paper import Answer, Paper
from tests.gazette.server import Server
from tests.read.samples import make_site

from .vault import Vault

ARTICLES = 12


@contextmanager
def serve(tmp_path: Path, paper: Paper) -> Iterator[tuple[Server, Vault]]:
    """Serve a paper and give an archive that may dial it, with its profile as site ``paper``."""
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        vault.add_site("paper", paper.profile())
        yield server, vault


def check_rebuild(vault: Vault) -> None:
    """The index made again from the WARC files is the index that the crawls made."""
    live = digest(connect(vault.root / "index.db"))
    rebuild(vault.root)
    assert digest(connect(vault.root / "index.db")) == live


def test_a_night_of_captchas(tmp_path: Path) -> None:
    """Exit code 3 with kind and remedy; nothing indexed; the next crawl asks again for all."""
    with serve(tmp_path, plain.paper(seed=7, articles=ARTICLES)) as (server, vault):
        server.faults.put("/*.html", Fault("captcha"))
        report = vault.crawl("paper", code=3)[0]
        assert "captcha" in report["problems"][0] and "[manners]" in report["problems"][0]
        assert report["counts"]["articles_new"] == 0
        rows = vault.query("SELECT DISTINCT kind, evidence, status FROM quarantine")
        assert {kind for kind, _, _ in rows} == {"captcha"} and rows[0][1].startswith("it says ")
        assert "captcha" in vault.run("health", "paper", code=3)
        server.faults.mend()
        again = vault.crawl("paper")[0]
        assert again["counts"]["articles_new"] == ARTICLES
        check_rebuild(vault)


def cut_articles(monkeypatch: pytest.MonkeyPatch, paper: Paper) -> set[str]:
    """Make the server's compressed pages of articles end early; return the paths that it does."""
    frame, paths = server_module.frame, {urlsplit(told["url"]).path for told in paper.truth()}

    def reframe(
        answer: Answer, request: Request, now: datetime, *, keep: bool
    ) -> tuple[bytes, bytes]:
        head, body = frame(answer, request, now, keep=keep)
        if request.path not in paths or not body:
            return head, body
        half = body[: len(body) // 2]
        return head.replace(b"Length: %d\r" % len(body), b"Length: %d\r" % len(half)), half

    monkeypatch.setattr(server_module, "frame", reframe)
    return paths


def test_articles_whose_first_answer_broke_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are told with their cause, counted as failed, asked for again by the next crawl, and an
    article that is held is not edited by half a page."""
    paper = plain.paper(seed=7, articles=ARTICLES)
    with serve(tmp_path, paper) as (_, vault):
        paths = cut_articles(monkeypatch, paper)
        report = vault.crawl("paper", code=3)[0]
        assert report["problems"][0].startswith(f"{ARTICLES} of {ARTICLES} article pages broke off")
        assert len(report["problems"]) == 1
        told = json.loads(vault.run("completeness", "paper", "--json", "--since", "2020"))
        assert (told["total"]["failed"], told["total"]["unread"]) == (ARTICLES, 0)
        paths.clear()
        assert vault.crawl("paper")[0]["counts"]["articles_new"] == ARTICLES
        paths |= {urlsplit(told["url"]).path for told in paper.truth()}
        for story in paper.newsroom.ids():
            paper.newsroom.edit(story)
        assert vault.crawl("paper", "--recheck", "1", code=3)[0]["counts"]["pages_read"] == ARTICLES
        assert vault.query("SELECT max(versions) FROM articles") == [(1,)]
        assert vault.query("SELECT count(*) FROM changes") == [(0,)]
        check_rebuild(vault)


def test_half_pages_with_an_honest_length(tmp_path: Path) -> None:
    """Cut before their first paragraph or behind it: no article that night, nobody's edit, and the
    whole ones when they are back. (A page of none was never asked for again.)"""
    paper = plain.paper(seed=7, articles=ARTICLES)
    newsroom, whole = paper.newsroom, paper.article
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        held = vault.query("SELECT count(*) FROM articles")[0][0]
        newsroom.move(newsroom.now + timedelta(days=1))
        fresh = newsroom.publish(newsroom.now.date(), 6)

        def cut(number: str) -> Answer | None:
            given = whole(number)
            if given is None or given.status != 200:
                return given
            head, mark, text = given.body.decode().partition('<div class="text">')
            return Answer(f"{head}{mark}{text[: len(text) // 3 * (int(number) % 2)]}".encode())

        paper.article = cut  # type: ignore[method-assign]
        vault.crawl("paper", "--recheck", "20", code=3)
        assert vault.query("SELECT count(*) FROM articles") == [(held,)]
        paper.article = whole  # type: ignore[method-assign]
        newsroom.move(newsroom.now + timedelta(days=1))
        assert vault.crawl("paper")[0]["counts"]["articles_new"] == len(fresh)
        assert vault.query("SELECT count(*) FROM changes") == [(0,)]
        check_rebuild(vault)


@pytest.mark.slow
def test_an_answer_that_broke_off_is_asked_again_at_once(tmp_path: Path) -> None:
    """Fewer bytes than promised, then the whole page five seconds later: it is read."""
    with serve(tmp_path, plain.paper(seed=7, articles=ARTICLES)) as (server, vault):
        server.faults.put("/*.html", Fault("cut", times=3))
        assert vault.crawl("paper")[0]["counts"]["articles_new"] == ARTICLES
        assert vault.query("SELECT count(*) FROM captures WHERE truncated IS NOT NULL") == [(3,)]
        check_rebuild(vault)


def test_lists_that_are_walls_are_told(tmp_path: Path) -> None:
    """A front page, categories and feeds that are captchas: exit code 3, nothing is followed."""
    with serve(tmp_path, plain.paper(seed=7, articles=ARTICLES)) as (server, vault):
        server.faults.put("*", Fault("captcha"))
        server.faults.put("/robots.txt", Fault("status", status=404))
        report = vault.crawl("paper", code=3)[0]
        assert "lists" in report["problems"][0] and "captcha" in report["problems"][0]
        assert vault.query("SELECT count(*) FROM articles") == [(0,)]
        check_rebuild(vault)


def test_a_soft_404_is_no_article(tmp_path: Path) -> None:
    """Announced addresses that answer 200 with a notice are quarantined as soft-404."""
    with serve(tmp_path, epi.paper(seed=7, articles=36)) as (_, vault):
        vault.crawl("paper")
        kinds = vault.query("SELECT kind, evidence FROM quarantine WHERE kind IS NOT NULL")
        ghosts = vault.query("SELECT url FROM articles WHERE url LIKE '%ban-tin-da-go%'")
    assert [kind for kind, _ in kinds] == ["soft-404"] and ghosts == []


def test_a_mended_profile_is_read_again(tmp_path: Path) -> None:
    """Without a request: what could not be read is released, a second run has nothing to do, and
    a rebuild gives the same index."""
    paper = plain.paper(seed=7, articles=ARTICLES)
    with serve(tmp_path, paper) as (server, vault):
        sound = paper.profile()
        words = '[read]\nstrip = ["article", "main", "p"]'
        vault.add_site("paper", sound.replace("[read]", words))
        report = vault.crawl("paper", code=3)[0]
        assert any("no article that could be read" in words for words in report["problems"])
        assert vault.query("SELECT count(*) FROM articles") == [(0,)]
        asked = len(server.log)
        vault.add_site("paper", sound)
        told = json.loads(vault.run("reread", "paper", "--json"))
        assert (told["released"], told["new_articles"], told["left"]) == (ARTICLES, ARTICLES, 0)
        assert "nothing to read again" in vault.run("reread", "paper", "--quarantined")
        assert len(server.log) == asked
        assert vault.query("SELECT max(versions) FROM articles") == [(1,)]
        check_rebuild(vault)


@pytest.mark.parametrize(
    ("kind", "found", "selector", "released"),
    [
        ("soft-404", "profile:body", "div.moi", True),
        ("soft-404", "trafilatura:fast", "div.moi", False),
        ("paywall-stub", "paragraphs", "div.moi", False),
        ("list-page", "trafilatura:fast", "div.moi", True),
        ("soft-404", "trafilatura:fast", "", True),
    ],
)
def test_a_page_of_another_layout_is_not_released(
    kind: Impostor, found: str, selector: str, released: bool
) -> None:
    """After a relaunch the new profile finds nothing of its own on the notices of before: what the
    general reader makes of them is no article."""
    site = make_site(read=f'body = ["{selector}"]' if selector else "")
    reading = make_reading("Thông báo", "Giảm giá 41%", sources={"text": found})
    held = hold(kind, (f"impostor: {kind}: words",), reading, site)
    assert (held == reading) is released
    if not released:
        assert (held.status, held.impostor, held.article) == ("quarantined", kind, None)
        assert held.warnings[0] == f"impostor: {kind}: words"
        assert hold(None, (), reading, site) == reading


@pytest.mark.slow
def test_reread_tells_which_fields_changed(tmp_path: Path) -> None:
    """A profile that now names another place for the lead changes fields and makes no version."""
    paper = plain.paper(seed=7, articles=ARTICLES)
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        vault.add_site("paper", paper.profile().replace("[read]", '[read]\nsection = ["title"]'))
        out = vault.run("reread", "paper", "--since", "2020-01-01")
        assert "nothing to read again" in vault.run("reread", "paper", "--all")
        assert f"{ARTICLES} articles changed" in out and f"section: {ARTICLES} changed" in out
        assert vault.query("SELECT max(versions), count(*) FROM articles") == [(1, ARTICLES)]
        check_rebuild(vault)


def test_reread_refuses_in_words(tmp_path: Path) -> None:
    """Options that exclude each other and unknown papers are exit code 2 with the remedy."""
    vault = Vault(tmp_path / "archive")
    assert "exclude" in vault.run("reread", "paper", "--all", "--since", "2026-01-01", code=2)
    vault.run("reread", "nirgends", code=2)


def test_a_wall_ends_the_run() -> None:
    """After MAX_WALLS walls in a row a run asks no more; a page that is read starts anew."""
    tally = Tally()
    wall = Reading("article", "quarantined", "t", "p", impostor="captcha")
    gone = Reading("article", "quarantined", "t", "p", impostor="soft-404")
    for _ in range(3):
        tally.note_reading(wall)
    assert (tally.walls_in_row, tally.counts()["impostors"]) == (3, {"captcha": 3})
    tally.note_reading(gone)
    assert tally.walls_in_row == 0


def test_who_is_shut_out_does_not_insist(tmp_path: Path) -> None:
    """Articles that all answer 403: after 20 in a row a crawl asks no more, says so, and takes
    them the next night."""
    with Server(plain.paper(seed=7, articles=48)) as server:
        vault = Vault(tmp_path / "archive", server.port, words="[crawl]\nworkers = 1\n")
        vault.add_site("paper", server.paper.profile())
        server.faults.put("*.html", Fault("status", status=403))
        report = vault.crawl("paper", code=3)[0]
        refused = report["counts"]["statuses"]["403"]
        assert 20 <= refused <= 24, "some were under way"
        assert report["outcome"] == "walled"
        assert "answers failed" in " ".join(report["problems"])
        server.faults.mend()
        vault.crawl("paper")
        assert len(vault.export()) == 48
