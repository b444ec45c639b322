"""The front page, feeds and sitemaps that name no article any more, or a tenth of what they did.

    front page        none, where it ever named some; an eighth of what is usual
    feed, sitemap     the same where what it names reaches back further than the crawls are apart;
                      one that names the last hours alone is empty after a quiet day, so it is told
                      only if the paper's other lists brought articles that night

Expectations are learned for each address from its own earlier readings (the median of those that
named any), from the second night on. A list that was empty before now and then may be. Rejected: a
share of the paper's articles (a list of ten is sound at any paper), a fixed number of nights first
(a template breaks when it does).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from archive.instants import from_text, to_text

FEWEST = 3  # articles that a list usually names, before none is told
LEAST_FULL = 16  # ... before few are
FEW = 1 / 8
MOST_EMPTY = 0.1  # share of its readings in which a list may have been empty
MARGIN = timedelta(days=2)
OLDER = 0.2  # share of its articles by which a list reaches back: one may be pinned
NEWS = 3  # articles that other lists brought
WINDOW = 60  # readings of an address

_READ = """
SELECT c.url, r.role, c.crawl_id, c.captured_at, r.listed FROM captures c
JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.url IN (
  SELECT t.url FROM captures t JOIN readings u ON u.capture_id = t.id
  WHERE t.crawl_id IN (SELECT value FROM json_each(?2)) AND u.role IN ('home', 'feed', 'sitemap'))
AND r.role IN ('home', 'feed', 'sitemap') AND r.status = 'ok' AND c.status IN (200, 203, 304)
ORDER BY c.id
"""
_NAMED = """
SELECT count(*), coalesce(sum(v.published_on < ?3), 0) FROM sightings s
JOIN addresses a ON a.id = s.address_id JOIN articles v ON v.id = a.article_id
WHERE s.source = ?1 AND s.first_seen_at < ?2 AND s.dropped_at IS NULL
AND (s.channel = 'sitemap' OR s.last_seen_at = (
  SELECT max(t.last_seen_at) FROM sightings t WHERE t.source = ?1 AND t.last_seen_at < ?2))
"""
_NEWS = """
SELECT count(DISTINCT a.id) FROM addresses a JOIN sightings s ON s.address_id = a.id
WHERE a.site = ?1 AND a.role = 'article' AND a.first_seen_at >= ?2 AND s.source <> ?3
AND s.channel IN ('home', 'category', 'feed', 'sitemap')
"""


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A list that names far fewer articles than it did."""

    url: str
    role: str  # home, feed, sitemap
    now: int
    usual: float


@dataclass(frozen=True, slots=True)
class _Read:
    crawl_id: str
    at: str
    listed: int


def find_shrunk(
    db: sqlite3.Connection, site: str, crawl_id: str, unchecked: Sequence[str] = ()
) -> list[Shrunk]:
    """Return the front page, feeds and sitemaps of a crawl that name none or few, by address;
    ``unchecked``: crawls before it that told nothing."""
    judged = (crawl_id, *unchecked)
    (started,) = db.execute(
        "SELECT started_at FROM crawls WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    lists: dict[tuple[str, str], list[_Read]] = {}
    for url, role, crawl, at, listed in db.execute(_READ, (site, json.dumps(judged))):
        lists.setdefault((url, role), []).append(_Read(crawl, at, listed))
    found = []
    for (url, role), reads in sorted(lists.items()):
        last, before = reads[-1], [one for one in reads if one.crawl_id not in judged][-WINDOW:]
        usual = _find_usual(before)
        if last.crawl_id not in judged or usual is None or not _is_less(last.listed, usual, before):
            continue
        is_whole = role == "home" or _reaches_back(db, url, before[-1], last)
        if is_whole or (not last.listed and _count_news(db, site, started, url) >= NEWS):
            found.append(Shrunk(url, role, last.listed, usual))
    return found


def _find_usual(before: Sequence[_Read]) -> float | None:
    """The median of what a list named; None where it named few, or was empty now and then."""
    named = [one.listed for one in before if one.listed]
    if not named or len(before) - len(named) > MOST_EMPTY * len(before):
        return None
    usual = median(named)
    return usual if usual >= FEWEST else None


def _is_less(now: int, usual: float, before: Sequence[_Read]) -> bool:
    if not now:
        return True
    return usual >= LEAST_FULL and now <= FEW * usual and 2 * now < min(r.listed for r in before)


def _reaches_back(db: sqlite3.Connection, url: str, before: _Read, last: _Read) -> bool:
    """Whether some of what a list named when it was read before ought to be on it still."""
    then, now = from_text(before.at), from_text(last.at)
    cut = to_text(then - (now - then) - MARGIN)[:10]
    named, older = db.execute(_NAMED, (url, last.at, cut)).fetchone()
    return bool(named and older >= max(2, OLDER * named))


def _count_news(db: sqlite3.Connection, site: str, started: str, url: str) -> int:
    (number,) = db.execute(_NEWS, (site, started, url)).fetchone()
    return int(number)
