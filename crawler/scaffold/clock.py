"""Learns a paper's clock and the order of day and month from its own dates; else says it guesses.

    +07:00 on its dates                 the zone of its country or language with that offset: seen
    10:30 shown beside 03:30Z           the same, by difference: seen; also where a feed has the Z
    no offset anywhere                  the country of its domain, of what its pages declare
                                        ("ar-OM"), of its imprint, or its language: a guess
    +01:00 in winter, language "fr"     Paris, where no country is named: a guess, since Porto-Novo
                                        is an hour off from April; seen with dates of both halves
                                        of the year, or of a country that the paper names

The country of a language's first tag ("fr-FR", "en-US") is what systems declare that nobody told
where they are: it counts behind the imprint.

The first number of a date above 12 is a day (DMY), the second too (MDY); a date that both orders
could have is asked against what the same page declares in ISO 8601.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.records import Article, Link
from crawler.read.dates import Moment, parse_date
from crawler.read.zone import find_spoken_zone, find_zone
from crawler.scaffold.regions import IMPRINT, find_usual_zone, list_named
from crawler.scaffold.states import State
from spiders.profile import Trust

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?((?:19|20)\d\d)(?!\d)")
_CLOCKED = re.compile(
    r"(?<!\d)[012]?\d[.:h][0-5]\d(?:\s?[ap]\.?m\b\.?)?\s?[(\[]?([A-Z]{3,4})\b", re.I
)
_HALVED = re.compile(r"\d\s?[ap]\.?m\b\.?,?\s?[(\[]?([A-Z]{2,3})\b", re.I)
_AMERICAN = {
    "EST": "America/New_York", "ET": "America/New_York", "CST": "America/Chicago",
    "CT": "America/Chicago", "MST": "America/Denver", "MT": "America/Denver",
    "PT": "America/Los_Angeles",
}  # fmt: skip
"""Abbreviations of several meanings, behind a clock with a.m. and p.m. in an English paper."""
_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d([/.-])\d{1,2}\1\d{1,2}(?!\d)")
_NAMED = {
    "WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura", "JST": "Asia/Tokyo",
    "KST": "Asia/Seoul", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "SGT": "Asia/Singapore",
    "EAT": "Africa/Nairobi", "WAT": "Africa/Lagos", "CAT": "Africa/Harare", "PHT": "Asia/Manila",
    "SAST": "Africa/Johannesburg", "MYT": "Asia/Kuala_Lumpur", "HKT": "Asia/Hong_Kong",
    "PKT": "Asia/Karachi", "NPT": "Asia/Kathmandu", "AEST": "Australia/Sydney",
    "AEDT": "Australia/Sydney", "AWST": "Australia/Perth", "NZST": "Pacific/Auckland",
    "NZDT": "Pacific/Auckland", "BRT": "America/Sao_Paulo", "MSK": "Europe/Moscow",
    "EDT": "America/New_York", "CDT": "America/Chicago", "MDT": "America/Denver",
    "PDT": "America/Los_Angeles", "PST": "America/Los_Angeles", "ACST": "Australia/Adelaide",
    "ACDT": "Australia/Adelaide", "AKST": "America/Anchorage", "AKDT": "America/Anchorage",
    "ADT": "America/Halifax", "NDT": "America/St_Johns",
}  # fmt: skip
"""Abbreviations that stand beside times and mean one zone; IST, CST and BST mean several."""

_SPOKEN = """
id Asia/Jakarta Asia/Makassar Asia/Jayapura
zh Asia/Shanghai Asia/Taipei
ms Asia/Kuala_Lumpur
de Europe/Berlin
fr Europe/Paris America/Toronto Africa/Abidjan
it Europe/Rome
ro Europe/Bucharest
nl Europe/Amsterdam
sv Europe/Stockholm
da Europe/Copenhagen
nb Europe/Oslo
no Europe/Oslo
fi Europe/Helsinki
el Europe/Athens
tr Europe/Istanbul
fa Asia/Tehran Asia/Kabul
ps Asia/Kabul
uk Europe/Kyiv
lo Asia/Vientiane
hr Europe/Zagreb
sr Europe/Belgrade
ru Europe/Moscow Asia/Yekaterinburg Asia/Novosibirsk Asia/Vladivostok
es Europe/Madrid America/Mexico_City America/Bogota America/Lima America/Santiago America/Argentina/Buenos_Aires
pt America/Sao_Paulo Europe/Lisbon Africa/Luanda
en America/New_York America/Chicago America/Denver America/Los_Angeles Europe/London Australia/Sydney Asia/Manila Asia/Kolkata Africa/Lagos Africa/Nairobi Africa/Johannesburg Pacific/Auckland
"""  # noqa: E501 - a table; the first is where most papers of the language are
"""Languages of several countries; those of one are the reader's (read/zone.py)."""

