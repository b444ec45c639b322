"""Finds the further pages of an article that is cut into several, and of one of them the first.

    /a.html   ->   /a.html?page=2   /a/2   /a/page/2/   /a-2.html   /a_2.html   (numbers)
              ->   /a.html?page=all   /a/single                                 (the whole)

What makes a link one of them is its address *and* what it says: the article's own address with one
number more (in the query, as last part of the path, before the suffix), on words that are that
number ("2", "Halaman 2"), "next", or rel=next. No word of an address is asked for ("page",
"halaman", "seite" ...): each system has its own. Rejected: a word of the profile (papers whose
profile nobody touched would be cut as before), position behind the body (pagers stand above it too,
and the body is a guess), and believing the address alone (``-2`` is another article's slug).

What looks so and is none: pagers of comments and galleries are known by their names and pictures;
a pager that turns another part of the page is found out by what its page 2 says (joint.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.etree import _Element

from archive.records import Article, Part
from crawler.read.addresses import find_base, resolve_address
from crawler.read.clean import key
from crawler.read.head import find_canonical
from crawler.read.labels import load_phrases
from crawler.read.words import read_words
from spiders.site import Site

MOST = 30  # pages of one article; a pager with more leads through something else
_LONGEST = 40  # letters of a link to a page
_HEIGHT = 3  # elements above a link whose names tell what its numbers count
_PAGER = 100  # letters of a box that is nothing but page numbers
_SUFFIX = re.compile(r"(?:\.(?:s?html?|php|aspx?|jsp|cms|ece|amp))?/?$", re.I)
_TAIL = re.compile(r"(?P<sep>[/_.,;~-]{1,2}(?:(?P<word>[a-z]{1,10})[/_.=-]?)?)0?(?P<n>[1-9]\d?)")
_TAIL_LENGTH = 16  # letters of such an end
_DIGITS = re.compile(r"0?[1-9]\d?")
_SAID = re.compile(r"\W*(?:[^\W\d]{1,12}\W{1,3})?0?(\d{1,2})\W*")
_WHOLE = re.compile(
    r"all|semua|full|single|whole|entire|alle?s?|todo|todas?|tout|tous|tutto|tat-?ca|toan-?bo|1|true",
    re.I,
)
_WHOLE_KEY = re.compile(r"(?:show|view|full|single|one|all)_?-?(?:all|page|pages|article)*", re.I)
_WHOLE_TAIL = re.compile(r"/(?:all|semua|full|single|single-?page|full-?page|one-?page|komplett)")
_OTHER = re.compile(  # what else is numbered on an article's page
    r"com+ent|coment|kom+ent|komentar|binh-?luan|y-?kien|repl(?:y|ies)|disqus|cpage|ulasan|review|"
    r"galer|gallery|foto|photo|slide|swiper|carousel|album|lightbox|gambar|thumb|video|poll|"
    r"(?:^|[\W_])(?:img|image|pic|anh|hinh|bild(?:er)?)(?:[\W_]|$)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a page says of the pages of its article."""

    parts: tuple[Part, ...] = ()  # further ones, the whole one first; addresses as written
    first: str | None = None  # this is a further page, and that the first
    words: frozenset[str] = frozenset()  # lines of the pager, folded (clean.key)


NOTHING = Found()


@dataclass(frozen=True, slots=True)
class _Mark:
    """A link to the article's own address with a number more."""

    form: str  # where the number stands; all pages of an article share it
    number: int  # 0: all of them
    url: str
    sure: bool  # its words say the same number
    leads: bool  # its words say "next"
    element: _Element


def find_parts(tree: _Element, *, url: str, site: Site, origin: str | None = None) -> Found:
    """Return what the page at ``url`` says; ``origin``: the first page, where it is known that
    this is a further one. Never raises on a tree that lxml made."""
    if origin is None and (first := _find_first(tree, url, site)):
        return Found(first=first)
    marks, current = _list_own(tree, origin or url, url, site)
    canonical = find_canonical(tree, url)
    if not marks and canonical and urlsplit(canonical).path == urlsplit(origin or url).path:
        # asked for with something more in the query, which the other pages' addresses lack
        marks, current = _list_own(tree, canonical, url, site)
    form = _choose_form(marks, current)
    whole = _find_whole(marks, form)
    if form is None and whole is None:
        return NOTHING
    numbered = {
        m.number: m.url
        for m in marks
        if m.form == form and m.number not in (0, 1, current) and (m.sure or m.leads)
    }
    parts = [Part(number, numbered[number]) for number in sorted(numbered) if number <= MOST]
    words = _list_words([m for m in marks if m.form in (form, whole and whole.form)])
    return Found((*([Part(0, whole.url)] if whole else []), *parts), words=words)


