"""Which sitemaps can be believed when they say nothing: those whose dates followed every change.

A sitemap whose ``lastmod`` moves with each edit tells of all edits for one request a night; asking
60 young articles for theirs costs 60. So much trust is earned, from the archive alone, in one of
two ways:

    a text changed between two captures    and the list's date lies between them
    a page declares when it was changed    and the list's date is that instant

and is lost by a change that the list slept through. One in 20 of those it answers for is asked all
the same (freshness.py), so a miss that is seen stands for twenty. Twice is enough to begin with:
lists either copy the paper's own date of change or know none, what lies between is rare. Only
what the last 28 days brought counts, and never the dates of feeds: an entry leaves a feed within
hours, and silence afterwards says nothing. Rejected: trusting ``lastmod`` as such (most of what is
written on it says not to), and the server's Last-Modified (dynamic pages carry the hour).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import datetime, timedelta, tzinfo

from archive.instants import from_text, to_text
from crawler.walk.moments import When, begin_of, end_of, read_moment

WINDOW = timedelta(days=28)
LEAST = 2  # changes it told of before it is believed
SHARE = 90  # changes it told of make up for one that it slept through
SLACK = timedelta(minutes=2)  # between a list's date and the page's: two clocks, rounded seconds
MOST = 20_000  # rows looked at; a first crawl of an old paper brings 100,000 in a night

EVIDENCE = """
SELECT s.source, s.date_raw, v.version, v.date_published, v.date_modified, v.first_seen_at,
       p.last_seen_at
FROM sightings s JOIN addresses d ON d.id = s.address_id
JOIN addresses f ON f.url = s.source AND f.role = 'sitemap' AND f.state = 'fetched'
JOIN articles a ON a.id = d.article_id
JOIN versions v ON v.article_id = a.id AND v.version = a.version
LEFT JOIN versions p ON p.article_id = a.id AND p.version = a.version - 1
WHERE d.site = ? AND s.channel = 'sitemap' AND s.date_raw IS NOT NULL AND s.dropped_at IS NULL
  AND v.first_seen_at >= ? ORDER BY v.first_seen_at DESC, d.url LIMIT ?
"""


def find_trusted(db: sqlite3.Connection, site: str, now: datetime, zone: tzinfo) -> frozenset[str]:
    """Return the addresses of a paper's sitemaps whose dates tell of every change."""
    told: dict[str, int] = defaultdict(int)
    missed: dict[str, int] = defaultdict(int)
    for source, *row in db.execute(EVIDENCE, (site, to_text(now - WINDOW), MOST)):
        verdict = judge_claim(*row, zone=zone)
        if verdict is not None:
            (told if verdict else missed)[source] += 1
    return frozenset(
        source
        for source, number in told.items()
        if number >= LEAST and missed[source] * SHARE <= number
    )


def judge_claim(
    raw: str,
    version: int,
    published: str | None,
    modified: str | None,
    seen: str,
    before: str | None,
    *,
    zone: tzinfo,
) -> bool | None:
    """Say whether a list's date told of an article's last change; None where nothing is known.

    ``seen``: when the latest version was first seen, ``before``: the one before it last.
    """
    claim = read_moment(raw, zone)
    if claim is None:
        return None
    if version > 1 and before is not None:
        return end_of(claim, zone) + SLACK >= from_text(before)
    changed = read_moment(modified, zone)
    first = read_moment(published, zone)
    if changed is None or first is None or not isinstance(changed, datetime):
        return None
    if changed <= end_of(first, zone) + SLACK or changed > from_text(seen):
        return None  # never changed, or a page that says "now" whenever it is asked
    return _agree(claim, changed, zone)


def _agree(claim: When, changed: datetime, zone: tzinfo) -> bool:
    return begin_of(claim, zone) - SLACK <= changed <= end_of(claim, zone) + SLACK
