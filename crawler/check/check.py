"""The deed of `khobao check`: look at a paper, or at what is held of it, and judge the profile."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.index.templates import Learned, find_template
from crawler.check.count import Counts, count
from crawler.check.source import Shelf
from crawler.check.tell import describe, write_report
from crawler.check.tour import BUDGET, Looked, Tour
from crawler.check.verdict import Finding, find_barrier, judge
from crawler.config import Config
from crawler.learn import load_template
from crawler.read.pool import Pool
from crawler.read.template import NONE, Template
from crawler.scaffold.ends import Unavailable
from crawler.scaffold.visit import Visitor
from spiders.site import Site


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a check."""

    looked: Looked
    counts: Counts
    findings: list[Finding]
    template: Learned | None
    source: str

    @property
    def exit_code(self) -> int:
        """3 where the profile no longer understands its paper."""
        return 3 if any(one.level == "problem" for one in self.findings) else 0

    def describe(self) -> dict[str, Any]:
        """The object for ``--json``."""
        told = describe(self.looked, self.counts, self.findings, self.template, self.source)
        return {**told, "exit_code": self.exit_code}

    def write_report(self) -> str:
        """The table for a person."""
        return write_report(self.looked, self.counts, self.findings, self.template, self.source)


def check_paper(
    site: Site, config: Config, db: sqlite3.Connection | None, now: datetime
) -> Checked:
    """Look at the paper itself. ``db``: an archive's index, if there is one, for its template.

    Raises Unavailable where it can not be reached.
    """
    return asyncio.run(_check_paper(site, config, db, now))


def check_archive(
    site: Site, config: Config, db: sqlite3.Connection, root: Path, now: datetime
) -> Checked:
    """Look at the latest captures of a site; no request is sent.

    Raises Unavailable where nothing of it is held, or nothing but refusals.
    """
    return asyncio.run(_check_archive(site, config, db, root, now))


async def _check_paper(
    site: Site, config: Config, db: sqlite3.Connection | None, now: datetime
) -> Checked:
    pool = make_pool(config)
    manners = site.profile.manners
    try:
        async with Visitor(config, delay=manners.delay, budget=BUDGET, tls=manners.tls) as visitor:
            tour = Tour(visitor, pool, site, _load(db, site), today=_today(site, now))
            looked = await tour.run()
            looked.requests = visitor.asked
    finally:
        await pool.close()
    return _conclude(looked, db, f"{looked.requests} requests", is_web=True)


async def _check_archive(
    site: Site, config: Config, db: sqlite3.Connection, root: Path, now: datetime
) -> Checked:
    pool = make_pool(config)
    shelf = Shelf(db, root, site, BUDGET)
    try:
        tour = Tour(
            shelf,
            pool,
            site,
            _load(db, site),
            holds=shelf.holds,
            recent=shelf.list_recent(),
            today=_today(site, now),
        )
        looked = await tour.run()
    finally:
        await pool.close()
    return _conclude(looked, db, f"{shelf.asked} captures of the archive", is_web=False)


def _conclude(
    looked: Looked, db: sqlite3.Connection | None, source: str, *, is_web: bool
) -> Checked:
    barrier = find_barrier(looked)
    if barrier is not None:
        raise Unavailable(barrier)
    counts = count(looked)
    findings = judge(looked, counts, is_web=is_web)
    template = find_template(db, looked.site.key) if db is not None else None
    return Checked(looked, counts, findings, template, source)


def _load(db: sqlite3.Connection | None, site: Site) -> Template:
    return load_template(db, site.key) if db is not None else NONE


def _today(site: Site, now: datetime) -> Any:
    return now.astimezone(site.timezone).date()


def make_pool(config: Config) -> Pool:
    """One reading worker with the limits of khobao.toml."""
    crawl = config.crawl
    return Pool(1, cpu_seconds=crawl.read_seconds, memory_bytes=crawl.read_mb * 2**20)
