"""Rows of ``captures``: where each exchange lies and what the wire said of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin

from archive.digests import sha256_of
from archive.index.rows import insert
from archive.instants import from_text, to_text
from archive.records import Capture, CaptureKind, Place
from archive.warc.http import StoredHttp, http_of
from archive.warc.record import Record

COLUMNS = (
    "id, site, url, kind, captured_at, warc_file, warc_offset, warc_length, record_id, crawl_id, "
    "method, status, mime, payload_digest, payload_length, truncated, refers_to, etag, "
    "last_modified, location, ip, failure"
)

REDIRECTS = (300, 301, 302, 303, 307, 308)
"""Statuses whose Location is where a reader is sent (RFC 9110, 15.4)."""


def add_capture(
    db: sqlite3.Connection, record: Record, place: Place, *, site: str, crawl_id: str | None
) -> Capture:
    """Insert the row of a response, revisit, resource or failure record and return it.

    A record that is indexed already is returned as it stands.
    """
    known = find_record(db, record.id, place)
    if known:
        return known
    http = http_of(record) if record.type in ("response", "revisit") else None
    row = {
        "site": site,
        "crawl_id": crawl_id,
        "url": record.url or "",
        "kind": _kind(record),
        "captured_at": to_text(from_text(record.date)),
        "warc_file": place.file,
        "warc_offset": place.offset,
        "warc_length": place.length,
        "record_id": record.id,
        "truncated": None if record.type == "revisit" else record.header("WARC-Truncated"),
        "ip": record.header("WARC-IP-Address"),
        **_payload(record, http),
        **_said(record.url or "", http),
    }
    if record.type == "revisit":
        row["refers_to"] = _find_original(db, record)
        row["refers_record"] = record.header("WARC-Refers-To")
    row["failure"] = _failure(record) if row["kind"] == "failure" else None
    number = insert(db, "captures", row)
    if record.type == "response":
        _give_to_waiting(db, number, record.id)
    capture = load_capture(db, number)
    assert capture is not None
    return capture


def _give_to_waiting(db: sqlite3.Connection, number: int, record_id: str) -> None:
    """Let revisits that came before their original name it.

    Two papers' files are written side by side and indexed one after the other, so a rebuild may
    meet a revisit of one paper's bytes by the other before the bytes.
    """
    db.execute(
        "UPDATE captures SET refers_to = ? WHERE refers_record = ? AND refers_to IS NULL",
        (number, record_id),
    )


def load_capture(db: sqlite3.Connection, capture_id: int) -> Capture | None:
    """Return the capture of an id, or None."""
    row = db.execute(f"SELECT {COLUMNS} FROM captures WHERE id = ?", (capture_id,)).fetchone()
    return _capture(row) if row else None


def note_onward(db: sqlite3.Connection, capture: Capture, onward: str | None) -> Capture:
    """Note where a page sends its reader, as its reading says, and return the capture so: to the
    index it is a redirect like those of HTTP. A later reading may take it back."""
    if capture.status in REDIRECTS or capture.location == onward:
        return capture
    db.execute("UPDATE captures SET location = ? WHERE id = ?", (onward, capture.id))
    return replace(capture, location=onward)


def find_record(db: sqlite3.Connection, record_id: str, place: Place) -> Capture | None:
    """Return the capture whose record lies at ``place`` under ``record_id``, or None."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM captures WHERE warc_file = ? AND warc_offset = ? AND record_id = ?",
        (place.file, place.offset, record_id),
    ).fetchone()
    return _capture(row) if row else None


def find_referred(
    db: sqlite3.Connection, record_id: str | None, place: Mapping[str, Any] | None
) -> Capture | None:
    """Return the capture that one of our events speaks of: by record id, or by its place where
    a foreign record has no id of its own, or one that several records share."""
    if place:
        row = db.execute(
            f"SELECT {COLUMNS} FROM captures WHERE warc_file = ? AND warc_offset = ? "
            "AND record_id = coalesce(?, record_id)",
            (place["file"], place["offset"], record_id),
        ).fetchone()
    else:
        row = db.execute(
            f"SELECT {COLUMNS} FROM captures WHERE record_id = ? ORDER BY id DESC", (record_id,)
        ).fetchone()
    return _capture(row) if row else None


