"""The last record of each file that we close: how many bytes came before it, and their digest.

A ``metadata`` record (application/warc-fields, so replay indexers pass over it)::

    seal: khobao/1
    records: 1204               before this one, the warcinfo among them
    bytes: 73400320             before this one
    sha256: <hex of those bytes>
    recovered: true             only after a crash: what was cut off lies in <file>.torn

With it a file that travels alone still proves that no record was taken out, put in, swapped or
changed, gzip padding bits included, which no per-record digest can. The seal's own gzip member
holds its text uncompressed and is therefore known byte for byte. Rejected: the manifest alone
(it stays behind when a file is sent away), and a chain of digests through all records (a header
in each, and a copied record would say something false).
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.digests import sha256_of
from archive.warc.fields import MEDIA_TYPE, parse_fields, print_fields
from archive.warc.record import GZIP_HEAD, Record, bracket, print_record, trailer_of

MARK = "khobao/1"


@dataclass(frozen=True, slots=True)
class Seal:
    """What the last record says of all bytes before it."""

    records: int
    bytes: int
    sha256: str
    recovered: bool


def make_seal(seal: Seal, warcinfo: str | None, *, date: str, identity: str) -> Record:
    """The record that ends a file; ``date`` is a WARC-Date, ``identity`` a record identity."""
    facts = [
        ("seal", MARK),
        ("records", str(seal.records)),
        ("bytes", str(seal.bytes)),
        ("sha256", seal.sha256),
    ]
    if seal.recovered:
        facts.append(("recovered", "true"))
    block = print_fields(facts)
    headers = [("WARC-Record-ID", bracket(identity)), ("WARC-Date", date)]
    if warcinfo:
        headers.append(("WARC-Warcinfo-ID", warcinfo))
    headers += [("Content-Type", MEDIA_TYPE), ("WARC-Block-Digest", sha256_of(block))]
    return Record("metadata", tuple(headers), block)


def seal_of(record: Record) -> Seal | None:
    """What a seal says; None for any other record, and for a seal that cannot be read."""
    if record.type != "metadata" or not record.block.startswith(b"seal: "):
        return None
    facts = dict(parse_fields(record.block))
    try:
        counts = int(facts["records"]), int(facts["bytes"])
        whole = facts["seal"] == MARK and len(bytes.fromhex(facts["sha256"])) == 32
    except (KeyError, ValueError):
        return None
    return Seal(*counts, facts["sha256"], facts.get("recovered") == "true") if whole else None


def serialise_seal(record: Record) -> bytes:
    """The gzip member of a seal: one stored block (RFC 1951, 3.2.4), the same with every zlib."""
    plain = print_record(record)
    if len(plain) > 0xFFFF:
        raise ValueError("a seal of more than 64 KiB")
    size = len(plain).to_bytes(2, "little")
    inverse = (len(plain) ^ 0xFFFF).to_bytes(2, "little")
    return b"".join((GZIP_HEAD, b"\x01", size, inverse, plain, trailer_of(plain)))
