"""Months of a paper's lists without a server: which are asked on which night, and what is missed.

A paper of sections, each with a category page, beside a front page, a feed and a sitemap; stories
come by the day as a test says. Each night the real clock says which lists are due, the real pager
how far a category is walked, and what they name is written into an index made by hand (ledger.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from archive.index.addresses import Announced, announce
from archive.instants import to_text
from archive.records import Link, Role
from crawler.walk.clock import Clock, learn
from crawler.walk.paging import Paging

from .ledger import DAY, SITE, Ledger

HOME, FEED, MAP, INDEX = "http://p/", "http://p/feed", "http://p/map", "http://p/index"


@dataclass(frozen=True)
class Story:
    """A story: when it came out, in which section, and whether its category alone names it."""

    number: int
    at: datetime
    section: int
    is_own: bool = False

    @property
    def url(self) -> str:
        return f"http://p/{self.number}.html"


@dataclass
class Rounds:
    """A paper crawled night after night; ``per_day``: stories of the n-th day."""

    per_day: Callable[[int], int]
    sections: int = 6
    size: int = 10  # stories on a category page
    pages: int = 3
    seed: int = 1
    lists: Sequence[str] = (HOME, FEED, MAP)  # beside the categories
    own: frozenset[int] = frozenset()  # days with a story that its category alone names
    ledger: Ledger = field(default_factory=Ledger)
    stories: list[Story] = field(default_factory=list)
    asked: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    requests: dict[int, int] = field(default_factory=lambda: defaultdict(int))  # by night
    doubts: dict[int, str] = field(default_factory=dict)
    dead: dict[str, int] = field(default_factory=dict)  # list -> night from which it is gone
    day: int = 0

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)

    @property
    def categories(self) -> list[str]:
        return [f"http://p/c{number}" for number in range(self.sections)]

    def run(self, nights: Sequence[float]) -> None:
        """Crawl at some nights, one after the other."""
        for at in nights:
            while self.day < at:
                self._publish(self.day)
                self.day += 1
            self.crawl(at)

    def crawl(self, at: float) -> None:
        """Crawl once."""
        now = self.ledger.night(at)
        named = frozenset((*self.lists, *self.categories))
        clock = learn(self.ledger.db, SITE, now, pages=self.pages, named=named)
        self.ledger.db.execute(
            "INSERT INTO crawls (crawl_id, site, started_at, outcome, software, profile) "
            "VALUES (?, ?, ?, 'finished', '', '')",
            (f"{SITE}-{to_text(now)}", SITE, to_text(now)),
        )
        paging = Paging(self.ledger.db, to_text(now))
        (before,) = self.ledger.db.execute("SELECT count(*) FROM addresses").fetchone()
        order = [url for url in (*self.lists, *self.categories) if clock.is_due(url)]
        full = {url for url in order if self._ask(url, clock, paging, now, at)}
        (after,) = self.ledger.db.execute("SELECT count(*) FROM addresses").fetchone()
        dead = [url for url in order if self.dead.get(url, at + 1) <= at]
        if doubt := clock.find_doubt(after - before, dead, full):
            self.doubts[int(at)] = doubt
            for url in (*self.lists, *self.categories):
                if url not in order:
                    self._ask(url, clock, paging, now, at)

    def list_missed(self, at: float) -> list[str]:
        """The stories that came out before a night and are not known."""
        rows = self.ledger.db.execute("SELECT url FROM addresses WHERE role = 'article'")
        known = {url for (url,) in rows}
        then = self.ledger.night(at)
        return [s.url for s in self.stories if s.at < then and s.url not in known]

    def find_told(self, url: str, night: int) -> int | None:
        """Return how many nights after ``night`` a list was asked first, 0 for the same."""
        return next((at - night for at in self.asked[url] if at >= night), None)

    def find_longest(self, url: str, since: int) -> int:
        """Return the longest time in nights that a list was left alone since a night."""
        nights = [at for at in self.asked[url] if at >= since]
        return max((b - a for a, b in pairwise(nights)), default=999)

    def _publish(self, day: int) -> None:
        start = self.ledger.night(day)
        for _ in range(self.per_day(day)):
            at = start + timedelta(minutes=self.dice.randrange(1, 1200))
            number, section = len(self.stories), self.dice.randrange(self.sections)
            self.stories.append(Story(number, at, section))
        if day in self.own:
            at = start + timedelta(minutes=self.dice.randrange(1, 1200))
            self.stories.append(Story(len(self.stories), at, day % self.sections, is_own=True))

    def _show(self, url: str, page: int, now: datetime) -> list[Story]:
        recent = self.stories[-2000:]
        out = sorted((s for s in recent if s.at < now), key=lambda s: s.at, reverse=True)
        if url in self.categories:
            section = self.categories.index(url)
            out = [s for s in out if s.section == section]
            return out[(page - 1) * self.size : page * self.size]
        out = [s for s in out if not s.is_own]
        return {HOME: out[:15], FEED: out[:30], INDEX: []}.get(url, out)

    def _ask(self, url: str, clock: Clock, paging: Paging, now: datetime, at: float) -> bool:
        """Ask a list, and its further pages; say whether it names nothing but news."""
        late, page, address = clock.is_late(url), 1, url
        self.asked[url].append(int(at))
        while True:
            self.requests[int(at)] += 1
            if self.dead.get(url, at + 1) <= at:
                return False
            channel: Role = "category" if url in self.categories else _role(url)
            links = [
                Announced(s.url, Link(s.url, channel, place, "article"))  # type: ignore[arg-type]
                for place, s in enumerate(self._show(url, page, now))
            ]
            is_full = bool(links) and all(paging.is_new(item.address) for item in links)
            goes_on = channel == "category" and page < self.pages
            goes_on = goes_on and paging.look(
                address, links, source=address, page=page, is_late=late, is_echo=clock.is_echo(url)
            )
            self._note(address, channel, page, links, now)
            if not goes_on:
                return is_full and channel in ("feed", "sitemap") and url in clock.asked
            page += 1
            following = f"{url}?page={page}"
            paging.follow(address, following)
            link = Link(following, "category", 0, "category")
            announce(
                self.ledger.db,
                [Announced(following, link, page=page)],
                site=SITE,
                source=address,
                at=to_text(now),
                depth=0,
            )
            address = following

    def _note(
        self, url: str, role: Role, page: int, links: Sequence[Announced], now: datetime
    ) -> None:
        at = to_text(now + timedelta(minutes=1))
        db = self.ledger.db
        announce(
            db,
            [Announced(url, Link(url, "start", 0, role), page=page)],
            site=SITE,
            source="profile",
            at=at,
            depth=0,
        )
        db.execute(
            "UPDATE addresses SET state = 'fetched', fetched_at = ? WHERE url = ?", (at, url)
        )
        announce(db, links, site=SITE, source=url, at=at, depth=1)


def _role(url: str) -> Role:
    roles: dict[str, Role] = {HOME: "home", FEED: "feed", MAP: "sitemap", INDEX: "sitemap"}
    return roles[url]


__all__ = ["DAY", "FEED", "HOME", "INDEX", "MAP", "Rounds", "Story"]
