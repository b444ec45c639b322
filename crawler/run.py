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
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from archive.errors import TROUBLE
from archive.index import frontier
from crawler import settings as our_settings
from crawler.loader import make_spider
from crawler.log import close_log, open_log
from crawler.progress import Pace, Progress
from crawler.session import Report, Session
from spiders.catalog import Catalog

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

logger = logging.getLogger(__name__)

GRACE = 5.0  # seconds that what is in flight has to end after a signal
PAUSE = 1.0  # seconds between two looks of the progress line
AT_ONCE = 8  # sites; each is one host that is asked once a second, so the CPU is the limit

GRAVITY = (0, 3, 4, 2, 130, 1, 5)  # ascending
OUTCOMES = {
    "finished": 0,
    "capped": 0,
    "walled": 0,  # shut out on the way: what health makes of it decides
    "postponed": 0,  # its turn did not come before the run's time was over
    "interrupted": 130,
    "storage": 5,
    "bug": 1,
    "misconfigured": 2,
    "refused": 4,
    "blocked": 4,
    "unreachable": 4,
}


def crawl(
    session: Session,
    catalog: Catalog,
    keys: Sequence[str],
    say: Callable[[Report], None],
    *,
    has_log: bool = False,
) -> int:
    """Crawl sites and return the exit code; ``say`` hears of each site's end.

    Writes a log of its own unless the caller ``has_log``. Raises ArchiveError when the archive can
    not be closed in order.
    """
    progress = Progress(sys.stderr)
    if has_log:
        asyncio.run(_crawl_all(session, catalog, keys, say, progress))
        return judge(session.reports)
    stamp = session.now().strftime("%Y%m%dT%H%M%S")
    keep = session.config.run.logs
    handler = open_log(session.root / "logs", f"crawl-{stamp}.jsonl", keep=keep)
    try:
        asyncio.run(_crawl_all(session, catalog, keys, say, progress))
    finally:
        close_log(handler)
    return judge(session.reports)


def obey_sigterm() -> None:
    """Let SIGTERM end the process as Ctrl-C does, also before and after the crawl itself."""

    def interrupt(_number: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def judge(reports: Sequence[Report]) -> int:
    """Return the gravest exit code of the reports."""
    return max((exit_of(report) for report in reports), key=GRAVITY.index, default=0)


def exit_of(report: Report) -> int:
    """Return the exit code of one site's run."""
    code = OUTCOMES[report.outcome]
    return 3 if code == 0 and report.problems else code


async def _crawl_all(
    session: Session,
    catalog: Catalog,
    keys: Sequence[str],
    say: Callable[[Report], None],
    progress: Progress,
) -> None:
    runner = AsyncCrawlerRunner(make_settings(session))
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, _stop, runner, stopped, loop)
    turns = asyncio.Semaphore(AT_ONCE)
    session.waiting = len(keys)
    telling = loop.create_task(_show_progress(session, progress))

    def end(report: Report) -> None:
        progress.clear()
        log_report(report)
        say(report)

    try:
        await asyncio.gather(
            *(_crawl_one(runner, catalog, key, session, turns, stopped, end) for key in keys)
        )
    finally:
        telling.cancel()
        progress.clear()
        await session.close()


async def _show_progress(session: Session, progress: Progress) -> None:
    while progress.active:
        await asyncio.sleep(PAUSE)
        if session.archive.broken is None:
            going = [spider for spider in session.spiders.values() if not spider.ended]
            progress.show(measure(spider) for spider in going)


def measure(spider: PaperSpider) -> Pace:
    """Return where a paper's crawl stands."""
    left = frontier.count(spider.db, spider.key)
    return Pace(spider.key, spider.tally.asked, left, spider.session.elapsed(spider.key))


def log_report(report: Report) -> None:
    """Write a paper's end into the run's log."""
    data = {
        "site": report.site,
        "outcome": report.outcome,
        "exit_code": exit_of(report),
        "counts": report.counts,
        "problems": list(report.problems),
    }
    logger.info("%s: %s", report.site, report.outcome, extra={"data": data})


async def _crawl_one(
    runner: AsyncCrawlerRunner,
    catalog: Catalog,
    key: str,
    session: Session,
    turns: asyncio.Semaphore,
    stopped: asyncio.Event,
    end: Callable[[Report], None],
) -> None:
    async with turns:
        seconds = session.take_turn(key)
        if stopped.is_set() or not seconds:
            report = Report(key, "interrupted" if stopped.is_set() else "postponed")
            session.reports.append(report)
        else:
            report = await _run_spider(runner, catalog, key, session, stopped, seconds)
    end(report)


async def _run_spider(
    runner: AsyncCrawlerRunner,
    catalog: Catalog,
    key: str,
    session: Session,
    stopped: asyncio.Event,
    seconds: float,
) -> Report:
    try:
        crawl = runner.crawl(make_spider(catalog, key))
        if not await _crawl_until(crawl, stopped, seconds + GRACE):
            await _give_up(runner, session.spiders.get(key), crawl)
        if crawl.done():
            crawl.result()
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


async def _crawl_until(crawl: asyncio.Future[None], stopped: asyncio.Event, seconds: float) -> bool:
    """Wait for a crawl's end, so many seconds and after a signal no longer than GRACE; say whether
    nobody has to end it.

    A dripping server, a Crawl-delay or a heavy page would else hold a stopping machine for
    minutes. What is given up is still in the frontier; asyncio.run cancels its tasks.
    """
    signalled = asyncio.ensure_future(stopped.wait())
    try:
        both: tuple[asyncio.Future[Any], ...] = (crawl, signalled)
        await asyncio.wait(both, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if not crawl.done() and stopped.is_set():
            await asyncio.wait([crawl], timeout=GRACE)
            return True
        return crawl.done()
    finally:
        signalled.cancel()


async def _give_up(
    runner: AsyncCrawlerRunner, spider: PaperSpider | None, crawl: asyncio.Future[None]
) -> None:
    """End one paper's crawl whose time is over: what is in flight gets GRACE more."""
    if spider is None:
        crawl.cancel()
        return
    spider.out_of_time = True
    for crawler in list(runner.crawlers):
        if crawler.spider is spider:
            _keep(asyncio.get_running_loop().create_task(crawler.stop_async()))
    await asyncio.wait([crawl], timeout=GRACE)


def _stop(
    runner: AsyncCrawlerRunner, stopped: asyncio.Event, loop: asyncio.AbstractEventLoop
) -> None:
    """End all crawls in order; a second signal finds the default handlers and ends at once."""
    stopped.set()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.remove_signal_handler(number)
    _keep(loop.create_task(runner.stop()))


def _keep(task: asyncio.Task[None]) -> None:
    _tasks.add(task)
    task.add_done_callback(_tasks.discard)


_tasks: set[asyncio.Task[None]] = set()  # asyncio keeps only weak references


def make_settings(session: Session) -> Settings:
    """Return Scrapy's settings for a run."""
    settings = Settings()
    settings.setmodule(our_settings, priority="project")
    settings.set("KHOBAO_ARCHIVE", str(session.root), priority="cmdline")
    settings.set("KHOBAO_SESSION", session, priority="cmdline")
    settings.set("TWISTED_REACTOR_ENABLED", False, priority="cmdline")
    return settings
