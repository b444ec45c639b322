"""Finds where an article went whose address died without a word: the paper's same piece elsewhere.

At papers without ids nothing in two addresses says that they are one article's. The piece tells:
the same words, or nearly, published at the same minute, first seen after the old address was last
seen sound and no later than AFTER its first sign: what comes back later was removed. A date to the
day is not enough by itself for words that come again every day (weather, draws, prices): there the
headline has to be the same too, and the text a long one.

The article's first version counts, so that later edits take nothing back; and its own paper alone,
since a rebuild reads one paper after the other. Rejected: one article with both addresses (its row
was made and cited when the new address was read, two nights before anybody knows), the pairs of
clusters.py (which texts of a crowd are paired hangs on other papers).
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta

from archive.fingerprint import make_fingerprint, measure_overlap
from archive.fold import fold
from archive.instants import from_text, to_text

NEARLY = 0.85  # of the runs of four words of either text stand in the other
LONG = 60  # words, from which a text dated to the day says which piece it is
SHORT = 25  # below, words say nothing
AFTER = timedelta(hours=44)  # two nights: a removal is believed no sooner

_PIECE = """
SELECT a.site, v.title, v.lead, v.body, v.word_count, v.date_published, v.date_precision,
  v.published_on, (SELECT max(c.captured_at) FROM readings r JOIN captures c ON c.id = r.capture_id
    WHERE r.article_id = a.id AND r.status = 'ok' AND c.captured_at < ?)
FROM articles a JOIN versions v ON v.article_id = a.id AND v.version = ? WHERE a.id = ?
"""
_OTHERS = """
SELECT a.id, a.url, a.first_seen_at, v.title, v.lead, v.body, v.word_count, v.date_published,
  v.date_precision
FROM articles a JOIN versions v ON v.article_id = a.id
WHERE a.site = ? AND a.published_on = ? AND a.first_seen_at > ? AND a.first_seen_at <= ?
  AND a.id <> ?
  AND v.version = (SELECT min(version) FROM versions o WHERE o.article_id = a.id)
ORDER BY a.first_seen_at, a.id
"""


@dataclass(frozen=True, slots=True)
class Successor:
    """The article that a dead address's words are found in."""

    article_id: int
    url: str
    first_seen_at: str


@dataclass(frozen=True, slots=True)
class _Piece:
    title: str
    lead: str | None
    body: str
    words: int
    published: str | None
    precision: str | None


def find_successor(
    db: sqlite3.Connection, article_id: int, version: int | None, gone_at: str
) -> Successor | None:
    """Return the article that is, elsewhere in its paper, the one gone since ``gone_at`` with the
    words of ``version``; the first that was seen."""
    row = db.execute(_PIECE, (gone_at, version, article_id)).fetchone()
    if row is None or row[-2] is None or row[-1] is None:
        return None
    site, *said, day, seen_at = row
    piece = _Piece(*said)
    until = to_text(from_text(gone_at) + AFTER)
    rows = db.execute(_OTHERS, (site, day, seen_at, until, article_id))
    for found, url, first_seen_at, *other in rows:
        if _is_same(piece, _Piece(*other)):
            return Successor(found, url, first_seen_at)
    return None


def list_predecessors(db: sqlite3.Connection, article_id: int) -> list[int]:
    """Return the removed articles that a new one may be, elsewhere in their paper."""
    rows = db.execute(
        "SELECT o.id FROM articles a JOIN articles o ON o.site = a.site "
        "AND o.published_on = a.published_on AND o.id <> a.id "
        "WHERE a.id = ? AND o.removed_at IS NOT NULL AND o.last_seen_at < a.first_seen_at "
        "ORDER BY o.id",
        (article_id,),
    )
    return [int(row[0]) for row in rows]


def _is_same(one: _Piece, other: _Piece) -> bool:
    if one.published != other.published or min(one.words, other.words) < SHORT:
        return False
    said = fold(one.title) == fold(other.title) and min(one.words, other.words) >= LONG
    return ("day" not in (one.precision, other.precision) or said) and _is_near(one, other)


def _is_near(one: _Piece, other: _Piece) -> bool:
    """Say whether two texts are one with at most a few words changed, and the same numbers."""
    ours, theirs = (make_fingerprint(p.title, p.lead, p.body) for p in (one, other))
    if ours is None or theirs is None:
        return False
    if ours.key == theirs.key:
        return True
    overlap = measure_overlap(ours, theirs)
    alike = overlap.containment >= NEARLY and overlap.numbers >= NEARLY * overlap.pairs
    return alike and min(ours.size, theirs.size) >= NEARLY * max(ours.size, theirs.size)
