"""What to make of an answer: have it read, note the reading, decide what to ask next."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.events import pack_announced
from archive.index import frontier
from archive.index.addresses import Announced, find_address
from archive.index.clocked import is_doubted
from archive.index.frontier import Task
from archive.index.unconfirmed import list_left
from archive.records import UNHEARD, WALLS, Capture, Link, Reading
from crawler.read.extractor import name_extractor
from crawler.read.page import Page
from crawler.walk.beyond import Beyond
from crawler.walk.gathering import Gathering, is_without_text
from crawler.walk.held import align
from crawler.walk.menus import (
    find_fillers,
    find_lists,
    is_menu,
    is_sure,
    is_wanted,
    list_announced,
    lists_any,
)
from crawler.walk.paging import Paging
from crawler.walk.ranks import FIRST_OF_ALL, PRIORITY, rate
from crawler.walk.signals import (
    find_changed,
    find_children,
    find_dropped,
    find_known,
    find_newer,
    find_returned,
    is_trusted,
    is_whole,
    was_fetched,
)
from crawler.walk.traps import LEAST_WORDS
from spiders.platform import pager_names

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

logger = logging.getLogger(__name__)

RETURNING = ("home", "category", "feed", "sitemap")  # whose word is taken that something is back


class Plan:
    """Decides for one spider; every decision that matters later is in the WARC by then.

    ``least``: tasks of a smaller priority are not this plan's.
    """

    least = frontier.LEAST
    first_of_all = FIRST_OF_ALL

    def __init__(self, spider: PaperSpider) -> None:
        self.spider = spider
        self.archive = spider.archive
        self.db = spider.db
        self.site = spider.site
        self._paging = Paging(spider.db, spider.started_at)
        self._beyond = Beyond(spider.db, spider.judge)
        self._drawn: dict[str, str] = {}  # what fills an empty category page: that page
        self.gathering = Gathering(self)

    def turn(self) -> bool:
        """Ask for more when nothing is left to ask; say whether there is more."""
        return self.spider.think_again()

    def number(self, task: Task) -> Task:
        """Return the task with the number that its page has within its category."""
        return task

    def is_read(self, capture_id: int) -> bool:
        """Say whether a capture was read; a list, whether by this reader and this profile. Not one
        whose date is doubtful, nor an article's page on which there was none.

        An article that another reader read is read again by `khobao reread`, not by fetching it.
        """
        row = self.db.execute(
            "SELECT warnings FROM readings JOIN captures c ON c.id = capture_id "
            "WHERE c.location IS NULL AND capture_id = ? AND readings.status = 'ok' AND "
            "(role = 'part' OR (role = 'article' AND article_id IS NOT NULL) "
            "OR (role NOT IN ('article', 'part') AND extractor = ? AND profile = ?))",
            (capture_id, name_extractor(), self.site.digest),
        ).fetchone()
        return row is not None and not is_doubted(json.loads(row[0] or "[]"))

    async def read(self, page: Page, capture: Capture, task: Task) -> None:
        """Have a page read and note what it says and what it announces. An article of several
        pages waits for the others."""
        await self.gathering.read(page, capture, task)

    async def settle(self, capture: Capture, task: Task, reading: Reading) -> None:
        """Note what a page says, an article's joined from its pages, and what it announces."""
        if reading.article is not None:
            await align(self, task.url, reading)
        if reading.onward is None:
            self._note(capture, task, reading)
        else:
            self.spider.tally.note_reading(reading)
            self._lead_on(capture, task, reading, reading.onward)

    def pass_by(self, capture: Capture, task: Task) -> None:
        """Nothing new on a page: its links are known, and paging stops here.

        Only what lists other lists says nothing by being the same: a sitemap index, the menu of a
        JSON API, a front page that scripts fill. What they list changes behind them.
        """
        if task.role == "sitemap":
            self._push_children(capture)
        elif is_menu(self.db, capture, task):
            self._push_lists(find_lists(self.db, capture.url), task)
        elif task.role == "category" and task.page == 1:
            self._push_following(find_fillers(self.db, capture.url), task)
        elif task.role == "article" and not self.spider.traps.holds(task.url):
            self.spider.traps.note(task.url, article=False)

    def follow_redirect(self, capture: Capture, task: Task) -> None:
        """Announce the target of a redirect; it takes over the role of what pointed at it."""
        if capture.location:
            name, profile = name_extractor(), self.site.digest
            reading = Reading(role=task.role, status="ok", extractor=name, profile=profile)
            self._lead_on(capture, task, reading, capture.location)

    def _lead_on(self, capture: Capture, task: Task, reading: Reading, location: str) -> None:
        announced = self._beyond.judge(location, task)
        self._add(capture, task, reading, announced)
        wanted = [item.address for item in announced if item.skip is None]
        self._push(wanted, task.priority, again=True)  # what was due is there, known or not

    def announce_from_robots(self, source: str, links: Sequence[Link]) -> None:
        """Take over the sitemaps that robots.txt names."""
        announced = self.spider.judge.judge(links, -1)
        data = [pack_announced(item) for item in announced]
        self.archive.note(self.site.key, "announced", {"links": data, "source": source})
        self.push_lists([i.address for i in announced if not i.skip], PRIORITY["sitemap"])

    # -- notes --------------------------------------------------------------------------------

    def _note(self, capture: Capture, task: Task, reading: Reading) -> None:
        self.spider.tally.note_reading(reading)
        announced = self.spider.judge.judge(reading.links, _depth(task))
        self._note_overflow(task, announced)
        changed = self._find_changed(capture, task, announced)
        noted, listed = announced, None
        if task.role == "sitemap":
            self._note_dropped(capture, reading, announced)
            noted = self._only_news(capture, announced, changed)
            listed = len({i.address for i in announced if i.link.role in ("article", "sitemap")})
        following = self._find_following(reading, capture, task, announced)
        self._add(capture, task, reading, [*noted, *following], listed)
        self._push_news(announced, changed, task)
        if is_menu(self.db, capture, task):
            self._push_lists(list_announced(announced), task)
        if task.role == "sitemap":
            self._push_children(capture)
        wanted = [item.address for item in following]
        self._push_following(wanted, task)
        if task.role == "category" and not reading.impostor and not lists_any(capture, announced):
            self._note_empty(task, wanted)

    def _note_empty(self, task: Task, following: Sequence[str]) -> None:
        """Tell of a category without articles; where a system's pager says what fills the page,
        of the page that should have filled it."""
        first = self._drawn.get(task.url, task.url if task.page == 1 else None)
        if following and self.site.pager.kind in pager_names():
            self._drawn.update(dict.fromkeys(following, task.url))
        elif first and is_sure(self.db, self.site, first):
            self.spider.tally.empty_categories.append(first)

    def _add(
        self,
        capture: Capture,
        task: Task,
        reading: Reading,
        announced: Sequence[Announced],
        listed: int | None = None,
    ) -> None:
        is_article = reading.article is not None
        applied = self.archive.add(
            capture,
            reading,
            announced,
            address=task.url,
            identity=self.site.identity(task.url) if is_article else None,
            depth=_depth(task),
            page=task.page,
            listed=listed,
        )
        tally = self.spider.tally
        if applied.outcome and applied.outcome.article_id is not None:
            tally.articles_new += applied.outcome.is_new
            tally.articles_changed += applied.outcome.is_changed
            self.spider.traps.learn(task.url, applied.outcome.article_id)
            if not applied.outcome.is_new:  # whether it moved is asked the same night
                left = list_left(self.db, applied.outcome.article_id)
                self._push(left, PRIORITY["again"], again=True)
        elif is_without_text(capture, task, reading):
            tally.without_text += 1
        self._note_yield(task, reading, is_new=bool(applied.outcome and applied.outcome.is_new))
        self.archive.commit_if_due()

    def _note_yield(self, task: Task, reading: Reading, *, is_new: bool) -> None:
        """Tell the guard whether an address brought an article; one known before says nothing, and
        a wall says nothing of what is behind it, a page that broke off nothing of its end."""
        silent = reading.impostor in WALLS or reading.status in UNHEARD
        if task.role != "article" or silent or reading.role == "part":
            return
        full = reading.article is not None and len(reading.article.text.split()) >= LEAST_WORDS
        if is_new and full:
            self.spider.traps.note(task.url, article=True)
        elif is_new or not self.spider.traps.holds(task.url):
            self.spider.traps.note(task.url, article=False)

    def _find_following(
        self, reading: Reading, capture: Capture, task: Task, announced: Sequence[Announced]
    ) -> list[Announced]:
        """Return the next page of a category, if it may bring something: paging stops where
        everything is known. A page that only repeats the category page itself does not count."""
        if not reading.next_page or task.role != "category" or task.page >= self.site.pages:
            return []
        entries = [item for item in announced if item.link.role == "article"]
        clock = self.spider.clock
        goes_on = self._paging.look(
            task.url,
            entries,
            source=capture.url,
            page=task.page,
            is_late=clock.is_late(task.url),
            is_echo=clock.is_echo(task.url),
        )
        drawn = task.page == 1 and not entries  # by script: what fills it comes as the next page
        if not (goes_on or drawn or 1 < task.page <= 1 + self.site.pager.repeats):
            return []
        link = Link(reading.next_page, "category", 0, "category")
        items = self.spider.judge.judge([link], _depth(task) - 1)
        asked = self.spider.asked
        items = [
            i for i in items if i.skip is None and find_address(self.db, i.address) not in asked
        ]
        for item in items[:1]:
            self._paging.follow(task.url, item.address)
        return [
            replace(i, link=replace(i.link, role="category"), page=task.page + 1) for i in items
        ]

    def _note_overflow(self, task: Task, announced: Sequence[Announced]) -> None:
        """Remember a list that announces nothing but news: older ones may have passed it by."""
        if task.role not in ("feed", "sitemap") or task.url not in self.spider.clock.asked:
            return
        articles = [item.address for item in announced if item.link.role == "article"]
        if articles and all(self._paging.is_new(address) for address in articles):
            self.spider.full.add(task.url)

    def _note_dropped(
        self, capture: Capture, reading: Reading, announced: Sequence[Announced]
    ) -> None:
        dropped, odd = find_dropped(self.db, capture.url, announced)
        if dropped and announced and is_whole(reading):
            data = {"source": capture.url, "dropped": dropped}
            self.archive.note(self.site.key, "dropped", data)
            self._push(odd, PRIORITY["again"], again=True)

    def _only_news(
        self, capture: Capture, announced: Sequence[Announced], changed: frozenset[str]
    ) -> list[Announced]:
        """Of a sitemap's entries return those it did not announce before in this form: a file of
        50,000 entries that gained three would else be written down whole, night after night."""
        known = find_known(self.db, capture.url)
        return [i for i in announced if i.address in changed or i.address not in known]

    # -- what to ask next ---------------------------------------------------------------------

    def _push_news(
        self, announced: Sequence[Announced], changed: frozenset[str], task: Task
    ) -> None:
        for item in announced:
            if item.skip is not None:
                continue
            role = item.link.role
            if role == "article":
                again = item.address in changed
                self._push([item.address], rate(item, task), again=again)
            elif role == task.role == "sitemap" and (
                item.address in changed or not was_fetched(self.db, item.address)
            ):
                rank = min(item.link.position, 90)
                self._push([item.address], PRIORITY["child"] - rank, again=True)

    def _push_children(self, capture: Capture) -> None:
        self.push_lists(find_children(self.db, capture.url), PRIORITY["child"])

    def _push_following(self, wanted: Sequence[str], task: Task) -> None:
        self._push(wanted, PRIORITY["category"] - task.page, again=True)

    def _push_lists(self, lists: Sequence[tuple[str, str]], task: Task) -> None:
        for url, role in lists:
            if is_wanted(self.site, task.role, role):
                self.push_lists([url], PRIORITY[role])

    def push_lists(self, urls: Sequence[str], priority: int) -> None:
        """Ask for lists that are due by their clocks; the others rest, unless doubt comes up."""
        due = [url for url in urls if self.spider.clock.is_due(url)]
        self.spider.resting.update({url: priority for url in urls if url not in due})
        for url in due:
            is_look = url in self.spider.clock.looks
            self._push([url], PRIORITY["look"] if is_look else priority, again=True)

    def push(self, urls: Sequence[str], priority: int, *, again: bool = False) -> None:
        """Put addresses onto the frontier, but none that was asked for in this run."""
        self._push(urls, priority, again=again)

    def _push(self, urls: Sequence[str], priority: int, *, again: bool = False) -> None:
        wanted = [url for url in urls if find_address(self.db, url) not in self.spider.asked]
        frontier.push(self.db, self.site.key, wanted, priority, again=again)

    def _find_changed(
        self, capture: Capture, task: Task, announced: Sequence[Announced]
    ) -> frozenset[str]:
        changed = find_changed(self.db, capture.url, announced)
        if task.role in RETURNING:
            changed |= find_returned(self.db, capture.url, announced)
        if task.role == "sitemap" and not is_trusted(announced, changed, capture.captured_at):
            self.spider.tally.warnings["lastmod-untrusted"] += 1
            return frozenset()
        if capture.url in self.spider.trusted:
            zone = self.site.timezone
            changed |= find_newer(self.db, announced, capture.captured_at, zone)
        return changed


def _depth(task: Task) -> int:
    """Return how many links a page is from a start page; all pages of a category are one step,
    else a paper of 200 pages would end at the twentieth."""
    return task.depth - (task.role == "category" and task.page > 1)
