"""Score reading on real pages with truth, beside plain trafilatura in the same run.

    python -m tests.bench.bench_read [CORPUS ...] [--sample N] [--jobs N] [--modes] [--json FILE]

The pages lie outside of the repository (KHOBAO_SHARED, else /work/shared). Every page is parsed
once for us and read with the generic site of its host: no profile, so this is how an unknown
paper is read. trafilatura gets the bytes, as its users give them. Truth of `fundus`, `aeb` and
`wcxb_article` holds the standfirst, so their text is compared with lead + text; that of
`cleanportaleval` mostly not, so both are printed and the better defined one is marked.
Corpora with snippets: found and wrongly kept ones. CPU is process time, one thread, pages warmed
up before; it is given as a ratio, since the machine is shared.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import trafilatura
from trafilatura.utils import load_html

from crawler.read.article import read_article
from spiders.catalog import generic
from tests.bench.score import (
    average,
    combine,
    compare_texts,
    count_snippets,
    match_authors,
    match_titles,
)

PAGES = Path(os.environ.get("KHOBAO_SHARED", "/work/shared")) / "pages"
CORPORA = (
    "fundus",
    "fundus_history",
    "aeb",
    "cleanportaleval",
    "trafilatura",
    "wcxb_article",
    "htmldate_mediacloud",
)
WITHOUT_LEAD = frozenset(("cleanportaleval",))
_EMPTY = lxml.html.fromstring("<html><body></body></html>")


@dataclass(slots=True)
class Answer:
    """What one reader said of one page, and the CPU seconds it took."""

    text: str
    lead: str
    title: str | None
    day: str | None
    authors: tuple[str, ...]
    agency: str | None
    seconds: float


@dataclass(slots=True)
class Score:
    """One reader on one corpus; None where the corpus has no such truth."""

    corpus: str
    reader: str
    pages: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None  # share of pages with F1 under 0.8
    f1_without_lead: float | None
    snippets: float | None
    title: float | None
    date: float | None
    authors: float | None
    invented: float | None  # share of pages without an author in truth that were given one
    seconds: float  # CPU a page


def list_rows(corpus: str, sample: int | None) -> list[dict[str, Any]]:
    """The truth rows of a corpus, every n-th where a sample is asked for."""
    path = PAGES / corpus / "truth.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    step = max(1, len(rows) // sample) if sample else 1
    return rows[::step]


def read_ours(data: bytes, url: str) -> Answer:
    """Our reading of a page of an unknown paper, parse included."""
    site = generic(urlsplit(url).hostname or "unknown.example")
    began = time.process_time()
    tree = load_html(data)
    article, _ = read_article(tree if tree is not None else _EMPTY, url=url, site=site, html="")
    spent = time.process_time() - began
    if article is None:
        return Answer("", "", None, None, (), None, spent)
    day = article.published.value[:10] if article.published else None
    return Answer(
        article.text, article.lead or "", article.title, day, article.authors, article.agency, spent
    )


def read_plain(data: bytes, url: str, **modes: bool) -> Answer:
    """trafilatura's own reading, its metadata included."""
    began = time.process_time()
    found = trafilatura.bare_extraction(
        data, url=url, with_metadata=True, include_comments=False, **modes
    )
    spent = time.process_time() - began
    if found is None:
        return Answer("", "", None, None, (), None, spent)
    names = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    return Answer(found.text or "", "", found.title, found.date, names, None, spent)


READERS = {
    "khobao": read_ours,
    "trafilatura": read_plain,
    "trafilatura fast": lambda data, url: read_plain(data, url, fast=True),
    "trafilatura precision": lambda data, url: read_plain(data, url, favor_precision=True),
}


def answer_row(job: tuple[str, dict[str, Any], tuple[str, ...]]) -> dict[str, Answer]:
    """Every reader's answer to one row."""
    corpus, row, readers = job
    data = gzip.decompress((PAGES / corpus / row["html_path"]).read_bytes())
    url = row.get("url") or "https://unknown.example/"
    return {name: READERS[name](data, url) for name in readers}


