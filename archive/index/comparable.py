"""Whether two versions of an article can be held against each other.

What another reader or profile read, and what was whole on one side only (a wall, a text not found,
half a page), differs by our doing or by an accident's, and nobody can say what the paper edited.
"""

from __future__ import annotations

import sqlite3

from archive.index.halves import is_completed
from archive.index.unfound import is_found
from archive.index.walled import is_opened


def is_comparable(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether one reader with one profile and one template read both versions, whole."""
    row = db.execute(
        "SELECT count(DISTINCT extractor || ' ' || profile || ' ' || coalesce(template, '')) "
        "FROM versions "
        "WHERE article_id = ? AND version IN (?, ?)",
        (article_id, *pair),
    ).fetchone()
    if row[0] != 1 or is_opened(db, article_id, pair):
        return False
    return not is_found(db, article_id, pair) and not is_completed(db, article_id, pair)
