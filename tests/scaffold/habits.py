"""What an unseen paper does its own way: its addresses, its markup, its meaningless names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Habits:
    """What one paper does its own way. ``place`` is an article's address of {id}, {slug}, {Slug},
    {section}, {y}, {m}, {d}; ``menu`` a category's of {slug}, {n}; ``pager`` what follows it for
    page {n}, entry {start} or before entry {last}, or "json"."""

    language: str
    place: str
    menu: str = "/{slug}"
    pager: str = "?page={n}"
    markup: str = "divs"  # divs, table, semantic
    turning: str = "numbers"  # numbers, older, button
    structured: bool = False
    announce: frozenset[str] = frozenset()  # feed, sitemap
    front: str = "html"  # html, script, or scripts: lists too
    extras: frozenset[str] = frozenset()  # amp, print, tags, galleries, inline, sidebar
    before: str = ""  # the address of articles of the first half, where the paper moved since


class Dress:
    """Elements in the markup of one paper. No class says what it is for; another ``layout`` has
    other classes: a redesign."""

    def __init__(self, markup: str, layout: int) -> None:
        self.markup = markup
        self.layout = layout

    def css(self, role: str) -> str:
        """The class of a part of the page: two syllables that mean nothing."""
        random = Random(f"{self.layout}:{role}")
        words = [
            "".join(random.choice(pair) for pair in ("bdfgklmnprstvz", "aeiou") * 2) for _ in "ab"
        ]
        return f'class="{words[0]} {words[1]}{random.randrange(9)}"'

    def tag(self, name: str, role: str, inner: str) -> str:
        """An element, or what stands for it in this paper's markup."""
        if self.markup == "divs" and name in ("article", "aside", "section", "main", "time"):
            name = "span" if name == "time" else "div"
        if self.markup == "table":
            if name in ("article", "aside", "section", "main"):
                return f"<table {self.css(role)} width=100%><tr><td>{inner}</td></tr></table>\n"
            name = {"time": "font", "h2": "b"}.get(name, name)
        return f"<{name} {self.css(role)}>{inner}</{name}>\n"


def order(target: str) -> str:
    """An address with its query's pairs in order: servers take them in any."""
    path, mark, query = target.partition("?")
    return f"{path}{mark}{'&'.join(sorted(query.split('&')))}"


def join(path: str, tail: str) -> str:
    """The address of another form of a page: after its path, or after its query."""
    if tail.startswith("?") and "?" in path:
        return f"{path}&{tail[1:]}"
    if tail.startswith("?"):
        return path + tail
    return re.sub(r"\.html$", "", path.rstrip("/")) + tail
