"""The days that a report looks at, and the papers it speaks of."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from archive.paperday import name_zone
from archive.report.markup import clip

USUAL = 30  # days, when nobody says since when


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``since`` to ``until``, both within; ``until`` is the day of ``now``."""

    since: date
    until: date
    now: datetime

    @property
    def days(self) -> tuple[date, ...]:
        """Every day, oldest first."""
        return tuple(self.since + timedelta(n) for n in range((self.until - self.since).days + 1))


@dataclass(frozen=True, slots=True)
class Paper:
    """A newspaper as the newest profile describes it."""

    site: str
    title: str
    home: str | None
    language: str | None
    zone: tzinfo

    @property
    def name(self) -> str:
        """The title, one line and no longer than a line."""
        return clip(self.title, 80)


def list_papers(db: sqlite3.Connection) -> tuple[Paper, ...]:
    """Return the papers of which anything is held, by their names."""
    rows = db.execute("SELECT site, title, home, language, timezone FROM sites ORDER BY site")
    return tuple(
        Paper(site, title, home, language, name_zone(zone))
        for site, title, home, language, zone in rows
    )


def make_span(papers: tuple[Paper, ...], now: datetime, since: date | None) -> Span:
    """Return the days up to today: by the clock of the paper where it is latest."""
    today = max((now.astimezone(paper.zone).date() for paper in papers), default=now.date())
    first = since or today - timedelta(days=USUAL - 1)
    return Span(min(first, today), today, now)
