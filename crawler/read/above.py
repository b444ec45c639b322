"""Finds what stands between a headline and the text: the picture above a story, its caption.

    <h1>...</h1> <div class="by">...</div> <div class="foto"><img><div>...</div></div> <main>

Only the branches between the two are looked at: what is around both (related stories, the menu)
stands before or behind them.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

MOST = 40  # elements between headline and text: more, and they stand in different parts of the page


def list_above(headline: HtmlElement, text: HtmlElement) -> list[HtmlElement]:
    """The elements between a headline and a text, in order, none within another; none where the
    text comes first, holds the headline, or is far from it."""
    around = [text, *text.iterancestors()]
    branch = headline
    while branch.getparent() is not None and branch.getparent() not in around:
        branch = branch.getparent()
    common = branch.getparent()
    if common is None or common is text or branch in around:
        return []
    end = around[around.index(common) - 1]
    found = [*_climb(headline, branch)]
    for sibling in branch.itersiblings():
        if sibling is end:
            found = [one for one in (*found, *_dive(end, text)) if isinstance(one.tag, str)]
            return found if len(found) <= MOST else []
        found.append(sibling)
    return []


def _climb(element: HtmlElement, branch: HtmlElement) -> Iterator[HtmlElement]:
    """What stands behind an element within a branch."""
    while element is not branch:
        yield from element.itersiblings()
        parent = element.getparent()
        if parent is None:
            return
        element = parent


def _dive(branch: HtmlElement, text: HtmlElement) -> Iterator[HtmlElement]:
    """What stands before a text within a branch."""
    path = [text]
    while path[-1] is not branch:
        parent = path[-1].getparent()
        if parent is None:
            return
        path.append(parent)
    for inner in reversed(path[:-1]):
        yield from reversed([*inner.itersiblings(preceding=True)])
