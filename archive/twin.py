"""A second index made from the WARC files while they are read, and the first held against it.

House law 2 says that index.db is what the files make. So the strictest check of an index, of every
table and column, is to make it again and compare: what no file says is noticed wherever it stands.
The twin has no search indexes; those of the index are checked by SQLite against its own articles,
on a copy, because FTS5's integrity check counts as a write. Measured on 168 records of small
pages: 176 ms of CPU with the index, 46 ms without. Rejected: checking column by column what a
record proves (tables of articles, addresses, sightings are made of many records), and hashes of
rows kept in the index (whoever changes a row changes its hash).

``frontier`` is the work list of a crawl and no part of what is held: only its references are
checked. ``captures.id`` and ``addresses.id`` number rows and say nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive import schema
from archive.catchup import try_apply
from archive.dump import LEFT_OUT, list_shown, select_named
from archive.errors import StorageError
from archive.index.apply import Context
from archive.warc.reader import Found
from archive.warc.rows import open_index

MOST = 100  # differences told of one table; a reader stops before that
ROOM = "name a folder with more room in TMPDIR and run again"
KEYS = {  # of the tables whose primary key only numbers the rows
    "captures": ("warc_file", "warc_offset", "record_id"),
    "addresses": ("url",),
}
SEARCHES = ("articles_fts", "articles_exact")


@dataclass(frozen=True, slots=True)
class Difference:
    """One row (or one thing of the schema) of which index and files do not say the same."""

    table: str
    key: tuple[object, ...]
    words: str


class Twin:
    """An index that is made record by record, in the order in which `rebuild` takes them."""

    def __init__(self, path: Path, root: Path) -> None:
        self._path, self._root = path, root
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = MEMORY")
        self._db.execute("PRAGMA synchronous = OFF")
        schema.ensure(self._db)
        for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            self._db.execute(f"DROP TRIGGER {name}")
        self._db.execute("BEGIN")
        self._contexts: dict[str, Context] = {}

    def add(self, name: str, item: Found) -> str | None:
        """Make the rows of a record; in words why it can not be indexed, or None.

        Raises StorageError when there is no room for the twin.
        """
        fresh = Context(name.split("/")[1], None, self._root)
        context = self._contexts.setdefault(name, fresh)
        try:
            return try_apply(self._db, item, name, context)
        except StorageError as error:  # an imported file that is gone
            return error.what
        except sqlite3.OperationalError as error:
            raise StorageError(f"no room to check the index ({error})", ROOM) from error

    def compare(self, copy: Path) -> Iterator[Difference]:
        """Every difference between the copy of an index and this twin. Raises sqlite3.Error."""
        self._db.execute("COMMIT")
        self._db.close()
        db = sqlite3.connect(copy, isolation_level=None)
        try:
            db.execute("ATTACH ? AS twin", (str(self._path),))
            for table in list_tables(db):
                yield from compare_table(db, table)
            yield from check_references(db)
        finally:
            db.close()


def copy_index(source: Path, target: Path) -> None:
    """Copy an index as it is at this instant, whoever writes it. Raises sqlite3.Error, and
    StorageError when there is no room for the copy."""
    here = open_index(source)
    there = sqlite3.connect(target)
    try:
        here.backup(there)
        there.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            raise StorageError(f"no room for a copy of the index ({error})", ROOM) from error
        raise
    finally:
        there.close()
        here.close()


def check_index(copy: Path) -> Iterator[str]:
    """In words, what is wrong with an index by itself: pages, schema, search indexes.

    Raises sqlite3.Error where it can not even be read.
    """
    db = sqlite3.connect(copy, isolation_level=None)
    try:
        found = [text for (text,) in db.execute("PRAGMA integrity_check(10)")]
        if found != ["ok"]:
            yield from found
            return
        differing = list(compare_schema(db))
        yield from differing
        if not differing:
            yield from check_search(db)
    finally:
        db.close()


def judge_version(path: Path) -> str | None:
    """In words, why an index is of another version than this khobao makes. Raises sqlite3.Error."""
    db = open_index(path)
    try:
        have, newest = db.execute("PRAGMA user_version").fetchone()[0], schema.NUMBER
    finally:
        db.close()
    if have == newest:
        return None
    age = "a newer" if have > newest else "an older"
    return f"the index is of {age} version, {have}, this khobao makes {newest}"


def compare_schema(db: sqlite3.Connection) -> Iterator[str]:
    """Tables, indexes, views and triggers that are not as we make them; more views and indexes
    are an archivist's own business, a trigger that we did not write is not."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    schema.ensure(fresh)
    wanted = {(kind, name): sql for kind, name, sql in fresh.execute(query)}
    fresh.close()
    have = {(kind, name): sql for kind, name, sql in db.execute(query)}
    for kind, name in wanted:
        if have.get((kind, name), wanted) != wanted[kind, name]:
            gone = (kind, name) not in have
            yield f"the {kind} {name} is {'gone' if gone else 'not as Kho Báo makes it'}"
    for kind, name in have.keys() - wanted.keys():
        if kind == "trigger":
            yield f"the trigger {name} is none of Kho Báo's"


