"""For each paper and day: what was announced, by whom, and what became of it.

An article counts under its own day (fates.py says how it is found); what is announced is read,
unread, gone, failed, refused or missing, and nothing is counted twice. What no channel announced is
estimated from the overlap of the channels (unseen.py) over the days that are asked for, and for
each day that carries it; only articles that were read count there, since the others have no day of
their own. All of it is computed from the index when it is asked for, so it is the same after a
rebuild.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from archive.fates import FATES, Fate, Item, list_items
from archive.paperday import find_zone, read_day
from archive.unseen import Estimate, Seen, estimate

CHANNELS = ("category", "feed", "sitemap", "home", "related", "body", "import")
LINKS = {"related": "links", "body": "links"}  # one channel: what articles link to
DEPENDENT = ("start", "robots", "redirect", "import")  # that announce nothing by themselves
WINDOW = 30  # days that are looked at when no one says since when


@dataclass
class Day:
    """A paper's day. ``fates`` sums up to ``announced``; ``undated`` of them have no day of their
    own and count where they were announced for, or first seen."""

    day: date
    announced: int = 0
    by: Counter[str] = field(default_factory=Counter)
    fates: Counter[Fate] = field(default_factory=Counter)
    kinds: Counter[tuple[Fate, str]] = field(default_factory=Counter)
    undated: int = 0
    unseen: Estimate | None = None

    @property
    def fetched(self) -> int:
        """How many were answered."""
        return sum(self.fates[fate] for fate in ("read", "unread", "gone"))


@dataclass
class Ledger:
    """A paper's days, newest first, their sum, and what no channel announced in all of them."""

    site: str
    since: date
    until: date
    days: list[Day]
    total: Day


def keep_ledger(
    db: sqlite3.Connection, site: str, since: date | None = None, until: date | None = None
) -> Ledger:
    """Return the ledger of a paper's days ``since`` to ``until``, both within.

    Left out, they are the ``WINDOW`` days before the last crawl, and its day. Days on which nothing
    was announced are in it with zeros.
    """
    zone = find_zone(db, site)
    row = db.execute("SELECT max(started_at) FROM crawls WHERE site = ?", (site,)).fetchone()
    items = list_items(db, site, zone)
    last = read_day(row[0], zone) if row[0] else max((i.day for i in items), default=date.max)
    until = until or last
    since = since or until - timedelta(days=min(WINDOW, until.toordinal() - 1))
    inside = [item for item in items if since <= item.day <= until]
    by_day: dict[date, list[Item]] = {}
    for item in inside:
        by_day.setdefault(item.day, []).append(item)
    first = min(by_day, default=until)
    days = [
        _count(first + timedelta(days=n), by_day.get(first + timedelta(days=n), ()))
        for n in range((until - first).days, -1, -1)
    ]
    return Ledger(site, since, until, days, _count(since, inside))


def count_span(db: sqlite3.Connection, site: str, since: date, until: date) -> Day:
    """Return the sum of a paper's days ``since`` to ``until``, both within: the ledger's ``total``
    for a fraction of its time, since older articles and single days are not looked at."""
    items = list_items(db, site, find_zone(db, site), since)
    return _count(since, [item for item in items if since <= item.day <= until])


def _count(day: date, items: Iterable[Item]) -> Day:
    counted = Day(day)
    seen: list[Seen] = []
    for item in items:
        counted.announced += 1
        counted.by.update(item.channels or {"redirect"})
        counted.fates[item.fate] += 1
        if item.kind:
            counted.kinds[item.fate, item.kind] += 1
        counted.undated += item.day_from != "published"
        if item.fate == "read" and item.day_from == "published":
            seen.append(name_channels(item.channels))
    counted.unseen = estimate(seen)
    return counted


def name_channels(channels: Iterable[str]) -> Seen:
    """Return the channels that may be taken for occasions of seeing an article."""
    return frozenset(LINKS.get(name, name) for name in channels if name not in DEPENDENT)


def describe(day: Day) -> dict[str, object]:
    """Return a day as plain data, for JSON and for reports."""
    return {
        "day": day.day.isoformat(),
        "announced": day.announced,
        "by": dict(sorted(day.by.items())),
        "fetched": day.fetched,
        **{fate: day.fates[fate] for fate in FATES},
        "why": [
            {"fate": fate, "kind": kind, "count": count}
            for (fate, kind), count in sorted(day.kinds.items(), key=lambda kv: (-kv[1], kv[0]))
        ],
        "undated": day.undated,
        "unseen": describe_unseen(day.unseen),
    }


def describe_unseen(found: Estimate | None) -> dict[str, object] | None:
    """Return an estimate as plain data, rounded as far as it can be meant."""
    if found is None:
        return None
    numbers = {"estimate": found.unseen, "low": found.low, "high": found.high}
    return {
        **{name: None if n is None else round(n, 1) for name, n in numbers.items()},
        "channels": list(found.channels),
        "words": found.words,
    }


def list_sites(db: sqlite3.Connection) -> Sequence[str]:
    """Return the papers of which anything is held."""
    return [site for (site,) in db.execute("SELECT site FROM sites ORDER BY site")]
