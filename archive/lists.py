"""What a paper's lists announced in its last crawl, beside what they announced before.

    empty   category pages (page 1) that were read and named none of their articles (emptied.py)
    thin    category pages with far fewer links than usual
    shrunk  the front page, feeds and sitemaps that named none, or a tenth (shrunk.py)
    feeds   for each feed and the home page: of the new articles of each crawl that asked it, how
            many it did not name
    still   lists that name nothing new of what they usually do (still.py)

A list can not name more than it ever held: after a night that was missed more is new than that.
A list that answered 304, or the same bytes as before, was not read again: it names what it named.
One that was not asked, or failed, says nothing of that night.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from archive.emptied import Emptied, find_emptied
from archive.habits import Counts
from archive.shrunk import Shrunk, find_shrunk
from archive.still import Still, find_still

LEAST_READ = 5  # times a category page was read before it is judged
THIN = 0.25  # of the usual number of links
FEWEST = 8  # links that are usual, before fewer are thin

_CATEGORIES = """
SELECT c.url, c.crawl_id, r.listed FROM captures c JOIN readings r ON r.capture_id = c.id
JOIN addresses a ON a.url = c.url
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2)) AND r.role = 'category'
AND r.status = 'ok' AND a.page = 1 AND a.role = 'category' AND c.status IN (200, 203) ORDER BY c.id
"""
_NAMED = """
SELECT n.crawl_id, s.source, min(s.channel), count(*) FROM captures n
JOIN versions v ON v.capture_id = n.id AND v.version = 1
JOIN addresses a ON a.article_id = v.article_id
JOIN sightings s ON s.address_id = a.id AND s.channel IN ('feed', 'home')
WHERE n.site = ?1 AND n.crawl_id IN (SELECT value FROM json_each(?2))
AND julianday(s.first_seen_at) - julianday(n.captured_at) < 0.5
AND v.published_on >= date(n.captured_at, '-2 days') GROUP BY 1, 2
"""
_ROOM = """
SELECT c.url, max(r.listed) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2))
AND r.role IN ('feed', 'home') GROUP BY 1
"""
_NEW = """
SELECT n.crawl_id, count(*) FROM captures n JOIN versions v ON v.capture_id = n.id
WHERE n.site = ?1 AND n.crawl_id IN (SELECT value FROM json_each(?2)) AND v.version = 1
AND v.published_on >= date(n.captured_at, '-2 days') GROUP BY 1
"""


@dataclass
class Lists:
    """What is wrong with lists, and what feeds named."""

    empty: list[Emptied] = field(default_factory=list)
    shrunk: list[Shrunk] = field(default_factory=list)
    thin: list[tuple[str, int, float]] = field(default_factory=list)
    feeds: dict[str, list[Counts]] = field(default_factory=dict)  # newest crawl first
    roles: dict[str, str] = field(default_factory=dict)  # of those: feed, home
    still: list[Still] = field(default_factory=list)


def find_lists(
    db: sqlite3.Connection,
    site: str,
    crawls: Sequence[str],
    alike: Sequence[str],
    unchecked: Sequence[str] = (),
) -> Lists:
    """Look at the lists of a paper's crawls, the newest first; ``crawls[0]`` is judged, with those
    before it that told nothing (``unchecked``).

    ``alike``: those with its profile. What share of the news a list names changes with what the
    profile has the crawl find elsewhere.
    """
    ids = json.dumps(list(crawls))
    found = Lists()
    links: dict[str, list[tuple[str, int]]] = {}
    for url, crawl_id, listed in db.execute(_CATEGORIES, (site, ids)):
        links.setdefault(url, []).append((crawl_id, listed))
    judged = (crawls[0], *unchecked)
    tonight = {url: seen[-1][1] for url, seen in links.items() if seen[-1][0] in judged}
    found.empty = find_emptied(db, site, crawls[0], tonight)
    found.shrunk = find_shrunk(db, site, crawls[0], unchecked)
    for url, seen in links.items():
        _judge_category(found, url, seen, judged)
    ids = json.dumps(list(alike))
    new = dict(db.execute(_NEW, (site, ids)))
    room: dict[str, int] = dict(db.execute(_ROOM, (site, ids)))
    named: dict[str, dict[str, int]] = {}
    for crawl_id, source, role, number in db.execute(_NAMED, (site, ids)):
        named.setdefault(source, {})[crawl_id] = number
        found.roles[source] = role
    answered = _list_answered(db, alike, named)
    for source in sorted(named):
        if (source, crawls[0]) in answered:
            asked = [c for c in alike if (source, c) in answered]
            most = [min(new.get(c, 0), room.get(source) or new.get(c, 0)) for c in asked]
            found.feeds[source] = [
                (number - min(named[source].get(c, 0), number), number)
                for c, number in zip(asked, most, strict=True)
            ]
    found.still = list(find_still(db, site, judged))
    return found


def _judge_category(
    found: Lists, url: str, seen: Sequence[tuple[str, int]], judged: Sequence[str]
) -> None:
    if seen[-1][0] not in judged:
        return  # it was not read in the last crawl
    now = seen[-1][1]
    before = [listed for _, listed in seen[:-1] if listed]
    if len(before) >= LEAST_READ and median(before) >= FEWEST and 0 < now < THIN * median(before):
        found.thin.append((url, now, median(before)))


def _list_answered(
    db: sqlite3.Connection, crawls: Sequence[str], lists: Iterable[str]
) -> frozenset[tuple[str, str]]:
    """The (address, crawl) that gave a page; a list that is down or rests does not stand still."""
    rows = db.execute(
        "SELECT DISTINCT url, crawl_id FROM captures WHERE status IN (200, 203, 304) "
        "AND crawl_id IN (SELECT value FROM json_each(?)) "
        "AND url IN (SELECT value FROM json_each(?))",
        (json.dumps(list(crawls)), json.dumps(list(lists))),
    )
    return frozenset(rows.fetchall())
