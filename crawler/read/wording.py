"""Tell the lines that speak to the reader from those that tell the story, in 25 languages.

    wording.toml   regular expressions of whole lines, by language; general words, no paper's

Decision: whole lines only. "Share" as a line is a button, within a sentence it is a word. Lines
that introduce other articles are known by labels.toml, which the walk reads, too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

from crawler.read.labels import load_phrases

_MAX_PROMPT = 260  # letters: a longer line is a paragraph, whatever it begins with
# Words of which every expression that may begin anywhere in a line has one. Each of these is tried
# at every letter of it, so that ten of 369 took two thirds of the time: 12 us a line of 17.
SIGNS = (
    *("contributed", "reached", "contacted", "in the comments", "commission", "abonniere"),
    *(
        "feedback",
        "会員",
        "無料登録",
        "新規登録",
        "定期購読",
        "電子版",
        "メールマガジン",
        "をフォロー",
    ),
)


@lru_cache(maxsize=4_096)
def is_prompt(line: str) -> bool:
    """Whether a line on its own speaks to the reader instead of telling the story."""
    if len(line) > _MAX_PROMPT:
        return False
    if _begin().fullmatch(line):
        return True
    small = line.lower()
    return any(sign in small for sign in SIGNS) and _anywhere().fullmatch(line) is not None


def is_label(line: str) -> bool:
    """Whether a line introduces other articles."""
    return load_phrases("related").match(line)


@cache
def load_prompts() -> tuple[str, ...]:
    """The expressions of whole lines, of all languages."""
    data = tomllib.loads((Path(__file__).parent / "wording.toml").read_text(encoding="utf-8"))
    return tuple(dict.fromkeys(word for words in data.values() for word in words))


@cache
def _begin() -> re.Pattern[str]:
    """The prompts that say at their beginning what they are."""
    return _join([word for word in load_prompts() if word[0] != "."])


@cache
def _anywhere() -> re.Pattern[str]:
    """The prompts that may begin in any way."""
    return _join([word for word in load_prompts() if word[0] == "."])


def _join(prompts: Sequence[str]) -> re.Pattern[str]:
    letters: dict[str, list[str]] = {}  # `re` tries alternatives one by one: 74 beginnings, not 364
    for word in prompts:
        first = word[0] if word[0].isalpha() and word[1:2] not in tuple("?*+{") else ""
        letters.setdefault(first, []).append(word[len(first) :])
    words = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in letters.items())
    return re.compile(rf"(?:[^\w>©ⓒ(-]*)(?:{words})\W*", re.I)
