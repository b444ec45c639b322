"""Rows of ``versions``, and what ``articles`` shows of the one with the newest capture.

A version is other words than those before, or the same words with another byline, other captions
or another main picture (archive/beside.py).
"""

from __future__ import annotations

import sqlite3

from archive.beside import Beside
from archive.index.rows import insert
from archive.index.siblings import is_shifted, stands_twice
from archive.records import Capture
from archive.tables import words_columns

WORDS = words_columns()


def update_article(
    db: sqlite3.Connection,
    capture: Capture,
    article_id: int,
    row: dict[str, object],
    shown: Beside,
    layout: str | None,
    at: str,
) -> tuple[int, bool]:
    """Take in the words of a further capture, and what it shows beside them, in which layout;
    return (version, whether it is new)."""
    reread = db.execute(
        "SELECT version FROM versions WHERE article_id = ? AND capture_id = ?",
        (article_id, capture.id),
    ).fetchone()
    if reread:
        _rewrite_version(db, article_id, int(reread[0]), row)
        return int(reread[0]), False
    current, seen_at, words = db.execute(
        "SELECT v.version, a.last_seen_at, v.words_sha256 FROM articles a JOIN versions v "
        "ON v.article_id = a.id AND v.version = a.version WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if at < seen_at:
        return _add_older(db, article_id, row, shown, layout, at)
    if words == row["words_sha256"] and (
        not is_shifted(db, article_id, current, row, shown, layout)
        or stands_twice(db, article_id, capture)
    ):
        confirm_version(db, article_id, current, at)
        return int(current), False
    return add_version(db, article_id, row, at), True


def _add_older(
    db: sqlite3.Connection,
    article_id: int,
    row: dict[str, object],
    shown: Beside,
    layout: str | None,
    at: str,
) -> tuple[int, bool]:
    """Place a capture that is older than the newest: what is the same widens a version's time."""
    alike = db.execute(
        "SELECT version FROM versions WHERE article_id = ? AND words_sha256 = ? "
        "ORDER BY abs(julianday(first_seen_at) - julianday(?)), version",
        (article_id, row["words_sha256"], at),
    ).fetchall()
    unshifted = (o for o in alike if not is_shifted(db, article_id, o[0], row, shown, layout))
    same = next(unshifted, None)
    if same:
        db.execute(
            "UPDATE versions SET first_seen_at = min(first_seen_at, ?), "
            "last_seen_at = max(last_seen_at, ?) WHERE article_id = ? AND version = ?",
            (at, at, article_id, same[0]),
        )
        version, added = int(same[0]), False
    else:
        version, added = _count_version(db, article_id), True
        insert_version(db, article_id, version, row, at)
    db.execute(
        "UPDATE articles SET first_seen_at = min(first_seen_at, ?) WHERE id = ?", (at, article_id)
    )
    return version, added


def add_version(db: sqlite3.Connection, article_id: int, row: dict[str, object], at: str) -> int:
    """Make the next version out of ``row`` and let ``articles`` show it; return its number."""
    version = _count_version(db, article_id)
    insert_version(db, article_id, version, row, at)
    show_version(db, article_id, version, at)
    return version


def _count_version(db: sqlite3.Connection, article_id: int) -> int:
    db.execute("UPDATE articles SET versions = versions + 1 WHERE id = ?", (article_id,))
    found = db.execute("SELECT versions FROM articles WHERE id = ?", (article_id,)).fetchone()
    return int(found[0])


def show_version(db: sqlite3.Connection, article_id: int, version: int, at: str) -> None:
    """Let ``articles`` show a version, last seen at instant ``at``."""
    names = ", ".join((*WORDS, "capture_id"))
    db.execute(
        f"UPDATE articles SET ({names}) = (SELECT {names} FROM versions "
        "WHERE article_id = :article_id AND version = :version), "
        "version = :version, last_seen_at = :at WHERE id = :article_id",
        {"version": version, "at": at, "article_id": article_id},
    )


def confirm_version(db: sqlite3.Connection, article_id: int, version: int, at: str) -> None:
    """Note that a version's words were there again at instant ``at``."""
    db.execute(
        "UPDATE versions SET last_seen_at = max(last_seen_at, ?) "
        "WHERE article_id = ? AND version = ?",
        (at, article_id, version),
    )
    db.execute(
        "UPDATE articles SET last_seen_at = max(last_seen_at, ?) WHERE id = ?",
        (at, article_id),
    )


def _rewrite_version(
    db: sqlite3.Connection, article_id: int, version: int, row: dict[str, object]
) -> None:
    assigned = ", ".join(f"{name} = :{name}" for name in WORDS)
    values = {**row, "article_id": article_id, "version": version}
    db.execute(
        f"UPDATE versions SET {assigned} WHERE article_id = :article_id AND version = :version",
        values,
    )
    db.execute(
        f"UPDATE articles SET {assigned} WHERE id = :article_id AND version = :version", values
    )


def insert_version(
    db: sqlite3.Connection, article_id: int, version: int, row: dict[str, object], at: str
) -> None:
    """Insert the row of a version first seen at ``at``."""
    times = {"first_seen_at": at, "last_seen_at": at}
    insert(db, "versions", {"article_id": article_id, "version": version, **row, **times})