def score_reader(corpus: str, reader: str, pairs: Sequence[tuple[dict[str, Any], Answer]]) -> Score:
    """Compare a reader's answers with the truth of a corpus."""
    texts = [(r["text"], a) for r, a in pairs if r.get("text")]
    whole = [compare_texts(t, f"{a.lead}\n{a.text}") for t, a in texts]
    bare = [compare_texts(t, a.text) for t, a in texts]
    main = bare if corpus in WITHOUT_LEAD else whole
    precision, recall, f1 = average(main) if main else (None, None, None)
    counts = [
        count_snippets(f"{a.lead}\n{a.text}", r["with_snippets"], r["without_snippets"])
        for r, a in pairs
        if "with_snippets" in r
    ]
    told = [(r["author"], a) for r, a in pairs if r.get("author")]
    silent = [a for r, a in pairs if "author" in r and not r["author"]]
    return Score(
        corpus=corpus,
        reader=reader,
        pages=len(pairs),
        precision=precision,
        recall=recall,
        f1=f1,
        low=_share(combine(*pair) < 0.8 for pair in main),
        f1_without_lead=average(bare)[2] if bare else None,
        snippets=_score_snippets(counts),
        title=_share(match_titles(r["title"], a.title) for r, a in pairs if r.get("title")),
        date=_share(a.day == r["date"][:10] for r, a in pairs if r.get("date")),
        authors=_share(_match_names(truth, a) for truth, a in told),
        invented=_share(bool(a.authors) for a in silent),
        seconds=sum(a.seconds for _, a in pairs) / max(1, len(pairs)),
    )


def _match_names(truth: str, answer: Answer) -> bool:
    """The set of authors, or with the agency, which truth counts among them and we keep apart."""
    names = answer.authors
    return match_authors(truth, names) or bool(
        answer.agency and match_authors(truth, (*names, answer.agency))
    )


def _score_snippets(counts: Sequence[tuple[int, ...]]) -> float | None:
    if not counts:
        return None
    hits, misses, stains, _ = (sum(column) for column in zip(*counts, strict=True))
    return combine(hits / max(1, hits + stains), hits / max(1, hits + misses))


def _share(truths: Iterator[bool] | Any) -> float | None:
    found = [bool(value) for value in truths]
    return sum(found) / len(found) if found else None


def run(corpus: str, readers: tuple[str, ...], sample: int | None, jobs: int) -> list[Score]:
    """Score the readers on a corpus."""
    rows = list_rows(corpus, sample)
    work = [(corpus, row, readers) for row in rows]
    answer_row(work[0])  # imports, compiled expressions, stop lists
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            answers = list(pool.map(answer_row, work, chunksize=4))
    else:
        answers = [answer_row(job) for job in work]
    pairs = {name: [(r, a[name]) for r, a in zip(rows, answers, strict=True)] for name in readers}
    return [score_reader(corpus, name, pairs[name]) for name in readers]


def print_table(scores: Sequence[Score]) -> None:
    """The scores as a table, a reader a line."""
    head = ("corpus", "reader", "n", "P", "R", "F1", "<.8", "F1-lead", "snip", "title", "date")
    print(("{:20} {:22}" + " {:>6}" * 12).format(*head, "author", "inv", "CPU ms"))
    for score in scores:
        cells = (score.precision, score.recall, score.f1, score.low, score.f1_without_lead)
        cells += (score.snippets, score.title, score.date, score.authors, score.invented)
        shown = [f"{value:.3f}" if value is not None else "" for value in cells]
        line = ("{:20} {:22} {:>6}" + " {:>6}" * 10).format(
            score.corpus, score.reader, score.pages, *shown
        )
        print(f"{line} {1000 * score.seconds:6.1f}")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the bench; 2 when the pages are not there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", nargs="*", default=list(CORPORA))
    parser.add_argument("--sample", type=int, help="about so many pages of each corpus")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--modes", action="store_true", help="trafilatura's other modes, too")
    parser.add_argument("--json", type=Path, help="write the scores there as well")
    options = parser.parse_args(argv)
    if not PAGES.is_dir():
        print(f"{PAGES} is missing: set KHOBAO_SHARED to the folder that holds pages/")
        return 2
    readers = tuple(READERS) if options.modes else ("khobao", "trafilatura")
    scores: list[Score] = []
    for corpus in options.corpora:
        scores += run(corpus, readers, options.sample, options.jobs)
    print_table(scores)
    if options.json:
        options.json.write_text(json.dumps([asdict(score) for score in scores], indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
