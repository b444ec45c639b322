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


def find(visitor: Any, foot: str = "<p>Front</p>") -> Feeders:
    """What is found of a paper whose front page declares nothing, and ends with ``foot``."""
    page = f"<html><head><title>x</title></head><body>{foot}</body></html>".encode()
    home = Visit(f"{BASE}/", f"{BASE}/", 200, (("content-type", "text/html"),), page, AT)
    clues = Clues(SITE)
    clues.note_page(home)
    return asyncio.run(find_feeders(visitor, home, clues, HABITS))


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


ENTRY = "<rss><channel><item><title>A</title><link>{}</link></item></channel></rss>"
OWN = ENTRY.format(f"{BASE}/farming/a-story-of-many-words-in-the-valley/")


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/feeds/latest.xml", "RSS"),
        ("/out/all.xml", "XML"),
        ("/news.rdf", "News feed"),
        ("/index.php?format=feed", "Subscribe"),
        ("/abo/alle", "RSS-Feed"),
    ],
)
def test_a_feed_that_a_link_of_the_foot_alone_names_is_found(place: str, words: str) -> None:
    """By its words or by its address; nothing else has to be asked for then."""
    visitor = Answers({place: OWN})
    foot = f"<footer><a href='/about'>About us</a><a href='{place}'>{words}</a></footer>"
    assert list(find(visitor, foot).feeds) == [BASE + place]
    assert "/feed/" not in visitor.asked


def test_a_link_that_sounds_like_a_feed_and_is_none_costs_one_request() -> None:
    """A page, or another paper's articles; the usual places are asked for all the same. What is
    a headline, and what speaks of comments, is not asked for at all."""
    foot = (
        "<nav><a href='/cattle/'>Feed</a><a href='/xml/theirs'>Partners</a>"
        "<a href='/feeds/comments.xml'>RSS</a><a href='/out/talk.xml'>RSS der Kommentare</a></nav>"
        "<h2><a href='/farms/dear-feed.xml'>Farmers fear the price of feed this winter</a></h2>"
    )
    theirs = ENTRY.format("https://other.test/a-story-of-many-words-in-the-valley/")
    visitor = Answers({"/cattle/": "<p>Hay</p>", "/xml/theirs": theirs, "/feed/": OWN})
    found = find(visitor, foot)
    assert list(found.feeds) == [f"{BASE}/feed/"] and found.empty == [f"{BASE}/xml/theirs"]
    asked = [path for path in visitor.asked if "sitemap" not in path]
    assert asked == ["/cattle/", "/xml/theirs", "/feed/"]


def test_a_feed_that_articles_link_to_and_the_front_page_does_not_is_found_later() -> None:
    """On two pages: one page's own link may be of what is said about it."""
    visitor, clues, found = Answers({"/out/all.xml": OWN}), Clues(SITE), Feeders()
    for number in range(2):
        assert not found.feeds
        url = f"{BASE}/hay/{number}"
        page = b"<body><p>Hay is dear.</p><footer><a href='/out/all.xml'>RSS</a></footer></body>"
        clues.note_page(Visit(url, url, 200, (("content-type", "text/html"),), page, AT))
        asyncio.run(find_later(visitor, [], clues, found))
    assert list(found.feeds) == [f"{BASE}/out/all.xml"]
