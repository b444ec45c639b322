"""Gather what a page says of its article outside of the text: title, names, terms, and the rest.

The order for every field: the profile's selector where it names the field, the page's JSON-LD
article, meta and OpenGraph, then the page as seen. Dates (stamps.py), authors (bylines.py) and
sections (places.py) have their own ways. Measured by tests/gate.
"""

from __future__ import annotations

import html
from collections.abc import Mapping

from lxml.html import HtmlElement

from crawler.read.addresses import resolve_address
from crawler.read.bylines import read_authors
from crawler.read.clean import clean, key
from crawler.read.facts import Facts, Said, take_first
from crawler.read.jsonld import Structured, read_jsonld, read_names, read_text
from crawler.read.meta import read_meta
from crawler.read.paywall import list_walled, read_free
from crawler.read.places import read_places
from crawler.read.sheet import Sheet
from crawler.read.stamps import read_dates
from crawler.read.suffix import find_owner, read_segments, read_slug, strip_name
from crawler.read.title import Titles, choose_title
from crawler.read.values import read_values
from crawler.read.words import read_words

_NO_NAMES = frozenset(("com", "co", "org", "net", "gov", "www", "news"))  # labels of hosts
_OWNERS = ("publisher", "dc.publisher", "dcterms.publisher", "application-name")
_MIN_DESCRIPTION, _MIN_WITNESS, _MAX_WITNESS = 30, 200, 200_000  # letters


def read_facts(sheet: Sheet) -> Facts:
    """The facts of one page; what the page does not say is None. Never raises on a tree."""
    meta = read_meta(sheet.tree)
    title = next(sheet.tree.iter("title"), None)
    head = clean((title.text if title is not None else "") or "")
    headings = (read_words(h1) for h1 in take_first(sheet.tree.iter("h1"), 3))
    titles = [words for words in (meta.text("og:title"), head, *headings) if words]
    structured = read_jsonld(sheet.tree, sheet.url, titles)
    said = Said(structured, meta, head, sheet)
    facts = Facts(witness=_read_witness(structured))
    _read_names(facts, said)
    _read_title(facts, said)
    read_dates(facts, said)
    read_authors(facts, said)
    read_places(facts, said)
    _read_terms(facts, said)
    return facts


def _read_witness(structured: Structured) -> str | None:
    """The article's text as JSON-LD has it. Some systems make it of markup whose entities they
    write as text: "&amp;nbsp;" is seen, and hid paragraphs from ``hear_witness``."""
    body = structured.article.get("articleBody")
    told = html.unescape(html.unescape(body)) if isinstance(body, str) else ""
    return told if _MIN_WITNESS < len(told) < _MAX_WITNESS else None


def _read_names(facts: Facts, said: Said) -> None:
    """The publisher, and all names that are the paper's and no author's."""
    profile, shown = said.sheet.site.profile, said.meta.text("og:site_name")
    facts.keep("publisher", _read_publisher(said.structured), "json-ld")
    named = shown if shown and not shown.startswith(("http://", "https://")) else None
    facts.keep("publisher", named, "meta:og:site_name")
    facts.keep("publisher", profile.title, "profile")
    host = said.sheet.host
    declared = [said.meta.text(name) for name in _OWNERS]
    known = (facts.publisher, shown, profile.title, *declared)
    names = (*known, host, *host.split(".")[:-1], *profile.names)
    facts.owners = tuple(dict.fromkeys(n for n in names if n and key(n) not in _NO_NAMES))
    facts.titled = find_owner(said.head, _list_told(said))


def _list_told(said: Said) -> tuple[str, ...]:
    """What the page says its headline is, beside the title element."""
    told = (said.structured.text("headline"), said.meta.text("og:title", "twitter:title"))
    return tuple(words for words in (*told, *_list_headings(said.sheet.tree)[:2]) if words)


def _read_publisher(structured: Structured) -> str | None:
    publisher = structured.article.get("publisher")
    if isinstance(publisher, Mapping) and not publisher.get("name"):
        publisher = structured.by_id.get(str(publisher.get("@id")))
    return read_text(publisher)


