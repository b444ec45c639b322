"""The writers' door: what is kept, dedup, versions, gone and back, crash order, rebuild."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.errors import LockedError, StorageError
from archive.index.addresses import Announced
from archive.store import Archive, connect
from archive.warc.http import http_of
from archive.warc.reader import read_at

from .makers import (
    SITE,
    Clock,
    make_exchange,
    make_failure,
    make_link,
    make_reading,
    open_archive,
)

URL = "https://suoi.test/cho-phien-post1.html"
LIST = "https://suoi.test/kinh-te/"


def keep_page(archive: Archive, body: bytes, url: str = URL, **exchange: object) -> int:
    """Keep an exchange of the test paper and return the capture's id."""
    made = make_exchange(url, body, at=archive.now(), **exchange)  # type: ignore[arg-type]
    return archive.keep("suoi", made).id


def keep_article(archive: Archive, body: bytes, url: str = URL, **reading: object) -> tuple:
    """Keep a page and its reading; return (article id, version)."""
    capture = archive.keep("suoi", make_exchange(url, body, at=archive.now()))
    applied = archive.add(capture, make_reading(**reading), address=url)  # type: ignore[arg-type]
    assert applied.outcome
    return applied.outcome.article_id, applied.outcome.version


def announce(archive: Archive, *urls: str) -> None:
    """Let a category page announce addresses."""
    capture = archive.keep("suoi", make_exchange(LIST, b"list", at=archive.now()))
    reading = make_reading(text="")
    items = [Announced(url, make_link(url, position=n)) for n, url in enumerate(urls)]
    bare = type(reading)("category", "ok", "test/1", "0123456789abcdef")
    archive.add(capture, bare, items, address=LIST)


def one(db: sqlite3.Connection, statement: str, *values: object) -> tuple:
    """Return the one row of a query."""
    rows = db.execute(statement, values).fetchall()
    assert len(rows) == 1, rows
    return rows[0]


def test_a_capture_leads_to_its_bytes(tmp_path: Path) -> None:
    """File, offset and length of a capture read back to the very response."""
    with open_archive(tmp_path, Clock()) as archive:
        capture = archive.keep("suoi", make_exchange(URL, b"<p>abc", at=archive.now()))
        archive.commit()
        http = http_of(read_at(tmp_path, capture.place))
    assert http is not None and http.payload == b"<p>abc"


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    """A body that is held becomes a revisit that names the first capture."""
    with open_archive(tmp_path, Clock()) as archive:
        first = keep_page(archive, b"same")
        second = keep_page(archive, b"same")
        third = keep_page(archive, b"same", url="https://suoi.test/other")
        rows = archive.db.execute("SELECT id, kind, refers_to FROM captures ORDER BY id").fetchall()
    assert rows == [
        (first, "response", None),
        (second, "revisit", first),
        (third, "revisit", first),
    ]


def test_not_modified_refers_to_the_held_page(tmp_path: Path) -> None:
    """A 304 becomes a server-not-modified revisit; one to nothing held stays a response."""
    with open_archive(tmp_path, Clock()) as archive:
        first = keep_page(archive, b"page", fields=(("ETag", '"1"'),))
        keep_page(archive, b"", status=304)
        keep_page(archive, b"", url="https://suoi.test/never", status=304)
        rows = archive.db.execute("SELECT kind, refers_to FROM captures ORDER BY id").fetchall()
    assert rows == [("response", None), ("revisit", first), ("response", None)]


def test_a_cut_response_is_no_original(tmp_path: Path) -> None:
    """A truncated body is never what a later capture refers to."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_page(archive, b"half", truncated="length")
        keep_page(archive, b"half")
        kinds = [row[0] for row in archive.db.execute("SELECT kind FROM captures ORDER BY id")]
    assert kinds == ["response", "response"]


def test_changed_words_make_a_version(tmp_path: Path) -> None:
    """Other bytes with the same words confirm a version; other words make the next."""
    with open_archive(tmp_path, Clock()) as archive:
        announce(archive, URL)
        assert keep_article(archive, b"one") == (1, 1)
        assert keep_article(archive, b"one, other ad") == (1, 1)
        assert keep_article(archive, b"two", text="Đoạn khác.") == (1, 2)
        row = one(archive.db, "SELECT version, versions, body FROM articles")
        history = archive.db.execute("SELECT version, body FROM versions ORDER BY 1").fetchall()
    assert row == (2, 2, "Đoạn khác.")
    assert history == [(1, "Đoạn một.\nĐoạn hai."), (2, "Đoạn khác.")]


def test_going_back_to_earlier_bytes_is_a_version(tmp_path: Path) -> None:
    """Bytes of version 1 that return after version 2 make version 3, pictures included."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_article(archive, b"one")
        keep_article(archive, b"two", text="Đoạn khác.")
        keep_page(archive, b"one")
        row = one(archive.db, "SELECT version, body FROM articles")
        images = archive.db.execute("SELECT version FROM images ORDER BY 1").fetchall()
    assert row == (3, "Đoạn một.\nĐoạn hai.")
    assert images == [(1,), (2,), (3,)]


