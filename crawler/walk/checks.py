"""What the operator must learn the next morning: the ways a paper can have broken silently.

Most of it is learned from the archive (archive/health.py); here it is joined with what the profile
itself expects ([expect]), whose word wins, and with faults of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.health import examine
from archive.instants import from_text
from archive.roads import excuses
from crawler.walk.tally import CHALLENGE

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

LEAST = 10  # new articles before their shares are held against [expect.share]
_LACKING = {
    "title": "title = ''",
    "lead": "lead IS NULL",
    "text": "body = ''",
    "date": "date_published IS NULL",
    "author": "authors = '[]'",
    "image": "NOT EXISTS (SELECT 1 FROM images i WHERE i.article_id = v.article_id "
    "AND i.version = v.version)",
}
PLACES = ("body", "title", "date")  # of [read]
LOST_LEAST = 3  # articles: one of another template is no redesign


def find_problems(spider: PaperSpider, outcome: str) -> tuple[list[str], list[str]]:
    """Return the failed checks of a run in words, each with what to do, and likewise what is worth
    a look and no alarm."""
    found = []
    expect = spider.site.profile.expect
    health = examine(spider.db, spider.key, spider.session.now(), outcome=outcome)
    for finding in health.findings:
        if finding.kind != "volume" or expect.articles is None:
            found.append(f"{finding.words}: {finding.remedy}")
    notes = [f"{note.words}: {note.remedy}" for note in health.notes]
    told = [finding.words for finding in (*health.findings, *health.notes)]
    found += [words for words in _check_categories(spider) if not _is_told(words, told)]
    if spider.tally.bugs:
        log = spider.session.root / "logs"
        found.append(f"{spider.tally.bugs} answers met a bug of khobao: report the newest {log}")
    found += [*_check_shares(spider), *_check_places(spider)]
    return [*found, *_check_day(spider)], notes


def _check_categories(spider: PaperSpider) -> list[str]:
    """Name the category pages without articles; the archive does not know those that answered
    under another spelling of their address. An index of lists is none of them."""
    return [
        f"no article links on the category page {url}: look whether it moved, then correct "
        "walk.categories or read.listing in the profile"
        for url in spider.tally.empty_categories
        if not excuses(spider.db, url)
    ]


def _is_told(words: str, told: Sequence[str]) -> bool:
    """Whether what is said of a category page was said of it before, with more words."""
    page = words.partition(": look")[0]
    return any(one == page or one.startswith((f"{page},", f"{page} ")) for one in told)


def explain_failure(spider: PaperSpider, outcome: str) -> list[str]:
    """Return why a paper could not be crawled, in words, with what to do; nothing if it could."""
    if outcome not in ("unreachable", "refused", "blocked"):
        if not spider.patience.is_closed(spider.site.profile.home):
            return []
        return [
            "the paper answered 429 or 503 and asked for more time than a run waits; the rest is "
            "left to the next run: ask less often ([manners] delay), or write to the paper"
        ]
    said = _name_cause(spider)
    remedy = {
        "unreachable": "look at the paper in a browser; if it moved, correct home and domains",
        "refused": "ask the paper for permission, or leave it out of [run]",
        "blocked": "ask less often ([manners] delay), or write to the paper",
    }
    return [f"not crawled: {said}: {remedy[outcome]}"]


def _name_cause(spider: PaperSpider) -> str:
    """Return why no page came: robots.txt, the answers' statuses, or what kept them away."""
    tally = spider.tally
    if why := dict.fromkeys(tally.robots_unavailable.values()):
        return f"robots.txt could not be read ({', '.join(why)})"
    statuses = sorted(status for status in tally.statuses if status.isdigit())
    failures = sorted(status for status in tally.statuses if not status.isdigit())
    if statuses == [str(CHALLENGE)]:
        return f"a challenge for browsers instead of pages (http {CHALLENGE})"
    if statuses:
        return f"http {', '.join([*statuses, *failures])}"
    if failures:
        return f"no connection ({', '.join(failures)})"
    return "robots.txt forbids it" if tally.refused else "nothing was asked for"


def _check_shares(spider: PaperSpider) -> list[str]:
    """Compare the new articles of this crawl with the profile's [expect.share]."""
    least = {
        name: share
        for name, share in spider.site.profile.expect.share.model_dump().items()
        if share is not None
    }
    if not least:
        return []
    lacking = ", ".join(f"coalesce(sum({_LACKING[name]}), 0)" for name in least)
    total, *counts = spider.db.execute(
        f"SELECT count(*), {lacking} FROM captures c JOIN versions v ON v.capture_id = c.id "
        "AND v.version = 1 WHERE c.crawl_id = ?",
        (spider.crawl_id,),
    ).fetchone()
    if total < LEAST:
        return []
    return [
        f"{total - lacks} of {total} new articles have the field {name}, expected {share:.0%}: "
        f"correct [read] in the profile, or [expect.share]"
        for (name, share), lacks in zip(least.items(), counts, strict=True)
        if total - lacks < share * total
    ]


def _check_places(spider: PaperSpider) -> list[str]:
    """Tell when a place that was seen to lead to text, headline or date leads nowhere on most
    articles: general ways may read them still, and nobody would know before they fail."""
    tally = spider.tally
    read = tally.articles_new + tally.articles_changed
    counts = {name: tally.warnings[f"profile-{name}"] for name in PLACES}
    lost = {
        name: count
        for name, count in counts.items()
        if spider.site.trusted(f"read.{name}") == "seen" and count >= LOST_LEAST
        if 2 * count >= read
    }
    return [
        f"read.{name} matched nothing on {count} article pages: the layout changed; look at one "
        "with `khobao show`, then correct [read] in the profile, or learn it anew with `khobao new`"
        for name, count in lost.items()
    ]


def _check_day(spider: PaperSpider) -> list[str]:
    """Compare yesterday's articles (the paper's own day) with the profile's [expect].

    Only from the second day on that the paper is followed: before, the count says nothing.
    """
    band = spider.site.profile.expect.articles
    if band is None:
        return []
    yesterday = spider.session.now().astimezone(spider.site.timezone) - timedelta(days=1)
    day = yesterday.replace(hour=0, minute=0, second=0, microsecond=0)
    row = spider.db.execute(
        "SELECT min(started_at) FROM crawls WHERE site = ?", (spider.key,)
    ).fetchone()
    if not row[0] or from_text(row[0]) > day:
        return []
    count = spider.db.execute(
        "SELECT count(*) FROM articles WHERE site = ? AND published_on = ?",
        (spider.key, day.date().isoformat()),
    ).fetchone()[0]
    if band[0] <= count <= band[1]:
        return []
    return [
        f"{count} articles of {day.date().isoformat()}, expected {band[0]} to {band[1]}: look at "
        "the paper's category pages, or correct [expect] in the profile"
    ]