def find_payload(db: sqlite3.Connection, digest: str, url: str) -> Capture | None:
    """Return the whole response that holds a payload, of the same address if there is one.

    A response with chunk framing counts for its own address only: pywb 2.10 looks a revisit of
    another address up by the digest of the framing and finds nothing.
    """
    row = db.execute(
        f"SELECT {COLUMNS} FROM captures WHERE payload_digest = ? AND kind = 'response' "
        "AND truncated IS NULL AND (url = ? OR NOT chunked) ORDER BY url <> ?, id LIMIT 1",
        (digest, url, url),
    ).fetchone()
    return _capture(row) if row else None


def find_latest(db: sqlite3.Connection, url: str) -> Capture | None:
    """Return the newest capture of ``url`` that a 304 can refer to: a whole 200 response, or the
    response that a revisit stands for."""
    row = db.execute(
        "SELECT coalesce(refers_to, id) FROM captures WHERE url = ? AND status IN (200, 304) "
        "AND truncated IS NULL AND (kind = 'response' OR refers_to IS NOT NULL) "
        "ORDER BY captured_at DESC, id DESC LIMIT 1",
        (url,),
    ).fetchone()
    return load_capture(db, row[0]) if row else None


def _kind(record: Record) -> CaptureKind:
    match record.type:
        case "response" | "revisit" | "resource":
            return record.type
        case _:
            return "failure"


def _payload(record: Record, http: StoredHttp | None) -> dict[str, object]:
    if record.type == "revisit":
        return {"payload_digest": record.header("WARC-Payload-Digest"), "payload_length": None}
    if record.type == "metadata":
        return {"payload_digest": None, "payload_length": None}
    payload = http.payload if http else record.block
    return {"payload_digest": sha256_of(payload), "payload_length": len(payload)}


def _said(url: str, http: StoredHttp | None) -> dict[str, object]:
    if http is None:
        return {}
    fields: dict[str, str] = {}
    for name, value in http.headers:
        fields.setdefault(name.lower(), value.strip())
    mime = fields.get("content-type", "").split(";")[0].strip().lower()
    return {
        "status": http.status,
        "chunked": int(http.chunked),
        "mime": mime or None,
        "etag": fields.get("etag"),
        "last_modified": fields.get("last-modified"),
        "location": _resolve(url, fields.get("location")) if http.status in REDIRECTS else None,
        "x_robots_tag": fields.get("x-robots-tag"),
    }


def _resolve(url: str, location: str | None) -> str | None:
    if not location:
        return None
    try:
        # Header bytes are latin-1 here; servers mean UTF-8 (RFC 9110 5.5 leaves it open).
        return urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
    except (ValueError, UnicodeEncodeError):
        return None


def _failure(record: Record) -> str:
    for line in record.block.decode("utf-8", "replace").splitlines():
        name, _, value = line.partition(":")
        if name.strip().lower() == "error":
            return value.strip()
    return "unknown"


def _find_original(db: sqlite3.Connection, record: Record) -> int | None:
    """Find what a revisit stands for: by record id, else by address and instant (5.11, 5.12)."""
    referred = record.header("WARC-Refers-To")
    if referred:
        row = db.execute(
            "SELECT id FROM captures WHERE record_id = ? AND kind = 'response' ORDER BY id",
            (referred,),
        ).fetchone()
        if row:
            return int(row[0])
    url = record.header("WARC-Refers-To-Target-URI") or record.url
    date = record.header("WARC-Refers-To-Date")
    if date:
        row = db.execute(
            "SELECT id FROM captures WHERE url = ? AND captured_at = ? AND kind = 'response'",
            (url, to_text(from_text(date))),
        ).fetchone()
        if row:
            return int(row[0])
    return None


def _capture(row: tuple[object, ...]) -> Capture:
    (identity, site, url, kind, captured_at, file, offset, length, record_id, *rest) = row
    names = COLUMNS.replace("\n", " ").split(", ")[9:]
    fields = dict(zip(names, rest, strict=True))
    return Capture(
        id=identity,  # type: ignore[arg-type]
        site=site,  # type: ignore[arg-type]
        url=url,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        captured_at=from_text(str(captured_at)),
        place=Place(str(file), int(str(offset)), int(str(length))),
        record_id=str(record_id),
        **fields,  # type: ignore[arg-type]
    )
