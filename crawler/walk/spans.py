"""What is known of the day of an article before it is asked for.

Evidence, the best first: the article as it was read · the date that a category page or a feed gives
it · the period in the name of the sitemap that lists it · the date in its address · a sitemap's
``lastmod``, which only says "not after". What is not known stays not known: a backfill would
rather leave an address to the next crawl than fetch a year that nobody asked for.

Rejected: order of ids (papers start them again, and then a whole era would pass for another).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from urllib.parse import urlsplit

from archive.days import Days
from archive.period import make_days, read_period
from archive.records import Link
from crawler.read.dates import find_order, parse_date
from spiders.site import Site

Verdict = Literal["in", "new", "old"]
SLACK = timedelta(days=1)  # clocks and zones of lists
LONGEST = timedelta(days=31)  # of a period all of which is asked for rather than none
MANY = 5  # entries of a sitemap from which on equal dates are suspicious
SAME = 0.9  # of them dated alike: made by a machine when the file was made
EARLIER = 0.2  # of them last changed before the period in the file's name: the name means other

_PATH = re.compile(r"/((?:19|20)\d\d)[/-](\d\d?)(?:[/-](\d\d?))?(?=[/-])|/((?:19|20)\d{4})(\d\d)?/")
_STAMP = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)\d{4,9}(?!\d)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and the last day on which an article can have appeared; None: not known."""

    first: date | None = None
    last: date | None = None
    changed: bool = False  # ``last`` is the day of the last change

    def judge(self, wanted: Days) -> Verdict | None:
        """Say whether an article is of the wanted days, newer or older; None: not known."""
        if self.last is not None and self.last < wanted.first:
            return "old"
        if self.first is not None and self.first > wanted.last:
            return "new"
        if self.first is None or self.last is None:
            return None
        return "in" if wanted.first <= self.first and self.last <= wanted.last else None

    def may(self, wanted: Days) -> bool:
        """Say whether an undecided article is worth asking for: it was last changed on a wanted day
        (95 % of edits come within two days), or is of a month that has some and nothing else is
        known. One that was changed later is left: most such were published later."""
        if self.last is None or (self.changed and self.last > wanted.last):
            return False
        if self.first is None:
            return wanted.first <= self.last
        return self.last - self.first <= LONGEST

    @property
    def day(self) -> date | None:
        """The day, where it is known exactly."""
        return self.first if self.first == self.last else None


def exactly(day: date) -> Bounds:
    """Return the bounds of a day."""
    return Bounds(day, day)


def read_address(url: str) -> Bounds:
    """Return what the date in an article's address says: a day, a month, or nothing."""
    path = urlsplit(url).path
    found = None
    if match := _PATH.search(path):
        compact = match[4]
        found = (
            make_days(compact[:4], compact[4:], match[5])
            if compact
            else make_days(match[1], match[2], match[3])
        )
    elif match := _STAMP.search(path):
        found = make_days(match[1], match[2], match[3])
    return Bounds(found.first, found.last) if found else Bounds()


def read_listed(raw: str | None, site: Site) -> date | None:
    """Return the paper's day of a date as a list writes it; None where it can not be decided."""
    moment = parse_date(raw, find_order(site.profile.language)) if raw else None
    if moment is None or (moment.other is not None and moment.other != moment.day):
        return None
    return moment.local_day(site.timezone)


def bound_listed(link: Link, site: Site, seen_on: date) -> Bounds:
    """Return what a category page or a feed says of an article that it lists."""
    day = read_listed(link.date_raw, site)
    if day is not None and day <= seen_on + SLACK:
        return exactly(day)
    return read_address(link.url)


def bound_entries(
    url: str, links: Sequence[Link], site: Site, seen_on: date
) -> tuple[Days | None, list[Bounds]]:
    """Return the period of a sitemap, if its entries do not belie its name, and what it says of
    each of them."""
    changed = [read_listed(link.date_raw, site) for link in links]
    if not _is_trusted([day for day in changed if day], seen_on):
        changed = [None] * len(links)
    period = read_period(url)
    if period is not None:
        before = sum(day < period.first - SLACK for day in changed if day)
        period = period if before <= EARLIER * len(links) else None
    return period, [_bound(link, day, period) for link, day in zip(links, changed, strict=True)]


def _bound(link: Link, changed: date | None, period: Days | None) -> Bounds:
    if period is not None:
        if changed and changed >= period.first and changed <= period.last:
            return Bounds(period.first, changed, changed=True)
        return Bounds(period.first, period.last, changed=bool(changed and changed > period.last))
    said = read_address(link.url)
    if changed and (said.last is None or changed < said.last):
        return Bounds(said.first, changed, changed=True)
    return said


def _is_trusted(days: Sequence[date], seen_on: date) -> bool:
    """Say whether dates tell anything: not those in the future, nor all of one day that has just
    begun, or of the day of a move."""
    if any(day > seen_on + SLACK for day in days):
        return False
    return len(days) < MANY or Counter(days).most_common(1)[0][1] < SAME * len(days)
