"""Gathers what links say of a paper's addresses: with which words, where on the page, how often.

A headline is what a person would read as one: 25 letters, or a heading. A menu is named as one, or
its links are short and on every page. What an address *is* only its page tells (kinds.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archive.records import Link
from crawler.read.anchors import HEADINGS, collect_anchors, read_title
from crawler.read.related import is_within
from crawler.read.select import select
from crawler.scaffold.visit import Visit
from crawler.walk.judge import Judge
from spiders import address, shape
from spiders.site import Site

HEADLINE, SHORT = 25, 40  # letters: from here on a headline, up to here an entry of a menu
LISTED = 0.25  # what a sitemap's entry without a title weighs: it names all pages, articles mostly
HEADED = 15  # letters of a headline that stands in a heading
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af]")
WIDE = 2.5  # letters that one of Chinese, Japanese, Korean, Thai, Lao, Khmer or Burmese is worth
_MENUS = (
    "nav, header, footer, [role=navigation], [class*=menu], [id*=menu], [class*=nav], [id*=nav], "
    "[class*=footer], [id*=footer], [class*=header], [id*=header]",
)
_PAGE = re.compile(r"\d{1,3}|(?:page|p|trang|halaman|seite)[-_]?\d{1,4}(?:\.\w{2,5})?", re.I)
_FIGURES = re.compile(r"\d{3}")
_BEFORE_NAMES = frozenset(("category", "categories", "chuyen-muc", "topic", "topics", "chu-de"))
_BARRED = """
search tim-kiem timkiem login logout signin signup register dang-nhap dang-ky account user users
author authors tac-gia feed feeds rss sitemap contact lien-he privacy terms policy subscribe
newsletter wp-json wp-admin wp-login wp-content api ajax print cdn-cgi share autor autores
autorin auteur auteurs penulis redaktur buscar recherche suche pencarian cari hledat
"""
_MENU_TAG = re.compile(r"^[a-z]\w*-.*(?:menu|nav|header|footer)")  # a custom element
_FEET = ("footer, [class*=footer], [id*=footer]",)


@dataclass(slots=True)
class Clue:
    """What is known of one address, from all links to it."""

    url: str
    words: str = ""
    sources: set[str] = field(default_factory=set)  # "feed", "sitemap", or a page's address
    menu: bool = False
    foot: bool = False
    nav: bool = False  # in a menu that is no foot, on one page at least
    told: bool = False  # its words are as long as a headline's
    headed: bool = False  # they stand in a heading
    dated: bool = False  # a feed or a sitemap gives a date or a title

    @property
    def headline(self) -> bool:
        """Whether its words are a headline's: long, or in a heading and in no menu, since boxes of
        a front page are headed by their section's name ("Kultura i ludzie")."""
        return self.told or (self.headed and not self.nav)

    @property
    def apart(self) -> bool:
        """Whether no article is there. A number of three figures, as small papers have, is no page
        of a list where a headline leads to it, or a feed ("/story/412")."""
        announced = self.told or self.headed or "feed" in self.sources
        return is_apart(self.url, numbered=announced)

    @property
    def weight(self) -> float:
        """How much speaks for an article, from the links alone."""
        told = 1.0 * self.headline + 2.0 * ("feed" in self.sources) + 0.5 * self.dated
        told += LISTED * ("sitemap" in self.sources)
        return told - (0.5 if self.menu and not self.headline else 0.0)


