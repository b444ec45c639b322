"""`khobao check` against papers that are understood, redesigned, broken, shut, and held."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.connection import INDEX, connect
from crawler.check.check import Checked, check_archive
from crawler.config import Config
from crawler.scaffold.ends import Unavailable
from spiders.profile import load
from spiders.site import Site
from tests.gazette import plain
from tests.gazette.fault import Fault
from tests.gazette.paper import Answer, Paper
from tests.gazette.platforms import PLATFORMS
from tests.gazette.server import Server

from .desk import (
    NOW,
    keep_articles,
    list_files,
    list_problems,
    look,
    look_at,
    make_vault,
    type_check,
)

MARKED = ("title", "text", "date", "lead", "author", "related")
SAME = ("ims", "blox")
"""Systems of which a redesign takes nothing away that the profile names: lists, pager and most of
[read] are found in general ways before and after."""


def assert_understood(checked: Checked) -> None:
    """Fail unless no problem is told, every field is on most articles, and nobody disagrees."""
    counts = checked.counts
    assert checked.exit_code == 0, checked.write_report()
    assert counts.articles == 10
    assert min(counts.fields[name] for name in ("title", "text", "date")) == 10
    assert min(counts.fields[name] for name in MARKED) >= 6, counts.fields
    assert not counts.disagreements and not counts.leaks, checked.write_report()
    assert checked.looked.requests <= 26


def test_a_paper_as_it_is_is_understood(tmp_path: Path) -> None:
    """All marks are right, the report says so, and about twenty requests were enough."""
    checked = look(tmp_path, "epi", 60)
    assert_understood(checked)
    assert checked.describe()["pager"] == "works"
    report = checked.write_report()
    assert "The profile understands its paper." in report and "To be mended" not in report
    assert max(map(len, report.splitlines())) < 200


def test_a_redesigned_paper_is_told(tmp_path: Path) -> None:
    """Under the old profile the pager and most selectors lead to nothing: problems name them."""
    checked = look(tmp_path, "vnpt", 60, varied=True)
    assert checked.exit_code == 3
    assert {"walk.pager", "read"} <= set(list_problems(checked))
    assert checked.describe()["pager"] == "broken"


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", PLATFORMS)
def test_every_paper_as_it_is_is_understood(tmp_path: Path, name: str) -> None:
    """The fictional paper of every system under the profile that names the system."""
    assert_understood(look(tmp_path, name, 60))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", PLATFORMS)
def test_every_redesigned_paper_is_told(tmp_path: Path, name: str) -> None:
    """A redesign that takes lists, pager or most selectors away is a problem; one that does not is
    none."""
    checked = look(tmp_path, name, 60, varied=True)
    assert checked.exit_code == (0 if name in SAME else 3), checked.write_report()


# -- what breaks ----------------------------------------------------------------------------------


@pytest.fixture
def paper() -> Paper:
    """A paper whose profile lists categories, a feed and a sitemap."""
    return plain.paper(7, 60)


def replace_answers(paper: Paper, change: Callable[[str, Answer], Answer]) -> None:
    """Let a paper give other answers than its own."""
    answer = paper.answer

    def give(target: str) -> Answer | None:
        given = answer(target)
        return None if given is None else change(target, given)

    paper.answer = give  # type: ignore[method-assign]


def test_what_is_gone_is_told(tmp_path: Path, paper: Paper) -> None:
    """A category, the following pages, the feed answer 404: each is a problem that names the word
    to be corrected, and nothing else is one."""
    with Server(paper) as server:
        for path in (f"/{paper.newsroom.sections[-1].slug}", "/*page=2", "/feed.xml"):
            server.faults.put(path, Fault("status", status=404))
        checked = look_at(tmp_path, server, paper.profile())
    found = ["walk.categories", "walk.feeds", "walk.pager"]
    assert sorted(list_problems(checked)) == found, checked.write_report()


def test_what_became_something_else_is_told(tmp_path: Path, paper: Paper) -> None:
    """A section that leads to the front page, a feed that is HTML now, dates that are written no
    more, headlines that are the paper's name everywhere."""
    slug = paper.newsroom.sections[0].slug
    moved = Answer(b"", status=301, headers=(("Location", "/"),))
    page = Answer("<html><body><p>Trang chủ mới</p></body></html>".encode())

    def change(target: str, given: Answer) -> Answer:
        if not target.endswith(".html"):
            return {f"/{slug}": moved, "/feed.xml": page}.get(target, given)
        body = re.sub(r"<time>.*?</time>|<title>.*?</title>", "", given.body.decode())
        return Answer(re.sub(r"<h1>.*?</h1>", "<h1>Báo Phú Đằng</h1>", body).encode())

    bare = plain.paper(7, 60, structured=False)
    replace_answers(bare, change)
    with Server(bare) as server:
        checked = look_at(tmp_path, server, bare.profile())
    found = {"walk.categories", "walk.feeds", "date", "title"}
    assert found <= set(list_problems(checked)), checked.write_report()


# -- what can not be reached ----------------------------------------------------------------------


def test_a_captcha_on_every_page_is_no_reading(tmp_path: Path, paper: Paper) -> None:
    """The paper is shut, which is not the profile's fault."""
    with Server(paper) as server:
        server.faults.put("*", Fault("captcha"))
        server.faults.put("/robots.txt", Fault("status", status=404))
        with pytest.raises(Unavailable, match="every page is a captcha"):
            look_at(tmp_path, server, paper.profile())


