"""Read the head of an HTTP/1 response: status line, fields, and how the body is framed.

Decision: a tolerant reader of our own instead of h11. Of the 63 answers in tests/wire/answers.py
h11 0.16 refuses 11 heads: a field without a colon, a space before
the colon, an empty or non-ASCII name, control bytes in a value, two spaces before the status,
Transfer-Encoding twice, "identity" or any other coding, lengths that contradict each other or
are none. An archive has to keep those pages. Framing follows RFC 9112, section 6; only spelling is
taken as it comes. Nothing here rewrites bytes: the reader says *where* things are, the block is
cut out of what came.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Fields = tuple[tuple[str, str], ...]

_END = re.compile(rb"\n\r{0,2}\n")  # "\\r\\r\\n" is what CGI programs write on Windows
_STATUS = re.compile(r"HTTP/(\d(?:\.\d)?)[ \t]+([1-9]\d\d)(?!\d)")
_LENGTH = re.compile(r"[0-9]{1,18}")
_BLANKS = " \t\r"
_BODILESS = frozenset({101, 204, 304})


@dataclass(frozen=True, slots=True)
class Head:
    """A response head as read. ``version`` is "1.1", "1.0", or what an odd server says."""

    version: str
    status: int
    fields: (
        Fields  # wire order and case; folded values joined by one space, no-colon lines left out
    )


@dataclass(frozen=True, slots=True)
class Framing:
    """How the body ends (RFC 9112, 6.3). ``reusable``: the connection may carry another."""

    kind: Literal["none", "length", "chunked", "close"]
    length: int
    reusable: bool
    coded: bool  # a transfer coding was used


def find_head(raw: bytearray, start: int) -> int:
    """Offset just behind the blank line that ends the head, or -1; looks from ``start`` on."""
    found = _END.search(raw, max(start, 0))
    return found.end() if found else -1


def may_be_http(raw: bytearray) -> bool:
    """False as soon as the first bytes cannot begin a status line (RFC 9112, section 4)."""
    return raw.startswith(b"HTTP/") if len(raw) >= 5 else b"HTTP/".startswith(raw)


def parse_head(block: bytes | bytearray) -> Head | None:
    """Read a head block, blank line included; None when its first line is no status line."""
    lines = block.decode("latin-1").split("\n")
    status = _STATUS.match(lines[0])
    if status is None:
        return None
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t"):
            if fields:  # before the first field such lines say nothing (RFC 9112, 2.2)
                name, value = fields[-1]
                fields[-1] = (name, f"{value} {line.strip(_BLANKS)}".strip(_BLANKS))
            continue
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(_BLANKS), value.strip(_BLANKS)))
    return Head(status[1], int(status[2]), tuple(fields))


def list_tokens(fields: Fields, name: str) -> list[str]:
    """The comma-separated members of every field called ``name`` (lower case), lower-cased."""
    values = [value for key, value in fields if key.lower() == name]
    tokens = (token.strip(" \t").lower() for token in ",".join(values).split(","))
    return [token for token in tokens if token]


def read_length(fields: Fields) -> int | None:
    """Content-Length in bytes; None when absent, -1 when wrong or contradicting itself."""
    values = set(list_tokens(fields, "content-length"))
    if not values:
        return None
    if len(values) > 1:
        return -1
    value = values.pop()
    return int(value) if _LENGTH.fullmatch(value) else -1


def list_codings(fields: Fields) -> list[str]:
    """The transfer codings in the order in which they were laid on; "identity" is none."""
    return [c for c in list_tokens(fields, "transfer-encoding") if c != "identity"]


def choose_framing(method: str, head: Head) -> Framing:
    """Decide how the body ends, by RFC 9112, 6.3, with three tolerances.

    "chunked, chunked" is chunked once (doubled fields are common behind proxies); "identity" is
    no coding (RFC 2616); a length that is wrong or contradicts another one is not believed and
    the body ends with the connection, so that no byte is lost.
    """
    connection = list_tokens(head.fields, "connection")
    keep = "close" not in connection and (head.version == "1.1" or "keep-alive" in connection)
    codings = list_codings(head.fields)
    length = read_length(head.fields)
    if method == "HEAD" or head.status in _BODILESS:
        # A body announced with 204 may still come, and would pass for the next answer.
        clean = head.status != 101 and (head.status != 204 or not (codings or length))
        return Framing("none", 0, keep and clean, False)
    if method == "CONNECT" and head.status < 300:
        return Framing("none", 0, True, False)
    if codings:
        clean = keep and length is None and head.version == "1.1"
        chunked = codings[-1] == "chunked"
        return Framing("chunked" if chunked else "close", 0, chunked and clean, True)
    if length is None or length < 0:
        return Framing("close", 0, False, False)
    return Framing("length", length, keep, False)
