"""Ways to spoil an index: rows, search, schema, bytes."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

from .holdings import Kind

TABLES = (  # all but frontier, which no file holds
    *("captures", "readings", "traces", "articles", "versions", "changes", "addresses"),
    *("sightings", "images", "related", "crawls", "sites", "warc_files", "templates", "walks"),
    *("fingerprints", "texts", "marks", "pairs"),
)


def open_index(root: Path) -> sqlite3.Connection:
    db = sqlite3.connect(root / "index.db", isolation_level=None)
    db.execute("PRAGMA foreign_keys = OFF")
    return db


def change_value(root: Path, dice: random.Random, where: tuple[str, str] | None = None) -> str:
    """One column of one row of any table."""
    db = open_index(root)
    try:
        for _ in range(200):
            table = where[0] if where else dice.choice(TABLES)
            columns = db.execute(f"PRAGMA table_info({table})").fetchall()
            _, name, kind, required, _, _ = dice.choice(columns)
            name = where[1] if where else name
            kind = next(c[2] for c in columns if c[1] == name)
            if name == "id" and table in ("captures", "addresses"):
                continue  # a number that says nothing; what refers to it is in other columns
            keys = [c[1] for c in columns if c[5]]
            key = dice.choice(db.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall())
            where_key = " AND ".join(f"{k} IS ?" for k in keys)
            old = db.execute(f"SELECT {name} FROM {table} WHERE {where_key}", key).fetchone()[0]
            new = alter(old, kind, bool(required), dice)
            if new == old:
                continue
            try:
                db.execute(f"UPDATE {table} SET {name} = ? WHERE {where_key}", (new, *key))
            except sqlite3.IntegrityError:
                continue  # the schema itself refuses it
            return f"{table}.{name} {key}: {old!r} to {new!r}"
    finally:
        db.close()
    raise AssertionError("nothing could be changed")


def alter(old: object, kind: str, required: bool, dice: random.Random) -> object:
    """Another value of the column's type."""
    if old is not None and not required and dice.random() < 0.3:
        return None
    if kind == "INTEGER":
        return int(str(old or 0)) + dice.choice([-1, 1, 1000])
    if kind == "BLOB":
        data = bytes(old) if isinstance(old, bytes) else b""
        return dice.choice([data + b"\0\0\0\1", data[:-4], data[::-1]])
    text = str(old or "")
    return dice.choice([text + "x", text + " ", text[:-1] + "ế", text.swapcase() + "?"])


def delete_row(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    table = dice.choice(TABLES)
    keys = [c[1] for c in db.execute(f"PRAGMA table_info({table})") if c[5]]
    rows = db.execute(f"SELECT {', '.join(keys)} FROM {table}").fetchall()
    key = dice.choice(rows)
    db.execute(f"DELETE FROM {table} WHERE " + " AND ".join(f"{k} IS ?" for k in keys), key)
    db.close()
    return f"{table} {key} deleted"


def add_row(root: Path, dice: random.Random) -> str:
    """A copy of a row under another key."""
    db = open_index(root)
    table = dice.choice(TABLES)
    columns = db.execute(f"PRAGMA table_info({table})").fetchall()
    row = list(dice.choice(db.execute(f"SELECT * FROM {table}").fetchall()))
    for _, name, kind, _, _, key in columns:
        at = [c[1] for c in columns].index(name)
        if key or name in ("url", "record_id"):
            row[at] = row[at] + 900 if kind == "INTEGER" else f"{row[at]}x"
    db.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
    db.close()
    return f"{table}: a row that nobody wrote"


def spoil_search(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    name = dice.choice(["articles_fts", "articles_exact"])
    row = db.execute("SELECT id, title, lead, body FROM articles LIMIT 1").fetchone()
    deeds: dict[str, tuple[str, tuple[object, ...]]] = {
        "delete": (
            f"INSERT INTO {name} ({name}, rowid, title, lead, body) VALUES ('delete', ?, ?, ?, ?)",
            row,
        ),
        "delete-all": (f"INSERT INTO {name} ({name}) VALUES ('delete-all')", ()),
        "ghost": (f"INSERT INTO {name} (rowid, title, lead, body) VALUES (999, 'a', 'b', 'c')", ()),
        "twice": (f"INSERT INTO {name} (rowid, title, lead, body) VALUES (?, ?, ?, ?)", row),
        "other words": (
            f"INSERT INTO {name} (rowid, title, lead, body) VALUES (?, 'khác', ?, ?)",
            (row[0], *row[2:]),
        ),
        "rank": (f"INSERT INTO {name} ({name}, rank) VALUES ('rank', 'bm25(1.0, 1.0, 1.0)')", ()),
        "docsize": (f"UPDATE {name}_docsize SET sz = x'010101' WHERE id = ?", row[:1]),
        "docsize gone": (f"DELETE FROM {name}_docsize WHERE id = ?", row[:1]),
        "data": (f"UPDATE {name}_data SET block = zeroblob(length(block)) WHERE id > 10", ()),
        "data gone": (f"DELETE FROM {name}_data WHERE id > 10", ()),
    }
    deed = dice.choice(sorted(deeds))
    db.execute(*deeds[deed])
    db.close()
    return f"{name}: {deed}"


def spoil_schema(root: Path, dice: random.Random) -> str:
    db = open_index(root)
    statement = dice.choice(
        [
            *("DROP INDEX captures_url", "DROP VIEW days", "DROP TRIGGER articles_changed"),
            *("DROP TABLE related", "DROP TABLE captures", "DROP TABLE articles_exact"),
            *("PRAGMA user_version = 0", "PRAGMA user_version = 99"),
            "ALTER TABLE articles ADD COLUMN note TEXT",
            "CREATE TRIGGER evil AFTER INSERT ON captures BEGIN DELETE FROM captures; END",
            "DELETE FROM captures",
            "DELETE FROM sightings",
        ]
    )
    db.execute(statement)
    db.close()
    return statement


def spoil_index_file(root: Path, dice: random.Random) -> str:
    path = root / "index.db"
    kind = dice.choice(
        ["gone", "empty", "junk", "head", "half", "folder", "other database", "link"]
    )
    data = path.read_bytes()
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "link":
        path.symlink_to("nowhere")
    elif kind == "other database":
        sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    elif kind != "gone":
        junk = {"empty": b"", "junk": dice.randbytes(9000), "head": b"X" + data[1:]}
        path.write_bytes(junk.get(kind, data[: len(data) // 8192 * 4096]))
    return f"index {kind}"


INDEXES: tuple[Kind, ...] = (
    *(change_value, change_value, change_value, change_value, delete_row, add_row),
    *(spoil_search, spoil_schema, spoil_index_file),
)