def _list_own(tree: _Element, own: str, url: str, site: Site) -> tuple[list[_Mark], int]:
    """Return the links to pages of the article at ``own``, and the number of the one at ``url``."""
    current = next((number for _, number in _compare(own, url) if number), 1)
    return [m for m in _list_marks(tree, own, url) if site.in_scope(m.url)], current


def _choose_form(marks: list[_Mark], current: int) -> str | None:
    """Return the form in which the page that follows is named, of several the most frequent."""
    sure = {
        m.form
        for m in marks
        if (m.number == current + 1 and (m.sure or m.leads)) or (current > 1 and m.sure)
    }
    counts = Counter(m.form for m in marks if m.form in sure)
    return max(sorted(counts), key=lambda form: counts[form], default=None)


def _find_whole(marks: list[_Mark], form: str | None) -> _Mark | None:
    """Return the link to the whole article: its words say so, or it numbers as the others do."""
    phrases = load_phrases("whole")
    for mark in marks:
        if mark.number == 0 and (
            mark.form == form or phrases.match(read_words(mark.element, _LONGEST * 2))
        ):
            return mark
    return None


def _find_first(tree: _Element, url: str, site: Site) -> str | None:
    """Return the first page of the article of which ``url`` is a further one, or None.

    Its address has a number that another page's has not, which is an article's; that one is
    linked as page 1 or declared as the canonical address of this.
    """
    for base in _strip(url):
        if site.role(base) != "article":
            continue
        if (canonical := find_canonical(tree, url)) and _is_same(canonical, base):
            return base
        forms = {form for form, number in _compare(base, url) if number > 1}
        if not forms:
            continue
        for element, target, text in _list_links(tree, url):
            said = _SAID.fullmatch(text)
            ones = {form for form, number in _compare(base, target) if number == 1}
            is_first = said is not None and int(said[1]) == 1
            precedes = said is None and _leads_back(element, text, base, url)
            leads = (is_first or precedes) and not _is_other(element)
            if leads and (_is_same(target, base) or forms & ones):
                return base
    return None


def _leads_back(element: _Element, text: str, base: str, url: str) -> bool:
    """Whether a link says that it leads to the page before this, which is the second."""
    if not any(number == 2 for _, number in _compare(base, url)):
        return False
    follows = "prev" in (element.get("rel") or "").lower().split()
    told = (text, element.get("title") or "", element.get("aria-label") or "")
    return follows or any(load_phrases("previous").match(one) for one in told if one)


def _list_marks(tree: _Element, own: str, url: str) -> list[_Mark]:
    phrases = load_phrases("next")
    marks: list[_Mark] = []
    for element, target, text in _list_links(tree, url):
        for form, number in _compare(own, target):
            if _is_other(element):
                continue
            said = _SAID.fullmatch(text)
            told = [text, element.get("title") or "", element.get("aria-label") or ""]
            follows = "next" in (element.get("rel") or "").lower().split()
            sure = said is not None and int(said[1]) == number
            leads = said is None and (follows or any(phrases.match(one) for one in told if one))
            marks.append(_Mark(form, number, target, sure, leads, element))
    return marks


def _list_links(tree: _Element, url: str) -> Iterator[tuple[_Element, str, str]]:
    """Yield the links of a page to the page's own host: element, absolute address, words."""
    base, host = find_base(tree, url), urlsplit(url).netloc.lower()
    for element in tree.iter("a", "link"):
        href = element.get("href") or ""
        rel = (element.get("rel") or "").lower().split()
        if element.tag == "link" and "next" not in rel and "prev" not in rel:
            continue
        if _OTHER.search(href.partition("#")[2]) or len(href) > 2000:
            continue
        target = resolve_address(base, href)
        if target is None or urlsplit(target).netloc.lower() != host:
            continue
        text = read_words(element, _LONGEST * 2) if element.tag == "a" else ""
        if len(text) <= _LONGEST:
            yield element, target, text


def _is_other(element: _Element) -> bool:
    """Whether a link counts comments or pictures, by its box's name or its own picture."""
    if element.tag == "link":
        return False
    if next(element.iter("img"), None) is not None:
        return True
    for height, above in enumerate((element, *element.iterancestors())):
        if height > _HEIGHT or above.tag in ("body", "main", "article"):
            return False
        if _OTHER.search(f"{above.get('class') or ''} {above.get('id') or ''}"):
            return True
    return False


