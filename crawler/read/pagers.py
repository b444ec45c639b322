"""Finds the page of a category that follows this one.

A profile's pager says it, or with "next-link" the page does: rel=next, then the words and signs
of labels.toml within what looks like page numbers. Decision: words outside such containers are
not believed ("Sau" begins headlines), and a following page must be in scope and another page.
"""

from __future__ import annotations

from lxml.etree import _Element

from crawler.read.addresses import find_base, resolve_address
from crawler.read.labels import load_phrases
from crawler.read.words import read_words
from spiders.pager import PagerError
from spiders.site import Site

NEXT_LINK = "next-link"
_SIGNS = (
    "pagin",
    "paging",
    "pager",
    "page-num",
    "pagenav",
    "page-nav",
    "phan-trang",
    "phantrang",
    "trang-tiep",
    "nav-links",
    "navigation",
    "loadmore",
    "load-more",
    "pages",
    "next",
)
CONTAINER_HEIGHT = 4


def find_next(
    tree: _Element | None, *, url: str, text: str, number: int, site: Site
) -> tuple[str | None, tuple[str, ...]]:
    """Return the address of page `number + 1` or None, and warnings; never raises.

    `tree` is None for a page that is not HTML (a platform's JSON list).
    """
    if site.pager.kind == NEXT_LINK:
        found = _find_link(tree, url, number, site) if tree is not None else None
        return found, ()
    try:
        target = site.pager.following(url, text, number)
    except PagerError as error:
        return None, (f"pager-error: {error}",)
    found = resolve_address(url, target) if target else None
    return (None if found == url else found), ()


def _find_link(tree: _Element, url: str, number: int, site: Site) -> str | None:
    """Return the first following page that the page itself names."""
    base = find_base(tree, url)
    for element in (*_declared(tree), *_worded(tree, number)):
        target = resolve_address(base, element.get("href") or "")
        if target and target != url.partition("#")[0] and site.in_scope(target):
            return target
    return None


def _declared(tree: _Element) -> list[_Element]:
    """Elements with rel=next (HTML, 4.6.7)."""
    return [
        element
        for element in tree.iter("link", "a")
        if "next" in (element.get("rel") or "").lower().split()
    ]


def _worded(tree: _Element, number: int) -> list[_Element]:
    """Anchors among page numbers that say "next", then those that say the next number."""
    phrases = load_phrases("next")
    words: list[_Element] = []
    numbers: list[_Element] = []
    for element in tree.iter("a"):
        if not _is_paging(element):
            continue
        said = [read_words(element, 60), element.get("aria-label"), element.get("title")]
        if any(phrases.match(text) for text in said if text):
            words.append(element)
        elif said[0] == str(number + 1):
            numbers.append(element)
    return words + numbers


def _is_paging(element: _Element) -> bool:
    """Whether `element` or what is just around it is named as a pager."""
    for height, above in enumerate((element, *element.iterancestors())):
        if height > CONTAINER_HEIGHT:
            return False
        signs = " ".join(
            above.get(name) or "" for name in ("class", "id", "role", "aria-label")
        ).lower()
        if any(sign in signs for sign in _SIGNS):
            return True
    return False
