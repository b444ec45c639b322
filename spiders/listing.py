"""Reads a JSON list page of no known publishing system: articles by their addresses, or its HTML.

    {"data": [{"judul": "…", "tautan": "/a/b-1"}, …]}      objects with an address
    {"html": "<article>…<a href=…>"}                       a piece of HTML

An object is an article's when one of its texts is the address of one; what the keys are called is
the paper's business. Rejected: a table of keys ("url", "link", "permalink"): papers name them in
their own language. Pure; data of 20 MB costs a second, and no list page was seen above 1 MB.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from spiders.pager import Entry, Fragment
from spiders.site import Site

MOST_DEEP = 12  # levels that are looked into
TITLE = 15  # letters of a headline at least
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s<>\"]{1,1000}|[\w.-]+(?:/[^\s<>\"]{1,300}|\?[^\s<>\"]+)")
_CURSOR, _NEXT = re.compile(r"cursor|after|token|since|before", re.I), re.compile(r"next|end", re.I)
_TITLE = re.compile(r"title|head|name|judul|tieu|titre|titul|titel|nama|ten", re.I)


def read_listing(site: Site, url: str, text: str) -> list[Entry] | Fragment | None:
    """The articles that a JSON page lists, in order; its HTML if it holds some; else ``None``."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    found = [entry for item in _walk(data, 0) if (entry := _read_item(site, url, item))]
    if found:
        return found
    pieces = [text for text in _list_texts(data, 0) if re.search(r"<a\s[^>]*href", text, re.I)]
    return Fragment("\n".join(pieces), url) if pieces else None


def _walk(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > MOST_DEEP:
        return
    if isinstance(data, dict):
        yield data
    for value in (
        data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    ):
        yield from _walk(value, depth + 1)


def _list_texts(data: Any, depth: int) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif depth <= MOST_DEEP and isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _list_texts(value, depth + 1)


def _read_item(site: Site, url: str, item: dict[str, Any]) -> Entry | None:
    texts = {key: value for key, value in item.items() if isinstance(value, str) and value}
    for value in texts.values():
        if _ADDRESS.fullmatch(value) and site.role(target := _join(url, value)) == "article":
            return Entry(target, _find_title(texts))
    return None


def _find_title(texts: dict[str, str]) -> str | None:
    """What is called a title, else the first text that may be a headline."""
    likely = [value for value in texts.values() if len(value) >= TITLE and " " in value.strip()]
    named = [texts[key] for key in texts if _TITLE.search(key) and texts[key] in likely]
    return next(iter([*named, *likely]), None)


def _join(url: str, value: str) -> str:
    try:
        return urljoin(url, value)
    except ValueError:
        return value


def turn_listing(url: str, text: str, number: int) -> str | None:
    """The address of the JSON page after page ``number`` of a list: what the page itself names,
    else the address with the cursor it gives, its page number or its offset counted on; ``None``
    where none of these is."""
    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    parts = urlsplit(url)
    for value in _list_texts(data, 0):
        target = _join(url, value) if _ADDRESS.fullmatch(value) else ""
        if target != url and target.partition("?")[0] == url.partition("?")[0] and "?" in target:
            return target
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if (cursor := _find_cursor(data, dict(pairs))) is not None:
        key, value = cursor
        pairs = [(k, value if k == key else v) for k, v in pairs]
        return parts._replace(query=urlencode(pairs)).geturl()
    for place, (key, value) in enumerate(pairs):
        following = _count_on(value, number)
        if following is not None:
            pairs[place] = (key, str(following))
            return parts._replace(query=urlencode(pairs)).geturl()
    return None


def _find_cursor(data: Any, asked: dict[str, str]) -> tuple[str, str] | None:
    """The key of the address that says from where on, and what the page says to put there."""
    for item in _walk(data, 0):
        for name, value in item.items():
            said = str(value) if isinstance(value, str | int) and value != "" else ""
            for key, now in asked.items():
                follows = _CURSOR.search(key) and (_NEXT.search(name) or name == key)
                if follows and key.lower() in name.lower() and 0 < len(said) <= 500 and said != now:
                    return key, said
    return None


def _count_on(value: str, number: int) -> int | None:
    """The number of the page after ``number`` (2 or more), or its first entry's."""
    if not value.isdecimal() or len(value) > 6 or number < 2:
        return None
    count = int(value)
    if count == number:
        return count + 1
    step, rest = divmod(count, number - 1)
    return count + step if not rest and 4 <= step <= 200 else None
