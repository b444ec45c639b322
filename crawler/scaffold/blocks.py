"""Learns where title, lead, text, author and date stand, and the block of related articles.

An article's fields are read in general ways; where each of them stands on the page is looked up,
and named by an id, an itemprop or a class that leads to the same place on every article. The block
of related articles is what is there on several articles and links elsewhere on each; a block that
links to the same articles everywhere is the paper's frame and not named.

Nothing is written that changes what is read: selectors are tried on all articles again (``prove``).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from archive.records import Article, Reading
from crawler.read.addresses import find_base, resolve_address
from crawler.read.select import select
from crawler.read.words import fold, read_words
from crawler.scaffold.contrast import is_news
from crawler.scaffold.kinds import Judged
from crawler.scaffold.names import list_names, list_own

LEAST = 2  # articles on which a place has to be found
OPENING = 60  # letters of a text that tell whether it stands in an element
MOST_WORDS = 200_000  # letters of an element that are looked at
_VISIBLE = ("seen", "time", "labelled", "itemprop")
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "div", "span", "p", "td", "strong", "b")


@dataclass(frozen=True, slots=True)
class _Spot:
    """A page and the element on it where a field stands."""

    tree: HtmlElement
    element: HtmlElement


def learn_places(pages: Sequence[Judged]) -> dict[str, str]:
    """A selector for each field of [read] that one leads to on all articles that have it."""
    found: dict[str, str] = {}
    for name in ("title", "lead", "body", "author", "date"):
        spots = [spot for page in pages if (spot := _find_spot(page, name)) is not None]
        if len(spots) >= max(LEAST, len(pages) / 2 if name in ("title", "body") else 0):
            css = _name_spots(spots, [page.visit.tree for page in pages])
            if css is not None:
                found[name] = css
    return found


def _find_spot(page: Judged, name: str) -> _Spot | None:
    tree, article = page.visit.tree, page.reading.article
    if tree is None or article is None:
        return None
    element = _find_element(tree, article, name)
    return None if element is None else _Spot(tree, element)


def _find_element(tree: HtmlElement, article: Article, name: str) -> HtmlElement | None:
    if name == "title":
        return _find_exact(tree, article.title, ("h1", "h2", "h3", "h4", *_HEADS[6:]))
    if name == "lead":
        lead = article.lead if article.sources.get("lead", "") not in ("", "text") else None
        return _find_exact(tree, lead, ("h2", "h3", "p", "div", "strong", "span")) if lead else None
    if name == "body":
        lines = [fold(line) for line in article.text.split("\n") if line.strip()]
        return _descend(tree, lines[0][:40], lines[-1][-40:]) if lines else None
    if name == "author":
        return (
            _find_exact(tree, article.authors[0], (*_HEADS, "a", "em", "i"))
            if article.authors
            else None
        )
    date = article.published
    if date is None or not date.source.startswith(_VISIBLE):
        return None
    return _find_exact(tree, date.raw, ("time", *_HEADS, "em", "i", "small", "li"))


def _find_exact(tree: HtmlElement, words: str, tags: tuple[str, ...]) -> HtmlElement | None:
    """The innermost element that says these words and nothing else, headings before others."""
    wanted, best = fold(words), None
    if len(wanted) < 3:
        return None
    for tag in dict.fromkeys(tags):
        for element in tree.iter(tag):
            if read_words(element, len(wanted) + 50) == wanted:
                best = element
                break
        if best is not None:
            break
    return best


def _descend(tree: HtmlElement, first: str, last: str) -> HtmlElement | None:
    """The innermost element that holds both ends of a text."""
    element, body = None, tree.find("body")
    inner = body if body is not None else tree
    while inner is not None:
        words = read_words(inner, MOST_WORDS)
        if first not in words or last not in words:
            break
        element = inner
        inner = next(
            (c for c in element if isinstance(c.tag, str) and _holds(c, first, last)), None
        )
    return element if element is not None and element.tag not in ("body", "html", "p") else None


def _holds(element: HtmlElement, first: str, last: str) -> bool:
    words = read_words(element, MOST_WORDS)
    return first in words and last in words


def _name_spots(spots: Sequence[_Spot], trees: Sequence[HtmlElement | None]) -> str | None:
    """The first name of the first spot's element that leads to every spot, and nowhere else: on
    pages without the field it has to lead to nothing."""
    wanted = {id(spot.tree): spot.element for spot in spots}
    for css in list_names(spots[0].element):
        hits = [(id(tree), select(tree, (css,))) for tree in trees if tree is not None]
        if all(found == ([wanted[tree]] if tree in wanted else []) for tree, found in hits):
            return css
    return None


# -- related articles ---------------------------------------------------------------------------


def learn_related(
    pages: Sequence[Judged], body: str | None, headlines: Container[str] = ()
) -> tuple[str, str | None] | None:
    """A selector for the block of related articles, and the label that stands above it, which is
    no date and none of the folded ``headlines``.

    None where no block is on two articles, or its links are the same everywhere.
    """
    linked: dict[str, list[frozenset[str]]] = {}
    labels: dict[str, set[str]] = {}
    for page in pages:
        if page.visit.tree is None:
            continue
        for css, urls, label in _list_blocks(page, body):
            linked.setdefault(css, []).append(urls)
            labels.setdefault(css, set()).add("" if is_news(label, headlines) else label)
    ranked = sorted(linked, key=lambda css: (-len(linked[css]), css[0] != "#", -len(css)))
    for css in ranked:
        sets = linked[css]
        if len(sets) >= LEAST and len(set(sets)) > len(sets) / 2:
            label = next(iter(labels[css])) if len(labels[css]) == 1 else ""
            return css, label or None
    return None


def _list_blocks(page: Judged, body: str | None) -> Iterator[tuple[str, frozenset[str], str]]:
    """The blocks of a page that hold related links and no text of the article."""
    tree, related = (
        page.visit.tree,
        {link.url for link in page.reading.links if link.channel == "related"},
    )
    if tree is None or len(related) < LEAST:
        return
    base = find_base(tree, page.visit.url)
    inside: dict[HtmlElement, set[str]] = {}
    for anchor in tree.iter("a"):
        target = resolve_address(base, anchor.get("href") or "")
        if target in related:
            for above in list(anchor.iterancestors())[:6]:
                inside.setdefault(above, set()).add(target)
    article = page.reading.article
    opening = article.text.split("\n", 1)[0][:OPENING] if article else ""
    held = set(select(tree, (body,))) if body else set()
    around = {above for element in held for above in (element, *element.iterancestors())}
    for element, urls in inside.items():
        if len(urls) < LEAST or element in around or element.tag in ("body", "html", "main"):
            continue
        words = read_words(element, MOST_WORDS)
        if len(words) > 400 * len(urls) or (opening and opening in words):
            continue
        for css in list_own(element):
            if len(select(tree, (css,))) == 1:
                yield css, frozenset(urls), _find_label(element)


def _find_label(block: HtmlElement) -> str:
    """The short line that introduces a block: its first heading, or what stands before it."""
    before = block.getprevious()
    for element in (
        *block.iter("h2", "h3", "h4", "h5", "strong"),
        *([before] if before is not None else ()),
    ):
        words = read_words(element, 80)
        if 3 <= len(words) <= 40 and next(element.iter("a"), None) is None:
            return words
    return ""


# -- proof --------------------------------------------------------------------------------------

Reread = Callable[[Mapping[str, str]], Awaitable[Sequence[Reading]]]
"""Reads all articles again with these words under [read]."""


async def prove(
    words: Mapping[str, str], readings: Sequence[Reading], reread: Reread
) -> dict[str, str]:
    """The words with which every article is read as without them."""
    kept: dict[str, str] = {}
    if words and _is_same(readings, await reread(words)):
        return dict(words)
    for name, css in words.items():
        if _is_same(readings, await reread({**kept, name: css})):
            kept[name] = css
    return kept


def _is_same(before: Sequence[Reading], after: Sequence[Reading]) -> bool:
    return all(_tell(one) == _tell(other) for one, other in zip(before, after, strict=True))


def _tell(reading: Reading) -> tuple[object, ...]:
    one = reading.article
    if one is None:
        return ()
    return one.title, one.text, one.lead, one.authors, one.published and one.published.value
