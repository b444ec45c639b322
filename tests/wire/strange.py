"""Answers that break the rules of HTTP in ways servers, proxies and attackers do.

The same table as answers.py: what the bytes on the wire are, and what the exchange must say of
them. Where a body's framing breaks down, the block is all that came, marked, and the payload what
the archive reads out of such a block: the chunks before the break, or the body as it stands where
not one chunk was there. What curl 7.88 makes of the same bytes stands beside the odd ones.
"""

from __future__ import annotations

from .answers import BODY_CAP, OK, TE, ZIPPED, Answer, sized

CL = OK + b"Content-Length: 3\r\n"
END = b"0\r\n\r\n"
TIN = b"3\r\ntin\r\n"


def coded(value: bytes) -> bytes:
    """A head that names a transfer coding."""
    return OK + b"Transfer-Encoding: " + value + b"\r\n\r\n"


def break_down(name: str, body: bytes, payload: bytes) -> Answer:
    """A chunked body that breaks down; the server leaves the connection open."""
    return Answer(
        name, TE + body, payload, truncated="disconnect", chunked=True, reusable=False, breaks=True
    )


def stop_short(name: str, body: bytes, payload: bytes) -> Answer:
    """A chunked body that the server ends politely before it is whole."""
    return Answer(
        *(name, TE + body, payload),
        after="close",
        truncated="disconnect",
        chunked=True,
        reusable=False,
    )


def run_on(name: str, raw: bytes, payload: bytes = b"tin", **more: object) -> Answer:
    """An answer that only the end of the connection ends."""
    return Answer(name, raw, payload, after="close", reusable=False, **more)  # type: ignore[arg-type]


HEADS = (
    Answer("fold before the first field", OK + b" X: y\r\nContent-Length: 3\r\n\r\ntin"),
    run_on("length in a line that is no field", OK + b" Content-Length: 2\r\n\r\ntin"),
    Answer("folded length", OK + b"Content-Length:\r\n 3\r\n\r\ntin"),  # curl: error 8
    Answer(
        "folded coding",
        OK + b"Transfer-Encoding:\r\n\tchunked\r\n\r\n" + TIN + END,
        chunked=True,
    ),
    Answer("NUL in a value", CL + b"X: a\0b\r\n\r\ntin"),  # curl: error 8
    Answer("NUL in a name", CL + b"X\0: a\r\n\r\ntin"),
    run_on("NUL in the length", OK + b"Content-Length: 2\0\r\n\r\ntin"),
    Answer("CR in a value", CL + b"X: a\rb: c\r\n\r\ntin"),
    run_on("a length behind a CR", OK + b"X: a\rContent-Length: 2\r\n\r\ntin"),
    Answer("five thousand fields", OK + b"A: b\r\n" * 5000 + CL[len(OK) :] + b"\r\ntin"),
    Answer("CR CR LF", b"HTTP/1.1 200 OK\r\r\nContent-Length: 3\r\r\n\r\r\ntin"),
    Answer("reason with control bytes", sized(b"HTTP/1.1 200 a\0b\x1b[31m\r\n")),
    Answer("reason with a CR", sized(b"HTTP/1.1 200 a\rb\r\n")),
    Answer("reason of 60,000 bytes", sized(b"HTTP/1.1 200 " + b"x" * 60_000 + b"\r\n")),
    Answer("NUL behind the status", sized(b"HTTP/1.1 200\0OK\r\n")),
    Answer("tabs in the status line", sized(b"HTTP/1.1\t200\tOK\r\n")),
    Answer("status 999", sized(b"HTTP/1.1 999 ?\r\n"), status=999),
    Answer("status 600", sized(b"HTTP/1.1 600 ?\r\n"), status=600),
    Answer("nothing but colons", CL + b":::\r\n::a\r\n\r\ntin"),
    Answer(
        "Unicode blanks are no blanks",
        sized(OK + b"\xa0X\x85: \xa0a\x1c\r\n"),
        fields=(("\xa0X\x85", "\xa0a\x1c"), ("Content-Length", "3")),
    ),
    Answer(
        "Location with control bytes",
        sized(b"HTTP/1.1 302 F\r\nLocation: /\0\r\x0bWARC-Type: x\r\n"),
        status=302,
    ),
    Answer("validators with odd bytes", sized(OK + b'ETag: "\xff\0"\r\nLast-Modified: \x80\r\n')),
    Answer("media type with odd bytes", sized(OK + b"Content-Type: \xff\0/;;charset=\xfe\r\n")),
    Answer(
        "Retry-After that is none", sized(b"HTTP/1.1 503 S\r\nRetry-After: \xb2\r\n"), status=503
    ),
    run_on("HTTP/2 in text", sized(b"HTTP/2 200\r\n"), version="2"),
    run_on("HTTP/1.2", sized(b"HTTP/1.2 200 OK\r\n"), version="1.2"),
    run_on("HTTP/0.9 with a head", sized(b"HTTP/0.9 200 OK\r\n"), version="0.9"),
)

