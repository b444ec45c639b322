"""Settles what the articles of a survey say together: name, language, clock, places on the page.

Each answer is what several pages agree on; where they do not, or where only experience speaks, it
is marked a guess and a note tells why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from archive.records import Reading
from crawler.read.clean import clean
from crawler.read.head import find_meta
from crawler.read.pool import Pool
from crawler.read.select import select
from crawler.read.tongue import guess_language
from crawler.scaffold.blocks import learn_places, learn_related, prove
from crawler.scaffold.clock import learn_order, learn_zone
from crawler.scaffold.findings import Findings
from crawler.scaffold.kinds import Judged
from spiders import profile

_SPLIT = re.compile(r"\s+[-–—|·•»:]\s+|\s*\|\s*")
DATE_LINE = 70  # letters of a line that shows a date, as in crawler/read/stamps.py


def settle_name(found: Findings) -> None:
    """Set ``title``: what pages call their site, else what all their titles end or begin with."""
    trees = [page.visit.tree for page in found.articles if page.visit.tree is not None]
    named = Counter(name for tree in trees if (name := find_meta(tree, "og:site_name")))
    named = named or Counter(
        one.reading.article.publisher
        for one in found.articles
        if one.reading.article and one.reading.article.publisher
    )
    parts = [set(_SPLIT.split(clean(tree.findtext(".//title") or ""))) for tree in trees]
    shared = set.intersection(*parts) - {""} if len(parts) > 1 else set()
    name = named.most_common(1)[0][0] if named else max(shared, key=len, default=None)
    if name and not name.startswith("http"):
        found.set("title", name, "seen")
        found.note(
            "found", "title", f"{name} ({'as its pages say' if named else 'part of all titles'})"
        )
    else:
        found.note("missing", "title", "the paper's name stands on no page")


def settle_language(found: Findings) -> None:
    """Set ``language``: of the texts, checked against what pages declare."""
    texts = [page.reading.article for page in found.articles]
    text = "\n".join(f"{one.lead or ''}\n{one.text}" for one in texts if one)
    guessed = guess_language(text)
    declared = Counter(
        page.reading.language.lower().split("-")[0]
        for page in found.articles
        if page.reading.language
    )
    named = declared.most_common(1)[0][0] if declared else None
    if guessed is None and named is None:
        found.note("missing", "language", "pages declare none, and their words tell none")
        return
    found.set("language", guessed or named, "seen")
    if guessed and named and guessed != named:
        says = f"pages declare {named!r}, their texts are {guessed!r}; the texts are believed"
        found.note("look", "language", says)
    else:
        how = (
            "by texts and declaration"
            if guessed and named
            else "by texts"
            if guessed
            else "declared"
        )
        found.note("found", "language", f"{guessed or named} ({how})")


def settle_clock(found: Findings) -> None:
    """Set ``timezone`` and ``read.date_order``."""
    articles = [page.reading.article for page in found.articles if page.reading.article]
    language = found.get("language")
    host = urlsplit(found.home).hostname or ""
    zone = learn_zone(articles, found.announced, host, language)
    if zone is None:
        says = "no date has an offset; times are read as UTC until timezone is set"
        found.note("missing", "timezone", says)
    else:
        found.set("timezone", zone.value, zone.trust)
        kind = "found" if zone.trust == "seen" else "look"
        found.note(kind, "timezone", f"{zone.value}: {zone.evidence}")  # type: ignore[arg-type]
    pages = [(_show(page), page.reading.article) for page in found.articles if page.reading.article]
    order = learn_order(pages, language)
    if order is not None:
        found.set("read.date_order", order.value, order.trust)
        kind = "found" if order.trust == "seen" else "look"
        found.note(kind, "read.date_order", f"{order.value}: {order.evidence}")  # type: ignore[arg-type]


def _show(page: Judged) -> str:
    """The short lines of a page, where dates stand; numbers in running text are not the paper's."""
    if page.visit.tree is None:
        return ""
    lines = (" ".join(text.split()) for text in page.visit.tree.itertext())
    return "\n".join(line for line in lines if 0 < len(line) <= DATE_LINE)


async def settle_blocks(found: Findings, pool: Pool) -> None:
    """Set the selectors of [read] with which all articles are read as without them."""
    readings = await _reread(found, pool, {})
    pages = [
        Judged(page.visit, reading, page.kind)
        for page, reading in zip(found.articles, readings, strict=True)
    ]
    places = learn_places(pages)
    related = learn_related(pages, places.get("body"))
    words = {**places, **({"related": related[0]} if related else {})}
    family = set(found.site().profile.read.model_fields_set)
    words = {name: css for name, css in words.items() if not _is_known(found, pages, name, family)}

    async def reread(more: Mapping[str, str]) -> Sequence[Reading]:
        return await _reread(found, pool, more)

    kept = await prove(words, readings, reread)
    for name, css in kept.items():
        found.set(f"read.{name}", css, "seen")
    if kept:
        told = ", ".join(f"{name} {css}" for name, css in kept.items())
        found.note("found", "read", f"{told}; the same on {len(pages)} articles")
    dropped = sorted(set(words) - set(kept))
    if dropped:
        says = f"{', '.join(dropped)}: a selector was found that changes what is read; not written"
        found.note("look", "read", says)
    if related and "related" in kept and related[1]:
        found.set("read.labels", [related[1]], "seen")
    linked = sum(any(x.channel == "related" for x in page.reading.links) for page in pages)
    if "related" not in kept and not linked:
        found.note("missing", "read.related", "no block of related articles was seen")


def _is_known(found: Findings, pages: Sequence[Judged], name: str, family: set[str]) -> bool:
    """Whether the platform's own selector finds the field on most of the articles."""
    if name not in family:
        return False
    selectors = getattr(found.site().profile.read, name)
    trees = [page.visit.tree for page in pages if page.visit.tree is not None]
    return 2 * sum(bool(select(tree, selectors)) for tree in trees) > len(trees)


async def _reread(found: Findings, pool: Pool, more: Mapping[str, str]) -> list[Reading]:
    """The articles as read with the answers so far and ``more`` words of [read]."""
    words = dict(found.words)
    words["read"] = {**words.get("read", {}), **more}
    made, problems = profile.build(words)
    if made is None or problems:
        raise ValueError("; ".join(map(str, problems)))
    site = type(found.site())(found.key, made)
    return [await pool.read(page.visit.page("article"), site) for page in found.articles]


async def settle_readings(found: Findings, pool: Pool) -> None:
    """Read all articles once more with the whole profile, and say what is not understood."""
    readings = await _reread(found, pool, {})
    found.articles = [
        Judged(page.visit, reading, page.kind)
        for page, reading in zip(found.articles, readings, strict=True)
    ]
    whole = [page.reading.article for page in found.articles if page.reading.article]
    count = len(found.articles)
    for field, have in (
        ("title", sum(bool(one.title) for one in whole)),
        ("text", sum(bool(one.text) for one in whole)),
        ("lead", sum(bool(one.lead) for one in whole)),
        ("date", sum(one.published is not None for one in whole)),
        ("author", sum(bool(one.authors) for one in whole)),
    ):
        kind = "found" if have == count else "missing" if have == 0 else "look"
        found.note(kind, f"read.{field}", f"on {have} of {count} articles")  # type: ignore[arg-type]
    doubts = Counter(
        words.partition(":")[0] for page in found.articles for words in page.reading.warnings
    )
    for code, times in sorted(doubts.items()):
        if code.startswith(("date-", "article-", "language-")):
            found.note("look", "read", f"{code} on {times} of {count} articles")
