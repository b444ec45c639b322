"""Date an article whose page writes no whole date: by the capture, else by htmldate's guess.

    <span class="dt">Вчора, 05:18</span>      "seen, by the capture": relative.py
    © 2013-2026                               htmldate's 2026-01-01: nobody's date, and none is kept

Only lines of nothing but a date count, from the headline to the second paragraph: the "today" of a
box of what is read most is another article's. Of htmldate's guesses those on the first of January
are left, which are a year (of a copyright line) and no day, and those after the capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, timedelta, tzinfo

from lxml.html import HtmlElement

from archive.records import Date
from crawler.read.blocks import Block
from crawler.read.changed import is_change
from crawler.read.dates import find_order
from crawler.read.facts import Said
from crawler.read.guesses import guess_day
from crawler.read.published import Candidate, choose_date
from crawler.read.relative import LONGEST
from crawler.read.signs import Sign
from crawler.read.words import read_words

BY_CAPTURE = ", by the capture"
"""How the source of a date ends that is one by the instant of the capture only."""
_BARRED = (
    Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.ASIDE | Sign.AD | Sign.CAPTION | Sign.FIGURE
)
_PARAGRAPH, _PARAGRAPHS = 80, 2  # letters of a paragraph; behind the second no date is looked for
_LINE = 200  # letters of a line whose parts are looked at
_BETWEEN = re.compile(r"\s*[|·•]\s*")
_INLINE = ("span", "time", "font", "small", "em", "i", "b", "strong", "abbr", "div", "p", "li")
_FIRST = "-01-01"


def find_undated(
    said: Said, made: Sequence[Candidate], lines: Iterable[Block], paper: tzinfo
) -> tuple[Date | None, tuple[str, ...]]:
    """The date of an article that no whole date on its page gives, and the doubts there are.

    ``made`` are what profile, declarations and address say, ``lines`` those below the headline.
    """
    site, at = said.sheet.site, said.sheet.at
    if at is not None:
        named = [one for one in made if one.is_named]
        order = find_order(site.profile.language or said.meta.language)
        order = {"DMY": "DMY", "MDY": "MDY"}.get(site.profile.read.date_order or "", order)  # type: ignore[assignment]
        told = [*named, *(Candidate("seen", text, order) for text in _list_told(said, lines))]
        local = at.astimezone(paper)
        hung = (replace(one, at=local, source=f"{one.source}{BY_CAPTURE}") for one in told)
        if read := [one for one in hung if one.read()]:
            found, doubts = choose_date([*read[:1], *made], paper)
            unsure = found is not None and found.precision != "day" and paper is UTC
            return found, (*doubts, *((_doubt(found),) if found and unsure else ()))
    return _guess(said)


def _doubt(found: Date) -> str:
    return (
        f"date-offset: {found.raw!r} is read as {found.value} by the capture: the paper's clock is "
        "unknown; set `timezone` in its profile"
    )


def _guess(said: Said) -> tuple[Date | None, tuple[str, ...]]:
    """What htmldate finds, with a warning that says so; None for what is nobody's date."""
    guess, at = guess_day(said.sheet.tree, said.sheet.url), said.sheet.at
    if guess is None:
        return None, ()
    if guess.value.endswith(_FIRST):
        why = "a year's first day, as it makes of a copyright line; it is left"
    elif at is not None and guess.value > (at + timedelta(days=1)).date().isoformat():
        why = "after the capture; it is left"
    else:
        words = f"date-guessed: {guess.value} by htmldate, no source on the page says it"
        return guess, (words,)
    return None, (f"date-guessed: {guess.value} by htmldate is {why}",)


def _list_told(said: Said, lines: Iterable[Block]) -> Iterator[str]:
    """The short lines and parts of lines below the headline that may be a date and no more."""
    barred, long = _BARRED & ~said.sheet.wrapped, 0
    for block in lines:
        long += len(block.text) >= _PARAGRAPH and not any(map(str.isdigit, block.text[:LONGEST]))
        if long >= _PARAGRAPHS:
            return
        if block.signs & barred or len(block.text) > _LINE:
            continue
        yield from _BETWEEN.split(block.text)
        for element in _list_leaves(block.element):
            if not is_change(element):
                yield read_words(element, LONGEST)


def _list_leaves(element: HtmlElement | None) -> Iterator[HtmlElement]:
    inner = () if element is None else element.iter(*_INLINE)
    return (one for one in inner if len(one) == 0)
