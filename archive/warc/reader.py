"""Records out of WARC files, whoever wrote them, with every cut and every damage named.

Reads WARC/0.17 to 1.1: one record per gzip member, plain text, and whole files in one gzip
member (readable in order, but not at an offset). The framing is our own and not warcio's:
warcio 1.8.1 ends quietly at a cut. Damage in the middle costs the records it lies in; reading
goes on at the next gzip member that holds a record, or the next ``WARC/`` line.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from archive.errors import DamageError
from archive.records import Place
from archive.warc.flow import PIECE, Broken, Flow, Member
from archive.warc.http import StoredHttp, http_of
from archive.warc.record import Record

__all__ = ["Damage", "Found", "StoredHttp", "http_of", "iterate", "read_at"]

MAX_BLOCK = 200 * 1000 * 1000
MAX_HEAD = 1 << 18  # the longest WARC head in the field (a data: address) had 70 KB
MAGIC = b"\x1f\x8b\x08"
VERSION_LINE = re.compile(rb"(WARC/\d{1,2}\.\d{1,3})\r?\n")
NEXT_RECORD = re.compile(rb"WARC/\d{1,2}\.\d{1,3}\r?\n[A-Za-z-]{3,40}[ \t]*:")
LENGTH = re.compile(r"[0-9]{1,18}\Z")
REMEDY = "run `khobao verify` to see how far the damage goes, and restore the file from a copy"


@dataclass(frozen=True, slots=True)
class Found:
    """A record and where it lies. Not ``addressable``: it shares its gzip member with others,
    ``offset`` is the member's and ``length`` is 0; only reading in order reaches it."""

    record: Record
    offset: int
    length: int
    addressable: bool = True


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes that are no record, from ``offset`` on, and why."""

    offset: int
    length: int
    reason: str


def iterate(path: Path, *, start: int = 0, max_block: int = MAX_BLOCK) -> Iterator[Found | Damage]:
    """Everything in a WARC file in order: records and damage cover each byte from ``start`` on.

    Memory is bounded by ``max_block`` bytes; a longer record is a Damage ("too large") and is
    passed over. ``start`` must be where a record begins. Raises OSError only.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        if is_packed(file, path.name):
            yield from walk_members(file, start, size, max_block)
        else:
            yield from walk_lines(file, start, size, max_block)


def is_packed(file: BinaryIO, name: str) -> bool:
    """Whether the file is gzip: by its first bytes, or by its name where those are damaged."""
    file.seek(0)
    first = file.read(5)
    return first[:2] == MAGIC[:2] or (first != b"WARC/" and ".gz" in name)


def walk_members(file: BinaryIO, at: int, size: int, limit: int) -> Iterator[Found | Damage]:
    """The records of a gzip file from the member at ``at``."""
    while at < size:
        member = Member(file, at)
        try:
            yield from read_member(member, limit)
            at = member.end or size
        except Broken as broken:
            end = member.end or find_member(file, at + 1, size)
            yield Damage(at, end - at, broken.reason)
            at = end


def read_member(member: Member, limit: int) -> Iterator[Found | Damage]:
    """The records of one gzip member, of which there should be one. Raises Broken."""
    flow = Flow(member.fill)
    alone = more = True
    while more:
        record = read_record(flow, limit)
        more = flow.has_more()
        alone = alone and not more
        length = member.end - member.start if alone and member.end else 0
        if isinstance(record, Broken):
            yield Damage(member.start, length, record.reason)
        else:
            yield Found(record, member.start, length, addressable=alone)


def walk_lines(file: BinaryIO, at: int, size: int, limit: int) -> Iterator[Found | Damage]:
    """The records of a file that is not compressed, from the version line at ``at``."""
    while at < size:
        file.seek(at)
        flow = Flow(lambda: file.read(PIECE))
        try:
            record = read_record(flow, limit)
            if isinstance(record, Broken):
                yield Damage(at, flow.taken, record.reason)
            else:
                yield Found(record, at, flow.taken)
            at += flow.taken
        except Broken as broken:
            end = find_line(file, at + 1, size)
            yield Damage(at, end - at, broken.reason)
            at = end


def read_record(flow: Flow, limit: int) -> Record | Broken:
    """The record that begins here, with its end mark, or Broken for one over ``limit``, passed.

    Raises Broken where no record can be read.
    """
    if not flow.has_more():
        raise Broken("an empty gzip member")
    if not flow.peek(5).startswith(b"WARC/"):
        raise Broken("no record begins here")
    head = flow.take_head(MAX_HEAD)
    if head is None:
        raise Broken("the head of the record does not end")
    version, fields = parse_head(head)
    length = find_length(fields)
    if length > limit:
        check_end(flow, length, flow.skip(length))
        return Broken(f"too large: {length} bytes, read up to {limit}")
    block = flow.take(length)
    check_end(flow, length, len(block))
    kind = next((value for name, value in fields if name.lower() == "warc-type"), "")
    kept = tuple((n, v) for n, v in fields if n.lower() not in ("warc-type", "content-length"))
    return Record(kind, kept, block, version)


