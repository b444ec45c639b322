"""Applies a profile's CSS selectors to a tree, each compiled once.

Most selectors of a profile match nothing on a given page (another template, an older one): those
whose classes the page does not have cost a string search instead of an XPath (3 ms of 9 a page).

Decision: cssselect's HTML translator, because pages write classes and tags in any case; a
selector that cannot be compiled is the profile's error and was found when it was loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import cast

from lxml.cssselect import CSSSelector
from lxml.etree import _Element

_ATTRIBUTE = re.compile(r"\[[^\[\]\\]*\]")
_ODD = re.compile(r"[\\,:\[\]\"']")  # escapes, alternatives, :not(), brackets within a value
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")


@lru_cache(maxsize=2048)
def compile_selector(css: str) -> CSSSelector:
    """Return the compiled form of `css`."""
    return CSSSelector(css, translator="html")


@lru_cache(maxsize=2048)
def _name_classes(css: str) -> tuple[str, ...]:
    """The classes without which `css` matches nothing; none where that cannot be told simply."""
    bare = _ATTRIBUTE.sub("", css)
    return () if _ODD.search(bare) else tuple(_CLASS.findall(bare))


@lru_cache(maxsize=1)
def _join_classes(tree: _Element) -> str:
    """All classes of a page, joined once for all selectors; trees that are read do not change."""
    return "\n".join([names for e in tree.iter() if (names := e.get("class"))])


def select(tree: _Element, selectors: Iterable[str]) -> list[_Element]:
    """Return the elements of the first selector that matches, in document order."""
    for css in selectors:
        if any(name not in _join_classes(tree) for name in _name_classes(css)):
            continue
        found = cast(list[_Element], compile_selector(css)(tree))
        if found:
            return found
    return []
