"""What a person types becomes a query: words, phrases, exclusions, alternatives.

The language, small enough to be explained in one line each::

    đảng bộ            both words; articles with the whole phrase come first
    "đảng bộ"          the phrase; “ ” „ « » and ＂ quote as well
    -bán  -"mua bán"   without it
    lũ OR lụt          either of the two neighbours; binds tighter than the blank
    khuyến*            words that begin so
    COVID-19           punctuation inside a word makes a phrase, as in the index

Nothing else is syntax: AND, NOT, NEAR, brackets and a quote that is never closed are read as words
or dropped. Rejected: handing the text to FTS5 (``18-NQ/TW`` raises), and guessing a match-all for
a query that asks for nothing: the person is told what to type instead.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from archive.errors import ArchiveError
from archive.match import (
    NOTHING,
    Match,
    Term,
    exclude,
    has_token,
    write_any,
    write_exact,
    write_folded,
    write_groups,
    write_marked,
)
from archive.spelling import WORD, is_marked

QUOTES = '"“”„‟«»＂'
PIECE = re.compile(
    rf"""(?P<minus>(?<!\S)-)?
         (?: [{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]
           | (?P<word>[^\s{QUOTES}]+) )""",
    re.VERBOSE,
)
MOST_WORDS = 64
"""Words a query may have. FTS5 scores every phrase in every hit; a pasted page is not a query."""
OPERATORS = frozenset({"AND", "NOT", "NEAR", "OR"})

Groups = tuple[tuple[Term, ...], ...]
_SITE = re.compile(r"(?:^|\s)site:([\w.-]*)(?=\s|$)")  # as engines of the web have it
_QUOTED = re.compile(r'"[^"]*"')


class QueryError(ArchiveError):
    """A query that asks for nothing, or for what cannot be asked."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood. An article answers it when it has a term of every group."""

    text: str  # NFC, as typed
    groups: Groups
    excluded: tuple[Term, ...]
    folded: str  # for articles_fts: all answers, less the unmarked exclusions
    exact: str | None  # for articles_exact: the answers as typed; None when nothing has marks
    marked: str | None  # for articles_exact: only the words typed with marks
    takes: tuple[Match, ...]  # what the exclusions take away
    words: tuple[str, ...]  # words that are looked for, as typed, without duplicates

    @property
    def has_marks(self) -> bool:
        """Whether a word that is looked for was typed with marks."""
        return self.exact is not None

    @property
    def phrase(self) -> Term | None:
        """The whole query as one phrase, when it is several terms without alternatives."""
        terms = [term for group in self.groups for term in group]
        if len(terms) < 2 or len(terms) != len(self.groups) or any(t.prefix for t in terms[:-1]):
            return None
        return Term(" ".join(term.text for term in terms), terms[-1].prefix)


def compile(text: str) -> Query:
    """Return what ``text`` asks for; the same for NFC and NFD input.

    Raises QueryError when no word is looked for, when OR stands beside an exclusion, and when there
    are more than MOST_WORDS words.
    """
    text = _clean(text)
    groups, excluded = _arrange(_read(text))
    words = tuple(w for group in groups for term in group for w in WORD.findall(term.text))
    _check(text, words, excluded)
    has_marks = any(is_marked(word) for word in words)
    unmarked = [term for term in excluded if not is_marked(term.text)]
    exact = _less(write_groups(groups, write_exact), map(write_exact, excluded))
    return Query(
        text=text,
        groups=groups,
        excluded=excluded,
        folded=_less(write_groups(groups, write_folded), map(write_folded, unmarked)),
        exact=exact if has_marks else None,
        marked=write_marked(groups),
        takes=tuple(exclude(term) for term in excluded),
        words=tuple(dict.fromkeys(words)),
    )


def hint(text: str) -> str:
    """Return what to add to "nothing found": which operators of other engines, or that an OR beside
    nothing, were read as words. Raises QueryError as ``compile`` does."""
    read = [word for word in compile(text).words if word in OPERATORS]
    if not read:
        return ""
    how = "was read as a word" if len(read) == 1 else "were read as words"
    return (
        f"; {' and '.join(read)} {how}: words must all occur anyway, -word "
        "excludes, OR stands between two words"
    )


def _clean(text: str) -> str:
    """NFC, with a blank for every control character and lone surrogate (argv has those)."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in composed).strip()


Piece = tuple[Literal["+", "-", "OR"], Term]


def _read(text: str) -> list[Piece]:
    """Cut ``text`` into terms; what has no letter and no digit is dropped."""
    pieces: list[Piece] = []
    for match in PIECE.finditer(text):
        phrase, word = match["phrase"], match["word"]
        if not has_token(phrase if word is None else word):
            continue
        if word is None:
            term = Term(phrase.strip())
        else:
            bare = word.rstrip("*")
            term = Term(bare, prefix=bare != word and has_token(bare[-1]))
        sign: Literal["+", "-", "OR"] = "-" if match["minus"] else "+"
        pieces.append(("OR" if word == "OR" and sign == "+" else sign, term))
    return pieces


def _arrange(pieces: list[Piece]) -> tuple[Groups, tuple[Term, ...]]:
    """Join the neighbours of each OR; an OR with nothing to join is the word "or"."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joining = False
    for i, (sign, term) in enumerate(pieces):
        around = (pieces[i - 1][0] if i else None, pieces[i + 1][0] if pieces[i + 1 :] else None)
        if sign == "OR" and "-" in around and None not in around:
            raise QueryError(
                "OR cannot join a word that is excluded",
                'put the exclusion at the end, as in: lũ OR lụt -"dự báo"',
            )
        if sign == "-":
            excluded.append(term)
        elif sign == "OR" and around == ("+", "+"):
            joining = True
        elif joining:
            groups[-1] = (*groups[-1], term)
            joining = False
        else:
            groups.append((term,))
    return tuple(groups), tuple(excluded)


def _check(text: str, words: tuple[str, ...], excluded: tuple[Term, ...]) -> None:
    example = 'type a word to look for, for example: "đảng bộ" lào cai'
    if not text:
        raise QueryError("the query is empty", example)
    if (asked := _SITE.search(_QUOTED.sub(" ", text))) is not None:
        paper = asked[1] or "KEY"
        raise QueryError("a paper is no word of a query", f"name it with --site {paper}")
    if not words and excluded:
        raise QueryError("the query only says what to leave out", example)
    if not words:
        raise QueryError(f"there is no word in {text[:80]!r}", example)
    total = len(words) + sum(len(WORD.findall(term.text)) for term in excluded)
    if total > MOST_WORDS:
        raise QueryError(
            f"the query has {total} words, {MOST_WORDS} are possible",
            "keep the rare words, or a part of the sentence in quotes",
        )


def _less(expression: str, taken: Iterable[str]) -> str:
    parts = list(taken)
    return f"{expression} NOT {write_any(parts)}" if parts else expression


def explain(text: str, part: Literal["folded", "exact", "takes"]) -> str:
    """Return one FTS5 expression of ``text`` for SQL by hand; NOTHING where there is none.

    ``takes`` is what words excluded with their marks take away in ``articles_exact``. A query that
    cannot be compiled finds nothing, because an empty search box is no error in a table browser.
    """
    try:
        query = compile(text)
    except QueryError:
        return NOTHING
    if part == "takes":
        marked = [write_exact(term) for term in query.excluded if is_marked(term.text)]
        return write_any(marked) if marked else NOTHING
    return query.folded if part == "folded" else query.exact or NOTHING
