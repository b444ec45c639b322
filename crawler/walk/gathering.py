"""Asks for the further pages of an article in the same visit, and has all of them read as one.

    page 1 read -> its further pages announced and pushed before all else -> each is kept and read
    -> when all have answered, the one reading of the article is written, for page 1's capture

Decision: no reading of the article exists before that, so no version 1 with half a text is followed
by a version 2 with "text added". A crash in between leaves page 1 unread, and the next crawl begins
with it (held.py). A page that does not come is told in the reading; where the article is known,
such a reading makes no version, and what was held incomplete is completed before the next is added
(held.py): the paper edited nothing. Rejected: a reading a page and a text put together by a query
(every reader of the index would have to know), and asking for further pages on another night.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.events import pack_announced
from archive.index import frontier
from archive.index.addresses import Announced, find_address
from archive.index.articles import find_article
from archive.index.captures import load_capture
from archive.index.frontier import Task
from archive.records import UNHEARD, Capture, Link, Part, Reading
from crawler.read.extractor import name_extractor
from crawler.read.joint import Joint
from crawler.read.page import Page
from crawler.read.parts import is_page_of
from crawler.walk.joined import Reader, cite, find_part, read_part
from crawler.walk.stored import load_task

if TYPE_CHECKING:
    from crawler.walk.plan import Plan

UNASKED = "article-pages"  # warning
IDLE = 5  # articles in a row whose page 2 was nothing of theirs, after which none is asked for


@dataclass(eq=False)
class Waiting:
    """An article whose first page was read and whose other pages are on their way."""

    capture: Capture
    task: Task
    joint: Joint


class Gathering:
    """The articles of several pages of one run."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._waiting: dict[str, tuple[Waiting, Part]] = {}  # by the page's address
        self._idle = 0

    @property
    def reader(self) -> Reader:
        """What reads pages of this paper, with the template as it is now."""
        spider = self._plan.spider
        return Reader(self._plan.archive, spider.session.pool, spider.judge, spider.template)

    async def read(self, page: Page, capture: Capture, task: Task) -> None:
        """Have a page read, and settle what it says, at once or with the other pages of its
        article."""
        if task.role == "part":
            await self.take(page, capture, task)
            return
        reading = await self.reader.read(page)
        if not await self.begin(capture, task, reading):
            await self._plan.settle(capture, task, reading)
            await self.offer(capture, task, reading)

    async def begin(self, capture: Capture, task: Task, reading: Reading) -> bool:
        """Say whether a page is the first of several; then they are asked for."""
        if reading.article is None or not reading.parts:
            return False
        if self._idle >= IDLE and not self._has_joined():
            told = f"{UNASKED}: page 2 was no part of the text on {IDLE} articles before"
            reading = replace(reading, parts=(), warnings=(*reading.warnings, told))
            await self._plan.settle(capture, task, reading)
        else:
            await self._go_on(Waiting(capture, task, Joint(capture.url, reading)))
        return True

    async def take(self, page: Page, capture: Capture, task: Task) -> None:
        """Have a further page read that came, for the article that waits for it."""
        waiting, part = self._waiting.get(task.url, (None, None))
        if waiting is None or part is None:
            self._note(capture, task, Reading("part", "ok", name_extractor(), self._digest))
            return
        page = replace(page, role="article", url=task.url, origin=waiting.joint.url)
        reading = await self.reader.read(page)
        self._note(capture, task, reading)
        self._waiting.pop(task.url, None)
        waiting.joint.take(cite(part, capture), reading)
        await self._go_on(waiting)

    async def offer(self, capture: Capture, task: Task, reading: Reading) -> None:
        """Take a page that was asked for as an article and is a further one of another, if that
        waits for it."""
        if reading.first is None:
            return
        address = self._plan.spider.judge.spell_part(task.url) or task.url
        waiting, part = self._waiting.pop(address, (None, None))
        if waiting is not None and part is not None:
            await self._take_held(waiting, part, capture)
            await self._go_on(waiting)

    async def miss(self, task: Task, capture: Capture | None, why: str = "no answer") -> None:
        """Note that a further page did not come, unless it is asked for again."""
        if task.role != "part" or frontier.waits(self._plan.db, task.url):
            return
        waiting, part = self._waiting.pop(task.url, (None, None))
        if waiting is None or part is None:
            return
        location = capture.location if capture else None
        if capture is not None and capture.status:
            why = f"http {capture.status}" + (f" to {location}" if location else "")
        if location and self._plan.spider.judge.spell(location) == waiting.task.url:
            waiting.joint.drop(part)
        else:
            waiting.joint.miss(part, why)
        await self._go_on(waiting)

    def leads_on(self, task: Task, location: str) -> bool:
        """Say whether a redirect of a further page leads to another spelling of it: to any page
        of the paper that is not the article's first."""
        waiting, _ = self._waiting.get(task.url, (None, None))
        if waiting is None or not self._plan.site.in_scope(location):
            return False
        target = self._plan.spider.judge.spell_part(location)
        return target not in (None, waiting.task.url, task.url) and is_page_of(
            waiting.capture.url, location
        )

    async def close(self) -> None:
        """Settle the articles that still wait: the run is over."""
        while self._waiting:
            waiting = next(iter(self._waiting.values()))[0]
            await self._settle(waiting)

    async def _go_on(self, waiting: Waiting) -> None:
        """Ask for what an article lacks, or settle it."""
        while parts := [p for p in waiting.joint.list_next() if p.url not in self._waiting]:
            for part in parts:
                found = find_part(self._plan.db, waiting.capture, part.url) or self._find_asked(
                    part
                )
                if found is not None and found.id != waiting.capture.id:
                    await self._take_held(waiting, part, found)
                else:
                    self._ask(waiting, part)
        if not any(one is waiting for one, _ in self._waiting.values()):
            await self._settle(waiting)

    async def _take_held(self, waiting: Waiting, part: Part, capture: Capture) -> None:
        reading = await read_part(self.reader, waiting.joint, part, capture)
        waiting.joint.take(cite(part, capture), reading)
        address_id = find_address(self._plan.db, part.url)
        if address_id is not None:
            self._note(capture, load_task(self._plan.db, address_id), reading)

    def _find_asked(self, part: Part) -> Capture | None:
        """Return the capture of a page that this run had asked for before the first."""
        plan = self._plan
        row = plan.db.execute(
            "SELECT id FROM captures WHERE url = ? AND crawl_id = ? AND status IN (200, 203, 304) "
            "AND (kind = 'response' OR refers_to IS NOT NULL) ORDER BY id DESC LIMIT 1",
            (part.url, plan.spider.crawl_id),
        ).fetchone()
        return load_capture(plan.db, row[0]) if row else None

    def _ask(self, waiting: Waiting, part: Part) -> None:
        plan, task = self._plan, waiting.task
        if not self._is_announced(part):
            item = Announced(part.url, Link(part.url, "part", part.number, "part"))
            data = {"links": [pack_announced(item)], "source": waiting.capture.url}
            plan.archive.note(plan.site.key, "announced", data)
        denied = plan.site.denied(part.url)
        if denied or find_address(plan.db, part.url) in plan.spider.asked:
            why = f"denied by the profile: {denied}" if denied else "it did not answer"
            waiting.joint.miss(part, why)
            return
        self._waiting[part.url] = (waiting, part)
        priority = max(task.priority, plan.first_of_all)
        frontier.push(plan.db, plan.site.key, [part.url], priority, again=True, parts=True)

    def _is_announced(self, part: Part) -> bool:
        query = "SELECT 1 FROM addresses WHERE url = ? AND role = 'part'"
        return self._plan.db.execute(query, (part.url,)).fetchone() is not None

    def _has_joined(self) -> bool:
        """Say whether an article of this paper was ever read from several pages."""
        row = self._plan.db.execute(
            "SELECT 1 FROM parts p JOIN captures c ON c.id = p.part_id WHERE c.site = ? LIMIT 1",
            (self._plan.site.key,),
        ).fetchone()
        return row is not None

    async def _settle(self, waiting: Waiting) -> None:
        """Write the one reading of an article; none of its words where it is known and a page of
        it is lacking."""
        self._waiting = {u: pair for u, pair in self._waiting.items() if pair[0] is not waiting}
        joint, capture, task = waiting.joint, waiting.capture, waiting.task
        reading = joint.finish()
        self._idle = self._idle + 1 if joint.idle else 0
        if not joint.is_complete and self._is_known(task, reading):
            reading = replace(reading, article=None)
        await self._plan.settle(capture, task, reading)

    def _is_known(self, task: Task, reading: Reading) -> bool:
        assert reading.article is not None
        found = find_article(
            self._plan.db,
            site=self._plan.site.key,
            address=task.url,
            identity=self._plan.site.identity(task.url),
            article=reading.article,
        )
        return found is not None

    def _note(self, capture: Capture, task: Task, reading: Reading) -> None:
        """Write down that a further page was read; its words stand in the first one's reading."""
        plan = self._plan
        row = plan.db.execute(
            "SELECT role, status FROM readings WHERE capture_id = ?", (capture.id,)
        ).fetchone()
        if row == ("part", "ok"):
            return
        plan.spider.tally.note_reading(reading)
        noted = replace(reading, role="part", article=None, links=(), parts=(), next_page=None)
        plan.archive.add(capture, noted, address=task.url, depth=task.depth)
        plan.archive.commit_if_due()

    @property
    def _digest(self) -> str:
        return self._plan.site.digest


def is_without_text(capture: Capture, task: Task, reading: Reading) -> bool:
    """Say whether a page without an article should be one: a further page should not, nor one that
    is held whole and lacks a page tonight, or that broke off."""
    apart = reading.role == "part" or bool(reading.parts) or reading.impostor is not None
    apart = apart or reading.status in UNHEARD or reading.onward is not None
    return task.role == "article" and capture.status == 200 and not apart
