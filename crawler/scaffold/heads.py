"""Finds the words that a paper's system puts before the slugs of some addresses.

    /lokales/bilderstrecke-rad-fahren-im-tal-340002.html    under "Rad fahren im Tal": bilderstrecke

A slug is made of its headline; what stands before it and in no headline is the system's word for a
kind of page: a gallery's, a live ticker's. Which kind only its pages tell. Rejected: first words
that many slugs share ("die-", "two-": every language has its own).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from crawler.scaffold.shapes import SLUG_HYPHENS, read_head, take_apart

FEW, HEADED = 2, 0.6  # addresses with one head; share of a slug's other words in its headline


def find_heads(told: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The words before slugs that are in no headline, of (address, words of the links to it)."""
    counts = Counter[str]()
    for url, words in told:
        path = take_apart(url)
        head = read_head(path)
        if head and _is_added(path.words, head, words):
            counts[head] += 1
    return frozenset(head for head, count in counts.items() if count >= FEW)


def _is_added(slug: str, head: str, words: str) -> bool:
    """Whether a headline has most words of a slug and not its first one, a kicker glued before the
    headline ("SportsVal-Corbin") aside."""
    said = {_fold(word) for word in re.findall(r"[^\W_]+", words)}
    rest = [part for part in re.split(r"[-_.]", slug)[1:] if part and not part.isdecimal()]
    common = sum(_fold(part) in said for part in rest)
    if len(rest) < SLUG_HYPHENS or common < HEADED * len(rest):
        return False
    return not any(word.endswith(_fold(head)) for word in said)


def _fold(word: str) -> str:
    """A word without case and accents, as addresses have it."""
    plain = unicodedata.normalize("NFD", word.casefold().replace("ı", "i").replace("đ", "d"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
