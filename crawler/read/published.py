"""Weigh the dates a page gives and keep the best one, with a warning where they disagree.

Each candidate is (source, raw) in the order of trust. The first that can be read wins; a candidate
that only knows the day takes the time from a later one of the same day; an undecidable order of
day and month is decided by the first later candidate that agrees with one of the two readings.
The day in the address is the one witness that no relaunch rewrites: a declared date that lies
after it loses against it, with a warning, and so does a date in UTC whose paper's clock is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from archive.index.clocked import AHEAD, CLOCK, LONG, NOW
from archive.records import Article, Date
from crawler.read.dates import Moment, Order, parse_date, parse_formatted
from crawler.read.guesses import guess_date
from crawler.read.relative import read_relative

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}")
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:/(\d{1,2})/(\d{1,2})|-(\d{1,2})-(\d{1,2})|(\d\d)(\d\d))(?=[/_.-]|$)"
)
ADDRESS = "url"
"""The source of a day that the address spells."""
_FAR = 1  # days: UTC against the local day is one, anything above is another date


@dataclass(frozen=True, slots=True)
class Candidate:
    """One date as a page writes it."""

    source: str
    raw: str
    order: Order | None = None  # of day and month, where the profile knows it for this source
    formats: tuple[str, ...] = ()  # strptime forms the profile knows for this source
    spoken: bool = False  # the order is that of the page's language
    at: datetime | None = None  # the capture in the paper's zone, for a date that hangs on it
    local: bool = False  # a stamp whose zone is false: its clock is the paper's

    @property
    def is_named(self) -> bool:
        """Whether the profile says where this date stands."""
        return self.source.startswith("profile:")

    def read(self) -> Moment | None:
        """The date as read: by the profile's forms, the known ones, then by the capture."""
        found = parse_formatted(self.raw, self.formats) or parse_date(self.raw, self.order)
        if found is None and self.at is not None:
            return read_relative(self.raw, self.at, self.order, named=self.is_named)
        return replace(found, zone=None) if found is not None and self.local else found


def choose_date(
    candidates: Sequence[Candidate], paper: tzinfo, language: str | None = None
) -> tuple[Date | None, tuple[str, ...]]:
    """The best date of the candidates, and warnings (date-ambiguous, date-conflict)."""
    read = [(c, m) for c in candidates if (m := c.read())]
    if not read:
        guesses = ((c, guess_date(c.raw, language, c.order)) for c in candidates[:2])
        read = [(c, m) for c, m in guesses if m]
        if not read:
            return None, ()
    (chosen, moment), rest = read[0], read[1:]
    moment, doubt = _decide_order(chosen, moment, rest, paper)
    if moment.precision == "day":
        chosen, moment = _add_time(chosen, moment, rest, paper)
    spelled = next(((c, m) for c, m in rest if c.source == ADDRESS), None)
    if spelled and spelled[1].day < moment.local_day(paper) and not chosen.is_named:
        return _trust_address(chosen, moment, spelled, paper)
    found = _write(chosen, moment, paper)
    return found, (*doubt, *_compare(found, moment, rest, paper))


def find_spelled(url: str) -> list[Candidate]:
    """The day that an address spells, if it is one."""
    match = _URL_DAY.search(url.partition("?")[0])
    parts = [part for part in match.groups() if part] if match else []
    day = "-".join(parts)
    return [Candidate(ADDRESS, day)] if parts and parse_date(day) else []


def _write(chosen: Candidate, moment: Moment, paper: tzinfo) -> Date:
    raw = " ".join(chosen.raw.split())[:200]
    return Date(moment.format(paper), moment.precision, raw, chosen.source)


def _trust_address(
    chosen: Candidate, moment: Moment, spelled: tuple[Candidate, Moment], paper: tzinfo
) -> tuple[Date, tuple[str, ...]]:
    """The day of the address, and the warning that a declared date lies after it."""
    said = f"{chosen.source} {moment.format(paper)}"
    words = f"date-conflict: {ADDRESS} says {spelled[1].day}, {said}; the address is believed"
    if _near(spelled[1].day, (moment.local_day(paper),)):
        if paper is not UTC or moment.zone is not UTC:
            return _write(chosen, moment, paper), ()  # written in the evening, out after midnight
        words = (
            f"date-offset: {ADDRESS} says {spelled[1].day}, {said}: the paper's clock is unknown; "
            "set `timezone` in its profile"
        )
    return _write(*spelled, paper), (words,)


