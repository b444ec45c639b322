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
    "(SELECT c.warc_file || ' at byte ' || c.warc_offset || ' ' || c.record_id "
    "FROM {0}.captures c WHERE c.id = t.{1})"
)
ADDRESS = "(SELECT a.url FROM {0}.addresses a WHERE a.id = t.{1})"
NAMED = {"capture_id": CAPTURE, "refers_to": CAPTURE, "part_id": CAPTURE, "address_id": ADDRESS}
NUMBERED = ("captures", "addresses")  # their ids number the rows and say nothing else
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
    for row in db.execute(select_named(db, "main", table)):
        yield f"{table} {row!r}"


def list_shown(db: sqlite3.Connection, where: str, table: str) -> list[str]:
    """Return the columns of a table that two indexes of the same files share."""
    hidden = ("id",) if table in NUMBERED else UNNAMED.get(table, ())
    columns = [row[1] for row in db.execute(f"PRAGMA {where}.table_info({table})")]
    return [name for name in columns if name not in hidden]


def select_named(db: sqlite3.Connection, where: str, table: str) -> str:
    """Return a query of a table of the database ``where`` in which captures and addresses go by
    name, not by number."""
    shown = list_shown(db, where, table)
    parts = (NAMED.get(name, "t.{1}").format(where, name) + f" AS {name}" for name in shown)
    return f"SELECT {', '.join(parts)} FROM {where}.{table} t"


def _dump_search(db: sqlite3.Connection) -> Iterator[str]:
    """Check both search indexes against the articles; a row of theirs that lies is an error."""
    for name in ("articles_fts", "articles_exact"):
        count = db.execute(f"SELECT count(*) FROM {name}_docsize").fetchone()[0]
        yield f"{name} {count} documents"
