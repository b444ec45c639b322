"""When a list is asked for: at each crawl while it brings something of its own, else more rarely.

Most papers announce an article three or four times: on the front page, in its category, in a feed,
in a sitemap. Asking all of them costs more than the articles. So the archive is asked which few
lists announced everything first (the *witnesses*); the others echo them::

    front page, witnesses, trusted     at each crawl
    the others                         when half the time has passed since they last brought an
                                       article that no witness had that night: each crawl at first,
                                       every second night after three, once a week at most, and
                                       never so late that more came out than their pages hold
    nothing at all for four weeks      half of that time, once in four weeks at most
    the profile's lists among those    looked at in turn, the longest unseen first: LOOKS a night,
                                       or LOOK for each article of a usual night (``find_turn``)

That a list died shows only in its own answer: the menu goes on naming a page that gives 404, and
the other lists name what should stand on it. So the profile's lists are looked at by turns: at a
paper of 30 articles a night and eight such lists, each every second night.
A look comes when the other lists were read, and asks for no further page where they know all of
the first and the list has been an echo for four weeks.

What is late by resting is late by a week at worst: an echo that brings something of its own is
asked at each crawl again. Missed is what its category alone names while that rests, if more than a
page came out until it was looked at: 9 of 84 such stories, in categories of five stories a day on
pages of ten (16 without looks; tests/nights/rounds.py).

"The same night" is the same crawl: a list that is a day late is no witness. The first crawl does
not count, all lists are unique then. Rejected: clocks by the hour (a run asks a paper once; at
which hour is schedule.py's affair), asking by likelihood alone (a quiet category may bring the one
article of the year).
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from archive.instants import from_text, to_text

WINDOW = timedelta(days=28)
LEAST = 10  # articles, and
NIGHTS = 3  # crawls after the first, before anything is learned
GAIN = 0.05  # share of the articles that a witness adds to the others
PATIENCE = 2  # a list waits for half the time in which it brought nothing of its own
WEEK, MONTH = timedelta(days=7), timedelta(days=28)
ROOM = 0.8  # of what a category's pages hold, how much may come out between two visits
NIGHTLY = timedelta(hours=20)  # shorter waits mean: at each crawl
LOOKS = 4  # resting lists of the profile that are looked at a night, at least
LOOK = 0.15  # ... or so many for each article of a usual night: 30 articles, 4 looks
SURE = 5.0  # expected articles from which on their absence means something: 4 % by chance
RANK = {"sitemap": 0, "feed": 1, "home": 2, "category": 3}

SIGHTED = """
SELECT s.address_id, s.source, s.first_seen_at, s.position
FROM addresses d JOIN sightings s ON s.address_id = d.id
WHERE d.site = ? AND d.role = 'article' AND d.first_seen_at >= ?
  AND s.channel IN ('home', 'category', 'feed', 'sitemap')
