"""Finds the categories of a paper: what its menu links to, if the page there lists articles.

Menu entries are asked for in their order, as many as the survey affords; the others are told apart
as named by the menu and not looked at. A page of which all articles stand on every other page too
(a sidebar) lists none of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from archive.records import Link
from crawler.read.head import declares_article
from crawler.read.pool import Pool
from crawler.scaffold.clues import HEADLINE, SHORT, Clue, Clues, is_apart, weigh_words
from crawler.scaffold.shapes import take_apart
from crawler.scaffold.visit import Visit, Visitor
from spiders.site import Site

LEAST_OWN = 2  # articles that a category page lists and not every page does
MOST_UNSEEN = 40  # entries of a menu that were not looked at
FRAMED, MOSTLY = 3, 0.75  # links of a page that has a menu; share of the pages that link to it


@dataclass(slots=True)
class Listing:
    """A page that was asked for because the menu links to it."""

    clue: Clue
    visit: Visit
    links: tuple[Link, ...]

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
    """The categories that list articles, the entries that do not, those not looked at."""

    categories: list[Listing] = field(default_factory=list)
    others: list[Listing] = field(default_factory=list)
    unseen: list[Clue] = field(default_factory=list)
    archives: str | None = None  # the regex of lists by date (archives.py)


def list_entries(clues: Clues, pages: Sequence[Iterable[Clue]]) -> list[Clue]:
    """The links that may lead to categories: of the menu, else the short ones of all ``pages``."""
    short = [clue for clue in clues if _may_be(clue)]
    entries = [clue for clue in short if clue.menu and not clue.foot]
    if len(entries) < 2:
        shared = find_shared(pages)
        entries = [clue for clue in short if clue.url in shared]
    return entries


def find_shared(pages: Sequence[Iterable[Clue]]) -> set[str]:
    """The addresses that nearly all pages link to, those aside that have hardly a link: pages for
    printers have no menu."""
    linked = [found for page in pages if len(found := {clue.url for clue in page}) >= FRAMED]
    counts = Counter(url for found in linked for url in found)
    least = MOSTLY * len(linked)
    return {url for url, n in counts.items() if n >= least} if len(linked) > 1 else set()


def _may_be(clue: Clue) -> bool:
    if clue.headline or not clue.words or weigh_words(clue.words) > SHORT or is_apart(clue.url):
        return False
    folders = take_apart(clue.url)
    return not all(one.isdecimal() for one in (*folders.folders, folders.words))  # a day's archive


async def visit_menu(
    visitor: Visitor, pool: Pool, site: Site, entries: Sequence[Clue], most: int
) -> Menu:
    """Ask for at most ``most`` entries and sort them; ``site`` has to know articles by address."""
    seen: list[Listing] = []
    unseen: list[Clue] = []
    for clue in entries:
        if len(seen) >= most or not visitor.left:
            unseen.append(clue)
            continue
        visit = await visitor.get(clue.url)
        if visit is None or visit.tree is None:
            continue
        reading = await pool.read(visit.page("category"), site)
        seen.append(Listing(clue, visit, reading.links))
    return _sort(seen, unseen)


def _sort(seen: Sequence[Listing], unseen: list[Clue]) -> Menu:
    everywhere = Counter(url for one in seen for url in one.articles)
    menu = Menu(unseen=unseen[:MOST_UNSEEN])
    for one in seen:
        own = [url for url in one.articles if len(seen) < 3 or everywhere[url] < 0.7 * len(seen)]
        declared = one.visit.tree is not None and declares_article(one.visit.tree)
        lists = len(own) >= LEAST_OWN and not (declared and len(own) < 2 * LEAST_OWN)
        (menu.categories if lists else menu.others).append(one)
    return menu
