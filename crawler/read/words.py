"""The words a person sees in an element, folded: one line, single blanks, NFC.

Decision: block elements part words and inline elements do not ("<b>H</b>à Nội" is "Hà Nội",
"<h3>A</h3><p>B</p>" is "A B"); lxml's text_content() knows no difference and was rejected.
"""

from __future__ import annotations

import re
import unicodedata

from lxml.etree import _Element

INLINE = frozenset(
    {
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
UNSEEN = frozenset(
    ["script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "button"]
)
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_INVISIBLE = re.compile(  # the joiners are spelling between letters that join (Unicode 23.2)
    "[\u200b\u2060\ufeff\u00ad]+"
    "|(?<![\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc])\u200c"
    "|\u200c(?![\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc])"
)


def fold(text: str) -> str:
    """Return `text` on one line with single blanks, without invisible characters, in NFC.

    The half space of Persian ("می\u200cشود") is a letter of its spelling and stays.
    """
    joined = " ".join(text.split())
    if not joined.isprintable():
        joined = _BLANK.sub(" ", _INVISIBLE.sub("", joined)).strip()
    return unicodedata.normalize("NFC", joined)


def read_words(element: _Element, limit: int = 2000) -> str:
    """Return what a person sees in `element`, folded, cut after about `limit` characters."""
    if not len(element):
        return fold(element.text or "")
    parts: list[str] = []
    size = 0
    stack: list[tuple[_Element, bool]] = [(element, True)]
    while stack and size <= limit:
        node, opening = stack.pop()
        tag = node.tag
        seen = isinstance(tag, str) and tag not in UNSEEN
        if seen and tag not in INLINE:
            parts.append(" ")
        if opening and seen:
            if node.text:
                parts.append(node.text)
                size += len(node.text)
            stack.append((node, False))
            stack.extend([(child, True) for child in node.iterchildren(reversed=True)])
        elif node is not element and node.tail:
            parts.append(node.tail)
            size += len(node.tail)
    return fold("".join(parts))
