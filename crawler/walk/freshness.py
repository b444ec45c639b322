"""When an article is asked for again: often while it is young, ever more rarely as it ages.

Papers edit within hours and delete within weeks. An article is due when the time since its last
fetch exceeds half its age at that fetch, but never within 20 hours (so that a nightly run asks
once a night, also when it starts a little early) and never after a year without a change. That is
about nine requests in an article's first year. Rejected for now: learning the rhythm of each
paper (issue 6 does, on the ledger this leaves).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

from archive.instants import from_text

SHORTEST = timedelta(hours=20)
LONGEST = timedelta(days=365)


def is_due(first_seen: datetime, fetched: datetime, now: datetime) -> bool:
    """Say whether an article first seen and last fetched then is to be asked for at ``now``."""
    age = fetched - first_seen
    return age < LONGEST and now - fetched >= max(SHORTEST, age / 2)


def find_due(db: sqlite3.Connection, site: str, now: datetime) -> Iterator[str]:
    """Yield the addresses of a paper's articles that are due, the longest unseen first."""
    rows = db.execute(
        "SELECT url, first_seen_at, fetched_at FROM addresses WHERE site = ? AND "
        "role = 'article' AND state IN ('fetched', 'gone') AND article_id IS NOT NULL "
        "ORDER BY fetched_at, url",
        (site,),
    )
    for url, first_seen, fetched in rows:
        if fetched and is_due(from_text(first_seen), from_text(fetched), now):
            yield url


def find_within(db: sqlite3.Connection, site: str, since: datetime) -> Iterator[str]:
    """Yield the addresses of articles first seen at or after ``since`` (``crawl --recheck``)."""
    rows = db.execute(
        "SELECT a.url, r.first_seen_at FROM addresses a JOIN articles r ON r.id = a.article_id "
        "WHERE a.site = ? AND a.role = 'article' AND a.state IN ('fetched', 'gone') ORDER BY a.url",
        (site,),
    )
    for url, first_seen in rows:
        if from_text(first_seen) >= since:
            yield url
