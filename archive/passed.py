"""Headlines of a paper's lists that nobody asked for, since their addresses look like no article's.

A paper without ids whose slugs are short now and then ("/comarca/luz-verde-a-la-almazara") loses
those stories for good where the profile leaves the judgement to the shape of addresses: 5 of 245
in an examiner's three weeks, with nothing told and a completeness of 100 %. So they are a note of
the night on which a category, feed or front page names them first. Rejected: an alarm (a list may
name a page that is none), asking for them (the profile says what an article is; lists name topics
and galleries, too).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from archive.fates import NO_ARTICLE
from archive.finding import Finding

HEADLINE = 20  # letters: less is a section's name
REMEDY = "if they are articles, write walk.article in the profile so that it fits them"

_PASSED = """
SELECT DISTINCT a.url FROM addresses a JOIN sightings s ON s.address_id = a.id
WHERE a.site = ?1 AND a.state = 'skipped' AND a.reason = ?2 AND length(s.title) >= ?3
AND s.channel IN ('home', 'category', 'feed')
AND a.first_seen_at >= (SELECT min(started_at) FROM crawls
  WHERE crawl_id IN (SELECT value FROM json_each(?4)))
ORDER BY a.url
"""


def tell_passed(db: sqlite3.Connection, site: str, crawls: Sequence[str]) -> Iterator[Finding]:
    """Yield what is to be said of the headlines that some crawls passed over."""
    rows = db.execute(_PASSED, (site, NO_ARTICLE, HEADLINE, json.dumps(list(crawls)))).fetchall()
    if rows:
        lead = "1 headline leads" if len(rows) == 1 else f"{len(rows)} headlines lead"
        words = f"{lead} to addresses that look like no article's ({rows[0][0]})"
        yield Finding("passed", words, REMEDY)
