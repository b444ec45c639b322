"""Addresses of articles that answered, and on whose page there was none.

A page may be there before its text, come by halves, or as the paper's frame on a night on which its
database is away: nothing on the one page tells it from a page that has none for good (a gallery, a
film). So its address is asked for again, a day after it answered, and then after twice the time,
LOOKS times in all; no more where it became an article, or fails (other rules know of that). Where
LEARNED such pages of the paper stayed what they were, all of the latest ones, one further look is
enough. Lists at articles' addresses, pages that lead elsewhere, and walls are no such pages.
Rejected: to ask as long as a list names it (a column of films would be asked for every night).
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta

from archive.instants import from_text, to_text

FIRST, LOOKS, LEARNED = timedelta(hours=20), 4, 8
AGE = timedelta(days=40)  # since it was first seen

_UNREAD = """
SELECT d.url, d.fetched_at, (SELECT count(DISTINCT date(o.captured_at)) FROM captures o
  WHERE o.url = c.url AND o.status IN (200, 203, 304)) AS looks
FROM addresses d JOIN captures c ON c.id = d.capture_id JOIN readings r ON r.capture_id = c.id
WHERE d.site = ? AND d.role = 'article' AND d.state = 'fetched' AND d.article_id IS NULL
AND d.reason IS NULL AND d.first_seen_at > ? AND c.location IS NULL AND r.role = 'article'
AND r.article_id IS NULL AND (r.status = 'ok' OR r.impostor IN ('soft-404', 'other-page'))
ORDER BY d.fetched_at DESC, d.url
"""
_FILLED = """
SELECT EXISTS (SELECT 1 FROM addresses d JOIN captures c ON c.url = d.url
JOIN readings r ON r.capture_id = c.id JOIN articles a ON a.id = d.article_id
WHERE d.site = ? AND a.first_seen_at > ? AND r.article_id IS NULL AND r.role = 'article'
AND c.captured_at < a.first_seen_at AND c.status IN (200, 203))
"""


def find_unread(db: sqlite3.Connection, site: str, now: datetime) -> list[str]:
    """Return the addresses of a paper that are to be asked for again by now."""
    since = to_text(now - AGE)
    rows = db.execute(_UNREAD, (site, since)).fetchall()
    if not rows:
        return []
    again = sum(looks > 1 for *_, looks in rows)
    (filled,) = db.execute(_FILLED, (site, since)).fetchone()
    most = 2 if again >= LEARNED and not filled else LOOKS
    return [
        url
        for url, fetched, looks in rows
        if looks < most and now - from_text(fetched) >= FIRST * 2 ** (looks - 1)
    ]
