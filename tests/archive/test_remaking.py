"""The index made again from the WARC files: the same, in any order, from any earlier state."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.dump import dump
from archive.errors import StorageError
from archive.index.addresses import Announced
from archive.rebuild import rebuild
from archive.store import Archive, connect
from archive.warc.verify import verify_archive
from tests.archive.test_store import URL, announce, keep_article, keep_page, one

from .makers import (
    SITE,
    Clock,
    make_exchange,
    make_failure,
    make_link,
    make_reading,
    open_archive,
)


def fill(root: Path) -> None:
    """Make an archive in which everything happened that can happen."""
    clock = Clock()
    with open_archive(root, clock) as archive:
        announce(archive, URL, "https://suoi.test/b-post3.html", "https://suoi.test/c")
        related = Announced("https://suoi.test/b-post3.html", make_link("x", channel="related"))
        capture = archive.keep("suoi", make_exchange(URL, b"one", at=clock()))
        archive.add(capture, make_reading(), [related], address=URL, identity="1", depth=1)
        archive.note("suoi", "skips", {"skips": [{"url": "https://suoi.test/c", "reason": "no"}]})
    clock.move(days=1)
    with open_archive(root, clock, prefix="1") as archive:
        keep_article(archive, b"two", text="Sửa lại.")
        keep_page(archive, b"one")
        keep_page(archive, b"", status=304)
        keep_page(archive, b"gone", status=410)
        archive.keep("suoi", make_failure("https://suoi.test/b-post3.html", clock()))
        end = {"crawl_id": "suoi-20260204T010000.000000Z", "ended_at": "2026-02-05T00:00:00Z"}
        archive.note("suoi", "crawl-end", {**end, "outcome": "x", "counts": {}, "problems": []})


def test_rebuild_makes_the_same_index(tmp_path: Path) -> None:
    """The index deleted and made again three times has the same logical content."""
    fill(tmp_path)
    before = list(dump(connect(tmp_path / "index.db")))
    assert len(before) > 20
    for _ in range(3):
        (tmp_path / "index.db").unlink()
        rebuilt = rebuild(tmp_path)
        assert (rebuilt.files, rebuilt.damage) == (2, [])
        assert list(dump(connect(tmp_path / "index.db"))) == before


def test_records_beyond_the_last_commit_are_indexed_at_start(tmp_path: Path) -> None:
    """An index that is older than the WARC files catches up with what they hold."""
    fill(tmp_path)
    before = list(dump(connect(tmp_path / "index.db")))
    old = tmp_path / "old"
    fill_first_day_only(old)
    for name in ("index.db", "index.db-wal"):
        if (old / name).exists():
            (old / name).replace(tmp_path / name)
    with Archive(tmp_path, now=Clock(), host="test") as archive:
        assert archive.indexed_late > 0
    assert list(dump(connect(tmp_path / "index.db"))) == before


def fill_first_day_only(root: Path) -> None:
    """Make the archive of ``fill`` as it was after its first run."""
    fill(root)
    second = sorted((root / "warc" / "suoi").glob("*.warc.gz"))[1]
    second.unlink()
    (root / "index.db").unlink()
    rebuild(root)


def test_everything_written_passes_the_verifier(tmp_path: Path) -> None:
    """Files and index of an archive in which everything happened have no problem."""
    fill(tmp_path)
    assert list(verify_archive(tmp_path, tmp_path / "index.db")) == []


@pytest.mark.parametrize(("number", "remedy"), [(99, "upgrade khobao"), (2, "khobao rebuild")])
def test_an_index_of_another_khobao_is_not_touched(
    tmp_path: Path, number: int, remedy: str
) -> None:
    """A schema number of the future, or of the past, is refused with the remedy."""
    with Archive(tmp_path) as archive:
        archive.commit()
    db = sqlite3.connect(tmp_path / "index.db")
    db.execute(f"PRAGMA user_version = {number}")
    db.close()
    for write in (True, False):
        with pytest.raises(StorageError, match=remedy):
            connect(tmp_path / "index.db", write=write)
    with pytest.raises(StorageError, match=remedy):
        Archive(tmp_path)


def test_a_rebuild_makes_an_index_of_an_earlier_khobao_new(tmp_path: Path) -> None:
    """What the refusal advises works: after `rebuild` the archive opens, with its rows."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_page(archive, b"one")
    db = sqlite3.connect(tmp_path / "index.db")
    db.execute("PRAGMA user_version = 2")
    db.close()
    rebuild(tmp_path)
    with Archive(tmp_path) as archive:
        assert one(archive.db, "SELECT count(*) FROM captures") == (1,)


def test_a_foreign_file_that_no_import_names_is_told_once(tmp_path: Path) -> None:
    """What an import that was cut off left behind is unlisted: not every record of it is told to
    lack a row, since `khobao repair` gives it none and `khobao import` does."""
    with open_archive(tmp_path, Clock()) as archive:
        keep_page(archive, b"one")
    [own] = tmp_path.glob("warc/*/*.warc.gz")
    foreign = tmp_path / "warc" / "foreign" / "theirs.warc.gz"
    foreign.parent.mkdir()
    foreign.write_bytes(own.read_bytes())
    found = list(verify_archive(tmp_path, tmp_path / "index.db"))
    told = [problem.code for problem in found if problem.file == "warc/foreign/theirs.warc.gz"]
    assert told == ["unlisted"] and "khobao import" in found[-1].remedy


def test_a_rebuild_meets_a_revisit_before_its_original(tmp_path: Path) -> None:
    """Two papers' files are written side by side: bytes that the older file only refers to are
    found all the same, and the index comes out as it was."""
    clock = Clock()
    with open_archive(tmp_path, clock) as archive:
        archive.open_site({**SITE, "site": "nui"}, crawl_id="nui-1", info={})
        archive.keep("nui", make_exchange("https://nui.test/1", b"first", at=clock()))
        archive.keep("suoi", make_exchange("https://suoi.test/1", b"shared", at=clock()))
        kept = archive.keep("nui", make_exchange("https://nui.test/2", b"shared", at=clock()))
        assert kept.kind == "revisit" and kept.refers_to is not None
        before = list(dump(archive.db))
    rebuild(tmp_path)
    db = connect(tmp_path / "index.db")
    assert list(dump(db)) == before
    assert one(db, "SELECT count(*) FROM captures WHERE kind = 'revisit' AND refers_to > 0") == (1,)
    assert list(verify_archive(tmp_path, tmp_path / "index.db")) == []
