"""What the standard, and what our own promise, ask of one record (ISO 28500:2017, 5 and 6).

A rule that breaks gives a code and words. ``own`` asks for what we promise beyond the standard
(design/capture.md): a block digest on every record, digests that are left off where foreign
tools would misread them, full revisit references. A foreign payload digest may be taken over the
payload or over the body as stored: half of the field does either (warcio #74).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from archive.digests import check
from archive.errors import DigestError
from archive.warc.http import StoredHttp, http_of, measure_head
from archive.warc.record import VERSION, Record

Breach = tuple[str, str]

VERSIONS = frozenset(("WARC/0.17", "WARC/0.18", "WARC/1.0", "WARC/1.1"))
IDENTITY = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]+>\Z")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?\Z")
OWN_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\Z")
TARGETED = frozenset(("response", "request", "resource", "revisit", "conversion", "continuation"))
OWN_TYPES = frozenset(("warcinfo", "response", "request", "revisit", "metadata"))
CUTS = frozenset(("length", "time", "disconnect", "unspecified"))
ONCE = frozenset(
    (
        "warc-record-id",
        "warc-date",
        "content-type",
        "warc-block-digest",
        "warc-payload-digest",
        "warc-ip-address",
        "warc-refers-to",
        "warc-refers-to-target-uri",
        "warc-refers-to-date",
        "warc-target-uri",
        "warc-truncated",
        "warc-warcinfo-id",
        "warc-filename",
        "warc-profile",
    )
)
REVISIT_FIELDS = (
    "WARC-Profile",
    "WARC-Refers-To",
    "WARC-Refers-To-Target-URI",
    "WARC-Refers-To-Date",
)


def check_record(record: Record, *, own: bool) -> Iterator[Breach]:
    """Every rule that this record breaks by itself."""
    yield from check_fields(record)
    yield from check_block(record, own=own)
    http = http_of(record)
    yield from check_payload(record, http, own=own)
    if own:
        yield from check_own(record, http)


def check_fields(record: Record) -> Iterator[Breach]:
    """The mandatory fields and their spelling (5.2 to 5.6)."""
    if record.version not in VERSIONS:
        yield "version", f"{record.version} is not a version of the format"
    if not record.type:
        yield "missing-field", "WARC-Type is missing"
    if not IDENTITY.match(record.id):
        yield "record-id", f"WARC-Record-ID is missing or no address in brackets: {record.id!r}"
    if not DATE.match(record.date):
        yield "date", f"WARC-Date is missing or malformed: {record.date!r}"
    if record.type in TARGETED and not record.url:
        yield "missing-field", f"a {record.type} record without WARC-Target-URI"
    if (cut := record.header("WARC-Truncated")) is not None and cut not in CUTS:
        yield "truncated", f"WARC-Truncated says {cut!r}, which the standard does not know"
    counts = Counter(name.lower() for name, _ in record.headers)
    for name in sorted(name for name in ONCE if counts[name] > 1):
        yield "repeated-field", f"{name} is there {counts[name]} times"


def check_block(record: Record, *, own: bool) -> Iterator[Breach]:
    """WARC-Block-Digest (5.8)."""
    digest = record.header("WARC-Block-Digest")
    if digest is None:
        if own:
            yield "missing-field", "WARC-Block-Digest is missing"
        return
    try:
        if not check(digest, record.block):
            yield "block-digest", "the block is not what WARC-Block-Digest says"
    except DigestError as error:
        yield "digest-unknown", error.what


def check_payload(record: Record, http: StoredHttp | None, *, own: bool) -> Iterator[Breach]:
    """WARC-Payload-Digest (5.9), where the payload is all there."""
    digest = record.header("WARC-Payload-Digest")
    if digest is None or record.type == "revisit" or record.header("WARC-Truncated"):
        return
    if record.header("WARC-Segment-Number"):
        return
    readings = [http.payload, http.body] if http else [record.block[find_payload(record) :]]
    if own:
        del readings[1:]
    try:
        if not any(check(digest, reading) for reading in readings):
            yield "payload-digest", "the payload is not what WARC-Payload-Digest says"
    except DigestError as error:
        yield "digest-unknown", error.what


def find_payload(record: Record) -> int:
    """Where the payload of a record without an HTTP response begins: behind a request's head."""
    is_http = (record.header("Content-Type") or "").startswith("application/http")
    return measure_head(record.block) if is_http else 0


def check_own(record: Record, http: StoredHttp | None) -> Iterator[Breach]:
    """What we promise of each record beyond the standard."""
    if record.version != VERSION:
        yield "version", f"{record.version} in a file of ours"
    if not OWN_DATE.match(record.date):
        yield "date", f"WARC-Date without its microseconds: {record.date!r}"
    if record.block and not record.header("Content-Type"):
        yield "missing-field", "Content-Type is missing"
    if record.type not in OWN_TYPES:
        yield "type", f"a {record.type} record in a file of ours"
    if record.type == "request" and not record.header("WARC-Concurrent-To"):
        yield "concurrent", "a request without WARC-Concurrent-To"
    if record.type == "response":
        yield from check_own_response(record, http)
    if record.type == "revisit":
        yield from check_own_revisit(record, http)


def check_own_response(record: Record, http: StoredHttp | None) -> Iterator[Breach]:
    """A response is HTTP, and has a payload digest just where foreign tools read it right."""
    if http is None:
        yield "not-http", "a response record that holds no HTTP response"
        return
    coded = any(name.lower() == "transfer-encoding" for name, _ in http.headers)
    has = record.header("WARC-Payload-Digest") is not None
    if has and (http.chunked or record.header("WARC-Truncated")):
        yield "payload-digest", "WARC-Payload-Digest on a chunked or truncated response"
    if not has and not coded and not record.header("WARC-Truncated"):
        yield "missing-field", "WARC-Payload-Digest is missing"


def check_own_revisit(record: Record, http: StoredHttp | None) -> Iterator[Breach]:
    """A revisit says what it stands for, and is cut where its payload was left out (6.7)."""
    for name in REVISIT_FIELDS:
        if not record.header(name):
            yield "missing-field", f"a revisit without {name}"
    if (record.header("WARC-Profile") or "").endswith("/identical-payload-digest"):
        if not record.header("WARC-Payload-Digest"):
            yield "missing-field", "a revisit without WARC-Payload-Digest"
        if record.header("WARC-Truncated") != "length":
            yield "truncated", "a revisit with a head that is not marked WARC-Truncated: length"
    if http is None:
        yield "not-http", "a revisit record that holds no HTTP head"
