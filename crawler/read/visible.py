"""The names of authors that a reader sees on a page: marked up, near the headline.

    rel=author, itemprop · class "author" · byline near the headline · links to an author's page
    · "By A B" · "Written by:" and the next line

A line's inline elements are its names where they are whole names or stand glued side by side
("A B" and "May 3"); what follows "edited by" and its like is no author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lxml.etree import XPath
from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import clean, key
from crawler.read.facts import Facts, Said
from crawler.read.imprint import find_posted
from crawler.read.names import find_signed, match_lead
from crawler.read.people import has_stranger, is_placeholder
from crawler.read.signs import Sign, read_signs
from crawler.read.strays import drop_strays
from crawler.read.words import read_words

Names = list[tuple[str, str]]  # (name, schema.org type or "")

MAX_LINE = 120  # letters of a byline
_MARKED = 6  # marked elements that are looked at
_MAX_MARKED = 90  # letters of an element marked as an author
_POSTED = 3  # lines below the headline in which "posted by A on ..." may stand
_NEAR, _ABOVE = 15, 3  # lines below and above the headline
_HEAD, _CARD = 3, 2  # lines below it that are its own whatever links stand there; lines of a card
_TITLE, _LINKED = 20, 0.9  # letters of a card's headline, share of them in its link
# by the attribute half as dear as by the element, and without a second test half of that
_CLASS = XPath("/descendant::*/@class[contains(., 'author')]/..")
_AUTHOR = re.compile(r"(?<![^ \t\r\n])author(?![^ \t\r\n])")  # a class of its own
_AGENCY = re.compile(r"agency|source|agentur|agence|quelle|nguon", re.I)
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|as|i)?|auteurs?|staff|writers?|journalists?|reporters?|"
    r"contributors?|columnists?|redakteure?|yazar(?:lar)?|penulis|skribent(?:er)?|forfatter|"
    r"tac-gia|phong-vien|profiles?|people)(?:/[^/?#]+)?/[^/?#]{3,}",
    re.I,
)
_LABEL = re.compile(r"[^\W\d_][^\d:|]{1,22}:\s")
_ELSEWHERE = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.ASIDE | Sign.AD | Sign.CAPTION


def list_shown(facts: Facts, said: Said) -> Iterator[tuple[str, Names]]:
    """The names a reader sees around the headline."""
    yield "class:author", list_marked(_list_classed(facts, said))
    wrapped = said.sheet.wrapped
    near = [b for b in list_around(facts, said) if len(b.text) < MAX_LINE]
    near = [b for b in near if not _is_card(facts, said, b)]
    lines = [b for b in near if Sign.BYLINE in b.signs & ~wrapped][:3]
    lines = [b for b in lines if b.element is None or drop_strays([b.element], facts, said.sheet)]
    own = [line for line in lines if line is lines[0] or not has_stranger(line.text)]
    yield "byline", [pair for line in own for pair in _split_line(line)]
    here = [b for b in near if not b.signs & ~wrapped & _ELSEWHERE]
    yield "link:author", _list_linked(here)
    own = [b for b in here if b.element is None or not find_signed(b.text)
           or drop_strays([b.element], facts, said.sheet)]  # fmt: skip
    yield "signed", _list_signed(own)
    posted = (found for b in list_around(facts, said)[:_POSTED] if (found := find_posted(b.text)))
    yield "posted", [(name, "") for name, _ in posted][:1]


def list_around(facts: Facts, said: Said) -> list[Block]:
    """The lines below the headline, comments aside, and the bylines right above it."""
    sheet = said.sheet
    start = sheet.find_start(facts.titles)
    above = [b for b in sheet.lines[max(0, start - _ABOVE) : start] if Sign.BYLINE in b.signs]
    comment = Sign.COMMENT & ~sheet.wrapped
    below = [b for b in sheet.lines[start + 1 : start + 1 + _NEAR] if not b.signs & comment]
    if Sign.COMMENT & sheet.wrapped:  # most lines of a short article's page are comments
        head = sheet.lines[start].element if start < len(sheet.lines) else None
        around = set() if head is None else {head, *head.iterancestors()}
        below = [b for b in below if not _is_comment(b, around)]
    return [*below, *(b for b in above if not b.links)]


def _is_card(facts: Facts, said: Said, block: Block) -> bool:
    """Whether a byline stands right behind the linked headline of another article."""
    sheet = said.sheet
    if block.place - sheet.find_start(facts.titles) <= _HEAD:
        return False
    before = sheet.lines[block.place - _CARD : block.place]
    return any(b.links > _LINKED and len(b.text) >= _TITLE for b in before)


def _is_comment(block: Block, around: set[HtmlElement]) -> bool:
    """Whether a line stands in an element of comments that does not hold the headline too."""
    above = [] if block.element is None else [block.element, *block.element.iterancestors()]
    return any(e not in around and read_signs(e) & Sign.COMMENT for e in above)


def _list_signed(near: Sequence[Block]) -> Names:
    """The names of a line "By A B", or of the line after one that only says "Written by:"."""
    for at, block in enumerate(near):
        names = find_signed(block.text)
        if names and not is_placeholder(names):
            return [(names, "")]
        if 1 < match_lead(f"{block.text} ") >= len(block.text) and block.text.endswith(":"):
            return [(following.text, "") for following in near[at + 1 : at + 2]]
    return []


def list_related(facts: Facts, said: Said) -> Names:
    """The names of elements with rel=author or itemprop=author."""
    return list_marked(drop_strays(said.find_marked(_is_author, _MARKED), facts, said.sheet))


def _is_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel"), element.get("itemprop"))


def _list_classed(facts: Facts, said: Said) -> list[HtmlElement]:
    """The first elements of the class "author" that are no other article's."""
    found = _CLASS(said.sheet.tree)
    elements = found if isinstance(found, list) else []
    classed = [
        element
        for element in elements
        if isinstance(element, HtmlElement) and _AUTHOR.search(element.get("class") or "")
    ]
    return drop_strays(classed[:_MARKED], facts, said.sheet)


