"""The deed of `khobao new`: survey a paper, settle the answers, write profile and fixture.

Nothing is written before all is known, and the profile is read back by the house's own loader: what
`khobao crawl` would refuse is a bug here.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from crawler.config import Config
from crawler.read.pool import Pool
from crawler.scaffold.draft import write_profile
from crawler.scaffold.fields import settle_fields, settle_login
from crawler.scaffold.findings import Findings
from crawler.scaffold.fixture import choose_article, write_fixture
from crawler.scaffold.readings import (
    settle_blocks,
    settle_clock,
    settle_contrast,
    settle_language,
    settle_name,
    settle_readings,
)
from crawler.scaffold.survey import Survey
from crawler.scaffold.tell import tell_platform
from crawler.scaffold.visit import Visitor
from spiders import profile


def survey_paper(url: str, key: str, config: Config, *, delay: float) -> Findings:
    """Look at a paper and settle all answers; nothing is written.

    Raises Unavailable and NotUnderstood.
    """
    return asyncio.run(_survey(url, key, config, delay))


async def _survey(url: str, key: str, config: Config, delay: float) -> Findings:
    crawl = config.crawl
    pool = Pool(1, cpu_seconds=crawl.read_seconds, memory_bytes=crawl.read_mb * 2**20)
    try:
        async with Visitor(config, delay=delay) as visitor:
            found = await Survey(visitor, pool, key).run(url)
        tell_platform(found)
        settle_name(found)
        settle_language(found)
        settle_clock(found)
        await settle_login(found, pool)
        await settle_blocks(found, pool, await settle_contrast(found, pool))
        await settle_fields(found, pool)
        await settle_readings(found, pool)
        return found
    finally:
        await pool.close()


def write_site(found: Findings, path: Path) -> list[Path]:
    """Write the profile at ``path`` and the fixture beside it; return the fixture's files."""
    text = write_profile(found)
    profile.load(text, str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    page = choose_article(found.articles)
    files = write_fixture(page, path.parent / found.key) if page else []
    part = path.with_name(f"{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
    return files
