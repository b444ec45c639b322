"""Aligns two sequences: which items of one stand in the other, in the same order.

The road of patience diff (Bram Cohen; Szymanski's longest increasing run of items that occur once
on either side), with an exact longest common subsequence in the small gaps that are left. The work
is bounded by a constant times the length: what is not aligned within it counts as replaced, which
is true, if longer than need be. Rejected: ``difflib`` (cubic at worst: 20 s for 1 MB of a text
whose sentences repeat) and Myers' O(ND), whose D is the length where everything was rewritten.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

CELLS = 1600  # of an exact table; a gap of 40 by 40
TURNS = 24  # how often each item may be looked at, on average; balanced texts need 2 or 3

Pair = tuple[int, int]
Range = tuple[int, int, int, int]


def align(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return (index in ``old``, index in ``new``) of items that are equal, both rising.

    Symmetric in its bound: at most about TURNS + sqrt(CELLS) steps an item, whatever they are.
    """
    pairs: list[Pair] = []
    left = TURNS * (len(old) + len(new))
    stack: list[Range] = [(0, len(old), 0, len(new))]
    while stack:
        a, b, c, d = _trim(old, new, stack.pop(), pairs)
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= CELLS:
            pairs += ((a + i, c + j) for i, j in _match_all(old[a:b], new[c:d]))
            continue
        left -= b - a + d - c
        anchors = _find_anchors(old, new, (a, b, c, d)) if left > 0 else []
        if anchors:
            pairs += anchors
            stack += _gaps((a, b, c, d), anchors)
    return sorted(pairs)


def _trim(old: Sequence[str], new: Sequence[str], span: Range, pairs: list[Pair]) -> Range:
    """Take equal beginnings and ends off a span, into ``pairs``."""
    a, b, c, d = span
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return a, b, c, d


def _find_anchors(old: Sequence[str], new: Sequence[str], span: Range) -> list[Pair]:
    """Return the longest rising run of pairs of items that occur once on either side."""
    a, b, c, d = span
    ours, theirs = Counter(old[a:b]), Counter(new[c:d])
    places = {item: j for j, item in enumerate(new[c:d], c) if theirs[item] == 1}
    found = [
        (i, places[item])
        for i, item in enumerate(old[a:b], a)
        if ours[item] == 1 and item in places
    ]
    return _rise(found)


def _rise(pairs: list[Pair]) -> list[Pair]:
    """Return the longest subsequence that rises in its second number (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before.append(at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(j)
            at.append(number)
        else:
            tops[pile], at[pile] = j, number
    run: list[Pair] = []
    number = at[-1] if at else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _gaps(span: Range, anchors: list[Pair]) -> Iterator[Range]:
    a, b, c, d = span
    for i, j in anchors:
        yield a, i, c, j
        a, c = i + 1, j + 1
    yield a, b, c, d


def _match_all(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return a longest common subsequence, by the table of all pairs."""
    rows = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        row, below = rows[i], rows[i + 1]
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if old[i] == new[j] else max(below[j], row[j + 1])
    i = j = 0
    found = []
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return found
