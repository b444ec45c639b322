"""Finds the sentence in which a paper says that it corrected the article.

The words stand in wording.toml, by language, and all of them are tried on every text: papers quote
agencies in other languages, and few declare theirs. A paper's own notice stands at the beginning
of a sentence and before a mark, or names the article or the newsroom: "the ministry corrected the
figure" is news, no notice.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from archive.fold import fold_word, squeeze

_FILE = Path(__file__).with_name("wording.toml")
_WORD = re.compile(r"(?<!\\)[^\W\d_]+")
_AFTER = r"(?:\s*[:：\])】）|]|\s*[-–—]\s|\s*[.!]*\s*$|\s+\(?\d|[^.!?:]{0,60}[:：])"


@lru_cache(maxsize=1)
def _load() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_weighty() -> frozenset[str]:
    """Return the numbers and negations in words, folded: a letter more or less is another fact."""
    lists = (words.get("weighty", ()) for words in _load().values())
    return frozenset(_fold(word) for words in lists for word in words)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    starts, contains = (
        "|".join(
            sorted({re.escape(_fold(w)) for words in _load().values() for w in words[name]})[::-1]
        )
        for name in ("starts", "contains")
    )
    # \\b keeps "cải chính" out of "cải chính thức"; scripts without blanks have no such border.
    return (
        re.compile(rf"[\W\d_]*(?:{starts})(?!\w){_AFTER}"),
        re.compile(rf"(?<![a-zà-ỹđ])(?:{contains})(?![a-zà-ỹđ])"),
    )


@lru_cache(maxsize=1)
def _forms() -> re.Pattern[str]:
    """The forms of all languages, their words folded as those of texts are."""
    forms = [form for words in _load().values() for form in words.get("forms", ())]
    folded = (_WORD.sub(lambda word: fold_word(word[0]), form) for form in forms)
    said = "|".join(rf"(?<!\w)(?:{form})(?!\w)" for form in folded)
    return re.compile(said.replace("..", r"\b.{0,60}?\b").replace("(?:^(", r"(?:^\W*("))


def is_notice(sentence: str) -> bool:
    """Say whether a sentence is a notice of correction."""
    text = _fold(sentence)
    start, anywhere = _patterns()
    return bool(start.match(text) or anywhere.search(text) or _forms().search(text))


def _fold(text: str) -> str:
    return " ".join(fold_word(word) for word in squeeze(text).replace("’", "'").split())