class Clues:
    """All addresses of the paper that were named, in the order in which they were."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.known: dict[str, Clue] = {}
        self.elsewhere: dict[str, int] = {}  # hosts that are not the paper's: links to them
        self._judge = Judge(site, 20)

    def __iter__(self) -> Iterator[Clue]:
        return iter(self.known.values())

    def spell(self, url: str) -> str | None:
        """An address as the crawl would spell it, None for what is none."""
        return self._judge.spell(url)

    def get(self, url: str) -> Clue | None:
        """What is known of an address in any spelling."""
        spelled = self.spell(url)
        return self.known.get(spelled) if spelled else None

    def note_page(self, visit: Visit) -> list[Clue]:
        """Take in the links of an HTML page; return the clues of those that are the paper's."""
        if visit.tree is None:
            return []
        menus, feet = set(select(visit.tree, _MENUS)), set(select(visit.tree, _FEET))
        menus |= {e for e in visit.tree.iter() if _MENU_TAG.search(str(e.tag))}
        found = []
        for anchor in collect_anchors(visit.tree, visit.url, self.site):
            clue = self._find(anchor.url, visit.url)
            if clue is None:
                continue
            rank, words = read_title(anchor.element)
            self._read(clue, words or "", rank, shown=rank > 0)
            in_foot = is_within(anchor.element, feet)
            if is_within(anchor.element, menus) and not _is_headed(anchor.element):
                clue.menu = True
                clue.nav = clue.nav or not in_foot  # an article's own foot names its category too
            clue.foot = clue.foot or in_foot
            found.append(clue)
        return list({clue.url: clue for clue in found}.values())

    def note_links(self, links: Iterable[Link], source: str) -> list[Clue]:
        """Take in the entries of a feed, a sitemap or a JSON list."""
        found = []
        for link in links:
            clue = self._find(link.url, source)
            if clue is not None:
                clue.dated = clue.dated or (bool(link.title) and source in ("feed", "sitemap"))
                self._read(clue, link.title or "", 3, shown=True)
                found.append(clue)
        return found

    def _find(self, url: str, source: str) -> Clue | None:
        spelled = self._judge.spell(url)
        parts = address.split(spelled) if spelled else None
        if spelled is None or parts is None or address.is_asset(parts):
            return None
        if not self.site.in_scope(spelled):
            self.elsewhere[parts.host] = self.elsewhere.get(parts.host, 0) + 1
            return None
        clue = self.known.setdefault(spelled, Clue(spelled))
        clue.sources.add(source)
        return clue

    def _read(self, clue: Clue, words: str, rank: int, *, shown: bool) -> None:
        if len(words) > len(clue.words):
            clue.words = words
        size = weigh_words(words)
        clue.told = clue.told or (shown and size >= HEADLINE)
        clue.headed = clue.headed or (shown and rank >= 4 and size >= HEADED)


def weigh_words(words: str) -> float:
    """The length of words as if they were written in letters.

    Signs above, below and around a letter are part of it: a word of Khmer for "economy" has six
    letters and four signs.
    """
    wide = sum(not unicodedata.category(letter).startswith("M") for letter in _WIDE.findall(words))
    return len(words) + (WIDE - 1) * wide


def is_apart(url: str, *, numbered: bool = False) -> bool:
    """Whether an address is a tag's, a log-in's, a feed's or the like: no article is below it.

    The words that stand before a category's name ("/category/x/") count only at the end;
    ``numbered``: three figures are no page's number.
    """
    parts = address.split(url)
    if parts is None or shape.machine(parts):
        return True
    segments = [one for one in parts.path.split("/") if one]
    paged = bool(segments) and _PAGE.fullmatch(segments[-1]) is not None and not parts.query
    if paged and not (numbered and _FIGURES.fullmatch(segments[-1])):
        return True
    kept = [one for one in segments[:-1] if one.lower() not in _BEFORE_NAMES] + segments[-1:]
    below = "/".join(["", *kept, "a-story-of-many-words-123456.html"])
    return not shape.is_article(replace(parts, path=below, query=""))


def is_barred(url: str) -> bool:
    """Whether no category can be at an address: a machine's, a log-in's, a search's, a later page
    of a list, the page of a day. Tags and topics may be categories where the menu has them."""
    parts = address.split(url)
    segments = [] if parts is None else [one.lower() for one in parts.path.split("/") if one]
    stems = {one.partition(".")[0] for one in segments}
    if parts is None or shape.machine(parts) or stems & {*_BARRED.split()}:
        return True
    if all(one.isdecimal() for one in segments):
        return bool(segments)
    return bool(segments) and _PAGE.fullmatch(segments[-1]) is not None and not parts.query


def _is_headed(element: object) -> bool:
    above = getattr(element, "iterancestors", None)
    return above is not None and next(above(*HEADINGS), None) is not None
