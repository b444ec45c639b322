"""Whether a paper was made anew: a night's article pages stand in layouts it never showed.

    at once          nearly all pages that a crawl read, those asked again too, in layouts that
                     were not seen before the last KNOWN crawls, or after the first
    new articles     the share of them in a layout hardly ever seen (archive/health.py judges it)

The first is sure on the first night of a paper of five articles a day, whose new articles alone
say nothing for days. It is told for KNOWN crawls; a layout that has been there for longer is the
paper's. A paper that shows a new layout now and then needs more pages to say so. Only what the
profile in force has read counts: a mended profile finds other elements on the same page. What the
paper showed by the first crawl with that profile is what it was mended for, and is known.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.habits import ODDS
from archive.nights import Night

KNOWN = 3  # nights after which a template is the paper's
LEAST, SEEN = 4, 20  # pages in new layouts; pages read before
MOST_OTHER = 0.2  # share of a night's pages that may stand in known layouts

_TONIGHT = """
SELECT r.layout, count(*) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id = ? AND r.profile = ? AND r.article_id IS NOT NULL AND r.layout IS NOT NULL
GROUP BY 1 ORDER BY 1
"""
_KNOWN = """
SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM readings r
JOIN captures c ON c.id = r.capture_id WHERE r.layout = value AND r.profile = ? AND c.site = ?
AND c.captured_at < ?)
"""
_SETTLED = """
SELECT started_at FROM crawls WHERE site = ? AND profile = ? ORDER BY started_at LIMIT 1 OFFSET 1
"""
_BEFORE = """
SELECT count(*), count(DISTINCT layout) FROM (SELECT r.layout FROM captures c
JOIN readings r ON r.capture_id = c.id WHERE c.site = ? AND r.profile = ? AND c.captured_at < ?
AND r.article_id IS NOT NULL AND r.layout IS NOT NULL ORDER BY c.id DESC LIMIT 1000)
"""
_FIRST = """
SELECT min(c.captured_at) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.site = ? AND r.profile = ? AND r.layout IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """How many article pages of a crawl stand in new layouts, of how many that were read, and the
    day (UTC) since which there are such pages."""

    new: int
    read: int
    since: str


def find_redrawn(db: sqlite3.Connection, site: str, nights: Sequence[Night]) -> Redrawn | None:
    """Say whether a paper was made anew by the last crawl; None where few pages say so, or nothing
    is known to hold them against. ``nights``: newest first."""
    if len(nights) < 2:
        return None
    profile, since = nights[0].profile, nights[min(KNOWN, len(nights) - 1) - 1].started_at
    tonight = dict(db.execute(_TONIGHT, (nights[0].crawl_id, profile)))
    names = json.dumps(sorted(tonight))
    settled = db.execute(_SETTLED, (site, profile)).fetchone()
    if settled is None:
        return None
    known = {x for (x,) in db.execute(_KNOWN, (names, profile, site, max(since, settled[0])))}
    new = sum(number for layout, number in tonight.items() if layout not in known)
    read = sum(tonight.values())
    if new < LEAST or read - new > MOST_OTHER * read:
        return None
    seen, layouts = db.execute(_BEFORE, (site, profile, since)).fetchone()
    if seen < SEEN or (layouts / seen) ** new > ODDS:
        return None
    names = json.dumps(sorted(set(tonight) - known))
    (first,) = db.execute(_FIRST, (site, profile, names)).fetchone()
    return Redrawn(new, read, first[:10])


def find_own(nights: Sequence[Night], profile: str) -> frozenset[str]:
    """Return the templates of new articles that are the paper's own: seen in KNOWN nights, or by
    the first crawl with the profile in force. ``nights``: newest first."""
    seen: dict[str, int] = {}
    for night in nights:
        for template in _list_templates(night):
            seen[template] = seen.get(template, 0) + 1
    alike = (night for night in reversed(nights) if night.profile == profile and night.pieces)
    first = next(alike, None)
    settled = _list_templates(first) if first else set()
    return frozenset(settled | {name for name, number in seen.items() if number >= KNOWN})


def _list_templates(night: Night) -> set[str]:
    return {piece.layout for piece in night.pieces if piece.layout is not None}
