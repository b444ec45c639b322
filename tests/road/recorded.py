"""`khobao`, telling the witness's log what it has promised to keep.

``python -m tests.road.recorded WORDS...``: the real command with WARC files of 30 kB, loaded with
witness.so. After each COMMIT a mark tells how many captures and articles are committed: from that
point of the log on no power cut may take them away.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from archive.connection import connect
from archive.store import Archive
from crawler import session
from crawler.cli import main

from .doomed import WARC_BYTES
from .witness import note_mark

TABLES = ("captures", "articles")


def build(folder: Path, **options: object) -> Archive:
    """Open an archive that tells of its steps."""
    made: list[Archive] = []

    def step(name: str) -> None:
        note_mark(step=name, **(count(made[0].db) if name == "index-committed" else {}))

    made.append(Archive(folder, **{**options, "warc_bytes": WARC_BYTES, "step": step}))  # type: ignore[arg-type]
    note_mark(step="opened")
    return made[0]


def count(db: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows there are of what must not be lost."""
    return {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


def tell_end(root: Path) -> None:
    """Say what is committed when all is closed."""
    db = connect(root / "index.db")
    note_mark(step="ended", **count(db))
    db.close()


if __name__ == "__main__":
    session.Archive = build  # type: ignore[assignment, misc]
    try:
        main(sys.argv[1:])
    finally:
        tell_end(Path(os.environ["KHOBAO_ARCHIVE"]))
