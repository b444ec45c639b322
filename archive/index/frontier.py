"""Rows of ``frontier``: the addresses that the running crawl still has to ask for.

An address leaves in the commit that stores its capture (capture.md, law 3), so a crash repeats a
fetch and never loses one. The table is the one thing `khobao rebuild` does not make again: the
next crawl fills it from ``addresses``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.records import Role

# Tasks of a backfill lie in a band of their own, so that it takes none of what a crawl left, and a
# crawl nothing of a backfill's. Papers' priorities lie between -9,100 (a category's page 10,000,
# asked twice) and 1,000.
FLOOR = 10_000
BAND = 20_000
LEAST = -FLOOR


@dataclass(frozen=True, slots=True)
class Task:
    """An address to ask for, and what is known of it."""

    address_id: int
    url: str
    role: Role
    depth: int
    page: int
    tries: int
    priority: int


def push(
    db: sqlite3.Connection,
    site: str,
    urls: Iterable[str],
    priority: int,
    *,
    again: bool = False,
    parts: bool = False,
) -> int:
    """Add addresses that are to be asked for; return how many were added.

    Only addresses that were never answered are added, unless ``again``. One that is there keeps
    the larger priority. A further page of an article is asked for with the first alone, whoever
    announces it: ``parts``.
    """
    states = "('announced', 'failed')"
    if again:
        states = "('announced', 'failed', 'fetched', 'gone', 'skipped')"
    added = 0
    for url in urls:
        cursor = db.execute(
            "INSERT INTO frontier (address_id, site, priority) "
            f"SELECT id, ?, ? FROM addresses WHERE url = ? AND state IN {states} "
            "AND (role = 'part') = ? "
            "ON CONFLICT (address_id) DO UPDATE SET priority = max(priority, excluded.priority)",
            (site, priority, url, parts),
        )
        added += cursor.rowcount
    return added


def take(
    db: sqlite3.Connection,
    site: str,
    now: str,
    *,
    limit: int,
    but: Iterable[int] = (),
    least: int = LEAST,
) -> list[Task]:
    """Return the next tasks of a site, best first; they stay in the table until ``leave``.

    Only those whose priority is ``least`` or more.
    """
    excluded = ",".join(str(int(i)) for i in but)
    rows = db.execute(
        "SELECT f.address_id, a.url, a.role, a.depth, a.page, f.tries, f.priority "
        "FROM frontier f JOIN addresses a ON a.id = f.address_id "
        "WHERE f.site = ? AND (f.not_before IS NULL OR f.not_before <= ?) "
        f"AND f.priority >= ? AND f.address_id NOT IN ({excluded}) "
        "ORDER BY f.priority DESC, f.address_id LIMIT ?",
        (site, now, least, limit),
    )
    return [Task(*row) for row in rows]


def count(db: sqlite3.Connection, site: str, least: int = LEAST) -> int:
    """Return how many addresses of a site wait whose priority is ``least`` or more."""
    query = "SELECT count(*) FROM frontier WHERE site = ? AND priority >= ?"
    return int(db.execute(query, (site, least)).fetchone()[0])


def waits(db: sqlite3.Connection, url: str, least: int = LEAST) -> bool:
    """Say whether an address waits, with priority ``least`` or more."""
    query = (
        "SELECT 1 FROM frontier f JOIN addresses a ON a.id = f.address_id "
        "WHERE a.url = ? AND f.priority >= ?"
    )
    return db.execute(query, (url, least)).fetchone() is not None


def leave(db: sqlite3.Connection, address_id: int) -> None:
    """Take an address out: it was answered, or given up for this crawl."""
    db.execute("DELETE FROM frontier WHERE address_id = ?", (address_id,))


def postpone(db: sqlite3.Connection, address_id: int, not_before: str, priority: int) -> None:
    """Let an address wait for another try."""
    db.execute(
        "UPDATE frontier SET tries = tries + 1, not_before = ?, priority = ? WHERE address_id = ?",
        (not_before, priority, address_id),
    )


def hold(db: sqlite3.Connection, address_id: int, not_before: str) -> None:
    """Let an address wait without counting a try: its host asked for time."""
    db.execute("UPDATE frontier SET not_before = ? WHERE address_id = ?", (not_before, address_id))


def wake(db: sqlite3.Connection, site: str) -> None:
    """Make what an earlier run left ready at once, its tries counted anew.

    Left it must be: that a known article is to be asked for again stands nowhere else. What a
    backfill left goes: it stands in ``addresses`` and ``walks``, and the next backfill finds it.
    So do articles' further pages: the first, unread, asks for them again.
    """
    db.execute(
        "DELETE FROM frontier WHERE site = ? AND (priority >= ? OR address_id IN "
        "(SELECT id FROM addresses WHERE role = 'part'))",
        (site, FLOOR),
    )
    db.execute("UPDATE frontier SET tries = 0, not_before = NULL WHERE site = ?", (site,))