class _Shut:
    """A paper whose server has one page, in no words that we know."""

    def __init__(self, paper: Paper) -> None:
        self.base, self.now = paper.base, paper.now

    def answer(self, target: str) -> Answer | None:
        """The same for everything but robots.txt."""
        words = "<title>Cổng 7</title></head><body><p>Một dòng chữ.</p>"
        page = f"<html><head>{words}</body></html>"
        return (
            None if target == "/robots.txt" else Answer(page.encode(), "text/html; charset=utf-8")
        )


def test_one_page_for_every_address_is_no_reading(tmp_path: Path, paper: Paper) -> None:
    """A server that lost its paper gives its own page everywhere: unavailable, not exit code 3."""
    with Server(_Shut(paper)) as server:
        profile = paper.profile(server.url)
        with pytest.raises(Unavailable, match="every page is the same one"):
            look_at(tmp_path, server, profile)


@pytest.mark.parametrize(("status", "says"), [(503, "http 503"), (403, "refuses us")])
def test_a_site_that_refuses_everything(
    tmp_path: Path, paper: Paper, status: int, says: str
) -> None:
    """Errors on every page but robots.txt: unavailable, with what to do."""
    with Server(paper) as server:
        server.faults.put("*", Fault("status", status=status))
        server.faults.put("/robots.txt", Fault("status", status=404))
        with pytest.raises(Unavailable, match=says):
            look_at(tmp_path, server, paper.profile())


def test_a_site_that_does_not_answer(tmp_path: Path, paper: Paper) -> None:
    """Nobody at the address: unavailable, with what to do."""
    with Server(paper) as server:
        words = paper.profile()
    with pytest.raises(Unavailable, match="refused"):
        look_at(tmp_path, server, words)


# -- the command ----------------------------------------------------------------------------------


def test_the_command_keeps_nothing(tmp_path: Path, paper: Paper) -> None:
    """A folder with khobao.toml and a profile is enough, and it stays that: when the paper is
    looked at, when robots.txt forbids it (exit 4, one request), when nothing is held (exit 2)."""
    with Server(paper) as server:
        vault = make_vault(tmp_path / "folder", server, paper.profile())
        before = list_files(vault.root)
        told = type_check(vault)
        assert told["articles"] == 10 and told["problems"] == []
        vault.run("check", "paper", "--from-archive", code=2)
        shut = Answer(b"User-agent: *\nDisallow: /\n", "text/plain")
        replace_answers(paper, lambda target, given: shut if target == "/robots.txt" else given)
        asked = len(server.log)
        assert "robots.txt forbids it" in vault.run("check", "paper", code=4)
        assert server.paths()[asked:] == ["/robots.txt"]
    assert list_files(vault.root) == before


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_is_held_is_checked_without_a_request(tmp_path: Path) -> None:
    """--from-archive finds on the captures what a check finds on the paper, asks for nothing and
    changes no file."""
    paper = plain.paper(7, 48)
    with Server(paper) as server:
        vault = make_vault(tmp_path / "archive", server, paper.profile())
        vault.crawl("paper")
        before, asked = list_files(vault.root / "warc"), len(server.log)
        rows = vault.query("SELECT count(*) FROM captures")
        held = type_check(vault, "--from-archive")
        assert len(server.log) == asked
        web = look_at(tmp_path, server, paper.profile()).describe()
    assert list_files(vault.root / "warc") == before
    assert vault.query("SELECT count(*) FROM captures") == rows
    for name in ("articles", "fields", "pager", "disagreements", "leaks", "selectors", "pages"):
        assert held[name] == web[name], name


# -- what is neither ------------------------------------------------------------------------------


def test_articles_that_are_refused_are_told(tmp_path: Path, paper: Paper) -> None:
    """Lists that come and articles that do not: a problem that says why, not an empty success."""
    with Server(paper) as server:
        server.faults.put("*.html", Fault("status", status=403))
        checked = look_at(tmp_path, server, paper.profile())
    assert list_problems(checked) == ["walk.article"]
    assert "0 of them came (http 403)" in checked.write_report()


def test_categories_that_are_down_are_told(tmp_path: Path, paper: Paper) -> None:
    """One list that answers 503 is a note: the server has trouble. All of them is a problem."""
    sections = [f"/{one.slug}" for one in paper.newsroom.sections]
    with Server(paper) as server:
        server.faults.put("*.html", Fault("status", status=404))
        server.faults.put(sections[0], Fault("status", status=503))
        few = list_problems(look_at(tmp_path, server, paper.profile()))
        for path in sections:
            server.faults.put(path, Fault("status", status=503))
        every = list_problems(look_at(tmp_path, server, paper.profile()))
    assert "walk.categories" not in few and "walk.article" in few
    assert every.count("walk.categories") == len(sections)


def test_an_archive_of_articles_alone(tmp_path: Path) -> None:
    """Articles without the lists that led to them, as an import brings them, are judged all the
    same; that the lists are not held is a note."""
    paper = plain.paper(7, 12)
    site = Site("paper", load(paper.profile()))
    keep_articles(tmp_path, paper, site)
    db = connect(tmp_path / INDEX)
    checked = check_archive(site, Config(), db, tmp_path, NOW)
    db.close()
    assert checked.exit_code == 0, checked.write_report()
    assert checked.counts.fields["text"] == 10
    assert "not held" in checked.write_report()
