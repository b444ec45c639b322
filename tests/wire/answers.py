"""The table of answers: what a server sends, and what the exchange must say of it.

Bodies are short; the limits in force are BODY_CAP for a body and the default for a head.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass

import brotli

from .server import After

BODY_CAP = 3000


@dataclass(frozen=True)
class Answer:
    """``raw`` = interim + block + trailing; ``block`` None means all of it."""

    name: str
    raw: bytes
    payload: bytes = b"tin"
    status: int = 200
    after: After = "keep"
    method: str = "GET"
    interim: bytes = b""
    trailing: bytes = b""
    truncated: str | None = None
    cut_to: int | None = None  # of the block, when the cap cuts it
    fields: tuple[tuple[str, str], ...] | None = None
    chunked: bool = False
    version: str = "1.1"
    reusable: bool = True
    breaks: bool = False  # the framing breaks down: the block ends where that was seen

    @property
    def block(self) -> bytes:
        block = self.raw[len(self.interim) : len(self.raw) - len(self.trailing)]
        return block[: self.cut_to]


OK = b"HTTP/1.1 200 OK\r\n"
TE = OK + b"Transfer-Encoding: chunked\r\n\r\n"
ZIPPED = gzip.compress(b"tin" * 50, mtime=0)
BROTLI = brotli.compress(b"tin" * 50)
DEFLATED = zlib.compress(b"tin" * 50)
BIG = b"x" * (BODY_CAP + 1000)
BIG_LINE = OK + b"Content-Length: 4000\r\n\r\n"


def sized(head: bytes, body: bytes = b"tin") -> bytes:
    """A head with Content-Length, and the body."""
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


ANSWERS = (
    Answer("length", sized(OK)),
    Answer("empty body", sized(OK, b""), b""),
    Answer("no reason, no space", sized(b"HTTP/1.1 200\r\n")),
    Answer("empty reason", sized(b"HTTP/1.1 200 \r\n")),
    Answer("reason in utf-8", sized("HTTP/1.1 200 Được\r\n".encode())),
    Answer("two spaces before the status", sized(b"HTTP/1.1  200 OK\r\n")),
    Answer(
        "odd case and order",
        sized(OK + b"x-zULU: 1\r\nSeRvEr: ok\r\naLpha: 2\r\n"),
        fields=(("x-zULU", "1"), ("SeRvEr", "ok"), ("aLpha", "2"), ("Content-Length", "3")),
    ),
    Answer(
        "repeated fields",
        sized(OK + b"Set-Cookie: a=1\r\nX: y\r\nset-cookie: b=2\r\n"),
        fields=(
            ("Set-Cookie", "a=1"),
            ("X", "y"),
            ("set-cookie", "b=2"),
            ("Content-Length", "3"),
        ),
    ),
    Answer("bare LF", b"HTTP/1.1 200 OK\nContent-Length: 3\n\ntin"),
    Answer("LF and CRLF mixed", b"HTTP/1.1 200 OK\r\nA: b\nContent-Length: 3\n\r\ntin"),
    Answer(
        "folded field",
        sized(OK + b"X-Long: one\r\n  two\r\n\tthree\r\n"),
        fields=(("X-Long", "one two three"), ("Content-Length", "3")),
    ),
    Answer(
        "field without colon",
        sized(OK + b"this is no field\r\nA: b\r\n"),
        fields=(("A", "b"), ("Content-Length", "3")),
    ),
    Answer("space before the colon", OK + b"Content-Length : 3\r\n\r\ntin"),
    Answer("empty values", sized(OK + b"A:\r\nB: \r\n: c\r\n")),
    Answer("bytes above 127", sized(OK + "X-Báo: Hà Nội".encode() + b"\xff\xfe\r\n")),
    Answer("control bytes in a value", sized(OK + b"A: \x00\x01\x0b\r\n")),
    Answer("zero-led and padded length", OK + b"Content-Length:   0003  \r\n\r\ntin"),
    Answer("chunked", TE + b"2\r\nti\r\n1\r\nn\r\n0\r\n\r\n", chunked=True),
    Answer("chunk extensions", TE + b'3;a=b;c="d"\r\ntin\r\n0;last\r\n\r\n', chunked=True),
    Answer("trailers", TE + b"3\r\ntin\r\n0\r\nX-Sum: 1\r\nB: c\r\n\r\n", chunked=True),
    Answer("chunked with bare LF", TE + b"3\ntin\n0\n\n", chunked=True),
    Answer("padded chunk sizes", TE + b"0003 \r\ntin\r\n000\r\n\r\n", chunked=True),
    Answer(
        "chunk size in capitals",
        TE + b"C\r\n" + b"t" * 12 + b"\r\n0\r\n\r\n",
        b"t" * 12,
        chunked=True,
    ),
    Answer("empty chunked", TE + b"0\r\n\r\n", b"", chunked=True),
    Answer(
        "chunk data like framing",
        TE + b"7\r\n0\r\n\r\n\r\n\r\n0\r\n\r\n",
        b"0\r\n\r\n\r\n",
        chunked=True,
    ),
    Answer(
        "doubled chunked",
        OK
        + b"Transfer-Encoding: chunked\r\ntransfer-encoding: Chunked\r\n\r\n3\r\ntin\r\n0\r\n\r\n",
        chunked=True,
    ),
    Answer("identity coding", sized(OK + b"Transfer-Encoding: identity\r\n")),
    Answer("gzip", sized(OK + b"Content-Encoding: gzip\r\n", ZIPPED), ZIPPED),
    Answer("deflate", sized(OK + b"Content-Encoding: deflate\r\n", DEFLATED), DEFLATED),
    Answer("br unasked", sized(OK + b"Content-Encoding: br\r\n", BROTLI), BROTLI),
    Answer(
        "gzip in chunks",
        OK
        + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
        + b"%x\r\n" % len(ZIPPED)
        + ZIPPED
        + b"\r\n0\r\n\r\n",
        ZIPPED,
        chunked=True,
    ),
    Answer(
        "100 before",
        b"HTTP/1.1 100 Continue\r\n\r\n" + sized(OK),
        interim=b"HTTP/1.1 100 Continue\r\n\r\n",
    ),
    Answer(
        "102 and 103 before",
        b"HTTP/1.1 102 P\n\nHTTP/1.1 103 E\r\nLink: </a>\r\n\r\n" + sized(OK),
        interim=b"HTTP/1.1 102 P\n\nHTTP/1.1 103 E\r\nLink: </a>\r\n\r\n",
    ),
    Answer("HEAD with length", OK + b"Content-Length: 99\r\n\r\n", b"", method="HEAD"),
    Answer("HEAD chunked", TE, b"", method="HEAD"),
    Answer("204", b"HTTP/1.1 204 No Content\r\nA: b\r\n\r\n", b"", 204),
    Answer("304 with length", b"HTTP/1.1 304 NM\r\nContent-Length: 99\r\n\r\n", b"", 304),
    Answer("redirect", sized(b"HTTP/1.1 302 F\r\nLocation: /x\r\n"), status=302),
    Answer("server error", sized(b"HTTP/1.1 503 S\r\nRetry-After: 9\r\n"), status=503),
    Answer("a status of nobody", sized(b"HTTP/1.1 799 ?\r\n"), status=799),
    Answer(
        "body with blank lines",
        sized(OK, b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
        b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
    ),
    Answer("all bytes", sized(OK, bytes(range(256))), bytes(range(256))),
    Answer("same length twice", OK + b"Content-Length: 3\r\nContent-Length: 3, 3\r\n\r\ntin"),
    Answer(
        "1.0 keep-alive", sized(b"HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n"), version="1.0"
    ),
    Answer("1.0", b"HTTP/1.0 200 OK\r\n\r\ntin", after="close", version="1.0", reusable=False),
    Answer("until close", OK + b"A: b\r\n\r\ntin", after="close", reusable=False),
    Answer("no fields at all", OK + b"\r\ntin", after="close", reusable=False),
    Answer(
        "connection: close", sized(OK + b"Connection: close\r\n"), after="close", reusable=False
    ),
    Answer(
        "coding and length",
        OK + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntin\r\n0\r\n\r\n",
        chunked=True,
        reusable=False,
    ),
    Answer(
        "lengths that contradict",
        OK + b"Content-Length: 1\r\nContent-Length: 3\r\n\r\ntin",
        after="close",
        reusable=False,
    ),
    Answer(
        "a length that is none",
        OK + b"Content-Length: -3\r\n\r\ntin",
        after="close",
        reusable=False,
    ),
    Answer(
        "coded but not chunked",
        OK + b"Transfer-Encoding: gzip\r\n\r\n" + ZIPPED,
        ZIPPED,
        after="close",
        chunked=True,
        reusable=False,
    ),
    Answer("bytes behind the end", sized(OK) + b"\r\nmore", trailing=b"\r\nmore", reusable=False),
    Answer(
        "bytes behind a 304",
        b"HTTP/1.1 304 NM\r\n\r\nbody",
        b"",
        304,
        trailing=b"body",
        reusable=False,
    ),
    Answer(
        "upgrade nobody asked for",
        b"HTTP/1.1 101 S\r\nUpgrade: x\r\n\r\n\x81",
        b"",
        101,
        trailing=b"\x81",
        reusable=False,
    ),
    Answer(
        "cut in the body",
        OK + b"Content-Length: 99\r\n\r\ntin",
        after="cut",
        truncated="disconnect",
        reusable=False,
    ),
    Answer(
        "cut in a chunk",
        TE + b"2\r\nti\r\n9\r\nn",
        after="cut",
        truncated="disconnect",
        chunked=True,
        reusable=False,
    ),
    Answer(
        "cut before the last chunk",
        TE + b"3\r\ntin\r\n",
        after="close",
        truncated="disconnect",
        chunked=True,
        reusable=False,
    ),
    Answer(
        "chunks that are none",
        TE + b"3\r\ntin\r\n<html>\r\n",
        truncated="disconnect",
        chunked=True,
        reusable=False,
        breaks=True,
    ),
    Answer(
        "oversize by length",
        BIG_LINE + BIG,
        BIG[:BODY_CAP],
        truncated="length",
        cut_to=len(BIG_LINE) + BODY_CAP,
        reusable=False,
    ),
    Answer(
        "oversize until close",
        OK + b"\r\n" + BIG,
        BIG[:BODY_CAP],
        after="close",
        truncated="length",
        cut_to=len(OK) + 2 + BODY_CAP,
        reusable=False,
    ),
    Answer(
        "oversize in chunks",
        TE + b"fa0\r\n" + BIG + b"\r\n0\r\n\r\n",
        BIG[: BODY_CAP - 5],
        truncated="length",
        cut_to=len(TE) + BODY_CAP,
        chunked=True,
        reusable=False,
    ),
    Answer("exactly the cap", sized(OK, BIG[:BODY_CAP]), BIG[:BODY_CAP]),
)

NO_HTTP = {
    "HTTP/0.9": b"<html><body>tin</body></html>",
    "another protocol": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "binary": bytes(range(256)),
    "almost": b"HTP/1.1 200 OK\r\n\r\n",
    "no status": b"HTTP/1.1 OK\r\n\r\n",
    "status of two digits": b"HTTP/1.1 20 OK\r\n\r\n",
    "status of four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
    "endless head": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 66_000,
    "long head that ends": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 66_000 + b"\r\n\r\n",
    "line break first": b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "endless interim": b"HTTP/1.1 100 C\r\n\r\n" * 4000,
}
