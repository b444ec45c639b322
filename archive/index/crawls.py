"""Rows of ``sites``, ``crawls`` and ``warc_files``: who was crawled, when, what is indexed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from archive.events import dump

SITE_FIELDS = (
    *("site", "title", "home", "domain", "region", "province", "language", "timezone"),
    *("platform", "profile", "merged_into"),
)


def note_site(db: sqlite3.Connection, site: Mapping[str, Any]) -> None:
    """Store what the newest profile says of a newspaper."""
    names = ", ".join(SITE_FIELDS)
    marks = ", ".join(f":{name}" for name in SITE_FIELDS)
    changed = ", ".join(f"{name} = excluded.{name}" for name in SITE_FIELDS[1:])
    db.execute(
        f"INSERT INTO sites ({names}) VALUES ({marks}) ON CONFLICT (site) DO UPDATE SET {changed}",
        {name: site.get(name) for name in SITE_FIELDS},
    )


def start_crawl(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Open the row of a crawl; one that is there already is left alone."""
    note_site(db, data["site"])
    db.execute(
        "INSERT OR IGNORE INTO crawls (crawl_id, site, started_at, software, profile) "
        "VALUES (?, ?, ?, ?, ?)",
        (
            *(data["crawl_id"], data["site"]["site"], data["started_at"]),
            *(data["software"], data["site"]["profile"]),
        ),
    )


def end_crawl(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Close the row of a crawl."""
    db.execute(
        "UPDATE crawls SET ended_at = ?, outcome = ?, counts = ?, problems = ?, notes = ? "
        "WHERE crawl_id = ?",
        (
            *(data["ended_at"], data["outcome"], dump(data["counts"])),
            *(dump(data["problems"]), dump(data.get("notes", [])), data["crawl_id"]),
        ),
    )


def note_file(
    db: sqlite3.Connection, file: str, *, site: str | None, crawl_id: str | None, committed: int
) -> None:
    """Say that the records of ``file`` before byte ``committed`` are in this index."""
    db.execute(
        "INSERT INTO warc_files (warc_file, site, crawl_id, committed) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (warc_file) DO UPDATE SET committed = max(committed, excluded.committed), "
        "site = coalesce(site, excluded.site), crawl_id = coalesce(crawl_id, excluded.crawl_id)",
        (file, site, crawl_id, committed),
    )
