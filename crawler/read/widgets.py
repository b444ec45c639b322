"""Tell the boxes among a story's paragraphs that are things and no text: players, forms, counters.

    player    an iframe, video or audio with a line or two beside it ("Watch the chosen video"), and
              the short line with a colon right before one, in the story's own container
    form      fields to be filled in, or a button with its words: a newsletter, a poll, a quiz
    poll      answers with their shares, others at each look, in a box that is named for it
    post      what another site shows, with a link to it: its counts are others at each look
    counter   short bare lines with figures: views, degrees, prices, minutes to read

A box is a container of its own beside the story's paragraphs, by where it stands and not by its
name, but for polls, whose shares a story tells as well; people type among their paragraphs, in the
same container. So a table, a list, a heading, a picture and a box of sentences are text, and "Death
toll: 12" is where it is a paragraph. Rejected: the figures of a line alone (scores and tolls are
the story), lists of such lines (of what language), and waiting until several pages share a box (a
poll stands on one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from crawler.read.blocks import Block, lay_out
from crawler.read.clean import clean, key
from crawler.read.signs import Sign
from crawler.read.template import find_home, find_main

_LEADIN, _PLAYERS = 60, 5  # letters of a line that announces a player; players that are looked at
_PLAYER, _SAID = 200, 120  # letters of a player's box, of one of its lines
_FORM, _BUTTON, _POST = 400, 200, 600  # letters of a box with fields, with a button, of a post
_LAID = 3_000  # ... with the white space of its indentation
_COUNTER, _LINE = 120, 60  # letters of a box of counters, of a line in it
_STRONG = 0.9  # share of letters in bold: a heading that is none by its tag
_MEDIA = ("iframe", "video", "audio", "object", "embed")
_BARE = ("div", "span", "section", "a")  # tags of lines that nobody typed as a paragraph
_TITLED = re.compile(r"titl|head|\bh[1-6]\b|sub|inter|cross|question|quest|sapo|tieu-?de", re.I)
_END = re.compile(r"[^\W\d_]{2,}[.!?…。！？][\"'”’»)]*$")
_DIGIT = re.compile(r"\d")
_POLL = re.compile(
    r"(?<![a-z])(?:polls?|quiz|vot(?:e|es|ing)|survey|encuesta|enquete|sondage|sondaggio|umfrage"
    r"|anketa?|jajak|khao-?sat|binh-?chon)(?![a-z])",
    re.I,
)
_ANSWERS = 2  # lines with figures
_PRESSED = re.compile(r"\b(?:btn|button|cta)\b|[-_](?:btn|button)\b|\bbtn[-_]", re.I)


def find_widgets(blocks: Sequence[Block]) -> Iterator[tuple[Block, str]]:
    """Yield the lines of a story that stand in such a box, and what it is."""
    main = find_main(list(blocks))
    if main is None:
        return
    boxes: dict[HtmlElement, list[Block]] = {}
    lost: list[Block] = []  # lines that were not found on the page again
    last: HtmlElement | None = None
    for block in blocks:
        if block.element is None:
            lost.append(block)
            continue
        box = _find_box(block, main)
        if box is not None:
            boxes.setdefault(box, []).extend((*lost, block) if box is last else (block,))
        last, lost = box, []
    for box, lines in boxes.items():
        if reason := _judge(box):
            yield from ((block, reason) for block in lines)


def find_leadins(blocks: Sequence[Block], root: HtmlElement | None) -> list[Block]:
    """The short lines of a story that end with a colon right before a player: "Xem video:"."""
    told = set[str]()
    players = root.iter("iframe", "video", "audio") if root is not None else ()
    for player in islice(players, _PLAYERS):
        words = _read_before(player, root)
        if len(words) <= _LEADIN and words.endswith((":", "：")):
            told.add(key(words))
    return [block for block in blocks if block.folded in told] if told - {""} else []


def _read_before(element: HtmlElement, root: HtmlElement | None) -> str:
    """The last line of words before an element within a story."""
    node: HtmlElement | None = element
    while node is not None and node is not root:
        before = node.getprevious()
        while before is not None:
            if tail := clean(before.tail or ""):
                return tail
            if isinstance(before.tag, str) and (lines := lay_out(before)):
                return lines[-1].text
            before = before.getprevious()
        node = node.getparent()
        if node is not None and (text := clean(node.text or "")):
            return text
    return ""


def _find_box(block: Block, main: HtmlElement) -> HtmlElement | None:
    """The outermost container of its own that a line stands in, within the story's."""
    home = find_home(block)
    if home is None or home is main:
        return None
    path = [home, *home.iterancestors()]
    if main not in path:
        return None
    inner = path[: path.index(main)]
    return None if any(e.tag in ("figure", "picture") for e in inner) else inner[-1]


def _judge(box: HtmlElement) -> str | None:
    """What a box is by all of its lines, those that the story has lost as well."""
    if len(box.text_content()) > _LAID:
        return None
    lines = lay_out(box)
    letters = sum(len(block.text) for block in lines)
    if not lines or letters > _POST:
        return None
    tags = {element.tag for element in box.iter()}
    if tags.intersection(_MEDIA) and letters <= _PLAYER:
        return "player" if all(len(block.text) <= _SAID for block in lines) else None
    if letters <= _FORM and any(_is_field(e) for e in box.iter("input", "textarea", "select")):
        return "form"
    if letters <= _BUTTON and ("button" in tags or any(map(_is_pressed, box.iter("a")))):
        return "form"
    if letters <= _FORM and _is_poll(box, lines):
        return "poll"
    if Sign.EMBED in lines[0].signs and any(map(_leads_out, box.iter("a"))):
        return "post"
    return "counter" if letters <= _COUNTER and _counts(lines) else None


def _is_poll(box: HtmlElement, lines: Sequence[Block]) -> bool:
    """Whether a box, or one around all of its lines, is named for a poll, and figures stand in it:
    shares of an election are told in boxes of other names."""
    if sum(_DIGIT.search(block.text) is not None for block in lines) < _ANSWERS:
        return False
    only = box
    while not _POLL.search(_name(only)):
        if len(only) != 1:
            return False
        only = only[0]
    return True


def _is_field(element: HtmlElement) -> bool:
    return (element.get("type") or "").lower() != "hidden"


def _is_pressed(link: HtmlElement) -> bool:
    return link.get("role") == "button" or _PRESSED.search(link.get("class") or "") is not None


def _leads_out(link: HtmlElement) -> bool:
    try:
        return bool(urlsplit(link.get("href") or "").netloc)
    except ValueError:
        return False


def _counts(lines: Sequence[Block]) -> bool:
    """Whether lines are counters, with a heading above them or none."""
    told = [block for block in lines if not block.is_heading]
    return any(_DIGIT.search(block.text) for block in told) and all(
        block.tag in _BARE
        and len(block.text) <= _LINE
        and block.strong < _STRONG
        and not _END.search(block.text)
        and not _TITLED.search(_name(block.element))
        for block in told
    )


def _name(element: HtmlElement | None) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}" if element is not None else ""
