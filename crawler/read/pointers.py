"""Find the lines that point to another article: a short label, and behind it nothing but a link.

    Read more: [a headline]      a colon: whatever the label says, wherever the link leads
    यह भी पढ़ें- [a headline]      another sign: where the link leads to an article of the paper
    Baca juga [a headline]       no sign: where moreover the label is known, or stands there twice

A line is a paragraph or what stands between two <br>. How long the headline is says nothing: a rule
that asked for its share of the letters kept the short ones. Rejected: any sign and any link, which
took the lines of lists and fact boxes ("Coach - A B"); so lists and labels with figures stay, a
link that ends like a sentence, and more than three such lines whose labels all differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from crawler.read.blocks import Block
from crawler.read.clean import clean, key
from crawler.read.labels import load_phrases

_POINTED, _LABELLED = 0.4, 30  # share of letters in the link; letters of its label
_WIDE = 40  # letters of a label before a link to an article
_SHORT = 200  # letters of a line whose link leads anywhere
_TITLE, _LEAST = 15, 10  # letters of a headline; of one that a colon or a known label introduces
_MOST_LINKS, _FEW = 40, 3  # of an element that are looked at; more titles are a list
_CLOSING = frozenset(":-–—―|>»›→►▶•·…~=/")  # » ends a label in French and Russian, too
_STOPS = (".", "。", "।", ";", "؛", "።", "။", "។")


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A line that may point elsewhere: its words before the links, and the links' words."""

    block: Block
    label: str
    title: str


def find_pointers(
    blocks: Sequence[Block],
    leads: Callable[[str], bool] = lambda _: False,
    labels: frozenset[str] = frozenset(),
    root: HtmlElement | None = None,
) -> list[Block]:
    """The lines that do nothing but point elsewhere, in order.

    ``leads`` says whether a link's address is another article's of the paper, ``labels`` are folded
    lines that introduce other articles, ``root`` is the element of a story whose lines stand in no
    block of their own (a cell of a table).
    """
    sure: list[Block] = []
    others: list[_Pointer] = []
    for block in blocks:
        if _is_plain(block):
            sure.append(block)
        elif (found := _read_pointer(block, leads, root)) is not None:
            others.append(found)
    counts = Counter(key(one.label) for one in others)
    told = [one for one in others if _is_labelled(one, labels)]
    rest = [one for one in others if one not in told and _is_signed(one, counts)]
    if len({key(one.label) for one in rest}) > _FEW:
        rest = []
    found_all = {id(block) for block in (*sure, *(one.block for one in (*told, *rest)))}
    return [block for block in blocks if id(block) in found_all]


def _is_plain(block: Block) -> bool:
    """Whether a line is a label and, behind its colon, nothing but a link: "Read more: ...", in
    whatever language."""
    if block.element is None or block.links < _POINTED or len(block.text) > _SHORT:
        return False
    label, colon, rest = block.text.replace("：", ":").partition(":")
    if not colon or len(label) > _LABELLED or len(rest) < _TITLE:
        return False
    links = [" ".join(a.itertext()) for a in islice(block.element.iter("a"), _MOST_LINKS)]
    if len(links) != 1:  # a text without p is one element
        links = [words for words in links if len(words) >= _TITLE and " " in words]
    return len(links) <= _FEW and key(rest) in map(key, links)


def _read_pointer(
    block: Block, leads: Callable[[str], bool], root: HtmlElement | None
) -> _Pointer | None:
    """A line's label and the links to articles that make the rest of it, None without them."""
    element = root if block.element is None else block.element
    if element is None or not block.links:
        return None
    text, title, targets = block.text, "", []
    for href, words in _list_links(block, element):
        at = text.rfind(words)
        if at < 0 or key(text[at + len(words) :]):
            continue
        targets.append(href)
        title, text = f"{words} {title}".strip(), text[:at]
    label = text.strip()
    if not title or not key(label) or len(label) > _WIDE or len(key(title)) < _LEAST:
        return None  # where its links lead is the dearest question, and most lines are sentences
    return _Pointer(block, label, title) if all(map(leads, targets)) else None


def _list_links(block: Block, element: HtmlElement) -> Iterator[tuple[str, str]]:
    """(href, words) of the links of a line's element that the line may end with, last first."""
    links = [*islice(element.iter("a"), _MOST_LINKS)]
    for link in reversed(links):
        words, href = clean("".join(link.itertext())), link.get("href") or ""
        if key(words) and words in block.text and href and not href.startswith("#"):
            yield href, words


def _is_labelled(one: _Pointer, labels: frozenset[str]) -> bool:
    """Whether a colon or the label's own words introduce an article."""
    if one.label.endswith((":", "：")):
        return not any(char.isdigit() for char in one.label)
    return key(one.label) in labels or load_phrases("related").match(one.label)


def _is_signed(one: _Pointer, counts: Counter[str]) -> bool:
    """Whether a label of unknown words is one by the sign at its end, or by standing there twice,
    and what it introduces is a headline."""
    if one.block.tag == "li" or any(char.isdigit() for char in one.label):
        return False
    if len(one.title) < _TITLE or one.title.endswith(_STOPS) or one.title[:1].islower():
        return False
    return one.label[-1:] in _CLOSING or counts[key(one.label)] > 1
