"""Find the story of a page: the element a profile names, else what trafilatura keeps, mended.

Where the profile's selector matches, its element is laid out and no general reader is paid for.
It stands back, with a warning, when it matches nothing or holds far less than the page's
paragraphs: selectors that had gone stale cost others 8 points of F1. trafilatura runs without its
fallbacks first: three quarters of the time, and a story lost on 2 of 476 pages. Where the page
has four times more in paragraphs than the story has letters, it runs with them. Where it kept lines
of boxes that announce other stories, it reads the page again without those boxes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from copy import deepcopy

from lxml.html import HtmlElement

from archive.records import Link
from crawler.read.blocks import Block, lay_out
from crawler.read.boilerplate import NONE, Boilerplate
from crawler.read.cards import find_boxes, find_outer
from crawler.read.clean import key, unescape
from crawler.read.facts import Facts
from crawler.read.fill import fill_holes
from crawler.read.general import find_again, read_general
from crawler.read.lines import Known, find_common, fold_all
from crawler.read.mend import cut_tail, find_container, hear_witness, join_split
from crawler.read.select import select
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.story import Story
from spiders.site import Site

_SHARE = 0.25  # of the page's paragraph letters a profile's body must hold
_LEAST = 0.1  # of them, if the general reader holds the body's paragraphs to be the story as well
_ENOUGH = 100  # letters of a story that is believed when the boxes around it are taken away
_MISSED = 4  # times its own letters the quick reading may leave in other paragraphs of the page
_SHORT = 250  # letters of a story that is short enough to be doubted sooner
_PARAGRAPH = 80
_OUTSIDE = (
    Sign.FRAME | Sign.COMMENT | Sign.RELATED | Sign.CAPTION | Sign.PROMPT | Sign.AD | Sign.ASIDE
)
_BREAK = re.compile(r"(?<!\s)\s*\n\s*|<(?:/p|br\s*/?|/div|/h\d|/li)>", re.I)


def find_body(sheet: Sheet, facts: Facts) -> Story:
    """The story of a page before its lines are judged; empty where the page has none."""
    named = sheet.site.profile.read.body
    if not named:
        return _read_generally(sheet, facts)
    story = _read_named(sheet, named)
    if story is None:
        general = _read_generally(sheet, facts)
        general.warnings.append(_complain(named, "match nothing"))
        return general
    whole = sum(_measure(p) for p in sheet.tree.iter("p"))
    if story.letters >= max(_SHARE * whole, 40):
        return story
    general = _read_generally(sheet, facts)
    if general.letters <= 1.5 * story.letters or _is_short(story, general, whole):
        return story
    said = f"hold {story.letters} letters of {whole} in paragraphs"
    general.warnings.append(_complain(named, said))
    return general


def _is_short(story: Story, general: Story, whole: int) -> bool:
    """Whether a thin story is a short one among long summaries, and not the teaser of another."""
    if story.letters < _LEAST * whole or not any(len(b.text) > _PARAGRAPH for b in story.blocks):
        return False
    found = {block.folded for block in general.blocks}
    return all(b.folded in found for b in story.blocks if len(b.text) > _PARAGRAPH)


def _complain(named: Sequence[str], said: str) -> str:
    return (
        f"profile-body: {', '.join(named)} {said}; the general reader was used: correct read.body"
    )


def _measure(paragraph: HtmlElement) -> int:
    """The letters of a paragraph, none if it is a short line."""
    letters = sum(len(text.strip()) for text in paragraph.itertext())
    return letters if letters > _PARAGRAPH else 0


def _read_named(sheet: Sheet, named: Sequence[str]) -> Story | None:
    """The fullest element of the first selector that matches, laid out."""
    found = select(sheet.tree, named)
    if not found:
        return None
    laid = [
        (lay_out(element, sheet.removed), element)
        for element in found[:20]
        if element not in sheet.removed
    ]
    if not laid:
        return None
    blocks, element = max(laid, key=lambda pair: sum(len(b.text) for b in pair[0]))
    return Story(blocks, element, "profile:body")


def _read_generally(sheet: Sheet, facts: Facts) -> Story:
    story = _ask_general(sheet, facts, sheet.removed)
    if boxes := find_boxes(sheet.lines, sheet.find_start(facts.titles)):
        story = _read_around(sheet, facts, story, boxes)
    if facts.witness and all(block.element is None for block in story.blocks):
        story.blocks, story.source = _read_witness(facts.witness), "json-ld:articleBody"
    return story


def _ask_general(sheet: Sheet, facts: Facts, without: Collection[HtmlElement]) -> Story:
    """The story as trafilatura reads a page without some elements, mended."""
    inside = {e for element in without for e in element.iter()} if without else set()
    lines = [line for line in sheet.lines if line.element not in inside]
    tree = _copy_without(sheet.tree, without) if without else sheet.tree
    text, trouble = read_general(tree, sheet.url, fast=True)
    blocks, source = find_again(text.split("\n"), lines), "trafilatura:fast"
    if _is_thin(blocks, lines, facts.witness):
        text, trouble = read_general(tree, sheet.url, fast=False)
        fuller = find_again(text.split("\n"), lines)
        if sum(len(b.text) for b in fuller) > sum(len(b.text) for b in blocks):
            blocks, source = fuller, "trafilatura"
    story = Story(blocks, None, source, warnings=[trouble] if trouble else [])
    _mend(story, sheet, facts, lines)
    return story


def _read_around(
    sheet: Sheet, facts: Facts, story: Story, boxes: Sequence[HtmlElement]
) -> Story:
    """The story read again without the boxes of other stories, where it has lines of them."""
    inside = {element for box in boxes for element in box.iter()}
    if any(block.element in inside for block in story.blocks):
        again = _ask_general(sheet, facts, {*sheet.removed, *boxes})
        if again.letters < _ENOUGH or len(find_outer(boxes, again.blocks, sheet.lines)) < len(boxes):
            return story
        story = again
    story.boxes = find_outer(boxes, story.blocks, sheet.lines)
    return story


def _mend(story: Story, sheet: Sheet, facts: Facts, lines: Sequence[Block]) -> None:
    kept = join_split(story.blocks, lines)
    kept, cuts = hear_witness(kept, lines, facts.witness)
    story.element = find_container(kept)
    story.blocks, tail = cut_tail(kept, story.element)
    start, common = sheet.find_start(facts.titles), find_common(story.blocks)
    story.blocks = fill_holes(story.blocks, lines, story.element, common, start)
    story.cuts = [*cuts, *(("tail", block.text) for block in tail)]


def _is_thin(blocks: Sequence[Block], lines: Sequence[Block], witness: str | None) -> bool:
    """Whether the quick reading seems to have missed the story."""
    letters = sum(len(block.text) for block in blocks)
    if witness and len(witness) > 2 * letters:
        return True
    here = {block.place for block in blocks}
    paragraphs = (b for b in lines if b.tag == "p" and b.place not in here and b.links < 0.3)
    missed = sum(len(b.text) for b in paragraphs if len(b.text) > _PARAGRAPH)
    return missed > (_MISSED if letters >= _SHORT else 1) * letters or not blocks


def _read_witness(witness: str) -> list[Block]:
    parts = [unescape(part) for part in _BREAK.split(witness)]
    return [Block(part, None, "p", Sign.NONE, place=-1, folded=key(part)) for part in parts if part]


def _copy_without(tree: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    """A copy of the tree in which some elements are empty."""
    copy = deepcopy(tree)
    pairs = zip(tree.iter(), copy.iter(), strict=True)
    for element in [twin for one, twin in pairs if one in without]:
        element.clear(keep_tail=True)  # type: ignore[call-arg]  # drop_tree fails on U+001F
    return copy


def fold_known(
    facts: Facts, site: Site, related: Sequence[Link], usual: Boilerplate = NONE
) -> Known:
    """What the judge of lines has to know of this page."""
    read = site.profile.read
    return Known(
        titles=fold_all(facts.titles),
        names=fold_all([*facts.credits.authors, facts.credits.agency or ""]),
        owners=fold_all([*facts.owners, facts.section or ""]),
        labels=fold_all(read.labels),
        prompts=fold_all(read.prompts),
        related=fold_all([link.title for link in related if link.title and len(link.title) > 15]),
        usual=usual,
    )
