"""Reads what a feed announces: RSS 0.9 to 2.0, RSS 1.0 (RDF), Atom (RFC 4287), JSON Feed 1.

Decision: elements are found by their local names, wherever they stand, because feeds of real
papers lack namespaces, mix dialects and break off. feedparser was rejected: it cleans
HTML and parses dates that nobody asked for, and is one more dependency to pin.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.etree import _Element

from archive.records import Link
from crawler.read.addresses import resolve_address
from crawler.read.markup import strip_tags
from crawler.read.peers import promote_entries
from crawler.read.words import fold
from crawler.read.xmltext import children, drop_torn, name_of, parse_xml
from spiders.site import Site

MAX_ENTRIES = 10_000
MAX_SUMMARY = 2000
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_DATES = ("pubdate", "published", "updated", "date", "issued", "modified", "created")
_SUMMARIES = ("description", "summary", "encoded", "content")

Entry = tuple[str, str | None, str | None, str | None]
"""href, title, summary, date as written."""


def read_feed(text: str, *, url: str, site: Site) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """Return the entries of a feed in its order, and warnings; never raises."""
    if text.lstrip().startswith("{"):
        entries, warnings = _read_json(text)
    else:
        entries, warnings = _read_xml(text)
    links: dict[str, Link] = {}
    for href, title, summary, date in entries:
        target = resolve_address(url, href)
        if target is not None and target not in links and len(links) < MAX_ENTRIES:
            links[target] = Link(
                target, "feed", len(links), site.role(target), title, summary, date
            )
    if not links and not warnings:
        warnings.append("feed-empty: no entry has an address")
    return promote_entries(links.values(), site), tuple(warnings)


def strip_markup(text: str) -> str | None:
    """Return the words of an HTML fragment, folded and cut; None if it has none."""
    if "<" in text or "&" in text:
        text = html.unescape(strip_tags(html.unescape(text) if "&lt;" in text else text))
    return fold(text)[:MAX_SUMMARY].strip() or None


def _read_xml(text: str) -> tuple[list[Entry], list[str]]:
    text, torn = drop_torn(text)
    root, damage = parse_xml(text)
    damage = "it breaks off" if torn else damage
    warnings = [f"feed-damaged: {damage}"] if damage else []
    if root is None:
        return [], warnings or ["feed-damaged: no element could be read"]
    base = root.get(XML_BASE) or ""
    nodes = (node for node in root.iter() if name_of(node) in ("item", "entry"))
    return [entry for node in nodes if (entry := _read_node(node, base))], warnings


def _read_node(node: _Element, base: str) -> Entry | None:
    """Return what one item or entry says; None without an address."""
    found: dict[str, str] = {}
    links: dict[str, str] = {}
    for name, child in children(node):
        if name == "link":
            _note_link(child, links)
        elif name == "guid" and (child.get("isPermaLink") or "true").lower() != "false":
            links.setdefault("guid", _text(child))
        elif name == "origlink":
            links["origin"] = _text(child)
        else:
            found.setdefault(name, _text(child))
    about = next((str(v) for key, v in node.attrib.items() if str(key).endswith("}about")), "")
    order = (*(links.get(kind, "") for kind in ("origin", "alternate", "plain", "guid")), about)
    href = next((href for href in order if href.strip()), None)
    if href is None or (href == links.get("guid") and not href.startswith(("http:", "https:"))):
        return None
    local = node.get(XML_BASE) or base
    return (
        (resolve_address(local, href) or href) if local else href,
        strip_markup(found.get("title", "")),
        _pick(found, _SUMMARIES, strip_markup),
        _pick(found, _DATES, fold),
    )


def _note_link(child: _Element, links: dict[str, str]) -> None:
    """Keep an RSS link (text) or an Atom link (href) under its relation."""
    href = child.get("href")
    if href is None:
        links.setdefault("plain", _text(child))
    else:
        links.setdefault((child.get("rel") or "alternate").lower(), href)


def _pick(found: Mapping[str, str], names: tuple[str, ...], clean: Any) -> str | None:
    """Return the first of `names` that holds words."""
    for name in names:
        words: str | None = clean(found.get(name, ""))
        if words:
            return words
    return None


def _text(element: _Element) -> str:
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def _read_json(text: str) -> tuple[list[Entry], list[str]]:
    """Read a JSON Feed (jsonfeed.org, version 1 and 1.1)."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [], [f"feed-damaged: {error}"]
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return [], ["feed-unknown: JSON without items"]
    return list(_read_items(items)), []


def _read_items(items: list[Any]) -> Iterator[Entry]:
    for item in items:
        if not isinstance(item, dict):
            continue
        words = {key: value for key, value in item.items() if isinstance(value, str)}
        href = words.get("url") or words.get("external_url") or words.get("id", "")
        if href.startswith(("http:", "https:", "/")):
            yield (
                href,
                strip_markup(words.get("title", "")),
                _pick(words, ("summary", "content_text", "content_html"), strip_markup),
                _pick(words, ("date_published", "date_modified"), fold),
            )
