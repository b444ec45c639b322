"""Find the story of a page: the element a profile names, else what trafilatura keeps, mended.

Where the profile's selector matches, its element is laid out and no general reader is paid for.
It stands back, with a warning, when it matches nothing or holds far less than the page's
paragraphs: selectors that had gone stale cost others 8 points of F1. trafilatura runs without its
fallbacks first: three quarters of the time, and a story lost on 2 of 476 pages. Where the page
has four times more in paragraphs than the story has letters, it runs with them. Where it kept lines
of boxes that announce other stories, it reads the page again without those boxes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from copy import deepcopy

from cssselect import SelectorError
from lxml.etree import XPathError
from lxml.html import HtmlElement

from archive.records import Link
from crawler.read.addresses import resolve_address
from crawler.read.blocks import Block, lay_out
from crawler.read.cards import find_apart, find_boxes, find_insets
from crawler.read.clean import key
from crawler.read.facts import Facts
from crawler.read.fill import add_hidden, fill_holes
from crawler.read.general import find_again, read_general
from crawler.read.lines import Known, find_common, fold_all
from crawler.read.mend import come_back, cut_tail, find_container, hear_witness, join_split
from crawler.read.select import select
from crawler.read.sheet import Sheet
from crawler.read.signs import Sign
from crawler.read.state import State, find_state, split_lines
from crawler.read.story import Story
from crawler.read.title import list_parts

_LEAST = 0.1  # of a page's paragraph letters that a body holds which the general reader finds, too
_ENOUGH = 100  # letters of a story that is believed when the boxes around it are taken away
_MISSED = 4  # times its own letters the quick reading may leave in other paragraphs of the page
_MOST_STATE = 600  # letters of a story that is short enough to ask the page's scripts for more
_SHORT = 250  # letters of a story that is short enough to be doubted sooner
_PARAGRAPH = 80


def find_body(sheet: Sheet, facts: Facts) -> Story:
    """The story of a page before its lines are judged; empty where the page has none."""
    story = _find_shown(sheet, facts)
    if story.letters > _MOST_STATE:
        return story
    titles = tuple(dict.fromkeys((*facts.titles, *(words for _, words in facts.claims["title"]))))
    state = find_state(sheet.tree, sheet.base, titles)
    told = sum(len(block.text) for block in story.blocks if len(block.text) > _PARAGRAPH)
    if state is None or state.letters < max(2 * told, story.letters):
        return story
    _name_story(facts, state)
    shown = state.root is not None and lay_out(state.root)
    blocks = shown or _write_blocks(state.lines)
    root = state.root if shown else None
    return Story(blocks, root, "script", images=state.images, lead=state.lead, boxes=story.boxes)


def _name_story(facts: Facts, state: State) -> None:
    """Take the headline of a script where the page's goes on after it: the site's name, say."""
    title, told = facts.title, state.title
    if told and (not title or (key(title) != key(told) and key(title).startswith(key(told)))):
        facts.title, facts.sources["title"] = told, "script"
        facts.titles = (told, *facts.titles)


def _find_shown(sheet: Sheet, facts: Facts) -> Story:
    """The story that the page itself shows."""
    named = sheet.site.profile.read.body
    if not named:
        return _read_generally(sheet, facts)
    story = _read_named(sheet)
    if story is None:
        general = _read_generally(sheet, facts)
        general.warnings.append(_complain(named, "match nothing"))
        return general
    if sheet.is_believed:
        return story
    whole = sheet.paragraphs
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


def _read_named(sheet: Sheet) -> Story | None:
    """The fullest element of the first selector that matches, laid out."""
    element = sheet.body
    if element is None:
        return None
    return Story(list(sheet.bodies[element]), element, "profile:body")


def _read_generally(sheet: Sheet, facts: Facts) -> Story:
    story = _ask_general(sheet, facts, sheet.removed)
    if boxes := find_boxes(sheet.lines, sheet.find_start(facts.titles)):
        story = _read_around(sheet, facts, story, boxes)
    if story.letters < _SHORT:
        story = come_back(story, sheet.lines, sheet.find_start(facts.titles))
    if facts.witness and all(block.element is None for block in story.blocks):
        story.blocks = _write_blocks(split_lines(facts.witness))
        story.source = "json-ld:articleBody"
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


def _read_around(sheet: Sheet, facts: Facts, story: Story, boxes: Sequence[HtmlElement]) -> Story:
    """The story read again without the boxes of other stories, where it has lines of them."""
    inside = {element for box in boxes for element in box.iter()}
    if any(block.element in inside for block in story.blocks):
        again = _ask_general(sheet, facts, {*sheet.removed, *boxes})
        apart = find_apart(boxes, again.blocks, sheet.lines)
        if apart and len(apart) < len(boxes):
            again = _ask_general(sheet, facts, {*sheet.removed, *apart})
        if not apart or again.letters < _ENOUGH:
            return story
        story = again
    story.boxes = find_apart(boxes, story.blocks, sheet.lines)
    return story


def _mend(story: Story, sheet: Sheet, facts: Facts, lines: Sequence[Block]) -> None:
    kept = join_split(story.blocks, lines)
    kept, cuts = hear_witness(kept, lines, facts.witness)
    story.element = find_container(kept)
    story.blocks, tail = cut_tail(kept, story.element)
    start, common = sheet.find_start(facts.titles), find_common(story.blocks)
    story.blocks = fill_holes(story.blocks, lines, story.element, common, start)
    if walls := _find_walls(sheet, facts):
        story.blocks = add_hidden(story.blocks, lines, walls)
    story.cuts = [*cuts, *(("tail", block.text) for block in tail)]


def _find_walls(sheet: Sheet, facts: Facts) -> list[HtmlElement]:
    """The elements that the page names as not free; none where a name is no selector."""
    try:
        return [element for css in facts.walled for element in select(sheet.tree, (css,))]
    except (SelectorError, XPathError):
        return []


def _is_thin(blocks: Sequence[Block], lines: Sequence[Block], witness: str | None) -> bool:
    """Whether the quick reading seems to have missed the story."""
    letters = sum(len(block.text) for block in blocks)
    if witness and len(witness) > 2 * letters:
        return True
    here = {block.place for block in blocks}
    paragraphs = (b for b in lines if b.tag == "p" and b.place not in here and b.links < 0.3)
    missed = sum(len(b.text) for b in paragraphs if len(b.text) > _PARAGRAPH)
    return missed > (_MISSED if letters >= _SHORT else 1) * letters or not blocks


def _write_blocks(lines: Sequence[str]) -> list[Block]:
    return [Block(line, None, "p", Sign.NONE, place=-1, folded=key(line)) for line in lines]


def _copy_without(tree: HtmlElement, without: Collection[HtmlElement]) -> HtmlElement:
    """A copy of the tree in which some elements are empty."""
    copy = deepcopy(tree)
    pairs = zip(tree.iter(), copy.iter(), strict=True)
    for element in [twin for one, twin in pairs if one in without]:
        element.clear(keep_tail=True)  # drop_tree fails on U+001F
    return copy


def fold_known(sheet: Sheet, facts: Facts, related: Sequence[Link], story: Story) -> Known:
    """What the judge of lines has to know of this page."""
    site, read = sheet.site, sheet.site.profile.read

    def leads(href: str) -> bool:
        url = resolve_address(sheet.base, href)
        if url is None or site.role(url) != "article":
            return False
        return not site.is_same(url, sheet.url)

    return Known(
        titles=fold_all(facts.titles),
        parts=fold_all(list_parts(facts.titles)),
        names=fold_all([*facts.credits.authors, facts.credits.agency or ""]),
        owners=fold_all([*facts.owners, facts.section or ""]),
        labels=fold_all(read.labels),
        prompts=fold_all(read.prompts),
        related=fold_all([link.title for link in related if link.title and len(link.title) > 15]),
        walled=bool(facts.walled),
        insets=frozenset(find_insets(story.blocks)),
        leads=leads,
    )
