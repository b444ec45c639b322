"""Folds a text to what it says: its words without case, punctuation, quotes and tone placement.

Two texts with the same folded words differ in looks only. What changes the meaning is kept though
it is no letter: digits with the marks inside a number (1.200 is not 1,2), a minus before one, per
cent and currency signs. hòa and hoà are one word in two schools of spelling, in no language two.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"), None)
_PLAIN = _DASHES | _UNSEEN | {0xA0: " ", 0x202F: " ", 0x2019: "'"}


def _tones() -> dict[str, str]:
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            old = unicodedata.normalize("NFC", first + tone + second)
            pairs[old] = unicodedata.normalize("NFC", first + second + tone)
    return pairs


TONES = _tones()  # "òa" -> "oà"
_TONE = re.compile("|".join(TONES))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Match a word; marks that Python's \\w leaves out (Thai, Hindi vowels) belong to it."""
    marks = "".join(
        chr(c) for c in range(0x300, 0xFE30) if unicodedata.category(chr(c)) in ("Mn", "Mc")
    )
    letter = f"[^\\W\\d_]|[{re.escape(marks)}]"
    return re.compile(rf"\d+(?:[.,:/\-]\d+)*|(?:{letter})+|[%‰°$€£¥₫₹₩]|(?<![\w)])-(?=\d)")


def find_words(text: str) -> list[str]:
    """Return the words, numbers and signs of a text as they are written, NFC."""
    return _pattern().findall(unicodedata.normalize("NFC", text).translate(_PLAIN))


def cut_words(text: str, first: int, last: int) -> str:
    """Return what a text writes from one of its words up to another (not with it), by their
    numbers among `find_words`, in NFC and with plain dashes and quotes."""
    plain = unicodedata.normalize("NFC", text).translate(_PLAIN)
    spans = [found.span() for found in _pattern().finditer(plain)][first:last]
    return plain[spans[0][0] : spans[-1][1]] if spans else ""


def fold_word(word: str) -> str:
    """Return a word without case and in one school of tone placement."""
    lowered = word.casefold()
    return lowered if lowered.isascii() else _TONE.sub(lambda match: TONES[match[0]], lowered)


def fold(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [fold_word(word) for word in find_words(text)]


def join(words: Sequence[str]) -> str:
    """Return folded words without blanks, but between two numbers: a lost blank is cosmetic, and
    "thôn 1 2 người" is not "thôn 12 người"."""
    return "".join(_join(words))


def _join(words: Sequence[str]) -> Iterator[str]:
    last = ""
    for word in words:
        if last[-1:].isdigit() and word[:1].isdigit():
            yield " "
        yield word
        last = word


def squeeze(text: str) -> str:
    """Return a text in NFC with its white space folded: equal texts are equal to a reader."""
    return " ".join(unicodedata.normalize("NFC", text).split())