LENGTHS = (
    *(
        run_on(f"length {value!r}", OK + b"Content-Length: " + value + b"\r\n\r\ntin")
        for value in (b"+3", b"0x2", b"2.0", b"2 bytes", b"", b"1 0", b"\xb2", b"2, 3", b"2;")
    ),
    run_on("length beyond 64 bits", OK + b"Content-Length: 18446744073709551617\r\n\r\ntin"),
    run_on("lengths spelt in two ways", OK + b"Content-Length: 02\r\nContent-Length: 2\r\n\r\ntin"),
    Answer("length with empty members", OK + b"Content-Length: 3,,3,\r\n\r\ntin"),
    Answer(
        "length beyond what comes",
        OK + b"Content-Length: 999999999999\r\n\r\ntin",
        after="close",
        truncated="disconnect",
        reusable=False,
    ),
    Answer(
        "length that is too small",
        OK + b"Content-Length: 2\r\n\r\ntin",
        b"ti",
        trailing=b"n",
        reusable=False,
    ),
    Answer(
        "no length, but a body",
        OK + b"Content-Length: 0\r\n\r\ntin",
        b"",
        trailing=b"tin",
        reusable=False,
    ),
    Answer(
        "an answer behind the answer",
        CL + b"\r\ntin" + sized(OK, b"bad"),
        trailing=sized(OK, b"bad"),
        reusable=False,
    ),
    Answer("a line break behind the answer", CL + b"\r\ntin\r\n", trailing=b"\r\n", reusable=False),
    Answer(
        "one byte above the cap",
        OK + b"Content-Length: 3001\r\n\r\n" + b"x" * 3001,
        b"x" * BODY_CAP,
        truncated="length",
        cut_to=len(OK) + 24 + BODY_CAP,
        reusable=False,
    ),
    Answer(
        "one byte above the cap, until close",
        OK + b"\r\n" + b"x" * 3001,
        b"x" * BODY_CAP,
        after="close",
        truncated="length",
        cut_to=len(OK) + 2 + BODY_CAP,
        reusable=False,
    ),
    run_on("exactly the cap, until close", OK + b"\r\n" + b"x" * BODY_CAP, b"x" * BODY_CAP),
    Answer(
        "gzip that breaks off", sized(OK + b"Content-Encoding: gzip\r\n", ZIPPED[:-5]), ZIPPED[:-5]
    ),
    Answer(
        "gzip cut by the server",
        OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(ZIPPED) + ZIPPED[:-5],
        ZIPPED[:-5],
        after="cut",
        truncated="disconnect",
        reusable=False,
    ),
    Answer(
        "reset in the body",
        OK + b"Content-Length: 99\r\n\r\ntin",
        after="reset",
        truncated="disconnect",
        reusable=False,
    ),
)

CODINGS = (
    Answer("identity, then chunked", coded(b"identity, chunked") + TIN + END, chunked=True),
    Answer("chunked, then identity", coded(b"chunked, identity") + TIN + END, chunked=True),
    Answer("blank behind chunked", coded(b"chunked ") + TIN + END, chunked=True),
    Answer(
        "gzip, then chunked",
        coded(b"gzip, chunked") + b"%x\r\n" % len(ZIPPED) + ZIPPED + b"\r\n" + END,
        ZIPPED,
        chunked=True,
    ),
    *(
        run_on(f"coding {value!r}", coded(value) + TIN + END, TIN + END, chunked=True)
        for value in (
            b"xchunked",
            b"chunked, gzip",
            b"\x0bchunked",
            b"\xa0chunked",
            b"chunked\0",
            b'"chunked"',
            b"chunked;q=1",
            b"chunked chunked",
        )
    ),
    *(run_on(f"coding {value!r}", coded(value) + b"tin") for value in (b"", b",", b"identity")),
    run_on(
        "chunked over 1.0",
        b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + TIN + END,
        chunked=True,
        version="1.0",
    ),
    Answer(
        "204 with a coding",
        b"HTTP/1.1 204 N\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"",
        204,
        reusable=False,
    ),
    Answer(
        "204 with a length",
        b"HTTP/1.1 204 N\r\nContent-Length: 3\r\n\r\n",
        b"",
        204,
        reusable=False,
    ),
    Answer(
        "204 with a body",
        b"HTTP/1.1 204 N\r\nContent-Length: 3\r\n\r\ntin",
        b"",
        204,
        trailing=b"tin",
        reusable=False,
    ),
    Answer("304 with a coding", b"HTTP/1.1 304 N\r\nTransfer-Encoding: chunked\r\n\r\n", b"", 304),
    Answer("205 with a body", sized(b"HTTP/1.1 205 R\r\n"), status=205),
    Answer(
        "HEAD with a body", CL + b"\r\ntin", b"", method="HEAD", trailing=b"tin", reusable=False
    ),
    Answer(
        "a hundred 102",
        b"HTTP/1.1 102 P\r\n\r\n" * 100 + sized(OK),
        interim=b"HTTP/1.1 102 P\r\n\r\n" * 100,
    ),
    Answer(
        "103 with a length",
        b"HTTP/1.1 103 E\r\nContent-Length: 3\r\n\r\n" + sized(OK),
        interim=b"HTTP/1.1 103 E\r\nContent-Length: 3\r\n\r\n",
    ),
    Answer("199", b"HTTP/1.0 199 ?\n\n" + sized(OK), interim=b"HTTP/1.0 199 ?\n\n"),
    Answer(
        "upgrade to HTTP/2",
        b"HTTP/1.1 101 S\r\nUpgrade: h2c\r\n\r\n\0\0\0\4",
        b"",
        101,
        trailing=b"\0\0\0\4",
        reusable=False,
    ),
    Answer("upgrade wanted", sized(b"HTTP/1.1 426 U\r\nUpgrade: h2c\r\n"), status=426),
)

