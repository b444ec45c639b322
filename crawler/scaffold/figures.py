"""Learns what captions are called: the elements that stand with a picture and nowhere else.

    <div class="u1"><img><div class="u2">words</div></div>      .u2
    <p><img></p><p class="u3">words</p>                         p.u3

A name is a caption's where every element of that name in the texts shares a small box with one
picture or follows one. Captions in figure and figcaption are known without a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Sequence

from lxml.html import HtmlElement

from crawler.read.above import list_above
from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.words import read_words
from crawler.scaffold.contrast import Ground, is_news
from crawler.scaffold.names import list_own

LEAST = 2  # captions that make a name
LONGEST = 400  # letters


def learn_captions(
    ground: Sequence[Ground], bodies: Sequence[str], headlines: Container[str] = ()
) -> list[str]:
    """Selectors of captions within the texts and right above them, at most two. What says the same
    everywhere ("Credit:", "Read also"), headlines and dates are a card's, not a picture's."""
    texts = [e for one in ground for e in _list_texts(one, bodies)]
    beside = {text: set(_list_beside(text)) for text in texts}
    names = Counter(
        css for found in beside.values() for element in found for css in _list_names(element)
    )
    kept: list[str] = []
    covered: set[HtmlElement] = set()
    for css, count in names.most_common():
        hits = [(text, e) for text in texts for e in select(text, (css,)) if key(read_words(e))]
        own = {e for text, e in hits if isinstance(e, HtmlElement) and e in beside[text]}
        said = {read_words(e) for e in own}
        telling = len(said) > 1 and not all(is_news(words, headlines) for words in said)
        if count >= LEAST and len(own) == len(hits) and own - covered and telling:
            kept.append(css)
            covered |= own
    return kept[:2]


def _list_texts(one: Ground, bodies: Sequence[str]) -> list[HtmlElement]:
    """The text of an article, and what stands between it and the headline."""
    text = next(iter(select(one.tree, bodies)), None)
    if not isinstance(text, HtmlElement):
        return []
    headline = next((b.element for b in one.blocks if b.folded == one.headline), None)
    return [*(list_above(headline, text) if headline is not None else ()), text]


def _list_names(element: HtmlElement) -> list[str]:
    """What an element is called; where it has no name, by the one around it."""
    own = list(list_own(element))
    outer = element.getparent()
    if own or outer is None:
        return own
    return [f"{name} > {element.tag}" for name in list_own(outer)]


def _list_beside(text: HtmlElement) -> Iterator[HtmlElement]:
    """The elements of words in the box of a picture, or right after it."""
    for image in text.iter("img"):
        box: HtmlElement = image
        for above in image.iterancestors():
            if above is text or _is_large(above):
                break
            box = above
            if next(above.iter("figcaption"), None) is not None:
                break
        else:
            continue
        yield from _list_worded(box)
        after = box.getnext()
        if not key(read_words(box)) and after is not None and _is_line(after):
            yield after


def _is_line(element: HtmlElement) -> bool:
    """Whether an element is words without a picture, no more than a caption has."""
    worded = isinstance(element.tag, str) and key(read_words(element, 2 * LONGEST))
    return bool(worded) and not _is_large(element) and element.find(".//img") is None


def _is_large(element: HtmlElement) -> bool:
    pictures = sum(1 for _ in element.iter("img"))
    return pictures > 1 or len(read_words(element, 2 * LONGEST)) > LONGEST


def _list_worded(box: HtmlElement) -> Iterator[HtmlElement]:
    """The innermost elements of a box that hold words of their own, or stand empty for them."""
    for element in box.iter():
        own = isinstance(element.tag, str) and element.tag not in ("img", "figcaption", "a")
        leaf = (element.text or "").strip() or not len(element)
        if own and leaf and element.find(".//img") is None:
            yield element
