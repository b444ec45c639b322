"""FTS5 expressions: what is asked for, written so that nothing a person typed is syntax.

Every word and phrase becomes an FTS5 string in double quotes (https://sqlite.org/fts5.html 3.1);
only this module writes the operators around them::

    ("da nang" OR "đa nang") AND "lao"*   NOT "ban"

FTS5 itself cuts a string into tokens as it did with the article, so ``COVID-19`` is the phrase
"covid 19" without a copy of unicode61's tables here. A string without a token matches nothing and
would empty an AND: ``has_token`` keeps those out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.spelling import WORD, Speller, expand, is_marked, spell_exact, spell_folded

FOLDED = "articles_fts"
EXACT = "articles_exact"
NOTHING = '""'
"""An expression that is valid and matches no document (NULL is a syntax error to FTS5)."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word or quoted phrase of a query, NFC, without its quotes, minus or star."""

    text: str
    prefix: bool = False

    @property
    def marked_words(self) -> tuple[str, ...]:
        """The words of it that were typed with marks."""
        return tuple(word for word in WORD.findall(self.text) if is_marked(word))

    @property
    def is_fully_marked(self) -> bool:
        """Whether each of its words was typed with marks."""
        return len(self.marked_words) == len(WORD.findall(self.text))


@dataclass(frozen=True, slots=True)
class Match:
    """Articles that match an expression in one FTS table, and ``also`` another one."""

    table: str
    expression: str
    also: Match | None = None


def has_token(text: str) -> bool:
    """Whether unicode61 finds a token in ``text``: a letter, a digit or a private-use character."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "Co" for c in text)


def write_string(text: str, *, prefix: bool = False) -> str:
    """Return ``text`` as an FTS5 string: a phrase, or a prefix of one."""
    return '"' + text.replace('"', '""') + '"' + ("*" if prefix else "")


def write_term(term: Term, spell: Speller) -> str:
    """Return the expression of one term: all its chunks, each in any of its spellings."""
    chunks = expand(term.text, spell)
    last = len(chunks) - 1
    return write_all(
        write_any(write_string(s, prefix=term.prefix and i == last) for s in chunk)
        for i, chunk in enumerate(chunks)
    )


def write_any(parts: Iterable[str]) -> str:
    """Join expressions by OR."""
    return _join(parts, " OR ")


def write_all(parts: Iterable[str]) -> str:
    """Join expressions by AND."""
    return _join(parts, " AND ")


def write_groups(groups: Iterable[Iterable[Term]], write: Callable[[Term], str]) -> str:
    """Return the expression that wants a term of every group, each written by ``write``."""
    return write_all(write_any(write(term) for term in group) for group in groups)


def write_folded(term: Term) -> str:
    """Return the expression of one term for ``articles_fts``."""
    return write_term(term, spell_folded)


def write_exact(term: Term) -> str:
    """Return the expression of one term for ``articles_exact``."""
    return write_term(term, spell_exact)


def write_marked(groups: Iterable[Iterable[Term]]) -> str | None:
    """Return what ``articles_exact`` must have of the words typed with marks, or None.

    A group of which a term has no marks says nothing: the other word may be the one that is there.
    """
    wanted = []
    for group in groups:
        words = [term.marked_words for term in group]
        if all(words):
            wanted.append(write_any(_write_marked_words(some) for some in words))
    return write_all(wanted) if wanted else None


def exclude(term: Term) -> Match:
    """Return what an excluded term takes away: one typed with marks takes only its exact self.

    ``-bán`` must not take away every "ban"; ``-ban`` is meant to.
    """
    folded = write_folded(term)
    if not term.marked_words:
        return Match(FOLDED, folded)
    if term.is_fully_marked:
        return Match(EXACT, write_exact(term))
    return Match(FOLDED, folded, also=Match(EXACT, _write_marked_words(term.marked_words)))


def _write_marked_words(words: Iterable[str]) -> str:
    return write_all(write_any(map(write_string, spell_exact(word))) for word in words)


def _join(parts: Iterable[str], operator: str) -> str:
    """Join distinct parts, in brackets when there are several."""
    distinct = list(dict.fromkeys(parts))
    return distinct[0] if len(distinct) == 1 else f"({operator.join(distinct)})"
