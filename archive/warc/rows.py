"""The index held against the files: each row of ``captures`` must be what its record says."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive.digests import check
from archive.errors import DigestError
from archive.records import Place
from archive.warc.event import print_date
from archive.warc.fields import MEDIA_TYPE, parse_fields
from archive.warc.http import http_of
from archive.warc.record import Record, bracket

COLUMNS = (
    "id, url, kind, captured_at, status, warc_file, warc_offset, warc_length, record_id, "
    "payload_digest, payload_length, truncated"
)
CAPTURED = frozenset(("response", "revisit", "resource"))


@dataclass(frozen=True, slots=True)
class Row:
    """The columns of ``captures`` that a record can prove."""

    id: int
    url: str
    kind: str
    captured_at: str
    status: int | None
    place: Place
    record_id: str
    payload_digest: str | None
    payload_length: int | None
    truncated: str | None


class Rows:
    """The ``captures`` table of an index, read only. Every method may raise sqlite3.Error."""

    def __init__(self, path: Path) -> None:
        self._db = open_index(path)
        self._last = self._db.execute("SELECT max(id) FROM captures").fetchone()[0] or 0

    @property
    def count(self) -> int:
        """How many rows there are."""
        return int(self._db.execute("SELECT count(*) FROM captures").fetchone()[0])

    def committed(self) -> dict[str, int]:
        """Up to which byte each file is indexed."""
        return dict(self._db.execute("SELECT warc_file, committed FROM warc_files"))

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()

    def find(self, file: str, offset: int, record_id: str) -> Row | None:
        """The row of a record."""
        found = self._select(
            "WHERE warc_file = ? AND warc_offset = ? AND record_id = ?", (file, offset, record_id)
        )
        return next(found, None)

    def walk(self, since: datetime | None = None) -> Iterator[Row]:
        """Every row captured since an instant, in the order of the files; not those that a
        running crawl has added since the index was opened."""
        return self._select(
            "WHERE captured_at >= ? AND id <= ? ORDER BY warc_file, warc_offset",
            (print_date(since) if since else "", self._last),
        )

    def sample(self, count: int, since: datetime | None = None, *, seed: int = 0) -> list[Row]:
        """Up to ``count`` rows since an instant, drawn by ``seed``, in the order of their ids."""
        ids = [
            row[0]
            for row in self._db.execute(
                "SELECT id FROM captures WHERE captured_at >= ? ORDER BY id",
                (print_date(since) if since else "",),
            )
        ]
        chosen = sorted(random.Random(seed).sample(ids, min(count, len(ids))))
        return [row for one in chosen for row in self._select("WHERE id = ?", (one,))]

    def _select(self, where: str, values: tuple[object, ...]) -> Iterator[Row]:
        for found in self._db.execute(f"SELECT {COLUMNS} FROM captures {where}", values):
            identity, url, kind, captured_at, status, file, offset, length, *rest = found
            place = Place(file, offset, length)
            yield Row(identity, url, kind, captured_at, status, place, *rest)


def open_index(path: Path) -> sqlite3.Connection:
    """A connection that only reads. Raises sqlite3.Error.

    SQLite wants to make a file beside a WAL index even to read it. Where that is refused (a disk
    that is mounted read only) and no log is there, the index is opened as one that nobody changes.
    """
    address = f"{path.resolve().as_uri()}?mode=ro"
    db = sqlite3.connect(address, uri=True, timeout=30)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        db.close()
        if not path.is_file() or path.with_name(path.name + "-wal").exists():
            raise
        db = sqlite3.connect(address + "&immutable=1", uri=True)
    return db


def is_capture(record: Record) -> bool:
    """Whether the index must have a row for this record."""
    if record.type in CAPTURED:
        return True
    if record.type != "metadata" or record.header("Content-Type") != MEDIA_TYPE:
        return False
    return any(name == "error" for name, _ in parse_fields(record.block))


def compare_row(row: Row, record: Record) -> Iterator[str]:
    """In words, each column that is not what the record says."""
    if bracket(row.record_id) != bracket(record.id):
        yield f"record_id is {row.record_id}, the record is {record.id}"
        return
    kind = record.type if record.type in CAPTURED else "failure"
    http = http_of(record)
    pairs: list[tuple[str, object, object]] = [
        ("kind", row.kind, kind),
        ("url", row.url, record.url or ""),
        ("status", row.status, http.status if http else None),
    ]
    if kind != "revisit":
        pairs.append(("truncated", row.truncated, record.header("WARC-Truncated")))
    for name, mine, its in pairs:
        if mine != its:
            yield f"{name} is {mine!r}, the record says {its!r}"
    if not same_instant(row.captured_at, record.date):
        yield f"captured_at is {row.captured_at!r}, the record says {record.date!r}"
    yield from compare_payload(row, record, http.payload if http else record.block)


def compare_payload(row: Row, record: Record, payload: bytes) -> Iterator[str]:
    """In words, where digest and length of the payload are not those of the stored bytes."""
    if record.type == "revisit":
        if row.payload_digest != record.header("WARC-Payload-Digest"):
            yield "payload_digest is not the one of the revisit record"
        return
    if row.payload_length is not None and row.payload_length != len(payload):
        yield f"payload_length is {row.payload_length}, the record has {len(payload)}"
    try:
        if row.payload_digest is not None and not check(row.payload_digest, payload):
            yield "payload_digest is not that of the stored payload"
    except DigestError as error:
        yield error.what


def same_instant(first: str, second: str) -> bool:
    """Whether two spellings name the same instant."""
    try:
        return datetime.fromisoformat(first) == datetime.fromisoformat(second)
    except (ValueError, TypeError):
        return first == second
