"""Finds on an article page the blocks that announce other articles, and the article's own body.

    profile's [read] related, and blocks under a label ("Tin cùng chuyên mục"); else clusters

Decision: clusters are only believed where nothing is declared or labelled. Three article links
outside the body also make a "most read" box; those are announcements all the same, and the walk
follows only what is in scope and new.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lxml.etree import _Element

from crawler.read.anchors import Anchor
from crawler.read.labels import MAX_LABEL, Phrases, load_phrases
from crawler.read.select import select
from crawler.read.words import read_words
from spiders.site import Site

CLUSTER = 3  # article links that make a block
BLOCK_HEIGHT = 5  # levels from a label to the block it introduces
LABELLED = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "strong", "b", "a"),
        *("legend", "dt", "header", "section", "td"),
    }
)
MAX_TEXT = 2 * MAX_LABEL  # with the blanks of its indentation
MIN_PARAGRAPH = 60  # characters outside links that make a paragraph of a body


def find_body(tree: _Element, site: Site) -> _Element | None:
    """Return the element that holds the article's paragraphs, None if there are none.

    By the profile's [read] body, schema.org's articleBody, then the parent of most paragraph
    text; only an approximation, for telling links inside from links outside.
    """
    named = select(tree, site.profile.read.body) or select(tree, ("[itemprop=articleBody]",))
    if named:
        return named[0]
    weights: dict[_Element, int] = {}
    for paragraph in tree.iter("p"):
        parent = paragraph.getparent()
        words = len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)
        if parent is None or words < MIN_PARAGRAPH:
            continue
        weights[parent] = weights.get(parent, 0) + words
        above = parent.getparent()
        if above is not None:  # paragraphs that are wrapped one by one meet in the element above
            weights[above] = weights.get(above, 0) + words // 2
    return max(weights, key=lambda element: weights[element]) if weights else None


def find_related(
    tree: _Element, anchors: Sequence[Anchor], body: _Element | None, site: Site
) -> list[Anchor]:
    """Return the anchors of related articles in document order."""
    stories = [anchor for anchor in anchors if anchor.is_story]
    read = site.profile.read
    blocks = {element for css in read.related for element in select(tree, (css,))}
    blocks |= _find_labelled(tree, stories, body, read.labels)
    own = [anchor for anchor in stories if anchor.role == "article"]
    return _within(stories, blocks) or _in_clusters(own, body)


def is_within(element: _Element, containers: set[_Element]) -> bool:
    """Whether `element` is one of `containers` or inside one."""
    return element in containers or any(above in containers for above in element.iterancestors())


def _within(anchors: Iterable[Anchor], containers: set[_Element]) -> list[Anchor]:
    if not containers:
        return []
    return [anchor for anchor in anchors if is_within(anchor.element, containers)]


def _find_labelled(
    tree: _Element, articles: Sequence[Anchor], body: _Element | None, labels: tuple[str, ...]
) -> set[_Element]:
    """Return the blocks that labels introduce."""
    phrases = load_phrases("related", labels)
    apart = {body, *(() if body is None else body.iterancestors())}
    around: dict[_Element, int] = {}
    for anchor in articles:
        for above in anchor.element.iterancestors():
            around[above] = around.get(above, 0) + 1
    blocks: set[_Element] = set()
    for element in tree.iter(*LABELLED):
        if _may_be_label(element, phrases) and phrases.match(read_words(element, MAX_LABEL)):
            blocks |= _find_blocks(element, around, apart)
    return blocks


def _may_be_label(element: _Element, phrases: Phrases) -> bool:
    """Whether the first words of an element are a label; asked before all its words are read."""
    if len(element) > 3:
        return False
    texts = [element.text, *(child.tail for child in element)]
    return any(text is not None and len(text) <= MAX_TEXT and phrases.match(text) for text in texts)


def _find_blocks(
    label: _Element, around: dict[_Element, int], apart: set[_Element | None]
) -> set[_Element]:
    """Return what a label introduces: what follows it with articles, or the element around it."""
    element = label
    for _ in range(BLOCK_HEIGHT):
        followers = (e for e in element.itersiblings() if around.get(e, 0))
        first = next(followers, None)
        if first is not None and first not in apart:
            return {first, *_take_alike(first, followers)}
        above = element.getparent()
        if above is None or above.tag in ("body", "html", "main") or above in apart:
            return set()
        if around.get(above, 0):
            return {above}
        element = above
    return set()


def _take_alike(first: _Element, followers: Iterable[_Element]) -> Iterator[_Element]:
    """Yield the followers that look like the first item of a list: same tag, same first class."""
    look = (first.tag, (first.get("class") or "").split()[:1])
    for element in followers:
        if (element.tag, (element.get("class") or "").split()[:1]) != look:
            return
        yield element


def _in_clusters(articles: Sequence[Anchor], body: _Element | None) -> list[Anchor]:
    """Return the articles outside the body that stand in groups of CLUSTER or more.

    A group is what hangs below the same element at most CARD levels up.
    """
    outside = [a for a in articles if body is None or not is_within(a.element, {body})]
    members: dict[_Element, set[str]] = {}
    for anchor in outside:
        for _, above in zip(range(BLOCK_HEIGHT), anchor.element.iterancestors(), strict=False):
            if above.tag in ("body", "html"):
                break
            members.setdefault(above, set()).add(anchor.url)
    clusters = {element for element, urls in members.items() if len(urls) >= CLUSTER}
    return _within(outside, clusters)