CHUNKS = (
    Answer(
        "extension of 2,000 bytes", TE + b"3;" + b"e" * 2000 + b"\r\ntin\r\n" + END, chunked=True
    ),
    Answer("extension with a CR", TE + b"3;a\rb\r\ntin\r\n" + END, chunked=True),
    Answer("empty extension", TE + b"3;\r\ntin\r\n0;\r\n\r\n", chunked=True),
    Answer("size with twenty zeros", TE + b"0" * 20 + TIN + END, chunked=True),  # curl: error 56
    Answer("size with a tab", TE + b"3\t\r\ntin\r\n" + END, chunked=True),
    Answer("LF behind a chunk", TE + b"3\r\ntin\n" + END, chunked=True),
    Answer("trailer without a colon", TE + TIN + b"0\r\nX\r\n\r\n", chunked=True),
    Answer("a length in the trailer", TE + TIN + b"0\r\nContent-Length: 9\r\n\r\n", chunked=True),
    Answer(
        "bytes behind the last chunk",
        TE + TIN + END + b"more",
        trailing=b"more",
        chunked=True,
        reusable=False,
    ),
    *(
        break_down(f"size {size!r}", size + b"\r\ntin\r\n" + END, size + b"\r\ntin\r\n" + END)
        for size in (
            b"-3",
            b"+3",
            b"0x3",
            b"3 3",
            b"",
            b"\xef\xbc\x93",
            b"1_0",
            b"f" * 40,
            b"1" + b"0" * 16 + b"3",
        )
    ),
    break_down("size with a blank before", b" " + TIN + END, b"tin"),
    break_down("no line end behind a chunk", TIN + b"3\r\nabc0\r\n\r\n", b"tinabc"),
    break_down("a blank line between chunks", TIN + b"\r\n" + END, b"tin"),
    break_down("a second chunk that is none", TIN + b"zz\r\n", b"tin"),
    break_down("an extension in quotes over two lines", b'3;a="x\r\ny"\r\ntin\r\n' + END, b'y"\r'),
    break_down("no chunks at all", b"<html>\n</html>", b"<html>\n</html>"),
    stop_short("one chunk of 2^64-1 bytes", b"f" * 16 + b"\r\ntin", b"tin"),
    stop_short("no last line", TIN + b"0\r\n", b"tin"),
    stop_short("no line end behind the last chunk", TIN + b"0", b"tin"),
    stop_short("sizes that end in CR", b"3\rtin\r0\r\r", b"3\rtin\r0\r\r"),
    stop_short("chunked, and not a byte", b"", b""),
)

STRANGE = (*HEADS, *LENGTHS, *CODINGS, *CHUNKS)

FOREIGN = {
    **{
        f"status {code!r}": b"HTTP/1.1 " + code + b" OK\r\nContent-Length: 3\r\n\r\ntin"
        for code in (b"099", b"000", b"1000", b"2OO", b"-200", b"+200", b"\xb200", b"")
    },
    **{
        f"version {word!r}": word + b" 200 OK\r\nContent-Length: 3\r\n\r\ntin"
        for word in (
            b"HTTP/1.10",
            b"HTTP/01.1",
            b"HTTP/",
            b"HTTP",
            b"ICY",
            b"RTSP/1.0",
            b"xHTTP/1.1",
        )
    },
    "blank first": b" HTTP/1.1 200 OK\r\n\r\n",
    "byte order mark first": b"\xef\xbb\xbfHTTP/1.1 200 OK\r\n\r\n",
    "line breaks without end": b"\r\n" * 3000,
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/2 settings": b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x64",
    "TLS alert": b"\x15\3\1\0\2\2\x16",
    "mail server": b"220 mail ESMTP\r\n",
    "our request back": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "a hundred thousand fields": OK + b"A: b\r\n" * 100_000 + b"\r\n",
    "1xx without end": b"HTTP/1.1 102 P\r\n\r\n" * 20_000,
}
"""What is not HTTP, or not within its limits: no response, all that was read is kept."""
