"""What one article changed of another that tells the same story.

By sentences as they are compared everywhere (folded words), as bags and in linear time: a text of
a megabyte is compared like any other. Rejected: difflib, whose time is quadratic.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.fingerprint import fold_words

END = re.compile(r"(?<=[.!?…])[”\"')\]]*\s+|\n+")


@dataclass(frozen=True, slots=True)
class Contrast:
    """Counts of sentences of lead and body, and what else differs."""

    kept: int  # sentences of the first that stand in the other
    left_out: int
    added: int
    reordered: bool  # the kept ones stand in another order
    headline: bool  # the headline has other words
    respelled: bool  # the same words, but not letter by letter
    agency: tuple[str | None, str | None] | None  # credited before and after, where that differs


def contrast(one: Mapping[str, Any], other: Mapping[str, Any]) -> Contrast:
    """Compare two articles, each with ``title``, ``lead``, ``body``, ``agency``,
    ``words_sha256``."""
    here, there = _split(one), _split(other)
    both = Counter(here) & Counter(there)
    kept = both.total()
    headline = fold_words(one["title"]) != fold_words(other["title"])
    same = here == there and not headline
    return Contrast(
        kept=kept,
        left_out=len(here) - kept,
        added=len(there) - kept,
        reordered=_keep(here, both) != _keep(there, both),
        headline=headline,
        respelled=same and one["words_sha256"] != other["words_sha256"],
        agency=None if one["agency"] == other["agency"] else (one["agency"], other["agency"]),
    )


def print_contrast(found: Contrast) -> str:
    """Return in words what changed."""
    words = ["other headline"] if found.headline else []
    if found.left_out or found.added:
        words.append(f"{found.kept} of {found.kept + found.left_out} sentences")
    if found.added:
        words.append(f"{found.added} of its own")
    if found.reordered:
        words.append("in another order")
    if found.respelled:
        words.append("the same words in another spelling")
    if not words:
        words.append("the same words")
    if found.agency:
        before, after = (name or "no agency" for name in found.agency)
        words.append(f"credits {after}, not {before}")
    return ", ".join(words)


def _split(article: Mapping[str, Any]) -> list[str]:
    text = f"{article['lead'] or ''}\n{article['body']}"
    folded = (" ".join(fold_words(sentence)) for sentence in END.split(text))
    return [sentence for sentence in folded if sentence]


def _keep(sentences: list[str], both: Counter[str]) -> list[str]:
    """Return the sentences that both have, in their order, each as often as both have it."""
    left = both.copy()
    kept = []
    for sentence in sentences:
        if left[sentence] > 0:
            left[sentence] -= 1
            kept.append(sentence)
    return kept
