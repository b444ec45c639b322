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
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from archive.days import Days
from archive.events import pack_announced
from archive.index import frontier
from archive.index.addresses import Announced, find_address
from archive.index.frontier import Task
from archive.paperday import read_day
from archive.period import read_period
from archive.records import Capture, Link, Reading, Role
from archive.walked import Walked, find_covered, load_walks, subtract
from crawler.walk import spans
from crawler.walk.leaf import Item, Leaf
from crawler.walk.listings import ARTICLE, PAGE, SITEMAP, Listings, find_day
from crawler.walk.menus import is_wanted
from crawler.walk.plan import Plan
from crawler.walk.spans import Bounds

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

logger = logging.getLogger(__name__)

SOURCE = "backfill"  # who announced an address that only a backfill asks for
MAX_TRIES = 8


class Backward(Plan):
    """Decides for a spider that fills in ``wanted``, both ends within."""

    least = frontier.FLOOR
    first_of_all = ARTICLE + 1

    def __init__(self, spider: PaperSpider, wanted: Days) -> None:
        super().__init__(spider)
        self.wanted = wanted
        self._zone = spider.site.timezone
        self._listings = Listings(self)
        self._whole = True  # the list that is being noted could be read to its end
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
            self._listings.open(url, walks.get(url, ()))
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
        return min(self.wanted.last, self.find_today())

    def find_today(self) -> date:
        """Return the paper's day of now."""
        return self.spider.session.now().astimezone(self._zone).date()

    def _announce(self, places: Sequence[tuple[Role, Sequence[str]]]) -> None:
        links = [
            Announced(url, Link(url, "start", position, role))
            for role, urls in places
            for position, url in enumerate(urls)
        ]
        data = {"source": SOURCE, "links": [pack_announced(item) for item in links]}
        self.archive.note(self.site.key, "announced", data)

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
        listing = self._listings.find(task.url)
        return replace(task, page=listing.page) if listing else task

    def _find_following(
        self,
        reading: Reading,
        capture: Capture,  # noqa: ARG002
        task: Task,
        announced: Sequence[Announced],  # noqa: ARG002
    ) -> list[Announced]:
        damaged = any(words.startswith("sitemap-damaged") for words in reading.warnings)
        self._whole = reading.status == "ok" and not damaged
        if self._listings.find(task.url) is None:
            return []
        if reading.status != "ok":
            self._listings.give_up(task.url, reading.status)
        if reading.status != "ok" or not reading.next_page:
            return []
        link = Link(reading.next_page, "category", 0, "category")
        items = self.spider.judge.judge([link], task.depth - (task.page > 1) - 1)
        items = [item for item in items if item.address != task.url and item.skip is None]
        return [
            replace(item, link=replace(item.link, role="category"), page=task.page + 1)
            for item in items
        ]

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
        self._listings.move(task.url, target)

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
            self._listings.note_walked()
        if task.role == "sitemap":
            self._weigh_sitemap(listed, task)
        elif self._listings.find(task.url) is not None:
            self._listings.weigh(listed, task)

    def _push_lists(self, lists: Sequence[tuple[str, str]], task: Task) -> None:
        for url, role in lists:
            if role == "category" and is_wanted(self.site, task.role, role):
                self._listings.open(url, self._walks.get(url, ()))

    def _push_following(self, wanted: Sequence[str], task: Task) -> None:
        self._listings.follow(task.url, next(iter(wanted), None))

    def turn(self) -> bool:
        """Go on with the categories; say whether there is more to ask. Does nothing while an answer
        is being waited for."""
        return not self.spider.in_flight and self._listings.turn()

    # -- sitemaps -----------------------------------------------------------------------------

    def _weigh_sitemap(self, listed: Sequence[Announced], task: Task) -> None:
        today = self.find_today()
        children = [i.address for i in listed if i.link.role == "sitemap"]
        children = [url for url in children if not self._is_done(url, self._walks)]
        self._push(children, SITEMAP, again=True)
        entries = [item for item in listed if item.link.role == "article"]
        links = [item.link for item in entries]
        period, bounds = spans.bound_entries(task.url, links, self.site, today)
        leaf = Leaf(1, task.url, [], ended="read")
        for item, said in zip(entries, bounds, strict=True):
            known = find_day(self.db, item.address)
            sure = spans.exactly(known) if known else said
            if self._is_wanted_day(sure, may=True):
                leaf.wanted.append(item.address)
            else:
                self.left += sure.judge(self.wanted) is None
        self._push(leaf.wanted, ARTICLE)
        if self._whole and not any(item.link.role == "sitemap" for item in listed):
            days = _cut(period, self.wanted) if period else None
            leaf.items = (
                [Item(task.url, day=day) for day in (days.last, days.first)] if days else []
            )
            self._listings.add(task.url, leaf)

    # -- what is noted ------------------------------------------------------------------------

    def finish(self) -> list[str]:
        """Note what is walked by now; return what a person should know, in words."""
        self._listings.note_walked()
        self.spider.tally.more = {
            "backfill": f"{self.wanted.first}/{self.wanted.last}",
            "lists": len(self._listings.visited),
            "undated": self.left,
        }
        return self._listings.problems


def _cut(days: Days, wanted: Days) -> Days | None:
    first, last = max(days.first, wanted.first), min(days.last, wanted.last)
    return Days(first, last) if first <= last else None
