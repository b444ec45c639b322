"""Ask trafilatura, htmldate and dateparser for what no source on the page says in a known form.

Last resorts, said as such in ``sources`` and, for dates, in a warning. Measured on pages of
shared/pages where nothing else answered: htmldate 34 right, 7 wrong, 1 silent; trafilatura's
author 12 right of 60. Header, footer, navigation and sidebars are taken out first: a clock in the
header is the visitor's time, not the article's.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from datetime import time

from htmldate import find_date
from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from archive.records import Date
from crawler.read.dates import FIRST_YEAR, LAST_YEAR, MAX_RAW, Moment, Order
from crawler.read.signs import Sign, read_signs

_FRAMES = ("header", "footer", "nav", "aside")
# What trafilatura's author needs: without one of these names it finds none, for 14 ms.
_WRITER = re.compile(
    r"[Aa]uthor|[Bb]yline|byl|BBL|username|screenname|writer|zuozhe|bianji|xiaobian"
    r"|channel-name|(?:submitted|posted)-by|journalist-name"
)
_NAMES = [
    XPath(f"/descendant::*/@{name}", smart_strings=False)
    for name in ("class", "id", "itemprop", "rel", "data-testid", "data-component")
]


def guess_day(tree: HtmlElement, url: str) -> Date | None:
    """The day htmldate finds in the page without its frame, or None. The tree is not changed."""
    try:
        found = find_date(_without_frames(tree), url=url, original_date=True)
    except MemoryError:
        raise
    except Exception:  # a guess is never worth a page: its parts raise many things
        return None
    return Date(found, "day", found, "htmldate") if found else None


def guess_date(raw: str, language: str | None, order: Order | None) -> Moment | None:
    """The last resort for a form this house does not know: dateparser, language and order set."""
    if not any(char.isdigit() for char in raw[:MAX_RAW]):
        return None
    import dateparser  # type: ignore[import-untyped]  # 0.3 s: only who needs it pays

    languages = [language.split("-")[0].lower()] if language else None
    settings = {
        "DATE_ORDER": order or "DMY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["custom-formats", "absolute-time"],  # "yesterday" is the capture's: relative.py
    }
    try:
        found = dateparser.parse(raw[:MAX_RAW], languages=languages, settings=settings)
    except Exception:  # its grammar raises many things on odd input; a date is never worth a page
        return None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    timed = found.time() != time()
    return Moment(
        found.date(), found.time() if timed else None, found.tzinfo, "minute" if timed else "day"
    )


def guess_names(tree: HtmlElement) -> list[str]:
    """The names trafilatura takes for authors, as it writes them. The tree is not changed.

    It is asked on the third of the pages on which anything is named as it looks for, and gets no
    more of them than that (41 pages without another author: 13.0 ms each, then 4.9; two thirds of
    what is left go without the rest of the page).
    """
    named = _list_named(tree)
    if not named:
        return []
    try:
        copy = _copy_named(tree, named)
        for link in copy.iter("a"):  # of "r0@paper.test" it makes a name "R"
            if "@" in (link.text or ""):
                link.text = ""
        found = extract_author(copy)
    except MemoryError:
        raise
    except Exception:  # as above
        return []
    return [_find_end(name.strip(), tree) for name in (found or "").split(";") if name.strip()]


def _find_end(name: str, tree: HtmlElement) -> str:
    """A name with the marks at its end that trafilatura cuts off for signs, as the page has it:
    Thai's thanthakhat, the vowels and viramas of Indic scripts and Khmer, Arabic's vowels."""
    for found in tree.itertext():
        text = str(found)
        at = text.find(name)
        if at >= 0:
            end = at + len(name)
            while unicodedata.category(text[end : end + 1] or " ").startswith("M"):
                end += 1
            return text[at:end]
    return name


def _without_frames(tree: HtmlElement) -> HtmlElement:
    copy = deepcopy(tree)
    for element in list(copy.iter(*_FRAMES)):
        heads = element.tag == "header" and element.find(".//h1") is not None  # an article's own
        if not heads:
            element.clear(keep_tail=True)  # drop_tree fails on control characters
    return copy


def _list_named(tree: HtmlElement) -> set[str]:
    """The tags and names on a page that trafilatura's expressions for authors ask for."""
    tags = {str(element.tag) for element in tree.iter("author", "rel")}
    found = (names(tree) for names in _NAMES)
    values = {str(name) for names in found if isinstance(names, list) for name in names}
    return tags | set(filter(_WRITER.search, values))


def _copy_named(tree: HtmlElement, named: set[str]) -> HtmlElement:
    """A copy of the tree with nothing but the elements so named, and what is around them."""
    copy = deepcopy(tree)
    whole = {e for e in copy.iter() if e.tag in named or not named.isdisjoint(e.values())}
    whole |= {above for e in copy.iter("rel") if (above := e.getparent()) is not None}
    whole = {element for element in whole if not _is_comment(element)}
    around = {above for element in whole for above in element.iterancestors()}
    waiting = [] if copy in whole else [copy]
    while waiting:
        element = waiting.pop()
        for child in list(element):
            if child in around and child not in whole:
                waiting.append(child)
            elif child not in whole:
                element.remove(child)
    return copy


def _is_comment(element: HtmlElement) -> bool:
    """Whether an element stands among the comments, which hold no headline."""
    marked = (e for e in (element, *element.iterancestors()) if read_signs(e) & Sign.COMMENT)
    return any(next(e.iter("h1", "h2"), None) is None for e in marked)