def test_the_same_bytes_at_another_address_are_read_there(tmp_path: Path) -> None:
    """A revisit of another address's bytes takes over no reading: its page is to be read itself."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_article(archive, b"one")
        other = keep_page(archive, b"one", url="https://suoi.test/ban-sao-post9.html")
        same = keep_page(archive, b"one")
        read = {row[0] for row in archive.db.execute("SELECT capture_id FROM readings")}
    assert same in read and other not in read


def test_gone_and_back(tmp_path: Path) -> None:
    """404 marks an article gone at its first such answer; words that return clear the mark."""
    clock = Clock()
    with open_archive(tmp_path, clock) as archive:
        announce(archive, URL)
        keep_article(archive, b"one")
        keep_page(archive, b"no", status=404)
        gone = one(archive.db, "SELECT gone_at FROM articles")[0]
        keep_page(archive, b"no", status=404)
        assert gone and one(archive.db, "SELECT gone_at FROM articles")[0] == gone
        assert one(archive.db, "SELECT state FROM addresses WHERE url = ?", URL) == ("gone",)
        keep_page(archive, b"one")
        assert one(archive.db, "SELECT gone_at, version FROM articles") == (None, 1)


def test_one_article_under_two_addresses(tmp_path: Path) -> None:
    """The paper's id and the same words make one article; the id alone does not."""
    other, third = "https://suoi.test/ten-moi-post1.html", "https://suoi.test/khac-post1.html"
    with open_archive(tmp_path, Clock()) as archive:
        announce(archive, URL, other, third)
        found = []
        for url, text in ((URL, "Chữ."), (other, "Chữ."), (third, "Bài khác hẳn.")):
            capture = archive.keep("suoi", make_exchange(url, url.encode(), at=archive.now()))
            reading = make_reading(title=text, text=text)
            applied = archive.add(capture, reading, address=url, identity="1")
            assert applied.outcome
            found.append(applied.outcome.article_id)
        urls = archive.db.execute("SELECT url FROM addresses WHERE article_id = 1 ORDER BY 1")
        assert [row[0] for row in urls] == sorted([URL, other])
    assert found == [1, 1, 2]


def test_failures_are_captures(tmp_path: Path) -> None:
    """A request that nobody answered has a row with the reason and a readable record."""
    with open_archive(tmp_path, Clock()) as archive:
        announce(archive, URL)
        capture = archive.keep("suoi", make_failure(URL, archive.now()))
        assert (capture.kind, capture.failure, capture.status) == ("failure", "timeout", None)
        state = one(archive.db, "SELECT state, reason, tries FROM addresses WHERE url = ?", URL)
    assert state == ("failed", "timeout", 1)


def test_failures_are_counted_once_a_crawl(tmp_path: Path) -> None:
    """A crawl asks three times, so that eight nights of failures are eight, not twenty-four."""
    with open_archive(tmp_path, Clock()) as archive:
        announce(archive, URL)
        for night in range(3):
            archive.close_site("suoi")
            archive.open_site(SITE, crawl_id=f"suoi-{night}", info={"software": "test"})
            for _ in range(3):
                archive.keep("suoi", make_failure(URL, archive.now()))
        found = one(archive.db, "SELECT state, tries FROM addresses WHERE url = ?", URL)
        archive.keep("suoi", make_exchange(URL, b"page", at=archive.now()))
        after = one(archive.db, "SELECT state, tries FROM addresses WHERE url = ?", URL)
    assert (found, after) == (("failed", 3), ("fetched", 0))


def test_who_announced_an_article(tmp_path: Path) -> None:
    """A sighting keeps channel, page, place, and the first and last instant."""
    with open_archive(tmp_path, Clock()) as archive:
        announce(archive, "https://suoi.test/a-post2.html", URL)
        announce(archive, URL)
        row = one(
            archive.db,
            "SELECT channel, source, position, first_seen_at < last_seen_at FROM announced "
            "WHERE url = ?",
            URL,
        )
    assert row == ("category", LIST, 1, 1)


def test_search_indexes_follow_the_articles(tmp_path: Path) -> None:
    """Both FTS tables hold the latest words only, and pass FTS5's own integrity check."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_article(archive, b"one", text="Đảng bộ thị trấn.")
        keep_article(archive, b"two", text="Nghị quyết mới.")
        for table in ("articles_fts", "articles_exact"):
            archive.db.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)")
        found = archive.db.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'nghi'"
        ).fetchone()
        lost = archive.db.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'tran'"
        ).fetchone()
    assert (found, lost) == ((1,), (0,))


def test_wrong_letter_for_dj_is_mended_in_vietnamese_only(tmp_path: Path) -> None:
    """U+00D0 is Đ on a Vietnamese page and stays itself on an Icelandic one."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_article(archive, b"one", title="Ðảng bộ")
        keep_article(archive, b"two", url="https://suoi.test/is", title="Ðór", language="is")
        titles = [row[0] for row in archive.db.execute("SELECT title FROM articles ORDER BY id")]
    assert titles == ["Đảng bộ", "Ðór"]


def test_second_writer_is_refused(tmp_path: Path) -> None:
    """Only one process writes; the other hears who does."""
    with (
        open_archive(tmp_path, Clock()),
        pytest.raises(LockedError, match=r"process \d+ since"),
    ):
        Archive(tmp_path)


def test_a_file_that_is_no_index_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    """Garbage in index.db names the file and ends with what to do; the lock is given back."""
    (tmp_path / "index.db").write_bytes(b"not a database, by no means" * 100)
    for _ in range(2):
        with pytest.raises(StorageError, match="khobao rebuild"):
            Archive(tmp_path)


def test_readers_see_committed_rows_while_a_batch_is_open(tmp_path: Path) -> None:
    """A reader is not blocked by the writer's open transaction and sees whole batches only."""
    with open_archive(tmp_path, Clock()) as archive:
        archive.commit()
        keep_page(archive, b"one")
        reader = connect(tmp_path / "index.db")
        assert one(reader, "SELECT count(*) FROM captures") == (0,)
        archive.commit()
        assert one(reader, "SELECT count(*) FROM captures") == (1,)
