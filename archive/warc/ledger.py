"""What was read while verifying, kept so that records can be held against each other.

A temporary SQLite database (its own file, gone with the process): two million records are more
than memory should hold, and "which record is named but not there" is one query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from archive.digests import sha256_of
from archive.warc.http import http_of
from archive.warc.reader import Found
from archive.warc.record import Record, bracket

Breach = tuple[str, int, str, str]
"""File, offset, code, words."""

TABLES = """
CREATE TABLE records (file, offset, id, type, own, url, date, payload, profile,
                      refers_to, refers_url, refers_date, digest, stop);
CREATE INDEX records_id ON records (id);
CREATE INDEX records_place ON records (file, offset);
CREATE INDEX records_stop ON records (file, stop);
CREATE TABLE concurrent (file, offset, id, other);
CREATE INDEX concurrent_other ON concurrent (other, id);
CREATE TABLE ends (file PRIMARY KEY, seal, recovered);
"""

REPEATED = """
SELECT file, offset, id FROM records r WHERE own AND EXISTS (
  SELECT 1 FROM records o WHERE o.id = r.id AND (o.file, o.offset) < (r.file, r.offset))"""

UNPAIRED = """
SELECT file, offset, id, other FROM concurrent p WHERE NOT EXISTS (
  SELECT 1 FROM concurrent q WHERE q.file = p.file AND q.id = p.other AND q.other = p.id)"""

TIMES = """
SELECT p.file, p.offset, p.other FROM concurrent p
JOIN records r ON r.file = p.file AND r.offset = p.offset
JOIN records o ON o.file = p.file AND o.id = p.other
WHERE r.type <> 'metadata' AND o.type <> 'metadata' AND r.date <> o.date"""

LAST_GROUP = """
SELECT 1 FROM ends e WHERE e.file = :file AND e.recovered AND NOT EXISTS (
  SELECT 1 FROM records r WHERE r.file = :file AND r.offset > :offset AND r.offset < e.seal
  AND NOT EXISTS (SELECT 1 FROM concurrent q WHERE q.file = :file AND q.id = r.id
                  AND q.other = :id))"""

REFERRING = """
SELECT r.file, r.offset, r.type, r.profile, r.refers_to, r.refers_url, r.refers_date, r.digest,
       o.type, o.url, o.date, o.payload
FROM records r LEFT JOIN records o ON o.id = r.refers_to
WHERE r.own AND r.refers_to IS NOT NULL GROUP BY r.file, r.offset"""


class Ledger:
    """The records seen so far, and the questions that need more than one of them."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.executescript(TABLES)
        self._db.execute("BEGIN")

    def add(self, file: str, item: Found, *, own: bool) -> None:
        """Note a record."""
        record = item.record
        refers = record.header("WARC-Refers-To")
        identity = bracket(record.id)
        row = (
            *(file, item.offset, identity, record.type, own, record.url, record.date),
            *(digest_payload(record), record.header("WARC-Profile")),
            *(bracket(refers) if refers else None, record.header("WARC-Refers-To-Target-URI")),
            *(record.header("WARC-Refers-To-Date"), record.header("WARC-Payload-Digest")),
            item.offset + item.length,
        )
        self._db.execute(f"INSERT INTO records VALUES ({','.join('?' * len(row))})", row)
        if own:
            self._db.executemany(
                "INSERT INTO concurrent VALUES (?, ?, ?, ?)",
                [
                    (file, item.offset, identity, bracket(other))
                    for other in record.all_of("WARC-Concurrent-To")
                ],
            )

    def end(self, file: str, seal_offset: int, *, recovered: bool) -> None:
        """Note where a file's seal lies."""
        self._db.execute(
            "INSERT OR REPLACE INTO ends VALUES (?, ?, ?)", (file, seal_offset, recovered)
        )

    @property
    def count(self) -> int:
        """How many records were seen."""
        return int(self._db.execute("SELECT count(*) FROM records").fetchone()[0])

    def ends_at(self, file: str, offset: int) -> bool:
        """Whether a record of the file ends, or the file begins, at this byte."""
        row = self._db.execute(
            "SELECT 1 FROM records WHERE file = ? AND stop = ?", (file, offset)
        ).fetchone()
        return offset == 0 or row is not None

    def has(self, file: str, offset: int, identity: str) -> bool:
        """Whether this record was seen at this place."""
        row = self._db.execute(
            "SELECT 1 FROM records WHERE file = ? AND offset = ? AND id = ?",
            (file, offset, bracket(identity)),
        ).fetchone()
        return row is not None

    def compare(self, *, complete: bool) -> Iterator[Breach]:
        """What the records say of each other and is not so.

        ``complete``: every file of the archive was read, so a target that was not seen is gone.
        """
        for file, offset, identity in self._db.execute(REPEATED):
            yield file, offset, "repeated-id", f"{identity} is also the identity of another record"
        for file, offset, identity, other in self._db.execute(UNPAIRED):
            where = {"file": file, "offset": offset, "id": identity}
            if not self._db.execute(LAST_GROUP, where).fetchone():
                words = f"WARC-Concurrent-To names {other}, which does not name it back or is gone"
                yield file, offset, "concurrent", words
        for file, offset, other in self._db.execute(TIMES):
            yield file, offset, "date", f"WARC-Date is not that of {other}, of the same exchange"
        for row in self._db.execute(REFERRING):
            file, offset, *rest = row
            for code, words in compare_target(*rest, complete=complete):
                yield file, offset, code, words


def compare_target(
    kind: str,
    profile: str | None,
    target: str,
    refers_url: str | None,
    refers_date: str | None,
    digest: str | None,
    found_type: str | None,
    found_url: str | None,
    found_date: str | None,
    found_payload: str | None,
    *,
    complete: bool,
) -> Iterator[tuple[str, str]]:
    """Whether WARC-Refers-To is true (5.7, 5.11, 5.12 and, for a revisit, 6.7)."""
    if found_type is None:
        if complete:
            yield "target", f"WARC-Refers-To names {target}, which is nowhere in the archive"
        return
    if kind != "revisit":
        return
    if found_type not in ("response", "resource"):
        yield "target", f"a revisit refers to a {found_type} record, {target}"
    if (found_url, found_date) != (refers_url, refers_date):
        yield "target", f"WARC-Refers-To-Target-URI or -Date is not that of {target}"
    same = (profile or "").endswith("/identical-payload-digest")
    if same and (digest or "").startswith("sha256:") and found_payload != digest:
        yield "target", f"the payload of {target} does not have the digest of this revisit"


def digest_payload(record: Record) -> str | None:
    """The payload digest of a record that a revisit may stand for."""
    if record.type not in ("response", "resource"):
        return None
    http = http_of(record)
    return sha256_of(http.payload if http else record.block)
