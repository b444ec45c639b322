"""The plan of a backfill: only articles of the wanted days, by sitemaps and ever older pages.

Lists are read as a crawl reads them, by the same road; what differs is what is asked next:

    sitemaps     those of the wanted days by their names, those that do not tell, and the children
                 of an index alike
    categories   page after page, beyond ``walk.pages`` and past pages on which everything is known,
                 until three pages in a row are older than the wanted days, or show nothing that the
                 walk has not seen (a pager that repeats itself), or there is no further page
    articles     of the wanted days and never answered; where a list gives no dates, one article a
                 page is read to learn of the others (leaf.py)

A page is noted as walked (``walk`` in the WARC, ``walks`` in the index) when its articles have been
asked for. What is killed starts from there, after a rebuild too; of the rest, the days that all
pages of a list cover are not walked again (archive/walked.py). Rejected: a state file (not
rebuilt), jumping to a guessed page (a pager that lies would lead anywhere).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from archive.days import Days
from archive.events import pack_announced
from archive.index import frontier
from archive.index.addresses import Announced, find_address
from archive.index.frontier import Task
from archive.instants import to_text
from archive.paperday import read_day
from archive.period import read_period
from archive.records import Capture, Link, Reading, Role
from archive.walked import Walked, find_covered, find_start, load_walks, subtract
from crawler.walk import spans
from crawler.walk.leaf import Item, Leaf
from crawler.walk.plan import Plan
from crawler.walk.spans import Bounds

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

logger = logging.getLogger(__name__)

SOURCE = "backfill"  # who announced an address that only a backfill asks for
PROBE, ARTICLE, SITEMAP, PAGE = (frontier.BAND + rank for rank in (900, 700, 650, 600))
PATIENCE = 3  # pages in a row that are older than wanted, or show nothing unseen
LEAP = timedelta(days=31)  # between a page and the next, and 20 times what lies between articles
LEAP_TIMES = 20
MAX_TRIES = 8


@dataclass
class Listing:
    """A category as it is walked; ``wanted``: the days that it was not walked for yet."""

    first: str
    wanted: Days
    page: int = 1
    seen: set[str] = field(default_factory=set)
    leaf: Leaf | None = None  # the last page that was read
    above: Leaf | None = None  # the last one that was decided
    older: int = 0
    idle: int = 0
    asked: str | None = None  # the page that is waited for


class Backward(Plan):
    """Decides for a spider that fills in ``wanted``, both ends within."""

    least = frontier.FLOOR

    def __init__(self, spider: PaperSpider, wanted: Days) -> None:
        super().__init__(spider)
        self.wanted = wanted
        self._zone = spider.site.timezone
        self._listings: dict[str, Listing] = {}  # by the page that is asked for
        self._all: list[Listing] = []
        self._done: list[tuple[str, Leaf]] = []  # of which list; their articles are being asked for
        self._problems: list[str] = []
        self._visited: set[str] = set()  # pages of categories that were read in this run
        self._walks: dict[str, list[Walked]] = {}  # what was walked before this run
        self.left = 0  # listed articles whose day no list tells

    # -- what to begin with -------------------------------------------------------------------

    def fill(self) -> None:
        """Fill the frontier: lists that were not walked for these days, articles never answered."""
        frontier.wake(self.db, self.site.key)
        self._walks = walks = load_walks(self.db, self.site.key, self._zone)
        profile = self.site.profile
        categories = list(dict.fromkeys([*self._spell(profile.walk.categories), *self._known()]))
        sitemaps = self._spell(profile.walk.sitemaps)
        dated = self._spell(self.site.dated_sitemaps(self.wanted.first, self._last()))
        dated = [url for url in dated if not self._is_done(url, walks)]
        home = [] if categories else self._spell((profile.home,))
        self._announce((("category", categories), ("sitemap", [*sitemaps, *dated]), ("home", home)))
        sitemaps = [url for url in sitemaps if not self._is_done(url, walks)]
        self._push([*sitemaps, *dated], SITEMAP, again=True)
        self._push(home, PAGE, again=True)
        for url in categories:
            self._open(url)
        self._push(self._find_waiting(), ARTICLE)
        logger.info("%s: backfill of %s to %s", self.site.key, self.wanted.first, self.wanted.last)

    def _spell(self, urls: Sequence[str]) -> list[str]:
        return [address for url in urls if (address := self.spider.judge.spell(url)) is not None]

    def _known(self) -> list[str]:
        """Categories that a crawl walked without the profile naming them."""
        rows = self.db.execute(
            "SELECT url FROM addresses WHERE site = ? AND role = 'category' AND page = 1 "
            "AND state = 'fetched' ORDER BY id",
            (self.site.key,),
        )
        return [url for (url,) in rows if self.site.pager.origin(url) in (None, url)]

    def _last(self) -> date:
        today = self.spider.session.now().astimezone(self._zone).date()
        return min(self.wanted.last, today)

    def _announce(self, places: Sequence[tuple[Role, Sequence[str]]]) -> None:
        links = [
            Announced(url, Link(url, "start", position, role))
            for role, urls in places
            for position, url in enumerate(urls)
        ]
        data = {"source": SOURCE, "links": [pack_announced(item) for item in links]}
        self.archive.note(self.site.key, "announced", data)

    def _open(self, url: str) -> None:
        """Begin to walk a category, where a walk of it left off if one did."""
        if any(listing.first == url for listing in self._all):
            return
        rows = self._walks.get(url, ())
        missing = subtract(self.wanted, find_covered(rows))
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
        self._listings[url] = listing
        self._push([url], PAGE, again=True)

    def _is_done(self, url: str, walks: dict[str, list[Walked]]) -> bool:
        """Say whether a sitemap was read, or was not there, after the last of its wanted days."""
        period = read_period(url)
        days = _cut(period, self.wanted) if period else self.wanted
        if days is None or not subtract(days, find_covered(walks.get(url, ()))):
            return True
        row = self.db.execute(
            "SELECT fetched_at FROM addresses WHERE url = ? AND state = 'gone'", (url,)
        ).fetchone()
        return bool(row and row[0] and read_day(row[0], self._zone) > days.last)

    def _find_waiting(self) -> list[str]:
        """Return the articles of the wanted days that were announced and never answered."""
        rows = self.db.execute(
            "SELECT a.url, s.channel, s.source, s.date_raw, s.first_seen_at "
            "FROM addresses a JOIN sightings s ON s.address_id = a.id WHERE a.site = ? AND "
            "a.role = 'article' AND a.state IN ('announced', 'failed') AND a.tries < ? "
            "ORDER BY s.channel, s.source, a.id",
            (self.site.key, MAX_TRIES),
        )
        found: dict[str, None] = {}
        for (channel, source), group in groupby(rows, key=lambda row: (row[1], row[2])):
            told = list(group)
            links = [Link(row[0], channel, 0, "article", date_raw=row[3]) for row in told]
            seen_on = read_day(max(row[4] for row in told), self._zone)
            if channel == "sitemap":
                bounds = spans.bound_entries(source, links, self.site, seen_on)[1]
            else:
                bounds = [spans.bound_listed(link, self.site, seen_on) for link in links]
            for link, said in zip(links, bounds, strict=True):
                if self._is_wanted_day(said, may=channel == "sitemap"):
                    found[link.url] = None
        return list(found)

    def _is_wanted_day(self, said: Bounds, *, may: bool) -> bool:
        verdict = said.judge(self.wanted)
        return verdict == "in" or (may and verdict is None and said.may(self.wanted))

    # -- what a crawl decides otherwise -------------------------------------------------------

    def is_read(self, capture_id: int) -> bool:  # noqa: ARG002 - a crawl asks of the capture
        """Lists are read whether or not they were: what they tell is weighed anew."""
        return False

    def number(self, task: Task) -> Task:
        """Return a page of a category with its number in this walk: a page that numbers lead to
        may have been taken for another."""
        listing = self._listings.get(task.url)
        return replace(task, page=listing.page) if listing else task

    def _find_following(
        self,
        reading: Reading,
        task: Task,
        announced: Sequence[Announced],  # noqa: ARG002
    ) -> list[Announced]:
        if task.url not in self._listings:
            return []
        if reading.status != "ok":
            self._give_up(self._listings.pop(task.url), reading.status)
            return []
        if not reading.next_page:
            return []
        link = Link(reading.next_page, "category", 0, "category")
        items = self.spider.judge.judge([link], task.depth - (task.page > 1) - 1)
        items = [item for item in items if item.address != task.url and item.skip is None]
        return [replace(item, link=replace(item.link, role="category")) for item in items]

    def announce_from_robots(self, source: str, links: Sequence[Link]) -> None:
        """Take over the sitemaps that robots.txt names, for these days too."""
        super().announce_from_robots(source, links)
        found = self._spell([link.url for link in links])
        self._push([u for u in found if not self._is_done(u, self._walks)], SITEMAP, again=True)

    def follow_redirect(self, capture: Capture, task: Task) -> None:
        """Announce the target; a category that moved is walked at its new address."""
        super().follow_redirect(capture, task)
        target = self.spider.judge.spell(capture.location or "")
        if target is None or find_address(self.db, target) in self.spider.asked:
            return
        listing = self._listings.pop(task.url, None)
        if listing is not None:
            listing.asked = target
            self._listings[target] = listing

    def _push_children(self, capture: Capture) -> None:
        """A sitemap's children are asked for as its entries are weighed."""

    def _push_news(
        self,
        announced: Sequence[Announced],
        changed: frozenset[str],  # noqa: ARG002
        task: Task,
    ) -> None:
        listed = [item for item in announced if item.skip is None]
        if task.role in ("sitemap", "category"):
            self._note_walked()
        if task.role == "sitemap":
            self._weigh_sitemap(listed, task)
        elif task.url in self._listings:
            self._weigh_page(listed, task)
        elif task.role == "home":
            for item in listed:
                if item.link.role == "category" and self._is_wanted("category"):
                    self._open(item.address)

    def _push_following(self, wanted: Sequence[str], task: Task) -> None:
        listing = self._listings.pop(task.url, None)
        if listing is not None and listing.leaf is not None:
            listing.asked = None
            listing.leaf.following = next(iter(wanted), None)
            self._settle(listing)

    def _give_up(self, listing: Listing, status: str) -> None:
        """Leave a list whose page could not be read: what lies behind it is not walked."""
        listing.asked = None
        self._problems.append(
            f"page {listing.page} of {listing.first} could not be read ({status}): look at it with "
            "`khobao show`; the next backfill goes on there"
        )

    # -- sitemaps -----------------------------------------------------------------------------

    def _weigh_sitemap(self, listed: Sequence[Announced], task: Task) -> None:
        today = self._today()
        children = [i.address for i in listed if i.link.role == "sitemap"]
        children = [url for url in children if not self._is_done(url, self._walks)]
        self._push(children, SITEMAP, again=True)
        entries = [item for item in listed if item.link.role == "article"]
        links = [item.link for item in entries]
        period, bounds = spans.bound_entries(task.url, links, self.site, today)
        leaf = Leaf(1, task.url, [], ended="read")
        for item, said in zip(entries, bounds, strict=True):
            known = self._find_day(item.address)
            sure = spans.exactly(known) if known else said
            if self._is_wanted_day(sure, may=True):
                leaf.wanted.append(item.address)
            else:
                self.left += sure.judge(self.wanted) is None
        self._push(leaf.wanted, ARTICLE)
        if not any(item.link.role == "sitemap" for item in listed):
            days = _cut(period, self.wanted) if period else None
            leaf.items = (
                [Item(task.url, day=day) for day in (days.last, days.first)] if days else []
            )
            self._done.append((task.url, leaf))

    # -- categories ---------------------------------------------------------------------------

    def _weigh_page(self, listed: Sequence[Announced], task: Task) -> None:
        listing = self._listings[task.url]
        today = self._today()
        entries = [item for item in listed if item.link.role == "article"]
        leaf = Leaf(listing.page, task.url, [], is_empty=not entries)
        for item in entries:
            if item.address not in listing.seen:
                listing.seen.add(item.address)
                leaf.items.append(self._weigh(item.address, item.link, today))
        if listing.above is not None and listing.above.items:
            leaf.edge = listing.above.items[-1].verdict
        listing.leaf = leaf
        self._visited.add(task.url)

    def _weigh(self, address: str, link: Link, today: date) -> Item:
        known = self._find_day(address)
        bounds = spans.exactly(known) if known else spans.bound_listed(link, self.site, today)
        return Item(address, bounds.judge(self.wanted), bounds.day, self._was_asked(address))

    def _settle(self, listing: Listing) -> None:
        """Decide of the last page of a list, or ask for an article that will tell."""
        leaf = listing.leaf
        assert leaf is not None
        leaf.infer()
        leaf.probe = leaf.choose()
        if leaf.probe is not None:
            self._push([leaf.probe.url], PROBE)
            return
        self.left += sum(item.verdict is None and not item.tried for item in leaf.items)
        leaf.wanted = [item.url for item in leaf.items if item.verdict == "in"]
        self._push(leaf.wanted, ARTICLE)
        self._turn_page(listing, leaf)

    def _turn_page(self, listing: Listing, leaf: Leaf) -> None:
        listing.older = listing.older + 1 if leaf.is_older else 0
        listing.idle = 0 if leaf.items else listing.idle + 1
        above, listing.above = listing.above, leaf
        if above is not None and _leaps(above, leaf):
            self._end(listing, above, "jump")
            self._problems.append(
                f"the pages of {listing.first} leap from {above.span[1]} to {leaf.span[0]} "
                f"at page {leaf.number}: what lies between is missing; look at walk.pager in the "
                "profile"
            )
        self._done.append((listing.first, leaf))
        repeats = listing.idle >= PATIENCE + self.site.pager.repeats
        if listing.older >= PATIENCE:
            leaf.ended = "range"
        elif leaf.following is None or repeats or (leaf.is_empty and leaf.number > 1):
            leaf.ended = "end"
        else:
            listing.page = leaf.number + 1
            self._ask(listing, leaf.following)

    def turn(self) -> bool:
        """Weigh again the pages whose probe was answered, end the lists that have no further page;
        say whether there is more to ask. Does nothing while an answer is being waited for."""
        if self.spider.in_flight:
            return False
        before = frontier.count(self.db, self.site.key, self.least)
        for listing in self._all:
            self._resume(listing)
        self._note_walked()
        return frontier.count(self.db, self.site.key, self.least) > before

    def _resume(self, listing: Listing) -> None:
        leaf = listing.leaf
        if leaf is not None and leaf.probe is not None:
            if not frontier.waits(self.db, leaf.probe.url, self.least):
                self._take_probe(leaf.probe)
                self._settle(listing)
        elif listing.asked and not frontier.waits(self.db, listing.asked, self.least):
            self._miss(listing, listing.asked)

    def _take_probe(self, item: Item) -> None:
        item.tried = True
        item.day = self._find_day(item.url)
        if item.day is not None:
            item.verdict = spans.exactly(item.day).judge(self.wanted)

    def _miss(self, listing: Listing, url: str) -> None:
        """A further page that is not there, or leads back, is the list's end; one that failed is
        asked for by the next run."""
        self._listings.pop(url, None)
        listing.asked = None
        row = self.db.execute(
            "SELECT state = 'gone' OR reason LIKE 'http 3%' FROM addresses WHERE url = ?", (url,)
        ).fetchone()
        if listing.leaf is not None and (url in self._visited or (row and row[0])):
            self._end(listing, listing.leaf, "end")

    def _end(self, listing: Listing, leaf: Leaf, how: str) -> None:
        """Say how the walk ended at a page, also if it was noted before."""
        leaf.ended = how
        if not any(one is leaf for _, one in self._done):
            self._done.append((listing.first, leaf))

    # -- what is noted ------------------------------------------------------------------------

    def finish(self) -> list[str]:
        """Note what is walked by now; return what a person should know, in words."""
        self._note_walked()
        self.spider.tally.more = {
            "backfill": f"{self.wanted.first}/{self.wanted.last}",
            "lists": len(self._visited),
            "undated": self.left,
        }
        return self._problems

    def _note_walked(self) -> None:
        """Note the pages whose articles have all been asked for, each list's from its first on."""
        blocked: set[str] = set()
        left = []
        for first, leaf in self._done:
            if first in blocked or any(map(self._is_open, leaf.wanted)):
                blocked.add(first)
                left.append((first, leaf))
            else:
                self._note_leaf(first, leaf)
        self._done = left

    def _note_leaf(self, first: str, leaf: Leaf) -> None:
        newest, oldest = leaf.span
        data = {
            "list": first,
            "from": self.wanted.first.isoformat(),
            "to": self.wanted.last.isoformat(),
            "page": leaf.number,
            "address": leaf.url,
            "newest": newest.isoformat() if newest else None,
            "oldest": oldest.isoformat() if oldest else None,
            "ended": leaf.ended,
            "at": to_text(self.spider.session.now()),
        }
        self.archive.note(self.site.key, "walk", data)

    # -- what the index knows -----------------------------------------------------------------

    def _today(self) -> date:
        return self.spider.session.now().astimezone(self._zone).date()

    def _find_day(self, url: str) -> date | None:
        row = self.db.execute(
            "SELECT r.published_on FROM addresses a JOIN articles r ON r.id = a.article_id "
            "WHERE a.url = ?",
            (url,),
        ).fetchone()
        return date.fromisoformat(row[0]) if row and row[0] else None

    def _was_asked(self, url: str) -> bool:
        row = self.db.execute("SELECT state FROM addresses WHERE url = ?", (url,)).fetchone()
        return bool(row and row[0] not in ("announced", "failed"))

    def _is_open(self, url: str) -> bool:
        return frontier.waits(self.db, url, self.least)


def _cut(days: Days, wanted: Days) -> Days | None:
    first, last = max(days.first, wanted.first), min(days.last, wanted.last)
    return Days(first, last) if first <= last else None


def _leaps(above: Leaf, below: Leaf) -> bool:
    newest, oldest = above.span
    other = below.span[0]
    if newest is None or oldest is None or other is None:
        return False
    usual = (newest - oldest) / max(1, len(above.items) - 1)
    return oldest - other > max(LEAP, LEAP_TIMES * usual)
