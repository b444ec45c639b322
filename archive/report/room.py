"""The disk: what the archive takes, how much a day it grows, when the disk will be full."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path

from archive.connection import INDEX
from archive.instants import from_text, to_text
from archive.report.span import Paper, Span

FAR = 36_500  # days; beyond a hundred years nothing is said
LEAST = 3  # days with crawls before a growth is told


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes; ``growth`` of the WARC files by day, ``by_site`` in the report's days."""

    warc_bytes: int
    warc_files: int
    index_bytes: int
    free_bytes: int
    growth: tuple[tuple[date, int], ...]
    by_site: dict[str, int]
    torn: tuple[str, ...] = ()  # files a crash left, that somebody has to look at

    @property
    def a_day(self) -> float | None:
        """Bytes a day, the index's share included; None: too few days to say."""
        grown = [(day, number) for day, number in self.growth if number]
        if len(grown) < LEAST or not self.warc_bytes:
            return None
        days = (self.growth[-1][0] - grown[0][0]).days + 1
        warc = sum(number for _, number in grown) / days
        return warc * (1 + self.index_bytes / self.warc_bytes)

    def find_end(self, today: date) -> date | None:
        """Return the day on which the disk is full if it goes on so; None: not in sight."""
        rate = self.a_day
        if not rate or self.free_bytes / rate > FAR:
            return None
        return today + timedelta(days=int(self.free_bytes / rate))


def gather_room(
    db: sqlite3.Connection,
    root: Path,
    papers: tuple[Paper, ...],
    span: Span,
    free_bytes: int | None = None,
) -> Room:
    """Measure the archive's folder. ``free_bytes``: what is free, else the disk is asked.

    A file's bytes count on the day on which its crawl began, by its paper's clock; what was
    imported counts for the whole and for no day.
    """
    files = [path for path in (root / "warc").rglob("*") if path.is_file()]
    warcs = [path for path in files if ".warc" in path.name]
    zones = {paper.site: paper.zone for paper in papers}
    by_day: Counter[date] = Counter()
    by_site: Counter[str] = Counter()
    for site, started_at, number in db.execute(
        "SELECT c.site, c.started_at, sum(w.committed) FROM warc_files w "
        "JOIN crawls c ON c.crawl_id = w.crawl_id WHERE c.started_at BETWEEN ? AND ? "
        "GROUP BY c.crawl_id",
        ((span.since - timedelta(days=1)).isoformat(), to_text(span.now)),
    ):
        day = from_text(started_at).astimezone(zones.get(site, UTC)).date()
        if span.since <= day <= span.until:
            by_day[day] += number
            by_site[site] += number
    free = shutil.disk_usage(root).free if free_bytes is None else free_bytes
    return Room(
        sum(path.stat().st_size for path in warcs),
        len(warcs),
        sum(path.stat().st_size for path in root.glob(f"{INDEX}*")),
        free,
        tuple((day, by_day[day]) for day in span.days),
        dict(by_site),
        tuple(sorted(path.name for path in files if ".torn" in path.suffix)),
    )
