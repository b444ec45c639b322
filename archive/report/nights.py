"""How a paper's crawls went: the last one, how all of them ended, what they said was wrong."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from archive.instants import from_text, to_text
from archive.report.span import Paper, Span


@dataclass(frozen=True, slots=True)
class Night:
    """One crawl; ``outcome`` None: it is running, or it was killed."""

    crawl_id: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nights:
    """A paper's crawls of the report's days, newest first; ``last`` may be older than those."""

    last: Night | None
    crawls: tuple[Night, ...]

    @property
    def outcomes(self) -> dict[str, int]:
        """How many crawls ended in which way, the most frequent first."""
        return dict(Counter(night.outcome or "broken off" for night in self.crawls).most_common())

    def count(self, name: str) -> int:
        """Return the sum of one of the counts of all crawls."""
        numbers = (night.counts.get(name) for night in self.crawls)
        return sum(number for number in numbers if isinstance(number, int))


def gather_nights(db: sqlite3.Connection, paper: Paper, span: Span) -> Nights:
    """Read a paper's crawls begun within the report's days."""
    rows = db.execute(
        "SELECT crawl_id, started_at, ended_at, outcome, problems, notes, counts FROM crawls "
        "WHERE site = ? AND started_at <= ? ORDER BY started_at DESC, crawl_id DESC",
        (paper.site, to_text(span.now)),
    )
    crawls: list[Night] = []
    last = None
    for row in rows:
        night = _make_night(row)
        last = last or night
        if night.started_at.astimezone(paper.zone).date() < span.since:
            break
        crawls.append(night)
    return Nights(last, tuple(crawls))


def _make_night(row: tuple[Any, ...]) -> Night:
    crawl_id, started_at, ended_at, outcome, problems, notes, counts = row
    return Night(
        crawl_id,
        from_text(started_at),
        from_text(ended_at) if ended_at else None,
        outcome,
        tuple(str(problem) for problem in json.loads(problems)),
        tuple(str(note) for note in json.loads(notes)),
        json.loads(counts),
    )


def find_pause(nights: Nights, now: datetime) -> timedelta | None:
    """Return how long ago the last crawl began, or None if there was none."""
    return now - nights.last.started_at if nights.last else None
