"""Makes index.db again from the WARC files alone (house law 2).

Into a new file, then one rename: a rebuild that is interrupted leaves the old index as it was.
The old write-ahead log goes before the rename, since SQLite would take it for the new file's.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from archive.lock import Lock
from archive.store import INDEX, connect, index_file, own_files
from archive.warc.reader import Damage
from archive.warc.recovery import recover
from archive.warc.writer import ignore_step


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
    new = root / f"{INDEX}.new"
    with Lock(root):
        recover(root)
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
    with new.open("rb") as file:
        os.fsync(file.fileno())
    for suffix in ("-wal", "-shm"):
        old.with_name(old.name + suffix).unlink(missing_ok=True)
    new.replace(old)
    folder = os.open(old.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def remove_index(path: Path) -> None:
    """Remove an index file and what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
