"""Settles what stands around the texts of a survey's articles: section, authors, tags, dateline.

Only what general ways did not read is learned, and only kept where the articles, read again with
it, have it and are the same in everything else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from archive.records import Article, Reading
from crawler.read.clean import key
from crawler.read.head import find_meta
from crawler.read.pool import Pool
from crawler.scaffold.contrast import Ground, lay_ground
from crawler.scaffold.datelines import learn_dateline
from crawler.scaffold.findings import Findings
from crawler.scaffold.menus import FRAME, Listing, Menu
from crawler.scaffold.readings import read_again
from crawler.scaffold.signed import learn_authors
from crawler.scaffold.standfirst import learn_lead
from crawler.scaffold.tagged import Tagging, learn_tags
from crawler.scaffold.trails import Sections, learn_section

MOST = 0.6  # share of the articles that have a field: no more is learned then
MIXED = 2  # other lists that a list of everything shares articles with
LED = 0.9  # share of the articles with a lead
SIGNED = 5  # articles that one login has to sign
LEAST = 3  # articles without which nothing is learned
SAME = 0.3  # share of the articles that have one list of keywords, from which on it is the paper's
LISTS, LISTED = 3, 5  # lists of a head that are looked at; lists in each of which a tag stands
_HEAD = ("meta:", "json-ld")

Tell = Callable[[Article], Any]


async def settle_fields(found: Findings, pool: Pool) -> None:
    """Set ``read.section`` or ``read.breadcrumbs``, ``read.author``, ``read.tags`` and
    ``read.dateline`` where the articles need them, and say which fields were found."""
    sections = list_sections(found.menu)
    ground = lay_ground(found.articles, [], found.headlines)
    if len(ground) >= LEAST:
        await _settle_lead(found, pool, ground)
        await _settle_section(found, pool, sections)
        await _settle_authors(found, pool, ground, sections.names)
        await _settle_keywords(found, pool)
        await _settle_tags(found, pool, sections.names)
        await _settle_dateline(found, pool)
    readings = await read_again(found, pool, {})
    for field in ("section", "tags", "dateline"):
        have = sum(bool(one.article and getattr(one.article, field)) for one in readings)
        kind = "found" if have >= MOST * len(readings) else "missing" if not have else "look"
        if have or field == "section":
            found.note(kind, f"read.{field}", f"on {have} of {len(readings)} articles")  # type: ignore[arg-type]


def list_sections(menu: Menu) -> Sections:
    """What the menu calls sections, and those of articles that one category alone announced.

    A list of what others list as well (all news, the front page again), or of a month, is no
    section.
    """
    dated = re.compile(menu.archives) if menu.archives else None
    lists = [one for one in menu.categories if not (dated and dated.search(one.clue.url))]
    own = _list_own(lists)
    lists = [one for one, urls in zip(lists, own, strict=True) if not _is_mixed(urls, own)]
    names = {one.clue.url: key(one.clue.words) for one in lists}
    announced: dict[str, set[str]] = {}
    for one in lists:
        for url in one.articles:
            announced.setdefault(url, set()).add(names[one.clue.url])
    known = {url: next(iter(by)) for url, by in announced.items() if len(by) == 1}
    unseen = {key(clue.words) for clue in menu.unseen}
    return Sections(frozenset({*names.values(), *unseen} - {""}), known)


def _list_own(lists: Sequence[Listing]) -> list[frozenset[str]]:
    """The articles of each list without those of (nearly) all lists: a box that every page has."""
    counts = Counter(url for one in lists for url in one.articles)
    most = len(lists) * FRAME if len(lists) > MIXED else len(lists) + 1
    return [frozenset(url for url in one.articles if counts[url] < most) for one in lists]


def _is_mixed(one: frozenset[str], lists: Sequence[frozenset[str]]) -> bool:
    """Whether most of a list stands on others that have nothing in common with each other."""
    parts: list[frozenset[str]] = []
    for other in sorted(lists, key=lambda other: -len(one & other)):
        if other is not one and one & other and not any(other & part for part in parts):
            parts.append(other)
    covered = one & frozenset[str]().union(*parts)
    return len(parts) >= MIXED and 2 * len(covered) > len(one)


async def _settle_section(found: Findings, pool: Pool, sections: Sections) -> None:
    readings = await read_again(found, pool, {})
    told = {
        page.visit.asked: key(one.article.section)
        for page, one in zip(found.articles, readings, strict=True)
        if one.article and one.article.section
    }
    right = [sections.known[url] == said for url, said in told.items() if url in sections.known]
    if len(told) == len(readings) and sum(right) >= MOST * len(right):
        return  # a trail may still tell what links to known categories leave out
    pages = [(p.visit.asked, p.visit.tree) for p in found.articles if p.visit.tree is not None]
    learned = learn_section(pages, sections)
    if learned is not None:
        word, css = learned
        kept = await _try(found, pool, word, css, lambda one: one.section, "names the section")
        known = sum(page.visit.asked in sections.known for page in found.articles)
        if kept and known < LEAST - 1:
            found.trust[f"read.{word}"] = "guess"


async def _settle_lead(found: Findings, pool: Pool, ground: Sequence[Ground]) -> None:
    readings = await read_again(found, pool, {})
    if _share(readings, lambda one: one.lead) >= LED or found.get("read.lead"):
        return
    css = learn_lead(ground, found.site().profile.read.body)
    if css is not None:
        await _try(found, pool, "lead", css, lambda one: one.lead, "is the standfirst")


async def _settle_authors(
    found: Findings, pool: Pool, ground: Sequence[Ground], names: frozenset[str]
) -> None:
    readings = await read_again(found, pool, {})
    if _share(readings, lambda one: one.authors) >= MOST or found.get("read.author"):
        return
    signed = learn_authors(ground, names)
    if signed is not None:
        says = "names the author beside the date"
        kept = await _try(found, pool, "author", signed.css, lambda one: one.authors, says)
        if kept and signed.trust == "guess":
            found.trust["read.author"] = "guess"
            found.note("look", "read.author", f"{signed.css}: are these authors, or places?")


async def settle_login(found: Findings, pool: Pool) -> None:
    """Set ``names`` to the login that signs every article: who wrote them is another's word."""
    readings = await read_again(found, pool, {})
    if login := find_login([one.article for one in readings if one.article]):
        found.set("names", [*(found.get("names") or ()), login], "seen")
        found.note("found", "names", f"{login}: signs every article, a system's login")


