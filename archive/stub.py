"""Whether a text is the beginning of another and no more, as a paywall leaves of an article.

    held    A B C D E F G H          sentences
    shown   A B  x                   the beginning, word for word, and a line or two behind it
    shown   x A B' y                 a label above it, a sentence that stops within

Decision: sentences as they are written, since a wall changes nothing of what it lets through; a
text in which one of those that went is told otherwise was rewritten. Rejected: shares of words (a
summary has them, too).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.diff import compare

WHOLE = 500  # letters of an article that can be told from its beginning
KEPT = 0.5  # share of its letters that a beginning has at most
TAIL, LINES = 400, 6  # letters and sentences around the beginning
MOST, LIST = 1_200, 20  # ... of what has a list of reasons to subscribe
LABELS, LABEL = 2, 100  # sentences above it, letters of one
CUT = 12  # letters of a sentence that stops within
LATE = 2  # sentences at the end, a signature say, that may be kept
_STOPS = " .…"


@dataclass(frozen=True, slots=True)
class Stub:
    """The beginning of an article: how many of its sentences, and what stands around them."""

    kept: int
    held: int
    tail: tuple[str, ...]
    is_cut: bool  # a sentence stops within
    is_long: bool  # the tail is longer than a line or two: alone it is no sign of anything


def find_stub(old: Sequence[str], new: Sequence[str]) -> Stub | None:
    """Return what ``new`` is of ``old`` where it is its beginning alone, else None."""
    start = _find_start(old, new)
    if start is None:
        return None
    shown = new[start:]
    pairs = zip(old, shown, strict=False)
    kept = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(shown)))
    if kept == len(old):
        return None
    behind = [sentence for sentence in shown[kept:] if sentence not in old[-LATE:]]
    is_cut = bool(behind) and _stops_within(old[kept], behind[0])
    behind = behind[is_cut:]
    tail = (*new[:start], *behind)
    whole, left = (sum(map(len, some)) for some in (old, old[:kept]))
    letters = sum(map(len, tail))
    if whole < WHOLE or left > KEPT * whole or letters > MOST or len(tail) > LIST:
        return None
    if any(piece.kind in ("changed", "kept") for piece in compare(old[kept:], tail)):
        return None
    return Stub(kept + is_cut, len(old), tail, is_cut, letters > TAIL or len(tail) > LINES)


def _find_start(old: Sequence[str], new: Sequence[str]) -> int | None:
    """Return how many labels stand above the beginning; None where it is not there."""
    for start, sentence in enumerate(new[: LABELS + 1]):
        if old and (sentence == old[0] or _stops_within(old[0], sentence)):
            return start
        if len(sentence) > LABEL:
            return None
    return None


def _stops_within(whole: str, part: str) -> bool:
    """Say whether a sentence is the beginning of another, with or without dots behind it."""
    bare = part.rstrip(_STOPS)
    return CUT <= len(bare) < len(whole.rstrip(_STOPS)) and whole.startswith(bare)
