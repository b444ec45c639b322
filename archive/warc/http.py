"""The HTTP message in a stored block: where its head ends, what its fields say, what its body is.

Tolerant, because a block is evidence of what a server sent and not of what it should have sent:
bare LF, no reason phrase, fields without a colon, a body that is not chunked though the head
says so (LiveWeb and wget write such records). Rejected: h11 or http.client, which refuse these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.warc.record import Record

STATUS_LINE = re.compile(rb"(?:HTTP/\d+(?:\.\d+)?|ICY)[ \t]+(\d{3})(?:[ \t]+([^\r\n]*))?\r?\n?")
BLANK_LINE = re.compile(rb"\n\r{0,2}\n")
CHUNK_SIZE = re.compile(rb"[ \t]*0*([0-9A-Fa-f]{1,16})[ \t]*(?:;[^\n]*)?\r?\n")
NO_BODY = frozenset((101, 204, 304))
BLANKS = " \t\r"


@dataclass(frozen=True, slots=True)
class StoredHttp:
    """A stored response. ``body`` is as stored; ``payload`` has the transfer coding removed.

    ``complete`` says whether the body is whole by its own framing (chunk end, Content-Length).
    """

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]  # latin-1, wire order and case
    head_length: int  # bytes of the block up to and with the blank line
    body: bytes
    payload: bytes
    complete: bool
    chunked: bool = False  # the body as stored really has chunk framing

    def header(self, name: str) -> str | None:
        """The first field of that name, in any case, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


def http_of(record: Record) -> StoredHttp | None:
    """The HTTP response in a ``response`` or ``revisit`` record, or None if there is none.

    Never raises, whatever the bytes. A record with WARC-Truncated is never ``complete``.
    """
    if record.type not in ("response", "revisit"):
        return None
    block = record.block
    start = STATUS_LINE.match(block)
    if start is None:
        return None
    head_length = measure_head(block)
    headers = parse_head(block[start.end() : head_length])
    body = block[head_length:]
    decoded = remove_chunks(body) if body and is_chunked(headers) else None
    payload, whole = decoded if decoded else (body, is_whole(headers, body, int(start[1])))
    reason = (start[2] or b"").decode("latin-1").strip()
    whole = whole and record.header("WARC-Truncated") is None
    return StoredHttp(
        int(start[1]), reason, headers, head_length, body, payload, whole, decoded is not None
    )


def measure_head(block: bytes) -> int:
    """Bytes up to and with the blank line that ends the head; all of them where there is none."""
    blank = BLANK_LINE.search(block)
    return blank.end() if blank else len(block)


def parse_head(lines: bytes) -> tuple[tuple[str, str], ...]:
    """The fields after the start line; folded lines joined, lines without a colon left out."""
    pairs: list[tuple[str, str]] = []
    for line in lines.decode("latin-1").split("\n"):
        if line[:1] in (" ", "\t"):
            if pairs:  # before the first field such lines say nothing (RFC 9112, 2.2)
                name, value = pairs[-1]
                pairs[-1] = (name, f"{value} {line.strip(BLANKS)}".strip(BLANKS))
            continue
        name, colon, value = line.partition(":")
        if colon:
            pairs.append((name.strip(BLANKS), value.strip(BLANKS)))
    return tuple(pairs)


def is_chunked(headers: tuple[tuple[str, str], ...]) -> bool:
    """Whether the last transfer coding is "chunked" (RFC 9112, 6.3); "identity" is none."""
    codings = [c.strip(" \t").lower() for c in find_value(headers, "transfer-encoding").split(",")]
    named = [coding for coding in codings if coding not in ("", "identity")]
    return named[-1:] == ["chunked"]


def find_value(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """All values of a field, joined by commas (RFC 9110, 5.3)."""
    return ", ".join(value for key, value in headers if key.lower() == name)


def is_whole(headers: tuple[tuple[str, str], ...], body: bytes, status: int) -> bool:
    """Whether a body without chunks is all that was announced; unannounced ends with the stream."""
    if status in NO_BODY or status < 200:
        return True
    length = find_value(headers, "content-length").split(",")[0].strip()
    return not (length.isascii() and length.isdigit()) or len(body) >= int(length)


def remove_chunks(body: bytes) -> tuple[bytes, bool] | None:
    """The body without chunk framing, and whether its last chunk is there (RFC 9112, 7.1).

    None where the body does not begin with a chunk: it was stored without its framing. Where the
    framing breaks later on, what came before the break is the payload, and it is not complete.
    """
    parts: list[bytes] = []
    at = 0
    while size := CHUNK_SIZE.match(body, at):
        count = int(size[1], 16)
        if count == 0:
            return b"".join(parts), True
        end = size.end() + count
        parts.append(body[size.end() : end])
        at = end + 2 if body.startswith(b"\r\n", end) else end + 1
        if not body.startswith((b"\r\n", b"\n"), end):
            return (b"".join(parts), False) if len(parts) > 1 or end > len(body) else None
    return (b"".join(parts), False) if parts or not body else None
