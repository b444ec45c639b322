"""Take the paper's notice of correction into the text where it stands beside the body.

Papers set it in a box between picture and story, or below the last line, outside of the element
that the profile names: who reads the body alone never learns that a name was wrong. What counts is
the words (archive/notice.py), or that it denies a value that the story has not beside one that it
has, as a correction does (archive/weighing.py; whether one gave way to the other the ledger tells,
and lines of many pages leave with the template); near the story or right above its headline, in no
box of others and not in the page's own foot; a foot with little in it is the story's.
Decision: it becomes a line of
the text, at the end it stands nearest to, as if it stood within; a field of its own was rejected,
since half of the papers do set it among the paragraphs and the ledger reads the text.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from archive.notice import is_notice
from archive.weighing import Around, may_own
from crawler.read.blocks import Block
from crawler.read.facts import Facts
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign, read_signs
from crawler.read.story import Story

_BARRED = Sign.RELATED | Sign.COMMENT | Sign.FRAME | Sign.SHARE | Sign.TAGS | Sign.AD
_LEAST, _MOST = 20, 600  # letters: "Corrections" alone is a link to all of them
_LONG = 40  # ... of a line without a colon: "Corrections and clarifications" heads a list of others
_BEHIND = 12  # plain lines behind the last of the story
_ABOVE = 3  # lines above the headline
_HEADED = re.compile(r"[:：]\s*\S")
_LINKED = 0.5
_FOOT, _LINKS = 700, 3  # letters and links of a foot that is the story's


def add_notices(sheet: Sheet, facts: Facts, story: Story) -> None:
    """Add the notices near a story that are none of its lines, before or behind them."""
    elements = {block.element for block in story.blocks} - {None}
    places = [line.place for line in sheet.lines if line.element in elements]
    if not places:
        return
    first, last = places[0], places[-1]
    start = max(0, min(sheet.find_start(facts.titles), first) - _ABOVE)
    held = {block.folded for block in story.blocks}
    barred = _BARRED & ~sheet.wrapped
    behind = [line for line in sheet.lines[last + 1 :] if line.links <= _LINKED]
    near = [*sheet.lines[start:first], *behind[:_BEHIND]]
    text = Around("\n".join([*facts.titles, *(block.text for block in story.blocks)]))
    dated = facts.published.raw if facts.published else None
    near = [b for b in near if b.folded not in held and not (dated and dated in b.text)]
    found = [block for block in near if _is_told(block, barred, text)]
    if found:
        story.blocks = [
            *(block for block in found if block.place < first),
            *story.blocks,
            *(block for block in found if block.place > last),
        ]


def _is_told(block: Block, barred: Sign, text: Around) -> bool:
    if not _LEAST <= len(block.text) <= _MOST or block.links > _LINKED:
        return False
    if len(block.text) < _LONG and (block.links or not _HEADED.search(block.text)):
        return False
    signs = block.signs & barred
    if signs & ~Sign.FRAME or (signs and not _is_foot(block.element)):
        return False
    return is_notice(block.text) or may_own(block.text, text)


def _is_foot(element: HtmlElement | None) -> bool:
    """Whether what frames a line are feet with hardly more in them."""
    if element is None:
        return False
    framing = [e for e in (element, *element.iterancestors()) if read_signs(e) & Sign.FRAME]
    return all(
        e.tag == "footer" and len(e.text_content()) <= _FOOT and len(e.xpath(".//a")) <= _LINKS
        for e in framing
    )
