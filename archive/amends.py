"""Says whether a sentence owns to an error of the paper's, by the parts it is made of.

Heads and set phrases (notice.py) find half of the notices: each desk has words of its own. What
they share is made of parts (amends.toml), all of one language and near each other::

    version + fault, slip or act   In Monday's edition the age of the driver was given wrongly
    own + act       this story has been retracted; этот материал исправлен
    paper + sorry   the editors regret; la redacción pide disculpas
    we + sorry + fault or slip, we wrote + fault
    opens           Updated to correct ...; Donde dice ... debe decir ...
    named           The Valley Times regrets the error.

A ``version`` is nobody else's; "this article" tells of others' errors, too ("this report lists the
mistakes that buyers make"), so of it an act is asked, close by. Nobody may be said to speak before
or behind. Rejected: whole sentences (a list of them finds what it lists), one part alone (ministers
apologise, roofs are mended).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("amends.toml")
_REACH = 160  # letters between two parts: further apart they tell of two things
_NEAR = 60  # ... of a script without blanks or full stops, where a line is a paragraph
_UNSPACED = ("th", "ko", "zh", "ja")
_ACT = 0.4  # share of that between an article and what was done about it
_PARTS = ("version", "own", "fault", "slip", "act", "paper", "we", "sorry", "wrote")
_WRONG = ("fault", "slip", "act", "sorry")  # a sentence without any of these says nothing of it
_PAIRS = (
    *(("version", other, 1) for other in ("fault", "slip", "act")),
    ("own", "act", _ACT),
    ("paper", "sorry", _ACT),
    ("wrote", "fault", 1),
)
_NAMED = r"[\W\d_]*(?:(?:The|El|La|O|A|Il|Le|Die|Der|Das) )?(?:[^\W\d_a-zà-ÿ][\w'’&.-]* ){1,4}?"


@dataclass(frozen=True, slots=True)
class Parts:
    """The expressions of one language."""

    found: dict[str, re.Pattern[str]]
    wrong: re.Pattern[str]
    opens: re.Pattern[str]
    named: re.Pattern[str]
    reach: int


def owns_up(text: str, written: str) -> re.Match[str] | None:
    """Return where a sentence names an error of the paper's own; None where it does not.

    ``text`` is folded and has no quotations, ``written`` has its capitals.
    """
    for parts in _load():
        if found := parts.opens.match(text):
            return found
        if found := _combine(parts, text):
            return found
    return next((m for parts in _load() if (m := parts.named.match(written))), None)


def _combine(parts: Parts, text: str) -> re.Match[str] | None:
    """Return the first part of two that make a notice together."""
    if not parts.wrong.search(text):
        return None
    for one, other, share in _PAIRS:
        if found := _pair(parts, text, one, other, share):
            return found
    if parts.found["fault"].search(text) or parts.found["slip"].search(text):
        return _pair(parts, text, "we", "sorry", 1)
    return None


def _pair(parts: Parts, text: str, one: str, other: str, share: float) -> re.Match[str] | None:
    """Return the first match of a part near which another stands, the earlier of the two."""
    others = [*parts.found[other].finditer(text)]
    for found in parts.found[one].finditer(text) if others else ():
        for beside in others:
            first, second = sorted((found, beside), key=lambda match: match.start())
            if second.start() - first.end() <= share * parts.reach:
                return first
    return None


@lru_cache(maxsize=1)
def _load() -> list[Parts]:
    data: dict[str, dict[str, list[str]]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [_compile(language, words) for language, words in data.items()]


def _compile(language: str, words: dict[str, list[str]]) -> Parts:
    spaced = language not in _UNSPACED
    before, behind = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    word = {name: "|".join(words.get(name, ())) or "(?!)" for name in (*_PARTS, "opens", "named")}
    return Parts(
        {name: re.compile(f"{before}(?:{word[name]}){behind}") for name in _PARTS},
        # the border first: without it all words are tried at each letter, 0.13 ms more a line
        re.compile(f"{before}(?:{'|'.join(word[name] for name in _WRONG)})"),
        re.compile(rf"[\W\d_]*(?:{word['opens']})"),
        re.compile(rf"{_NAMED}(?:{word['named']})(?=\W*(?:[:.]|$))"),
        _REACH if spaced else _NEAR,
    )
