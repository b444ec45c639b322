"""Learns what boxes of other articles within the texts are called.

    <div class="u7"><a href="/another">Its headline</a> Its summary.</div>      .u7

A name is such a box's where on several articles every element of that name links to an article, to
another one on each, and holds little but what announces it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from crawler.read.addresses import find_base, resolve_address
from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.words import read_words
from crawler.scaffold.contrast import Ground
from crawler.scaffold.names import list_own
from crawler.scaffold.shapes import Shape, find_shape

LEAST = 2  # articles on which a box has to be
MOST = 500  # letters for each article that is announced
TITLED = 15  # letters of a link that announces


def learn_insets(ground: Sequence[Ground], bodies: Sequence[str]) -> str | None:
    """The selector of the largest boxes of other articles within the texts, None for none."""
    shapes = {find_shape(one.page.visit.url) for one in ground}
    texts = [(one, e) for one in ground for e in select(one.tree, bodies)[:1]]
    names: dict[str, list[tuple[int, frozenset[str]]]] = {}
    refused: set[str] = set()
    for one, text in texts:
        targets = _list_targets(one, text, shapes)
        inside = [e for e in text.iterdescendants() if isinstance(e, HtmlElement)]
        for element in inside:
            urls = frozenset(targets[a] for a in element.iter("a") if a in targets)
            letters = len(read_words(element, 20_000))
            named = list(list_own(element)) if element.tag not in ("a", "p", "h2", "h3") else []
            for css in named:
                if urls and letters <= MOST * len(urls):
                    names.setdefault(css, []).append((letters, urls))
                elif letters > 2:
                    refused.add(css)
    return _choose(names, refused, len(texts))


def _choose(
    names: dict[str, list[tuple[int, frozenset[str]]]], refused: set[str], pages: int
) -> str | None:
    kept = {
        css: sum(letters for letters, _ in found)
        for css, found in names.items()
        if css not in refused
        and len(found) >= LEAST
        and len({urls for _, urls in found}) > len(found) / 2
    }
    return max(kept, key=lambda css: (kept[css], -len(css)), default=None) if pages > 1 else None


def _list_targets(one: Ground, text: object, shapes: set[Shape]) -> dict[HtmlElement, str]:
    """The links of a text that announce articles, by address of an article's shape."""
    base = find_base(one.tree, one.page.visit.url)
    found: dict[HtmlElement, str] = {}
    for anchor in text.iter("a") if isinstance(text, HtmlElement) else ():
        target = resolve_address(base, anchor.get("href") or "")
        if target and find_shape(target) in shapes and len(key(read_words(anchor))) >= TITLED:
            found[anchor] = target
    return found
