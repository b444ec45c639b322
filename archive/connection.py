"""Opens index.db, for readers and for the one writer, and says what SQLite refuses in words.

Readers get ``mode=ro`` and wait up to 30 s; the writer WAL with FULL sync: every COMMIT is on the
disk when it returns, and batches of 50 records make that cheap. Rejected: NORMAL, which loses the
last commits at a power cut: captures would come back from the WARC files, the frontier would not.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from archive import schema
from archive.errors import StorageError

INDEX = "index.db"
REBUILD = "run `khobao rebuild`, which makes it again from the WARC files"
REMEDIES = (  # by the beginning of SQLite's name of the error
    (("SQLITE_CORRUPT", "SQLITE_NOTADB"), REBUILD),
    (("SQLITE_READONLY", "SQLITE_CANTOPEN"), "let this user write it, then run again"),
    (("SQLITE_BUSY", "SQLITE_LOCKED"), "end the program that holds it, then run again"),
)
ROOM = "make room or mend the disk and run again; the WARC files hold what was fetched"


def explain(path: Path, error: sqlite3.Error) -> StorageError:
    """Return what SQLite says of an index as an error for people."""
    name = getattr(error, "sqlite_errorname", None) or ""
    remedy = next((words for names, words in REMEDIES if name.startswith(names)), ROOM)
    return StorageError(f"{path} can not be used ({error})", remedy)


def connect(path: Path, *, write: bool = False) -> sqlite3.Connection:
    """Open an index. Readers get ``mode=ro``; the writer WAL, FULL sync and foreign keys.

    Raises StorageError when there is no such file or it is no index.
    """
    try:
        return _open_writing(path) if write else _open_reading(path)
    except sqlite3.Error as error:
        raise explain(path, error) from error


def _open_reading(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise StorageError(f"no index at {path}", "run `khobao crawl` or `khobao rebuild`")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
    db.execute("SELECT 1 FROM sqlite_master").fetchone()
    schema.check(db)
    return db


def _open_writing(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=30, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("PRAGMA foreign_keys = ON")
    schema.ensure(db)
    return db


def disconnect(db: sqlite3.Connection, path: Path) -> None:
    """Close the writer's connection so that no reader is refused meanwhile. Never raises.

    SQLite's last connection to a WAL file locks it alone to take up the log and remove it: of 634
    readers that wait for nothing (the sqlite3 shell without .timeout), 99 met "database is locked"
    beside 60 openings and closings. So the log is emptied first, which shuts nobody out, and a
    connection that only reads, and so can not lock, is the last to go: 1 of 1,772 (two readers
    that open the file at once, the first of which makes the index of the log under SQLite's own
    lock). An empty log stays beside the index.
    """
    with contextlib.suppress(sqlite3.Error, StorageError):  # the next writer takes up the log
        last = _open_reading(path)
        try:
            db.execute("PRAGMA busy_timeout = 200")  # a long reader keeps the log from emptying
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            db.close()
        finally:
            last.close()
    with contextlib.suppress(sqlite3.Error):
        db.close()
