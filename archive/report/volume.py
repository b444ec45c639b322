"""A paper's articles a day beside what that weekday usually brings.

The band of a day: the median of the same weekday in the eight weeks before it, two deviations up
and down (twice the root of the median where the days scatter less than chance does). Days nobody
looked at are no zeros: a day counts once a crawl that was let in began after its end, the day of
the last such crawl is open, later ones are unknown. Rejected: mean and standard deviation, which
one feast moves for two months; one band for all weekdays, since papers rest on Sundays.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor, sqrt
from statistics import median
from typing import Literal

from archive.instants import from_text, to_text
from archive.report.span import Paper, Span

WEEKS, LEAST = 8, 3  # weeks that are looked back; days of a weekday that make a band
NORMAL = 1.4826  # standard deviations in a median absolute deviation

SHUT_OUT = ("refused", "unreachable", "blocked", "walled", "misconfigured")
"""Outcomes of crawls that have seen nothing of a day (crawler/run.py has them all)."""

State = Literal["whole", "open", "unknown", "before"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day's articles and its band. ``before``: older than the first crawl, found afterwards."""

    day: date
    articles: int
    state: State
    low: int | None = None
    usual: float | None = None
    high: int | None = None

    @property
    def verdict(self) -> Literal["below", "above", ""]:
        """On which side of its band a whole day lies."""
        if self.state != "whole" or self.low is None or self.high is None:
            return ""
        return "below" if self.articles < self.low else "above" if self.articles > self.high else ""


@dataclass(frozen=True, slots=True)
class Volume:
    """A paper's days, oldest first; ``undated`` articles count where they were first seen."""

    days: tuple[Day, ...]
    undated: int

    @property
    def total(self) -> int:
        """Articles of all days."""
        return sum(day.articles for day in self.days)

    @property
    def last(self) -> Day | None:
        """The last day that was seen to its end."""
        return next((day for day in reversed(self.days) if day.state == "whole"), None)

    @property
    def mean(self) -> float | None:
        """Articles a day of those that were seen to their end."""
        whole = [day.articles for day in self.days if day.state == "whole"]
        return sum(whole) / len(whole) if whole else None


def gather_volume(db: sqlite3.Connection, paper: Paper, span: Span) -> Volume:
    """Count a paper's articles by the paper's own days. Reads the index articles_day alone."""
    first = span.since - timedelta(weeks=WEEKS)
    numbers: Counter[date] = Counter()
    for text, number in db.execute(
        "SELECT published_on, count(*) FROM articles WHERE site = ? AND published_on BETWEEN ? "
        "AND ? GROUP BY published_on",
        (paper.site, first.isoformat(), span.until.isoformat()),
    ):
        with contextlib.suppress(ValueError):  # a day that is in no calendar
            numbers[date.fromisoformat(text)] += number
    undated = 0
    for (text,) in db.execute(
        "SELECT first_seen_at FROM articles WHERE site = ? AND published_on IS NULL "
        "AND first_seen_at >= ?",
        (paper.site, first.isoformat()),
    ):
        day = from_text(text).astimezone(paper.zone).date()
        numbers[day] += 1
        undated += span.since <= day <= span.until
    begun, ended = _find_crawls(db, paper, span)
    days = tuple(
        judge_day(day, numbers, _find_state(day, begun, ended), begun) for day in span.days
    )
    return Volume(days, undated)


def _find_crawls(
    db: sqlite3.Connection, paper: Paper, span: Span
) -> tuple[date | None, date | None]:
    """Return the paper's days of its first and its last crawl that was let in."""
    row = db.execute(
        "SELECT min(started_at), max(started_at) FROM crawls WHERE site = ? AND started_at <= ? "
        f"AND coalesce(outcome, '') NOT IN ({','.join('?' * len(SHUT_OUT))})",
        (paper.site, to_text(span.now), *SHUT_OUT),
    ).fetchone()
    first, last = (from_text(t).astimezone(paper.zone).date() if t else None for t in row)
    return first, last


def _find_state(day: date, begun: date | None, ended: date | None) -> State:
    if begun is None or ended is None or day > ended:
        return "unknown"
    if day == ended:
        return "open"
    return "before" if day < begun else "whole"


def judge_day(day: date, numbers: Counter[date], state: State, begun: date | None) -> Day:
    """Return a day with its band; ``numbers`` by day, ``begun``: the day of the first crawl."""
    past = (day - timedelta(weeks=back) for back in range(1, WEEKS + 1))
    same = [numbers[d] for d in past if begun is not None and d >= begun]
    if len(same) < LEAST or state in ("before", "unknown"):
        return Day(day, numbers[day], state)
    usual = float(median(same))
    scatter = NORMAL * median(abs(number - usual) for number in same)
    reach = 2 * max(scatter, sqrt(max(usual, 1)))
    return Day(day, numbers[day], state, max(0, floor(usual - reach)), usual, ceil(usual + reach))
