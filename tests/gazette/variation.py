"""The same paper after a redesign: classes and ids renamed, other elements, other nesting.

What a page says stays; what a selector of its publishing system could hold on to goes. Rejected:
a second set of templates (twice the markup, and a truth that drifts) and names without a meaning
("x7f3"): redesigns are made by people who call things by their names.
"""

from __future__ import annotations

import re
from functools import cache

from .prose import toss

WORDS = {
    "article": "story", "author": "writer", "body": "prose", "box": "panel", "breadcrumb": "trail",
    "breadcrumbs": "trail", "card": "tile", "cate": "rubric", "category": "rubric",
    "cms": "ui", "content": "main-part", "contents": "main-part", "date": "stamp", "desc": "intro",
    "detail": "view", "details": "view", "entry": "piece", "fck": "rich", "grid": "deck",
    "heading": "top", "item": "row", "list": "rows", "longform": "wide", "meta": "info",
    "name": "heading-main", "news": "tin", "page": "screen", "post": "node", "pseudonym": "signed",
    "pubdate": "issued", "related": "more-on-this", "reply": "summary", "sapo": "opening",
    "sc": "nx", "section": "part", "tag": "topic", "tags": "topics", "td": "nx", "time": "moment",
    "title": "headline", "story": "unit", "subscriber": "member", "editor": "rich", "asset": "unit",
}  # fmt: skip
"""What parts of class names are called after the redesign; parts not here keep their name."""

NAMED = re.compile(r'\b(class|id)="([^"<>]*)"')
PARTS = re.compile(r"([A-Za-z]+)")
SWAPPED = re.compile(r"<(/?)(?:ul|ol|li|section|article|aside)\b")
DIV = re.compile(r'<div\b(?:\s+(?:class|id)="([^"]*)")?[^>]*>|</div>')


def vary(page: str) -> str:
    """Return ``page`` with other class names and ids, lists and sections as divs, and about
    every third div in two more.
    """
    page = NAMED.sub(lambda found: f'{found[1]}="{rename(found[2])}"', page)
    return nest(SWAPPED.sub(r"<\1div", page))


@cache
def rename(names: str) -> str:
    """Return the value of a class or id attribute after the redesign."""
    return PARTS.sub(lambda found: WORDS.get(found[1].lower(), found[1]), names)


def nest(page: str) -> str:
    """Return ``page`` with two more divs around every third, chosen by its name."""
    wrapped: list[bool] = []

    def turn(found: re.Match[str]) -> str:
        if found[0].startswith("</"):
            return f"</div>{'</div></div>' if wrapped and wrapped.pop() else ''}"
        wrapped.append(toss("nest", found[1]) % 3 == 0)
        return f'<div class="line"><div class="cell">{found[0]}' if wrapped[-1] else found[0]

    return DIV.sub(turn, page)