def find_login(articles: Sequence[Article]) -> str | None:
    """The one word that every article is signed with: a system's login. A full name is a person's
    who may well write a paper alone."""
    names = {one.authors for one in articles}
    if len(articles) < SIGNED or len(names) != 1:
        return None
    only = next(iter(names))
    return only[0] if len(only) == 1 and " " not in only[0] else None


async def _settle_keywords(found: Findings, pool: Pool) -> None:
    """Tell reading the lists of keywords that are the paper's: those that several articles' heads
    have, or that the front page has too. A head may have two such lists, one behind the other."""
    for _ in range(LISTS):
        readings = await read_again(found, pool, {})
        articles = [one.article for one in readings if one.article]
        lists = [one.tags for one in articles if one.sources.get("tags", "").startswith(_HEAD)]
        counts = Counter(lists)
        fronts = {key(words) for words in _list_front(found)}
        least = max(LEAST, SAME * len(articles))
        own = [t for t, n in counts.items() if n >= least or key("".join(t)) in fronts]
        own += [(tag,) for tag in _list_common(lists)] if not own else []
        if not own:
            return
        known = list(found.get("read.prompts") or ())
        found.set("read.prompts", [*known, *(", ".join(tags) for tags in own)], "seen")
        says = f"the same on several pages, no article's tags: {'; '.join(map(', '.join, own))}"
        found.note("found", "read.tags", says)


