"""Applies a profile's CSS selectors to a tree, each compiled once.

Decision: cssselect's HTML translator, because pages write classes and tags in any case; a
selector that cannot be compiled is the profile's error and was found when it was loaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.etree import _Element


@lru_cache(maxsize=2048)
def compile_selector(css: str) -> CSSSelector:
    """Return the compiled form of `css`."""
    return CSSSelector(css, translator="html")


def select(tree: _Element, selectors: Iterable[str]) -> list[_Element]:
    """Return the elements of the first selector that matches, in document order."""
    for css in selectors:
        found = cast(list[_Element], compile_selector(css)(tree))
        if found:
            return found
    return []
