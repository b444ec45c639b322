"""Find where an article stands in its paper: section, breadcrumbs, tags.

A trail counts as seen only where it is marked up as one list (nav, ol, BreadcrumbList): some
systems print sibling sections in an unordered one, and a wrong section is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from crawler.read.clean import key
from crawler.read.facts import Facts, Said, take_first
from crawler.read.jsonld import read_names
from crawler.read.values import read_values
from crawler.read.words import read_words

_SECTION = (
    "article:section",
    "section",
    "parsely-section",
    "articlesection",
    "og:article:section",
    "cxenseparse:section",
    "mrf:sections",
    "category",
)
_TAGS = ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "keywords")
_HOME = re.compile(
    r"(?:home(?:page)?|trang chủ|startseite|accueil|inicio|início|strona główna|beranda|hem|hjem"
    r"|ana sayfa|главная)",
    re.I,
)
_CRUMB = "breadcrumb"
_MAX_TRAIL, _MAX_TAGS, _MAX_TAG = 6, 60, 100


def read_places(facts: Facts, said: Said) -> None:
    """Set section, breadcrumbs and tags."""
    _read_trail(facts, said)
    _read_section(facts, said)
    _read_tags(facts, said)


def _read_trail(facts: Facts, said: Said) -> None:
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.breadcrumbs)
    facts.keep("breadcrumbs", _clean_trail(named, facts), "profile:breadcrumbs")
    facts.keep("breadcrumbs", _clean_trail(said.structured.breadcrumbs, facts), "json-ld")
    if not facts.breadcrumbs:
        links = _find_trail(said)
        words = [read_words(link) for link in links] if len(links) <= _MAX_TRAIL else []
        facts.keep("breadcrumbs", _clean_trail(words, facts), "seen")


def _find_trail(said: Said) -> list[HtmlElement]:
    """The first links in elements that are marked up as the trail, one more than it may have."""
    tree = said.sheet.tree
    trails = {nav for nav in tree.iter("nav") if _CRUMB in (nav.get("aria-label") or "").lower()}
    trails |= {ol for ol in tree.iter("ol") if _CRUMB in (ol.get("class") or "")}
    trails |= {e for e in said.sheet.marked if "BreadcrumbList" in (e.get("itemtype") or "")}
    if not trails:
        return []
    links = (a for a in tree.iter("a") if any(above in trails for above in a.iterancestors()))
    return list(take_first(links, _MAX_TRAIL + 1))


def _is_tag(element: HtmlElement) -> bool:
    return element.tag == "a" and "tag" in (element.get("rel") or "")


def _clean_trail(names: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """A trail without the front page at its one end and the article at the other."""
    not_places = {key(name) for name in (*facts.titles, *facts.owners)}
    kept = (n for n in names if n and not _HOME.fullmatch(n) and key(n) not in not_places)
    return tuple(dict.fromkeys(kept))


def _read_section(facts: Facts, said: Said) -> None:
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.section)
    facts.keep("section", next(iter(named), None), "profile:section")
    told = read_names(said.structured.article.get("articleSection"))
    facts.keep("section", next(iter(told), None), "json-ld")
    found = said.meta.first(*_SECTION)
    if found and found[1].count(",") < 2:  # more is a list of keywords
        facts.keep("section", found[1], f"meta:{found[0]}")
    trail = next(reversed(facts.breadcrumbs), None)
    facts.keep("section", trail, "breadcrumbs")
    facts.claims["section"] = [
        ("json-ld:articleSection", next(iter(told), "")),
        (f"meta:{found[0]}" if found else "meta", found[1] if found else ""),
        ("breadcrumbs", trail or ""),
    ]


def _read_tags(facts: Facts, said: Said) -> None:
    named = read_values(said.sheet.tree, said.sheet.site.profile.read.tags)
    facts.keep("tags", _split_tags(named), "profile:tags")
    told = read_names(said.structured.article.get("keywords"))
    facts.keep("tags", _split_tags(told), "json-ld")
    if not facts.tags:
        shown = [read_words(link) for link in said.find_marked(_is_tag, _MAX_TAGS)]
        facts.keep("tags", _split_tags(shown), "rel:tag")
    if found := said.meta.first(*_TAGS):
        facts.keep("tags", _split_tags(said.meta.values[found[0]]), f"meta:{found[0]}")


def _split_tags(values: Iterable[str]) -> tuple[str, ...]:
    parts = (part.strip(" #") for value in values for part in re.split(r"[,;]", value))
    kept = (part for part in parts if part and len(part) <= _MAX_TAG)
    return tuple(dict.fromkeys(kept))[:_MAX_TAGS]
