"""Tells what an entry of the menu is, that was not asked for, by those that stand beside it.

    Redaksi | Pedoman | Kontak | Info Iklan      two were read and list no articles: none does
    Village | Sport | Events | Farming           one lists none: nothing is known of the others

Links stand beside each other in the smallest element of the front page that holds three of them. A
foot that is named for nothing is told from the menu so, and in any language. Rejected: words for
"contact" and "imprint", of which no list has those of all papers.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.read.anchors import collect_anchors
from crawler.scaffold.menus import Menu
from spiders.site import Site

LEAST = 3  # links that make a box
EMPTY = 2  # of them that were read and list no articles, from which on the others list none


def find_boxes(front: HtmlElement | None, home: str, site: Site) -> list[frozenset[str]]:
    """The addresses that stand beside each other on the front page, box by box."""
    if front is None:
        return []
    anchors = list(collect_anchors(front, home, site))
    held: dict[HtmlElement, set[str]] = {}
    for anchor in anchors:
        for element in anchor.element.iterancestors():
            held.setdefault(element, set()).add(anchor.url)
    smallest: dict[HtmlElement, None] = {}
    for anchor in anchors:
        around = (e for e in anchor.element.iterancestors() if len(held[e]) >= LEAST)
        if (box := next(around, None)) is not None:
            smallest[box] = None
    return [frozenset(held[box]) for box in smallest]


def drop_beside(menu: Menu, boxes: Sequence[frozenset[str]]) -> None:
    """Leave out entries that were not looked at, and stand beside such as list no articles only."""
    lists = {one.clue.url for one in menu.categories}
    empty = {one.clue.url for one in (*menu.others, *menu.framed)}
    idle = [box for box in boxes if not box & lists and len(box & empty) >= EMPTY]
    known = frozenset[str]().union(*(box for box in boxes if box & lists))
    for clue in [one for one in menu.unseen if any(one.url in box for box in idle)]:
        if clue.url not in known:
            menu.unseen.remove(clue)
            menu.leave("not looked at, and stand beside such as list no articles", clue.url)
