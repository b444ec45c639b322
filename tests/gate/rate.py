"""Compare a reader's answers with the truth of a corpus: one row of the gate's table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from tests.gate.answers import Answer
from tests.gate.corpora import WITHOUT_LEAD, Half, Row, name_half
from tests.gate.score import (
    average,
    combine,
    compare_texts,
    count_snippets,
    match_authors,
    match_titles,
)

FIELDS = frozenset(("text", "title", "date", "authors"))
TELLS = {  # what readers tell that do not tell all
    "htmldate": frozenset(("date",)),
    "dateparser": frozenset(("date",)),
    "readability-lxml": frozenset(("text", "title")),
}
_TEXTS = frozenset(("text", "with_snippets", "without_snippets"))

Pairs = Sequence[tuple[Row, Answer]]


@dataclass(slots=True)
class Score:
    """One reader on one corpus; None where the corpus has no such truth."""

    corpus: str
    reader: str
    pages: int
    precision: float | None
    recall: float | None
    text: float | None  # F1 of shingles, or of snippets where truth is snippets
    worked: float | None  # the same of the half that rules are worked out on
    aside: float | None  # and of the half that is kept aside
    low: float | None  # share of pages with F1 under 0.8
    title: float | None
    date: float | None
    authors: float | None
    invented: float | None  # share of pages without an author in truth that were given one
    seconds: float  # CPU a page
    beside: float | None = None  # that of trafilatura's default on the same pages


def rate(corpus: str, reader: str, pairs: Pairs, beside: float | None = None) -> Score:
    """Compare a reader's answers with the truth of a corpus; ``beside`` is kept as it is."""
    tells = TELLS.get(reader, FIELDS)
    if "text" not in tells:
        pairs = [({k: v for k, v in row.items() if k not in _TEXTS}, a) for row, a in pairs]
    texts = _compare(corpus, pairs)
    precision, recall, f1 = average(texts) if texts else _rate_snippets(pairs)
    titled = [(r, a) for r, a in pairs if r.get("title")]
    dated = [(r, a) for r, a in pairs if r.get("date")]
    signed = [(r, a) for r, a in pairs if r.get("author")]
    unsigned = [a for r, a in pairs if "author" in r and not r["author"]]
    return Score(
        corpus=corpus,
        reader=reader,
        pages=len(pairs),
        precision=precision,
        recall=recall,
        text=f1,
        worked=_rate_half(corpus, pairs, "a"),
        aside=_rate_half(corpus, pairs, "b"),
        low=_share("text", tells, (combine(*pair) < 0.8 for pair in texts)),
        title=_share("title", tells, (match_titles(r["title"], a.title) for r, a in titled)),
        date=_share("date", tells, (a.day == r["date"][:10] for r, a in dated)),
        authors=_share("authors", tells, (_match_names(r["author"], a) for r, a in signed)),
        invented=_share("authors", tells, (bool(a.authors) for a in unsigned)),
        seconds=sum(a.seconds for _, a in pairs) / max(1, len(pairs)),
        beside=beside,
    )


def _compare(corpus: str, pairs: Pairs) -> list[tuple[float, float]]:
    """(precision, recall) of each page that has a text in truth."""
    return [
        compare_texts(row["text"], a.text if corpus in WITHOUT_LEAD else f"{a.lead}\n{a.text}")
        for row, a in pairs
        if row.get("text")
    ]


def _rate_half(corpus: str, pairs: Pairs, half: Half) -> float | None:
    part = [(row, answer) for row, answer in pairs if name_half(row) == half]
    texts = _compare(corpus, part)
    return average(texts)[2] if texts else _rate_snippets(part)[2]


def _rate_snippets(pairs: Pairs) -> tuple[float | None, float | None, float | None]:
    """(precision, recall, F1) over all snippets; None where truth has none."""
    counts = [
        count_snippets(f"{a.lead}\n{a.text}", row["with_snippets"], row["without_snippets"])
        for row, a in pairs
        if "with_snippets" in row
    ]
    if not counts:
        return None, None, None
    hits, misses, stains, _ = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = hits / max(1, hits + stains), hits / max(1, hits + misses)
    return precision, recall, combine(precision, recall)


def _match_names(truth: str, answer: Answer) -> bool:
    """The set of authors, or with the agency, which truth counts among them and we keep apart."""
    names = answer.authors
    return match_authors(truth, names) or bool(
        answer.agency and match_authors(truth, (*names, answer.agency))
    )


def _share(field: str, tells: Container[str], truths: Iterable[bool]) -> float | None:
    """The share of pages for which it holds; None where the reader does not tell the field."""
    found = list(truths) if field in tells else []
    return sum(found) / len(found) if found else None
