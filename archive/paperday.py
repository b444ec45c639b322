"""On which day of the paper's own calendar an instant lies.

A nightly run at 03:15 in Hanoi is 20:15 of the day before in UTC: counted in UTC, what a run sees
first would stand under the wrong day every night.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from archive.instants import from_text


def find_zone(db: sqlite3.Connection, site: str) -> tzinfo:
    """Return a paper's time zone as its newest crawl noted it; UTC where none was noted."""
    row = db.execute("SELECT timezone FROM sites WHERE site = ?", (site,)).fetchone()
    return name_zone(row[0] if row else None)


def name_zone(name: str | None) -> tzinfo:
    """Return the zone of an IANA name, UTC for none and for one that this machine has not."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def read_day(instant: str, zone: tzinfo) -> date:
    """Return the paper's day of an instant of the index. Raises ValueError for what is none."""
    return from_text(instant).astimezone(zone).date()
