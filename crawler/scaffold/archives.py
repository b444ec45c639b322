"""Finds the lists by month behind a page of the menu that itself lists no article.

    /archives.asp    ->  /archives.asp?mois=2&an=2026  /archives.asp?mois=1&an=2026  ...

Papers whose categories show five articles keep all others there. A page is such an index where it
links to several addresses that differ in their numbers alone, which no other page links to, and the
newest of them lists articles. What was seen to list some is walked as a category; the others are a
regex and a guess. Rejected: calendars that stand on every page (a list a day, of what the
categories have too).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.read.anchors import collect_anchors, read_title
from crawler.read.pool import Pool
from crawler.scaffold.clues import Clue, Clues
from crawler.scaffold.menus import LEAST_OWN, Listing, Menu, look_at
from crawler.scaffold.visit import Visitor
from spiders.site import Site

LEAST = 2  # addresses that differ in their numbers
MOST = 3  # pages asked for, the newest first
_NUMBER = re.compile(r"\d+")
_HOST = re.compile(r"^https?://[^/?#]+/")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Archives:
    """The page that lists the lists, those that were seen to list articles, and the regex of all
    of them."""

    index: Listing
    listings: tuple[Listing, ...]
    pattern: str


async def find_archives(
    visitor: Visitor, pool: Pool, site: Site, clues: Clues, menu: Menu
) -> Archives | None:
    """The archives behind an entry of the menu that listed no articles; None where none has any."""
    for index in (*menu.others, *menu.framed):
        for urls in _list_series(index, clues, site):
            listings = await _visit_newest(visitor, pool, site, urls)
            if listings:
                return Archives(index, tuple(listings), write_pattern(index.clue.url, urls))
    return None


def _list_series(index: Listing, clues: Clues, site: Site) -> list[list[Clue]]:
    """The addresses that only this page links to, by what they are without their numbers."""
    if index.visit.tree is None:
        return []
    series: dict[str, dict[str, Clue]] = {}
    for anchor in collect_anchors(index.visit.tree, index.visit.url, site):
        url = clues.spell(anchor.url)
        if url and anchor.in_scope and anchor.role != "article" and clues.get(url) is None:
            words = read_title(anchor.element)[1] or ""
            series.setdefault(_NUMBER.sub("#", url), {})[url] = Clue(url, words)
    return [[*of.values()] for form, of in series.items() if "#" in form and len(of) >= LEAST]


async def _visit_newest(
    visitor: Visitor, pool: Pool, site: Site, clues: Sequence[Clue]
) -> list[Listing]:
    found = []
    for clue in sorted(clues, key=lambda one: rank_date(one.url), reverse=True)[:MOST]:
        one = await look_at(visitor, pool, site, clue)
        if one is not None and len(one.articles) >= LEAST_OWN:
            found.append(one)
    return found


def rank_date(url: str) -> tuple[int, ...]:
    """The year of an address, then its other numbers in their order: the newest month is largest,
    wherever the year stands."""
    numbers = _NUMBER.findall(_HOST.sub("", url))
    years = [one for one in numbers if _YEAR.fullmatch(one)]
    return (*map(int, years[:1]), *(int(one) for one in numbers if one not in years[:1]))


def write_pattern(index: str, clues: Iterable[Clue]) -> str:
    """The regex of an index and of the lists behind it."""
    forms = {_NUMBER.sub("#", _HOST.sub("", clue.url)) for clue in clues}
    forms = {_HOST.sub("", index), *forms}
    named = sorted(re.escape(one).replace(r"\-", "-").replace(r"\#", r"\d+") for one in forms)
    return rf"^https?://[^/?#]+/(?:{'|'.join(named)})$"
