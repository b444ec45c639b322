"""The categories of a backfill: page after page into the past, each weighed before it is turned.

    ask a page · read it · weigh its articles (leaf.py), one that tells of the others asked first ·
    ask for those of the wanted days · ask for the next page, or end · note the page as walked

A page is noted when all of its articles have been asked for, so a kill repeats a page, not an
article. A list ends with three pages in a row that are older than the wanted days ("range"), or
that show nothing which the walk has not seen (a pager that repeats itself or goes round), or where
no page follows ("end"). A page that failed, or could not be read, ends nothing: the next run asks
again. Rejected: ending at the first older page (a pinned story, a page out of order).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from archive.days import Days
from archive.index import frontier
from archive.index.addresses import Announced
from archive.index.frontier import Task
from archive.instants import to_text
from archive.records import Link
from archive.walked import Walked, find_covered, find_start, subtract
from crawler.walk import spans
from crawler.walk.leaf import Item, Leaf

if TYPE_CHECKING:
    from crawler.walk.backward import Backward

PROBE, ARTICLE, SITEMAP, PAGE = (frontier.BAND + rank for rank in (900, 700, 650, 600))
PATIENCE = 3  # pages in a row that are older than wanted, or show nothing unseen


@dataclass
class Listing:
    """A category as it is walked; ``wanted``: the days that it was not walked for yet."""

    first: str
    wanted: Days
    page: int = 1
    seen: set[str] = field(default_factory=set)
    leaf: Leaf | None = None  # the last page that was read
    above: Leaf | None = None  # the last one that was decided
    before: Leaf | None = None  # and the one above that
    older: int = 0
    idle: int = 0
    asked: str | None = None  # the page that is waited for


class Listings:
    """The categories that one backfill walks; what is asked goes through its plan."""

    def __init__(self, plan: Backward) -> None:
        self._plan = plan
        self._db, self._site, self._wanted = plan.db, plan.site, plan.wanted
        self._by_page: dict[str, Listing] = {}  # by the page that is asked for
        self._all: list[Listing] = []
        self._done: list[tuple[str, Leaf]] = []  # of which list; their articles are being asked for
        self.visited: set[str] = set()  # pages that were read in this run
        self.problems: list[str] = []

    def find(self, url: str) -> Listing | None:
        """Return the list one of whose pages is asked for at ``url``."""
        return self._by_page.get(url)

    def open(self, url: str, rows: Sequence[Walked]) -> None:
        """Begin to walk a category, where a walk of it left off if one did."""
        if any(listing.first == url for listing in self._all):
            return
        missing = subtract(self._wanted, find_covered(rows))
        if not missing:
            return
        listing = Listing(url, Days(missing[0].first, missing[-1].last))
        start = find_start(rows, listing.wanted.last)
        page, number = (start.url, start.page) if start else (url, 1)
        listing.page = number
        self._all.append(listing)
        self._ask(listing, page)

    def _ask(self, listing: Listing, url: str) -> None:
        listing.asked = url
        self._by_page[url] = listing
        self._plan.push([url], PAGE, again=True)

    def move(self, url: str, target: str) -> None:
        """Wait for a page at the address to which it redirected."""
        listing = self._by_page.pop(url, None)
        if listing is not None:
            listing.asked = target
            self._by_page[target] = listing

    def give_up(self, url: str, status: str) -> None:
        """Leave a list whose page could not be read: what lies behind it is not walked."""
        listing = self._by_page.pop(url)
        listing.asked = None
        self.problems.append(
            f"page {listing.page} of {listing.first} could not be read ({status}): look at it with "
            "`khobao show`; the next backfill goes on there"
        )

    def follow(self, url: str, following: str | None) -> None:
        """Decide of a page that was weighed, now that it is known which page follows."""
        listing = self._by_page.pop(url, None)
        if listing is not None and listing.leaf is not None:
            listing.asked = None
            listing.leaf.following = following
            self._settle(listing)

    def weigh(self, listed: Sequence[Announced], task: Task) -> None:
        listing = self._by_page[task.url]
        today = self._plan.find_today()
        entries = [item for item in listed if item.link.role == "article"]
        leaf = Leaf(listing.page, task.url, [], is_empty=not entries)
        for item in entries:
            if item.address not in listing.seen:
                listing.seen.add(item.address)
                leaf.items.append(self._weigh(item.address, item.link, today))
        if listing.above is not None and listing.above.items:
            leaf.edge = listing.above.items[-1].verdict
        listing.leaf = leaf
        self.visited.add(task.url)

    def _weigh(self, address: str, link: Link, today: date) -> Item:
        known = find_day(self._db, address)
        bounds = spans.exactly(known) if known else spans.bound_listed(link, self._site, today)
        return Item(address, bounds.judge(self._wanted), bounds.day, _was_asked(self._db, address))

    def _settle(self, listing: Listing) -> None:
        """Decide of the last page of a list, or ask for an article that will tell."""
        leaf = listing.leaf
        assert leaf is not None
        leaf.infer()
        leaf.probe = leaf.choose()
        if leaf.probe is not None:
            self._plan.push([leaf.probe.url], PROBE)
            return
        self._plan.left += sum(item.verdict is None and not item.tried for item in leaf.items)
        leaf.wanted = [item.url for item in leaf.items if item.verdict == "in"]
        self._plan.push(leaf.wanted, ARTICLE)
        self._turn_page(listing, leaf)

    def _turn_page(self, listing: Listing, leaf: Leaf) -> None:
        listing.older = listing.older + 1 if leaf.is_older else 0
        listing.idle = 0 if leaf.items else listing.idle + 1
        if listing.above is not None and leaf.rises(listing.above):
            self._tell_leap(listing, leaf)
        listing.before, listing.above = listing.above, leaf
        self._done.append((listing.first, leaf))
        repeats = listing.idle >= PATIENCE + self._site.pager.repeats
        if listing.older >= PATIENCE:
            leaf.ended = "range"
        elif leaf.following is None or repeats or (leaf.is_empty and leaf.number > 1):
            leaf.ended = "end"
        else:
            listing.page = leaf.number + 1
            self._ask(listing, leaf.following)

    def _tell_leap(self, listing: Listing, leaf: Leaf) -> None:
        """A page that is newer than the one before: that one stood out of order, and what should
        have stood there was not shown. An empty month alone is no leap."""
        above = listing.above
        assert above is not None
        for one in filter(None, (listing.before, above)):
            self._end(listing, one, "jump")
        self.problems.append(
            f"page {above.number} of {listing.first} is older than page {leaf.number}: what "
            "belongs there was not shown; look at walk.pager in the profile"
        )

    def turn(self) -> bool:
        """Weigh again the pages whose probe was answered, end the lists that have no further page;
        say whether there is more to ask. To be called when no answer is being waited for."""
        before = frontier.count(self._db, self._site.key, self._plan.least)
        for listing in self._all:
            self._resume(listing)
        self.note_walked()
        return frontier.count(self._db, self._site.key, self._plan.least) > before

    def _resume(self, listing: Listing) -> None:
        leaf = listing.leaf
        if leaf is not None and leaf.probe is not None:
            if not self._waits(leaf.probe.url):
                self._take_probe(leaf.probe)
                self._settle(listing)
        elif listing.asked and not self._waits(listing.asked):
            self._miss(listing, listing.asked)

    def _take_probe(self, item: Item) -> None:
        item.tried = True
        item.day = find_day(self._db, item.url)
        if item.day is not None:
            item.verdict = spans.exactly(item.day).judge(self._wanted)

    def _miss(self, listing: Listing, url: str) -> None:
        """A further page that is not there, or leads back, is the list's end; one that failed is
        asked for by the next run."""
        self._by_page.pop(url, None)
        listing.asked = None
        row = self._db.execute(
            "SELECT state = 'gone' OR reason LIKE 'http 3%' FROM addresses WHERE url = ?", (url,)
        ).fetchone()
        if listing.leaf is not None and (url in self.visited or (row and row[0])):
            self._end(listing, listing.leaf, "end")

    def _end(self, listing: Listing, leaf: Leaf, how: str) -> None:
        """Say how the walk ended at a page, also if it was noted before."""
        leaf.ended = how
        if not any(one is leaf for _, one in self._done):
            self._done.append((listing.first, leaf))

    def add(self, name: str, leaf: Leaf) -> None:
        """Have a page noted once its articles have been asked for; also a sitemap."""
        self._done.append((name, leaf))

    def note_walked(self) -> None:
        """Note the pages whose articles have all been asked for, each list's from its first on."""
        blocked: set[str] = set()
        left = []
        for first, leaf in self._done:
            if first in blocked or any(self._waits(url) for url in leaf.wanted):
                blocked.add(first)
                left.append((first, leaf))
            else:
                self._note_leaf(first, leaf)
        self._done = left

    def _waits(self, url: str) -> bool:
        return frontier.waits(self._db, url, self._plan.least)

    def _note_leaf(self, first: str, leaf: Leaf) -> None:
        newest, oldest = leaf.span
        data = {
            "list": first,
            "from": self._wanted.first.isoformat(),
            "to": self._wanted.last.isoformat(),
            "page": leaf.number,
            "address": leaf.url,
            "newest": newest.isoformat() if newest else None,
            "oldest": oldest.isoformat() if oldest else None,
            "ended": leaf.ended,
            "at": to_text(self._plan.spider.session.now()),
        }
        self._plan.archive.note(self._site.key, "walk", data)


def find_day(db: sqlite3.Connection, url: str) -> date | None:
    """Return the day of the article that was read at an address."""
    row = db.execute(
        "SELECT r.published_on FROM addresses a JOIN articles r ON r.id = a.article_id "
        "WHERE a.url = ?",
        (url,),
    ).fetchone()
    return date.fromisoformat(row[0]) if row and row[0] else None


def _was_asked(db: sqlite3.Connection, url: str) -> bool:
    row = db.execute("SELECT state FROM addresses WHERE url = ?", (url,)).fetchone()
    return bool(row and row[0] not in ("announced", "failed"))
