"""Recognises the words by which pages introduce related articles or lead to the next page.

    labels.toml   related = [...]   next = [...]      general words of 25 languages, no paper's

Decision: whole phrases, not substrings: "sau" within a headline is no pager. A profile's own
labels count the same way.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from crawler.read.words import fold

MAX_LABEL = 60  # a longer line is a headline, not a label
_ENDS = " .:;,!?…|-–—_•·*»«›‹<>→←▶►◀◄[]()\"'“”"


class Phrases:
    """A set of phrases, some of which end in "*" and admit more words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        folded = [(_bare(phrase) if phrase[:-1] else "") or phrase for phrase in phrases]
        self._whole = frozenset(folded)
        self._starts = tuple(_bare(phrase) + " " for phrase in phrases if phrase.endswith("*"))

    def match(self, text: str) -> bool:
        """Whether `text` is one of the phrases."""
        bare = " ".join(text.split())
        if not bare or len(bare) > MAX_LABEL:
            return False
        bare = unicodedata.normalize("NFC", bare)
        if bare in self._whole:  # a sign, which would be stripped away
            return True
        bare = bare.casefold().strip(_ENDS)
        return bare in self._whole or bare.startswith(self._starts)


def _bare(text: str) -> str:
    return fold(text).casefold().strip(_ENDS)


@cache
def load_phrases(name: str, more: tuple[str, ...] = ()) -> Phrases:
    """Return the phrases of the list `name` of labels.toml, and `more` of a profile."""
    data = tomllib.loads((Path(__file__).parent / "labels.toml").read_text(encoding="utf-8"))
    return Phrases((*data[name], *more))
