"""Makes index.db again from the WARC files alone (house law 2).

Into a new file, then one rename: a rebuild that is interrupted leaves the old index as it was.
The old write-ahead log goes before the rename, since SQLite would take it for the new file's;
what is in it goes into the old index first, so that at no instant an index lacks its log.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from archive.catchup import index_file
from archive.connection import INDEX, connect
from archive.folders import own_files
from archive.lock import Lock
from archive.warc.disk import OsDisk, sync_file
from archive.warc.reader import Damage
from archive.warc.recovery import recover
from archive.warc.writer import ignore_step

BESIDE = ("-journal", "-wal", "-shm")  # what SQLite keeps beside an index


@dataclass
class Rebuilt:
    """What a rebuild went through."""

    files: int = 0  # ours, and those of others that they name
    records: int = 0
    damage: list[tuple[str, Damage]] = field(default_factory=list)


def rebuild(root: Path, *, progress: Callable[[str], None] = ignore_step) -> Rebuilt:
    """Make the index of ``root`` again; ``progress`` hears of each file.

    Raises LockedError when a crawl is running, StorageError when the disk refuses.
    """
    with Lock(root):
        recover(root)
        return remake(root, progress)


def remake(root: Path, progress: Callable[[str], None]) -> Rebuilt:
    """Make the index again of an archive whose lock is held and whose files are all closed."""
    new = root / f"{INDEX}.new"
    remove_index(new)
    db = connect(new, write=True)
    try:
        rebuilt = _fill(db, root, progress)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()
    _replace(new, root / INDEX)
    return rebuilt


def _fill(db: sqlite3.Connection, root: Path, progress: Callable[[str], None]) -> Rebuilt:
    # The file is thrown away if we do not get to its end, so its commits need not be durable.
    db.execute("PRAGMA synchronous = OFF")
    rebuilt = Rebuilt()
    for name, path in own_files(root):
        progress(name)
        db.execute("BEGIN IMMEDIATE")
        found: list[Damage] = []
        rebuilt.records += index_file(db, root, path, on_damage=found.append)
        rebuilt.damage += [(name, damage) for damage in found]
        db.execute("COMMIT")
        rebuilt.files += 1
    rebuilt.files += sum(path.is_file() for path in (root / "warc" / "foreign").glob("*"))
    return rebuilt


def _replace(new: Path, old: Path) -> None:
    """Put the new index in the place of the old one; a power cut leaves one of them, or none.

    Each step is durable before the next: a log of the old index that came back beside the new
    one would be taken for the new one's, and garble it.
    """
    disk = OsDisk()
    sync_file(disk, new)
    if not _is_settled(old):
        old.unlink(missing_ok=True)  # without its log it may be torn; the next run can do without
        disk.sync_folder(old.parent)
    for suffix in BESIDE:
        old.with_name(old.name + suffix).unlink(missing_ok=True)
    disk.sync_folder(old.parent)
    new.replace(old)
    disk.sync_folder(old.parent)


def _is_settled(path: Path) -> bool:
    """Bring an index's log into it, if that can be done; whether it stands without one now."""
    if not path.is_file():
        return False
    db = sqlite3.connect(path, timeout=5)
    try:
        busy = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error:  # it is damaged, which may be why it is made again
        return False
    finally:
        db.close()
    return bool(busy == 0)


def remove_index(path: Path) -> None:
    """Remove an index file and what SQLite keeps beside it."""
    for suffix in ("", *BESIDE):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
