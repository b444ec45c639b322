"""The beginning and the end of a run over one paper: what is written down, what is due."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import TROUBLE
from archive.events import pack
from archive.index import frontier
from archive.instants import to_text
from archive.records import Link, Role
from crawler.walk import checks, freshness
from crawler.walk.plan import PRIORITY

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider
    from spiders.site import Site

logger = logging.getLogger(__name__)

MAX_TRIES = 8  # nights an address that never answered is asked for


def name_crawl(key: str, at: datetime) -> str:
    """Return the identity of a crawl: its site and the instant it began."""
    return f"{key}-{at.strftime('%Y%m%dT%H%M%S.%fZ')}"


def describe_site(site: Site) -> dict[str, Any]:
    """Return the columns of ``sites`` for a paper."""
    profile = site.profile
    return {
        "site": site.key,
        "title": site.title,
        "home": profile.home,
        "domain": urlsplit(profile.home).netloc,
        "region": profile.region,
        "province": profile.province,
        "language": profile.language,
        "timezone": profile.timezone,
        "platform": profile.platform,
        "profile": site.digest,
    }


def begin(spider: PaperSpider) -> None:
    """Open the site in the archive, announce the start addresses, fill the frontier."""
    session, site, archive = spider.session, spider.site, spider.archive
    described = describe_site(site)
    archive.open_site(described, crawl_id=spider.crawl_id, info=session.describe_run(site))
    seeds = list_seeds(spider) if spider.backward is None else []
    archive.note(
        site.key,
        "crawl-start",
        {
            "crawl_id": spider.crawl_id,
            "started_at": spider.started_at,
            "software": session.software,
            "site": {k: v for k, v in described.items() if v is not None},
            "seeds": [pack(link) for link in seeds],
        },
    )
    if spider.backward is None:
        fill(spider, seeds)
    else:
        spider.backward.fill()
    archive.commit()


def list_seeds(spider: PaperSpider) -> list[Link]:
    """Return the start addresses of a paper in their canonical spelling."""
    walk = spider.site.profile.walk
    places: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("home", (spider.site.profile.home,)),
        ("category", walk.categories),
        ("feed", walk.feeds),
        ("sitemap", walk.sitemaps),
    )
    found: dict[str, Link] = {}
    today = spider.session.now().astimezone(spider.site.timezone).date()
    dated = spider.site.dated_sitemaps(today - timedelta(days=1), today)
    for role, urls in (*places, ("sitemap", dated)):
        for position, url in enumerate(urls):
            address = spider.judge.spell(url)
            if address is not None:
                found.setdefault(address, Link(address, "start", position, role))
    return list(found.values())


def fill(spider: PaperSpider, seeds: list[Link]) -> None:
    """Fill the frontier: what the last run left, start addresses, what was never answered, what
    is due again."""
    db, key, now = spider.db, spider.key, spider.session.now()
    frontier.wake(db, key)
    for link in seeds:
        frontier.push(db, key, [link.url], PRIORITY[link.role], again=True)
    waiting = db.execute(
        "SELECT url, role FROM addresses WHERE site = ? AND tries < ? AND "
        "(state = 'announced' OR (state = 'failed' AND role <> 'home')) AND NOT EXISTS (SELECT 1 "
        "FROM sightings s WHERE s.address_id = addresses.id AND s.source = 'backfill') AND NOT "
        "(role = 'category' AND page > ?) ORDER BY id",
        (key, MAX_TRIES, spider.site.pages),
    ).fetchall()
    for url, role in waiting:
        frontier.push(db, key, [url], PRIORITY.get(role, PRIORITY["related"]))
    due = freshness.find_due(db, key, now)
    since = spider.session.recheck_since()
    again = freshness.find_within(db, key, since) if since else ()
    added = frontier.push(db, key, [*due, *again], PRIORITY["again"], again=True)
    logger.info("%s: %d addresses never answered, %d asked again", key, len(waiting), added)


def finish(spider: PaperSpider, reason: str) -> None:
    """Write down how the run ended; close the site's WARC file."""
    outcome = "storage"
    problems: list[str] = []
    try:
        if spider.fatal is None:
            outcome, problems = conclude(spider, reason)
    except TROUBLE as error:
        spider.stop(error)
    if spider.fatal is not None:
        outcome, problems = "storage", [str(spider.fatal)]
    spider.session.report(spider, outcome, problems)


def conclude(spider: PaperSpider, reason: str) -> tuple[str, list[str]]:
    """Put outcome and failed checks into the WARC, close its file, and return them."""
    outcome = name_outcome(spider, reason)
    spider.flush_skips()
    if spider.backward is not None:  # a walk through the past says nothing of tonight
        problems = spider.backward.finish()
    else:
        checked = outcome in ("finished", "capped", "bug")
        problems = checks.find_problems(spider, outcome) if checked else []
    spider.archive.note(
        spider.key,
        "crawl-end",
        {
            "crawl_id": spider.crawl_id,
            "ended_at": to_text(spider.session.now()),
            "outcome": outcome,
            "counts": spider.tally.counts(),
            "problems": problems,
        },
    )
    spider.archive.close_site(spider.key)
    return outcome, problems


def name_outcome(spider: PaperSpider, reason: str) -> str:
    """Return how a run ended, in the words of crawler/run.py's OUTCOMES."""
    if reason == "shutdown":
        return "interrupted"
    if spider.tally.bugs:
        return "bug"
    if spider.backward is not None and not (spider.tally.asked or spider.tally.refused):
        return "finished"  # nothing was left to ask for
    left = frontier.count(spider.db, spider.key, spider.plan.least)
    return spider.tally.judge() or ("capped" if left and spider.must_stop() else "finished")
