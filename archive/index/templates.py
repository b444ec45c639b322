"""Rows of ``templates``: which lines many pages of a site share, as they were learned.

The archive keeps what was learned and when; how lines are signed and cut is the reader's business
(crawler/read/template.py). An event that is applied twice makes one row.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.events import dump
from archive.index.rows import insert

COLUMNS = (
    *("site", "learned_at", "digest", "pages", "first_on", "last_on", "extractor", "profile"),
    "survey",
)


@dataclass(frozen=True, slots=True)
class Learned:
    """One row: ``lines`` are (signature, articles that carry it, first words)."""

    site: str
    learned_at: str
    digest: str
    pages: int
    first_on: str | None
    last_on: str | None
    extractor: str
    profile: str
    survey: str
    lines: tuple[tuple[str, int, str], ...]


def note_template(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Take in an event of kind ``template``."""
    key = (data["site"], data["learned_at"])
    db.execute("DELETE FROM templates WHERE site = ? AND learned_at = ?", key)
    row = {name: data.get(name) for name in COLUMNS}
    insert(db, "templates", {**row, "lines": dump(data["lines"])})


def find_template(db: sqlite3.Connection, site: str, profile: str | None = None) -> Learned | None:
    """The template of a site that was learned last (with ``profile``, if given), or None."""
    row = db.execute(
        f"SELECT {', '.join(COLUMNS)}, lines FROM templates WHERE site = ? "
        "AND profile = coalesce(?, profile) ORDER BY learned_at DESC LIMIT 1",
        (site, profile),
    ).fetchone()
    if row is None:
        return None
    lines = tuple((sign, int(count), words) for sign, count, words in json.loads(row[-1]))
    return Learned(**dict(zip(COLUMNS, row[:-1], strict=True)), lines=lines)