def _read_title(facts: Facts, said: Said) -> None:
    tree, structured = said.sheet.tree, said.structured
    named = read_values(tree, said.sheet.site.profile.read.title)
    headings = _list_headings(tree)
    headline, graph = structured.text("headline"), said.meta.text("og:title", "twitter:title")
    if named:
        whole = strip_name(named[0], (headline, graph), _list_names(facts, said))
        facts.keep("title", whole, "profile:title")
    else:
        small = () if headline else _list_small(said)
        url, names = said.sheet.url, _list_names(facts, said)
        spelled = read_slug(url), names, read_segments(url)
        if found := choose_title(Titles(headline, headings, small, graph, said.head, *spelled)):
            facts.keep("title", *found)
    facts.claims["title"] = [
        ("json-ld:headline", headline or ""),
        *(("h1", heading) for heading in headings[:2]),
        ("meta:og:title", said.meta.text("og:title") or ""),
        ("title", said.head),
    ]
    other = structured.text("alternativeHeadline")
    titles = (facts.title, headline, graph, other, *headings[:1])
    facts.titles = tuple(dict.fromkeys(title for title in titles if title))
    told = (
        structured.text("description"),
        said.meta.text("og:description"),
        said.meta.text("description"),
        other,
        said.meta.text("twitter:description"),
    )
    facts.descriptions = tuple(
        dict.fromkeys(words for words in told if words and len(words) > _MIN_DESCRIPTION)
    )


def _list_headings(tree: HtmlElement) -> list[str]:
    """The h1 elements of a page; one in a navigation bar repeats the page's name there."""
    shown = (h1 for h1 in tree.iter("h1") if not any(a.tag == "nav" for a in h1.iterancestors()))
    return [words for h1 in take_first(shown, 20) if (words := read_words(h1))]


def _list_small(said: Said) -> list[str]:
    """The first headings below h1: on some pages h1 is the paper's name."""
    headings = take_first(said.sheet.tree.iter("h2", "h3"), 12)
    return [words for heading in headings if (words := read_words(heading))]


def _list_names(facts: Facts, said: Said) -> tuple[str, ...]:
    """The names that may stand behind a headline: of the paper, of the section."""
    sections = read_names(said.structured.article.get("articleSection"))
    declared = said.meta.text("article:section")
    return (*facts.owners, *sections, *((declared,) if declared else ()))


def _read_terms(facts: Facts, said: Said) -> None:
    """Under what terms the page may be read and used, and what else its head declares."""
    meta, structured, base = said.meta, said.structured, said.sheet.base
    if free := read_free(structured, meta):
        facts.is_free, facts.sources["is_free"] = free
    facts.walled = list_walled(structured)
    facts.keep("meta_robots", ", ".join(meta.values.get("robots", ())), "meta:robots")
    facts.keep("tdm_reservation", meta.text("tdm-reservation"), "meta:tdm-reservation")
    facts.keep("license", next(iter(meta.links.get("license", ())), None), "link:license")
    facts.keep("license", structured.text("license"), "json-ld")
    facts.claims["language"] = [
        ("html:lang", meta.language or ""),
        ("json-ld:inLanguage", structured.text("inLanguage") or ""),
        ("meta:og:locale", (meta.text("og:locale") or "").replace("_", "-")),
    ]
    facts.keep("language", meta.language, "html:lang")
    facts.keep("language", structured.text("inLanguage"), "json-ld")
    canonical = next(iter(meta.links.get("canonical", ())), None)
    facts.claims["canonical_url"] = [
        ("link:canonical", _resolve(base, canonical) or ""),
        ("meta:og:url", _resolve(base, meta.text("og:url")) or ""),
    ]
    facts.keep("canonical_url", _resolve(base, canonical), "link:canonical")
    facts.keep("canonical_url", _resolve(base, meta.text("og:url")), "meta:og:url")
    facts.keep("images", _list_images(said), "json-ld, og:image")


def _list_images(said: Said) -> tuple[str, ...]:
    value = said.structured.article.get("image")
    items = value if isinstance(value, list) else [value]
    named = [
        (item.get("url") or item.get("contentUrl")) if isinstance(item, Mapping) else item
        for item in items[:20]
    ]
    named += list(said.meta.values.get("og:image", ()))[:5]
    found = (_resolve(said.sheet.base, one) for one in named if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in found if one))


def _resolve(base: str, target: str | None) -> str | None:
    return resolve_address(base, target) if target else None
