"""Folds a text to what it says: its words without case, punctuation, quotes and tone placement.

Two texts with the same folded words differ in looks only. What changes the meaning is kept though
it is no letter: digits with the marks inside a number (1.200 is not 1,2), a minus before one, per
cent and currency signs. hòa and hoà are one word in two schools of spelling, in no language two.
Nor are đựơc and được, cuả and của, đuợc and được: a tone or horn that fingers put on the other
vowel. Rejected: any tone on any vowel of a syllable (río and rió are two words in Spanish).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"), None)
_PLAIN = _DASHES | _UNSEEN | {0xA0: " ", 0x202F: " ", 0x2019: "'"}


_MARKS = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot
_OURS = "\u0303\u0309\u0323"  # that no language with ía, iá or úa has on these vowels
_SECOND = ("oa", "oe", "uy", "ươ", "uơ", "iê", "yê", "uô", "uâ", "uê")  # bears the tone
_FIRST = (("ưa", _MARKS), ("ia", _OURS), ("ua", _OURS))  # bears it, but in qua and gia


def _tones() -> dict[str, str]:
    """Return what is written of two vowels whose tone stands on the wrong one, or on the one of
    another school: what is meant. ưo is no pair of vowels but ươ with one horn lost."""
    pairs = {}
    for vowels in _SECOND:
        for tone in _MARKS:
            old = unicodedata.normalize("NFC", vowels[:-1] + tone + vowels[-1])
            pairs[old] = unicodedata.normalize("NFC", vowels + tone)
    for vowels, tones in _FIRST:
        for tone in tones:
            old = unicodedata.normalize("NFC", vowels + tone)
            pairs[old] = unicodedata.normalize("NFC", vowels[0] + tone + vowels[1])
    for tone in _MARKS:
        old = unicodedata.normalize("NFC", f"u{tone}yê")
        pairs[old] = unicodedata.normalize("NFC", f"uyê{tone}")
    for tone in ("", *_MARKS):
        for old in ("ưo" + tone, "ư" + tone + "o"):
            pairs[unicodedata.normalize("NFC", old)] = unicodedata.normalize("NFC", "ươ" + tone)
    return pairs


TONES = _tones()  # "òa" -> "oà"
_TONE = re.compile(  # quả, giã are no ua, ia: u and i belong to the consonant
    "|".join(
        {"u": "(?<!q)", "i": "(?<!g)"}.get(pair[0] if pair[-1] in "ãảạ" else "", "") + pair
        for pair in sorted(TONES, key=len, reverse=True)
    )
)
_HORN = re.compile("(?<!q)u(?=[ơờớỡởợ][cimnptu])")  # thuở has none, but closed syllables do


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
    """Return a word without case, its Vietnamese tones and horns where they belong."""
    lowered = word.casefold()
    if lowered.isascii():
        return lowered
    return _HORN.sub("ư", _TONE.sub(lambda match: TONES[match[0]], lowered))


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
