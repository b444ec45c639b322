"""Read what the elements say that a profile's selectors name: an attribute made for it, or words.

The first selector whose elements say anything answers, so that an empty placeholder does not hide
the next alternative.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml.etree import _Element

from crawler.read.clean import unescape
from crawler.read.select import select
from crawler.read.words import read_words

_ATTRIBUTES = ("content", "datetime", "data-time")
_MAX = 100  # elements of one answer


def read_values(tree: _Element, selectors: Iterable[str]) -> list[str]:
    """What the elements of the first answering selector say, in order, as lines of words."""
    for selector in selectors:
        found = select(tree, (selector,))[:_MAX]
        if values := [value for element in found if (value := read_value(element))]:
            return values
    return []


def read_value(element: _Element) -> str:
    """What one element says: its content, datetime or data-time attribute, else its words."""
    for attribute in _ATTRIBUTES:
        if value := element.get(attribute):
            return unescape(value)
    return read_words(element)


def select_all(tree: _Element, selectors: Sequence[str]) -> set[_Element]:
    """The elements of all selectors: what is to be passed over."""
    return {element for selector in selectors for element in select(tree, (selector,))}
