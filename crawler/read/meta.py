"""Read the <meta> and <link> elements of a page once, into a table that keeps every value.

Names are compared in lower case and without regard to whether a page wrote them as name,
property or itemprop: newspapers mix the three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.read.clean import unescape

_MAX_VALUES = 2_000  # a page of 40,000 meta elements is an attack, not a newspaper


@dataclass(frozen=True, slots=True)
class Meta:
    """What the head of a page says: meta values by name, link targets by relation."""

    values: Mapping[str, Sequence[str]]
    links: Mapping[str, Sequence[str]]
    language: str | None
    empty: Set[str] = frozenset()  # names that stand in the head and say nothing

    def first(self, *names: str) -> tuple[str, str] | None:
        """(name, value) of the first of these names that has a value, or None."""
        for name in names:
            if found := self.values.get(name):
                return name, found[0]
        return None

    def text(self, *names: str) -> str | None:
        """The value of the first of these names that has one, or None."""
        found = self.first(*names)
        return found[1] if found else None


def read_meta(tree: HtmlElement) -> Meta:
    """Every named meta value and link relation of a tree, in document order. Never raises."""
    values: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    empty: set[str] = set()
    for count, element in enumerate(tree.iter("meta", "link")):
        if count >= _MAX_VALUES:
            break
        if element.tag == "link":
            for relation in (element.get("rel") or "").lower().split():
                links.setdefault(relation, []).append((element.get("href") or "").strip())
            continue
        content = unescape(element.get("content") or "")
        for attribute in ("property", "name", "itemprop"):
            name = (element.get(attribute) or "").strip().lower()
            if name and content:
                values.setdefault(name, []).append(content)
            elif name:
                empty.add(name)
    return Meta(values, links, _read_language(tree, values), empty - values.keys())


def _read_language(tree: HtmlElement, values: Mapping[str, Sequence[str]]) -> str | None:
    root = tree if tree.tag == "html" else next(tree.iter("html"), tree)
    said = root.get("lang") or root.get("xml:lang") or ""
    if not said:
        named = values.get("content-language") or values.get("og:locale") or [""]
        said = named[0]
    said = said.strip().replace("_", "-").split(",")[0].strip()
    return said if said and said.replace("-", "").isalnum() and len(said) <= 35 else None