def _days(moment: Moment, paper: tzinfo) -> tuple[date, ...]:
    return (moment.local_day(paper), *((moment.other,) if moment.other else ()))


def _near(one: date, others: Iterable[date]) -> bool:
    return any(abs((one - other).days) <= _FAR for other in others)


def _decide_order(
    chosen: Candidate, moment: Moment, rest: Sequence[tuple[Candidate, Moment]], paper: tzinfo
) -> tuple[Moment, tuple[str, ...]]:
    if moment.other is None:
        return moment, _doubt_order(chosen, moment, rest, paper)
    for candidate, witness in rest:
        if witness.other is None:
            if _near(moment.day, (witness.local_day(paper),)):
                return moment, ()
            if _near(moment.other, (witness.local_day(paper),)):
                return moment.swap(), ()
        elif witness.day == moment.day and _lead(candidate.raw) != _lead(chosen.raw):
            return moment, ()  # "1/8/2026 AM" and "08/01/2026": each read its own way, they agree
    words = f"date-ambiguous: {chosen.raw!r} ({chosen.source}) is {moment.day} or {moment.other}"
    return moment, (words,)


def _doubt_order(
    chosen: Candidate, moment: Moment, rest: Sequence[tuple[Candidate, Moment]], paper: tzinfo
) -> tuple[str, ...]:
    """A warning where the language's order goes against a sign of America's (AM and PM), and no
    other date of the page bears it out."""
    bare = parse_date(chosen.raw) if chosen.spoken else None
    if bare is None or bare.other is None or bare.day == moment.day:
        return ()
    if any(_near(moment.day, (other.local_day(paper),)) for _, other in rest):
        return ()
    words = f"date-ambiguous: {chosen.raw!r} ({chosen.source}) is {moment.day} or {bare.day}"
    return (f"{words}; the language's order is believed: set `date_order` in the profile",)


def _add_time(
    chosen: Candidate, moment: Moment, rest: Sequence[tuple[Candidate, Moment]], paper: tzinfo
) -> tuple[Candidate, Moment]:
    for candidate, other in rest:
        if other.precision != "day" and moment.day in _days(other, paper):
            return candidate, other if other.local_day(paper) == moment.day else other.swap()
    return chosen, moment


def _compare(
    found: Date, moment: Moment, rest: Sequence[tuple[Candidate, Moment]], paper: tzinfo
) -> tuple[str, ...]:
    day = moment.local_day(paper)
    for candidate, other in rest:
        if not _near(day, _days(other, paper)):
            said = f"{candidate.source} {other.local_day(paper)}"
            return (f"date-conflict: {found.source} says {day}, {said}",)
    return ()


def _lead(raw: str) -> int:
    """The first number of a numeric date: its day or its month."""
    match = _NUMERIC.search(raw)
    return int(match[1]) if match else 0


def find_future(article: Article, captured_at: datetime) -> tuple[str, ...]:
    """Warnings for dates of an article that lie more than a day after its capture, or for one that
    is its instant, or hours after it."""
    limit = (captured_at + timedelta(days=1)).date().isoformat()
    named = (("published", article.published), ("modified", article.modified))
    told = (
        f"date-future: {name} {date.value} ({date.source}) is after the capture"
        for name, date in named
        if date is not None and date.value[:10] > limit
    )
    return (*told, *find_clock(article, captured_at))


def find_clock(article: Article, captured_at: datetime) -> tuple[str, ...]:
    """The warning for an article that is dated the very instant of its capture, or hours after it
    (archive/index/clocked.py)."""
    date = article.published
    if date is None or date.precision == "day":
        return ()
    try:
        off = datetime.fromisoformat(date.value) - captured_at
    except (ValueError, TypeError):  # a month alone; no zone
        return ()
    if abs(off) <= NOW:
        return (f"{CLOCK}: published {date.value} ({date.source}) is the instant of the capture",)
    if off >= LONG:
        hours = round(off / timedelta(hours=1))
        return (f"{AHEAD}: published {date.value} ({date.source}) is {hours} h after the capture",)
    return ()
