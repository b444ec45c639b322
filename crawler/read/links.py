"""Reads which addresses a page announces, where on it, and with which words.

    home, category   all links of the paper, articles from [read] listing where it matches
    article          "related": blocks of other articles; "body": links within the text
    any              feeds of <link rel=alternate>, the target of a meta refresh

Decision: what the shape of the address cannot place keeps the role "other" instead of being
dropped: a paper that changed its addresses shows as a page full of "other" links. Measured:
10 to 15 ms for a front page of 260 anchors, of which the site's regexes take a third.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml.etree import _Element

from archive.records import Channel, Link, Role
from crawler.read.addresses import find_base, resolve_address
from crawler.read.anchors import Anchor, Cards, collect_anchors, make_links
from crawler.read.onward import find_refresh
from crawler.read.peers import promote_anchors
from crawler.read.related import find_body, find_related, is_within
from crawler.read.select import select
from crawler.read.words import fold
from spiders.pager import Entry
from spiders.site import Site

FEED_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
)
_CHANNELS: dict[Role, Channel] = {"home": "home", "category": "category", "feed": "category"}
_MENUS = ("nav, header, [role=navigation], [class*=menu], [id*=menu], [class*=nav], [id*=nav]",)


def read_links(tree: _Element, *, url: str, site: Site, role: Role) -> tuple[Link, ...]:
    """Return what the page at `url` announces, by channel, each in document order.

    An address is named once in a channel, at its first position and with its best title. Never
    raises, whatever the tree.
    """
    anchors = collect_anchors(tree, url, site)
    channel = _CHANNELS.get(role, "body")
    head = _find_feeds(tree, url, channel, site)
    if role == "article":
        found = _read_article_page(tree, anchors, site)
    else:
        own = _choose(tree, anchors, role, site)
        found = make_links(own, channel, Cards([*anchors, *own]))
    return (*_number([*head, *found]), *_find_refresh(tree, url, site))


def _number(links: Iterable[Link]) -> list[Link]:
    """Return `links` with each address once in its channel, and positions that count up."""
    kept: dict[tuple[Channel, str], Link] = {}
    for link in links:
        kept.setdefault((link.channel, link.url), link)
    counts: dict[Channel, int] = {}
    numbered = []
    for link in kept.values():
        position = counts.get(link.channel, 0)
        counts[link.channel] = position + 1
        numbered.append(
            Link(
                link.url,
                link.channel,
                position,
                link.role,
                link.title,
                link.summary,
                link.date_raw,
            )
        )
    return numbered


def _read_article_page(tree: _Element, anchors: Sequence[Anchor], site: Site) -> list[Link]:
    body = find_body(tree, site)
    related = find_related(tree, anchors, body, site)
    taken = {anchor.element for anchor in related}
    inside = [
        anchor
        for anchor in anchors
        if body is not None
        and anchor.in_scope
        and anchor.element not in taken
        and is_within(anchor.element, {body})
    ]
    cards = Cards(anchors)
    return [*make_links(related, "related", cards), *make_links(inside, "body", cards)]


def _choose(tree: _Element, anchors: Sequence[Anchor], role: Role, site: Site) -> list[Anchor]:
    """Return the anchors of a listing page that count as announcements."""
    own = promote_anchors([anchor for anchor in anchors if anchor.in_scope], site)
    if role == "category":
        listed = _find_listed(tree, own, site)
        own = [a for a in own if a.role != "article" or a.element in listed] if listed else own
    return _drop_loose_categories(tree, own, site)


def _find_listed(tree: _Element, anchors: Sequence[Anchor], site: Site) -> set[_Element]:
    """Return the anchors of articles in the profile's listing; empty if it matches none."""
    articles = [anchor.element for anchor in anchors if anchor.role == "article"]
    for css in site.profile.read.listing:
        found = set(select(tree, (css,)))
        listed = {element for element in articles if is_within(element, found)}
        if listed:
            return listed
    return set()


def _drop_loose_categories(tree: _Element, anchors: Sequence[Anchor], site: Site) -> list[Anchor]:
    """Keep guessed categories only where menus are, if the page has menus with some."""
    walk = site.profile.walk
    categories = [anchor for anchor in anchors if anchor.role == "category"]
    if walk.categories or walk.category or not categories:
        return list(anchors)
    menus = set(select(tree, _MENUS))
    named = {anchor.url for anchor in categories if is_within(anchor.element, menus)}
    return [a for a in anchors if a.role != "category" or not named or a.url in named]


def _find_feeds(tree: _Element, url: str, channel: Channel, site: Site) -> list[Link]:
    """Return the feeds that the page's head declares (RFC 4287's autodiscovery, HTML rel)."""
    base = find_base(tree, url)
    found = []
    for element in tree.iter("link"):
        kind = (element.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" not in (element.get("rel") or "").lower().split() or kind not in FEED_TYPES:
            continue
        target = resolve_address(base, element.get("href") or "")
        if target and site.in_scope(target):
            title = fold(element.get("title") or "") or None
            found.append(Link(target, channel, 0, "feed", title))
    return found


def _find_refresh(tree: _Element, url: str, site: Site) -> list[Link]:
    """Return where a meta refresh sends the reader, unless to the page itself."""
    found = find_refresh(tree, url)
    return [Link(found[1], "redirect", 0, site.role(found[1]))] if found else []


def link_entries(entries: Sequence[Entry], site: Site) -> list[Link]:
    """Return the links of a platform's JSON list, each address once."""
    unique = {entry.url: entry for entry in reversed(entries)}
    ordered = dict.fromkeys(entry.url for entry in entries)
    return [
        Link(
            url,
            "category",
            position,
            site.role(url),
            unique[url].title,
            unique[url].summary,
            unique[url].date_raw,
        )
        for position, url in enumerate(ordered)
    ]
