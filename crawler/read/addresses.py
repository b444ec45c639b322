"""Makes absolute addresses of what pages write into href, or says that it is none.

Browsers' rules (WHATWG URL, 4.4): blanks and controls at the ends and line breaks within are
dropped, a backslash is a slash, blanks inside are escaped. Decision: nothing else is respelled,
for archive/urls.py folds spellings once, where an address is stored.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin

from lxml.etree import _Element

MAX_LENGTH = 4096  # longer ones are traps or data; servers refuse them (RFC 9110, 4.1: 8000)

_ENDS = "".join(map(chr, range(0x21))) + "\u00a0\ufeff\u200b"
_BREAKS = re.compile(r"[\t\r\n\x00]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+/[\w%.,~+=/-]*(?:\?[\w%.,~+=&/-]*)?", re.A)
_ROOTED = re.compile(r"/(?!/)[\w%.,~+=/-]*(?:\?[\w%.,~+=&/-]*)?", re.A)
_WEB = re.compile(r"https?://[^/?#\s]", re.I)
_ORIGIN = re.compile(r"https?://[a-z0-9.:-]+(?=[/?#]|$)")
_UNSAFE = re.compile(r'[\x00-\x20<>"{}|^`\x7f]')


def resolve_address(base: str, href: str) -> str | None:
    """Return `href` as an absolute http(s) address without fragment, None if it is not one.

    Never raises. None as well for an empty href and for a fragment of the page itself.
    """
    text = _BREAKS.sub("", href.strip(_ENDS))
    if not text or text.startswith("#") or len(text) > MAX_LENGTH:
        return None
    scheme = _SCHEME.match(text)
    if scheme and (
        scheme[1].lower() not in ("http", "https") or not text[scheme.end() :].strip("/")
    ):
        return None
    if _PLAIN.fullmatch(text) and "/." not in text:
        return text
    if _ROOTED.fullmatch(text) and "/." not in text and (origin := find_origin(base)):
        return origin + text
    path, mark, query = text.partition("?")
    text = path.replace("\\", "/") + mark + query
    try:
        url = urljoin(base, text).partition("#")[0]
    except ValueError:  # "http://[x", a port that is a word
        return None
    if not _WEB.match(url):
        return None
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", url)


@lru_cache(maxsize=1024)
def find_origin(url: str) -> str:
    """Return scheme and host of an address: "https://x.vn"; "" for what is none."""
    match = _ORIGIN.match(url)
    return match[0] if match else ""


def find_base(tree: _Element, url: str) -> str:
    """Return the address that the page's links are relative to: `<base href>` or its own."""
    for element in tree.iter("base"):
        href = element.get("href")
        if href:  # the first one with an href counts (HTML, 4.2.3)
            return resolve_address(url, href) or url
    return url
