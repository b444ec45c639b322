"""Let the readers answer the pages of a corpus, in this process or in two."""

from __future__ import annotations

import gc
import json
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from trafilatura.meta import reset_caches
from trafilatura.utils import decode_file

from crawler.read.dates import read_moment
from crawler.read.signs import forget_names
from crawler.read.wording import is_prompt
from tests.gate.answers import NAMED, OURS, PLAIN, READERS, Answer, parse_again, read_ours
from tests.gate.corpora import UNKNOWN, Row, list_rows, load_page
from tests.gate.rate import Score, rate

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-gate" / "bin" / "python"
OTHERS = ("newspaper4k", "news-please", "readability-lxml")
AGAIN = "dateparser"
NAMES = (*READERS, AGAIN, *OTHERS)
TIMED = (OURS, NAMED, PLAIN)  # whose CPU the laws compare

_Job = tuple[str, Row, tuple[str, ...]]


def score_corpus(
    corpus: str, readers: Sequence[str], *, sample: int | None = None, jobs: int = 1
) -> list[Score]:
    """The scores of the readers on a corpus, in their order."""
    rows = list_rows(corpus, sample)
    work: list[_Job] = [(corpus, row, tuple(readers)) for row in rows]
    if jobs > 1:
        with ProcessPoolExecutor(jobs, initializer=_warm_up, initargs=(work[0],)) as pool:
            answers = list(pool.map(answer_row, work, chunksize=4))
    else:
        _warm_up(work[0])
        answers = [answer_row(job) for job in work]
    pairs = list(zip(rows, answers, strict=True))
    return [_rate_reader(corpus, name, pairs) for name in readers]


def _rate_reader(corpus: str, name: str, pairs: list[tuple[Row, dict[str, Answer]]]) -> Score:
    """The score of a reader on the pages it read, its CPU beside trafilatura's on the same."""
    read = [(row, said) for row, said in pairs if name in said]
    plain = [said[PLAIN].seconds for _, said in read if PLAIN in said]
    beside = sum(plain) / len(plain) if plain else None
    return rate(corpus, name, [(row, said[name]) for row, said in read], beside)


def _warm_up(job: _Job) -> None:
    """Imports, compiled expressions and stop lists are not in the CPU time."""
    answer_row(job)
    gc.freeze()  # else each collection walks all modules: a third of the gate's time


def answer_row(job: _Job) -> dict[str, Answer]:
    """Every reader's answer to one row. Those whose CPU is compared are asked again behind the
    others, and their faster reading counts: what else the machine does hits all of them alike.
    """
    corpus, row, readers = job
    data, url = load_page(corpus, row), row.get("url") or UNKNOWN
    asked = {name: ask(name, data, url) for name in readers if name in READERS}
    said = {name: answer for name, answer in asked.items() if answer is not None}
    for name in said:
        again = ask(name, data, url) if name in TIMED else None
        if again is not None and again.seconds < said[name].seconds:
            said[name] = again
    if AGAIN in readers:
        said[AGAIN] = parse_again(said.get(OURS) or read_ours(data, url))
    if any(name in OTHERS for name in readers):
        said |= ask_others(decode_file(data), url)
    return said


def ask(name: str, data: bytes, url: str) -> Answer | None:
    """One reader's answer, as to a page nobody has read: no memory of the reader before helps it.
    None where it does not read this page.

    trafilatura and htmldate remember every string they trimmed; the mode that ran second took
    60 % of the first one's time.
    """
    reset_caches()  # collects garbage as well
    is_prompt.cache_clear()
    read_moment.cache_clear()
    forget_names()
    return READERS[name](data, url)


def ask_others(html: str, url: str) -> dict[str, Answer]:
    """The answers of the readers in .venv-gate."""
    child = _start_others()
    assert child.stdin is not None and child.stdout is not None
    child.stdin.write(json.dumps({"html": html, "url": url}) + "\n")
    child.stdin.flush()
    line = child.stdout.readline()
    if not line:
        raise RuntimeError(f"tests/gate/others.py ended with {child.wait()}: make .venv-gate again")
    return {
        name: Answer(
            text=told["text"],
            title=told["title"],
            day=told["day"],
            authors=tuple(told["authors"]),
            seconds=told["seconds"],
        )
        for name, told in json.loads(line).items()
    }


@cache
def _start_others() -> subprocess.Popen[str]:
    """The process of the other readers; it ends when its stdin does, with this process."""
    return subprocess.Popen(
        [str(PYTHON), str(Path(__file__).with_name("others.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
