"""Give a story back what the general reader dropped out of its middle and at its top.

Only lines that no sign speaks against, within the story's element: list items, headings that lead
on to a kept line, the sentence that opens a kept element whose lines are parted by br, and a first
paragraph that stands apart from the others (a drop cap, a dateline in a box of its own), which may
stand beside the element as well.

Worth in points of F1 on all pages: headings +.26 web articles, +.18 snippets; list items +.40 web
articles, +.04 newspapers; the first paragraph +.12 newspapers, +.43 older layouts of them. No
corpus lost. What a page hides counts where it names that element as the part of its story that
is not free: a script shows it to subscribers. Rejected: rows of tables (layout tables, -.02 web,
-.05 snippets) and paragraphs built like the kept ones (+.12 snippets, -.03 newspapers: consent and
recommendation boxes).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.mend import order
from crawler.read.signs import Sign, read_signs

_LINKS = 0.5  # share of letters: more is a list of links
_NEAR = 8  # lines before the first kept one in which the first paragraph is looked for
_LONG = 80  # letters of a paragraph
_ABOVE = 3  # elements above the story's own that may hold its first paragraph
_OTHER = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.ASIDE | Sign.AD | Sign.SHARE | Sign.CAPTION
_MAX = 3_000  # letters of a hidden paragraph: a longer one is a whole story run together
_END = re.compile(r"[.!?…。！？][\"'”’»)\]」』]*$")


def fill_holes(
    kept: Sequence[Block],
    page: Sequence[Block],
    container: HtmlElement | None,
    common: Sign,
    start: int = 0,
) -> list[Block]:
    """The kept lines with those between and before them that belong to the story as well.

    ``page`` are all lines, ``common`` the signs of the story's wrapper, ``start`` the place of the
    headline.
    """
    places = {block.place for block in kept if block.place >= 0}
    if container is None or not places:
        return list(kept)
    inside, texts = set(container.iter()), {block.folded for block in kept}
    first, last = min(places), max(places)
    added = [
        block
        for block in page[first : last + 1]
        if block.place not in places
        and block.element in inside
        and _is_plain(block, common, texts)
        and (block.tag == "li" or (block.is_heading and _leads_on(block, places)))
    ]
    added += [
        before
        for before, after in pairwise(page)
        if after.place in places
        and before.place not in places
        and before.place > start
        and before.element is after.element is not None
        and _END.search(before.text) is not None
        and _is_plain(before, common, texts)
    ]
    near = page[max(start + 1, first - _NEAR) : first]
    added += [b for b in near if _is_first(b, common, texts) and _is_by(b, container, inside)]
    return order(kept, added)


def add_hidden(
    kept: Sequence[Block], page: Sequence[Block], walls: Collection[HtmlElement]
) -> list[Block]:
    """The kept lines with the hidden ones of the page that stand in one of ``walls``."""
    inside = {element for wall in walls for element in wall.iter() if _is_hidden(wall)}
    places = {block.place for block in kept if block.place >= 0}
    added = [
        block
        for block in page
        if block.place not in places
        and block.element in inside
        and block.links < _LINKS
        and len(block.text) < _MAX
        and not block.signs & _OTHER
    ]
    return order(kept, added) if any(len(block.text) >= _LONG for block in added) else list(kept)


def _is_hidden(element: HtmlElement) -> bool:
    return Sign.HIDDEN in read_signs(element)


def _is_plain(block: Block, common: Sign, texts: set[str]) -> bool:
    return (
        not block.signs & ~common
        and block.links < _LINKS
        and bool(block.folded)
        and block.folded not in texts
    )


def _leads_on(heading: Block, places: set[int]) -> bool:
    return heading.place + 1 in places or heading.place + 2 in places


def _is_first(block: Block, common: Sign, texts: set[str]) -> bool:
    return (
        len(block.text) >= _LONG
        and block.tag in ("p", "div")
        and _END.search(block.text) is not None
        and _is_plain(block, common, texts)
    )


def _is_by(block: Block, container: HtmlElement, inside: set[HtmlElement]) -> bool:
    """Whether a line stands in the story's element, or beside it in one close above."""
    if block.element in inside:
        return True
    if block.element is None:
        return False
    close = list(container.iterancestors())[:_ABOVE]
    return any(above in close for above in list(block.element.iterancestors())[:_ABOVE])
