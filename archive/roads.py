"""Tells pages that list lists from category pages that lost their articles.

    /archives.asp  ->  /archives.asp?mois=2&an=2026  /archives.asp?mois=1&an=2026  -> articles

An index of months or years never has an article of its own: it is a road to lists. It is one where
it names lists that nothing names but itself and they, and one of them listed articles; the menu
leads to all others. Rejected: words of an address ("archive", "arsip"): every language has its own.
"""

from __future__ import annotations

import sqlite3

LEAST = 2  # lists that only this page leads to

_LISTED = """
SELECT coalesce(max(r.listed), 0) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.url = ?
"""
_OWN = """
WITH named AS (
  SELECT DISTINCT a.id, a.url FROM sightings s JOIN addresses a ON a.id = s.address_id
  WHERE s.source = ?1 AND a.url <> ?1 AND a.role = 'category' AND a.page = 1)
SELECT count(*), coalesce(max((
  SELECT max(r.listed) FROM captures c JOIN readings r ON r.capture_id = c.id WHERE c.url = n.url
)), 0) FROM named n
WHERE NOT EXISTS (SELECT 1 FROM sightings o WHERE o.address_id = n.id AND o.channel <> 'start'
  AND o.source <> ?1 AND o.source NOT IN (SELECT url FROM named))
"""
_SOURCES = """
SELECT DISTINCT s.source FROM sightings s JOIN addresses a ON a.id = s.address_id
JOIN addresses b ON b.url = s.source AND b.role = 'category'
WHERE a.url = ?1 AND s.source <> ?1
"""


def excuses(db: sqlite3.Connection, url: str) -> bool:
    """Whether a page need not list articles: a road, or a list that a road alone leads to and that
    never had any (the month before the paper began)."""
    if is_road(db, url):
        return True
    sources = db.execute(_SOURCES, (url,)).fetchall()
    return _count(db, url) == 0 and any(is_road(db, source) for (source,) in sources)


def is_road(db: sqlite3.Connection, url: str) -> bool:
    """Whether a page that lists no articles, and never did, leads to lists that do."""
    if _count(db, url):
        return False
    lists, most = db.execute(_OWN, (url,)).fetchone()
    return bool(lists >= LEAST and most)


def _count(db: sqlite3.Connection, url: str) -> int:
    """The most articles that a page ever listed."""
    return int(db.execute(_LISTED, (url,)).fetchone()[0])
