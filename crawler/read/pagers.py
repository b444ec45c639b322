"""Finds the page of a category that follows this one.

A profile's pager says it, or with "next-link" the page does: rel=next; the words and signs of
labels.toml within what looks like page numbers, or on a link to this very page under another
number; the address that a button carries ("load more"); in JSON what listing.py tells. Decision:
words elsewhere are not believed ("Sau" begins headlines), and a following page must be in scope
and another page.
"""

from __future__ import annotations

import re

from lxml.etree import _Element

from crawler.read.addresses import find_base, resolve_address
from crawler.read.labels import load_phrases
from crawler.read.words import read_words
from spiders.listing import turn_listing
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
_HTML = re.compile(r"\.html?$", re.I)
CONTAINER_HEIGHT = 4
MOST_WORDS = 40  # letters on a button that loads more
_TAIL = re.compile(r"[-_./,;]{0,2}[A-Za-z]{0,10}[-_./,=]?\d{1,5}(?:/|\.\w{2,5})?")
_LOADS = re.compile(
    r"(?:data|hx)-(?:[\w-]*(?:url|href|src|next|link|load|ajax|more|get|action|endpoint|page))"
)
_PAGES = ("data-next-page", "data-page", "data-paged", "data-next")
_ADDRESS = re.compile(r"data-(?:[\w-]*-)?(?:url|href|src|action|endpoint|route)")
_NUMBERED = re.compile(r"[=/_.-]\d")
_FETCHED = re.compile(  # the address of a part of a list, whatever the attribute is called
    r"^[/?][^\s\"'<>]*[?&](?:\w*(?:cursor|after|token)\w*=[^&\s]+|[a-z_]{1,12}=\d{1,5}(?:&|$))",
    re.I,
)


def find_next(
    tree: _Element | None, *, url: str, text: str, number: int, site: Site
) -> tuple[str | None, tuple[str, ...]]:
    """Return the address of page `number + 1` or None, and warnings; never raises.

    `tree` is None for a page that is not HTML (a platform's JSON list).
    """
    if site.pager.kind == NEXT_LINK:
        if tree is not None:
            return _find_link(tree, url, number, site), ()
        target = turn_listing(url, text, number)
        return (target if target and site.in_scope(target) else None), ()
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
    for target in (*_renumbered(tree, base, url, number), *_loaded(tree, base)):
        if target != url.partition("#")[0] and site.in_scope(target):
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


def _renumbered(tree: _Element, base: str, url: str, number: int) -> list[str]:
    """Links to this page's own address with more behind it that say "next" or the next number."""
    phrases = load_phrases("next")
    own = _HTML.sub("", url.partition("#")[0].partition("?")[0].rstrip("/"))
    first = _strip_number(own, number)
    words: list[str] = []
    numbers: list[str] = []
    for element in tree.iter("a"):
        href = element.get("href") or ""
        said = read_words(element, 60)
        if not said or not any(char.isdigit() for char in href):
            continue
        target = resolve_address(base, href)
        if target is None or not (_is_own(own, target) or _is_own(first, target)):
            continue
        if phrases.match(said):
            words.append(target)
        elif said == str(number + 1):
            numbers.append(target)
    return words + numbers


def _strip_number(own: str, number: int) -> str:
    """The category's address in a later page's, "/sport-2" of "/sport-2-p3"; else as it is."""
    found = re.fullmatch(rf"(.*?/[^/]*?)[-_./,;]{{1,2}}[A-Za-z]{{0,10}}[-_./,=]?{number}", own)
    return found[1].rstrip("/") if found and number > 1 else own


def _is_own(own: str, target: str) -> bool:
    bare, _, query = target.partition("?")
    rest = bare.removeprefix(own) if bare.startswith(own) else None
    if rest is None or own.count("/") < 3:
        return False
    return (
        bool(query)
        if rest.lower() in ("", "/", ".html", ".htm")
        else _TAIL.fullmatch(rest) is not None
    )


def _loaded(tree: _Element, base: str) -> list[str]:
    """The addresses of buttons that load more: with a number, on an element of few words."""
    found: list[str] = []
    for element in tree.iter("button", "a", "div", "span", "li"):
        told = [(str(k), str(v)) for k, v in element.attrib.items()]
        values = [v for k, v in told if _LOADS.fullmatch(k) and _NUMBERED.search(v)]
        values += [v for k, v in told if k.startswith("data-") and _FETCHED.search(v)]
        values = _join_page(dict(told)) or values
        named = [v for v in values if "/" in v or v.startswith("?")]
        if (
            named
            and len(read_words(element, 60)) <= MOST_WORDS
            and next(element.iter("img"), None) is None
        ):
            found += filter(None, (resolve_address(base, value) for value in named))
    return found


def _join_page(told: dict[str, str]) -> list[str]:
    """The address of a button that keeps the number beside it: data-url="/x/more" data-page="2"."""
    page = next((told[name] for name in _PAGES if told.get(name, "").isdecimal()), None)
    urls = [value for name, value in told.items() if _ADDRESS.fullmatch(name) and "/" in value]
    if page is None or not urls or int(page) < 2 or re.search(rf"[=/_.-]{page}\b", urls[0]):
        return []
    return [f"{urls[0]}{'&' if '?' in urls[0] else '?'}page={page}"]


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
