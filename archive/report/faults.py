"""What is wrong with a paper, each in a sentence with its remedy, the gravest first.

The sentences are English, as a crawl writes them into the archive; words.toml knows them in other
languages (Tongue.sentence), and one it does not know is shown as it is, so that nothing is lost.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median

from archive.health import UNCRAWLED, find_problems
from archive.report.nights import Nights, find_pause
from archive.report.span import Paper, Span
from archive.report.tongue import is_known

LONGEST = timedelta(days=2, hours=12)  # between two crawls of a paper that is crawled every night
ENDED_ILL = (*UNCRAWLED, "bug")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and what to do; ``remedy`` may be empty."""

    words: str
    remedy: str


def find_faults(
    db: sqlite3.Connection, paper: Paper, nights: Nights, span: Span
) -> tuple[Fault, ...]:
    """Return what is wrong with a paper: that nobody came, how the last crawl ended, what it told.

    What a crawl tells is what archive/health.py found that night and what the profile's [expect]
    adds, which the archive does not know. Only for one that could not tell it is found out here:
    judging the pages of 64 papers anew takes minutes.
    """
    found = [*_judge_pause(nights, span), *_judge_outcome(nights)]
    if nights.last is not None and nights.last.outcome is None:
        problems = find_problems(db, paper.site, span.now)
        return (*found, *(Fault(problem.words, problem.remedy) for problem in problems))
    return (*found, *(split(problem) for problem in (nights.last.problems if nights.last else ())))


def find_notes(nights: Nights) -> tuple[Fault, ...]:
    """Return what the last crawl told that is worth a look, and no fault."""
    return tuple(split(note) for note in (nights.last.notes if nights.last else ()))


def split(problem: str) -> Fault:
    """Return what a crawl said of a problem as words and remedy: at the colon that a known
    sentence ends with, else at the first."""
    words, _, remedy = problem.partition(": ")
    while remedy and ": " in remedy and not is_known(words):
        more, _, remedy = remedy.partition(": ")
        words = f"{words}: {more}"
    if remedy and is_known(words):
        return Fault(words, remedy)
    words, _, remedy = problem.partition(": ")
    return Fault(words, remedy)


def _judge_pause(nights: Nights, span: Span) -> list[Fault]:
    pause = find_pause(nights, span.now)
    if pause is None or pause <= max(LONGEST, 3 * _usual_gap(nights)):
        return []
    return [
        Fault(
            f"it was not crawled for {pause.days} days",
            "look whether cron or systemd still starts `khobao run`, and at the newest log",
        )
    ]


def _usual_gap(nights: Nights) -> timedelta:
    starts = [night.started_at for night in nights.crawls]
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(starts)]
    return timedelta(seconds=median(gaps)) if gaps else timedelta(0)


def _judge_outcome(nights: Nights) -> list[Fault]:
    """Tell how the last crawl ended, where it did not tell itself why."""
    last = nights.last
    if last is None or last.outcome not in ENDED_ILL or last.problems:
        return []
    remedies = {
        "refused": "read its robots.txt and write to the paper",
        "unreachable": "open the paper in a browser; if it moved, correct home in the profile",
        "blocked": "ask less often ([manners] delay) or write to the paper",
    }
    remedy = remedies.get(last.outcome, "look at the newest log")
    return [Fault(f"its last crawl ended as {last.outcome}", remedy)]
