"""Feeds and sitemaps of a paper: where they are asked for, and what is said where none is."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.scaffold.clues import Clues
from crawler.scaffold.feeders import Feeders, find_feeders, find_later
from crawler.scaffold.findings import make_site
from crawler.scaffold.visit import Visit
from spiders.platform import load_platform

BASE = "https://paper.test"
SITE = make_site("paper", {"home": f"{BASE}/", "platform": "wordpress"})
AT = datetime(2026, 2, 5, tzinfo=UTC)
MAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{}</loc></url></urlset>"
)
INDEX = "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</sitemapindex>"
STORY = MAP.format(f"{BASE}/farming/a-story-of-many-words-in-the-valley/")
SYSTEM = load_platform("wordpress")
HABITS = [*SYSTEM.answers["walk"]["sitemaps"], *SYSTEM.answers["walk"]["feeds"],
          *SYSTEM.fingerprint["places"]]  # fmt: skip


class Answers:
    """A visitor that gets what a table holds, and notes what it was asked for."""

    def __init__(self, pages: dict[str, str], named: tuple[str, ...] = ()) -> None:
        self.pages, self.named = pages, named
        self.asked: list[str] = []
        self.visits: dict[str, Visit] = {}
        self.misses: dict[str, str] = {}

    def sitemaps(self) -> tuple[str, ...]:
        """What robots.txt names."""
        return self.named

    async def get(self, url: str) -> Visit | None:
        """A page of the table."""
        self.asked.append(url.removeprefix(BASE))
        text = self.pages.get(url.removeprefix(BASE))
        if text is None:
            self.misses[url] = "robots.txt" if "post-" in url else "http 404"
            return None
        kind = (("content-type", "text/html" if url.endswith("/") else "application/xml"),)
        self.visits[url] = Visit(url, url, 200, kind, text.encode(), AT)
        return self.visits[url]


def find(visitor: Any) -> Feeders:
    """What is found of a paper whose front page names nothing."""
    page = b"<html><head><title>x</title></head><body><p>Front</p></body></html>"
    home = Visit(f"{BASE}/", f"{BASE}/", 200, (("content-type", "text/html"),), page, AT)
    return asyncio.run(find_feeders(visitor, home, Clues(SITE), HABITS))


@pytest.mark.parametrize("place", ["/wp-sitemap.xml", "/sitemap_index.xml", "/post-sitemap.xml"])
def test_all_places_of_the_system_are_asked_until_one_answers(place: str) -> None:
    """Its own sitemap, and those of its plugins; an index leads on to the one of articles."""
    child = f"<sitemap><loc>{BASE}/posts-1.xml</loc></sitemap>"
    index = INDEX.format(f"<sitemap><loc>{BASE}/category-sitemap.xml</loc></sitemap>{child}")
    pages = {place: STORY} if place.startswith("/post-") else {place: index, "/posts-1.xml": STORY}
    visitor = Answers(pages)
    assert list(find(visitor).sitemaps) == [BASE + place]
    assert "/sitemap.xml" not in visitor.asked and "/feed/" in visitor.asked


def test_what_nothing_answered_is_told_with_the_reason() -> None:
    """Each place that was asked for, with what came: no file, or robots.txt forbids it."""
    found = find(Answers({}))
    told = {url.removeprefix(BASE): why for url, why in found.tried.items()}
    assert told["/wp-sitemap.xml"] == told["/sitemap_index.xml"] == told["/feed/"] == "http 404"
    assert told["/post-sitemap.xml"] == "robots.txt"
    assert found.sitemaps == {} and found.named == []


def test_what_robots_names_is_taken_before_all_guesses() -> None:
    """Three of them; the others are told, and nothing else is asked for."""
    named = tuple(f"{BASE}/m{n}.xml" for n in range(5))
    visitor = Answers({f"/m{n}.xml": STORY for n in range(5)}, named)
    found = find(visitor)
    assert len(found.sitemaps) == 3 and len(found.named) == 2
    assert not any("wp-sitemap" in path for path in visitor.asked)


def test_a_feed_that_only_articles_declare_is_asked_for() -> None:
    """Where the front page led to none; what one page alone declares is its comments' feed."""
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    visits = [
        Visit(url, url, 200, (("content-type", "text/html"),), page.encode(), AT)
        for n in (1, 2)
        for url in [f"{BASE}/story-{n}"]
        for page in [f"<html><head>{link.format('/rss.php')}{link.format(f'/{n}/feed/')}</head>"
                     f"<body><p>{n}</p></body></html>"]
    ]  # fmt: skip
    entry = (
        f"<rss><channel><item><title>A</title><link>{BASE}/a-story</link></item></channel></rss>"
    )
    visitor: Any = Answers({"/rss.php": entry})
    found, clues = Feeders(), Clues(SITE)
    asyncio.run(find_later(visitor, visits, clues, found))
    assert (list(found.feeds), visitor.asked) == ([f"{BASE}/rss.php"], ["/rss.php"])
    asyncio.run(find_later(visitor, visits, clues, found))
    assert visitor.asked == ["/rss.php"]
