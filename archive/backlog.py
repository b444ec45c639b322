"""What is left to fetch of a paper's past: addresses, thin days, months that were never walked.

A day is thin when it holds clearly fewer articles than the same weekday around it: under the median
of up to ten weeks before and after less three standard deviations, where a Poisson count or the
weeks' own spread (median absolute deviation), whichever is wider, gives the deviation. Weekends and
holidays of every year are thus no finding; a month that is thin as a whole is told as a month.
"""

from __future__ import annotations

import math
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from archive.days import Days, parse
from archive.fates import Item, list_items
from archive.paperday import find_zone, read_day
from archive.walked import find_covered, load_walks

WEEKS = 10  # before and after, of the same weekday
LEAST = 4  # such days that hold anything, to say what is usual
WIDE = 3.0  # standard deviations below the median
HELD = 3  # articles of a month that make it one of which something is known


@dataclass(frozen=True, slots=True)
class ThinDay:
    """A day with fewer articles than its weekday usually has there."""

    day: date
    held: int
    usual: float
    least: float  # with fewer it is told


@dataclass(frozen=True, slots=True)
class Month:
    """A month of which the lists were not walked back: articles held, and lists that were."""

    month: str  # YYYY-MM
    held: int
    lists: int  # that were walked for all of it


@dataclass(frozen=True)
class Backlog:
    """What `khobao backfill` is for."""

    waiting: tuple[Item, ...]  # announced and never answered, not refused
    thin: tuple[ThinDay, ...]
    months: tuple[Month, ...]  # never walked, oldest first
    since: date | None  # the first crawl: what came later is the nightly crawls' work

    def span(self) -> Days:
        """Return the days to give to `khobao backfill`: the last month to its end, or to the day
        before the first crawl. Raises ValueError where there is nothing to fetch."""
        days = [*(item.day for item in self.waiting), *(day.day for day in self.thin)]
        if self.months:
            days.append(parse(self.months[0].month).first)
            last = parse(self.months[-1].month).last
            days.append(min(last, self.since - timedelta(days=1)) if self.since else last)
        return Days(min(days), max(days))


def list_backlog(db: sqlite3.Connection, site: str) -> Backlog:
    """Return what is left to fetch of a paper, as far as the archive can know."""
    zone = find_zone(db, site)
    items = list_items(db, site, zone)
    waiting = tuple(item for item in items if item.fate in ("missing", "failed") or _is_cut(item))
    days = count_days(db, site)
    row = db.execute("SELECT min(started_at) FROM crawls WHERE site = ?", (site,)).fetchone()
    since = read_day(row[0], zone) if row[0] else None
    covered = [find_covered(rows) for rows in load_walks(db, site, zone).values()]
    months = []
    for first, last in _months(days, since):
        lists = sum(any(s.first <= first and last <= s.last for s in spans) for spans in covered)
        if not lists:
            held = sum(count for day, count in days.items() if first <= day <= last)
            months.append(Month(f"{first:%Y-%m}", held, lists))
    return Backlog(waiting, tuple(find_thin(days)), tuple(months), since)


def find_thin(days: Counter[date]) -> list[ThinDay]:
    """Return the thin days between the first and the last, both left out: they may be half."""
    found = []
    for number in range(1, (max(days) - min(days)).days if days else 0):
        day = min(days) + timedelta(days=number)
        around = _list_around(days, day)
        if sum(count > 0 for count in around) < LEAST:
            continue
        middle = median(around)
        spread = 1.4826 * median(abs(count - middle) for count in around)
        least = middle - WIDE * max(math.sqrt(middle), spread)
        if days[day] < least:
            found.append(ThinDay(day, days[day], middle, least))
    return found


def find_oldest(days: Counter[date]) -> date | None:
    """Return the first of the oldest month that holds ``HELD`` articles: one may be dated wrong."""
    months = Counter[date]()
    for day, count in days.items():
        months[day.replace(day=1)] += count
    return min((month for month, count in months.items() if count >= HELD), default=None)


def count_days(db: sqlite3.Connection, site: str) -> Counter[date]:
    """Return how many articles are held of each of a paper's days."""
    query = "SELECT day, articles FROM days WHERE site = ?"
    return Counter({date.fromisoformat(day): n for day, n in db.execute(query, (site,))})


def _list_around(days: Counter[date], day: date) -> Sequence[int]:
    """Return the counts of the same weekday around a day, within what is held."""
    first, last = min(days), max(days)
    weeks = [day + timedelta(weeks=n) for n in range(-WEEKS, WEEKS + 1) if n]
    return [days[one] for one in weeks if first < one < last]


def _is_cut(item: Item) -> bool:
    return item.fate == "refused" and item.kind == "caps" and "limit" in item.reason


def _months(days: Counter[date], since: date | None) -> list[tuple[date, date]]:
    """Return first and last day of each month from the oldest article to the first crawl."""
    oldest = find_oldest(days)
    if oldest is None or since is None:
        return []
    found, first = [], oldest
    while first < since:
        following = (first + timedelta(days=32)).replace(day=1)
        found.append((first, min(following, since) - timedelta(days=1)))
        first = following
    return found
