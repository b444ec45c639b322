"""How many articles a paper publishes on which weekday, and whether some days brought too few.

Days are the paper's own (``sites.timezone``); an article without a date counts on the day it was
first seen. A day is judged once it is over and a whole crawl began on the day after, and only by
days that were seen the same way. Windows of 1, 3 and 7 days, so that a paper of three articles a
day is judged, too; for rarer ones there is the longest pause (`judge_pause`).

A feast is no fault: days of archive/holidays.py are left out, and so are days on which most of the
archive's other papers fell silent as well.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from archive.habits import Rate, is_flood, is_low, learn_rate
from archive.holidays import is_holiday
from archive.instants import from_text
from archive.nights import WHOLE, Night
from archive.paperday import name_zone

WEEKS = 8
KEPT = 26  # weeks in which pauses are looked for
SPANS = (1, 3, 7)
PAUSES = 10  # days with articles at least, before a pause is long
LEAST_PAUSE = 3  # days
QUIET, PEERS = 0.5, 3  # others' share of their usual number, and how many others say so


@dataclass(frozen=True, slots=True)
class Days:
    """A paper's articles by day, and which days were seen to their end."""

    numbers: Counter[date]
    seen: frozenset[date]
    festive: frozenset[date]
    last_on: date  # the last day that is over

    def list_weekday(self, day: date) -> list[int]:
        """Return the numbers of earlier days of the same weekday, feasts apart."""
        found = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
        return [self.numbers[d] for d in found if d in self.seen and d not in self.festive]

    def list_span(self, length: int) -> list[date]:
        """Return the working days among the last ``length`` days; empty if one was not seen."""
        span = [self.last_on - timedelta(days=back) for back in range(length)]
        if any(day not in self.seen for day in span):
            return []
        return [day for day in span if day not in self.festive]

    def learn(self, span: Iterable[date]) -> Rate | None:
        """Return what some days usually bring."""
        week = [self.list_weekday(self.last_on - timedelta(days=back)) for back in range(7)]
        return learn_rate([self.list_weekday(day) for day in span], week)


def count_days(db: sqlite3.Connection, site: str, nights: list[Night], at: datetime) -> Days:
    """Count a paper's articles by day up to the day before ``at``."""
    row = db.execute(
        "SELECT timezone, language, region FROM sites WHERE site = ?", (site,)
    ).fetchone() or (None, None, None)
    zone = name_zone(row[0])
    last_on = at.astimezone(zone).date() - timedelta(days=1)
    first_on = last_on - timedelta(weeks=KEPT)
    numbers: Counter[date] = Counter()
    for published, seen_at in db.execute(
        "SELECT published_on, first_seen_at FROM articles WHERE site = ? AND "
        "(published_on >= ? OR published_on IS NULL)",
        (site, first_on.isoformat()),
    ):
        instant = from_text(seen_at).astimezone(zone)
        found = instant.date()
        # What a crawl finds before noon is mostly of the day before.
        day = _read_day(published) or (instant - timedelta(hours=12)).date()
        if first_on <= day <= last_on and found <= day + timedelta(days=1):
            numbers[day] += 1
    whole = {
        from_text(night.started_at).astimezone(zone).date() - timedelta(days=1)
        for night in nights
        if night.outcome == WHOLE
    }
    begun = min((from_text(n.started_at).astimezone(zone).date() for n in nights), default=None)
    seen = frozenset(day for day in whole if begun is not None and day >= begun)
    span = (last_on - timedelta(days=back) for back in range(KEPT * 7))
    festive = frozenset(day for day in span if is_holiday(day, row[1], row[2]))
    return Days(numbers, seen, festive, last_on)


def _read_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Days that brought far too few articles, or far too many."""

    number: int
    rate: Rate
    length: int
    last_on: date
    is_flood: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether it is one day that brought few, but some: worth a note."""
        return self.length == 1 and self.number > 0 and not self.is_flood


def judge_days(days: Days) -> tuple[Verdict | None, bool]:
    """Return what is wrong with the last days, and whether they could be judged at all."""
    could, few = False, None
    for length in SPANS:
        span = days.list_span(length)
        rate = days.learn(span) if span else None
        if rate is None:
            continue
        could = True
        number = sum(days.numbers[day] for day in span)
        if is_low(number, rate):
            found = Verdict(number, rate, length, days.last_on)
            if not found.is_quiet:
                return found, True
            few = found
        if length == 1 and is_flood(number, rate):
            return Verdict(number, rate, length, days.last_on, is_flood=True), True
    return few, could


def judge_pause(days: Days) -> tuple[int, int] | None:
    """Return (working days without an article up to now, the longest such pause before), where
    the first is more than twice the second; None else, or where too little was seen."""
    working = [
        day
        for back in range(KEPT * 7)
        if (day := days.last_on - timedelta(days=back)) not in days.festive
    ]
    known = [day for day in working if days.numbers[day] and day >= min(days.seen, default=day)]
    if len(known) < PAUSES or days.last_on not in days.seen:
        return None
    places = [working.index(day) for day in known]  # how many working days ago
    longest = max(b - a for a, b in pairwise(places)) - 1
    now = places[0]
    return (now, longest) if now > max(LEAST_PAUSE, 2 * longest + 1) else None


def is_quiet_everywhere(length: int, others: Iterable[Days]) -> bool:
    """Whether most of the other papers fell silent in the same days: a feast nobody listed."""
    shares = []
    for days in others:
        span = days.list_span(length)
        rate = days.learn(span) if span else None
        if rate is not None and rate.usual >= 3:
            shares.append(sum(days.numbers[day] for day in span) / rate.usual)
    return len(shares) >= PEERS and median(shares) < QUIET
