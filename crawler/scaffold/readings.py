"""Settles what the articles of a survey say together: name, language, clock, places on the page.

Each answer is what several pages agree on; where they do not, or where only experience speaks, it
is marked a guess and a note tells why.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from archive.records import Reading
from crawler.read.clean import clean, key
from crawler.read.head import find_meta
from crawler.read.imprint import LONGEST
from crawler.read.pool import Pool
from crawler.read.select import select
from crawler.read.tongue import guess_language, lean_language
from crawler.read.zone import find_spoken_zone, find_zone
from crawler.scaffold.blocks import learn_places, learn_related, prove
from crawler.scaffold.clock import learn_order, learn_zone
from crawler.scaffold.contrast import (
    LEAST,
    Ground,
    is_better,
    lay_ground,
    learn_contrast,
    list_shared,
)
from crawler.scaffold.countries import find_country
from crawler.scaffold.figures import learn_captions
from crawler.scaffold.findings import Findings, NoteKind
from crawler.scaffold.insets import learn_insets
from crawler.scaffold.kinds import Judged
from crawler.scaffold.proofs import Proof, gather_proofs, learn_stamps, list_bare
from crawler.scaffold.states import find_state
from spiders import profile

_SPLIT = re.compile(r"\s+[-–—|·•»:]\s+|\s*\|\s*")
MOST_PROMPTS = 8  # lines of [read] prompts
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
    leaning = None if guessed else lean_language(text)
    declared = Counter(
        page.reading.language.lower().split("-")[0]
        for page in found.articles
        if page.reading.language
    )
    named = declared.most_common(1)[0][0] if declared else None
    if guessed is None and named is None and leaning is not None:
        found.set("language", leaning, "guess")
        found.note("look", "language", f"{leaning}: most of what tells in its texts")
        return
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
    read = [(page.visit.asked, page.reading.article) for page in found.articles
            if page.reading.article]  # fmt: skip
    language = found.get("language")
    declared = [page.reading.language for page in found.articles if page.reading.language]
    trees = [page.visit.tree for page in found.articles if page.visit.tree is not None]
    declared += [tag for tree in trees if (tag := find_meta(tree, "og:locale"))]
    host = urlsplit(found.home).hostname or ""
    country = find_country(found.front)
    pages = [(_show(page), page.reading.article) for page in found.articles if page.reading.article]
    shown = [_show(page, LONGEST) for page in found.articles if page.reading.article]
    proofs = gather_proofs(found.articles, found.announced, found.site())
    bare = list_bare(proofs)
    zone = learn_zone(
        *(read, found.announced, host, language, declared, country, shown),
        bare=bare,
        state=find_state(found.front, trees),
    )
    if zone is None:
        says = "no date has an offset; times are read as UTC until timezone is set"
        found.note("missing", "timezone", says)
    else:
        found.set("timezone", zone.value, zone.trust)
        kind = "found" if zone.trust == "seen" else "look"
        unsure = "" if zone.trust == "seen" else "; if that is not its clock all times are wrong"
        found.note(kind, "timezone", f"{zone.value}: {zone.evidence}{unsure}")  # type: ignore[arg-type]
    _settle_stamps(found, proofs)
    order = learn_order(pages, language)
    if order is not None:
        found.set("read.date_order", order.value, order.trust)
        kind = "found" if order.trust == "seen" else "look"
        found.note(kind, "read.date_order", f"{order.value}: {order.evidence}")  # type: ignore[arg-type]


def _settle_stamps(found: Findings, proofs: Sequence[Proof]) -> None:
    """Set ``read.local_stamps`` where the zone that stamps name is false, or doubted."""
    if found.get("timezone") is None:
        if ahead := [one for one in proofs if one.is_ahead]:
            raw = ahead[0].stamped.raw
            says = f"{raw} and {len(ahead) - 1} more lie after their capture: their zone is false; "
            found.note("look", "timezone", f"{says}set timezone, then read.local_stamps")
        return
    site = found.site()
    spoken = find_spoken_zone(found.get("language")) or find_zone(
        urlsplit(found.home).hostname or ""
    )
    is_sure = found.trust.get("timezone") == "seen" or spoken is not None
    stamps = learn_stamps(proofs, site.timezone, is_sure=is_sure)
    if stamps is not None:
        found.set("read.local_stamps", list(stamps.places), stamps.trust)
        found.needed.add("read.local_stamps")
        kind: NoteKind = "found" if stamps.trust == "seen" else "look"
        found.note(kind, "read.local_stamps", stamps.evidence)


def _show(page: Judged, longest: int = DATE_LINE) -> str:
    """The short lines of a page, where dates stand; numbers in running text are not the paper's."""
    if page.visit.tree is None:
        return ""
    lines = (" ".join(text.split()) for text in page.visit.tree.itertext())
    return "\n".join(line for line in lines if 0 < len(line) <= longest)


