"""Takes the content coding off a body, in pieces and never beyond a limit.

    Content-Encoding: gzip, br   ->  br was applied last, so it comes off first (RFC 9110, 8.4)

Decision: what the bytes are counts more than what the header says: a body that starts as gzip is
unpacked though undeclared (sitemap .gz files), one that is declared gzip but is plain stays as it
is. `gzip.decompress` was rejected: it has no limit, and a 917 KB member can hold 900 MiB.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import brotli

MAX_CODINGS = 5  # real servers apply one, a misconfigured proxy two; more is an attack
PIECE = 64 * 1024
GZIP_MAGIC = b"\x1f\x8b\x08"
CODING_CUT = "coding-truncated"
NO_CODING = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "8bit"})  # seen in fields


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A body without content coding; `cut` says that it went on after the limit."""

    data: bytes
    cut: bool = False
    warnings: tuple[str, ...] = ()


class _Damage(Exception):
    """The coded stream is broken or ends early; the argument is a warning."""


def unpack(payload: bytes, codings: Iterable[str], *, limit: int) -> Unpacked:
    """Return `payload` without its codings, at most `limit` bytes of it; never raises.

    `codings` are the values of the Content-Encoding fields in wire order. A stream that breaks
    gives what came before the break, and a warning.
    """
    warnings: list[str] = []
    data, cut = payload, False
    names = _order(codings)
    if len(names) > MAX_CODINGS:
        warnings.append(f"coding-excess: {len(names)} codings declared, {MAX_CODINGS} taken off")
    for name in names[:MAX_CODINGS]:
        data, more = _take_off(name, data, limit, warnings)
        cut = cut or more
    for _ in range(2):
        if not data.startswith(GZIP_MAGIC):
            break
        if names:
            warnings.append("coding-undeclared: the body is gzip once more")
        data, more = _take_off("gzip", data, limit, warnings)
        cut = cut or more
    return Unpacked(data[:limit], cut or len(data) > limit, tuple(warnings))


def _order(codings: Iterable[str]) -> list[str]:
    """The codings to take off, the last applied first."""
    names = [name.strip().lower() for value in codings for name in value.split(",")]
    return [name.removeprefix("x-") for name in reversed(names) if name not in NO_CODING]


def _take_off(name: str, data: bytes, limit: int, warnings: list[str]) -> tuple[bytes, bool]:
    """Return `data` without one coding, and whether the limit cut it."""
    if not data:
        return data, False
    pieces = _open_coding(name, data)
    if pieces is None:
        warnings.append(f"coding-unknown: {name[:40]!r}; the body is taken as it is")
        return data, False
    out = bytearray()
    try:
        for piece in pieces:
            out += piece
            if len(out) > limit:
                return bytes(out[:limit]), True
    except _Damage as damage:
        if not out and not data.startswith((GZIP_MAGIC[:2], b"\x78")):
            warnings.append(f"coding-wrong: declared {name}, but the body is not")
            return data, False
        warnings.append(str(damage))
    return bytes(out), False


def _open_coding(name: str, data: bytes) -> Iterator[bytes] | None:
    """The pieces of `data` without the coding `name`; None for a coding we do not know."""
    if name == "br":
        return _unbrotli(data)
    if name not in ("gzip", "deflate"):
        return None
    if data.startswith(GZIP_MAGIC[:2]):
        return _inflate(data, zlib.MAX_WBITS | 16)
    if data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0:  # RFC 1950, 2.2
        return _inflate(data, zlib.MAX_WBITS)
    return _inflate(data, -zlib.MAX_WBITS)  # raw: what some servers call deflate


def _inflate(data: bytes, wbits: int) -> Iterator[bytes]:
    """Yield the content of a deflate stream or of gzip members in a row."""
    stream = zlib.decompressobj(wbits)
    rest = b""
    for start in range(0, len(data), PIECE):
        rest += data[start : start + PIECE]
        while rest:
            piece = _call(partial(stream.decompress, rest, PIECE))
            if piece:
                yield piece
            if stream.eof:
                rest = stream.unused_data
                if wbits < 16 or not (rest or data[start + PIECE :]).startswith(GZIP_MAGIC[:1]):
                    return  # padding after the last member is common and harmless
                stream = zlib.decompressobj(wbits)
            else:
                rest = stream.unconsumed_tail
    if not stream.eof:
        raise _Damage(f"{CODING_CUT}: the compressed body ends early")


def _unbrotli(data: bytes) -> Iterator[bytes]:
    """Yield the content of a brotli stream (RFC 7932)."""
    stream = brotli.Decompressor()
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        yield _call(partial(stream.process, piece, output_buffer_limit=PIECE))
        while not stream.is_finished() and not stream.can_accept_more_data():
            yield _call(partial(stream.process, b"", output_buffer_limit=PIECE))
        if stream.is_finished():
            return
    raise _Damage(f"{CODING_CUT}: the compressed body ends early")


def _call(step: Callable[[], bytes]) -> bytes:
    try:
        return step()
    except (zlib.error, brotli.error) as error:
        raise _Damage(f"coding-damaged: {error}") from error
