"""Learns how page 2 of a category is found, and believes it only when it has other articles.

    the platform's way · the page's own link to the next · an address that is the category's and
    a number · ?page=2 and /page/2/ on trial

A pager that gives the same page again would be asked for thrice a night and bring nothing, so that
the second page is compared with the first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.records import Link
from crawler.read.addresses import find_base, resolve_address
from crawler.read.pagers import find_next
from crawler.read.pool import Pool
from crawler.scaffold.menus import sounds_like_article
from crawler.scaffold.visit import Visit, Visitor
from spiders.pager import PagerError
from spiders.site import Site

MOST_TRIES = 4  # pages asked for to find the pager
FEWEST = 4  # articles of a page: a lower number counts pages
MOST_PAGES = 500
USUAL = ("query:page", "path:page/{n}/")
GUESSED, WRITTEN = 0.2, 0.05  # share of new articles: a last page has two beside a frame of twenty
_OFFSET = r"start|offset|from|skip|debut|inicio|desde"
_COUNTS = re.compile(rf"(?i:{_OFFSET})|[-_./,;]P(?=\{{n\}})")  # ExpressionEngine's /P20: articles
_NUMBERED = re.compile(r"[\"'(]((?:https?:)?/{1,2}[^\"'()\s<>]{1,300}|\?[^\"'()\s<>]{1,200})[\"')]")


@dataclass(frozen=True, slots=True)
class Turned:
    """A pager that brought a second page: the profile's word, both addresses, the new articles."""

    word: str
    category: str
    second: str
    links: tuple[Link, ...]


async def learn_pager(
    visitor: Visitor, pool: Pool, site: Site, first: Visit, links: tuple[Link, ...]
) -> Turned | None:
    """The pager of one category page whose article ``links`` are known; None where none works."""
    tried: set[str] = set()
    written = list(_derive_words(first, site))
    for word in _list_words(site, written):
        if len(tried) >= MOST_TRIES or not visitor.left:
            return None
        least = WRITTEN if word in written else GUESSED
        turned = await _try_word(visitor, pool, _with_pager(site, word), first, links, tried, least)
        if turned is not None:
            return turned
    return None


def _list_words(site: Site, written: Iterable[str]) -> Iterator[str]:
    known = site.profile.walk.pager
    words = [known, "next-link", *written, *USUAL]
    yield from dict.fromkeys(words)


def _with_pager(site: Site, word: str) -> Site:
    walk = site.profile.walk.model_copy(update={"pager": word})
    return Site(site.key, site.profile.model_copy(update={"walk": walk}))


def shows_more(first: Visit, site: Site) -> bool:
    """Whether a page of a list names an address that would be a later page of it."""
    return next(_derive_words(first, site), None) is not None


async def _try_word(
    visitor: Visitor,
    pool: Pool,
    site: Site,
    first: Visit,
    links: tuple[Link, ...],
    tried: set[str],
    least: float,
) -> Turned | None:
    """Turn the page with one pager, over pages that only repeat the first: a share of ``least`` of
    its articles has to be new."""
    known = _articles(links)
    visit, number = first, 1
    while number <= 1 + site.pager.repeats:
        target = _follow(visit, number, site)
        if target is None or (target in tried and number == 1):
            return None
        tried.add(target)
        following = await visitor.get(target, tuple(site.headers(target).items()))
        if following is None or following.url == first.url:
            return None
        reading = await pool.read(following.page("category", number + 1), site)
        found = _articles(reading.links)
        if found - known and len(found - known) > len(found) * least:
            return Turned(site.profile.walk.pager, first.asked, target, reading.links)
        visit, number = following, number + 1
    return None


def _articles(links: tuple[Link, ...]) -> set[str]:
    return {link.url for link in links if sounds_like_article(link)}


def _follow(visit: Visit, number: int, site: Site) -> str | None:
    tree = visit.tree
    try:
        return find_next(tree, url=visit.url, text=visit.text, number=number, site=site)[0]
    except PagerError:
        return None


def _derive_words(first: Visit, site: Site) -> Iterator[str]:
    """The pagers that addresses written on the page would be pages of, the plainest first."""
    found: Counter[str] = Counter()
    for target in _list_addresses(first):
        word = derive_word(first.url, target)
        if word is not None and site.in_scope(target):
            found[word] += 1
    words = _join_offsets(found)
    yield from sorted(words, key=lambda word: (-words[word], word))