def keep_first(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The elements of one list, the first: other cards of the page have authors, too."""
    first = _find_card(elements[0]) if elements else None
    return [element for element in elements if _find_card(element) is first]


def list_marked(elements: Sequence[HtmlElement]) -> Names:
    """The names of marked elements, all of one list."""
    words = {e: read_words(e) for e in keep_first(elements)}
    short = [pair for pair in words.items() if len(pair[1]) < _MAX_MARKED][:4]
    return [name for element, line in short for name in _split_element(element, line)]


def _find_card(element: HtmlElement) -> HtmlElement | None:
    """The element two levels up: what holds the names of one list."""
    for _ in range(2):
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _list_linked(near: Sequence[Block]) -> Names:
    """The words of links to the page of an author, in the lines near the headline."""
    names: dict[str, str] = {}
    for block in near:
        if block.element is None or not block.links or has_stranger(block.text):
            continue
        if names and _LABEL.match(block.text) and not match_lead(block.text):
            continue  # "Editor: C D" below "Author: A B"
        for anchor in list(block.element.iter("a"))[:12]:
            if _AUTHOR_PAGE.search(anchor.get("href") or ""):
                words = read_words(anchor)
                if words and words in block.text:
                    names.setdefault(key(words), words)
    return [(name, "") for name in names.values()][:8]


def _split_line(line: Block) -> Names:
    """The names of a byline: its inline elements where they are whole names, else the line."""
    return (
        _split_element(line.element, line.text) if line.element is not None else [(line.text, "")]
    )


def _split_element(element: HtmlElement, text: str) -> Names:
    parts = {e: read_words(e) for e in element.iter("span", "a", "em", "i", "b", "strong")}
    agencies = [words for e, words in parts.items() if _AGENCY.search(e.get("class") or "")]
    raw = [part for part in element.itertext() if clean(part)]
    pieces = [words for part in raw if (words := clean(part)) not in agencies]
    last = next((at for at, piece in enumerate(pieces) if at and has_stranger(piece)), len(pieces))
    whole = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces[:last])
    apart = whole or bool(agencies) or last < len(pieces) or _is_glued(raw)
    names = pieces[:last] if apart else [text]
    return [(name, "") for name in names] + [(name, "Organization") for name in agencies]


def _is_glued(parts: Sequence[str]) -> bool:
    """Whether two inline elements stand side by side without a blank: "A B" and "May 3"."""
    return any(a[-1:].isalnum() and b[:1].isalnum() for a, b in pairwise(parts))