ORDER BY s.first_seen_at, s.address_id, s.source
"""


@dataclass
class Clock:
    """The clocks of one paper's lists, as the index told them when the crawl began."""

    now: datetime
    witnesses: frozenset[str] = frozenset()  # asked at each crawl
    waits: Mapping[str, timedelta] = field(default_factory=dict)  # of the others
    asked: Mapping[str, datetime] = field(default_factory=dict)  # last answer of each list
    expected: float = 0.0  # articles that came out since the last crawl, if all is as ever
    looks: tuple[str, ...] = ()  # lists of the profile whose turn it is, though they rest
    own: frozenset[str] = frozenset()  # those of the others that brought an article of their own

    def is_due(self, url: str) -> bool:
        """Say whether a list is to be asked; one that is not known here always is."""
        wait = self.waits.get(url)
        if wait is None or wait < NIGHTLY or url in self.witnesses or url not in self.asked:
            return True
        if url in self.looks:
            return True
        since = self.now - self.asked[url]
        return since < timedelta(0) or since >= wait - timedelta(hours=4)

    def is_late(self, url: str) -> bool:
        """Say whether a list was left alone for longer than a night before this crawl."""
        return url in self.asked and self.now - self.asked[url] > timedelta(hours=36)

    def is_echo(self, url: str) -> bool:
        """Say whether a list is only looked at, and named nothing of its own in WINDOW: where
        the others know all of its page 1, no further page of it is asked for."""
        return url in self.looks and url not in self.own

    def find_doubt(self, brought: int, failed: Collection[str], full: Collection[str]) -> str:
        """Return why the witnesses are not to be believed tonight; "" when they are.

        ``brought``: new articles announced in this crawl; ``failed``: lists that did not answer;
        ``full``: lists that announced nothing but news.
        """
        silent = sorted(self.witnesses & set(failed))
        if silent:
            return f"no answer from {silent[0]}"
        passed = sorted(self.witnesses & set(full))
        if passed:
            return f"nothing known on {passed[0]}"
        if self.expected >= SURE and brought * 4 < self.expected:
            return f"{brought} new articles where {self.expected:.0f} were expected"
        return ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, since when it is known, and when it last answered."""

    role: str
    seen: datetime
    asked: datetime


@dataclass
class Night:
    """Which lists announced an address in the crawl in which it first became known."""

    number: int
    lists: set[str] = field(default_factory=set)


def learn(
    db: sqlite3.Connection,
    site: str,
    now: datetime,
    *,
    pages: int,
    trusted: frozenset[str] = frozenset(),
    named: Collection[str] = (),
) -> Clock:
    """Return the clocks of a paper's lists.

    ``pages``: how far categories are paged; ``trusted``: sitemaps that stand for asking articles;
    ``named``: the lists of the profile.
    """
    crawls = _read_crawls(db, site, now)
    lists = _read_lists(db, site)
    asked = {url: one.asked for url, one in lists.items()}
    nights, room, news = _read_nights(db, site, crawls, now, lists)
    if len(nights) < LEAST or len({night.number for night in nights}) < NIGHTS:
        return Clock(now, asked=asked)
    homes = {url for url, one in lists.items() if one.role == "home"}
    witnesses = choose_witnesses([night.lists for night in nights], lists, homes)
    files = _find_files(db, site)
    waits: dict[str, timedelta] = {}
    own: set[str] = set()
    for url, one in lists.items():
        if url in witnesses:
            continue
        brought = (_find_own(url, nights, witnesses, crawls), files.get(url))
        own |= {url} if brought[0] else set()
        waits[url] = find_wait(
            now,
            known_for=now - max(one.seen, crawls[0]),
            own=max(filter(None, brought), default=None),
            news=news.get(url, 0),
            room=room.get(url, 0) * (pages if one.role == "category" else 1),
        )
    expected = find_rate(nights, crawls, now) * _days(now - crawls[-1])
    clock = Clock(now, frozenset(witnesses | trusted), waits, asked, expected, own=frozenset(own))
    return replace(clock, looks=choose_looks(clock, named))


def choose_looks(clock: Clock, named: Collection[str]) -> tuple[str, ...]:
    """Return the lists of the profile to look at tonight though they rest: those whose round is
    over, and of the others the longest unseen while there are fewer than LOOKS or LOOK say. Lists
    that are due by their own clock, but not at each crawl, count for that number."""
    rare = [url for url in named if clock.waits.get(url, timedelta(0)) >= NIGHTLY]
    rare = [url for url in rare if url in clock.asked and url not in clock.witnesses]
    since = {url: clock.now - clock.asked[url] for url in rare if not clock.is_due(url)}
    order = sorted(since, key=lambda url: (-since[url], url))
    longest = timedelta(days=find_turn(len(rare), clock.expected)) - timedelta(hours=4)
    over = [url for url in order if since[url] >= longest]
    left = count_looks(clock.expected) - (len(rare) - len(since)) - len(over)
    more = [url for url in order if url not in over and since[url] >= NIGHTLY]
    return (*over, *more[: max(0, left)])


def count_looks(articles: float) -> int:
    """Return how many resting lists are looked at in a night that brings so many articles."""
    return max(LOOKS, int(LOOK * articles))


def find_turn(lists: int, articles: float) -> int:
    """Return after how many nights at most a list of the profile is asked again, of so many that
    rest, at a paper of so many articles a night."""
    return min(WEEK.days, max(1, -(-lists // count_looks(articles))))


def find_rate(nights: Iterable[Night], crawls: Sequence[datetime], now: datetime) -> float:
    """Return how many articles a day a paper brings: the median of its crawls, so that the nights
    on which an old paper's back pages came in do not count."""
    counts = Counter(night.number for night in nights)
    rates = [
        counts[number] / max(1 / 24, _days(at - before))
        for number, (before, at) in enumerate(pairwise(crawls), start=2)
        if at >= now - WINDOW
    ]
    return median(rates) if rates else 0.0


def choose_witnesses(
    nights: Iterable[Collection[str]],
    lists: Mapping[str, Listed],
    given: Collection[str],
) -> set[str]:
    """Return the few lists that announced nearly every article in its first night.

    ``nights``: the lists of each article; ``given`` are asked in any case. Greedy: the list that
    adds most comes next, sitemaps and feeds before pages, until none adds a share of GAIN.
    """
    chosen = set(given)
    left = [set(night) for night in nights]
    least = max(1.0, GAIN * len(left))
    left = [night for night in left if not night & chosen]
    while left:
        counts = Counter(url for night in left for url in night if url in lists)
        best = min(counts, key=lambda url: (-counts[url], RANK[lists[url].role], url), default=None)
        if best is None or counts[best] < least:
            break
        chosen.add(best)
        left = [night for night in left if best not in night]
    return chosen