def _join_offsets(found: Counter[str]) -> Counter[str]:
    """One offset pager of a page's many: /P20, /P40 and the last, /P300, are steps of 20.

    The least number is the step: a last page taken for it leaves out all between. Where /P2 stands
    beside /P20, pages are counted.
    """
    words: Counter[str] = Counter()
    steps: dict[str, set[int]] = {}
    for word, times in found.items():
        stem, _, step = word.rpartition(":")
        if word.startswith("offset:"):
            steps.setdefault(stem, set()).add(int(step))
        words[stem if word.startswith("offset:") else word] += times
    for stem, numbers in steps.items():
        pages = stem.replace("offset", "path", 1)
        words[pages if pages in found else f"{stem}:{min(numbers)}"] += words.pop(stem)
    return words


def _list_addresses(visit: Visit) -> Iterator[str]:
    """The addresses in hrefs, in attributes of buttons and in scripts."""
    if visit.tree is None:
        return
    base = find_base(visit.tree, visit.url)
    for element in visit.tree.iter("a", "link", "button", "div", "span", "li", "option"):
        for name, value in element.attrib.items():
            text = str(value)
            if str(name) in ("href", "value", "onclick") or str(name).startswith("data-"):
                found = (
                    [text] if str(name) != "onclick" else re.findall(r"['\"]([^'\"]+)['\"]", text)
                )
                yield from filter(None, (resolve_address(base, one) for one in found))
    for script in visit.tree.iter("script"):
        for written in _NUMBERED.findall((script.text or "")[:200_000]):
            target = resolve_address(base, written.replace("\\/", "/"))
            if target:
                yield target


def derive_word(category: str, target: str) -> str | None:
    """The profile's word for a pager, if ``target`` is a later page of ``category``.

    ``/x`` and ``/x?page=2`` is "query:page", ``/x/`` and ``/x/trang-2.html`` "path:trang-{n}.html".
    """
    own, _, asked = category.partition("?")
    bare, _, query = target.partition("?")
    if bare.rstrip("/") == own.rstrip("/"):
        return _derive_key(asked, query)
    stem = re.sub(r"\.html?$", "", own.rstrip("/"), flags=re.I)
    if query or not bare.startswith(stem) or stem.count("/") < 3:
        return None
    rest = bare[len(stem) :]
    numbers = re.findall(r"(?<!\d)\d{1,4}(?!\d)", rest)
    if len(numbers) != 1 or not re.match(r"[-_./,;]", rest):
        return None
    number, template = int(numbers[0]), re.sub(r"(?<!\d)\d{1,4}(?!\d)", "{n}", rest)
    if not re.fullmatch(r"[-_./,;]{0,2}[A-Za-z]{0,10}[-_./,=]?\{n\}(?:/|\.\w{2,5})?", template):
        return None
    if _COUNTS.search(template) and number >= FEWEST:
        return f"offset:{template.removeprefix('/')}:{number}"
    return f"path:{template.removeprefix('/')}" if 2 <= number <= MOST_PAGES else None


def _derive_key(asked: str, query: str) -> str | None:
    """The pager of a query key that only the later page has, beside all of the category's own:
    ``?author=2`` is no page of ``?cat=3``."""
    pairs = [pair for pair in query.split("&") if pair]
    before = set(asked.split("&")) - {""}
    if not before <= set(pairs):
        return None
    more = [pair.partition("=")[::2] for pair in pairs if pair not in before]
    numbered = [(key, int(value)) for key, value in more if value.isdecimal() and len(value) < 5]
    if len(numbered) != 1 or not re.fullmatch(r"[\w.\[\]-]+", numbered[0][0]):
        return None
    key, number = numbered[0]
    constant = [f"{k}={v}" for k, v in more if k != key]
    if len(constant) > 1 or not all(re.fullmatch(r"[\w.\[\]-]+=[\w.-]*", one) for one in constant):
        return None
    if re.search(_OFFSET, key, re.I):
        return f"offset:{key}:{number}" if number >= FEWEST else None
    if not 2 <= number <= MOST_PAGES or re.search(r"^(?:id|v|ver|cat)$", key):
        return None
    return f"query:{key}" + "".join(f"&{one}" for one in constant)