_UNEVEN = (
    *("Asia/Tehran", "Asia/Kabul", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon"),
    *("Australia/Adelaide", "Australia/Darwin", "America/St_Johns", "Pacific/Chatham"),
)
"""Zones off the whole hour: such an offset names its zone, and no Etc/GMT can stand for it."""

_WINTER, _SUMMER = (12, 1, 2), (5, 6, 7, 8)  # months in which no country moves its clock
_STEP, _FARTHEST = timedelta(minutes=15), timedelta(hours=14)  # of offsets
_APART = timedelta(minutes=3)  # between the times a feed and a page give the same article
_LEAST = 2  # articles that both have

_MANY_CLOCKS = ("ru", "es", "pt", "en")
"""Languages of which no zone may be guessed; Spanish has ten clocks. French papers are of France,
Belgium and Switzerland mostly, which have one."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An answer with how it is known and what speaks for it, in words."""

    value: str
    trust: Trust
    evidence: str


def learn_zone(
    pages: Sequence[tuple[str, Article]],
    links: Sequence[Link],
    host: str,
    language: str | None,
    declared: Sequence[str] = (),
    country: tuple[str, str] | None = None,
    shown: Sequence[str] = (),
    bare: Mapping[str, str] = MappingProxyType({}),
    state: State | None = None,
) -> Clock | None:
    """The time zone of a paper: by offsets, by an abbreviation, else guessed; None for no idea.

    ``pages`` are (address, article), ``links`` what feeds and sitemaps announced, ``declared`` the
    languages that the pages declare (BCP 47), ``country`` the domain of the one that the paper's
    imprint names, with the words that name it, ``shown`` the short lines of each page: which of
    its dates is the article's is not yet known where a clock stands in the frame. ``bare``: the
    clocks that pages show although their stamps put another zone behind them (proofs.py),
    ``state``: the clock of the state or province in its address (states.py).
    """
    articles = [article for _, article in pages]
    american = (language or "").lower().startswith("en") and not host.endswith((".au", ".nz"))
    stamped = Counter(
        zone for one in articles if one.published for zone in _find_named(one.published.raw)
    )
    behind = Counter(zone for words in shown for zone in _find_behind(words, american=american))
    if behind and 2 * max(behind.values()) >= len(shown):
        stamped += behind
    if stamped:
        name, count = stamped.most_common(1)[0]
        if state is not None and _agree(name, state[0], articles):
            name = state[0]  # MST is Arizona's the year round
        return Clock(name, "seen", f"its abbreviation stands beside {count} dates")
    seen = [pair for article in articles for pair in _find_offsets(article)]
    seen = seen or [
        pair for link in links for pair in _find_offset(parse_date(link.date_raw or ""))
    ]
    seen = seen or _compare_feeds(pages, links, bare)
    language = (language or "").lower()[:2]
    guess = find_zone(host)
    zones = [str(guess)] if guess else []
    named, usual = list_named(declared, country)
    spoken = _list_spoken(language)
    placed = zones or any(says.startswith(IMPRINT) for says, _ in named)
    if placed and not any(offset for _, offset in seen):
        seen = []  # a feed that puts "GMT" behind the clock that pages show is no evidence
    if seen:
        own = [*zones, *([state[0]] if state else []), *(zone for _, zone in named)]
        own += [zone for tag in declared if (zone := find_usual_zone(tag))]
        return _doubt(_match_zone(seen, [*own, *spoken, *_UNEVEN]), seen, own, language)
    if zones:
        return Clock(zones[0], "guess", f"the domain ends in .{host.rpartition('.')[2]}")
    if state is not None:
        return Clock(state[0], state[1], f"its address names {state[2]}")
    for says, zone in [*named, *usual]:
        return Clock(zone, "guess", says)
    if spoken and language not in _MANY_CLOCKS:
        return Clock(spoken[0], "guess", f"most papers written in {language!r} have it")
    return None


def _doubt(
    found: Clock | None,
    seen: Sequence[tuple[datetime, timedelta]],
    own: Sequence[str],
    language: str,
) -> Clock | None:
    """A clock that only the language names, of several countries' that have it, is a guess until
    dates of winter and summer agree with it: Porto-Novo has what Paris has for half of a year."""
    months = {at.month for at, _ in seen}
    whole = not months.isdisjoint(_WINTER) and not months.isdisjoint(_SUMMER)
    shared = language in (*_MANY_CLOCKS, "fr")
    if found is None or found.trust == "guess" or found.value in own or whole or not shared:
        return found
    says = f"{found.evidence}, all of one season, and the paper names no country of it"
    return Clock(found.value, "guess", f"{says}; others where {language!r} is written have it too")


def _compare_feeds(
    pages: Sequence[tuple[str, Article]], links: Sequence[Link], bare: Mapping[str, str]
) -> list[tuple[datetime, timedelta]]:
    """Instants that a feed gives in UTC, with how far from them the pages show the same articles'
    times: where most of several are equally far."""
    told = {link.url: parse_date(link.date_raw or "") for link in links}
    found: list[tuple[datetime, timedelta]] = []
    for url, article in pages:
        announced, date = told.get(url), article.published
        written = bare.get(url) or (date.raw if date is not None else "")
        shown = parse_date(written)
        if announced is None or shown is None or shown.clock is None or shown.zone is not None:
            continue
        if announced.clock is None or announced.zone is None:
            continue
        at = announced.instant()
        steps = round((datetime.combine(shown.day, shown.clock, UTC) - at) / _STEP)
        apart = datetime.combine(shown.day, shown.clock, UTC) - at - steps * _STEP
        if url in bare and not steps:
            continue  # the feed may be as wrong as the stamp
        if abs(apart) <= _APART and abs(steps * _STEP) <= _FARTHEST:
            found.append((at, steps * _STEP))
    zones = Counter(offset for _, offset in found)
    most = sum(count for _, count in zones.most_common(2))  # summer and winter
    return found if len(found) >= _LEAST and most == len(found) else []


def _find_named(raw: str) -> Iterator[str]:
    yield from (_NAMED[word] for word in re.findall(r"\b[A-Z]{3,4}\b", raw) if word in _NAMED)


def _find_behind(words: str, *, american: bool) -> set[str]:
    """The zones whose abbreviations stand right behind a time of day."""
    halved = _HALVED.findall(words) if american else []
    told = {_AMERICAN[word] for word in halved if word in _AMERICAN}
    return told | {_NAMED[word] for word in _CLOCKED.findall(words) if word in _NAMED}


def _agree(one: str, other: str, articles: Iterable[Article]) -> bool:
    """Whether two clocks are the same at the dates of all articles."""
    values = (article.published.value[:10] for article in articles if article.published)
    noons = [datetime.fromisoformat(f"{day}T12:00:00+00:00") for day in values if len(day) == 10]
    clocks = [[at.astimezone(ZoneInfo(name)).utcoffset() for at in noons] for name in (one, other)]
    return clocks[0] == clocks[1]


def _list_spoken(language: str) -> list[str]:
    rows = (line.split() for line in _SPOKEN.strip().splitlines())
    alone = find_spoken_zone(language)
    return next((row[1:] for row in rows if row[0] == language), [str(alone)] if alone else [])


def _find_offsets(article: Article) -> Iterator[tuple[datetime, timedelta]]:
    """Instants with the offset that the page gives or shows them in."""
    date = article.published
    if date is None or date.precision == "day":
        return
    yield from _find_offset(parse_date(date.raw))
    if article.sources.get("offset") == "seen":
        at = datetime.fromisoformat(date.value)
        yield at, at.utcoffset() or timedelta()


def _find_offset(moment: Moment | None) -> Iterator[tuple[datetime, timedelta]]:
    if moment is None or moment.clock is None or moment.zone is None or moment.zone is UTC:
        return
    at = moment.instant()
    offset = at.utcoffset()
    if offset:
        yield at, offset


def _match_zone(seen: Sequence[tuple[datetime, timedelta]], names: Iterable[str]) -> Clock | None:
    """The first zone that had all these offsets at these instants; else the bare offset, which is
    none where it is not of whole hours."""
    told = ", ".join(sorted({_write(offset) for _, offset in seen}))
    for name in dict.fromkeys(names):
        try:
            zone = ZoneInfo(name)
        except (ZoneInfoNotFoundError, OSError):
            continue
        if all(at.astimezone(zone).utcoffset() == offset for at, offset in seen):
            return Clock(name, "seen", f"{len(seen)} dates have the offset {told}")
    offset, count = Counter(offset for _, offset in seen).most_common(1)[0]
    hours, rest = divmod(offset, timedelta(hours=1))
    if rest:
        return None
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return Clock(
        name, "guess", f"{count} of {len(seen)} dates have the offset {told}, no zone known"
    )


def _write(offset: timedelta) -> str:
    minutes = round(offset / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def learn_order(pages: Sequence[tuple[str, Article]], language: str | None) -> Clock | None:
    """The order of day and month in visible dates; ``pages`` are (visible words, article).

    None where no numeric date is to be seen, or where they contradict each other.
    """
    dates = [
        (int(m[1]), int(m[3]), int(m[4])) for words, _ in pages for m in _NUMERIC.finditer(words)
    ]
    if not dates:
        years = sum(len(_YEAR_FIRST.findall(words)) for words, _ in pages)
        return Clock("YMD", "seen", f"{years} dates begin with the year") if years > 1 else None
    first, second = sum(d > 12 for d, _, _ in dates), sum(m > 12 for _, m, _ in dates)
    if first and second:
        return None if min(first, second) * 5 > max(first, second) else _tell(first, second)
    if first or second:
        return _tell(first, second)
    agreeing = Counter(order for words, article in pages for order in _compare(words, article))
    if agreeing:
        order, count = agreeing.most_common(1)[0]
        return Clock(order, "seen", f"{count} dates are declared in ISO 8601 on the same page")
    if language is None or language == "en":
        return None
    return Clock("DMY", "guess", f"usual in {language!r}; no date seen that tells")


def _tell(first: int, second: int) -> Clock:
    order = "DMY" if first > second else "MDY"
    return Clock(order, "seen", f"{max(first, second)} dates that only this order allows")


def _compare(words: str, article: Article) -> Iterator[str]:
    """The order in which a date of the page is the one that the article declares."""
    date = article.published
    if date is None or date.source.startswith(("seen", "labelled", "css", "profile")):
        return
    year, month, day = map(int, date.value[:10].split("-"))
    for found in _NUMERIC.finditer(words):
        one, other = int(found[1]), int(found[3])
        if int(found[4]) == year and one != other:
            if (one, other) == (day, month):
                yield "DMY"
            elif (one, other) == (month, day):
                yield "MDY"
