"""Parts the addresses of one shape by what may make them another kind of page.

    /nota/340001-la-cooperativa/    /fotos/340002-la-cooperativa/    the first folder
    /x/hop-tac-xa-a340001/          /x/hop-tac-xa-v340002/           letters before the id
    /x/news_340001                  /x/clip_340002                   the word before the id
    /?p=340001                      /?attachment_id=340002           the query's key
    /viewnews.asp?id=340001         /printnews.asp?id=340001         what is asked
    /x/hop-tac-xa-340001            /x/anh-hop-tac-xa-340002         the word before the slug

Galleries, videos, topics and authors have addresses made by the templates of articles. A page or
two of each variant is looked at, and a variant without an article is none of the paper's articles.
Rejected: a list of words for galleries in all languages (papers do put articles under /video/).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from crawler.scaffold.clues import Clue
from crawler.scaffold.shapes import Variant, name_variant, take_apart

Name = Callable[[str], Variant]


def rank_variants(clues: Iterable[Clue], name: Name = name_variant) -> list[list[Clue]]:
    """The links by variant, those of most weight first."""
    found: dict[Variant, list[Clue]] = {}
    for clue in clues:
        found.setdefault(name(clue.url), []).append(clue)
    return sorted(found.values(), key=lambda one: -sum(min(c.weight, 2.0) for c in one))


def put_twins_first(clues: Sequence[Clue], seen: Iterable[str]) -> list[Clue]:
    """The links of a variant, first those with the number or the words of an article that was seen:
    beside it, a page for printers has nothing of its own."""
    known = {part for url in seen for part in list_parts(url)}
    return sorted(clues, key=lambda clue: not known & list_parts(clue.url))


def list_parts(url: str) -> set[str]:
    """What an address shares with its twins for printers: the number, or the words."""
    path = take_apart(url)
    numbers = set(re.findall(r"\d{5,}", f"{path.stem} {path.query}"))
    return numbers or ({path.stem} - {""} if not path.query else set())


def list_refuted(kinds: Mapping[str, str], name: Name = name_variant) -> set[Variant]:
    """The variants of which pages were seen and none was an article; ``kinds`` by address. One page
    that lists others is enough, of pages that are neither two are. Where a page says that it is
    another thing, one beside it that looks like an article is of the same kind."""
    seen: dict[Variant, list[str]] = {}
    for url, kind in kinds.items():
        seen.setdefault(name(url), []).append(kind)
    best = max((found.count("article") for found in seen.values()), default=0)
    return {one for one, found in seen.items() if _is_refuted(found, best)}


def _is_refuted(found: Sequence[str], best: int) -> bool:
    """``best``: the articles of the variant that has most of them."""
    articles, apart = found.count("article"), found.count("apart")
    if articles:
        return apart >= articles and best > articles
    return bool(apart) or "list" in found or len(found) > 1
