"""Politeness kept: intervals between requests, bytes, robots.txt, and who asked for time.

An interval is from the start of a request to the start of the next one at the same host, within a
crawl, as the captures say it. ``Retry-After`` (RFC 9110, 10.2.3) stands in the WARC record alone,
so the newest answers with 429 and 503 are opened; it was kept if the host was asked again no
sooner than it said, in that crawl.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from archive.errors import ArchiveError
from archive.index.captures import load_capture
from archive.instants import from_text
from archive.page import read_record
from archive.report.nights import Nights
from archive.report.span import Paper
from archive.warc.http import http_of

BUSY = (429, 503)
CRAWLS = 30  # whose intervals are measured, the newest: 4,500 requests say what 55,000 say
UNDER_WAY = 16  # requests that a paper may be asked at once, at the most, and one
OPENED = 20  # busy answers whose records are opened, the newest


@dataclass(frozen=True, slots=True)
class Asked:
    """A host answered that it is busy. ``wait``: what Retry-After asked for; ``waited``: when it
    was asked again. Either may be unknown, or never."""

    at: datetime
    host: str
    status: int
    wait: timedelta | None
    waited: timedelta | None

    @property
    def kept(self) -> bool:
        """Whether it was left in peace as long as it asked for."""
        return self.wait is None or self.waited is None or self.waited >= self.wait


@dataclass(frozen=True, slots=True)
class Manners:
    """Counts of the report's crawls; intervals in seconds, of ``measured`` pairs of requests."""

    requests: int
    bytes: int
    refused: int  # by robots.txt
    measured: int = 0
    shortest: float | None = None
    usual: float | None = None
    busy: int = 0  # answers with 429 or 503
    asked: tuple[Asked, ...] = ()


Row = tuple[int, str, str, int | None]


def gather_manners(db: sqlite3.Connection, root: Path, paper: Paper, nights: Nights) -> Manners:
    """Measure how a paper was asked. Opens the WARC records of busy answers."""
    del paper
    intervals: list[float] = []
    busy: list[Asked] = []
    opened = OPENED
    for night in nights.crawls[:CRAWLS]:
        rows = db.execute(
            "SELECT id, url, captured_at, status FROM captures WHERE crawl_id = ? ORDER BY id",
            (night.crawl_id,),
        ).fetchall()
        intervals += _measure(rows)
        for asked in _list_busy(db, root, rows, opened):
            busy.append(asked)
            opened -= 1
    return Manners(
        nights.count("requests"),
        nights.count("bytes"),
        nights.count("refused"),
        len(intervals),
        min(intervals, default=None),
        median(intervals) if intervals else None,
        len(busy),
        tuple(busy),
    )


def _host(url: str) -> str:
    return url.split("/", 3)[2] if url.count("/") > 1 else url


def _measure(rows: Sequence[Row]) -> Iterator[float]:
    """Yield the seconds between one request and the next at each host."""
    last: dict[str, datetime] = {}
    for _, url, at, _ in sorted(rows, key=lambda row: row[2]):
        host, now = _host(url), from_text(at)
        if host in last:
            yield (now - last[host]).total_seconds()
        last[host] = now


def _list_busy(
    db: sqlite3.Connection, root: Path, rows: Sequence[Row], most: int
) -> Iterator[Asked]:
    for capture_id, url, at, status in rows:
        if status not in BUSY:
            continue
        host, instant = urlsplit(url).netloc, from_text(at)
        later = sorted(from_text(r[2]) for r in rows if r[2] > at and _host(r[1]) == host)
        wait = _read_wait(db, root, capture_id, instant) if most > 0 else None
        most -= 1
        yield Asked(instant, host, status, wait, find_pause(instant, later, wait))


def find_pause(at: datetime, later: Sequence[datetime], wait: timedelta | None) -> timedelta | None:
    """Return how long after ``at`` a host was asked again, of the requests that followed, oldest
    first; None where none did.

    A capture tells when its request began, not when the answer came: the few that began before
    that were under way, and no one could hold them back. They are those before a pause as long as
    was asked for; where there is none, the first request counts.
    """
    before = at
    for next_at in later[:UNDER_WAY]:
        if wait is not None and next_at - before >= wait:
            return next_at - at
        before = next_at
    return later[0] - at if later else None


def _read_wait(
    db: sqlite3.Connection, root: Path, capture_id: int, at: datetime
) -> timedelta | None:
    """Return what a capture's Retry-After asks for; None where it says nothing, or is lost."""
    capture = load_capture(db, capture_id)
    if capture is None:
        return None
    try:
        http = http_of(read_record(root, capture))
    except (ArchiveError, OSError):
        return None  # `khobao verify` tells of it
    value = ((http.header("Retry-After") if http else None) or "").strip()
    if value.isascii() and value.isdigit():
        return timedelta(seconds=min(int(value[:9]), 10**8))
    try:
        instant = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return max(aware - at, timedelta(0))
