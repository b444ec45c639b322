"""What the sites of one run share: the archive, the reading workers, the clock, the caps.

Clock, network and randomness enter the house here (law 7) and are handed down.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals

from archive.clock import make_clock, read_start
from archive.days import Days
from archive.errors import TROUBLE
from archive.instants import to_text
from archive.lock import Lock
from archive.store import Archive
from crawler import config as config_file
from crawler.budget import Budget
from crawler.config import Config
from crawler.read.pool import Pool
from crawler.version import VERSION
from crawler.wire.proxy import read_proxies

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.walk.spider import PaperSpider
    from spiders.site import Site

TICK = 1.0  # seconds between looks whether a batch is due


@dataclass(frozen=True, slots=True)
class Report:
    """How the run over one site ended."""

    site: str
    outcome: str  # one of crawler/run.py's OUTCOMES
    counts: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deadline:
    """An instant on the monotonic clock."""

    at: float
    clock: Callable[[], float]

    def is_over(self) -> bool:
        """Say whether it has passed."""
        return self.clock() >= self.at


class Session:
    """One process's run over some sites; made by cli.py, or for `scrapy crawl` on demand.

    ``simulated``: the instant at which a simulated clock begins, for all that the run writes;
    ``ask_all``: ask every list, whatever its clock says; ``budget``: the time that the sites share;
    ``closings``: when visiting hours end, by site.
    """

    def __init__(
        self,
        root: Path,
        config: Config,
        *,
        max_pages: int | None = None,
        max_minutes: float | None = None,
        recheck_days: float | None = None,
        backfill: Days | None = None,
        ask_all: bool = False,
        lock: Lock | None = None,
        simulated: datetime | None = None,
        budget: Budget | None = None,
        closings: Mapping[str, datetime] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        read_proxies(os.environ)  # a wrong one is the operator's; told later it is the paper's
        self.root, self.config, self.ask_all = root, config, ask_all
        self.backfill = backfill  # the days whose articles alone are asked for
        self.simulated = simulated
        self.now = now = make_clock(simulated, monotonic)
        self.max_pages = max_pages or config.crawl.pages
        self._minutes = max_minutes or config.crawl.minutes
        self._recheck = recheck_days
        self._monotonic = monotonic
        self._budget, self._closings = budget, closings or {}
        self._begun: dict[str, float] = {}  # when each site's turn came
        self._deadlines: dict[str, Deadline] = {}
        self.waiting = 0  # sites whose turn has not come
        self._ticker: asyncio.Task[None] | None = None
        self.reports: list[Report] = []
        self.spiders: dict[str, PaperSpider] = {}  # of this run, by site
        self.archive = Archive(root, now=now, warc_bytes=config.crawl.warc_mb * 2**20, lock=lock)
        crawl = config.crawl
        self.pool = Pool(
            crawl.workers, cpu_seconds=crawl.read_seconds, memory_bytes=crawl.read_mb * 2**20
        )
        parts = [f"{name}/{version(name)}" for name in ("scrapy", "trafilatura", "warcio")]
        self.software = " ".join([f"khobao/{VERSION}", *parts])

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Scrapy copies its settings deeply, and a session is one."""
        return self

    def take_turn(self, key: str) -> float:
        """Note that a site's turn has come; return the seconds in which it may ask, 0 for none."""
        self.waiting = max(0, self.waiting - 1)
        seconds = self._minutes * 60
        if self._budget is not None:
            seconds = min(seconds, self._budget.share(self.waiting))
        if key in self._closings:
            seconds = min(seconds, (self._closings[key] - self.now()).total_seconds())
        self._begun[key] = self._monotonic()
        self._deadlines[key] = Deadline(self._begun[key] + seconds, self._monotonic)
        return max(0.0, seconds)

    def deadline(self, key: str) -> Deadline:
        """Return when a site has to end; its turn comes now if it has not been taken."""
        if key not in self._deadlines:
            self.take_turn(key)
        return self._deadlines[key]

    def elapsed(self, key: str) -> float:
        """Return the seconds since a site's turn came."""
        return self._monotonic() - self._begun.get(key, self._monotonic())

    def recheck_since(self) -> datetime | None:
        """Return since when articles are asked for again whether due or not, if at all."""
        return None if self._recheck is None else self.now() - timedelta(days=self._recheck)

    def describe_run(self, site: Site) -> dict[str, str]:
        """Return the fields of warcinfo (ISO 28500:2017, Annex A) for a site's files."""
        operator = self.config.operator
        fields = {
            "software": self.software,
            "operator": "; ".join(filter(None, (operator.name, operator.contact))),
            "http-header-user-agent": config_file.user_agent(self.config, VERSION),
            "robots": "obey (RFC 9309)",
            "format": "WARC file version 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/"
            "warc-format/warc-1.1/",
            "simulated-clock": to_text(self.simulated) if self.simulated else "",
            "description": f"{site.title} ({site.profile.home}), profile {site.digest}",
        }
        return {name: value for name, value in fields.items() if value}

    def report(self, spider: PaperSpider, outcome: str, problems: list[str]) -> None:
        """Remember how a site's run ended."""
        counts = spider.tally.counts()
        self.reports.append(Report(spider.key, outcome, counts, tuple(problems)))

    def slow_down(self, crawler: Crawler, host: str, delay: float) -> None:
        """Keep at least ``delay`` seconds between requests to a host (Crawl-delay)."""
        slots = crawler.engine.downloader.slots
        slot = slots.get(urlsplit(host).hostname or "")
        if slot is not None and slot.delay < delay:
            slot.delay = delay

    def start_ticking(self, spider: PaperSpider) -> None:
        """Commit what is due also while no page comes in. Needs a running event loop."""
        if self._ticker is None or self._ticker.done():
            self._ticker = asyncio.get_running_loop().create_task(self._tick(spider))

    async def _tick(self, spider: PaperSpider) -> None:
        while True:
            await asyncio.sleep(TICK)
            try:
                self.archive.commit_if_due()
            except TROUBLE as error:
                spider.stop(error)
                return

    async def close(self) -> None:
        """End the workers, commit, close the files, give the lock back."""
        if self._ticker is not None:
            self._ticker.cancel()
        await self.pool.close()
        self.archive.close()


def join_session(crawler: Crawler) -> Session:
    """Return the run's session; for `scrapy crawl` open one that closes with the engine."""
    session: Session | None = crawler.settings.get("KHOBAO_SESSION")
    if session is None:
        root = Path(crawler.settings["KHOBAO_ARCHIVE"])
        config = config_file.load(root / "khobao.toml")
        session = Session(root, config, simulated=read_start(os.environ))
        crawler.signals.connect(session.close, signal=signals.engine_stopped)
    return session
