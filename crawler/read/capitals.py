"""Gives text in TCVN3 its capitals back where the page says that it had some.

    <font face=".VnTimeH">tin míi</font>   ->   <font face=".VnTimeH">TIN MỚI</font>

Decision: TCVN3 has no capitals with tones; fonts whose name ends in H draw every letter as one, so
the font is part of the text. What no font and no neighbouring letter tells ("Lò Thị ửng") is
counted, for the flag that the page gets.
"""

from __future__ import annotations

import re

from crawler.read import vietnamese

REACH = 20_000  # characters that one such element may hold
_LARGE_FONT = re.compile(
    r"<(font|span|p|b|i|u|strong|em|div|td|th|h[1-6]|a)\b[^<>]{0,400}?\.Vn\w{1,30}H\b[^<>]{0,400}>",
    re.I,
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]{0,2000}>")
_NAMED = re.compile(r"\.Vn\w{1,30}H\b")


def enlarge(text: str) -> str:
    """Return ``text`` with what stands in a font of capitals in capitals."""
    parts, end = [], 0
    for opened in _LARGE_FONT.finditer(text):
        if opened.end() < end:
            continue  # within one that is done
        close = _find_close(text, opened.end(), opened[1].lower())
        parts += [text[end : opened.end()], _lift(text[opened.end() : close])]
        end = close
    return "".join([*parts, text[end:]])


def count_doubtful(text: str) -> int:
    """Return how many words may have had a capital at their start, or more, that is lost."""
    styled = len(_NAMED.findall(_LARGE_FONT.sub("", text)))  # a style sheet: who knows for what
    return styled + len(vietnamese.SMALL_BEGINNING.findall(text))


def _find_close(text: str, start: int, name: str) -> int:
    """Return where the element that begins before ``start`` ends."""
    depth = 1
    for tag in _TAG.finditer(text, start, start + REACH):
        if tag[2].lower() == name:
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag.start()
    return start


def _lift(text: str) -> str:
    """Return ``text`` in capitals but for tags and references."""
    return "".join(
        part if part.startswith(("<", "&")) else part.upper()
        for part in re.split(r"(<[^<>]{0,2000}>|&#?\w{1,10};)", text)
    )
