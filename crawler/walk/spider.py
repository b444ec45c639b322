"""One spider for every paper: asks for what the frontier holds and hands the answers on.

The road of a page: the scheduler takes a task from the frontier · the robots middleware lets it
pass · the wire fetches it and calls ``tap`` · ``tap`` keeps the exchange and settles the task ·
``parse`` has the page read in a worker · ``Plan`` notes the reading and what to ask next.

Scrapy's redirect, retry, cookie, compression and HTTP-error layers are off (settings.py): each of
them would swallow exchanges that belong into the archive. What they did is a few lines here, on
the ledger.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.exceptions import IgnoreRequest

from archive.errors import TROUBLE, ArchiveError
from archive.index import frontier
from archive.index.parts import has_parts
from archive.instants import to_text
from archive.records import Capture, Exchange, Link
from crawler.learn import learn_site, load_template
from crawler.read.template import NONE
from crawler.reread import renew
from crawler.walk import retry, seeds
from crawler.walk.backward import Backward
from crawler.walk.clock import Clock
from crawler.walk.conditions import Conditions
from crawler.walk.held import read_unread
from crawler.walk.judge import Judge
from crawler.walk.plan import Plan
from crawler.walk.robots import Disallowed, Rules
from crawler.walk.stored import load_page, make_page
from crawler.walk.tally import Tally
from crawler.walk.traps import Traps

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.index.frontier import Task
    from crawler.session import Session
    from spiders.site import Site

logger = logging.getLogger(__name__)

MAX_HOPS = 5  # redirects between spellings of one address
SKIPS_AT_ONCE = 100
MAX_WALLS = 20  # captchas, 403, 429 in a row: who goes on asking is shut out for longer


class PaperSpider(scrapy.Spider):
    """Walks the paper of ``site``; the loader makes one subclass a catalog entry."""

    site: Site

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.archive = session.archive
        self.db = session.archive.db
        self.key = self.site.key
        self.in_flight: set[int] = set()
        self.asked: set[int] = set()  # addresses asked for in this run
        self.tally = Tally()
        self.judge = Judge(self.site, session.config.crawl.depth)
        self.traps = Traps(self.db, self.key)
        self.patience = retry.Patience()
        self.fatal: ArchiveError | None = None
        self.ended = False
        self.out_of_time = False  # the run gave this paper up: its time was over
        self.skips: list[dict[str, str]] = []
        self.template = NONE  # the lines that its pages share, as earlier crawls learned them
        now = session.now()
        self.started_at = to_text(now)
        self.clock = Clock(now)  # of the lists; learned when the run begins
        self.trusted: frozenset[str] = frozenset()  # sitemaps whose dates tell of every change
        self.resting: dict[str, int] = {}  # lists that are not due, with their priority
        self.full: set[str] = set()  # lists that announced nothing but news
        self.is_filled = False  # the frontier has what this run begins with
        self._is_sure = False  # whether the lists that rest were thought of once more
        self.backward = Backward(self, session.backfill) if session.backfill else None
        self.plan = self.backward or Plan(self)
        self.conditions = Conditions(self.db, self.plan.is_read)
        self.crawl_id = seeds.name_crawl(self.key, now)
        self._deadline = session.deadline(self.key)
        session.spiders[self.key] = self

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Join the session of the run; `scrapy crawl` has none yet, so one is opened."""
        from crawler.session import join_session

        spider = super().from_crawler(crawler, join_session(crawler), *args, **kwargs)
        crawler.signals.connect(spider.close_run, signal=signals.spider_closed)
        return spider

    # -- the run ------------------------------------------------------------------------------

    async def start(self) -> AsyncIterator[Any]:
        """Open the site in the archive and fill the frontier; requests come from the scheduler."""
        try:
            seeds.begin(self)
            self.template = load_template(self.db, self.key)
            self.session.start_ticking(self)
            await read_unread(self.plan)
            self.is_filled = True
        except TROUBLE as error:
            self.stop(error)
        return
        yield

    def think_again(self) -> bool:
        """When nothing is left to ask: ask the lists that rest, if the others are not to be
        believed tonight. Says whether there is work again; only the first call does anything."""
        if self._is_sure or self.in_flight or not self.is_filled:
            return False
        if frontier.count(self.db, self.key):  # what waits for its hour may change the picture
            return False
        self._is_sure = True
        return seeds.wake_lists(self)

    @property
    def is_shut_out(self) -> bool:
        """Whether the paper has answered with walls, 403 or 429 for so long that it means it, or
        asked for more time than a run has."""
        if self.patience.is_closed(self.site.profile.home):
            return True
        return max(self.tally.walls_in_row, self.tally.denied_in_row) >= MAX_WALLS

    def must_stop(self) -> bool:
        """Say whether this run may ask for nothing more: caps, a wall, trouble with the archive."""
        if self.fatal or self.ended or self.archive.broken or self._deadline.is_over():
            return True
        return self.is_shut_out or self.tally.asked >= self.session.max_pages

    def avoid(self, task: Task) -> bool:
        """Take a task that would lead into a trap off the frontier, with the reason; let one
        wait whose host, or what redirected to it, asked for time."""
        until = self.patience.find(task.url, self.session.now())
        if until is not None:
            frontier.hold(self.db, task.address_id, until)
            return True
        reason = self.traps.find(task)
        if reason is None:
            return False
        self.tally.trapped += 1
        self.skips.append({"url": task.url, "reason": reason})
        frontier.leave(self.db, task.address_id)
        if len(self.skips) >= SKIPS_AT_ONCE:
            self.flush_skips()
        return True

    def make_request(self, task: Task) -> Request:
        """Return the request of a task; the task is in flight until its answer is settled."""
        self.in_flight.add(task.address_id)
        self.asked.add(task.address_id)
        self.tally.asked += 1
        return self._request(self.plan.number(task), task.url, hops=0)

    def _request(self, task: Task, url: str, *, hops: int) -> Request:
        return Request(
            url,
            headers={**self.site.headers(url), **self.conditions.find(task.url)},
            callback=self.parse,
            errback=self.fail,
            dont_filter=True,
            meta={
                "task": task,
                "hops": hops,
                "handle_httpstatus_all": True,
                "khobao_tls": self.site.profile.manners.tls,
                "verbatim_url": True,  # the canonical address is already escaped
            },
        )

    # -- what comes back ----------------------------------------------------------------------

    def admit(self, request: Request) -> None:
        """Raise Held where the host has asked for time since the request was handed out (the wire
        calls this before it sends anything)."""
        task: Task | None = request.meta.get("task")
        until = task and self.patience.find(request.url, self.session.now())
        if until is not None:
            raise retry.Held(f"{request.url} waits until {until}")

    def tap(self, exchange: Exchange, request: Request) -> None:
        """Keep an exchange before anything reads it, and settle its task (the wire calls this)."""
        task: Task | None = request.meta.get("task")
        if self.ended:
            raise IgnoreRequest("the run has ended; the next one asks again")
        try:
            capture = self.archive.keep(self.key, exchange)
            request.meta["capture"] = capture
            self.tally.note(capture, exchange, is_page=task is not None)
            if task is not None:
                self._settle(task, capture, exchange)
            self.archive.commit_if_due()
        except TROUBLE as error:
            self.stop(error)
            raise

    def _settle(self, task: Task, capture: Capture, exchange: Exchange) -> None:
        now = self.session.now()
        self.patience.note(exchange, self.judge.spell(capture.location or ""), now)
        verdict = retry.judge(capture, exchange, task, now)
        if verdict is None:
            frontier.leave(self.db, task.address_id)
        else:
            frontier.postpone(self.db, task.address_id, verdict, task.priority - 100)

    async def parse(self, response: Response, **kwargs: Any) -> Any:  # noqa: ARG002
        """Hand an answer on; a generator without requests, since those come from the frontier."""
        task: Task = response.meta["task"]
        capture: Capture = response.meta["capture"]
        try:
            target = self._find_detour(capture, task, response.meta["hops"])
            if target:
                self.in_flight.discard(task.address_id)
                return [self._request(task, target, hops=response.meta["hops"] + 1)]
            await self._hand_on(response, capture, task)
        except TROUBLE as error:
            self.stop(error)
        except Exception:
            # One page's bug must not end the night, nor hide: the run ends with exit code 1.
            self.tally.bugs += 1
            logger.exception("a bug met the answer of %s", task.url)
        finally:
            self.in_flight.discard(task.address_id)
        return None

    async def _hand_on(self, response: Response, capture: Capture, task: Task) -> None:
        held = response.status == 304 and capture.refers_to is not None
        sound = response.status in (200, 203) or held
        if task.role == "part" and not sound:
            await self.plan.gathering.miss(task, capture)
        elif 300 <= response.status < 400 and response.status != 304:
            self.plan.follow_redirect(capture, task)
        elif capture.refers_to and (task.role == "part" or has_parts(self.db, capture.refers_to)):
            self.tally.unchanged += 1
            page, capture = load_page(self.archive, capture.id, task.role, task.page)
            await self.plan.read(page, capture, task)
        elif response.status == 304 or (
            capture.kind == "revisit" and self.plan.is_read(capture.id)
        ):
            self.tally.unchanged += 1
            self.plan.pass_by(capture, task)
        elif response.status in (200, 203):
            await self.plan.read(make_page(capture, response, task), capture, task)

    def _find_detour(self, capture: Capture, task: Task, hops: int) -> str | None:
        """Return the target of a redirect to the same address in another spelling.

        A paper whose profile says https and which answers only on http is such a case: in the
        ledger both are one address, on the wire they are two.
        """
        if not capture.location or not 300 <= (capture.status or 0) < 400 or hops >= MAX_HOPS:
            return None
        if task.role == "part" and self.plan.gathering.leads_on(task, capture.location):
            return capture.location
        same = self.judge.spell(capture.location) == task.url
        return capture.location if same and capture.location != capture.url else None

    async def fail(self, failure: Failure) -> None:
        """Note what kept a request from being answered; the tap has kept failures of the wire."""
        request: Request = failure.request  # type: ignore[attr-defined]
        task: Task = request.meta["task"]
        try:
            self._note_failure(failure, request, task)
            why = failure.getErrorMessage()
            await self.plan.gathering.miss(task, request.meta.get("capture"), why)
        except TROUBLE as error:
            self.stop(error)
        finally:
            self.in_flight.discard(task.address_id)

    def _note_failure(self, failure: Failure, request: Request, task: Task) -> None:
        if isinstance(failure.value, Disallowed):
            self.tally.refused += 1
            self.tally.asked -= 1
            self.skips.append({"url": task.url, "reason": failure.getErrorMessage()})
            frontier.leave(self.db, task.address_id)
        elif isinstance(failure.value, retry.Held):
            self.tally.asked -= 1  # it stays in the frontier, and waits there
        elif "capture" not in request.meta and self.fatal is None:
            logger.error("no answer for %s: %s", task.url, failure.getErrorMessage())
            frontier.leave(self.db, task.address_id)

    def note_robots(self, host: str, rules: Rules) -> None:
        """Take over what robots.txt says besides permission (the middleware calls this)."""
        if rules.delay:
            self.session.slow_down(self.crawler, host, rules.delay)
        if rules.unavailable:
            self.tally.robots_unavailable[host] = rules.unavailable
        links = [
            Link(url, "robots", position, "sitemap") for position, url in enumerate(rules.sitemaps)
        ]
        if links and not self.site.profile.walk.sitemaps:
            self.plan.announce_from_robots(f"{host}/robots.txt", links)

    def flush_skips(self) -> None:
        """Write the addresses that are not asked for, and why, into the WARC and the index."""
        if self.skips:
            self.archive.note(self.key, "skips", {"skips": self.skips})
            self.skips = []

    def stop(self, error: ArchiveError | sqlite3.DatabaseError) -> None:
        """End the run: the archive can not be read or written any more."""
        if isinstance(error, sqlite3.DatabaseError):
            error = self.archive.give_up(error)
        if self.fatal is None:
            self.fatal = error
            logger.error("%s", error)

    async def close_run(self, reason: str) -> None:
        """Learn what the pages share, read again what holds it, and end this run."""
        if reason != "shutdown" and not (self.ended or self.fatal or self.archive.broken):
            try:
                await self.plan.gathering.close()
                await learn_site(self.archive, self.session.pool, self.site, self.session.now())
                await renew(self.session, self.site, self.template, self._deadline.is_over)
            except TROUBLE as error:
                self.stop(error)
            except Exception:  # as in parse: the run is ended in order, and its exit code is 1
                self.tally.bugs += 1
                logger.exception("a bug met the learning of %s", self.key)
        self.end(reason)

    def end(self, reason: str) -> None:
        """Write down how the run ended and close the site's WARC file; only the first call does."""
        if not self.ended:
            self.ended = True
            seeds.finish(self, reason)
