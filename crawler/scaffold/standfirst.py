"""Learns where the standfirst stands: one line between headline and text, in a box of its own.

    <h1>...</h1> <div class="sub">A line.</div> <figure>...</figure> <div class="text">    .sub

A name is the standfirst's where it leads to one line there on nearly every article, another one on
each, and where enough of these lines are told in full: lists announce the article with them, or
they end as sentences do, or are long. Lines of authors, dates and labels are none, captions only
where lists repeat them; a first paragraph only where it stands apart from the second. Rejected: a
least length for all (a third of one paper's standfirsts had under 75 letters).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.dates import parse_date
from crawler.read.people import looks_named
from crawler.read.select import select
from crawler.read.signs import Sign
from crawler.read.words import read_words
from crawler.scaffold.clues import weigh_words
from crawler.scaffold.names import list_names

if TYPE_CHECKING:
    from crawler.scaffold.contrast import Ground

LEAST, SHARE = 3, 0.8  # articles that have it, and their share
TOLD, WHOLE = 0.5, 3  # share of them with a line no other page has; one of so many told in full
SHORTEST, LONGEST, FULL = 12, 600, 45  # letters of a standfirst; of one that is told in full
STAMP = 120  # letters of a line with a date
FAR, AROUND = 30, 3  # lines below the headline; elements around a line that may name it
SPOKEN = 5  # words that are told in full, unless they are names
_ENDS = '.!?…。।؟”»"'
_APART = Sign.CAPTION | Sign.FIGURE | Sign.COMMENT | Sign.RELATED | Sign.BYLINE


def learn_lead(ground: Sequence[Ground], bodies: Sequence[str]) -> str | None:
    """The selector of the standfirst, None for none; ``bodies``: selectors of the text."""
    tried: set[str] = set()
    for one in ground:
        for block in list_between(one, bodies):
            for element in _list_elements(block) if may_lead(one, block) else ():
                for css in list_names(element):
                    if css not in tried and _leads(ground, css, bodies):
                        return css
                    tried.add(css)
    return None


def list_between(one: Ground, bodies: Sequence[str]) -> list[Block]:
    """The lines from the headline to the text, its first paragraph with them if it stands apart;
    none where the headline is not found."""
    text = next(iter(select(one.tree, bodies)), None)
    own = one.list_within(text) if isinstance(text, HtmlElement) else one.own
    places = [b.place for b in own if not b.signs & _APART]
    if not places:
        return []
    start = next((b.place for b in one.blocks if b.folded == one.headline), places[0])
    lines = one.blocks[start + 1 : places[0]]
    first, second = one.blocks[places[0]], one.blocks[places[1]] if len(places) > 1 else None
    if second is not None and start < places[0] and _is_apart(first, second):
        lines = [*lines, first]
    return lines[:FAR]


def may_lead(one: Ground, block: Block) -> bool:
    """Whether a line may be a standfirst: words that no other article has, no author, no date."""
    element = block.element
    return (
        element is not None
        and block.links < 0.5
        and SHORTEST <= weigh_words(block.text) <= LONGEST
        and (block.folded not in one.shared or block.folded in one.listed)
        and not block.signs & _APART
        and not (len(block.text) < STAMP and parse_date(block.text))
        and ":" not in block.text[:20]
        and key(read_words(element)) == block.folded
        and (block.folded in one.listed or not _follows_picture(element))
    )


def _is_apart(first: Block, second: Block) -> bool:
    """Whether a first paragraph stands in another box than the second, or is all bold."""
    one, other = first.element, second.element
    if one is None or other is None or one is other:
        return False
    return one.getparent() is not other.getparent() or first.strong > 0.9 > second.strong


def _list_elements(block: Block) -> Iterator[HtmlElement]:
    """The elements that say a line and no more: its own, those within and around it."""
    if block.element is None:
        return
    for element in (block.element, *block.element.iterdescendants()):
        own = isinstance(element.tag, str) and key(read_words(element)) == block.folded
        if own and isinstance(element, HtmlElement):
            yield element
    for outer in list(block.element.iterancestors())[:AROUND]:
        if key(read_words(outer, LONGEST + 1)) == block.folded:
            yield outer


def _leads(ground: Sequence[Ground], css: str, bodies: Sequence[str]) -> bool:
    hits, told, whole = 0, list[str](), 0
    for one in ground:
        found = select(one.tree, (css,))
        if len(found) > 1:
            return False
        folded = key(read_words(found[0])) if found else ""
        if not folded:
            continue
        block = next((b for b in list_between(one, bodies) if b.folded == folded), None)
        if block is None:
            return False
        hits += 1
        if may_lead(one, block):
            told.append(folded)
            whole += _is_whole(one, block)
    enough = hits >= max(LEAST, SHARE * len(ground)) and len(told) >= TOLD * hits
    return enough and len(set(told)) == len(told) and whole * WHOLE >= hits


def _is_whole(one: Ground, block: Block) -> bool:
    listed, ends = block.folded in one.listed, block.text.rstrip()[-1:] in _ENDS
    cased = block.text.upper() != block.text.lower()
    spoken = len(block.text.split()) >= SPOKEN and cased and not looks_named(block.text)
    named = Sign.LEAD in block.signs
    return listed or ends or named or spoken or weigh_words(block.text) >= FULL


def _follows_picture(element: HtmlElement) -> bool:
    """Whether words stand right behind a picture, or in a box with one: they may be its caption."""
    before = element.getprevious()
    parent = element.getparent()
    if next(element.itersiblings("img", preceding=True), None) is not None:
        return True
    if element.find(".//img") is not None:
        return True
    if before is None and parent is not None and parent.tag in ("a", "p", "tr", "td"):
        before = parent.getprevious()
    if before is None or before.find(".//img") is None:
        return False
    return not key(read_words(before, 20))
