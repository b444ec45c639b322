"""A WARC record as a value, and its bytes on disk.

Drawn (ISO 28500:2017, 4)::

    WARC/1.1 CRLF
    WARC-Type: response CRLF      always first
    <the named fields, in the order given> CRLF
    Content-Length: 1234 CRLF     always last, always of the block that is there
    CRLF
    <block> CRLF CRLF

On disk one gzip member holds one record (Annex D), made by zlib at level 6 with time 0, so the
same record is the same bytes. Level 9, which warcio takes, costs 1.4 times the processor time on
400 news pages for 1.3 % less disk (tests/bench/bench_warc.py). Records are written by this module
and not by warcio's writer, because that one parses and prints the HTTP head again, which is not
byte-exact for odd heads; warcio reads ARC for us (convert.py) and checks our files in the tests.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

VERSION = "WARC/1.1"
GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
"""How each of our members begins: no name, time 0, no extra flags, "Unix"."""

LEVEL = 6
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
"""A field name (ISO 28500:2017, 4: token)."""

FORBIDDEN = re.compile(r"[\r\n\x00]")


@dataclass(frozen=True, slots=True)
class Record:
    """One record. ``headers`` hold all fields but WARC-Type and Content-Length, in file order."""

    type: str
    headers: tuple[tuple[str, str], ...]
    block: bytes
    version: str = VERSION

    def header(self, name: str) -> str | None:
        """The first field of that name, in any case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    def all_of(self, name: str) -> tuple[str, ...]:
        """Every field of that name in file order (WARC-Concurrent-To, WARC-Protocol repeat)."""
        wanted = name.lower()
        return tuple(value for key, value in self.headers if key.lower() == wanted)

    @property
    def id(self) -> str:
        """WARC-Record-ID as written, with angle brackets; "" where a foreign record has none."""
        return self.header("WARC-Record-ID") or ""

    @property
    def date(self) -> str:
        """WARC-Date as written; "" where a foreign record has none."""
        return self.header("WARC-Date") or ""

    @property
    def url(self) -> str | None:
        """WARC-Target-URI without the angle brackets that WARC/1.0 put around it."""
        value = self.header("WARC-Target-URI")
        return value[1:-1] if value and value[0] == "<" and value[-1] == ">" else value


def serialise(record: Record) -> bytes:
    """The record as one gzip member, the same bytes for the same record.

    Raises ValueError where a field could break the framing (CR, LF, NUL, a name that is no
    token): composing escapes what the wire says, so such a field is a mistake of the caller.
    """
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    plain = print_record(record)
    body = packer.compress(plain) + packer.flush()
    return b"".join((GZIP_HEAD, body, trailer_of(plain)))


def trailer_of(plain: bytes) -> bytes:
    """The last 8 bytes of a gzip member: CRC-32 and length of what it holds (RFC 1952, 2.3.1)."""
    size = len(plain) & 0xFFFFFFFF
    return zlib.crc32(plain).to_bytes(4, "little") + size.to_bytes(4, "little")


def print_record(record: Record) -> bytes:
    """The record before compression. Raises ValueError as ``serialise`` does."""
    fields = [("WARC-Type", record.type), *record.headers]
    lines = [print_field(name, value) for name, value in fields]
    lines.append(f"Content-Length: {len(record.block)}\r\n")
    head = f"{record.version}\r\n{''.join(lines)}\r\n"
    return b"".join((head.encode("utf-8"), record.block, b"\r\n\r\n"))


def print_field(name: str, value: str) -> str:
    """One named field with its line end, or ValueError."""
    if not TOKEN.match(name) or name.lower() in ("content-length",):
        raise ValueError(f"not a WARC field name: {name!r}")
    if FORBIDDEN.search(value):
        raise ValueError(f"CR, LF or NUL in the WARC field {name}: {value!r}")
    return f"{name}: {value}\r\n"


def bracket(identity: str) -> str:
    """A record identity with exactly one pair of angle brackets (ISO 28500:2017, 5.2)."""
    return f"<{identity.strip().strip('<>')}>"
