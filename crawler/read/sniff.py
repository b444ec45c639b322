"""Tells what a body really is, whatever its address and its Content-Type say.

Decision: the first bytes decide (WHATWG MIME Sniffing, section 7), the header only where they
say nothing: servers send feeds as text/html and pictures as text/plain.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["html", "feed", "sitemap", "json", "text", "binary"]

_MAGIC = (
    *(b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"Rar!"),
    *(b"\x1f\x8b", b"7z\xbc\xaf", b"OggS", b"ID3", b"\x00\x00\x01\x00", b"wOFF", b"wOF2"),
    *(b"\xd0\xcf\x11\xe0", b"\x7fELF", b"MZ\x90", b"BZh", b"\xfd7zXZ", b"FLV\x01", b"fLaC"),
)
_MEDIA = re.compile(r"^(?:image/(?!svg)|video/|audio/|font/|application/(?:pdf|zip|octet))", re.I)
# Not among them: blanks, ESC (ISO-2022), and the capitals of VISCII and TCVN.
_TEXT_CONTROLS = {*b"\t\n\r\f\x1b", 0x01, 0x02, *range(0x04, 0x07), *range(0x11, 0x18), 0x19, 0x1E}
_BINARY_CONTROLS = bytes(set(range(0x20)) - _TEXT_CONTROLS)
BINARY_SHARE = 0.03  # noise has 0.05 of them, text none
_ROOT = re.compile(r"<(?![!?])(?:[\w.-]{1,40}:)?([A-Za-z][\w.-]{0,40})")
_FEEDS = frozenset(("rss", "rdf", "feed"))
_SITEMAPS = frozenset(("urlset", "sitemapindex"))


def is_binary(data: bytes, content_type: str | None) -> bool:
    """Whether `data` is a picture, a PDF or the like: nothing to read words from."""
    if data.startswith(_MAGIC) or data[4:8] == b"ftyp" or data[8:12] == b"WEBP":
        return True
    head = data[:2048]
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")) or _is_wide(head):
        return False
    controls = len(head) - len(head.translate(None, _BINARY_CONTROLS))
    if controls > len(head) * BINARY_SHARE:
        return True
    return bool(_MEDIA.match(content_type or "")) and b"<html" not in head.lower()


def name_kind(text: str) -> Kind:
    """Return what `text` is by its first mark-up; plain text for none."""
    head = text[:8192].lstrip("\ufeff \t\r\n")
    if head.startswith(("{", "[")):
        return "json"
    if head.startswith(")]}'") or "<" not in head:
        return "text"
    root = _ROOT.search(re.sub(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>", "", head, flags=re.S))
    name = root[1].lower() if root else ""
    if name in _FEEDS:
        return "feed"
    return "sitemap" if name in _SITEMAPS else "html"


def _is_wide(head: bytes) -> bool:
    """Whether every other byte is zero: UTF-16 without a mark."""
    zeros = max(head[::2].count(0), head[1::2].count(0))
    return zeros > len(head) * 0.2 and min(head[::2].count(0), head[1::2].count(0)) * 8 < zeros
