"""Scrapy's SCHEDULER over the ``frontier`` table: what is asked next, and when to stop.

Scrapy's own queues (JOBDIR) were rejected: after one kill -9 at 604 of 3,000 pages the resume
fetched nothing more and ended with 0 (design/capture.md). Here an address stays in the table until
the commit that stores its capture, so there is nothing to resume: the next crawl sees what is left.

``enqueue_request`` takes only requests that the spider made outside the frontier (the same address
in another spelling, after a redirect); all others come from the table.
"""

from __future__ import annotations

import logging
from collections import deque
from typing import TYPE_CHECKING, Self

from scrapy import Request

from archive.errors import TROUBLE
from archive.index import frontier
from archive.instants import to_text

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.walk.spider import PaperSpider

logger = logging.getLogger(__name__)

# Answers under way or waiting to be read. A guard that judges by what was read (traps.py) is late
# by as many: where pages come faster than they are read, 343 spellings of 24 articles were asked
# for before the fifth of each was read, 193 with this bound.
AHEAD = 32


class FrontierScheduler:
    """Hands out the tasks of one site in order of priority, within the run's caps."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._direct: deque[Request] = deque()
        self._spider: PaperSpider

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def open(self, spider: PaperSpider) -> None:
        """Take the spider whose tasks are handed out."""
        self._spider = spider

    def close(self, reason: str) -> None:
        """Nothing to do: the table is the archive's."""

    def enqueue_request(self, request: Request) -> bool:
        """Queue a request that does not come from the table."""
        self._direct.append(request)
        return True

    def has_pending_requests(self) -> bool:
        """Say whether anything is left that this run may ask for."""
        if self._spider.must_stop():
            return False
        if self._direct:
            return True
        spider = self._spider
        try:
            waiting = frontier.count(spider.db, spider.key, spider.plan.least)
            return waiting > len(spider.in_flight) or self._turn()
        except TROUBLE as error:
            spider.stop(error)
            return False

    def next_request(self) -> Request | None:
        """Return the best task's request, or None when nothing is ready now."""
        spider = self._spider
        if spider.must_stop():
            return None
        if self._direct:
            return self._direct.popleft()
        if len(spider.in_flight) >= AHEAD:
            return None
        try:
            return self._take(to_text(spider.session.now()))
        except TROUBLE as error:
            spider.stop(error)
            return None

    def _take(self, now: str) -> Request | None:
        spider = self._spider
        while True:
            tasks = frontier.take(
                spider.db,
                spider.key,
                now,
                limit=1,
                but=spider.in_flight,
                least=spider.plan.least,
            )
            if not tasks and not self._turn():
                return None
            if tasks and not spider.avoid(tasks[0]):
                return spider.make_request(tasks[0])

    def _turn(self) -> bool:
        """Let the plan ask for more; a bug there must end the run, not leave it waiting."""
        spider = self._spider
        try:
            return spider.plan.turn()
        except TROUBLE:
            raise
        except Exception:
            spider.tally.bugs += 1
            logger.exception("a bug met the end of what there was to ask")
            return False
