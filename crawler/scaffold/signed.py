"""Learns where authors stand that general ways did not find: on the line of the date, behind a
label of whatever language.

    <div class="dt">2 marzo 2026, ore 8:40 - di <a href="/firme/x/">Ada Neri</a></div>    .dt > a
    <p class="info">23/11/2026 08:15 | Nguyễn Văn A</p>                                    .info
    <span class="by">Mwandishi: Neema Mushi</span>                                         .by

An element of a line with a date is the author's where it says a name on most articles, and not the
same on all of them; a label before it is the same on all. Where the name has no element of its own
the line is named: reading cuts the date away (crawler/read/imprint.py). Names without a link of
their own are a guess: places stand there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.read.authors import read_credits
from crawler.read.clean import key
from crawler.read.dates import parse_date
from crawler.read.imprint import LONGEST, cut_stamp
from crawler.read.labelled import cut_label
from crawler.read.names import match_source
from crawler.read.people import has_stranger, is_placeholder
from crawler.read.select import select
from crawler.read.words import read_words
from crawler.scaffold.contrast import Ground
from crawler.scaffold.names import list_names, list_own
from spiders.profile import Trust

LEAST, MOST, NAMES = 3, 0.7, 2  # articles; share of them; different names
_INNER = ("a", "span", "b", "strong", "em", "i", "font", "small")
_LABELLED = re.compile(r"[^\W\d_][^\d:：|,.]{0,22}\s?[:：]\s*\S")
_WORDS = re.compile(r"[^\W\d_][^\d|:;/]*")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Signed:
    """The selector of the authors, and how it is known."""

    css: str
    trust: Trust


def learn_authors(ground: Sequence[Ground], sections: frozenset[str]) -> Signed | None:
    """Where the authors stand; None where no line with a date names any. ``sections``: folded
    names that are nobody's."""
    owners = sorted(sections)
    tried: set[str] = set()
    for inner in (True, False):
        for one in ground:
            for element in _list_lines(one, inner=inner):
                for css in (*list_names(element), *_number(element)):
                    if css not in tried and _names(ground, css, owners):
                        linked = inner and element.tag == "a"
                        return Signed(css, "seen" if linked else "guess")
                    tried.add(css)
        tried.clear()
    return None


def _list_lines(one: Ground, *, inner: bool) -> Iterator[HtmlElement]:
    """The elements of lines that hold a date and more: those within, or the lines' own."""
    for block in one.blocks:
        near = block.element is not None and len(block.text) <= LONGEST
        told = near and (parse_date(block.text) or _LABELLED.match(block.text))
        if told and block.element is not None and block.links < 0.9:
            yield from block.element.iter(*_INNER) if inner else [block.element]


def _number(element: HtmlElement) -> Iterator[str]:
    """The place of a line without a name among its like: ".info > dd:nth-of-type(2)"."""
    outer = element.getparent()
    if outer is not None:
        place = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        yield from (f"{css} > {element.tag}:nth-of-type({place})" for css in list_own(outer))


def _names(ground: Sequence[Ground], css: str, owners: Sequence[str]) -> bool:
    said: list[tuple[str, ...]] = []
    labels: set[str] = set()
    for one in ground:
        found = select(one.tree, (css,))
        if len(found) > 1:
            return False
        words = read_words(found[0], 2 * LONGEST) if found else ""
        if names := _read_names(words, owners):
            said.append(names)
            labels.add(words.partition(":")[0] if _LABELLED.match(words) else "")
    enough = len(said) >= max(LEAST, MOST * len(ground)) and len(set(said)) >= NAMES
    return enough and len(labels) == 1


def _read_names(text: str, owners: Sequence[str]) -> tuple[str, ...]:
    """The names of a line, none where it says anything else beside its date and a label."""
    if is_placeholder(text) or match_source(text):
        return ()
    pieces = [cut_label(piece) for piece in cut_stamp(text)]
    rest = " ".join(pieces)
    if not rest or len(rest) > _LONGEST_NAME or not _WORDS.fullmatch(rest) or has_stranger(rest):
        return ()
    if key(rest) in owners:
        return ()
    names = read_credits([(piece, "") for piece in pieces], owners).authors
    titled = all(word[0] != word[0].lower() or word[0] == word[0].upper() for name in names
                 for word in name.split()[:1])  # fmt: skip
    return names if names and titled else ()
