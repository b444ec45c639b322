"""Which papers a `khobao run` visits now, and in which order: computed from the index, and from
how often runs come (rhythm.py).

A paper is due

    never visited, or left unfinished        at once (capped, interrupted, killed)
    visited                                  at its quiet hour, when its day's news are out; at the
                                             latest ``every_hours`` after the last visit began
    no answer last time                      after 1 hour, then 2, 4 ... up to ``every_hours``
    refused, blocked, walled                 as if it had been visited: insisting is no manners
    a last visit that lies in the future     at once: a clock was wrong

and is asked only in its visiting hours. The quiet hour is the one around which the paper published
least in the last 28 days: a run that cron starts every hour then visits each paper when little can
come out behind its back, and the visit does not wander through the day. A run that cron starts once
a day visits what is due within twelve hours (rhythm.py).

First those that failed once or twice, since they answer or fail within seconds; then the others,
the longest unvisited first; then what was left unfinished and what was never visited, which take
hours; last those that failed three times and more. Rejected: a queue that is kept (it would have
to be repaired after every kill) and lots (not the same twice).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from archive.instants import from_text, to_text
from spiders.hours import find_closing, find_opening
from spiders.site import Site

FAILED = ("unreachable", "bug")
LEFT = (None, "interrupted", "capped", "storage")
CHRONIC = 3  # failures in a row after which a paper waits for all others
SOON = timedelta(hours=1)  # before a paper that gave no answer is asked again
SLACK = timedelta(minutes=5)  # an hourly run does not begin at the same second
EARLY = timedelta(minutes=30)  # a visit may begin before its time: cron's runs take their time
HALF = timedelta(hours=12)  # by which a visit may come earlier, to be at the quiet hour
FAILED_LATELY, VISITED, LEFT_OVER, NEW, FAILING = range(5)  # the order of a run
QUIET = 3  # o'clock, where the paper's own hours are not known
LEAST = 30  # articles with a time of day, before the quiet hour is learned


@dataclass(frozen=True, slots=True)
class Visit:
    """A paper and when it is due; ``until``: when its visiting hours end."""

    key: str
    due_at: datetime
    rank: int  # FAILED_LATELY and so on
    last_at: datetime | None = None
    until: datetime | None = None  # None: it may not be asked now


@dataclass(frozen=True, slots=True)
class Past:
    """How the last crawls of a paper ended, the newest first."""

    started_at: datetime
    outcomes: tuple[str | None, ...]

    @property
    def failures(self) -> int:
        """How many in a row gave no answer, the last one among them."""
        count = 0
        for outcome in self.outcomes:
            if outcome not in FAILED:
                break
            count += 1
        return count


def plan_visits(
    db: sqlite3.Connection | None,
    sites: Iterable[Site],
    now: datetime,
    *,
    every: timedelta,
    hours: Mapping[str, Sequence[str]],
) -> list[Visit]:
    """Return a visit for each paper, due or not, in the order in which they are to be made.

    ``hours``: the operator's visiting hours by key, which go before a profile's.
    """
    visits = []
    for site in sites:
        past = read_past(db, site.key) if db is not None else None
        windows = hours.get(site.key, site.profile.manners.hours)
        if past is None or db is None:
            due, rank = now, NEW
        else:
            due = find_due(past, now, every, read_quiet_hour(db, site, now), site.timezone)
            rank = rank_past(past)
        opening = find_opening(windows, max(due, now), site.timezone)
        closing = find_closing(windows, now, site.timezone)
        last = past.started_at if past else None
        visits.append(
            Visit(site.key, opening if due > now else min(opening, now), rank, last, closing)
        )
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(visits, key=lambda visit: (visit.rank, visit.last_at or first, visit.key))


def list_due(
    visits: Iterable[Visit], now: datetime, *, every: timedelta, rhythm: timedelta | None
) -> list[Visit]:
    """Return the visits to make now.

    ``rhythm``: the usual time between two runs (rhythm.py). A visit belongs to the run that is
    nearest to its time, but none comes before half of ``every`` has passed; one that was put off
    for want of an answer waits for its time.
    """
    early = max(min(rhythm or timedelta(0), every) / 2 - EARLY, timedelta(0))
    return [
        visit
        for visit in visits
        if visit.due_at <= now + (early if visit.rank == VISITED else timedelta(0))
        and visit.until is not None
    ]


def find_due(past: Past, now: datetime, every: timedelta, quiet: int, zone: tzinfo) -> datetime:
    """Return when a paper is due again, given its past and its quiet hour (0 to 23)."""
    last = past.started_at
    if last > now or past.outcomes[0] in LEFT:
        return min(last, now)
    if past.failures:
        wait: timedelta = SOON * int(2 ** min(past.failures - 1, 16))
        return last + min(wait, every) - SLACK
    least = last + max(every / 2, every - HALF)
    return min(last + every - EARLY, find_quiet(least, quiet, zone))


def find_quiet(after: datetime, hour: int, zone: tzinfo) -> datetime:
    """Return the first instant from ``after`` on at which the paper's clock shows ``hour``."""
    day = after.astimezone(zone).date()
    for ahead in range(3):
        instant = datetime.combine(day + timedelta(days=ahead), time(hour), zone).astimezone(UTC)
        if instant >= after:
            return instant
    raise AssertionError("a day without that hour, three times in a row")


def rank_past(past: Past) -> int:
    """Return the place of a paper in the order of a run."""
    if past.failures >= CHRONIC:
        return FAILING
    if past.failures:
        return FAILED_LATELY
    return LEFT_OVER if past.outcomes[0] in LEFT else VISITED


def read_past(db: sqlite3.Connection, site: str) -> Past | None:
    """Return how a paper's last crawls ended, or None if there was none."""
    rows = db.execute(
        "SELECT started_at, outcome FROM crawls WHERE site = ? ORDER BY started_at DESC LIMIT 20",
        (site,),
    ).fetchall()
    if not rows:
        return None
    return Past(from_text(rows[0][0]), tuple(outcome for _, outcome in rows))


def read_quiet_hour(db: sqlite3.Connection, site: Site, now: datetime) -> int:
    """Return the hour of the paper's day around which it publishes least; of several the one
    nearest to QUIET."""
    counts: Counter[int] = Counter()
    rows = db.execute(
        "SELECT date_published FROM articles WHERE site = ? AND first_seen_at >= ? AND "
        "date_precision IN ('second', 'minute')",
        (site.key, to_text(now - timedelta(days=28))),
    )
    for (text,) in rows:
        counts[from_text(text).astimezone(site.timezone).hour] += 1
    if sum(counts.values()) < LEAST:
        return QUIET
    return min(
        range(24),
        key=lambda hour: (
            counts[(hour - 1) % 24] + counts[hour],
            min((hour - QUIET) % 24, (QUIET - hour) % 24),
        ),
    )