def _list_words(marks: list[_Mark]) -> frozenset[str]:
    """Return the lines of the boxes that are nothing but page numbers: they are no text."""
    found: set[str] = set()
    for mark in marks:
        for height, above in enumerate(mark.element.iterancestors()):
            words = read_words(above, _PAGER + 1)
            if height > 2 or len(words) > _PAGER:
                break
            found |= {key(words), key(read_words(mark.element, _PAGER))}
    return frozenset(found - {""})


def cut_pager(article: Article, words: frozenset[str]) -> Article:
    """Take the numbers of its pages out of an article's text."""
    lines = [line for line in article.text.split("\n") if key(line) not in words]
    return replace(article, text="\n".join(lines))


# -- addresses ------------------------------------------------------------------------------------


def is_page_of(own: str, target: str) -> bool:
    """Whether an address is that of a further page of the article at ``own``."""
    return any(number != 1 for _, number in _compare(own, target))


def _compare(own: str, target: str) -> Iterator[tuple[str, int]]:
    """Yield (form, number) if ``target`` is ``own`` with a page's number; number 0: with a word
    for all pages. A number that ``own`` has itself (page=1) may have been replaced."""
    mine, its = urlsplit(own), urlsplit(target)
    if mine.path.rstrip("/") == its.path.rstrip("/"):
        yield from _compare_query(mine.query, its.query)
    elif not its.query or its.query == mine.query:
        yield from _compare_path(mine.path, its.path)


def _compare_query(mine: str, its: str) -> Iterator[tuple[str, int]]:
    held, found = _pairs(mine), _pairs(its)
    more = [pair for pair in found if pair not in held]
    less = [pair for pair in held if pair not in found]
    if len(more) != 1 or any(name != more[0][0] for name, _ in less):
        return
    name, value = more[0]
    if _OTHER.search(name):
        return
    if _DIGITS.fullmatch(value) and not (_WHOLE_KEY.fullmatch(name) and value == "1"):
        if all(_DIGITS.fullmatch(old) for _, old in less):
            yield f"?{name}", int(value)
    elif _WHOLE.fullmatch(value) and (value not in ("1", "true") or _WHOLE_KEY.fullmatch(name)):
        yield f"?{name}", 0


def _compare_path(mine: str, its: str) -> Iterator[tuple[str, int]]:
    stem, rest = _cut_suffix(mine), _cut_suffix(its)
    bases = dict.fromkeys((stem, mine.rstrip("/")))
    for number in _list_tails(stem):
        if int(number["n"]) == 1:  # the first page says its number too
            bases[stem[: number.start()]] = None
    for base in bases:
        if base.count("/") < 1 or len(base) < 4 or not rest.startswith(base):
            continue
        tail = rest[len(base) :]
        found = _TAIL.fullmatch(tail)
        if found and not _OTHER.search(found["word"] or ""):
            yield f"{found['sep']}#", int(found["n"])
            return
        if _WHOLE_TAIL.fullmatch(tail):
            yield "/#", 0
            return


def _strip(url: str) -> Iterator[str]:
    """Yield the addresses that ``url`` would be a further page of."""
    parts = urlsplit(url)
    pairs = _pairs(parts.query)
    for pair in pairs:
        if _DIGITS.fullmatch(pair[1]) or _WHOLE.fullmatch(pair[1]):
            left = urlencode([one for one in pairs if one != pair])
            if not _OTHER.search(pair[0]):
                yield urlunsplit(parts._replace(query=left, fragment=""))
    stem = _cut_suffix(parts.path)
    end = parts.path[len(stem) :]
    for found in _list_tails(stem):
        for tail in dict.fromkeys((end, end.rstrip("/"), "/", "", ".html", ".htm")):
            yield urlunsplit(parts._replace(path=stem[: found.start()] + tail, fragment=""))


def _list_tails(stem: str) -> Iterator[re.Match[str]]:
    """Yield the ways in which a path may end in a page's number, the shortest first."""
    for start in range(len(stem) - 2, max(len(stem) - _TAIL_LENGTH, 0), -1):
        found = _TAIL.fullmatch(stem, start)
        if found and not _OTHER.search(found["word"] or ""):
            yield found


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _cut_suffix(path: str) -> str:
    found = _SUFFIX.search(path)
    return path[: found.start()] if found else path


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses differ in scheme and final slash at most."""
    return one.partition("://")[2].rstrip("/") == other.partition("://")[2].rstrip("/")
