"""Disks that refuse one call: nothing more is committed, and the next run takes up what is held."""

from __future__ import annotations

import sqlite3
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.store import Archive, connect
from archive.warc import writer
from tests.archive.makers import SITE, Clock, make_exchange, open_archive
from tests.road.remains import check_whole_folder
from tests.scorecard.plugin import Tally
from tests.warc.disks import FailingDisk

CALLS = {"write": 7, "sync_data": 7, "sync_folder": 2}  # met by one file of twelve; others once
PLANS: list[dict[str, dict[int, int]]] = [
    {operation: {number: error}}
    for operation in ("write", "sync_data", "sync", "rename", "create", "sync_folder")
    for number in (1, 2, 3, 7)
    for error in (EIO, ENOSPC)
    if number <= CALLS.get(operation, 1)
]
PLANS += [{"write": {n: error}, "truncate": {1: EIO}} for n in (1, 2, 9) for error in (EIO, ENOSPC)]
QUICK = (4, 5, 12, 15, 17, 18, 20, len(PLANS) - 1)


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "plan",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in range(len(PLANS))],
    ids=lambda n: f"{n}-" + "-".join(f"{k}{next(iter(v))}" for k, v in PLANS[n].items()),
)
def test_after_a_refusal_nothing_more_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, plan: int
) -> None:
    """No row outlives a WARC file's failure that is not durable there; the disk's recovery in
    between changes nothing; the next run takes up what the files hold."""
    write_badly(tmp_path, monkeypatch, FailingDisk(PLANS[plan]), tally)


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "room", [900, *(pytest.param(r, marks=pytest.mark.slow) for r in range(0, 5700, 300))]
)
def test_injected_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, room: int
) -> None:
    """A disk that takes so many bytes, the last write in part, and then says ENOSPC."""
    write_badly(tmp_path, monkeypatch, FailingDisk(room=room), tally)


@pytest.mark.row(6)
@pytest.mark.parametrize("short", [1, pytest.param(100, marks=pytest.mark.slow)])
def test_short_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, short: int
) -> None:
    """A disk that takes a few bytes a call: slow, and nothing is refused or lost."""
    write_badly(tmp_path, monkeypatch, FailingDisk(short=short), tally, refuses=False)


def write_badly(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    disk: FailingDisk,
    tally: Tally,
    *,
    refuses: bool = True,
) -> None:
    """Keep twelve exchanges on a failing disk, then open the archive on a good one."""
    clock = Clock()
    counts = {"unclean": 1, "torn": 0, "stuck": 1}
    try:
        with monkeypatch.context() as patch:
            patch.setattr(writer, "OsDisk", lambda: disk)
            kept, refused = keep_some(root, clock)
        assert refused is refuses
        counts["unclean"] = 0
        before = count_rows(root)
        with Archive(root, now=clock, host="test") as archive:
            after = archive.db.execute("SELECT count(*) FROM captures").fetchone()[0]
        assert before <= after <= kept + 1
        check_whole_folder(root)
        counts["stuck"] = 0
    finally:
        counts["torn"] = len(list(root.rglob("*.torn*")))
        tally(full=0, real=0, injected=1, **counts)


def keep_some(root: Path, clock: Clock) -> tuple[int, bool]:
    """Keep twelve exchanges as a crawl does; how many were taken, and whether one was refused.

    Whatever is refused is refused with StorageError, and by the archive from then on.
    """
    archive = open_archive(root, clock, site=False)
    archive.open_site(SITE, crawl_id="suoi-1", info={"software": "test"})
    kept, refused = 0, False
    for number in range(12):
        url = f"https://suoi.test/{number}.html"
        try:
            archive.keep("suoi", make_exchange(url, b"x%d" % number, at=clock()))
            kept += 1
            archive.commit()
        except StorageError as error:
            refused = True
            assert archive.broken is error or archive.broken is error.__cause__
    try:
        archive.close()
    except StorageError:
        refused = True
    return kept, refused


def count_rows(root: Path) -> int:
    """Return the number of committed captures."""
    db = connect(root / "index.db")
    try:
        return int(db.execute("SELECT count(*) FROM captures").fetchone()[0])
    finally:
        db.close()


def test_a_failed_index_is_not_marked_as_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that the index refused once is made by the next run, though later ones went well."""
    clock = Clock()
    archive = open_archive(tmp_path, clock)
    with monkeypatch.context() as patch:

        def refuse(*_: object, **__: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr("archive.store.apply", refuse)
        with pytest.raises(StorageError):
            archive.keep("suoi", make_exchange("https://suoi.test/1.html", b"1", at=clock()))
    with pytest.raises(StorageError):
        archive.keep("suoi", make_exchange("https://suoi.test/2.html", b"2", at=clock()))
    archive.close()
    with Archive(tmp_path, now=clock, host="test") as archive:
        held = archive.db.execute("SELECT url FROM captures").fetchall()
    assert held == [("https://suoi.test/1.html",)]
