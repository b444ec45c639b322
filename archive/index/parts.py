"""Rows of ``parts``: the further pages of an article, as the reading of its first page names them.

The first page's reading holds the text of all pages, so an article has one capture as before, and
``parts`` cites the others. The address of a further page has the role ``part``: it is no article
whoever announces it, is asked for with its first page alone, and counts as nothing that is missing.
Rejected: an article row of its own for each page (half texts pass for articles), an address with
the article's number (every count of addresses would have to know better), a column of JSON in
``versions`` (SQL could not join it with captures).
"""

from __future__ import annotations

import sqlite3

from archive.index import addresses, captures
from archive.index.addresses import Announced
from archive.instants import to_text
from archive.records import Capture, Link, Part, Reading


def has_parts(db: sqlite3.Connection, capture_id: int) -> bool:
    """Say whether a capture was read as the first of several pages of an article."""
    row = db.execute("SELECT 1 FROM parts WHERE capture_id = ? LIMIT 1", (capture_id,)).fetchone()
    return row is not None


def lacks_parts(db: sqlite3.Connection, capture_id: int) -> bool:
    """Say whether a page that the reading of a capture names is not in its text."""
    row = db.execute(
        "SELECT 1 FROM parts WHERE capture_id = ? AND part_id IS NULL LIMIT 1", (capture_id,)
    ).fetchone()
    return row is not None


def find_lacking(db: sqlite3.Connection, site: str, tries: int) -> list[str]:
    """Return the first pages of articles of which a further page never answered, and failed fewer
    than ``tries`` times."""
    rows = db.execute(
        "SELECT DISTINCT coalesce(r.address, c.url) FROM addresses d JOIN parts p ON p.url = d.url "
        "JOIN captures c ON c.id = p.capture_id JOIN readings r ON r.capture_id = c.id "
        "WHERE d.site = ? AND d.role = 'part' AND d.state IN ('announced', 'failed') "
        "AND d.tries < ? AND p.part_id IS NULL ORDER BY 1",
        (site, tries),
    )
    return [url for (url,) in rows]


def note_parts(
    db: sqlite3.Connection, capture: Capture, reading: Reading, *, address: str, depth: int
) -> None:
    """Write down the further pages that the reading of ``capture`` names, in place of those that
    an earlier one named; of a reading of such a page, that its address is one."""
    db.execute("DELETE FROM parts WHERE capture_id = ?", (capture.id,))
    if reading.role == "part" and address != reading.first:
        db.execute("UPDATE addresses SET role = 'part' WHERE url = ?", (address,))
    at = to_text(capture.captured_at)
    links = [
        Announced(part.url, Link(part.url, "part", position, "part"))
        for position, part in enumerate(reading.parts)
    ]
    addresses.announce(db, links, site=capture.site, source=capture.url, at=at, depth=depth)
    for part in reading.parts:
        found = _find_capture(db, part)
        db.execute(
            "INSERT OR IGNORE INTO parts (capture_id, number, url, part_id, why) "
            "VALUES (?, ?, ?, ?, ?)",
            (capture.id, part.number, part.url, found.id if found else None, part.why),
        )
        if found is not None:
            _note_answer(db, part.url, found)


def _find_capture(db: sqlite3.Connection, part: Part) -> Capture | None:
    place = None if part.file is None else {"file": part.file, "offset": part.offset}
    if part.record_id is None and place is None:
        return None
    return captures.find_referred(db, part.record_id, place)


def _note_answer(db: sqlite3.Connection, url: str, capture: Capture) -> None:
    """Let an address know of its capture that was indexed before the address was known."""
    row = db.execute(
        "SELECT 1 FROM addresses WHERE url = ? AND capture_id IS NULL", (url,)
    ).fetchone()
    if row:
        addresses.note_capture(db, capture, to_text(capture.captured_at), url=url)
