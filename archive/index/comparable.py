"""Whether two versions of an article can be held against each other.

What another reader or profile read, and what was whole on one side only (a wall, a text not found,
half a page), differs by our doing or by an accident's, and nobody can say what the paper edited.
But where the newer version's reader read the older one's very words on some page of the article,
its rules make no difference: so an edit that comes after a paper and its profile were made anew
is told, though the words before it were first read of a page of before (crawler/walk/eras.py).
"""

from __future__ import annotations

import sqlite3

from archive.index.halves import is_completed
from archive.index.unfound import is_found
from archive.index.walled import is_opened

_READER = "{0}.extractor || ' ' || {0}.profile || ' ' || coalesce({0}.template, '')"
_ALONE = f"""
SELECT count(DISTINCT {_READER.format("v")}) = 1 FROM versions v
WHERE v.article_id = ? AND v.version IN (?, ?)
"""
_SHARED = f"""
SELECT EXISTS (SELECT 1 FROM versions o JOIN versions n ON n.article_id = o.article_id
JOIN readings r ON r.article_id = o.article_id AND r.words_sha256 = o.words_sha256
AND {_READER.format("r")} = {_READER.format("n")}
WHERE o.article_id = ? AND o.version = ? AND n.version = ?)
"""


def is_comparable(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether one reader with one profile and one template read the words of both versions,
    whole."""
    if not is_one_reader(db, article_id, pair) and not _has(db, _SHARED, article_id, pair):
        return False
    if is_opened(db, article_id, pair):
        return False
    return not is_found(db, article_id, pair) and not is_completed(db, article_id, pair)


def is_one_reader(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether both versions are shown as one reader, profile and template read them, so that
    what stands beside the words can be compared, too."""
    return _has(db, _ALONE, article_id, pair)


def _has(db: sqlite3.Connection, query: str, article_id: int, pair: tuple[int, int]) -> bool:
    return bool(db.execute(query, (article_id, *pair)).fetchone()[0])