def _list_front(found: Findings) -> list[str]:
    """The lists of keywords of the front page."""
    tree = found.front
    return [
        w
        for name in ("keywords", "news_keywords")
        if tree is not None and (w := find_meta(tree, name))
    ]


def _list_common(lists: Sequence[tuple[str, ...]]) -> list[str]:
    """The tags that stand in every one of many different lists."""
    if len(lists) < LISTED or len(set(lists)) < len(lists) / 2:
        return []
    return [tag for tag in lists[0] if all(tag in tags for tags in lists)]


async def _settle_tags(found: Findings, pool: Pool, names: frozenset[str]) -> None:
    readings = await read_again(found, pool, {})
    if _share(readings, lambda one: one.tags) >= MOST:
        return
    pages = [
        Tagging(page.visit.url, page.visit.tree, frozenset(map(key, one.article.authors)) | names)
        for page, one in zip(found.articles, readings, strict=True)
        if page.visit.tree is not None and one.article
    ]
    menu = {one.clue.url for one in found.menu.looked} | {one.url for one in found.menu.unseen}
    css = learn_tags(pages, found.site(), {*menu, found.home})
    if css is not None:
        await _try(found, pool, "tags", css, lambda one: one.tags, "lists the tags")


async def _settle_dateline(found: Findings, pool: Pool) -> None:
    readings = await read_again(found, pool, {})
    articles = [one.article for one in readings if one.article]
    if _share(readings, lambda one: one.dateline) >= MOST:
        return
    for lines in ([one.text for one in articles], [one.lead or "" for one in articles]):
        pattern = learn_dateline([line.partition("\n")[0] for line in lines])
        if pattern is not None:
            says = "begins the texts"
            await _try(found, pool, "dateline", pattern, lambda one: one.dateline, says)
            return


async def _try(found: Findings, pool: Pool, word: str, value: str, tell: Tell, says: str) -> bool:
    """Keep a word of [read] with which more articles have the field, and the same else."""
    before = await read_again(found, pool, {})
    after = await read_again(found, pool, {word: value})
    if _share(after, tell) <= _share(before, tell) or not _is_same(before, after, word):
        return False
    found.set(f"read.{word}", value, "seen")
    found.needed.add(f"read.{word}")
    found.note("found", f"read.{word}", f"{value}: {says}")
    return True


def _share(readings: Sequence[Reading], tell: Tell) -> float:
    have = sum(bool(one.article and tell(one.article)) for one in readings)
    return have / len(readings) if readings else 0.0


def _is_same(before: Sequence[Reading], after: Sequence[Reading], word: str) -> bool:
    """Whether titles and dates are the same, and texts but for what the word takes out of them."""
    for one, other in zip(before, after, strict=True):
        old, new = one.article, other.article
        if old is None or new is None:
            return old is new
        if (old.title, old.published) != (new.title, new.published):
            return False
        if word in ("lead", "tags", "breadcrumbs"):
            if not _has_lines(old, new, least=word != "lead"):
                return False
        elif word == "dateline":
            if not old.text.endswith(new.text) and not (old.lead or "").endswith(new.lead or "\0"):
                return False
        elif (old.text, old.lead) != (new.text, new.lead):
            return False
    return True


def _has_lines(old: Article, new: Article, *, least: bool) -> bool:
    """Whether a text has all its lines but those that are the lead now, or (``least``) a line of
    links that left it; and no other."""
    before, after = (one.text.split("\n") for one in (old, new))
    led = key(new.lead or "")
    out = [line for line in before if line not in after]
    if [line for line in before if line in after] != after:
        return False
    if least:
        return len(out) <= 1 and old.lead == new.lead
    told = old.lead is None or key(old.lead) in led or old.lead in after
    return told and all(key(line) in led for line in out)
