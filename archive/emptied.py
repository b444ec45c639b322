"""Which category pages list none of their articles tonight, and whether that is a fault.

    empty     no link to an article, and nothing filled it
    drawn     the page was always empty, a script fills it: judged by what the filler's address
              (its page 2 in the ledger) answered tonight
    framed    it has the links of every page (most read) and none of its own any more
    road      always empty, and it leads to lists that are not: an index of months (roads.py)
    dormant   empty, nothing new came of it for DORMANT days, and the others list: its season is
              over; worth a note, no alarm

A page is framed only where at least half of the pages are, and had articles for themselves before:
of two pages that list the same (a section and its only part) none is. Rejected: links of the
reader's boxes alone (a profile that names them wrongly hides the fault).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from archive.instants import from_text, to_text
from archive.roads import excuses

EMPTY = "empty"  # what fills a page, where it answers with a list of nothing
DORMANT = timedelta(days=7)
LEAST_OWN = 3  # articles that one page alone named, before its lack of them says something
OWN = 1 / 3  # of all that it named: boxes stand on all pages
MOST_FRAMED = 0.5  # share of the pages

_CURRENT = """
WITH last AS (SELECT source, max(last_seen_at) AS at FROM sightings
  WHERE source IN (SELECT value FROM json_each(?)) GROUP BY source)
SELECT s.source, s.address_id FROM last
JOIN sightings s ON s.source = last.source AND s.last_seen_at = last.at
JOIN addresses a ON a.id = s.address_id WHERE a.role = 'article'
"""
_OWN = """
SELECT count(*), coalesce(sum(NOT EXISTS (SELECT 1 FROM sightings o WHERE
  o.address_id = s.address_id AND o.source <> s.source
  AND o.source IN (SELECT value FROM json_each(?2)))), 0)
FROM sightings s JOIN addresses a ON a.id = s.address_id
WHERE s.source = ?1 AND a.role = 'article' AND s.first_seen_at < ?3
"""
_NEWEST = """
SELECT max(s.first_seen_at) FROM sightings s JOIN addresses a ON a.id = s.address_id
WHERE s.source = ? AND a.role = 'article'
"""
_FILLERS = """
SELECT s.source, c.status, c.failure, coalesce(r.listed, 0) FROM captures c
JOIN addresses a ON a.url = c.url AND a.role = 'category' AND a.page = 2
JOIN sightings s ON s.address_id = a.id AND s.channel = 'category'
LEFT JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.crawl_id = ?2 AND (
  SELECT max(l.listed) FROM readings l JOIN captures p ON p.id = l.capture_id
  WHERE p.url = s.source) = 0
ORDER BY c.id
"""


@dataclass(frozen=True, slots=True)
class Emptied:
    """A category page without its articles, and why it is said: "", "404", EMPTY, "every page"."""

    url: str
    why: str = ""
    is_dormant: bool = False


def find_emptied(
    db: sqlite3.Connection, site: str, crawl_id: str, pages: Mapping[str, int]
) -> list[Emptied]:
    """Return the category pages of a crawl that list none of their articles, in the order of
    ``pages``: page 1 of each category that was read -> articles that it links to."""
    (started,) = db.execute(
        "SELECT started_at FROM crawls WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    drawn = find_drawn(db, site, crawl_id)
    empty = {url: "" for url, listed in pages.items() if not listed and url not in drawn}
    empty = {url: why for url, why in empty.items() if not excuses(db, url)}
    empty |= {url: why for url, why in drawn.items() if why is not None}
    full = [url for url, listed in pages.items() if url not in empty and (listed or url in drawn)]
    framed = _find_framed(db, full, started)
    season = not framed and len(full) > len(empty)
    found = [
        Emptied(url, why, season and _is_dormant(db, url, started)) for url, why in empty.items()
    ]
    return found + [Emptied(url, "every page") for url in framed]


def find_drawn(db: sqlite3.Connection, site: str, crawl_id: str) -> dict[str, str | None]:
    """Return the category pages that scripts fill -> None where that came tonight, else what their
    filler's address answered instead."""
    found: dict[str, str | None] = {}
    for source, status, failure, listed in db.execute(_FILLERS, (site, crawl_id)):
        is_sound = status in (200, 203, 304) and listed > 0
        found[source] = None if is_sound else _name_answer(status, failure)
    return found


def _name_answer(status: int | None, failure: str | None) -> str:
    if status in (200, 203, 304):
        return EMPTY
    return str(status or failure or "no answer")


def _find_framed(db: sqlite3.Connection, pages: list[str], started: str) -> list[str]:
    """The pages whose links all stand on most of the others, and did not before tonight."""
    if len(pages) < 2:
        return []
    names = json.dumps(pages)
    links: dict[str, set[int]] = {url: set() for url in pages}
    for source, address_id in db.execute(_CURRENT, (names,)):
        links[source].add(address_id)
    framed = []
    for url, own in links.items():
        others = [links[other] for other in pages if other != url]
        shared = all(2 * sum(one in other for other in others) > len(others) for one in own)
        if own and shared and _had_own(db, url, names, started):
            framed.append(url)
    return framed if len(framed) >= max(2, MOST_FRAMED * len(pages)) else []


def _had_own(db: sqlite3.Connection, url: str, names: str, started: str) -> bool:
    total, own = db.execute(_OWN, (url, names, started)).fetchone()
    return bool(own >= LEAST_OWN and own >= OWN * total)


def _is_dormant(db: sqlite3.Connection, url: str, started: str) -> bool:
    (newest,) = db.execute(_NEWEST, (url,)).fetchone()
    return newest is not None and newest < to_text(from_text(started) - DORMANT)
