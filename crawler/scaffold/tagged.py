"""Learns where an article's page lists its tags: short links of one kind, other ones on each page.

    <div class="topik"><a href="/topik/x">#x</a> <a href="/topik/y">#y</a></div>      .topik a

The links of a name all lead to one folder (or ask for one key) that is no article's, no
category's and no author's, and the pages differ in what they say. Rejected: folders called "tag"
(they are "luoghi", "chu-de" or "dosyalar").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.read.addresses import find_base, resolve_address
from crawler.read.clean import key
from crawler.read.select import select
from crawler.read.words import read_words
from crawler.scaffold.names import list_own
from crawler.scaffold.shapes import take_apart
from spiders.site import Site

LEAST, SHARE = 3, 0.5  # articles with tags, and share of all
SHORT, MOST = 40, 20  # letters of a tag; tags of an article
_HEAD = re.compile(r"[^\W\d_]{2,20}[,;:](?=.)")
ABOVE = 3  # elements around a link that may name the list

Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Tagging:
    """An article's page: its address, its tree, and the folded names of its authors."""

    url: str
    tree: HtmlElement
    authors: frozenset[str]


def learn_tags(pages: Sequence[Tagging], site: Site, menu: Collection[str]) -> str | None:
    """The selector of the tags, None for none; ``menu``: addresses that are no tags'."""
    found: dict[str, None] = {}
    links = {id(page.tree): _Links(page, site, menu) for page in pages}
    for page in pages:
        for element in links[id(page.tree)].groups:
            found |= dict.fromkeys(_name_list(element))
    fitting = {css: hits for css in found if (hits := _count(pages, css, links))}
    return max(fitting, key=lambda css: (fitting[css], -len(css)), default=None)


class _Links:
    """The links of a page that may be tags, with what their addresses have in common."""

    def __init__(self, page: Tagging, site: Site, menu: Collection[str]) -> None:
        base = find_base(page.tree, page.url)
        self.groups: dict[HtmlElement, Group] = {}
        for element in page.tree.iter("a"):
            url = resolve_address(base, element.get("href") or "")
            words = read_words(element, SHORT + 1)
            if not url or not words or len(words) > SHORT or url.partition("#")[0] in menu:
                continue
            named = key(words) in page.authors or site.role(url) == "article"
            if site.in_scope(url) and not named and (group := _group(url)):
                self.groups[element] = group


def _group(url: str) -> Group | None:
    """The folders of an address, or what its query asks for; None where it has neither."""
    path = take_apart(url)
    if path.query:
        keys = sorted(pair.partition("=")[0] for pair in path.query.split("&"))
        return (*path.folders, path.stem, *keys)
    head = _HEAD.match(path.words)  # "/slowo,zdrowie"
    return (*path.folders, head[0]) if head else path.folders or None


def _name_list(element: HtmlElement) -> Iterator[str]:
    yield from list_own(element)
    for outer in list(element.iterancestors())[:ABOVE]:
        yield from (f"{name} a" for name in list_own(outer))


def _count(pages: Sequence[Tagging], css: str, links: dict[int, _Links]) -> int:
    """How many tags a name leads to, 0 where it leads to anything else."""
    said: list[frozenset[str]] = []
    groups: set[Group] = set()
    for page in pages:
        elements = select(page.tree, (css,))
        known = links[id(page.tree)].groups
        if len(elements) > MOST or any(one not in known for one in elements):
            return 0
        groups |= {known[one] for one in elements if isinstance(one, HtmlElement)}
        if elements:
            said.append(frozenset(key(read_words(one)) for one in elements))
    if len(said) < max(LEAST, SHARE * len(pages)) or len(groups) != 1:
        return 0
    shared = frozenset.intersection(*said)
    return sum(map(len, said)) if len(set(said)) * 2 >= len(said) and not shared else 0
