"""Fingerprints of texts: a few numbers that tell how much of one text stands in another.

A text is title, lead and body as one run of folded words (lower case, no marks, đ as d: a copy
that lost its accents is a copy, and both schools of tone placement meet). Each SPAN words in a row
are a shingle; a shingle's hash is a number of 32 bits, and the fingerprint keeps the MOST smallest
(bottom-k, Broder 1997, "On the resemblance and containment of documents"). Of two texts, what
lies below the smaller of their largest kept hashes is a fair sample of both, whatever their
lengths, so the share of the shorter text that stands in the longer one can be estimated: agency
stories are cut from the end and get a local paragraph, which leaves resemblance low and
containment high.

Written numbers (dates, degrees, prices, draws) are kept as a second, small sample, each with the
one that follows it. A series that is printed from a form every day is one text with other numbers;
a copy of a story has its numbers, in their order.

Rejected, measured on one labelled set (tests/bench/bench_clusters.py prints the table): simhash
(Charikar 2002: precision .82 at a recall of .94, since it knows no containment), winnowing
(Schleimer 2003: as good with the same rules, at 1.7 times the bytes),
accents kept (no strangers less, and copies without accents are lost).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

SPAN = 4
"""Words a shingle: about two Vietnamese words of two syllables."""

MOST = 64
"""Shingles kept: the share of a text of which half is left has a deviation of 0.08."""

MARKS = 16
"""The smallest of these lead from one text to another (archive/index/clusters.py)."""

NUMBERS = 32
"""Pairs of written numbers kept; 16 mistook one weather report in thirty for another day's."""

FEWEST = 12
"""Words below which a text is not compared: photo titles and "tin vắn" alike say nothing."""

LETTERS = 120_000
"""Letters that are looked at: 25,000 words. A page may say a megabyte, no newspaper prints one."""

CONTAINED = 0.6
"""Share of the shorter text's shingles that has to stand in the longer one: sequels that repeat
their background and stories with one long ending reach 0.58, a third rewritten leaves 0.55 to 0.9.
"""

SHORTEST = 0.22
"""Size of the shorter text, of the longer one's. A round-up that prints five stories in full
contains each of them, and would make one story of all.
"""

SEEN = 6
"""Shingles in common that have to be seen."""

ALIKE, MANY, FEW = 0.35, 24, 4
"""Share of the pairs of numbers that has to stand in both, and where more is asked: up to 0.6 for
MANY pairs, since of 2,415 pairs of weather reports 16 reach 0.35 by chance, and one 0.6; and 0.6
for less than FEW, where a date alone makes a half. Paragraphs in another order leave 0.38.
"""

WORD = re.compile(r"[^\W_]+")
NUMBER = re.compile(r"\d+(?:[.,:/-]\d+)*")
# Combining marks of Vietnamese, then of the other Latin scripts; str.replace costs half of re.sub.
ACCENTS = "\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323\u0308\u030a\u030c\u0327\u0328"
# Scripts without blanks between words: each letter is taken for a word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
IS_UNSPACED = re.compile(f"[{UNSPACED}]")
LETTER = re.compile(rf"[{UNSPACED}]|(?:(?![{UNSPACED}])[^\W_])+")
STROKES = {"đ": "d", "ð": "d"}

# Multilinear hashing (Lemire and Kaser 2014, "Strongly universal string hashing is fast"): CRC-32
# of each word times odd numbers of 80 bits (the digits of pi), of the sum the upper 32 bits. Half
# the time of blake2b. Two strangers share one of 64 hashes by chance in 1 of 170,000
# comparisons.
FACTORS = (
    0x243F6A8885A308D31319,
    0x8A2E03707344A4093823,
    0x299F31D0082EFA98EC4F,
    0xE638D01377BE5466CF35,
    0x4E90C6CC0AC29B7C97C5,
)
LOW = (1 << 80) - 1


Hashes = tuple[int, ...]
"""Ascending, 32 bits each."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is kept of a text."""

    key: int  # signed 64 bits: of all its folded words; equal texts have equal keys
    size: int  # how many different shingles the text has
    shingles: Hashes  # the MOST smallest
    numbers: Hashes  # the NUMBERS smallest of its pairs of written numbers

    @property
    def marks(self) -> Hashes:
        """The hashes by which texts find each other."""
        return self.shingles[:MARKS]


