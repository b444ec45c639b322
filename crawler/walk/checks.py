"""What the operator must learn the next morning: the ways a paper can have broken silently."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archive.instants import from_text

if TYPE_CHECKING:
    from crawler.walk.spider import PaperSpider

# A page or two without an article (a gallery, a quiz) is normal; a quarter of ten is not.
UNREAD_SHARE, UNREAD_LEAST = 0.25, 10


def find_problems(spider: PaperSpider) -> list[str]:
    """Return the failed checks of a run in words, each with what to do."""
    found = [
        f"no article links on the category page {url}: look whether it moved, then correct "
        "walk.categories or read.listing in the profile"
        for url in spider.tally.empty_categories
    ]
    if spider.tally.bugs:
        log = spider.session.root / "logs"
        found.append(f"{spider.tally.bugs} answers met a bug of khobao: report the newest {log}")
    found += _check_texts(spider)
    found += _check_day(spider)
    return found


def _check_texts(spider: PaperSpider) -> list[str]:
    tally = spider.tally
    tried = tally.without_text + tally.articles_new + tally.articles_changed
    if tried < UNREAD_LEAST or tally.without_text < tried * UNREAD_SHARE:
        return []
    return [
        f"{tally.without_text} of {tried} article pages had no article that could be read: look "
        "at one with `khobao show`, then correct [read] or walk.article in the profile"
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
