"""What the sites of one run share: the archive, the reading workers, the clock, the caps.

Clock, network and randomness enter the house here (law 7) and are handed down.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy import signals

from archive.days import Days
from archive.errors import TROUBLE
from archive.lock import Lock
from archive.store import Archive, utc_now
from crawler import config as config_file
from crawler.config import Config
from crawler.read.pool import Pool
from crawler.version import VERSION

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.walk.spider import PaperSpider
    from spiders.site import Site

TICK = 1.0  # seconds between looks whether a batch is due


@dataclass(frozen=True, slots=True)
class Report:
    """How the run over one site ended."""

    site: str
    outcome: str  # finished, capped, interrupted, refused, blocked, unreachable, storage, bug
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
    """One process's run over some sites; made by run.py, or for `scrapy crawl` on demand."""

    def __init__(
        self,
        root: Path,
        config: Config,
        *,
        max_pages: int | None = None,
        max_minutes: float | None = None,
        recheck_days: float | None = None,
        backfill: Days | None = None,
        lock: Lock | None = None,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.root, self.config, self.now = root, config, now
        self.backfill = backfill  # the days whose articles alone are asked for
        self.max_pages = max_pages or config.crawl.pages
        self._minutes = max_minutes or config.crawl.minutes
        self._recheck = recheck_days
        self._monotonic = monotonic
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

    def deadline(self) -> Deadline:
        """Return when a site that starts now has to end."""
        return Deadline(self._monotonic() + self._minutes * 60, self._monotonic)

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
        session = Session(root, config_file.load(root / "khobao.toml"))
        crawler.signals.connect(session.close, signal=signals.engine_stopped)
    return session
