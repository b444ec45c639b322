"""Collects the anchors of a page once, with address, role and words, for all who ask for links.

A picture and a headline often link to the same article; the best title and summary are taken
from all anchors of an address within the card that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from lxml.etree import _Element

from archive.records import Channel, Link, Role
from crawler.read.addresses import find_base, resolve_address
from crawler.read.words import fold, read_words
from spiders import address, shape
from spiders.site import Site

MAX_ANCHORS = 10_000  # a front page has 200 to 600; beyond this it is a trap
MAX_TITLE = 400  # longer anchors wrap a whole card that has no heading
MIN_SUMMARY = 40  # shorter lines in a card are dates, sections, "read more"
CARD_HEIGHT = 6  # levels from an anchor to the card that shows one article

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SUMMARY_SIGNS = ("sapo", "summar", "desc", "lead", "excerpt", "teaser", "intro", "standfirst")
_ARROWS = re.compile(r"^(?:[>»›•▶►]+|[-–=]+>)\s*")  # ">> Xem thêm" before links in a text
_PROMPT_SIGNS = ("readmore", "read-more", "more-link", "comment")


@dataclass(frozen=True, slots=True, eq=False)
class Anchor:
    """One `<a href>` of the page whose address is of the web."""

    element: _Element
    url: str
    role: Role
    in_scope: bool
    is_story: bool  # an article of the paper, or what looks like one of another


@lru_cache(maxsize=20_000)  # menus repeat on every page of a paper
def place(site: Site, url: str) -> tuple[Role, bool, bool]:
    """Return the role of an address, whether it is the paper's, and whether it is a story's.

    A related block may name articles of a sister paper, or of the paper's own former host: they
    are not followed, but they are what the page says.
    """
    role = site.role(url)
    in_scope = role != "other" or site.in_scope(url)
    parts = None if in_scope else address.split(url)
    return role, in_scope, role == "article" or (parts is not None and shape.is_article(parts))


def collect_anchors(tree: _Element, url: str, site: Site) -> list[Anchor]:
    """Return the page's anchors in document order, at most MAX_ANCHORS, without the page itself."""
    base = find_base(tree, url)
    own = url.partition("#")[0]
    known: dict[str, str | None] = {}
    anchors: list[Anchor] = []
    for element in tree.iter("a", "area"):
        href = element.get("href")
        if not href:
            continue
        if href not in known:
            known[href] = resolve_address(base, href)
        target = known[href]
        if target is None or target == own:
            continue
        anchors.append(Anchor(element, target, *place(site, target)))
        if len(anchors) >= MAX_ANCHORS:
            break
    return anchors


def make_links(anchors: Iterable[Anchor], channel: Channel, cards: Cards) -> list[Link]:
    """Return one link for each address of `anchors`, in the order of their first anchors."""
    groups: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        groups.setdefault(anchor.url, []).append(anchor)
    return [
        _make_link(group, channel, position, cards)
        for position, group in enumerate(groups.values())
    ]


def _make_link(group: Sequence[Anchor], channel: Channel, position: int, cards: Cards) -> Link:
    titles = [found for anchor in group if (found := read_title(anchor.element))[1]]
    title = max(titles, key=itemgetter(0))[1] if titles else None
    summary = date = None
    if group[0].is_story:
        for anchor in group:
            card = cards.find(anchor)
            summary = summary or read_summary(card, title) or cards.read_following(card)
            date = date or read_date(card)
    return Link(group[0].url, channel, position, group[0].role, title, summary, date)


class Cards:
    """Which element shows which article: the highest one around an anchor with no other."""

    def __init__(self, anchors: Iterable[Anchor]) -> None:
        self._owners: dict[_Element, str | None] = {}
        for anchor in anchors:
            if anchor.is_story:
                self._claim(anchor)

    def find(self, anchor: Anchor) -> _Element:
        """Return the card around `anchor`; the anchor itself if it stands among others."""
        card = anchor.element
        for element in list_around(anchor.element):
            if self._owners.get(element) != anchor.url:
                break
            card = element
        return card

    def read_following(self, card: _Element) -> str | None:
        """Return the paragraph after a headline that has no element around both."""
        follower = card.getnext() if card.tag in HEADINGS else None
        if follower is None or follower.tag not in ("p", "div") or follower in self._owners:
            return None
        words = read_words(follower)
        return words if len(words) >= MIN_SUMMARY else None

    def _claim(self, anchor: Anchor) -> None:
        for element in list_around(anchor.element):
            if self._owners.setdefault(element, anchor.url) != anchor.url:
                self._owners[element] = None


def list_around(element: _Element) -> Iterable[_Element]:
    """Yield the elements around `element`, up to CARD_HEIGHT and below the body."""
    for height, above in enumerate(element.iterancestors()):
        if height >= CARD_HEIGHT or above.tag in ("body", "html", "main"):
            return
        yield above


def read_title(element: _Element) -> tuple[int, str | None]:
    """Return the title that an anchor gives, with a rank: headings before text before pictures.

    A heading without words says nothing: the parser ends <h2> before a <p> that stands in it.
    """
    for inner in element.iter(*HEADINGS):
        if words := read_words(inner):
            return (4, words)
    words = read_words(element)
    if words and len(words) <= MAX_TITLE:
        if any(above.tag in HEADINGS for above in list_around(element)):
            return (4, words)
        words = _ARROWS.sub("", words) or words
        signs = (element.get("class") or "").lower()
        return (1 if any(sign in signs for sign in _PROMPT_SIGNS) else 3, words)
    named = fold(element.get("title") or "")
    if named:
        return (2, named)
    alt = next((fold(image.get("alt") or "") for image in element.iter("img")), "")
    return (0, alt or (words[:MAX_TITLE] if words else None) or None)


def read_summary(card: _Element, title: str | None) -> str | None:
    """Return the words under the title in `card`: a marked element, else its longest paragraph."""
    plain = None
    for element in card.iter("p", "div", "span", "h4", "h5", "dd"):
        signs = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        marked = any(sign in signs for sign in _SUMMARY_SIGNS)
        if not marked and (element.tag != "p" or plain):
            continue
        words = read_words(element)
        if words == title or (title and words.startswith(title) and not marked):
            continue
        if marked and len(words) >= MIN_SUMMARY // 2 and not _has_title(words, title):
            return words
        if len(words) >= MIN_SUMMARY:
            plain = plain or words
    return plain


def _has_title(words: str, title: str | None) -> bool:
    """Whether a marked element is a wrapper around the title and the summary."""
    return title is not None and words.startswith(title)


def read_date(card: _Element) -> str | None:
    """Return the date that the card shows, as written: `datetime` before words."""
    for element in card.iter("time"):
        return fold(element.get("datetime") or "") or read_words(element, 60) or None
    return None
