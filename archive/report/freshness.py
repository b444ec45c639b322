"""How fresh what is held is: the newest article, and how long after its publication it was kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low

from archive.instants import from_text, to_text
from archive.report.span import Paper, Span

NEWEST = 200  # articles whose delay is measured: a year's texts need not be read for a median


@dataclass(frozen=True, slots=True)
class Freshness:
    """``published``: as the paper writes it. ``delay`` is the median of ``timed`` articles from
    publication to capture; ``late``: nine of ten were kept within it."""

    published: str | None = None
    title: str | None = None
    url: str | None = None
    seen_at: datetime | None = None
    delay: timedelta | None = None
    late: timedelta | None = None
    timed: int = 0
    ahead: int = 0  # articles dated after the report's last day: a date that was misread


def gather_freshness(db: sqlite3.Connection, paper: Paper, span: Span) -> Freshness:
    """Measure the newest articles of a paper within the report's days."""
    rows = db.execute(
        "SELECT date_published, date_precision, title, url, first_seen_at FROM articles "
        "WHERE site = ? AND published_on BETWEEN ? AND ? AND first_seen_at <= ? "
        "ORDER BY published_on DESC, id DESC LIMIT ?",
        (paper.site, span.since.isoformat(), span.until.isoformat(), to_text(span.now), NEWEST),
    ).fetchall()
    ahead = db.execute(
        "SELECT count(*) FROM articles WHERE site = ? AND published_on > ? AND first_seen_at <= ?",
        (paper.site, span.until.isoformat(), to_text(span.now)),
    ).fetchone()[0]
    if not rows:
        return Freshness(ahead=ahead)
    newest = max(rows, key=lambda row: (str(row[0]), row[3]))
    delays = sorted(_list_delays(rows))
    published, _, title, url, _ = newest
    return Freshness(
        published,
        title,
        url,
        max(from_text(row[4]) for row in rows),
        median_low(delays) if delays else None,
        delays[int(0.9 * (len(delays) - 1))] if delays else None,
        len(delays),
        ahead,
    )


def _list_delays(rows: list[tuple[str, str, str, str, str]]) -> Iterator[timedelta]:
    """Yield how long after its publication each article was kept, where its clock tells."""
    for published, precision, _, _, seen_at in rows:
        if precision not in ("minute", "second") or not published:
            continue
        try:
            delay = from_text(seen_at) - from_text(published)
        except ValueError:
            continue  # a date that is none says nothing of a delay
        if delay >= timedelta(0):
            yield delay
