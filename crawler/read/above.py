"""Finds what stands between a headline and the text: the picture above a story, its caption.

    <h1>...</h1> <div class="by">...</div> <div class="foto"><img><div>...</div></div> <main>

Only the branches between the two are looked at: what is around both (related stories, the menu)
stands before or behind them. Readers ask for pictures there (cover.py), `khobao new` for what they
are called (crawler/scaffold/figures.py). Rejected: going through the whole page up to the text
(0.3 ms of a page).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

MOST = 40  # elements between headline and text: more, and they stand in different parts of the page


def list_above(headline: HtmlElement, text: HtmlElement) -> list[HtmlElement]:
    """The elements between a headline and a text, in order, none within another; none where the
    text comes first, holds the headline or is in it, or is far from it."""
    found = [one for one in _list_between(headline, text) or () if isinstance(one.tag, str)]
    return found if len(found) <= MOST else []


def list_pictures(headline: HtmlElement, text: HtmlElement) -> Iterator[HtmlElement]:
    """The pictures in a headline and between it and a text, in order; of a headline that holds the
    text those before it, none where the text comes first or holds the headline."""
    found = _list_between(headline, text)
    if found is None and headline in text.iterancestors():
        parts = [*_dive(headline, text)]
    else:
        parts = [] if found is None else [headline, *found]
    for part in parts:
        yield from part.iter("img")


def _list_between(headline: HtmlElement, text: HtmlElement) -> list[HtmlElement] | None:
    """What stands between the two, comments too; None where the text comes first or one holds the
    other."""
    around = [text, *text.iterancestors()]
    branch = headline
    while branch.getparent() is not None and branch.getparent() not in around:
        branch = branch.getparent()
    common = branch.getparent()
    if common is None or common is text or branch in around:
        return None
    end = around[around.index(common) - 1]
    found = [*_climb(headline, branch)]
    for sibling in branch.itersiblings():
        if sibling is end:
            return [*found, *_dive(end, text)]
        found.append(sibling)
    return None


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
