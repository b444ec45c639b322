"""Which days of a paper its lists were walked for: what a backfill need not walk again.

Computed from ``walks``, a row for each page of a list, so it is the same after a rebuild. Pages
that follow each other in one job are a run; a run covers the days from its first page to its last,
less the days at its two ends, which may go on beyond the pages that were seen.

    page 1 on 5 May  ...  page 7, oldest 11 March            12 March to 4 May
    page 1 on 5 May  ...  page 9, "range" (wanted: March)     1 March to 4 May
    page 1 on 5 May  ...  page 9, "end"                       all days to 4 May
    news-2026-3.xml, read on 2 April                          1 to 31 March

A list's newest day is covered only once it is over. Rejected: a flag "month done" (a pager that
breaks off in the middle of a month would have to lie, and other days could not be asked for).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from itertools import groupby

from archive.days import Days
from archive.paperday import read_day
from archive.period import read_period

DAY = timedelta(days=1)
_SITEMAPS = """
SELECT a.url, max(c.captured_at) FROM addresses a JOIN captures c ON c.url = a.url
JOIN readings r ON r.capture_id = coalesce(c.refers_to, c.id)
WHERE a.site = ? AND a.role = 'sitemap' AND r.status = 'ok'
  AND r.warnings NOT LIKE '%sitemap-damaged%' AND c.status IN (200, 203, 304)
GROUP BY a.url ORDER BY a.url
"""
Job = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Walked:
    """A page of a list that was walked; ``on``: the paper's day of the walk."""

    page: int
    url: str
    newest: date | None
    oldest: date | None
    ended: str | None
    on: date
    job: Job  # the days that were wanted


def load_walks(db: sqlite3.Connection, site: str, zone: tzinfo) -> dict[str, list[Walked]]:
    """Return the walked pages of each list of a paper, by job and page.

    A sitemap of a day or month that any crawl read is among them: what it names is announced.
    """
    found: dict[str, list[Walked]] = {}
    rows = db.execute(
        "SELECT list, page, url, newest_on, oldest_on, ended, walked_at, from_on, to_on FROM walks "
        "WHERE site = ? ORDER BY list, from_on, to_on, page",
        (site,),
    )
    for name, page, url, newest, oldest, ended, at, first, last in rows:
        job = (date.fromisoformat(first), date.fromisoformat(last))
        row = Walked(page, url, _read(newest), _read(oldest), ended, read_day(at, zone), job)
        found.setdefault(name, []).append(row)
    for url, at in db.execute(_SITEMAPS, (site,)):
        if period := read_period(url):
            job = (period.first, period.last)
            days = (period.last, period.first)
            found.setdefault(url, []).append(Walked(1, url, *days, "read", read_day(at, zone), job))
    return found


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def find_covered(rows: Iterable[Walked]) -> list[Days]:
    """Return the days that the pages of one list cover, in order, none touching another."""
    spans = [span for run in _split(rows) if (span := _span(run)) is not None]
    merged: list[Days] = []
    for span in sorted(spans, key=lambda one: one.first):
        if merged and span.first <= _next(merged[-1].last):
            merged[-1] = Days(merged[-1].first, max(merged[-1].last, span.last))
        else:
            merged.append(span)
    return merged


def subtract(wanted: Days, covered: Iterable[Days]) -> list[Days]:
    """Return the days of ``wanted`` that none of ``covered`` (in order) has."""
    left, start = [], wanted.first
    for span in covered:
        if span.last < start:
            continue
        if span.first > wanted.last:
            break
        if span.first > start:
            left.append(Days(start, span.first - DAY))
        start = _next(span.last)
    if start <= wanted.last:
        left.append(Days(start, wanted.last))
    return left


def find_start(rows: Iterable[Walked], before: date) -> Walked | None:
    """Return the page from which to walk on towards ``before``: the last but one of those known to
    hold only newer articles. Pages sink as a paper publishes; the one is for those it deletes."""
    above = {row.page: row for row in rows if row.oldest and row.oldest > before}
    deepest = max(above, default=0)
    return above.get(deepest - 1)


def _split(rows: Iterable[Walked]) -> list[Sequence[Walked]]:
    """Cut the pages of each job into runs of pages that follow each other."""
    runs: list[Sequence[Walked]] = []
    for _, pages in groupby(rows, key=lambda row: row.job):
        run: list[Walked] = []
        for row in pages:
            if run and (row.page != run[-1].page + 1 or run[-1].ended):
                runs.append(run)
                run = []
            run.append(row)
        runs.append(run)
    return runs


def _span(run: Sequence[Walked]) -> Days | None:
    first, last = run[0], run[-1]
    if last.ended == "read":
        newest, oldest = last.newest or last.job[1], last.oldest or last.job[0]
        return _make(oldest, min(newest, last.on - DAY))
    if first.page == 1:
        upper: date | None = first.on - DAY
    else:
        upper = first.newest - DAY if first.newest else None
    lower = {"range": last.job[0], "end": date.min}.get(
        last.ended or "", _next(last.oldest) if last.oldest else None
    )
    return _make(lower, upper)


def _make(first: date | None, last: date | None) -> Days | None:
    return Days(first, last) if first and last and first <= last else None


def _next(day: date) -> date:
    return day if day == date.max else day + DAY
