"""Learns where authors stand that general ways did not find: on the line of the date, behind a
label of whatever language, on a line of their own behind the text.

    <div class="dt">2 marzo 2026, ore 8:40 - di <a href="/firme/x/">Ada Neri</a></div>    .dt > a
    <p class="info">23/11/2026 08:15 | Nguyễn Văn A</p>                                    .info
    <span class="by">Mwandishi: Neema Mushi</span>                                         .by
    ...</p></div><div class="sign"><p><b>LÒ VĂN PẢN</b></p></div>                          .sign > p

An element of a line with a date is the author's where it says a name on most articles, and not the
same on all of them; a label before it is the same on all. Where the name has no element of its own
the line is named: reading cuts the date away (crawler/read/imprint.py). Names without a link of
their own are a guess: places stand there too. A line of tags says no author, however its first
link is named, and a signature behind the text is one where all its words are capitalised and most
names have two or more: "Thời sự", "Gemeinderat" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from crawler.read.authors import read_credits
from crawler.read.clean import clean, key
from crawler.read.dates import parse_date
from crawler.read.imprint import LONGEST, cut_stamp
from crawler.read.labelled import cut_label
from crawler.read.names import match_source
from crawler.read.people import has_stranger, is_placeholder
from crawler.read.select import select
from crawler.read.signs import Sign
from crawler.read.words import read_words
from crawler.scaffold.contrast import Ground
from crawler.scaffold.names import list_names, list_own
from spiders.profile import Trust

LEAST, MOST, NAMES = 3, 0.7, 2  # articles; share of them; different names
_INNER = ("a", "span", "b", "strong", "em", "i", "font", "small")
_LABELLED = re.compile(r"[^\W\d_][^\d:：|,.]{0,22}\s?[:：]\s*\S")
_WORDS = re.compile(r"[^\W\d_][^\d|:;/]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_LONGEST_NAME = 80
_BEHIND = 3  # lines behind a text


@dataclass(frozen=True, slots=True)
class Signed:
    """The selector of the authors, and how it is known."""

    css: str
    trust: Trust


def learn_authors(ground: Sequence[Ground], sections: frozenset[str]) -> Signed | None:
    """Where the authors stand; None where no line with a date names any. ``sections``: folded
    names that are nobody's."""
    owners = sorted(sections)
    for way in (_list_inner, _list_lines, _list_signatures):
        tried: set[str] = set()
        for one in ground:
            for element in way(one):
                for css in (*list_names(element), *_number(element)):
                    if css not in tried and _names(ground, css, owners):
                        linked = way is _list_inner and element.tag == "a"
                        return Signed(css, "seen" if linked else "guess")
                    tried.add(css)
    return None


def _list_inner(one: Ground) -> Iterator[HtmlElement]:
    """The elements within lines that hold a date or a label, and more."""
    for line in _list_lines(one):
        yield from line.iter(*_INNER)


def _list_lines(one: Ground) -> Iterator[HtmlElement]:
    """The elements of lines that hold a date or a label, and more; none of tags."""
    for block in one.blocks:
        near = block.element is not None and len(block.text) <= LONGEST
        told = near and (parse_date(block.text) or _LABELLED.match(block.text))
        tags = block.signs & Sign.TAGS
        if told and block.element is not None and block.links < 0.9 and not tags:
            yield block.element


def _list_signatures(one: Ground) -> Iterator[HtmlElement]:
    """The elements of the lines right behind the text that are capitalised words and no links."""
    article = one.page.reading.article
    told = {clean(line) for line in (article.text if article else "").split("\n")}
    ends = [n for n, b in enumerate(one.blocks) if b.text in told and not _is_capital(b.text)]
    for block in one.blocks[ends[-1] + 1 :][:_BEHIND] if ends else ():
        if block.element is not None and not block.links and _is_capital(block.text):
            yield block.element


def _is_capital(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text)
    return len(words) > 1 and all(word[0] != word[0].lower() for word in words)


def _number(element: HtmlElement) -> Iterator[str]:
    """The place of a line without a name among its like: ".info > dd:nth-of-type(2)"."""
    outer = element.getparent()
    like = element.tag == "a" and any(True for _ in element.itersiblings("a"))
    if outer is not None and not like:  # the first of several links: a tag, or half of the authors
        place = 1 + sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        yield from (f"{css} > {element.tag}:nth-of-type({place})" for css in list_own(outer))


def _names(ground: Sequence[Ground], css: str, owners: Sequence[str]) -> bool:
    said: list[tuple[str, ...]] = []
    days: list[tuple[tuple[str, ...], int]] = []
    labels: set[str] = set()
    silent = wired = 0  # articles without a word there, and those that name an agency
    for one in ground:
        found = select(one.tree, (css,))
        if len(found) > 1:
            return False
        words = read_words(found[0], 2 * LONGEST) if found else ""
        silent += not words
        wired += bool(words and read_credits([(words, "")], owners).agency)
        if names := _read_names(words, owners):
            said.append(names)
            days += [(names, day) for day in _list_weekday(one)]
            labels.add(words.partition(":")[0] if _LABELLED.match(words) else "")
    most = MOST * (len(ground) - silent - wired)
    enough = len(said) >= max(LEAST, most) and len(set(said)) >= NAMES
    enough = enough and len(said) + wired >= MOST * len(ground) - silent / 2
    whole = sum(any(" " in name or not _is_cased(name) for name in names) for names in said)
    return enough and not _tell_day(days) and len(labels) == 1 and 2 * whole >= len(said)


def _list_weekday(one: Ground) -> list[int]:
    """The day of the week (0 to 6) on which an article came out, none where that is not known."""
    article = one.page.reading.article
    date = article.published if article else None
    found = _DAY.match(date.value) if date else None
    return [datetime.fromisoformat(found[0]).weekday()] if found else []


def _tell_day(said: Sequence[tuple[tuple[str, ...], int]]) -> bool:
    """Whether names are those of weekdays, of whatever language: the same on the same day, and
    another on another. Asked where some day comes twice."""
    pairs = set(said)
    repeated = len(said) > len(pairs)
    return repeated and len(pairs) == len({n for n, _ in pairs}) == len({d for _, d in pairs}) > 1


def _is_cased(name: str) -> bool:
    return name.lower() != name.upper()


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
