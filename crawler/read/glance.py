"""Look at a page as one who opens it: its head, the sentences it says, its controls and scripts.

Only pages that are not plainly an article are looked at so (crawler/read/impostor.py), because it
costs a walk of the tree. Everything is folded: small letters, no accents, one kind of space, so
that "đã bị xóa", "đã bị xoá" and "da bi xoa" are one sentence, however the page is encoded.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path

from lxml.html import HtmlElement

from crawler.read.blocks import Block, lay_out
from crawler.read.head import find_meta
from crawler.read.signs import Sign
from crawler.read.words import read_words

MOST = 400  # lines that are looked at; a wall has few
COVER = 0.45  # of a sentence that a message has to be
LONGEST = 260  # letters of a sentence that is a message
SCRIPT = 3_000  # letters of an inline script that are looked at
_SENTENCE = re.compile(r"(?<=[.!?…。！？])\s+|\s*[|»]\s*|(?<=[。！？])")
_TITLE = re.compile(r"\s+[-–—|·•:»/]+\s+|\s*\|\s*")
_EDGES = " .,:;!?…·•-–—|»«\"'“”‘’()[]*>←→"
_STROKES = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "s", "ı": "i", "’": "'", "‘": "'"})


def fold(text: str) -> str:
    """Small letters without accents, white space folded; "đ" is "d"."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c)).translate(_STROKES)
    return " ".join(bare.split())


def split_sentences(line: str) -> list[str]:
    """The sentences of a folded line, without signs at their ends."""
    return [part for part in (p.strip(_EDGES) for p in _SENTENCE.split(line)) if part]


@cache
def load_pattern(kind: str, *names: str) -> re.Pattern[str]:
    """One pattern of the lists ``names`` (else all languages) of a kind in impostor.toml."""
    data = tomllib.loads((Path(__file__).parent / "impostor.toml").read_text(encoding="utf-8"))
    lists = data[kind]
    wanted = names or tuple(n for n in lists if n not in ("vendors", "fields", "words", "accept"))
    words = [fold_pattern(word) for name in wanted for word in lists[name]]
    return re.compile("|".join(f"(?:{word})" for word in words))


def fold_pattern(pattern: str) -> str:
    """A pattern in the letters of `fold`, its escapes left as they are."""
    plain = unicodedata.normalize("NFKD", pattern)
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_STROKES)


@lru_cache(maxsize=4_096)
def is_message(kind: str, sentence: str) -> bool:
    """Whether a folded sentence says, and says little else, that a page is of that kind."""
    if not 2 < len(sentence) <= LONGEST:
        return False
    found = load_pattern(kind).match(sentence)
    return found is not None and found.end() >= COVER * len(sentence)


class Glance:
    """What one page shows and says, folded; each part is made when it is asked for."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree

    @cached_property
    def blocks(self) -> list[Block]:
        """The visible lines."""
        return [b for b in lay_out(self.tree) if not b.signs & Sign.HIDDEN]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The parts of <title> and og:title, folded."""
        title = next((read_words(e) for e in self.tree.iter("title")), "") or ""
        parts: list[str] = []
        for words in (title, find_meta(self.tree, "og:title") or ""):
            parts += [p.strip(_EDGES) for p in _TITLE.split(fold(words))]
        return tuple(dict.fromkeys(filter(None, parts)))

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The visible headings of the first rank, folded."""
        found = [fold(b.text).strip(_EDGES) for b in self.blocks if b.tag == "h1"]
        return tuple(dict.fromkeys(filter(None, found)))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The visible lines that are no links, folded."""
        plain = (b for b in self.blocks if b.links < 0.5)
        return tuple(fold(b.text) for b, _ in zip(plain, range(MOST), strict=False))

    @cached_property
    def framed(self) -> str:
        """The lines that lead elsewhere or frame the page, folded: they tell nothing here."""
        found = (b for b in self.blocks if b.links >= 0.5 or b.signs & Sign.FRAME)
        return "\n".join(fold(b.text) for b, _ in zip(found, range(MOST), strict=False))

    @cached_property
    def letters(self) -> int:
        """How many letters the lines have."""
        return sum(len(line) for line in self.lines)

    @cached_property
    def silent(self) -> tuple[str, ...]:
        """What <noscript> says."""
        return tuple(fold(read_words(e) or "")[:LONGEST] for e in self.tree.iter("noscript"))

    @cached_property
    def controls(self) -> tuple[str, ...]:
        """The words on buttons and links, folded."""
        found = [read_words(e, 60) or e.get("value") or "" for e in _take(self.tree, "button", "a")]
        found += [
            e.get("value") or ""
            for e in self.tree.iter("input")
            if e.get("type") in ("submit", "button")
        ]
        return tuple(fold(words).strip(_EDGES) for words in found if words)

    @cached_property
    def has_password(self) -> bool:
        """Whether there is a field for a password."""
        return any((e.get("type") or "").lower() == "password" for e in self.tree.iter("input"))

    @cached_property
    def wires(self) -> str:
        """Addresses and beginnings of scripts, frames and forms, and names of their fields."""
        parts: list[str] = []
        for e in self.tree.iter("script", "iframe", "form", "input", "img", "link", "div", "span"):
            parts += [e.get(name) or "" for name in ("src", "action", "id", "name", "class")]
            if e.tag == "script" and "json" not in (e.get("type") or ""):
                parts.append((e.text or "")[:SCRIPT])
        return "\n".join(filter(None, parts)).lower()

    def find_message(self, kind: str, lines: Iterable[str]) -> str | None:
        """The first sentence of some lines that is a message of a kind."""
        sentences = (s for line in lines for s in split_sentences(line))
        return next((s for s in sentences if is_message(kind, s)), None)

    def list_own(self, names: frozenset[str]) -> Iterator[str]:
        """The headings that are no name of the site."""
        return (heading for heading in self.headings if heading not in names)


def _take(tree: HtmlElement, *tags: str) -> list[HtmlElement]:
    return [element for element, _ in zip(tree.iter(*tags), range(MOST), strict=False)]
