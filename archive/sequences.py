"""Gaps in a paper's ids: how densely the days' ranges are held, and where they are thinner.

Many papers count their articles. A missing id may be a missing article; it may also be a picture
gallery, a draft, a video, or an article of another edition that shares the numbering. So a density
is told, not a claim: how many of the ids between a day's first and last are held, beside what is
usual for the paper, and stretches so long that they would come by chance once in a thousand.

Ids are looked at in the order of the days. A numbering that starts again, or leaps, begins a new
run; a story that was dated anew stands outside its day's range and is left out. Nothing is told
where ids do not follow the days (random ids, or time stamps: their density says nothing).
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

LEAST = 20  # ids of a numbering from which on it is looked at
DISORDER = 0.2  # new runs a day from which on ids are no sequence
DENSE = 0.005  # ids held of those in a day's range; fewer are time stamps
FAR = 20  # a leap between days, in usual days, begins a new run
RARE = 0.001  # chance of a stretch that is told
THIN = 0.5  # of the usual density: a day that is told

_IDENTITY = re.compile(r"(.+):(\d{1,15})")
_NUMBER = re.compile(r"\d{3,15}")


@dataclass(frozen=True, slots=True)
class DayRange:
    """The ids of a day: from its first to its last, how many are held, and the share."""

    day: date
    first: int
    last: int
    held: int
    usual: float  # share of ids held on the days of the run

    @property
    def density(self) -> float:
        """Share of the ids in the range that are held."""
        return self.held / (self.last - self.first + 1)

    @property
    def is_thin(self) -> bool:
        """Whether it holds less than half of what is usual, by more than chance."""
        expected = self.usual * (self.last - self.first + 1)
        chance = 3 * math.sqrt(expected * (1 - self.usual))
        return self.density < THIN * self.usual and expected - self.held > chance


@dataclass(frozen=True, slots=True)
class Gap:
    """Ids of a stretch that is longer than chance makes them; ``expected``: articles that as many
    ids usually are; ``announced``: of them in addresses that were announced and not read."""

    first: int
    last: int
    after: date
    before: date
    expected: float
    announced: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """A numbering of a paper, one run of it; ``words`` says why nothing is told."""

    numbering: str
    days: tuple[DayRange, ...] = ()
    gaps: tuple[Gap, ...] = ()
    words: str = ""


def find_sequences(db: sqlite3.Connection, site: str) -> list[Numbering]:
    """Return the runs of each numbering of a paper, in the order of their days."""
    rows = db.execute(
        "SELECT identity, published_on FROM articles WHERE site = ? AND identity IS NOT NULL "
        "AND published_on IS NOT NULL ORDER BY published_on, id",
        (site,),
    )
    numberings: dict[str, dict[date, list[int]]] = {}
    for identity, published in rows:
        if match := _IDENTITY.fullmatch(identity):
            days = numberings.setdefault(match[1], {})
            days.setdefault(date.fromisoformat(published), []).append(int(match[2]))
    announced = _list_announced(db, site)
    return [
        run
        for numbering, days in sorted(numberings.items())
        for run in _tell(numbering, days, announced)
    ]


def _list_announced(db: sqlite3.Connection, site: str) -> set[int]:
    """Return the numbers in addresses of articles that were announced and not read."""
    rows = db.execute(
        "SELECT url FROM addresses WHERE site = ? AND role = 'article' AND article_id IS NULL",
        (site,),
    )
    return {int(number) for (url,) in rows for number in _NUMBER.findall(url)}


def _tell(numbering: str, days: dict[date, list[int]], announced: set[int]) -> list[Numbering]:
    if sum(map(len, days.values())) < LEAST:
        return [Numbering(numbering, words=f"fewer than {LEAST} articles")]
    runs = _split(days)
    if len(runs) > 2 + DISORDER * len(days):
        return [Numbering(numbering, words="ids do not follow the days")]
    told = [_tell_run(numbering, run, announced) for run in runs]
    return [one for one in told if one.days or one.words]


def _split(days: dict[date, list[int]]) -> list[dict[date, list[int]]]:
    """Cut a numbering where it starts again or leaps; ids far from their day's are left out."""
    order = sorted(days)
    steps = [median(days[b]) - median(days[a]) for a, b in pairwise(order)]
    forward = [step for step in steps if step > 0]
    far = FAR * max(median(forward), 10.0) if forward else math.inf
    runs: list[dict[date, list[int]]] = [{}]
    before: float | None = None
    for day in order:
        middle = median(days[day])
        if before is not None and not -far / FAR <= middle - before <= far:
            runs.append({})
        runs[-1][day] = sorted({one for one in days[day] if abs(one - middle) <= far / FAR * 2})
        before = middle
    return runs


def _tell_run(numbering: str, run: dict[date, list[int]], announced: set[int]) -> Numbering:
    held = sorted({one for ids in run.values() for one in ids})
    if len(held) < LEAST:
        return Numbering(numbering)
    shares = [len(ids) / (ids[-1] - ids[0] + 1) for ids in run.values() if len(ids) > 2]
    usual = median(shares) if shares else 0.0
    if usual < DENSE:
        return Numbering(numbering, words="ids are too far apart to be a count: time stamps")
    days = [
        DayRange(day, ids[0], ids[-1], len(ids), usual) for day, ids in run.items() if len(ids) > 2
    ]
    return Numbering(numbering, tuple(days), tuple(_find_gaps(run, held, usual, announced)))


def _find_gaps(
    run: dict[date, list[int]], held: Sequence[int], usual: float, announced: Iterable[int]
) -> Iterable[Gap]:
    """Yield the stretches without an article: with share ``usual`` of ids held at random, one of
    n ids has the chance (1 - usual)^n; told is what would not be among as many once in 1,000."""
    least = 1.0 if usual >= 1 else math.log(RARE / len(held)) / math.log(1 - usual)
    day_of = {one: day for day, ids in run.items() for one in ids}
    known = sorted(announced)
    for one, other in pairwise(held):
        size = other - one - 1
        if size >= least:
            within = sum(one < number < other for number in known)
            after, before = sorted((day_of[one], day_of[other]))
            yield Gap(one + 1, other - 1, after, before, size * usual, within)
