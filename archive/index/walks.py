"""Rows of ``walks``: how far a backfill has walked each list of a paper."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

FIELDS = ("list", "from", "to", "page", "address", "newest", "oldest", "ended", "at")


def note_walk(db: sqlite3.Connection, data: Mapping[str, Any], *, site: str) -> None:
    """Note that a page of a list was walked; a page that is walked again gets its newest row."""
    values = [data.get(name) for name in FIELDS]
    db.execute(
        "INSERT INTO walks (site, list, from_on, to_on, page, url, newest_on, oldest_on, ended, "
        "walked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (site, list, from_on, to_on, page) DO UPDATE SET url = excluded.url, "
        "newest_on = excluded.newest_on, oldest_on = excluded.oldest_on, "
        "ended = excluded.ended, walked_at = excluded.walked_at",
        (site, *values),
    )
