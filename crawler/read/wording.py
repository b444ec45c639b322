"""Tell the lines that speak to the reader from those that tell the story, in 25 languages.

    wording.toml   regular expressions of whole lines, by language; general words, no paper's

Decision: whole lines only. "Share" as a line is a button, within a sentence it is a word. Lines
that introduce other articles are known by labels.toml, which the walk reads, too.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from crawler.read.labels import load_phrases

_MAX_PROMPT = 260  # letters: a longer line is a paragraph, whatever it begins with


@lru_cache(maxsize=4_096)
def is_prompt(line: str) -> bool:
    """Whether a line on its own speaks to the reader instead of telling the story."""
    return len(line) <= _MAX_PROMPT and _load_prompts().fullmatch(line) is not None


def is_label(line: str) -> bool:
    """Whether a line introduces other articles."""
    return load_phrases("related").match(line)


@cache
def _load_prompts() -> re.Pattern[str]:
    data = tomllib.loads((Path(__file__).parent / "wording.toml").read_text(encoding="utf-8"))
    letters: dict[str, list[str]] = {}  # `re` tries alternatives one by one: 74 beginnings, not 364
    for word in dict.fromkeys(word for words in data.values() for word in words):
        first = word[0] if word[0].isalpha() and word[1:2] not in tuple("?*+{") else ""
        letters.setdefault(first, []).append(word[len(first) :])
    words = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in letters.items())
    return re.compile(rf"(?:[^\w>©ⓒ(-]*)(?:{words})\W*", re.I)