def check_search(db: sqlite3.Connection) -> Iterator[str]:
    """What the two search indexes hold against the articles they are made of."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    schema.ensure(fresh)
    for name in SEARCHES:
        try:
            db.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"the search index {name} is not that of the articles ({error})"
        settings = f"SELECT k, v FROM {name}_config ORDER BY k"
        if db.execute(settings).fetchall() != fresh.execute(settings).fetchall():
            yield f"the settings of the search index {name} were changed"
    fresh.close()


def list_tables(db: sqlite3.Connection) -> list[str]:
    """The tables that the files make: all of the twin's but the search indexes and what is left
    out of a dump."""
    found = db.execute(
        "SELECT name FROM twin.sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' "
        "AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [n for (n,) in found if n not in LEFT_OUT and not n.startswith(SEARCHES)]


def key_of(db: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The columns by which a row of the one index is found in the other."""
    columns = db.execute(f"PRAGMA twin.table_info({table})").fetchall()
    primary = sorted((row[5], row[1]) for row in columns if row[5])
    return KEYS.get(table, tuple(name for _, name in primary))


def compare_table(db: sqlite3.Connection, table: str) -> Iterator[Difference]:
    """The rows of a table of which index and twin do not say the same."""
    keys, shown = key_of(db, table), list_shown(db, "twin", table)
    mine, its = (select_named(db, where, table) for where in ("main", "twin"))
    told: set[tuple[object, ...]] = set()
    for first, second, lacking in (
        (mine, its, "no WARC file says so"),
        (its, mine, "the row is missing"),
    ):
        for row in db.execute(f"{first} EXCEPT {second} LIMIT {MOST}").fetchall():
            key = tuple(row[shown.index(name)] for name in keys)
            if key not in told:
                told.add(key)
                same = find_row(db, second, keys, key)
                pair = (row, same) if first is mine else (same, row)
                words = tell_columns(shown, *pair) if same else lacking
                yield Difference(table, key, words)
    if len(told) >= MOST:
        yield Difference(table, (), f"{MOST} rows and more differ; no more of them are told")


def find_row(
    db: sqlite3.Connection, query: str, names: tuple[str, ...], key: tuple[object, ...]
) -> tuple[object, ...] | None:
    """The row of that key, or None."""
    wanted = " AND ".join(f"{name} IS ?" for name in names)
    row: tuple[object, ...] | None = db.execute(
        f"SELECT * FROM ({query}) WHERE {wanted}", key
    ).fetchone()
    return row


def tell_columns(
    shown: list[str], mine: tuple[object, ...] | None, its: tuple[object, ...] | None
) -> str:
    """In words, each column in which two rows differ."""
    pairs = zip(shown, mine or (), its or (), strict=True)
    found = [f"{n} is {shorten(a)}, the WARC files say {shorten(b)}" for n, a, b in pairs if a != b]
    return ", and ".join(found) or "there are several rows of it"


def shorten(value: object) -> str:
    """A value as a message shows it."""
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:40]}... ({len(text)} characters)"


def check_references(db: sqlite3.Connection) -> Iterator[Difference]:
    """Rows that name a capture, an address or an article by a number that none has; of the work
    list this is all that can be judged."""
    found = db.execute("PRAGMA main.foreign_key_check").fetchmany(MOST)
    for table, row, parent, _ in found:
        yield Difference(table, (row,), f"it names a row of {parent} that is not there")
