"""Rows of ``addresses`` and ``sightings``: what a paper announced, where, and what came of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from archive.index import changes
from archive.records import UNHEARD, WALLS, Capture, Link, Reading
from archive.urls import AddressError, canonical

GONE = (404, 410)
LISTS = ("category", "feed", "sitemap")
MET = ("robots", "trap")  # how reasons begin that no profile gave, but a crawl met
QUARANTINED = "quarantined: "  # how the reason of an address begins whose answer was a wall
NOT_WHOLE = "not whole: "  # ... whose answer did not come whole (records.UNHEARD)

_ANSWERED = "({0}.status IN (200, 203, 206, 404, 410) OR {0}.status BETWEEN 300 AND 399)"
_FAILED = (  # since the last answer, as _judge has it
    f"c.url = ? AND {_ANSWERED.format('c')} IS NOT TRUE AND NOT EXISTS (SELECT 1 FROM captures d "
    f"WHERE d.url = c.url AND d.captured_at >= c.captured_at AND {_ANSWERED.format('d')} AND "
    "(d.captured_at, d.warc_file, d.warc_offset) > (c.captured_at, c.warc_file, c.warc_offset))"
)


@dataclass(frozen=True, slots=True)
class Announced:
    """An address in its canonical spelling, with the link that announced it."""

    address: str
    link: Link
    skip: str | None = None  # why it will not be asked for, when that is known at once
    page: int = 1  # of a category: which of its pages the pager says it is


def announce(
    db: sqlite3.Connection,
    announced: Iterable[Announced],
    *,
    site: str,
    source: str,
    at: str,
    depth: int,
) -> int:
    """Note that ``source`` announced addresses at instant ``at``; return how many were unknown."""
    fresh = 0
    for item in announced:
        address_id, is_new = _note_address(db, item, site=site, at=at, depth=depth)
        fresh += is_new
        _note_sighting(db, address_id, item, source=source, at=at)
    return fresh


def _note_address(
    db: sqlite3.Connection, item: Announced, *, site: str, at: str, depth: int
) -> tuple[int, bool]:
    row = db.execute(
        "SELECT id, role, site, first_seen_at, state, reason FROM addresses WHERE url = ?",
        (item.address,),
    ).fetchone()
    if row:
        if row[4] == "skipped" and item.skip is None and not str(row[5]).startswith(MET):
            _take_up(db, row[0], item)
        db.execute(
            "UPDATE addresses SET last_seen_at = max(last_seen_at, ?), depth = min(depth, ?), "
            "first_seen_at = min(first_seen_at, ?) WHERE id = ?",
            (at, depth, at, row[0]),
        )
        if site != row[2] and (at, site) < (row[3], row[2]):
            _hand_over(db, row[0], item, site=site)
            changes.note_target(db, item.address)
        if item.link.role == "part":
            db.execute("UPDATE addresses SET role = 'part' WHERE id = ?", (row[0],))
        said = row[1] == "other" or (row[1] == item.link.role and item.page > 1)
        if said and item.link.role in LISTS:
            # A list's page 3 is any address to page 1, and what rel=next says to page 2.
            statement = "UPDATE addresses SET role = ?, page = max(page, ?) WHERE id = ?"
            db.execute(statement, (item.link.role, item.page, row[0]))
            changes.note_target(db, item.address)
        return int(row[0]), False
    cursor = db.execute(
        "INSERT INTO addresses (site, url, role, state, reason, depth, page, first_seen_at, "
        "last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(site, item.address, item.link.role),
            *("skipped" if item.skip else "announced", item.skip),
            *(depth, item.page, at, at),
        ),
    )
    if item.link.role in ("home", "category"):
        changes.note_target(db, item.address)
    return int(cursor.lastrowid or 0), True


def _take_up(db: sqlite3.Connection, address_id: int, item: Announced) -> None:
    """Let an address be asked for that an earlier profile had no use for: one that was mended
    knows it for what it is."""
    db.execute(
        "UPDATE addresses SET state = 'announced', reason = NULL, role = ?, page = ?, tries = 0 "
        "WHERE id = ?",
        (item.link.role, item.page, address_id),
    )
    if item.link.role in ("home", "category"):
        changes.note_target(db, item.address)


def _hand_over(db: sqlite3.Connection, address_id: int, item: Announced, *, site: str) -> None:
    """Give an address to the paper that announced it first.

    Two papers that are crawled together write two files, and a rebuild reads one after the
    other: who comes first must hang on when an address was announced, not on when it was read.
    """
    db.execute(
        "UPDATE addresses SET site = ?, role = ?, page = ?, "
        "reason = CASE WHEN state IN ('announced', 'skipped') THEN ? ELSE reason END, "
        "state = CASE WHEN state IN ('announced', 'skipped') THEN ? ELSE state END WHERE id = ?",
        (
            site,
            item.link.role,
            item.page,
            item.skip,
            "skipped" if item.skip else "announced",
            address_id,
        ),
    )


def _note_sighting(
    db: sqlite3.Connection, address_id: int, item: Announced, *, source: str, at: str
) -> None:
    link = item.link
    db.execute(
        "INSERT INTO sightings (address_id, channel, source, position, spelled, title, summary, "
        "date_raw, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (address_id, channel, source) DO UPDATE SET "
        "last_seen_at = max(last_seen_at, excluded.last_seen_at), dropped_at = NULL, "
        "title = coalesce(excluded.title, title), summary = coalesce(excluded.summary, summary), "
        "date_raw = coalesce(excluded.date_raw, date_raw)",
        (
            *(address_id, link.channel, source, link.position),
            link.url if link.url != item.address else None,
            *(link.title, link.summary, link.date_raw, at, at),
        ),
    )


def note_capture(
    db: sqlite3.Connection, capture: Capture, at: str, *, url: str | None = None
) -> None:
    """Write down at its address (``url``, else the capture's own) what came of asking for it.

    What came last says how it stands, by the instant, then by file and byte: two papers may ask for
    one front page at once, and a rebuild reads their files one after the other. Failures are
    counted once a crawl, which asks up to three times: an outage of a weekend is two.
    """
    address_id = find_address(db, url or capture.url)
    if address_id is None:
        return
    state, reason = _judge(capture)
    failed = state == "failed"
    if _is_earlier(db, address_id, capture, at):
        _note_earlier(db, address_id, capture, None if failed else at)
        return
    db.execute(
        "UPDATE addresses SET state = ?, reason = ?, capture_id = ?, "
        "fetched_at = CASE WHEN ? THEN fetched_at ELSE ? END, "
        "tries = CASE WHEN ? THEN max(1, tries + (capture_id IS NOT ? AND NOT EXISTS "
        f"(SELECT 1 FROM captures c WHERE {_FAILED} AND c.id <> ? AND c.crawl_id IS ?))) "
        "ELSE 0 END WHERE id = ?",
        (
            *(state, reason, capture.id, failed, at, failed, capture.id),
            *(capture.url, capture.id, capture.crawl_id, address_id),
        ),
    )


def _is_earlier(db: sqlite3.Connection, address_id: int, capture: Capture, at: str) -> bool:
    """Say whether an address had an answer after a capture."""
    last = db.execute(
        "SELECT c.captured_at, c.warc_file, c.warc_offset FROM addresses a "
        "JOIN captures c ON c.id = a.capture_id WHERE a.id = ?",
        (address_id,),
    ).fetchone()
    return last is not None and (at, capture.place.file, capture.place.offset) < last


def _note_earlier(
    db: sqlite3.Connection, address_id: int, capture: Capture, answered_at: str | None
) -> None:
    """Write down what an earlier capture says of an address: when it last answered, and in how many
    crawls it has failed since."""
    if answered_at is not None:
        db.execute(
            "UPDATE addresses SET fetched_at = max(coalesce(fetched_at, ''), ?) WHERE id = ?",
            (answered_at, address_id),
        )
    db.execute(
        "UPDATE addresses SET tries = max(1, (SELECT count(DISTINCT c.crawl_id) FROM captures c "
        f"WHERE {_FAILED})) WHERE id = ? AND state = 'failed' "
        "AND reason NOT LIKE ? AND reason NOT LIKE ?",
        (capture.url, address_id, f"{QUARANTINED}%", f"{NOT_WHOLE}%"),
    )


def _judge(capture: Capture) -> tuple[str, str | None]:
    if capture.status is None:
        return "failed", capture.failure or "no answer"
    if capture.status in GONE:
        return "gone", f"http {capture.status}"
    if capture.status in (200, 203, 206, 304):
        return "fetched", None
    if 300 <= capture.status < 400:
        return "fetched", f"http {capture.status} to {capture.location or 'nowhere'}"
    return "failed", f"http {capture.status}"


def note_reading(db: sqlite3.Connection, capture: Capture, url: str, reading: Reading) -> None:
    """Write down at an address that nothing of what it holds came of its last answer: a wall
    (records.WALLS), or an article's page that did not come whole. It is then asked for again as
    one that failed; a reading of another kind takes such a note back."""
    if reason := _find_fault(reading):
        db.execute(
            "UPDATE addresses SET state = 'failed', reason = ?, tries = max(tries, ?) "
            "WHERE url = ? AND capture_id = ?",
            (reason, _count_faults(db, capture, reading), url, capture.id),
        )
    else:
        db.execute(
            "UPDATE addresses SET state = 'fetched', reason = NULL, tries = 0 "
            "WHERE url = ? AND capture_id = ? AND state = 'failed' AND "
            "(reason LIKE ? OR reason LIKE ?)",
            (url, capture.id, f"{QUARANTINED}%", f"{NOT_WHOLE}%"),
        )
        if capture.status in (200, 203):
            led = reading.onward and f"http {capture.status} to {reading.onward}"
            db.execute(
                "UPDATE addresses SET reason = ? WHERE url = ? AND capture_id = ? "
                "AND state = 'fetched' AND coalesce(reason, 'http 200 to ') LIKE 'http 20_ to %'",
                (led, url, capture.id),
            )


def _find_fault(reading: Reading) -> str | None:
    if reading.impostor in WALLS:
        return f"{QUARANTINED}{reading.impostor}"
    if reading.status in UNHEARD and reading.role == "article":
        return f"{NOT_WHOLE}{reading.status}"
    return None


def _count_faults(db: sqlite3.Connection, capture: Capture, reading: Reading) -> int:
    """Count the crawls in which an address has not answered whole, so that asking has an end;
    walls are asked again for as long as they stand."""
    if reading.impostor in WALLS:
        return 1
    row = db.execute(
        "SELECT count(DISTINCT c.crawl_id) FROM captures c JOIN readings r ON r.capture_id = c.id "
        f"WHERE c.url = ? AND r.status IN ({','.join('?' * len(UNHEARD))}) AND c.id <= ?",
        (capture.url, *sorted(UNHEARD), capture.id),
    ).fetchone()
    return max(int(row[0]), 1)


def skip_addresses(db: sqlite3.Connection, skips: Iterable[tuple[str, str]]) -> None:
    """Mark addresses as not to be asked for, with the reason; what was fetched stays so."""
    db.executemany(
        "UPDATE addresses SET state = 'skipped', reason = ? "
        "WHERE url = ? AND state NOT IN ('fetched', 'gone')",
        [(reason, url) for url, reason in skips],
    )


def drop_sightings(db: sqlite3.Connection, source: str, urls: Iterable[str], at: str) -> None:
    """Note that a sitemap no longer names addresses."""
    db.executemany(
        "UPDATE sightings SET dropped_at = ? WHERE source = ? AND channel = 'sitemap' "
        "AND address_id = (SELECT id FROM addresses WHERE url = ?)",
        [(at, source, url) for url in urls],
    )


def find_address(db: sqlite3.Connection, url: str) -> int | None:
    """Return the id of an address in any spelling that folds everywhere, or None."""
    try:
        folded = canonical(url)
    except AddressError:
        return None
    row = db.execute("SELECT id FROM addresses WHERE url = ?", (folded,)).fetchone()
    return int(row[0]) if row else None
