"""One process, some sites, one exit code.

Reactor-less Scrapy (2.19: TWISTED_REACTOR_ENABLED off) on asyncio.run: signals, workers and the
end of the run are in one place. `scrapy crawl` goes its own way over the same spider.

Exit codes are archive/door.py's. With several sites the gravest wins, in the order of GRAVITY;
a site that fails does not keep the others from being crawled.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Sequence
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from archive.errors import TROUBLE
from crawler import settings as our_settings
from crawler.loader import make_spider
from crawler.log import close_log, open_log
from crawler.session import Report, Session
from spiders.catalog import Catalog

logger = logging.getLogger(__name__)

GRACE = 5.0  # seconds that what is in flight has to end after a signal
AT_ONCE = 8  # sites; each is one host that is asked once a second, so the CPU is the limit

GRAVITY = (0, 3, 4, 2, 130, 1, 5)  # ascending
OUTCOMES = {
    "finished": 0,
    "capped": 0,
    "interrupted": 130,
    "storage": 5,
    "bug": 1,
    "refused": 4,
    "blocked": 4,
    "unreachable": 4,
}


def crawl(
    session: Session, catalog: Catalog, keys: Sequence[str], say: Callable[[Report], None]
) -> int:
    """Crawl sites and return the exit code; ``say`` hears of each site's end.

    Raises ArchiveError when the archive can not be closed in order.
    """
    stamp = session.now().strftime("%Y%m%dT%H%M%S")
    handler = open_log(session.root / "logs" / f"crawl-{stamp}.jsonl")
    try:
        asyncio.run(_crawl_all(session, catalog, keys, say))
    finally:
        close_log(handler)
    return judge(session.reports)


def judge(reports: Sequence[Report]) -> int:
    """Return the gravest exit code of the reports."""
    return max((exit_of(report) for report in reports), key=GRAVITY.index, default=0)


def exit_of(report: Report) -> int:
    """Return the exit code of one site's run."""
    code = OUTCOMES[report.outcome]
    return 3 if code == 0 and report.problems else code


async def _crawl_all(
    session: Session, catalog: Catalog, keys: Sequence[str], say: Callable[[Report], None]
) -> None:
    runner = AsyncCrawlerRunner(make_settings(session))
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, runner, stopped, loop)
    turns = asyncio.Semaphore(AT_ONCE)
    try:
        await asyncio.gather(
            *(_crawl_one(runner, catalog, key, session, turns, stopped, say) for key in keys)
        )
    finally:
        await session.close()


async def _crawl_one(
    runner: AsyncCrawlerRunner,
    catalog: Catalog,
    key: str,
    session: Session,
    turns: asyncio.Semaphore,
    stopped: asyncio.Event,
    say: Callable[[Report], None],
) -> None:
    async with turns:
        if stopped.is_set():
            report = Report(key, "interrupted")
            session.reports.append(report)
        else:
            report = await _run_spider(runner, catalog, key, session, stopped)
    say(report)


async def _run_spider(
    runner: AsyncCrawlerRunner,
    catalog: Catalog,
    key: str,
    session: Session,
    stopped: asyncio.Event,
) -> Report:
    try:
        await _crawl_until(runner.crawl(make_spider(catalog, key)), stopped)
        if key in session.spiders:
            session.spiders[key].end("shutdown")  # no effect but on one that was given up
    except TROUBLE as error:
        session.reports.append(Report(key, "storage", problems=(str(error),)))
    except Exception:
        logger.exception("the crawl of %s ended with a bug", key)
    found = [report for report in session.reports if report.site == key]
    if not found:
        log = session.root / "logs"
        found = [Report(key, "bug", problems=(f"unexpected error: see the newest file in {log}",))]
        session.reports += found
    return found[-1]


async def _crawl_until(crawl: asyncio.Future[None], stopped: asyncio.Event) -> None:
    """Wait for a crawl's end, after a signal no longer than GRACE.

    A dripping server, a Crawl-delay or a heavy page would else hold a stopping machine for
    minutes. What is given up is still in the frontier; asyncio.run cancels its tasks.
    """
    signalled = asyncio.ensure_future(stopped.wait())
    try:
        both: tuple[asyncio.Future[Any], ...] = (crawl, signalled)
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        if not crawl.done():
            await asyncio.wait([crawl], timeout=GRACE)
    finally:
        signalled.cancel()
    if crawl.done():
        crawl.result()


def _stop(
    runner: AsyncCrawlerRunner, stopped: asyncio.Event, loop: asyncio.AbstractEventLoop
) -> None:
    """End all crawls in order; a second signal finds the default handlers and ends at once."""
    stopped.set()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.remove_signal_handler(number)
    _tasks.add(loop.create_task(runner.stop()))


_tasks: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references


def make_settings(session: Session) -> Settings:
    """Return Scrapy's settings for a run."""
    settings = Settings()
    settings.setmodule(our_settings, priority="project")
    settings.set("KHOBAO_ARCHIVE", str(session.root), priority="cmdline")
    settings.set("KHOBAO_SESSION", session, priority="cmdline")
    settings.set("TWISTED_REACTOR_ENABLED", False, priority="cmdline")
    return settings
