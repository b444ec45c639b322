"""Whether a change was told before: words that swing to and fro are no edits without end.

Papers try two headlines on their readers, and show now the one, now the other: each way is told
once. Other words are told SWINGS times each way, since an editor may take an edit back and make it
again, while a cache that holds a page before and after its edit gives either for ever. Notices are
always told. Of a line that turns on all pages (dress.py) an article's first change alone is told.
Rejected: no version for what was there before (what readers saw is the sequence).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from archive.fold import squeeze

ONCE, SWINGS = 1, 2  # times that a headline, other words are told to give way to the same
SWINGING = ("headline", "text", "cosmetic")

Row = tuple[str, str, int | None, int | None, int, str]  # at, kind, from, to, capture, detail
Pair = tuple[int | None, int | None]


def is_swing(db: sqlite3.Connection, article_id: int, row: Row, before: Sequence[Row]) -> bool:
    """Say whether a change was told as often as it is to be by an article's rows before it."""
    kind, pair = row[1], row[2:4]
    if kind not in SWINGING:
        return False
    if kind == "cosmetic" and _turns(row) and any(map(_turns, before)):
        return True
    most = ONCE if kind == "headline" else SWINGS
    alike = [one[2:4] for one in before if one[1] == kind and one[2:4] != pair]
    if len(alike) < most:
        return False
    words = _load_words(db, article_id, pair)
    return sum(_load_words(db, article_id, other) == words for other in alike) >= most


def _turns(row: Row) -> bool:
    detail = json.loads(row[5])
    return "fields" not in detail and detail.get("dress", {}).get("kind") == "turned"


def _load_words(db: sqlite3.Connection, article_id: int, pair: Pair) -> list[list[str]]:
    rows = [
        db.execute(
            "SELECT title, coalesce(lead, ''), body FROM versions "
            "WHERE article_id = ? AND version = ?",
            (article_id, version),
        ).fetchone()
        for version in pair
    ]
    return [[squeeze(words) for words in row] for row in rows if row]
