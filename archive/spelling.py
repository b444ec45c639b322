"""The spellings under which a word that somebody typed may stand in the index.

``unicode61 remove_diacritics 2`` folds every Vietnamese mark but the stroke of đ, because đ has no
canonical decomposition (UAX 15). So an unaccented word with d stands for its d/đ variants, and the
variants are written into the query. Rejected: folding đ in the indexed text (the index would no
longer say what the paper printed) and a custom tokenizer (locks every other SQLite client out).

Variants multiply, so a text is cut into chunks of at most MOST spellings each: a match of all
chunks is wanted instead of one phrase. That never misses, and stays small::

    expand("da nang", folded)  ->  (("da nang", "đa nang"),)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import product

WORD = re.compile(r"[^\W_]+")
"""A run of letters and digits; unicode61 splits at anything else (categories L*, N*)."""

MOST = 16
"""Spellings a chunk may have: four words with a d. Each one is a phrase that FTS5 looks up."""

STROKES = str.maketrans({"Ð": "Đ", "ð": "đ"})  # U+00D0, U+00F0: typed for the Vietnamese letter

Speller = Callable[[str], tuple[str, ...]]


def is_marked(text: str) -> bool:
    """Whether ``text`` has a letter that plain ASCII typing does not give: a mark, or a stroke."""
    decomposed = unicodedata.normalize("NFD", text)
    return any(c in "đĐðÐ" or unicodedata.category(c) == "Mn" for c in decomposed)


def spell_folded(word: str) -> tuple[str, ...]:
    """Return how ``word`` may stand in ``articles_fts``, as typed first.

    A word with marks says which of d and đ is meant; one without stands for both. U+00D0 and
    U+00F0 stand for themselves (Icelandic) and for đ.
    """
    return _spell_strokes(word) if is_marked(word) else _spell_plain(word)


def spell_exact(word: str) -> tuple[str, ...]:
    """Return how ``word`` may stand in ``articles_exact``, as typed first.

    Both schools of tone placement are the same word: hòa and hoà, ủy and uỷ, khỏe and khoẻ.
    """
    return tuple(dict.fromkeys(t for s in _spell_strokes(word) for t in (s, *_move_tone(s))))


def expand(text: str, spell: Speller) -> tuple[tuple[str, ...], ...]:
    """Return the chunks of ``text``, each with all its spellings (at most MOST), as typed first.

    What stands between words is kept: FTS5 splits it as it split the article.
    """
    chunks: list[tuple[str, ...]] = []
    spellings: tuple[str, ...] = ("",)
    for gap, word in _split(text):
        choices = spell(word) if word else ("",)
        if len(spellings) * len(choices) > MOST:
            chunks.append(spellings)
            spellings = ("",)
        spellings = tuple(a + gap + b for a, b in product(spellings, choices))
    return tuple(tuple(s.strip() for s in chunk) for chunk in (*chunks, spellings))


def _split(text: str) -> list[tuple[str, str]]:
    """Cut into (what stands before, word) pairs; the last may have an empty word."""
    pieces, end = [], 0
    for match in WORD.finditer(text):
        pieces.append((text[end : match.start()], match.group()))
        end = match.end()
    return [*pieces, (text[end:], "")] if text[end:] else pieces


def _spell_strokes(word: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((word, word.translate(STROKES))))


def _spell_plain(word: str) -> tuple[str, ...]:
    """Vary d and đ at the first four d's: hdnd is HĐND, qd is QĐ, so not only at the start."""
    spots = [i for i, c in enumerate(word) if c in "dD"][:4]
    found = []
    for strokes in product((False, True), repeat=len(spots)):
        letters = list(word)
        for i, stroke in zip(spots, strokes, strict=True):
            if stroke:
                letters[i] = "Đ" if letters[i] == "D" else "đ"
        found.append("".join(letters))
    return tuple(found)


def _tone_pairs() -> dict[str, str]:
    """Map "òa" to "oà" and back for oa, oe, uy and the five tones."""
    pairs = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in "\u0300\u0301\u0303\u0309\u0323":
            old = unicodedata.normalize("NFC", first + tone + second)
            new = unicodedata.normalize("NFC", first + second + tone)
            pairs[old], pairs[new] = new, old
    return pairs


TONES = _tone_pairs()
# Only an open syllable has two schools; in "quý" the u belongs to the consonant.
MOVABLE = re.compile(f"(?<!q)({'|'.join(TONES)})$")


def _move_tone(word: str) -> tuple[str, ...]:
    lowered = word.lower()
    moved = MOVABLE.sub(lambda match: TONES[match.group()], lowered)
    return () if moved == lowered else (moved,)
