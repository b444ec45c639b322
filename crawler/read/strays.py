"""Tell which names on a page are those of other articles: in a block of related ones, in a card.

    <article><h2><a href="/another">Its headline</a></h2><span class="author">Its author</span>

A card is a short element with one linked headline that is not the page's own. Without it, an
inline card's author was given to 5 articles of 6 whose theme marks authors by a class.
Rejected: taking only the first of the elements, as one article may have several apart.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.read.addresses import resolve_address
from crawler.read.clean import key
from crawler.read.facts import Facts
from crawler.read.sheet import Sheet
from crawler.read.values import select_all
from crawler.read.words import read_words

_HEIGHT = 6  # levels from a name to its card
_HEADS = ("h2", "h3", "h4", "h5", "h6")
_HEADLINE, _CARD = 15, 600  # letters of a headline at least, of a card at most


def drop_strays(elements: Iterable[HtmlElement], facts: Facts, sheet: Sheet) -> list[HtmlElement]:
    """The elements that stand in no block of the profile's ``related`` and in no card."""
    found = list(elements)
    if not found:
        return found
    blocks = select_all(sheet.tree, sheet.site.profile.read.related)
    return [e for e in found if not _is_stray(e, blocks, facts, sheet)]


def drop_stray_names(names: Iterable[str], facts: Facts, sheet: Sheet) -> list[str]:
    """The names without those that are read nowhere on the page but in such blocks and cards."""
    kept = []
    for name in names:
        texts = (e for e in sheet.tree.iter() if name in (e.text or ""))
        holders = [e for e in texts if isinstance(e, HtmlElement)]
        if not holders or drop_strays(holders, facts, sheet):
            kept.append(name)
    return kept


def _is_stray(element: HtmlElement, blocks: set[HtmlElement], facts: Facts, sheet: Sheet) -> bool:
    above = list(element.iterancestors())
    if element in blocks or (blocks and any(outer in blocks for outer in above)):
        return True
    own = {key(title) for title in facts.titles}
    for outer in above[:_HEIGHT]:
        if outer.tag in ("body", "main", "html") or outer.find(".//h1") is not None:
            return False
        heads = [head for head in outer.iter(*_HEADS) if len(read_words(head)) >= _HEADLINE]
        if not heads:
            continue
        linked = [_find_target(head, sheet) for head in heads]
        mine = any(key(read_words(head)) in own for head in heads)
        if mine or len(set(linked)) > 1 or linked[0] in (None, sheet.url):
            return False
        return len(read_words(outer, _CARD + 1)) <= _CARD
    return False


def _find_target(head: HtmlElement, sheet: Sheet) -> str | None:
    """Where a headline's link leads, within it or around it; None for a headline without one."""
    inner = next((a for a in head.iter("a") if a.get("href")), None)
    outer = next((a for a in head.iterancestors("a") if a.get("href")), None)
    link = inner if inner is not None else outer
    return None if link is None else resolve_address(sheet.base, link.get("href") or "")
