"""Finds the feeds and sitemaps of a paper, and keeps those that announce pages of it.

Asked: what the front page declares, what robots.txt names, links that say RSS (a foot's
``<a href="/feeds/latest.xml">RSS</a>``), the platform's places, at last the usual ones. A feed
without an entry of the paper is not kept, nor an empty sitemap: the crawl would ask for them every
night and learn nothing. What links say is no promise ("Feed" may be a menu's recipes): the usual
places are asked for as well where nothing else is named.
"""

from __future__ import annotations

import re
from collections import Counter
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
SHARED = 2  # pages that declare a feed which the front page does not
MOST_HABITS = 4  # places of the system and usual ones, where it is known
USUAL_FEEDS = ("/feed/", "/rss.xml", "/rss")
USUAL_MAPS = ("/sitemap.xml", "/sitemap_index.xml")
_COMMENTS = re.compile(r"[ck]omm?ent|podcast|wp-json|/oembed", re.I)
_PAGE = re.compile(  # a page that lists the feeds, and what they are called there
    r"/(?:rss|feeds?)(?:\.(?:html?|php|aspx?)|-\w+)?/?$", re.I
)
_LISTED = re.compile(r"(?:\b|_)(?:rss|atom|feed)(?:\b|_).*\.xml$|\.(?:rss|atom)$", re.I)
_PLACE = re.compile(  # a folder, an ending or a query that is a feed's; its name may be any
    r"/(?:rss|atom|feeds?|xml)/|\.(?:xml|rss|atom|rdf)$|[?&][^=]+=(?:feed|rss2?|atom)\b", re.I
)
_SAID = re.compile(r"(?:.{0,20}\b)?(?:rss|atom)\b.{0,20}|(?:news|xml|web)?[ -]?feeds?|xml", re.I)
_NEWS = re.compile(r"news|post|article|latest|tin|moi|bai|\d{4}", re.I)
_IDLE = re.compile(r"categor|tag|topic|author|user|page-|image|video|static", re.I)


@dataclass(slots=True)
class Feeders:
    """Addresses that announce, with what they announced; ``named`` were not asked for."""

    feeds: dict[str, list[Link]] = field(default_factory=dict)
    sitemaps: dict[str, list[Link]] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # sitemaps of robots.txt beyond what was asked
    tried: dict[str, str] = field(default_factory=dict)  # places that nothing names -> what came


async def find_feeders(
    visitor: Visitor, home: Visit, clues: Clues, habits: Iterable[str]
) -> Feeders:
    """Ask for feeds and sitemaps; their entries go into ``clues``. ``habits``: the platform's."""
    found = Feeders()
    maps, feeds = _part(urljoin(home.url, path) for path in habits)
    await _find_sitemaps(visitor, home, clues, maps, found)
    await _find_feeds(visitor, home, clues, feeds, found)
    return found


def _part(urls: Iterable[str]) -> tuple[list[str], list[str]]:
    known = {url: shape.machine(parts) for url in urls if (parts := address.split(url))}
    return [u for u, kind in known.items() if kind == "sitemap"], [
        u for u, kind in known.items() if kind == "feed"
    ]


async def _find_sitemaps(
    visitor: Visitor, home: Visit, clues: Clues, usual: list[str], found: Feeders
) -> None:
    named = sorted(dict.fromkeys(visitor.sitemaps()), key=_rate, reverse=True)
    found.named = named[MOST_MAPS:]
    for url in named[:MOST_MAPS]:
        await _ask_map(visitor, clues, url, found)
    if named:
        return
    most = MOST_HABITS if usual else MOST_TRIES
    tries = dict.fromkeys([*usual, *(urljoin(home.url, path) for path in USUAL_MAPS)])
    for url in list(tries)[:most]:
        if not await _ask_map(visitor, clues, url, found):
            found.tried[url] = visitor.misses.get(url, "no articles in it")
        elif usual:
            return


async def _ask_map(visitor: Visitor, clues: Clues, url: str, found: Feeders) -> bool:
    """Read a sitemap, and the likeliest one it names; say whether it announces pages."""
    links = await _read_map(visitor, clues, url)
    children = sorted((one.url for one in links if one.role == "sitemap"), key=_rate)
    for child in children[-1:]:
        links = [*links, *await _read_map(visitor, clues, child)]
    pages = clues.note_links((one for one in links if one.role != "sitemap"), "sitemap")
    if pages:
        found.sitemaps[url] = links
    elif url in visitor.visits:
        found.empty.append(url)
    return bool(pages)


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
    said = [url for url in _list_said(clues, 1) if url not in told]
    await _ask_feeds(visitor, clues, [*told, *said], found, told=True)
    if not told and not found.feeds:
        tries = [*usual, *(urljoin(home.url, path) for path in USUAL_FEEDS)][:MOST_TRIES]
        fresh = [url for url in dict.fromkeys(tries) if url not in visitor.visits]
        await _ask_feeds(visitor, clues, fresh, found, told=False)


def _list_said(clues: Clues, least: int) -> list[str]:
    """The links that ``least`` pages have and whose words or address say that it is a feed's."""
    said = [
        clue.url
        for clue in clues
        if len(clue.sources) >= least
        and not clue.headline
        and (_SAID.fullmatch(clue.words.strip()) or _PLACE.search(clue.url))
        and not _is_map(clue.url)
        and not _COMMENTS.search(f"{clue.url} {clue.words}")
    ]
    return said[:MOST_TRIES]


async def find_later(
    visitor: Visitor, visits: Iterable[Visit], clues: Clues, found: Feeders
) -> None:
    """Ask for the feeds that pages seen later declare or link to, where the front page led to none:
    some papers announce theirs on the pages of articles alone. One page's own is of its comments.
    """
    if found.feeds:
        return
    counts = Counter(url for visit in visits for url in _list_declared(visit))
    tries = [u for u, n in counts.most_common() if n >= SHARED and not _COMMENTS.search(u)]
    tries += _list_said(clues, SHARED)
    fresh = [url for url in tries if url not in visitor.visits and url not in visitor.misses]
    await _ask_feeds(visitor, clues, fresh[:MOST_TRIES], found, told=True)


async def _ask_feeds(
    visitor: Visitor, clues: Clues, tries: list[str], found: Feeders, *, told: bool
) -> None:
    asked = 0
    while tries and asked < MOST_FEEDS:
        url = tries.pop(0)
        asked += 1
        visit = await visitor.get(url)
        if visit is None:
            if not told:
                found.tried[url] = visitor.misses[url]
            continue
        if visit.kind == "html" and told:  # a page that lists the feeds
            listed = clues.note_page(visit)
            more = [x.url for x in listed if _is_feed(x.url) or _LISTED.search(x.url)]
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


def _is_map(url: str) -> bool:
    parts = address.split(url)
    return parts is not None and shape.machine(parts) == "sitemap"


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
