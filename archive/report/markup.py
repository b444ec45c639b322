"""HTML built of escaped parts: a string becomes markup by one road only.

    tag("p", "x < y", cls="note")   ->   <p class="note">x &lt; y</p>

What papers write (titles, addresses) comes from strangers: characters that HTML does not allow
become U+FFFD, a name runs in its own direction, only http(s) addresses become links. Rejected: a
template library (a dependency for one page), f-strings of HTML (one forgotten escape).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

VOID = frozenset({"meta", "br", "col", "path", "rect", "line", "circle", "polygon", "polyline"})
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_LINK = re.compile(r"https?://[^\s/?#@]+(?:[/?#][^\s]*)?\Z", re.IGNORECASE)

LONGEST = 180  # letters of a title that are shown


class Html(str):
    """Text that is markup already."""

    __slots__ = ()


Part = Html | str | int | None | Iterable["Part"]


def escape(text: str) -> Html:
    """Return text as HTML, fit for content and for quoted attributes."""
    return Html(html.escape(_BAD.sub("\ufffd", text)))


def join(parts: Part) -> Html:
    """Return parts one after the other, escaped where they are no markup; None is nothing."""
    if parts is None:
        return Html("")
    if isinstance(parts, Html):
        return parts
    if isinstance(parts, str | int):
        return escape(str(parts))
    return Html("".join(join(part) for part in parts))


def tag(name: str, /, *parts: Part, **attributes: str | int | float | None) -> Html:
    """Return an element. ``cls`` is class, ``_`` in names ``-``; None leaves an attribute out."""
    said = "".join(
        f' {"class" if key == "cls" else key.strip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Html(f"<{name}{said}/>")
    return Html(f"<{name}{said}>{join(parts)}</{name}>")


def clip(text: str, most: int = LONGEST) -> str:
    """Return one line of at most so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def name(text: str, most: int = LONGEST) -> Html:
    """Return what somebody else wrote: clipped, in its own direction, apart from its neighbours."""
    return tag("bdi", clip(text, most))


def mark_code(text: str) -> list[Part]:
    """Return text with what stands in `backquotes` as code."""
    parts = re.split(r"`([^`]+)`", text)
    return [code(part) if place % 2 else part for place, part in enumerate(parts)]


def code(text: str) -> Html:
    """Return a command whose words are not broken at their hyphens."""
    words = (tag("span", word) if len(word) < 30 else escape(word) for word in text.split(" "))
    return tag("code", Html(" ".join(words)))


def link(url: str | None, words: Part, **attributes: str) -> Html:
    """Return a link, or the words alone where the address is none that a browser should open."""
    if url is None or len(url) > 2_000 or not _LINK.match(url):
        return join(words)
    return tag("a", words, href=url, rel="noreferrer", **attributes)
