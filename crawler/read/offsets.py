"""Tell whether the zone that a page's stamps name is true, by the clock that its readers see.

    "2026-11-20T14:05:00Z"   beside "20/11/2026 14:05" of a paper at +07:00     false: seven hours
    "2026-11-20T07:05:00Z"   beside "20/11/2026 14:05" of the same paper        true
    "2026-11-20T14:05:00Z"   beside 14:05, and a meta of 21:05+07:00            true: it shows UTC

Many systems write their own clock with a Z or an offset behind it that is not theirs. The same
minute on both is a doubt, no proof: papers that never set their system's clock show UTC. Proof is
another stamp of the page, or that the article came out after it was captured. Rejected: believing
the reader's clock always (an unset WordPress is as common as a false Z).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal

from archive.index.clocked import LOCAL, ZONE
from crawler.read.dates import Moment
from crawler.read.published import Candidate

Verdict = Literal["true", "false", "doubt"]

_STAMP = re.compile(r"\d{4}-?\d\d-?\d\d[T ]\d\d:?\d\d\S*\s?(?:Z|[+\-−]\d\d:?\d\d)")
_SOON = timedelta(minutes=10)  # a server's clock may be ahead of ours
_NEAR = timedelta(minutes=1)  # a clock of minutes may be rounded


@dataclass(frozen=True, slots=True)
class Stamped:
    """The first stamp of a page with what else the page says of that instant."""

    source: str
    raw: str
    moment: Moment
    places: frozenset[str]  # where it stands so: words of read.local_stamps
    shown: tuple[Moment, ...]  # what a reader sees, without a zone
    others: tuple[Moment, ...]  # stamps of the page that name another zone

    @property
    def bare(self) -> Moment:
        """The stamp's clock without its zone."""
        return replace(self.moment, zone=None)

    def judge(self, paper: tzinfo, at: datetime | None) -> Verdict | None:
        """Whether its zone is true for a paper with that clock; None where nothing tells, or where
        its offset is the paper's. ``at``: the instant of the capture."""
        instant, own = self.moment.instant(), _place(self.bare, paper)
        if instant == own:
            return None
        if any(abs(other.instant() - instant) <= _NEAR for other in self.others):
            return "true"
        if any(abs(other.instant() - own) <= _NEAR for other in self.others):
            return "false"
        if self.is_shown_at(paper):
            return "true"
        if not _is_shown(self.shown, own):
            return None
        return "false" if at is not None and instant > at + _SOON >= own else "doubt"

    def is_shown_at(self, paper: tzinfo) -> bool:
        """Whether the page shows the stamp's instant by the paper's clock."""
        return _is_shown(self.shown, self.moment.instant().astimezone(paper))

    def warn(self, verdict: Verdict) -> tuple[str, ...]:
        """The warning of a verdict, none for a true zone."""
        said = f"{self.source} says {self.raw[:40]}, and the page shows that clock as its own"
        if verdict == "doubt":
            return (f"{ZONE}: {said}; one of both is false: set `local_stamps` in the profile",)
        return (f"{LOCAL}: {said}; its zone is false",) if verdict == "false" else ()


def name_place(source: str) -> str | None:
    """The word of read.local_stamps for the source of a date; None for what only readers see."""
    if source.startswith(("json-ld", "meta:")):
        return source.partition(":")[0]
    return "time" if source.startswith(("time", "itemprop:", "profile:")) else None


def is_stamp(raw: str) -> bool:
    """Whether a date is written as machines write it, with a zone."""
    return _STAMP.fullmatch(raw.strip()) is not None


def free_stamps(candidates: Iterable[Candidate], places: Collection[str]) -> list[Candidate]:
    """The candidates, those of ``places`` to be read as the paper's clock whatever zone they
    name."""
    return [
        replace(c, local=True) if name_place(c.source) in places and is_stamp(c.raw) else c
        for c in candidates
    ]


def find_stamped(
    made: Sequence[Candidate], seen: Callable[[], Iterable[Candidate]], paper: tzinfo
) -> Stamped | None:
    """The first date of a page if it is a stamp in another zone than the paper's, or in UTC where
    that is unknown; what the page shows is asked for only then."""
    told = next(((c, m) for c in made if (m := c.read())), None)
    if told is None or told[1].clock is None or not is_stamp(told[0].raw):
        return None
    first, moment = told
    if paper is not UTC and moment.instant() == _place(replace(moment, zone=None), paper):
        return None
    stamps = [(c, m) for c in made if is_stamp(c.raw) and (m := c.read()) and m.clock]
    alike = {name_place(c.source) for c, m in stamps if m.instant() == moment.instant()}
    others = (m for _, m in stamps if m.instant().utcoffset() != moment.instant().utcoffset())
    shown = (m for c in seen() if not is_stamp(c.raw) and (m := c.read()))
    return Stamped(
        first.source,
        first.raw,
        moment,
        frozenset(place for place in alike if place),
        tuple(m for m in shown if m.clock is not None and m.zone is None),
        tuple(others),
    )


def _place(bare: Moment, paper: tzinfo) -> datetime:
    return replace(bare, zone=paper).instant()


def _is_shown(shown: Iterable[Moment], at: datetime) -> bool:
    """Whether a reader sees this minute of the paper's clock."""
    wall = at.replace(tzinfo=None, second=0, microsecond=0)
    return any(
        day is not None and abs(datetime.combine(day, moment.clock) - wall) <= _NEAR
        for moment in shown
        if moment.clock is not None
        for day in (moment.day, moment.other)
    )