async def settle_contrast(found: Findings, pool: Pool) -> dict[str, str]:
    """Set title, lead, body and prompts where comparing the articles shows that they are read
    better so; return the selectors that were learned and are not needed for that."""
    lists = [one.visit.tree for one in found.menu.categories if one.visit.tree is not None]
    ground = lay_ground(found.articles, lists, found.headlines)
    words = learn_contrast(ground)
    readings = await read_again(found, pool, {})
    body = words.get("body")
    if body is not None and not _is_known(found, found.articles, "body", _list_family(found)):
        more = {name: css for name, css in words.items() if name != "title"}
        after = await read_again(found, pool, more)
        if is_better(ground, readings, after, body):
            _set_words(found, more)
            readings = after
    title = words.get("title")
    if title is not None and any(map(_mistakes_title, readings, ground)):
        _set_words(found, {"title": title})
        readings = await read_again(found, pool, {})
    bodies = [*([body] if body else []), *found.site().profile.read.body]
    headlines = found.fold_headlines()
    if related := learn_insets(ground, bodies):
        found.set("read.related", [related], "seen")
        found.note("found", "read.related", f"{related}: within the text, of other articles")
    if captions := learn_captions(ground, bodies, headlines):
        found.set("read.caption", captions, "seen")
        found.note("found", "read.caption", f"{', '.join(captions)}: with a picture everywhere")
    if related or captions:
        readings = await read_again(found, pool, {})
    if len(ground) >= LEAST and (prompts := list_shared(ground, readings, headlines)):
        found.set("read.prompts", prompts[:MOST_PROMPTS], "seen")
        says = f"the same in the texts of several articles: {'; '.join(prompts[:3])}"
        found.note("found", "read.prompts", says)
    return {name: css for name, css in words.items() if found.get(f"read.{name}") is None}


def _set_words(found: Findings, words: Mapping[str, str]) -> None:
    for name, css in words.items():
        found.set(f"read.{name}", css, "seen")
    told = ", ".join(f"{name} {css}" for name, css in words.items())
    says = f"{told}; what general ways read held lines that all articles share"
    found.note("look", "read", says)


def _mistakes_title(reading: Reading, one: Ground) -> bool:
    """Whether a title is another line than the headline, and the page does not declare it."""
    article = reading.article
    if article is None or article.sources.get("title", "").startswith("json-ld"):
        return False
    return key(article.title) != one.headline


def _list_family(found: Findings) -> set[str]:
    return set(found.site().profile.read.model_fields_set)


async def settle_blocks(found: Findings, pool: Pool, more: Mapping[str, str]) -> None:
    """Set the selectors of [read], and of ``more``, with which all articles are read as without
    them: they read no better, but tell the night on which the paper is made anew."""
    readings = await read_again(found, pool, {})
    pages = [
        Judged(page.visit, reading, page.kind)
        for page, reading in zip(found.articles, readings, strict=True)
    ]
    places = {**more, **learn_places(pages)}
    related = learn_related(pages, places.get("body"), found.fold_headlines())
    words = {**places, **({"related": related[0]} if related else {})}
    family = _list_family(found)
    words = {name: css for name, css in words.items() if not _is_known(found, pages, name, family)}

    async def reread(more: Mapping[str, str]) -> Sequence[Reading]:
        return await read_again(found, pool, more)

    kept = await prove(words, readings, reread)
    for name, css in kept.items():
        found.set(f"read.{name}", _join(found.get(f"read.{name}"), css), "seen")
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
    if name not in family or (name == "related" and found.get("read.related")):
        return False
    selectors = getattr(found.site().profile.read, name)
    trees = [page.visit.tree for page in pages if page.visit.tree is not None]
    return 2 * sum(bool(select(tree, selectors)) for tree in trees) > len(trees)


def _join(known: Any, css: str) -> str | list[str]:
    """A selector, behind those of the same field that were found before it."""
    return [*known, css] if isinstance(known, list) and css not in known else css


async def read_again(found: Findings, pool: Pool, more: Mapping[str, str]) -> list[Reading]:
    """The articles as read with the answers so far and ``more`` words of [read]."""
    words = dict(found.words)
    said = words.get("read", {})
    words["read"] = {**said, **{name: _join(said.get(name), css) for name, css in more.items()}}
    made, problems = profile.build(words)
    if made is None or problems:
        raise ValueError("; ".join(map(str, problems)))
    site = type(found.site())(found.key, made)
    return [await pool.read(page.visit.page("article"), site) for page in found.articles]


async def settle_readings(found: Findings, pool: Pool) -> None:
    """Read all articles once more with the whole profile, and say what is not understood."""
    readings = await read_again(found, pool, {})
    found.articles = [
        Judged(page.visit, reading, page.kind)
        for page, reading in zip(found.articles, readings, strict=True)
    ]
    whole = [page.reading.article for page in found.articles if page.reading.article]
    dates = [one.published for one in whole]  # htmldate's guess is nobody's word
    count = len(found.articles)
    for field, have in (
        ("title", sum(bool(one.title) for one in whole)),
        ("text", sum(bool(one.text) for one in whole)),
        ("lead", sum(bool(one.lead) for one in whole)),
        ("date", sum(date is not None and date.source != "htmldate" for date in dates)),
        ("author", sum(bool(one.authors) for one in whole)),
    ):
        kind = "found" if have == count else "missing" if have == 0 else "look"
        found.note(kind, f"read.{field}", f"on {have} of {count} articles")  # type: ignore[arg-type]
    if turned := sum(bool(page.reading.parts) for page in found.articles):
        says = f"articles of several pages: {turned} of {count}; a crawl joins them"
        found.note("found", "read.text", says)
    doubts = Counter(
        code
        for page in found.articles
        for code in {words.partition(":")[0] for words in page.reading.warnings}
    )
    for code, times in sorted(doubts.items()):
        if code.startswith(("date-", "article-", "language-")):
            found.note("look", "read", f"{code} on {times} of {count} articles")
