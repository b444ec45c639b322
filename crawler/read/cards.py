"""Find the boxes of a page that announce other stories: cards of a headline link and a summary.

    [thumbnail] [A headline that is a link]     several alike: a box, with what stands above them
    A sentence or two of that story.            ("Read more", "Tin liên quan")

A general reader keeps the summaries, which are sentences like any, and loses a short story of bare
lines to them. Two cards of the same tag and class are asked for, or a label above, so that a lone
link above a paragraph is none. A box without a label that stands between lines of the story is left
alone, since some stories are lists of such items. An inset is a card under a label inside a story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.wording import is_label

_LINK = 0.8  # share of a headline's letters in links
_HEADLINE = (15, 250)  # letters
_SUMMARY = 30  # letters at least
_LINES = 4  # of a card: section, headline, summary, date
_HEIGHT = 5  # levels from a headline to its card
_CLIMB = 6  # levels from the cards to their box
_LONG = 80  # letters of a paragraph


def find_boxes(lines: Sequence[Block], start: int) -> list[HtmlElement]:
    """The elements that hold nothing but cards and short lines; never the headline at ``start``.

    Elements in page order, none within another.
    """
    cards = dict(_list_cards(lines))
    alike = Counter(_look(element) for element in cards)
    several = {e for e, label in cards.items() if label or alike[_look(e)] > 1}
    boxes: dict[HtmlElement, None] = {}
    for card in cards:
        if card in several and not _is_below(card, boxes):
            box = _widen(card, several, lines, start)
            if box is not None:
                boxes[box] = None
    return list(boxes)


def find_apart(
    boxes: Sequence[HtmlElement], kept: Sequence[Block], lines: Sequence[Block]
) -> list[HtmlElement]:
    """The boxes that stand before or behind all kept lines, or that begin with a label."""
    places = [block.place for block in kept if block.place >= 0]
    if not places:
        return []
    first, last, apart = min(places), max(places), []
    for box in boxes:
        here = [block for block in lines if _is_in(block.element, box)]
        if here and (here[-1].place < first or here[0].place > last or is_label(here[0].text)):
            apart.append(box)
    return apart


def find_insets(lines: Sequence[Block]) -> set[HtmlElement]:
    """The elements of insets: a label, a headline link, and a summary or nothing."""
    found: set[HtmlElement] = set()
    for at, label in enumerate(lines[:-1]):
        link = lines[at + 1]
        if label.element is None or not _is_headline(link) or not is_label(label.text):
            continue
        box = _find_common(label.element, link.element)
        if box is not None and 2 <= len(inside := _list_inside(box, lines, at)) <= _LINES - 1:
            found.update(e for block in inside if (e := block.element) is not None)
    return found


def _list_cards(lines: Sequence[Block]) -> Iterator[tuple[HtmlElement, bool]]:
    """(element, whether a label stands above it) of everything that looks like a card."""
    for at, line in enumerate(lines):
        if not _is_headline(line):
            continue
        for other in lines[at + 1 : at + 3]:
            if other.links > _LINK or len(other.text) < _SUMMARY:
                continue
            card = _find_common(line.element, other.element)
            if card is not None and len(_list_inside(card, lines, at)) <= _LINES:
                yield card, bool(at) and is_label(lines[at - 1].text)
            break


def _is_headline(line: Block) -> bool:
    least, most = _HEADLINE
    return line.links > _LINK and least <= len(line.text) <= most and line.element is not None


def _find_common(one: HtmlElement | None, other: HtmlElement | None) -> HtmlElement | None:
    """The deepest element that holds both, a few levels up at most."""
    if one is None or other is None:
        return None
    above = [one, *_climb(one)]
    return next((element for element in (other, *_climb(other)) if element in above), None)


def _climb(element: HtmlElement) -> list[HtmlElement]:
    return [above for _, above in zip(range(_HEIGHT), element.iterancestors(), strict=False)]


def _list_inside(box: HtmlElement, lines: Sequence[Block], at: int) -> list[Block]:
    """The lines around ``at`` that stand in an element, one more than a card has at most."""
    first = at
    while first and at - first <= _LINES and _is_in(lines[first - 1].element, box):
        first -= 1
    last = at
    while last + 1 < len(lines) and last - at <= _LINES and _is_in(lines[last + 1].element, box):
        last += 1
    return list(lines[first : last + 1])


def _is_in(element: HtmlElement | None, box: HtmlElement) -> bool:
    return element is not None and (element is box or box in element.iterancestors())


def _look(element: HtmlElement) -> tuple[str, str]:
    return str(element.tag), element.get("class") or ""


def _widen(
    box: HtmlElement, cards: Collection[HtmlElement], lines: Sequence[Block], start: int
) -> HtmlElement | None:
    """The box with its label, as long as no paragraph of another kind is in it; None if one is."""
    best: HtmlElement | None = None
    for _ in range(_CLIMB):
        inside = [block for block in lines if _is_in(block.element, box)]
        if any(block.place == start or _is_paragraph(block, cards) for block in inside):
            break
        best, above = box, box.getparent()
        if above is None or above.tag in ("body", "html", "main", "article"):
            break
        box = above
    return best


def _is_paragraph(block: Block, cards: Collection[HtmlElement]) -> bool:
    if len(block.text) < _LONG or block.links > _LINK or block.element is None:
        return False
    return not _is_below(block.element, cards)


def _is_below(element: HtmlElement, found: Collection[HtmlElement]) -> bool:
    return element in found or any(above in found for above in element.iterancestors())
