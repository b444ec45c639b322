"""Find the lead of an article (sapo, standfirst) and the dateline marker it may begin with.

A lead is a line the page shows apart from its body: what the profile names, else a line between
headline and body that the page marks as one or that its description repeats, else one set
apart within the body: a first paragraph built unlike the others that the description repeats, or
one that alone is bold; else a heading before the body that is as long as a sentence. A first
paragraph built like the others that serves as the description is none: systems make descriptions
of it themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.read.blocks import Block
from crawler.read.clean import key
from crawler.read.mend import read_form
from crawler.read.signs import Sign

_MIN, _MAX = 25, 1_200  # letters of a lead
_FAR = 30  # lines between headline and body in which a lead is looked for
_BAD = (
    Sign.CAPTION
    | Sign.FIGURE
    | Sign.BYLINE
    | Sign.RELATED
    | Sign.COMMENT
    | Sign.FRAME
    | Sign.SHARE
    | Sign.PROMPT
    | Sign.AD
)
_WORSE = _BAD & ~Sign.RELATED  # "teaser" names the article's own standfirst, too
_LINE, _BOLD = 60, 0.9  # letters of a paragraph; share of its letters in bold
_END = re.compile(r"[.!?…][\"'”’»)]*$")
_DATELINE = re.compile(
    r"^(?:\([^()]{2,24}\)\s*[-–—]\s*|\([A-ZĐÂÊÔƠƯ]{2,8}\)\s+|[A-ZĐÂÊÔƠƯ&]{2,8}\s*[-–—]\s+)(?=\S)"
)


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead, where it was found, and the place of its line (-1: not a line of the page)."""

    text: str
    source: str
    place: int = -1


def find_lead(
    before: Sequence[Block],
    body: Sequence[Block],
    descriptions: Sequence[str],
    common: Sign,
    dateline: re.Pattern[str] | None = None,
) -> Lead | None:
    """The lead of a page whose profile does not say where it stands, or None.

    ``before`` are the lines from the headline to the body, ``body`` the kept ones, ``common`` the
    signs of the body's wrapper, ``dateline`` the profile's form of the marker before a lead.
    """
    told = [key(d) for d in descriptions]
    best: Lead | None = None
    for block in before[:_FAR]:
        signs = block.signs & ~common
        if not _MIN <= len(block.text) <= _MAX or block.links > 0.5 or signs & _WORSE:
            continue
        if any(_is_told(folded, told) for folded in _fold(block, dateline)):
            return Lead(block.text, "seen, as described", block.place)
        if signs & _BAD:
            continue
        if best is None and Sign.LEAD in block.signs & ~common:
            best = Lead(block.text, "seen, as named", block.place)
    return (
        best
        or _find_first(body, descriptions, dateline)
        or _find_in_body(body, told, common)
        or _find_heading(before, common)
    )


def _find_heading(before: Sequence[Block], common: Sign) -> Lead | None:
    """A heading of the length of a sentence between headline and body."""
    for block in before[:_FAR]:
        plain = not block.signs & ~common & _BAD and block.links < 0.5
        if block.is_heading and plain and _LINE <= len(block.text) <= _MAX:
            return Lead(block.text, "seen, a heading", block.place)
    return None


def _fold(block: Block, dateline: re.Pattern[str] | None) -> tuple[str, ...]:
    """What a description may repeat: a line, and the line without its dateline marker."""
    marker, rest = split_dateline(block.text, dateline)
    return (block.folded, key(rest)) if marker else (block.folded,)


def _find_first(
    body: Sequence[Block], descriptions: Sequence[str], dateline: re.Pattern[str] | None
) -> Lead | None:
    """The first paragraph, if it is built unlike the others and a description repeats it, or if
    it alone is bold."""
    if len(body) < 2 or body[0].is_heading or not _MIN <= len(body[0].text) <= _MAX:
        return None
    first, told = body[0], [key(words) for words in descriptions]
    others = [block for block in body[1:] if len(block.text) > _LINE and not block.is_heading]
    folded, form = _fold(first, dateline), read_form(first)
    if not any(read_form(block) == form for block in others) and any(
        _is_told(one, told) for one in folded
    ):
        return Lead(first.text, "first paragraph, as described", first.place)
    plain = bool(others) and not any(block.strong > _BOLD for block in others)
    if plain and first.strong > _BOLD and len(first.text) > _LINE and _END.search(first.text):
        return Lead(first.text, "first paragraph, bold", first.place)
    return None


def _find_in_body(body: Sequence[Block], told: Sequence[str], common: Sign) -> Lead | None:
    """A first line of the body that the page sets apart: by name, by bold, as a heading."""
    for block in body[:2]:
        apart = bool(block.signs & ~common & Sign.LEAD) or block.strong > 0.9 or block.is_heading
        if not apart or not _MIN <= len(block.text) <= _MAX:
            continue
        if _is_told(block.folded, told) or (
            len(block.text) > 60 and Sign.LEAD in block.signs & ~common
        ):
            return Lead(block.text, "first paragraph, set apart", block.place)
    return None


def _is_told(folded: str, told: Sequence[str]) -> bool:
    """Whether a description is this line, or its beginning where it was cut at some length."""
    return any(
        d == folded
        or (
            len(d) >= 60
            and (folded.startswith(d[:-2]) or (d.startswith(folded) and len(folded) > 60))
        )
        for d in told
    )


def split_dateline(text: str, pattern: re.Pattern[str] | None) -> tuple[str | None, str]:
    """(marker, rest) of a lead: the profile's form of it, else "(XYZ) - " or "XYZ - ".

    What the group ``caps`` of a profile's form matches has to be in capitals.
    """
    match = pattern.match(text) if pattern is not None else _DATELINE.match(text)
    if match is None or not match[0] or len(match[0]) >= len(text) // 2:
        return None, text
    caps = match.groupdict().get("caps")
    if caps is not None and not caps.isupper():
        return None, text
    closed = match[0][-1].isspace() or match[0].lstrip().startswith("(")
    marker = match[0].strip(" -–—.:\t")
    if marker.startswith("(") and marker.endswith(")"):
        marker = marker.strip(" ()")
    if not closed or not marker or marker.islower():
        return None, text
    return marker, text[match.end() :].lstrip()
