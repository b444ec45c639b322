"""The page that a capture holds: its record and its bytes, with and without content coding."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path

import brotli

from archive.errors import DamageError
from archive.index.captures import load_capture
from archive.records import Capture, Place
from archive.warc.http import StoredHttp, http_of
from archive.warc.reader import Found, iterate, read_at
from archive.warc.record import Record

MAX_BYTES = 100 * 2**20  # of one page unpacked, so that `show` of a gzip bomb ends


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A capture, the capture that has its bytes (itself, unless it is a revisit), its record."""

    capture: Capture
    holder: Capture
    record: Record
    http: StoredHttp | None

    @property
    def payload(self) -> bytes:
        """The body without transfer coding, with its content coding."""
        return self.http.payload if self.http else self.record.block

    @property
    def content(self) -> bytes:
        """The body without its content codings; as stored where they can not be undone."""
        coding = (self.http.header("Content-Encoding") if self.http else None) or ""
        return decode_content(self.payload, coding)


def open_page(db: sqlite3.Connection, root: Path, capture_id: int) -> StoredPage:
    """Return the page of a capture; a revisit leads to the bytes it stands for.

    Raises DamageError when they are not where the index says.
    """
    capture = load_capture(db, capture_id)
    if capture is None:
        raise DamageError("index.db", 0, f"no capture {capture_id}", "run `khobao rebuild`")
    holder = load_capture(db, capture.refers_to) if capture.refers_to else capture
    if holder is None:
        raise DamageError("index.db", 0, f"no capture {capture.refers_to}", "run `khobao rebuild`")
    record = read_record(root, holder)
    return StoredPage(capture, holder, record, http_of(record))


def read_record(root: Path, capture: Capture) -> Record:
    """Return a capture's record, also out of a file that is one gzip member as a whole."""
    if capture.place.length:
        return read_at(root, capture.place)
    return _search(root, capture.place, capture.record_id)


def _search(root: Path, place: Place, record_id: str) -> Record:
    for item in iterate(root / place.file, start=place.offset):
        if isinstance(item, Found) and item.record.id == record_id:
            return item.record
    raise DamageError(
        place.file, place.offset, f"no record {record_id} from here on", "run `khobao verify`"
    )


def decode_content(payload: bytes, coding: str) -> bytes:
    """Undo the content codings gzip, deflate and br (RFC 9110, 8.4), the last one first."""
    for name in reversed([part.strip().lower() for part in coding.split(",") if part.strip()]):
        decoded = _decode_one(payload, name)
        if decoded is None:
            return payload
        payload = decoded
    return payload


def _decode_one(payload: bytes, name: str) -> bytes | None:
    if name == "identity":
        return payload
    if name == "br":
        try:
            return bytes(brotli.decompress(payload))
        except brotli.error:
            return None
    if name not in ("gzip", "x-gzip", "deflate"):
        return None
    for bits in (47, -15):  # gzip or zlib by their heads; deflate as some servers send it, bare
        try:
            return zlib.decompressobj(bits).decompress(payload, MAX_BYTES)
        except zlib.error:
            continue
    return None
