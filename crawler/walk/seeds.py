"""The beginning and the end of a run over one paper: what is written down, what is due."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import TROUBLE
from archive.events import pack
from archive.index import frontier
from archive.index.parts import find_lacking
from archive.index.unread import find_unread
from archive.instants import to_text
from archive.records import Link, Role
from crawler.walk import checks, clock, freshness, witness
from crawler.walk.eras import keep_profile
from crawler.walk.menus import find_lists, is_wanted
from crawler.walk.ranks import PRIORITY
from crawler.walk.signals import find_children

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
        "merged_into": profile.merged_into,
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
    keep_profile(archive, site)
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
    spider.trusted = witness.find_trusted(db, key, now, spider.site.timezone)
    if not spider.session.ask_all:
        pages = spider.site.pages
        named = name_lists(spider, seeds)
        told = list_alarmed(db, key, named)
        spider.clock = clock.learn(db, key, now, pages=pages, trusted=spider.trusted, named=named)
        spider.clock.looks = tuple(dict.fromkeys((*told, *spider.clock.looks)))
        for url in spider.clock.looks:
            spider.plan.push_lists([url], PRIORITY["look"])
    for link in seeds:
        spider.plan.push_lists([link.url], PRIORITY[link.role])
    for url in sorted(spider.clock.witnesses - _list_dropped(db, key, seeds)):
        frontier.push(db, key, [url], PRIORITY["sitemap"], again=True)
    waiting = db.execute(
        "SELECT url, role FROM addresses WHERE site = ? AND tries < ? AND "
        "(state = 'announced' OR (state = 'failed' AND role <> 'home')) AND NOT EXISTS (SELECT 1 "
        "FROM sightings s WHERE s.address_id = addresses.id AND s.source = 'backfill') AND NOT "
        "(role = 'category' AND page > ?) ORDER BY id",
        (key, MAX_TRIES, spider.site.pages),
    ).fetchall()
    for url, role in waiting:
        frontier.push(db, key, [url], PRIORITY.get(role, PRIORITY["related"]))
    lacking = find_lacking(db, key, MAX_TRIES)
    unread = find_unread(db, key, now)
    frontier.push(db, key, [*lacking, *unread], PRIORITY["again"], again=True)
    added = ask_again(spider, spider.trusted)
    since = spider.session.recheck_since()
    if since:
        within = freshness.find_within(db, key, since)
        added += frontier.push(db, key, within, PRIORITY["again"], again=True)
    logger.info(
        "%s: %d addresses never answered, %d asked again, %d lists rest",
        *(key, len(waiting), added, len(spider.resting)),
    )


def _list_dropped(db: sqlite3.Connection, key: str, seeds: list[Link]) -> frozenset[str]:
    """Return the lists that the profile named once and names no more: a paper that moved has its
    old front page told as leading elsewhere for as long as it is asked."""
    rows = db.execute(
        "SELECT DISTINCT a.url FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE a.site = ? AND s.channel = 'start'",
        (key,),
    )
    return frozenset(url for (url,) in rows) - {link.url for link in seeds}


def list_alarmed(db: sqlite3.Connection, key: str, named: Collection[str]) -> list[str]:
    """Return the lists of which the last crawl told something: asked each night until they are
    sound, since an alarm that is silent the next morning passes for mended."""
    row = db.execute(
        "SELECT problems FROM crawls WHERE site = ? AND ended_at IS NOT NULL "
        "ORDER BY started_at DESC LIMIT 1",
        (key,),
    ).fetchone()
    told = "\n".join(json.loads(row[0])) if row else ""
    return sorted(url for url in named if url in told)


def name_lists(spider: PaperSpider, seeds: list[Link]) -> frozenset[str]:
    """Return the lists that the profile stands for: those it names, those that its front page
    names where it leaves that to it, and the files of its sitemap indexes that are asked for."""
    found = {link.url for link in seeds}
    for link in seeds:
        if link.role == "sitemap":
            found.update(find_children(spider.db, link.url))
        elif link.role == "home":
            menu = find_lists(spider.db, link.url)
            found.update(url for url, role in menu if is_wanted(spider.site, "home", role))
    return frozenset(found)


def ask_again(spider: PaperSpider, trusted: frozenset[str]) -> int:
    """Put the articles that are due onto the frontier; return how many they are.

    Those with a sign of removal go last: what was first missed in the midst of a night is then
    asked no sooner on the second night after it, and is believed (archive/index/ledger.py).
    """
    now, zone = spider.session.now(), spider.site.timezone
    due = list(freshness.find_due(spider.db, spider.key, now, zone, trusted))
    gone = [known.url for known in due if known.gone or known.is_doubted]
    there = [known.url for known in due if not (known.gone or known.is_doubted)]
    pushed = frontier.push(spider.db, spider.key, there, PRIORITY["again"], again=True)
    return pushed + frontier.push(spider.db, spider.key, gone, PRIORITY["sign"], again=True)


def wake_lists(spider: PaperSpider) -> bool:
    """Ask the lists that rest where those that were asked are not to be believed tonight; where a
    trusted sitemap did not answer, also the articles it stands for."""
    db, key, plan = spider.db, spider.key, spider.plan
    failed = {
        url
        for (url,) in db.execute(
            "SELECT url FROM addresses WHERE site = ? AND state IN ('failed', 'gone') AND "
            "role IN ('home', 'category', 'feed', 'sitemap')",
            (key,),
        )
    }
    (brought,) = db.execute(
        "SELECT count(DISTINCT a.id) FROM addresses a JOIN sightings s ON s.address_id = a.id "
        "WHERE a.site = ? AND a.role = 'article' AND a.first_seen_at >= ? AND "
        "s.channel IN ('home', 'category', 'feed', 'sitemap')",
        (key, spider.started_at),
    ).fetchone()
    doubt = spider.clock.find_doubt(brought, failed, spider.full)
    if not doubt or spider.tally.judge() is not None:  # a paper that is down has no other lists
        return False
    logger.info("%s: %s: all lists are asked", key, doubt)
    spider.tally.doubt = doubt
    if spider.trusted & failed:
        ask_again(spider, spider.trusted - failed)
    for url, priority in spider.resting.items():
        plan.push([url], priority, again=True)
    spider.resting.clear()
    return frontier.count(db, key) > 0


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
    notes: list[str] = []
    if spider.backward is not None:  # a walk through the past says nothing of tonight
        problems = spider.backward.finish()
    else:
        problems = checks.explain_failure(spider, outcome)
        if outcome in ("finished", "capped", "walled", "bug"):
            failed, notes = checks.find_problems(spider, outcome)
            problems += failed
    spider.archive.note(
        spider.key,
        "crawl-end",
        {
            "crawl_id": spider.crawl_id,
            "ended_at": to_text(spider.session.now()),
            "outcome": outcome,
            "counts": spider.tally.counts(),
            "problems": problems,
            "notes": notes,
        },
    )
    spider.archive.close_site(spider.key)
    return outcome, problems


def name_outcome(spider: PaperSpider, reason: str) -> str:
    """Return how a run ended, in the words of crawler/run.py's OUTCOMES."""
    if reason == "shutdown" and not spider.out_of_time:
        return "interrupted"
    if spider.tally.bugs:
        return "bug"
    if spider.backward is not None and not (spider.tally.asked or spider.tally.refused):
        return "finished"  # nothing was left to ask for
    left = frontier.count(spider.db, spider.key, spider.plan.least)
    if left and spider.is_shut_out:
        return spider.tally.judge() or "walled"
    cut = spider.out_of_time or (left and spider.must_stop())
    return spider.tally.judge() or ("capped" if cut else "finished")
