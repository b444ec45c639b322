"""Measure a reading against truth: shingles, snippets, titles, days and sets of authors.

Text is compared as scrapinghub/article-extraction-benchmark compares it: bags of 4-word shingles,
precision and recall a page, averaged over pages, F1 of the two averages. Rejected: summing
shingles over pages (one long live ticker outweighs fifty reports) and edit distance (order errors
hide, cost is quadratic). Scripts without spaces count a character as a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

_WORD = re.compile(
    r"[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|"
    r"[^\W\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_SIZE = 4
_SOFT = "\u00ad"  # soft hyphens: unseen, and some truth keeps them where a page has them


def count_shingles(text: str) -> Counter[tuple[str, ...]]:
    """The 4-word shingles of a text with their counts; a shorter text is one shingle."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).replace(_SOFT, ""))
    if not words:
        return Counter()
    last = max(1, len(words) - _SIZE + 1)
    return Counter(tuple(words[i : i + _SIZE]) for i in range(last))


def compare_texts(truth: str, text: str) -> tuple[float, float]:
    """(precision, recall) of one page, each 0 to 1; two empty texts agree wholly."""
    wanted, found = count_shingles(truth), count_shingles(text)
    common = (wanted & found).total()
    precision = common / found.total() if found else float(not wanted)
    recall = common / wanted.total() if wanted else float(not found)
    return precision, recall


def combine(precision: float, recall: float) -> float:
    """F1, the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def average(pairs: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """(precision, recall, F1) over pages: the F1 of the averages, as the benchmark has it."""
    if not pairs:
        return 0.0, 0.0, 0.0
    precision = sum(pair[0] for pair in pairs) / len(pairs)
    recall = sum(pair[1] for pair in pairs) / len(pairs)
    return precision, recall, combine(precision, recall)


def count_snippets(text: str, wanted: Iterable[str], unwanted: Iterable[str]) -> tuple[int, ...]:
    """(found, missed, wrongly kept, rightly left out) snippets of one page."""
    page = fold_spaces(text)
    hits = [fold_spaces(snippet) in page for snippet in wanted]
    stains = [fold_spaces(snippet) in page for snippet in unwanted]
    return sum(hits), len(hits) - sum(hits), sum(stains), len(stains) - sum(stains)


def fold_spaces(text: str) -> str:
    """NFC, no soft hyphens, one space for white space: how titles and snippets are compared."""
    return " ".join(unicodedata.normalize("NFC", text).replace(_SOFT, "").split())


def match_titles(truth: str, title: str | None) -> bool:
    """Whether the title is exactly the truth, up to white space and the form of quotes."""
    return title is not None and _fold_quotes(truth) == _fold_quotes(title)


def match_authors(truth: str, authors: Iterable[str]) -> bool:
    """Whether the set of names is the truth's, case folded; both sides are split the same way."""
    return split_names(truth) == {part for name in authors for part in split_names(name)}


def split_names(names: str) -> set[str]:
    """The names of a list in one string, as truth files write them ("A; B", "A, B and C")."""
    parts = re.split(r"[;,&]|\s(?:and|und|et|y|và)\s", fold_spaces(names).casefold())
    return {part.strip(" .") for part in parts if part.strip(" .")}


def _fold_quotes(text: str) -> str:
    table = str.maketrans("“”„«»‘’‚`´", "\"\"\"\"\"'''''")
    return fold_spaces(text).translate(table)
