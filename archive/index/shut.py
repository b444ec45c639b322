"""Whether a crawl was shut out by a paper that answers (nearly) all its pages as if they were gone.

"Not available in your region" at 200 on every page, or every address sent to the front page for a
night: nothing was taken away. Counted are the article pages of the crawl that came back as soft-404
or led to what is not their own new address, beside those that were read. Rejected: the share of one
night before it is known whole (the first of a crowd look like a few), so it is asked again when the
crawl has ended.
"""

from __future__ import annotations

import sqlite3

from archive.index.namesake import is_namesake

LEAST, NEARLY = 6, 0.9  # pages, and their share of a crawl's, that are shut and not taken away

_GONE = """
SELECT DISTINCT c.url, c.location, coalesce(r.address, c.url) FROM captures c
JOIN readings r ON r.capture_id = c.id WHERE c.crawl_id = ? AND r.role = 'article'
AND (r.impostor = 'soft-404' OR (c.location IS NOT NULL AND r.article_id IS NULL)) ORDER BY 1, 2
"""
_SOUND = """
SELECT count(DISTINCT c.url) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id = ? AND r.role = 'article' AND r.article_id IS NOT NULL
"""


def is_shut(db: sqlite3.Connection, crawl_id: str | None) -> bool:
    """Say whether all or nearly all article pages that a crawl asked for were gone."""
    gone = len({url for url, _ in _list_gone(db, crawl_id)})
    if gone < LEAST:
        return False
    (sound,) = db.execute(_SOUND, (crawl_id,)).fetchone()
    return bool(gone >= NEARLY * (gone + sound))


def list_shut(db: sqlite3.Connection, crawl_id: str) -> list[int]:
    """Return the articles of a crawl whose signs are to be judged by all that it saw, now that it
    is over: of one that was shut out no removal is to be believed, and one that looked so may have
    read others since."""
    urls = [address for _, address in _list_gone(db, crawl_id)]
    if len(urls) < LEAST:
        return []
    rows = (
        db.execute("SELECT article_id FROM addresses WHERE url = ?", (url,)).fetchone()
        for url in urls
    )
    return sorted({int(row[0]) for row in rows if row and row[0] is not None})


def _list_gone(db: sqlite3.Connection, crawl_id: str | None) -> list[tuple[str, str]]:
    """Return (address asked, address in the ledger) of the pages of a crawl that were gone."""
    return [
        (url, address)
        for url, location, address in db.execute(_GONE, (crawl_id,))
        if location is None or not is_namesake(url, location)
    ]