def fold_words(text: str) -> list[str]:
    """Return the words of a text as they are compared: lower case, without marks and strokes."""
    plain = unicodedata.normalize("NFD", text.lower())
    for accent in ACCENTS:
        plain = plain.replace(accent, "")
    for letter, instead in STROKES.items():
        plain = plain.replace(letter, instead)
    return (LETTER if IS_UNSPACED.search(plain) else WORD).findall(plain)


def make_fingerprint(title: str, lead: str | None, body: str) -> Fingerprint | None:
    """Return the fingerprint of an article's text, or None where FEWEST words are not reached.

    The same on every machine: no hash() of Python's, which is salted. Numbers of the title are left
    out: the next paper has another title.
    """
    text = f"{lead or ''}\n{body}"[:LETTERS]
    words = fold_words(f"{title[:LETTERS]}\n{text}")
    if len(words) < FEWEST:
        return None
    shingles = set(hash_shingles(words))
    written = NUMBER.findall(text)
    numbers = {_hash_numbers(*pair) for pair in pairwise(written)}
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8)
    return Fingerprint(
        key=int.from_bytes(digest.digest(), "big", signed=True),
        size=len(shingles),
        shingles=tuple(sorted(shingles)[:MOST]),
        numbers=tuple(sorted(numbers)[:NUMBERS]),
    )


def hash_shingles(words: list[str]) -> list[int]:
    """Return the hashes (32 bits) of each SPAN words in a row, in their order."""
    first, *factors = FACTORS
    a, b, c, d = factors
    each = [crc32(word.encode("utf-8", "surrogatepass")) for word in words]
    runs = zip(each, each[1:], each[2:], each[3:], strict=False)
    return [(first + a * w + b * x + c * y + d * z & LOW) >> 48 for w, x, y, z in runs]


def _hash_numbers(number: str, following: str) -> int:
    """Return the hash (32 bits) of a written number and the next one."""
    return (FACTORS[0] + FACTORS[1] * crc32(f"{number} {following}".encode()) & LOW) >> 48


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts have in common, estimated from their fingerprints; shares of 0 to 1."""

    containment: float  # of the shingles of the shorter text
    seen: int  # shingles in common that were seen: how firm that is
    numbers: int  # pairs of written numbers in common
    pairs: int  # that could be: those of the shorter list that were kept


def measure_overlap(one: Fingerprint, other: Fingerprint) -> Overlap:
    """Return what two texts have in common."""
    whole = one.size <= MOST, other.size <= MOST
    seen, fewer = _share(one.shingles, other.shingles, whole)
    whole = len(one.numbers) < NUMBERS, len(other.numbers) < NUMBERS
    common, pairs = _share(one.numbers, other.numbers, whole)
    return Overlap(
        containment=seen / fewer if fewer else 0.0,
        seen=seen,
        numbers=common,
        pairs=pairs,
    )


def _share(one: Hashes, other: Hashes, whole: tuple[bool, bool]) -> tuple[int, int]:
    """Return how many hashes two samples share, and how many they could.

    A sample that is not the ``whole`` says nothing of hashes above its last, so only those up to
    the smaller of the two lasts are counted.
    """
    ends = [some[-1] for some, all_of_it in zip((one, other), whole, strict=True) if not all_of_it]
    end = min(ends, default=1 << 32)
    return len(set(one).intersection(other)), min(bisect_right(one, end), bisect_right(other, end))


def is_same_story(one: Fingerprint, other: Fingerprint) -> bool:
    """Say whether two texts are one story: most of the shorter one stands in the longer one."""
    if min(one.size, other.size) < SHORTEST * max(one.size, other.size):
        return False
    overlap = measure_overlap(one, other)
    if overlap.seen < SEEN or overlap.containment < CONTAINED:
        return False
    return has_same_numbers(overlap)


def has_same_numbers(overlap: Overlap) -> bool:
    """Say whether the written numbers of two texts agree, or are too few to say."""
    if overlap.pairs < 2:
        return True
    steps = min(1.0, max(0, overlap.pairs - 8) / (MANY - 8)) if overlap.pairs >= FEW else 1.0
    return overlap.numbers >= (ALIKE + (0.6 - ALIKE) * steps) * overlap.pairs
