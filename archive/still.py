"""Which lists stand still: they answer, and name nothing of what came out that they ought to name.

    list    its articles: those of one folder (/the-thao/), of one section, or of all the paper
    asked   tonight, soundly
    still   LEAST of those articles came out since it last named a new one, no later than in the
            crawl that asked it last; before, it named most

What a list ought to name is learned from what it named, so a page of picked articles is never
judged, nor one whose paper tells neither in addresses nor on pages what belongs there. One reading
is enough: a page that names nothing new after five such articles has 1 chance in 400 at the worst.
Rejected: the same bytes as before (a page that stands still has a clock, a most-read box, other
advertisements), the share of all new articles (one category of twelve names 8 % of them).
A sitemap file with a number in its name is not judged: the next month has another.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

LEAST = 5  # articles that it should have named
SEEN = 10  # articles that it named, before it is judged
PURE = 0.8  # share of them that are of one kind
NAMES = 0.7  # share of that kind that it named
DAYS = 60  # looked back

_ASKED = """
SELECT a.url, a.role, coalesce((SELECT min(n.started_at) FROM crawls n WHERE n.site = ?1
  AND n.started_at > max(c.captured_at)), '9') FROM captures c
JOIN addresses a ON a.url = c.url AND a.page = 1
WHERE c.crawl_id IN (SELECT value FROM json_each(?2)) AND a.site = ?1
AND a.role IN ('category', 'feed', 'sitemap') AND c.status IN (200, 203, 304)
AND a.state = 'fetched' GROUP BY a.url, a.role ORDER BY a.url
"""  # ... and when the next crawl began: what that saw first, the list was not asked for
_NAMED = """
SELECT s.first_seen_at, d.url, coalesce(v.section, ''), d.first_seen_at FROM sightings s
JOIN addresses d ON d.id = s.address_id JOIN articles v ON v.id = d.article_id
WHERE s.source = ?1 AND s.first_seen_at >= ?2
"""
_OUT = """
SELECT d.url, coalesce(v.section, ''), d.first_seen_at, EXISTS (SELECT 1 FROM sightings s
  WHERE s.address_id = d.id AND s.source = ?4)
FROM addresses d JOIN articles v ON v.id = d.article_id
WHERE d.site = ?1 AND d.role = 'article' AND d.first_seen_at > ?2 AND d.first_seen_at < ?3
AND v.published_on >= date(d.first_seen_at, '-2 days')
"""


@dataclass(frozen=True, slots=True)
class Still:
    """A list that named none of ``missing`` articles; before it named a ``share`` of such."""

    url: str
    role: str  # category, feed, sitemap
    missing: int
    share: float


def find_still(db: sqlite3.Connection, site: str, crawls: Sequence[str]) -> Iterator[Still]:
    """Yield the lists that some crawls, judged together, found standing still, by address."""
    (now, since) = db.execute(
        f"SELECT max(started_at), date(max(started_at), '-{DAYS} days') FROM crawls "
        "WHERE crawl_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(crawls)),),
    ).fetchone()
    for url, role, until in db.execute(_ASKED, (site, json.dumps(list(crawls)))).fetchall():
        if role == "sitemap" and any(c.isdigit() for c in url.rpartition("/")[2]):
            continue
        found = _judge(db, site, url, role, (since, now, until))
        if found is not None:
            yield found


def _judge(
    db: sqlite3.Connection, site: str, url: str, role: str, times: tuple[str, str, str]
) -> Still | None:
    since, now, until = times  # ``until``: what came out later, the list can not know
    named = db.execute(_NAMED, (url, since)).fetchall()
    if len(named) < SEEN:
        return None
    first, last = min(row[0] for row in named), max(row[0] for row in named)
    if last >= now:  # something new tonight
        return None
    kind = _find_kind([(row[1], row[2]) for row in named])
    if kind is None:
        return None
    out = [
        (at, bool(was_named))
        for address, section, at, was_named in db.execute(_OUT, (site, first, until, url))
        if kind in _list_kinds(address, section)
    ]
    before = [was_named for at, was_named in out if at <= last]
    missing = sum(not was_named for at, was_named in out if at > last)
    if len(before) < SEEN or missing < LEAST or sum(before) < NAMES * len(before):
        return None
    return Still(url, role, missing, sum(before) / len(before))


def _find_kind(named: Sequence[tuple[str, str]]) -> str | None:
    """Return the narrowest kind of nearly all articles that a list named."""
    counts: Counter[str] = Counter()
    for address, section in named:
        counts.update(_list_kinds(address, section))
    pure = [kind for kind, count in counts.items() if count >= PURE * len(named)]
    return max(pure, key=lambda kind: (kind[:1] != "*", counts[kind], kind), default=None)


def _list_kinds(address: str, section: str) -> list[str]:
    """Return the kinds of an article: all, its section, and its first folder where it has one."""
    folders = urlsplit(address).path.split("/")[1:-1]
    kinds = ["*"]
    if section:
        kinds.append(f"section {section}")
    if folders and not folders[0].isdigit():
        kinds.append(f"folder {folders[0]}")
    return kinds
