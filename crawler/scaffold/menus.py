"""Finds the categories of a paper: what its menu links to, if the page there lists articles.

Menu entries are asked for in their order, as many as the survey affords; the others are told apart
as named by the menu and not looked at. What every page shows (a box of what is read most) says
nothing for or against a category: an article counts as its own where the page links to it more
often than every page does. What is left out is kept with the reason, to be told.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.records import Link
from crawler.read.anchors import collect_anchors
from crawler.read.head import declares_article
from crawler.read.pool import Pool
from crawler.scaffold.clues import (
    HEADLINE,
    SHORT,
    Clue,
    Clues,
    is_apart,
    is_barred,
    weigh_words,
)
from crawler.scaffold.shapes import take_apart
from crawler.scaffold.visit import Visit, Visitor
from spiders.site import Site

LEAST_KIN = 3  # categories that all stand in one folder
LEAST_OWN = 2  # articles that a list by month has
FRAME = 0.7  # share of the other pages on which a link is the frame's
DECLARED_OWN = 4  # own articles from which on a page that says it is an article is a list
MOST_LATER = 5  # entries looked at when the articles were, with the requests that are left
MOST_UNSEEN = 40  # entries of a menu that were not looked at
FRAMED, MOSTLY = 3, 0.75  # links of a page that has a menu; share of the pages that link to it


@dataclass(slots=True)
class Listing:
    """A page that was asked for because the menu links to it."""

    clue: Clue
    visit: Visit
    links: tuple[Link, ...]
    counts: Counter[str] = field(default_factory=Counter)  # links of the page by address

    @property
    def articles(self) -> set[str]:
        """The articles it links to, and what is announced like one under a form not yet known."""
        return {link.url for link in self.links if sounds_like_article(link)}


def sounds_like_article(link: Link) -> bool:
    """Whether a link of a list leads to an article: by its address, else by its headline."""
    if link.role == "other":
        return weigh_words(link.title or "") >= HEADLINE
    return link.role == "article"


@dataclass(slots=True)
class Menu:
    """The categories that list articles, the entries that do not, those not looked at.

    ``framed`` are entries that list nothing but what every page shows, ``left`` those that were
    left out, by the reason.
    """

    categories: list[Listing] = field(default_factory=list)
    others: list[Listing] = field(default_factory=list)
    framed: list[Listing] = field(default_factory=list)
    unseen: list[Clue] = field(default_factory=list)
    left: dict[str, list[str]] = field(default_factory=dict)
    archives: str | None = None  # the regex of lists by date (archives.py)

    def leave(self, why: str, url: str) -> None:
        """Note an entry of the menu that is left out."""
        self.left.setdefault(why, []).append(url)

    @property
    def looked(self) -> list[Listing]:
        """All entries that were asked for and came."""
        return [*self.categories, *self.others, *self.framed]


def list_entries(clues: Clues, pages: Sequence[Iterable[Clue]]) -> list[Clue]:
    """The links that may lead to categories: of the menu, else the short ones of all ``pages``.

    What is in the menu is one whatever the link's rel says, and wherever else it stands. Addresses
    of tags and topics come last. What stands in a nav of one page alone is that article's tags.
    """
    entries = [clue for clue in clues if clue.nav and _may_be(clue)]
    shared = find_shared(pages)
    if len(entries) < 2 or (shared and not any(clue.url in shared for clue in entries)):
        short = [clue for clue in clues if _may_be(clue) and not is_apart(clue.url)]
        entries = [clue for clue in short if clue.url in shared]
    return sorted(entries, key=lambda clue: is_apart(clue.url))


def find_shared(pages: Sequence[Iterable[Clue]]) -> set[str]:
    """The addresses that nearly all pages link to, those aside that have hardly a link: pages for
    printers have no menu."""
    linked = [found for page in pages if len(found := {clue.url for clue in page}) >= FRAMED]
    counts = Counter(url for found in linked for url in found)
    least = MOSTLY * len(linked)
    return {url for url, n in counts.items() if n >= least} if len(linked) > 1 else set()


def _may_be(clue: Clue) -> bool:
    if clue.headline or not clue.words or weigh_words(clue.words) > SHORT or is_barred(clue.url):
        return False
    folders = take_apart(clue.url)
    return not all(one.isdecimal() for one in (*folders.folders, folders.words))  # a day's archive


async def visit_menu(
    visitor: Visitor, pool: Pool, site: Site, entries: Sequence[Clue], most: int
) -> Menu:
    """Ask for at most ``most`` entries and sort them; ``site`` has to know articles by address."""
    seen: list[Listing] = []
    menu = Menu()
    for clue in entries:
        if site.denied(clue.url):
            menu.leave("not asked for, as their system's pages of this kind", clue.url)
        elif len(seen) >= most or not visitor.left:
            if not is_apart(clue.url) and len(menu.unseen) < MOST_UNSEEN:
                menu.unseen.append(clue)
            else:
                menu.leave("not looked at, and of a kind that tags have", clue.url)
        else:
            seen += await _look_at(visitor, pool, site, clue, menu)
    sort_entries(seen, menu)
    kin = {_name_place(one.clue.url) for one in menu.categories} - {None}
    for one in [one for one in menu.framed if _name_place(one.clue.url) in kin]:
        menu.framed.remove(one)  # a section that has nothing yet stands where the others do
        menu.unseen.append(one.clue)
    return menu


def _name_place(url: str) -> tuple[object, ...] | None:
    """What addresses of one kind have in common: the folders, or what the query asks; None for an
    address that has neither."""
    path = take_apart(url)
    if path.query:
        keys = [pair.partition("=")[0] for pair in path.query.split("&")]
        return (*path.folders, path.stem, *keys)
    return (*path.folders, path.tail) if path.folders else None


def drop_strays(menu: Menu) -> None:
    """Leave out entries that were not looked at and stand in other folders than all categories do:
    about, imprint, privacy, a tag. Sections at the root have nothing in common."""
    kinds = {_name_place(one.clue.url) for one in menu.categories}
    if len(menu.categories) < LEAST_KIN or len(kinds) != 1 or None in kinds:
        return
    for clue in [one for one in menu.unseen if _name_place(one.url) not in kinds]:
        menu.unseen.remove(clue)
        menu.leave("not looked at, and stand where no category does", clue.url)


async def look_at(visitor: Visitor, pool: Pool, site: Site, clue: Clue) -> Listing | None:
    """Ask for a page that may list articles; None where no page of HTML came."""
    visit = await visitor.get(clue.url)
    if visit is None or visit.tree is None:
        return None
    reading = await pool.read(visit.page("category"), site)
    counts = Counter(anchor.url for anchor in collect_anchors(visit.tree, visit.url, site))
    return Listing(clue, visit, reading.links, counts)


async def _look_at(
    visitor: Visitor, pool: Pool, site: Site, clue: Clue, menu: Menu
) -> list[Listing]:
    """A page of the menu, or none, which is told."""
    one = await look_at(visitor, pool, site, clue)
    if one is None:
        why = visitor.misses.get(clue.url, "it is no page of HTML")
        menu.leave(f"gave no page ({why})", clue.url)
    return [one] if one is not None else []


async def visit_later(
    visitor: Visitor, pool: Pool, site: Site, menu: Menu, most: int
) -> list[Listing]:
    """Ask for entries that were not looked at, those first of whose kin none is a category: the
    imprint and the terms stand behind the sections. Return the lists of articles among them."""
    kin = {_name_place(one.clue.url) for one in menu.categories} - {None}
    unsure = [one for one in menu.unseen if one.url not in visitor.visits]
    unsure.sort(key=lambda one: (_name_place(one.url) in kin, not one.foot))
    known, seen = menu.looked, list[Listing]()
    for clue in unsure[: min(most, MOST_LATER)]:
        seen += await _look_at(visitor, pool, site, clue, menu)
        menu.unseen.remove(clue)
    sort_entries(seen, menu, known)
    return [one for one in seen if one in menu.categories]


def sort_entries(seen: Sequence[Listing], menu: Menu, known: Sequence[Listing] = ()) -> None:
    """Sort pages that the menu leads to into ``menu``: categories, frames, others; ``known`` are
    pages that were sorted before."""
    for one in seen:
        others = [other for other in (*seen, *known) if other is not one]
        own = sum(_is_own(one, url, others) for url in one.articles)
        declared = one.visit.tree is not None and declares_article(one.visit.tree)
        if own >= (DECLARED_OWN if declared else 1):
            menu.categories.append(one)
        elif one.articles and not own and not declared:
            menu.framed.append(one)
        else:
            menu.others.append(one)


def sort_again(menu: Menu, site: Site) -> None:
    """Take the categories out whose links lead to no article of theirs, now that ``site`` knows all
    forms of articles' addresses: galleries, dates of events, printed issues sound like articles."""
    seen, menu.categories = menu.categories, []
    for one in seen:
        others = [other for other in seen if other is not one]
        listed = [url for url in one.counts if site.role(url) == "article"]
        if any(_is_own(one, url, others) for url in listed):
            menu.categories.append(one)
        else:
            (menu.framed if listed else menu.others).append(one)
    dated = re.compile(menu.archives) if menu.archives else None
    if dated and not any(dated.search(one.clue.url) for one in menu.categories):
        menu.archives = None


def _is_own(one: Listing, url: str, others: Sequence[Listing]) -> bool:
    """Whether a page links to an article more often than (nearly) every other page does: cards of
    a list link twice, and once more in the box that all pages have."""
    if len(others) < 2:
        return True
    usual = sorted((other.counts[url] for other in others), reverse=True)
    return max(one.counts[url], 1) > usual[math.ceil(FRAME * len(others)) - 1]
