"""Finds the feeds and sitemaps of a paper, and keeps those that announce pages of it.

Asked: what the front page declares, what robots.txt names, the platform's places, at last the
usual ones. A feed without an entry of the paper is not kept, nor an empty sitemap: the crawl would
ask for them every night and learn nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from archive.records import Link
from crawler.read.addresses import find_base, resolve_address
from crawler.read.feeds import read_feed
from crawler.read.links import FEED_TYPES
from crawler.read.sitemaps import read_sitemap
from crawler.scaffold.clues import Clues
from crawler.scaffold.visit import Visit, Visitor
from spiders import address, shape

MOST_FEEDS, MOST_MAPS, MOST_TRIES = 3, 3, 2
USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss")
USUAL_MAPS = ("/sitemap.xml", "/sitemap_index.xml")
_COMMENTS = re.compile(r"comment|podcast|wp-json|/oembed", re.I)
_PAGE = re.compile(r"/rss\.html?$|/rss-feeds?/?$", re.I)  # a page that lists the feeds
_NEWS = re.compile(r"news|post|article|latest|tin|moi|bai|\d{4}", re.I)
_IDLE = re.compile(r"categor|tag|topic|author|user|page-|image|video|static", re.I)


@dataclass(slots=True)
class Feeders:
    """Addresses that announce, with what they announced; ``named`` were not asked for."""

    feeds: dict[str, list[Link]] = field(default_factory=dict)
    sitemaps: dict[str, list[Link]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # sitemaps of robots.txt beyond what was asked


async def find_feeders(
    visitor: Visitor, home: Visit, clues: Clues, habits: Iterable[str]
) -> Feeders:
    """Ask for feeds and sitemaps; their entries go into ``clues``. ``habits``: the platform's."""
    found = Feeders()
    usual = [urljoin(home.url, path) for path in habits]
    maps, feeds = _part(usual)
    await _find_sitemaps(visitor, home, clues, maps, found)
    await _find_feeds(visitor, home, clues, feeds, found)
    return found


def _part(urls: Iterable[str]) -> tuple[list[str], list[str]]:
    maps = [
        url for url in urls if (parts := address.split(url)) and shape.machine(parts) == "sitemap"
    ]
    return maps, [url for url in urls if url not in maps]


async def _find_sitemaps(
    visitor: Visitor, home: Visit, clues: Clues, usual: list[str], found: Feeders
) -> None:
    named = list(visitor.sitemaps())
    tries = named or [*usual, *(urljoin(home.url, path) for path in USUAL_MAPS)][:MOST_TRIES]
    asked = 0
    for url in dict.fromkeys(sorted(tries, key=_rate, reverse=True)):
        if asked >= MOST_MAPS:
            found.named.append(url)
            continue
        asked += 1
        links = await _read_map(visitor, clues, url)
        children = sorted((one.url for one in links if one.role == "sitemap"), key=_rate)
        for child in reversed(children[-1:]):
            asked += 1
            links = [*links, *await _read_map(visitor, clues, child)]
        pages = clues.note_links((one for one in links if one.role != "sitemap"), "sitemap")
        if pages:
            found.sitemaps[url] = links
        elif url in visitor.visits:
            found.empty.append(url)


def _rate(url: str) -> tuple[int, str]:
    """Sitemaps of news first, those of tags and authors last; of months the newest."""
    path = urlsplit(url).path
    months = re.sub(r"\d+", lambda number: number[0].zfill(4), path)
    return bool(_NEWS.search(path)) - 2 * bool(_IDLE.search(path)), months


async def _read_map(visitor: Visitor, clues: Clues, url: str) -> list[Link]:
    visit = await visitor.get(url)
    if visit is None or visit.kind not in ("sitemap", "text", "feed"):
        return []
    read = read_feed if visit.kind == "feed" else read_sitemap
    return list(read(visit.text, url=visit.url, site=clues.site)[0])


async def _find_feeds(
    visitor: Visitor, home: Visit, clues: Clues, usual: list[str], found: Feeders
) -> None:
    declared = [url for url in _list_declared(home) if not _COMMENTS.search(url)]
    linked = [clue.url for clue in clues if _is_feed(clue.url) and not _COMMENTS.search(clue.url)]
    linked += [clue.url for clue in clues if _PAGE.search(clue.url)][:1]
    told = list(dict.fromkeys([*declared, *linked]))
    tries = told or [*usual, *(urljoin(home.url, path) for path in USUAL_FEEDS)][:MOST_TRIES]
    asked = 0
    while tries and asked < MOST_FEEDS:
        url = tries.pop(0)
        asked += 1
        visit = await visitor.get(url)
        if visit is None:
            continue
        if visit.kind == "html" and told:  # a page that lists the feeds
            more = [one.url for one in clues.note_page(visit) if _is_feed(one.url)]
            tries += [one for one in more if one not in tries and one not in visitor.visits]
            continue
        if visit.kind not in ("feed", "json"):
            continue
        links = read_feed(visit.text, url=visit.url, site=clues.site)[0]
        if clues.note_links(links, "feed"):
            found.feeds[url] = list(links)
        else:
            found.empty.append(url)


def _is_feed(url: str) -> bool:
    parts = address.split(url)
    return parts is not None and shape.machine(parts) == "feed"


def _list_declared(home: Visit) -> list[str]:
    """The feeds of the head (HTML, rel=alternate)."""
    if home.tree is None:
        return []
    base = find_base(home.tree, home.url)
    found = []
    for element in home.tree.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if kind in FEED_TYPES and "alternate" in (element.get("rel") or "").lower().split():
            found.append(resolve_address(base, element.get("href") or ""))
    return [url for url in dict.fromkeys(found) if url]
