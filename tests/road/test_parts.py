"""Articles of several pages: one text, one article, every page cited, whatever happens between."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from archive.completeness import count_span
from archive.connection import connect
from tests.gazette.fault import Fault
from tests.gazette.server import Server
from tests.gazette.turned import TurnedPaper

from .remains import ONE_READER, check_rebuild, check_whole
from .vault import Vault


@contextmanager
def serve(root: Path, paper: TurnedPaper) -> Iterator[tuple[Server, Vault]]:
    """Serve a paper, and give an archive that may dial it."""
    with Server(paper) as server:
        vault = Vault(root / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        yield server, vault
        paper.released.set()


def check_texts(vault: Vault, paper: TurnedPaper) -> None:
    """Every article is there once, with the text of all its pages, and nothing else is."""
    texts = dict(vault.query("SELECT url, body FROM articles"))
    assert texts == {f"{paper.base}{piece.path}": piece.text for piece in paper.pieces}


@pytest.mark.parametrize(
    ("form", "pager"),
    [
        ("query", "numbers"),
        pytest.param("own word", "window", marks=pytest.mark.slow),
        pytest.param("segment", "numbers", marks=pytest.mark.slow),
        ("dash", "next"),
        pytest.param("page segment", "rel", marks=pytest.mark.slow),
    ],
)
def test_all_pages_make_one_text(tmp_path: Path, form: str, pager: str) -> None:
    """The pages of an article are one text, each is captured once and cited; comments' pagers,
    galleries and other articles are none; a rebuild says the same."""
    paper = TurnedPaper(form, pager=pager, noise=True)
    with serve(tmp_path, paper) as (server, vault):
        vault.crawl("paper")
        check_texts(vault, paper)
        asked = [path for path in server.paths() if path.startswith("/berita/")]
        assert len(asked) == len(set(asked)) == paper.pages()
        cited = vault.query("SELECT number, url FROM parts WHERE part_id IS NOT NULL ORDER BY 1, 2")
        assert cited == sorted(
            (number, f"{paper.base}{paper.form(piece.path, number)}")
            for piece in paper.pieces
            for number in range(2, len(piece.pages) + 1)
        )
        check_rebuild(vault)
        check_whole(vault)


@pytest.mark.slow
def test_the_whole_article_on_one_page_is_asked_for_alone(tmp_path: Path) -> None:
    """Where a page has all of an article, one further request brings it; records, `show` and the
    search know the article by it."""
    paper = TurnedPaper(pager="whole")
    with serve(tmp_path, paper) as (server, vault):
        vault.crawl("paper")
        check_texts(vault, paper)
        turned = [piece for piece in paper.pieces if len(piece.pages) > 1]
        further = [path for path in server.paths() if "?" in path]
        assert sorted(further) == sorted(f"{piece.path}?page=all" for piece in turned)
        (record,) = (one for one in vault.export() if one["url"].endswith(turned[0].path))
        (part,) = record["parts"]
        assert part["number"] == 0 and part["warc_offset"] > 0 and part["payload_digest"]
        shown = vault.run("show", f"{paper.base}{turned[0].path}?page=all")
        assert turned[0].title in shown and "further pages" in shown
        check_rebuild(vault)


@pytest.mark.slow
def test_a_list_that_announces_page_2_leads_to_the_article(tmp_path: Path) -> None:
    """Page 2 in a list is no article: the first page is asked for, and page 2 once."""
    paper = TurnedPaper("segment")
    paper.announced = {piece.number for piece in paper.pieces if len(piece.pages) > 1}
    with serve(tmp_path, paper) as (server, vault):
        (report,) = vault.crawl("paper")
        check_texts(vault, paper)
        assert report["counts"]["without_text"] == 0
        asked = [path for path in server.paths() if path.startswith("/berita/")]
        assert len(asked) == len(set(asked)) == paper.pages()
        db = connect(vault.root / "index.db")
        total = count_span(db, "paper", date(2026, 11, 1), date(2026, 12, 31))
        db.close()
        assert total.announced == total.fates["read"] == total.by["category"] == len(paper.pieces)
        assert vault.query("SELECT count(*) FROM addresses WHERE role = 'part'") == [
            (paper.pages() - len(paper.pieces),)
        ]
        check_rebuild(vault)


@pytest.mark.slow
def test_an_edit_of_page_2_is_told_once(tmp_path: Path) -> None:
    """A second night without an edit changes nothing and keeps no second copy; an edit of page 2
    alone makes one version, told as `text`."""
    paper = TurnedPaper()
    with serve(tmp_path, paper) as (_, vault):
        vault.crawl("paper")
        (report,) = vault.crawl("paper", "--recheck", "1")
        assert report["counts"]["articles_changed"] == 0
        assert (
            vault.query(
                "SELECT count(*) FROM captures WHERE kind = 'response' AND status = 200 "
                "GROUP BY url HAVING count(*) > 1"
            )
            == []
        )
        paper.pieces[1].pages[1][2] = "Rapat berikutnya diundur menjadi 14 Januari di balai desa."
        (report,) = vault.crawl("paper", "--recheck", "1")
        assert report["counts"]["articles_changed"] == 1
        (report,) = vault.crawl("paper", "--recheck", "1")
        assert report["counts"]["articles_changed"] == 0
        check_texts(vault, paper)
        assert vault.query("SELECT kind FROM changes") == [("text",)]
        check_rebuild(vault)
        check_whole(vault)


def test_a_page_that_fails_is_told_and_asked_for_again(tmp_path: Path) -> None:
    """A new article without its page 2 says so, and is whole the next night without an edit; one
    that is held whole stays as it is while its page 2 fails."""
    paper = TurnedPaper(articles=3)
    piece = paper.pieces[1]
    with serve(tmp_path, paper) as (server, vault):
        server.faults.put(f"{piece.path}[?]page=2", Fault("status", status=403))
        vault.crawl("paper")
        ((body, warnings),) = vault.query(
            "SELECT body, warnings FROM articles WHERE url LIKE ?", f"%{piece.path}"
        )
        assert body == "\n".join(piece.pages[0])
        assert "article-incomplete: page 2 is not in the text: http 403" in warnings
        server.faults.mend()
        (report,) = vault.crawl("paper")
        assert report["counts"]["articles_changed"] == 0
        check_texts(vault, paper)

        server.faults.put("*[?]page=2", Fault("status", status=403))
        vault.crawl("paper", "--recheck", "1")
        check_texts(vault, paper)
        server.faults.mend()
        vault.crawl("paper", "--recheck", "1")
        check_texts(vault, paper)
        assert vault.query("SELECT * FROM changes") == []
        assert vault.query("SELECT DISTINCT versions FROM articles") == [(1,)]
        check_rebuild(vault)


def test_killed_between_two_pages(tmp_path: Path) -> None:
    """kill -9 while page 2 is on its way: the next crawl has the article whole, as version 1, and
    asks for no page that is held."""
    paper = TurnedPaper(articles=3)
    piece = paper.pieces[2]
    paper.stalled = f"{piece.path}?page=2"
    with serve(tmp_path, paper) as (server, vault):
        process = vault.start("crawl", "paper")
        assert paper.reached.wait(60)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        paper.stalled = ""
        paper.released.set()
        before = server.paths().count(piece.path)
        vault.crawl("paper")
        check_texts(vault, paper)
        assert server.paths().count(piece.path) <= before + 1
        assert vault.query("SELECT * FROM changes") == []
        assert vault.query("SELECT DISTINCT versions FROM articles") == [(1,)]
        check_rebuild(vault)
        check_whole(vault)


def test_reading_again_gives_the_same(tmp_path: Path) -> None:
    """`reread --all` with another profile joins the same pages, without a request or a version."""
    paper = TurnedPaper("underscore")
    with serve(tmp_path, paper) as (server, vault):
        vault.crawl("paper")
        before, rows = len(server.log), vault.query("SELECT * FROM parts")
        vault.add_site("paper", paper.profile().replace("[read]", '[read]\ntitle = "h1"'))
        told = vault.run("reread", "paper", "--all")
        assert "0 articles changed" in told and "0 new articles" in told
        assert len(server.log) == before
        check_texts(vault, paper)
        assert vault.query("SELECT * FROM parts") == rows
        assert vault.query("SELECT * FROM changes") == []
        check_rebuild(vault)


@pytest.mark.slow
def test_an_imported_file_is_joined(tmp_path: Path) -> None:
    """The pages of articles in a WARC file of others are joined, and cited where they lie."""
    paper = TurnedPaper("query", articles=4)
    with serve(tmp_path, paper) as (server, vault):
        vault.crawl("paper")
        (file,) = (vault.root / "warc" / "paper").glob("*.warc.gz")
        other = Vault(tmp_path / "other", server.port, words=ONE_READER)
        other.add_site("paper", paper.profile())
        other.run("import", "--site", "paper", str(file))
        check_texts(other, paper)
        places = other.query(
            "SELECT DISTINCT c.warc_file FROM parts p JOIN captures c ON c.id = p.part_id"
        )
        assert places == [(f"warc/foreign/{file.name}",)]
        check_rebuild(other)


@pytest.mark.slow
def test_what_was_read_by_halves_is_mended_without_an_edit(tmp_path: Path) -> None:
    """An archive of before: first pages alone, a page 2 as an article of its own. Reading again
    takes that article back and says what is lacking; the next crawl asks for it; nothing of it is
    told as an edit."""
    paper = TurnedPaper("segment", articles=4)
    piece = paper.pieces[3]
    with serve(tmp_path, paper) as (server, vault):
        server.faults.put("*/[234]", Fault("status", status=403))
        vault.crawl("paper")
        lacking = vault.query("SELECT count(*) FROM articles WHERE warnings LIKE '%incomplete%'")
        assert lacking == [(3,)]
        server.faults.mend()
        vault.add_site("paper", paper.profile().replace("[read]", '[read]\ntitle = "h1"'))
        vault.run("reread", "paper", "--all")
        assert vault.query("SELECT count(*) FROM parts WHERE part_id IS NOT NULL") == [(0,)]
        vault.crawl("paper")
        check_texts(vault, paper)
        assert vault.query("SELECT * FROM changes") == []
        rows = vault.query("SELECT number FROM parts WHERE url LIKE ?", f"%{piece.path}/%")
        assert set(rows) == {(2,), (3,), (4,)}
        check_rebuild(vault)
