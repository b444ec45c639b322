"""The logical content of an index as text: what two indexes of the same WARC files must share.

Row numbers of captures and addresses depend on the order in which sites' files are indexed; here
captures are named by file and offset, addresses by their address. Articles keep their ids, since
people cite them. ``frontier`` is left out: it is the work list of a running crawl.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

CAPTURE = (  # "c." and "t.": a capture that refers to another is looked up in its own table
    "(SELECT c.warc_file || '@' || c.warc_offset || c.record_id FROM captures c WHERE c.id = t.{})"
)
ADDRESS = "(SELECT a.url FROM addresses a WHERE a.id = t.{})"
NAMED = {
    "capture_id": CAPTURE,
    "refers_to": CAPTURE,
    "address_id": ADDRESS,
}
LEFT_OUT = ("frontier",)
UNNAMED = {"warc_files": ("committed",)}  # how far a file was read when it was looked at


def dump(db: sqlite3.Connection) -> Iterator[str]:
    """Yield one line a row, sorted within each table; the tables by name."""
    tables = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' "
            "AND name NOT LIKE 'articles_%' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        )
    ]
    for table in tables:
        if table not in LEFT_OUT:
            yield from sorted(_dump_table(db, table))
    yield from _dump_search(db)


def digest(db: sqlite3.Connection) -> str:
    """Return the SHA-256 of the dump, in hexadecimal."""
    total = hashlib.sha256()
    for line in dump(db):
        total.update(line.encode("utf-8", "surrogatepass") + b"\n")
    return total.hexdigest()


def _dump_table(db: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    numbered = table in ("captures", "addresses")
    hidden = ("id",) if numbered else UNNAMED.get(table, ())
    shown = [name for name in columns if name not in hidden]
    wanted = ", ".join(NAMED.get(name, "t.{}").format(name) for name in shown)
    for row in db.execute(f"SELECT {wanted} FROM {table} t"):
        yield f"{table} {row!r}"


def _dump_search(db: sqlite3.Connection) -> Iterator[str]:
    """Check both search indexes against the articles; a row of theirs that lies is an error."""
    for name in ("articles_fts", "articles_exact"):
        count = db.execute(f"SELECT count(*) FROM {name}_docsize").fetchone()[0]
        yield f"{name} {count} documents"
