"""Signs of names: the quick way to them finds what the whole expression finds."""

from __future__ import annotations

import re
from itertools import pairwise

import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from crawler.read import signs
from crawler.read.blocks import lay_out
from crawler.read.signs import Sign, read_signs
from crawler.read.tree import parse_html

_PARTS = sorted({part for _, words in signs._WORDS for part in re.findall("[a-z]+", words)})
_NAMES = st.lists(
    st.sampled_from([*_PARTS, "-", "_", " ", "\t", "__", "x", "Box", "2", "é"]), max_size=8
).map("".join)


def _read_whole(name: str) -> Sign:
    """The signs of a name by the one expression that has them all."""
    spelled = signs._CAMEL.sub("-", name[:400]).lower().replace("_", "-")
    found = Sign.NONE
    for match in signs._NAMES.finditer(spelled):
        found |= Sign[match.lastgroup or "NONE"]
    return found


@given(_NAMES)
def test_names_are_read_word_by_word_as_a_whole(name: str) -> None:
    """Words remembered one by one give the signs that the whole name gives."""
    signs.forget_names()
    element = lxml.html.Element("div", {"class": name})
    assert read_signs(element) == read_signs(element) == _read_whole(name)


def test_every_alternative_is_found_by_its_first_letter() -> None:
    """Where the whole expression matches at any part of its own words, the sorted one does."""
    for words in (*_PARTS, *(f"{a}-{b}" for a, b in pairwise(_PARTS))):
        assert bool(signs._ANY.search(words)) == bool(signs._NAMES.search(words))


def test_a_place_in_a_layout_is_no_related_article() -> None:
    """Style sheets call every second box "relative"; what is related is named otherwise."""
    placed = lxml.html.Element("div", {"class": "relative md:w-5/12"})
    assert Sign.RELATED not in read_signs(placed)
    for name in ("related-content", "article__relateds", "relation-box"):
        assert Sign.RELATED in read_signs(lxml.html.Element("div", {"class": name}))


def test_a_custom_element_is_a_box_that_its_name_tells_of() -> None:
    """Paragraphs of custom elements are lines, a word marked by one is none; its classes are the
    machinery's."""
    page = (
        "<x-text><x-para>Dòng một.</x-para><x-para>Một <x-note>từ</x-note> nữa.</x-para></x-text>"
    )
    tree, _ = parse_html(f"<html><body>{page}<x-caption class=paywall>Chú thích</x-caption></body>")
    assert tree is not None
    lines = {block.text: block.signs for block in lay_out(tree)}
    assert lines == {"Dòng một.": 0, "Một từ nữa.": 0, "Chú thích": Sign.CAPTION}
