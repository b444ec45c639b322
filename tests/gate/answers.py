"""What each reader says of a page: ours, trafilatura in its modes, htmldate, dateparser.

Ours decodes and parses the page once, as the crawl does, and reads it with the generic site of its
host, as an unknown paper is read. "khobao named" gets a profile whose body selector is the element
that our general reading found: how long a paper takes that has one. trafilatura gets the bytes, as
its users give them. dateparser is given the words in which our reading found the date, since it
searches no page. Rejected: trafilatura's way to a tree for ours, which the crawl does not take.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import dateparser
import htmldate
import lxml.html
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document
from trafilatura.utils import load_html

from archive.records import Article
from crawler.read.article import read_article
from crawler.read.body import find_body
from crawler.read.decode import decode
from crawler.read.metadata import read_facts
from crawler.read.sheet import Sheet
from crawler.read.tree import parse_html
from spiders.catalog import generic
from spiders.profile import load
from spiders.site import Site

_ODD = frozenset('"\\\n\r\f')  # what a selector would have to escape
_EMPTY = lxml.html.fromstring("<html><body></body></html>")


@dataclass(slots=True)
class Answer:
    """What one reader said of one page, and the CPU seconds it took."""

    text: str = ""
    lead: str = ""
    title: str | None = None
    day: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    seconds: float = 0.0
    raw: str | None = field(default=None, repr=False)  # the words of the date
    language: str | None = None


def read_ours(data: bytes, url: str) -> Answer:
    """Our reading of a page of an unknown paper, parse included."""
    site = generic(urlsplit(url).hostname or "unknown.example")
    return _read(data, url, site)


def read_named(data: bytes, url: str) -> Answer | None:
    """Our reading with a profile that names the body, which is looked for before the clock runs.
    None where no name tells the body from the page's other elements: no profile could.
    """
    host = urlsplit(url).hostname or "unknown.example"
    tree = parse(data)
    selector = name_body(tree, url)
    if selector is None:
        return None
    home = f'home = "https://{host}/"\n[read]\nbody = {json.dumps(selector)}\n'
    return _read(data, url, Site("named", load(home)))


def name_body(tree: HtmlElement, url: str) -> str | None:
    """A selector of which the body of a page is the first match, None where names are missing."""
    sheet = Sheet(tree, url, generic(urlsplit(url).hostname or "unknown.example"))
    element = find_body(sheet, read_facts(sheet)).element
    if element is None:
        return None
    for name in ("id", "class"):
        value = element.get(name) or ""
        selector = f'{element.tag}[{name}="{value}"]'
        if value and not set(value) & _ODD and tree.cssselect(selector) == [element]:
            return selector
    return None


def parse(data: bytes) -> HtmlElement:
    """The tree of a page as the reader of the crawl makes it."""
    tree, _ = parse_html(decode(data).text)
    return tree if tree is not None else _EMPTY


def _read(data: bytes, url: str, site: Site) -> Answer:
    began = time.process_time()
    article, _ = read_article(parse(data), url=url, site=site, html="")
    return _tell(article, time.process_time() - began)


def _tell(article: Article | None, seconds: float) -> Answer:
    if article is None:
        return Answer(seconds=seconds)
    date = article.published
    return Answer(
        text=article.text,
        lead=article.lead or "",
        title=article.title,
        day=date.value[:10] if date else None,
        authors=article.authors,
        agency=article.agency,
        seconds=seconds,
        raw=date.raw if date else None,
        language=article.language,
    )


def read_plain(data: bytes, url: str, **modes: Any) -> Answer:
    """trafilatura's own reading, its metadata included."""
    began = time.process_time()
    found = trafilatura.bare_extraction(
        data, url=url, with_metadata=True, include_comments=False, **modes
    )
    spent = time.process_time() - began
    if not isinstance(found, Document):
        return Answer(seconds=spent)
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(found.text or "", "", found.title, found.date, names, None, spent)


def read_htmldate(data: bytes, url: str) -> Answer:
    """htmldate's day of first publication."""
    began = time.process_time()
    try:
        day = htmldate.find_date(load_html(data), url=url, original_date=True)
    except (ValueError, TypeError, AttributeError):  # no tree, or one it cannot walk
        day = None
    return Answer(day=day, seconds=time.process_time() - began)


def parse_again(ours: Answer) -> Answer:
    """What dateparser makes of the words in which our reading found the date."""
    if not ours.raw:
        return Answer()
    began = time.process_time()
    language = (ours.language or "")[:2].lower()
    try:
        moment = dateparser.parse(ours.raw, languages=[language] if language else None)
    except ValueError:  # a language it does not know
        moment = dateparser.parse(ours.raw)
    day = moment.date().isoformat() if moment else None
    return Answer(day=day, seconds=time.process_time() - began)


OURS = "khobao"
NAMED = "khobao named"
PLAIN = "trafilatura"
MODES = (PLAIN, "trafilatura precision", "trafilatura recall", "trafilatura fast")
READERS: dict[str, Callable[[bytes, str], Answer | None]] = {
    OURS: read_ours,
    NAMED: read_named,
    PLAIN: read_plain,
    "trafilatura precision": lambda data, url: read_plain(data, url, favor_precision=True),
    "trafilatura recall": lambda data, url: read_plain(data, url, favor_recall=True),
    "trafilatura fast": lambda data, url: read_plain(data, url, fast=True),
    "htmldate": read_htmldate,
}