def parse_head(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    """Version and named fields; folded lines joined (ISO 28500:2017, 4). Raises Broken."""
    match = VERSION_LINE.match(head)
    if match is None:
        raise Broken("the version line is damaged")
    fields = []
    for line in re.split(r"\r?\n", decode_head(re.sub(rb"\r?\n[ \t]+", b" ", head[match.end() :]))):
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
        elif line:
            raise Broken(f"a line of the head has no colon: {line[:40]!r}")
    return match[1].decode(), fields


def decode_head(lines: bytes) -> str:
    """UTF-8 (ISO 28500:2017, 4), and where that fails latin-1, which older writers used: either
    way text that every database and every file takes."""
    try:
        return lines.decode("utf-8")
    except UnicodeDecodeError:
        return lines.decode("latin-1")


def find_length(fields: list[tuple[str, str]]) -> int:
    """Content-Length, which every record must have once. Raises Broken."""
    values = {value for name, value in fields if name.lower() == "content-length"}
    if len(values) != 1 or not LENGTH.match(value := values.pop()):
        raise Broken("Content-Length is missing, repeated or not a number")
    return int(value)


def check_end(flow: Flow, wanted: int, have: int) -> None:
    """Raise Broken unless the block was whole and CRLF CRLF follows (ISO 28500:2017, 4)."""
    if have < wanted:
        raise Broken(f"the record ends after {have} of {wanted} bytes")
    mark = flow.take(4)
    if mark != b"\r\n\r\n":
        cut = " (cut off)" if b"\r\n\r\n".startswith(mark) else ""
        raise Broken(f"the end mark of the record is missing{cut}")


def find_member(file: BinaryIO, at: int, size: int) -> int:
    """Where the next gzip member that holds a record begins; ``size`` where there is none."""
    for hit in find_bytes(file, MAGIC, at):
        if starts_record(file, hit):
            return hit
    return size


def starts_record(file: BinaryIO, at: int) -> bool:
    """Whether a gzip member begins here and unpacks to something like a record."""
    file.seek(at)
    try:
        plain = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(4096), 64)
    except zlib.error:
        return False
    return plain.startswith(b"WARC/")


def find_line(file: BinaryIO, at: int, size: int) -> int:
    """Where the next version line with a field after it begins; ``size`` where there is none.

    It need not stand at the start of a line: what is damaged before it may have no line end.
    """
    for hit in find_bytes(file, b"WARC/", at):
        file.seek(hit)
        if NEXT_RECORD.match(file.read(64)):
            return hit
    return size


def find_bytes(file: BinaryIO, mark: bytes, at: int) -> Iterator[int]:
    """Every place of ``mark`` from ``at`` on, reading a mebibyte at a time."""
    while True:
        file.seek(at)
        piece = file.read(1 << 20)
        hit = piece.find(mark)
        while hit >= 0:
            yield at + hit
            hit = piece.find(mark, hit + 1)
        if len(piece) < 1 << 20:
            return
        at += len(piece) - len(mark) + 1


def read_at(root: Path, place: Place) -> Record:
    """The record at a place, whether its file is closed, still ``.open`` or just being renamed.

    Raises DamageError (file, offset, remedy) where the file is gone, or where what lies there is
    not one record of exactly ``place.length`` bytes.
    """
    parts = PurePosixPath(place.file).parts
    if not parts or parts[0] != "warc" or ".." in parts:
        raise DamageError(place.file, place.offset, "not a name of a file under warc/", REMEDY)
    for name in (place.file, place.file + ".open", place.file):
        try:
            with (root / name).open("rb") as file:
                return read_placed(file, place)
        except FileNotFoundError:
            continue
    raise DamageError(place.file, place.offset, "the file is gone", "restore it from a copy")


def read_placed(file: BinaryIO, place: Place) -> Record:
    """The record at a place of this file. Raises DamageError."""
    size = file.seek(0, 2)
    packed = is_packed(file, place.file)
    walk = walk_members if packed else walk_lines
    found = next(walk(file, place.offset, size, MAX_BLOCK), None)
    if isinstance(found, Found) and found.addressable and found.length == place.length:
        return found.record
    if found is None:
        why = f"the file ends at byte {size}"
    elif isinstance(found, Damage):
        why = found.reason
    elif not found.addressable:
        why = "several records share this gzip member; `warcio recompress` makes such a file usable"
    else:
        why = f"the record has {found.length} bytes, {place.length} are on record"
    raise DamageError(place.file, place.offset, why, REMEDY)
