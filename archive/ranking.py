"""In which order answers come: a list of steps, each a narrower way to match than the next.

Within a step articles are ordered by bm25; an article belongs to the first step it matches::

    typed with marks          1 the whole phrase, exact     2 every word, exact
                              3 the words with marks exact, the others folded
    then, and without marks   4 the phrase in its dominant d/đ spelling   5 the phrase in any
                              6 every word in its dominant spelling       7 every word in any

Rejected: one expression that ORs the spellings and lets bm25 decide. A rare spelling has the high
idf, so it wins: 2 of 20 queries right against 20 of 20 (design/search.md; tests/bench has ours).
The dominant spelling is the one that most articles have, asked of the index itself: no word list.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

from archive.match import (
    EXACT,
    FOLDED,
    Match,
    Term,
    write_all,
    write_exact,
    write_folded,
    write_groups,
    write_string,
)
from archive.query import Query
from archive.spelling import expand, spell_folded

Counter = Callable[[str], int]
"""Number of articles that match an expression in ``articles_fts``."""


def rank(query: Query, count: Counter) -> tuple[Match, ...]:
    """Return the steps, best first; the last one matches every answer. Exclusions are not in it."""
    count = cache(count)
    folded = _rank_folded(query, count)
    steps = _rank_exact(query)
    if query.marked is not None:
        marked = Match(EXACT, query.marked)
        steps += [Match(FOLDED, step.expression, also=marked) for step in folded]
    return tuple(dict.fromkeys(steps + folded))


def _rank_exact(query: Query) -> list[Match]:
    if not query.has_marks:
        return []
    phrase = [write_exact(query.phrase)] if query.phrase else []
    every = write_groups(query.groups, write_exact)
    return [Match(EXACT, expression) for expression in (*phrase, every)]


def _rank_folded(query: Query, count: Counter) -> list[Match]:
    write = partial(write_dominant, count=count)
    phrase = [write(query.phrase), write_folded(query.phrase)] if query.phrase else []
    every = [write_groups(query.groups, write), write_groups(query.groups, write_folded)]
    return [Match(FOLDED, expression) for expression in (*phrase, *every)]


def write_dominant(term: Term, count: Counter) -> str:
    """Return the expression of one term in the spelling that most articles have.

    Each chunk is chosen for itself; ties go to the first spelling, which is the one typed.
    """
    chunks = expand(term.text, spell_folded)
    last = len(chunks) - 1
    return write_all(
        _choose([write_string(s, prefix=term.prefix and i == last) for s in chunk], count)
        for i, chunk in enumerate(chunks)
    )


def _choose(strings: list[str], count: Counter) -> str:
    return strings[0] if len(strings) == 1 else max(strings, key=count)