def find_wait(
    now: datetime, *, known_for: timedelta, own: datetime | None, news: int, room: int
) -> timedelta:
    """Return how long to leave a list alone.

    ``known_for``: since when it is watched; ``own``: when it last brought an article that no
    witness had; ``news``: articles it announced in the last 28 days; ``room``: how many its pages
    hold.
    """
    idle = known_for if own is None else min(known_for, now - own)
    if not news:
        return min(idle / PATIENCE, MONTH)
    days = max(1.0, _days(min(known_for, WINDOW)))
    full = timedelta(days=ROOM * room / (news / days)) if room else WEEK
    return min(idle / PATIENCE, WEEK, full)


def _read_crawls(db: sqlite3.Connection, site: str, now: datetime) -> list[datetime]:
    """Return when each crawl began that was answered."""
    rows = db.execute(
        "SELECT started_at FROM crawls WHERE site = ? AND started_at < ? AND "
        "coalesce(outcome, '') NOT IN ('unreachable', 'refused', 'blocked') ORDER BY started_at",
        (site, to_text(now)),
    )
    return [from_text(at) for (at,) in rows]


def _read_lists(db: sqlite3.Connection, site: str) -> dict[str, Listed]:
    """Return the lists of a paper that answered when they were last asked."""
    rows = db.execute(
        "SELECT url, role, first_seen_at, fetched_at FROM addresses WHERE site = ? AND "
        "role IN ('home', 'category', 'feed', 'sitemap') AND page = 1 AND state = 'fetched' "
        "AND fetched_at IS NOT NULL",
        (site,),
    )
    return {url: Listed(role, from_text(seen), from_text(at)) for url, role, seen, at in rows}


def _read_nights(
    db: sqlite3.Connection,
    site: str,
    crawls: Sequence[datetime],
    now: datetime,
    lists: Collection[str],
) -> tuple[list[Night], dict[str, int], Counter[str]]:
    """Return each new article's first night, how many entries each list was seen to hold, and how
    many articles it named since the first crawl, on whichever night it was asked."""
    roots = _find_roots(db, site)
    spelled = {fold(url): url for url in lists}  # on the wire a list may be http, or without www
    found: dict[int, Night] = {}
    room: dict[str, int] = defaultdict(int)
    news: Counter[str] = Counter()
    for number, source, at, position in db.execute(SIGHTED, (site, to_text(now - WINDOW))):
        root = roots.get(source, source)
        root = spelled.get(fold(root), root)
        if source not in roots:
            room[root] = max(room[root], position + 1)
        night = bisect_right(crawls, from_text(at))
        news[root] += night > 1
        entry = found.setdefault(number, Night(night))
        if entry.number == night:
            entry.lists.add(root)
    return [entry for entry in found.values() if entry.number > 1], dict(room), news


def fold(url: str) -> str:
    """Return an address without what differs between its spellings on the wire."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


def _find_roots(db: sqlite3.Connection, site: str) -> dict[str, str]:
    """Return the first page of each category's further pages."""
    before = db.execute(
        "SELECT d.url, min(s.source) FROM addresses d JOIN sightings s ON s.address_id = d.id "
        "WHERE d.site = ? AND d.role = 'category' AND d.page > 1 AND s.channel = 'category' "
        "AND s.source <> d.url GROUP BY d.url ORDER BY d.page, d.url",
        (site,),
    ).fetchall()
    roots: dict[str, str] = {}
    for url, source in before:  # page 2 before page 3
        roots[url] = roots.get(source, source)
    return roots


def _find_own(
    url: str, nights: Iterable[Night], witnesses: Collection[str], crawls: Sequence[datetime]
) -> datetime | None:
    """Return when a list last brought an article that no witness had that night."""
    own = [
        night.number for night in nights if url in night.lists and night.lists.isdisjoint(witnesses)
    ]
    return crawls[max(own) - 1] if own else None


def _find_files(db: sqlite3.Connection, site: str) -> dict[str, datetime]:
    """Return when each sitemap index last named a file that it had not named before."""
    rows = db.execute(
        "SELECT s.source, max(s.first_seen_at) FROM addresses d JOIN sightings s "
        "ON s.address_id = d.id WHERE d.site = ? AND d.role = 'sitemap' AND "
        "s.channel = 'sitemap' GROUP BY s.source",
        (site,),
    )
    return {source: from_text(at) for source, at in rows}


def _days(span: timedelta) -> float:
    return span / timedelta(days=1)
