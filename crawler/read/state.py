"""Read a story out of the JSON that a page hands its scripts, where the page itself shows none.

    Fusion.globalContent={...}    <script id="__NEXT_DATA__" type="application/json">{...}
    window.__INITIAL_STATE__ = {...}

An object is believed whose headline is the page's, or what the page's title begins with; it holds
the story as one string of HTML, which is parsed so that captions and bylines are known for what
they are, or as a list of typed elements. Asked for only where the page's own text is missing or
short: such objects also hold teasers, other stories and drafts, and take 10 ms a megabyte.
Rejected: a script engine, and the known names alone (every system calls its variable otherwise).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import lxml.html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from archive.records import Image
from crawler.read.addresses import resolve_address
from crawler.read.clean import key, unescape
from crawler.read.jsonld import walk_things

_MAX_SCRIPT, _TRIES = 4_000_000, 40  # characters; values looked at in one script
_LEAST = 200  # letters of a story
_BEGIN = 15  # letters of a headline that a title may go on after: the site's name, a section
_VALUE = re.compile(r"(?:=|\()\s*(?=[{\[])")
_TITLES = ("headline", "headlines", "title", "name")
_BODIES = ("articleBody", "bodyHtml", "body_html", "contentHtml", "body", "content", "html", "text")
_LEADS = ("subTitle", "subtitle", "sub_title", "subheadline", "subheadlines", "standfirst", "sapo")
_TAG = re.compile(r"<(?:p|div|br|h[1-6]|span|ul|ol|figure|section|article)\b", re.I)
_SLOT = re.compile(r"(\$\$|%%|\[\[|\{\{)[\w .:-]{2,40}(?:\$\$|%%|\]\]|\}\})")  # where an ad goes in
_LINES = frozenset(("text", "paragraph", "header", "heading", "subheading", "p", "h2", "h3"))
_WORDS = ("content", "text", "value", "html")
_BREAK = re.compile(r"(?<!\s)\s*\n\s*|<(?:/p|br\s*/?|/div|/h\d|/li)>", re.I)


@dataclass(frozen=True, slots=True)
class State:
    """A story as a page's scripts know it: its lines of plain words, and its pictures."""

    lines: tuple[str, ...]
    images: tuple[Image, ...] = ()
    root: HtmlElement | None = None  # where the story is HTML
    title: str | None = None
    lead: str | None = None

    @property
    def letters(self) -> int:
        """How many letters the lines have."""
        return sum(len(line) for line in self.lines)


def find_state(tree: HtmlElement, base: str, titles: Sequence[str]) -> State | None:
    """The story that the scripts of a page hold under one of these headlines, the longest; None
    where they hold none of 200 letters. Never raises. ``base``: what addresses are relative to.
    """
    wanted = {key(title) for title in titles} - {""}
    best: State | None = None
    for value in _list_values(tree):
        for thing, _ in walk_things(value):
            title = _find_title(thing, wanted)
            if title is None:
                continue
            found = _read_story(thing, base)
            if found.letters >= _LEAST and (best is None or found.letters > best.letters):
                best = replace(found, title=title, lead=_read_lead(thing))
    return best


def split_lines(words: str) -> tuple[str, ...]:
    """The lines of plain words in a string of HTML or of plain paragraphs."""
    parts = (unescape(part) for part in _BREAK.split(words))
    return tuple(part for part in parts if part)


def _list_values(tree: HtmlElement) -> Iterator[object]:
    """The JSON values of the scripts of a page, those of JSON-LD apart."""
    for script in tree.iter("script"):
        text, kind = script.text or "", (script.get("type") or "").lower()
        if not _LEAST < len(text) <= _MAX_SCRIPT or "ld+json" in kind:
            continue
        if "json" in kind:
            yield _decode(text.lstrip(), 0)[0]
            continue
        at = 0
        for _ in range(_TRIES):
            match = _VALUE.search(text, at)
            if match is None:
                break
            value, at = _decode(text, match.end())
            yield value


def _decode(text: str, at: int) -> tuple[object, int]:
    """(value, where it ends) of the JSON at a place; where it is none, (None, the place)."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, at)
    except (ValueError, RecursionError):
        return None, at + 1


def _find_title(thing: Mapping[str, Any], wanted: set[str]) -> str | None:
    """The headline of an object that is the page's, None where none is."""
    for name in _TITLES:
        value = thing.get(name)
        spelled = value.values() if isinstance(value, Mapping) else (value,)
        for words in map(unescape, (one for one in spelled if isinstance(one, str))):
            folded = key(words)
            if folded in wanted or (
                len(folded) >= _BEGIN and any(title.startswith(folded) for title in wanted)
            ):
                return words
    return None


def _read_lead(thing: Mapping[str, Any]) -> str | None:
    """What an object says under its headline."""
    for name in _LEADS:
        value = thing.get(name)
        words = value.get("basic") if isinstance(value, Mapping) else value
        if isinstance(words, str) and (lead := unescape(words)):
            return lead
    return None


def _read_story(thing: Mapping[str, Any], base: str) -> State:
    """The fullest story among an object's fields."""
    found = [State(())]
    for name, value in thing.items():
        if isinstance(value, list):
            elements = [item for item in value if isinstance(item, Mapping)]
            lines = [line for item in elements for line in _read_element(item)]
            images = [image for item in elements if (image := _read_image(item, base))]
            found.append(State(tuple(lines), tuple(images)))
        elif name in _BODIES and isinstance(value, str):
            found.append(_read_string(value))
    return max(found, key=lambda state: state.letters)


def _read_string(words: str) -> State:
    """A story in one string, as HTML where it has its tags."""
    words = _SLOT.sub(" ", words)
    lines = split_lines(words)
    if not _TAG.search(words):
        words = html.unescape(words)
    if not _TAG.search(words):
        return State(lines)
    try:
        return State(lines, root=lxml.html.fragment_fromstring(words, create_parent="div"))
    except (LxmlError, ValueError):  # U+0000 and the like
        return State(lines)


def _read_element(item: Mapping[str, Any]) -> tuple[str, ...]:
    """The lines of one typed element of a story; none of a link, a picture or a frame."""
    if item.get("type") == "list" and isinstance(items := item.get("items"), list):
        return tuple(
            line for one in items if isinstance(one, Mapping) for line in _read_element(one)
        )
    if item.get("type") not in _LINES:
        return ()
    words = next((item[name] for name in _WORDS if isinstance(item.get(name), str)), "")
    return split_lines(words)


def _read_image(item: Mapping[str, Any], base: str) -> Image | None:
    """The picture of a typed element, None where it is none."""
    address = item.get("url") or item.get("src")
    if item.get("type") != "image" or not isinstance(address, str):
        return None
    url = resolve_address(base, address)
    if url is None or not url.startswith(("http://", "https://")):
        return None
    words = (item.get("caption"), _read_credit(item.get("credits")), item.get("alt_text"))
    caption, credit, alt = ((unescape(w) or None) if isinstance(w, str) else None for w in words)
    return Image(url, caption, credit, alt)


def _read_credit(credits: object) -> str | None:
    """The names of who took a picture: {"by": [{"name": ...}]}, or a string."""
    if isinstance(credits, Mapping):
        credits = credits.get("by")
    if isinstance(credits, list):
        names = [one.get("name") for one in credits if isinstance(one, Mapping)]
        return ", ".join(name for name in names if isinstance(name, str)) or None
    return credits if isinstance(credits, str) else None
