"""Whether a crawl was shut out by a paper that answers (nearly) all its pages as if they were gone.

"Not available in your region" at 200 on every page, or every address sent to the front page for a
night: nothing was taken away. Counted are the article pages of the crawl that came back as soft-404
or led to what is not their own new address, beside those that were read.

    at once   LEAST of them, NEARLY all that were asked
    a few     the same page, or the same target, stands at the front page and at lists, too
              ... or stood there in a crawl that was shut out, and no article was read since

The second since a paper that closed is asked for fewer pages night by night: behind a landing page
5 of 130 articles were told as removed, those of the nights on which fewer than LEAST were asked.
Rejected: the share of one night before it is known whole (the first of a crowd look like a few), so
it is asked again when the crawl has ended; a front page that names articles (some papers show it in
place of what is gone, at 200, and of lists that are gone as well).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.index.namesake import is_namesake

LEAST, NEARLY = 6, 0.9  # pages, and their share of a crawl's, that are shut and not taken away
ALIKE = 3  # the front page and lists with the page of an article that is gone

_GONE = """
SELECT DISTINCT c.url, c.location, coalesce(r.address, c.url), CASE
  WHEN c.status BETWEEN 300 AND 399 THEN c.location ELSE c.payload_digest END FROM captures c
JOIN readings r ON r.capture_id = c.id WHERE c.crawl_id = ? AND r.role = 'article'
AND (r.impostor = 'soft-404' OR (c.location IS NOT NULL AND r.article_id IS NULL)) ORDER BY 1, 2
"""
_SOUND = """
SELECT count(DISTINCT c.url) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id = ? AND r.role = 'article' AND r.article_id IS NOT NULL
"""
_LISTS = """
SELECT count(DISTINCT c.url), coalesce(max(r.role = 'home' AND r.listed = 0), 0) FROM captures c
JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id = ?1 AND r.role IN ('home', 'category', 'feed', 'sitemap')
AND CASE WHEN c.status BETWEEN 300 AND 399 THEN c.location ELSE c.payload_digest END = ?2
"""
_BEFORE = """
SELECT b.crawl_id FROM crawls b JOIN crawls k ON k.crawl_id = ?1
WHERE b.site = k.site AND b.started_at < k.started_at
AND b.started_at > coalesce((SELECT max(s.started_at) FROM crawls s
  WHERE s.site = k.site AND s.started_at < k.started_at AND EXISTS (SELECT 1 FROM captures c
  JOIN readings r ON r.capture_id = c.id
  WHERE c.crawl_id = s.crawl_id AND r.role = 'article' AND r.article_id IS NOT NULL)), '')
ORDER BY b.started_at
"""


@dataclass(frozen=True, slots=True)
class _Gone:
    """A page that was no longer what it was."""

    url: str
    address: str  # in the ledger
    target: str | None  # where it leads
    shown: str | None  # what all pages of a house that is closed share: their bytes, or the target


def is_shut(db: sqlite3.Connection, crawl_id: str | None) -> bool:
    """Say whether all or nearly all article pages that a crawl asked for were gone, or the few it
    asked for by what stands at all the paper's addresses."""
    gone = _list_gone(db, crawl_id)
    if not gone:
        return False
    (sound,) = db.execute(_SOUND, (crawl_id,)).fetchone()
    number = len({page.url for page in gone})
    if number >= LEAST:
        return bool(number >= NEARLY * (number + sound))
    return not sound and (_is_everywhere(db, crawl_id, gone) or _was_shut(db, crawl_id, gone))


def _is_everywhere(db: sqlite3.Connection, crawl_id: str | None, gone: Sequence[_Gone]) -> bool:
    """Say whether what stands for some articles stands at the front page and lists as well."""
    found = (db.execute(_LISTS, (crawl_id, page.shown)).fetchone() for page in gone)
    return any(number >= ALIKE and home for number, home in found)


def _was_shut(db: sqlite3.Connection, crawl_id: str | None, gone: Sequence[_Gone]) -> bool:
    """Say whether some pages lead where those led of a crawl that was shut out, or say as they did
    that they are gone, and the paper has shown no article since."""
    targets = {page.target for page in gone}  # None of a soft 404
    for (before,) in db.execute(_BEFORE, (crawl_id,)):
        earlier = _list_gone(db, before)
        if len({page.url for page in earlier}) >= LEAST:  # and none was sound
            return bool(targets & {page.target for page in earlier})
    return False


def list_shut(db: sqlite3.Connection, crawl_id: str) -> list[int]:
    """Return the articles of a crawl whose signs are to be judged by all that it saw, now that it
    is over: of one that was shut out no removal is to be believed, and one that looked so may have
    read others since."""
    rows = (
        db.execute("SELECT article_id FROM addresses WHERE url = ?", (page.address,)).fetchone()
        for page in _list_gone(db, crawl_id)
    )
    return sorted({int(row[0]) for row in rows if row and row[0] is not None})


def _list_gone(db: sqlite3.Connection, crawl_id: str | None) -> list[_Gone]:
    """Return the article pages of a crawl that were gone."""
    return [
        _Gone(url, address, location, shown)
        for url, location, address, shown in db.execute(_GONE, (crawl_id,))
        if location is None or not is_namesake(url, location)
    ]
