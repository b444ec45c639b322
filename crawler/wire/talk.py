"""Take in one answer, byte by byte as it comes, and know what every byte belongs to.

```
raw:  [ 1xx heads -> interim ][ head | body ........ ][ trailing ]
                               ^0     ^body_at        ^end
```

Sans-IO: ``feed`` gets what the socket gave, ``end`` says that no more will come; nobody here
reads, writes or waits. One buffer holds the whole block, so the block that is archived *is* what
came, and the parsed values are read from it on the side (rejected: putting the block together
again from parsed values; no parser gives back all it was given). The decision for a tolerant
reader instead of h11, and its reason, stands in head.py.

Whatever happens after the head has come is a response, perhaps truncated. Before that it is
trouble, and the bytes are kept as ``trailing``: half a head or a greeting of another protocol
is no HTTP response.
"""

from __future__ import annotations

from archive.records import Truncation
from archive.warc.http import remove_chunks
from crawler.wire.chunks import BrokenChunks, Chunks
from crawler.wire.errors import Trouble
from crawler.wire.head import (
    Framing,
    Head,
    choose_framing,
    find_head,
    list_codings,
    may_be_http,
    parse_head,
)
from crawler.wire.limits import Limits


class Talk:
    """One answer. ``done`` is true once it is complete, cut or not HTTP; then nothing changes."""

    __slots__ = (
        "_chunks",
        "_framing",
        "_limits",
        "_method",
        "body_at",
        "detail",
        "done",
        "end_at",
        "head",
        "interim",
        "raw",
        "received",
        "trouble",
        "truncated",
    )

    def __init__(self, method: str, limits: Limits) -> None:
        self._method = method
        self._limits = limits
        self._chunks: Chunks | None = None
        self._framing: Framing | None = None
        self.raw = bytearray()
        self.received = 0  # bytes of any kind
        self.interim = b""
        self.head: Head | None = None
        self.body_at = 0
        self.end_at = 0
        self.done = False
        self.truncated: Truncation | None = None
        self.trouble: Trouble | None = None
        self.detail: str | None = None  # one line on why it was cut, when the reason is odd

    def feed(self, data: bytes) -> None:
        """Take in what came; bytes behind the end stay behind ``end_at``."""
        before = len(self.raw)
        self.raw += data
        self.received += len(data)
        if not self.done and (self.head is not None or self._read_head(before)):
            self._read_body()

    def end(self, *, clean: bool = True) -> None:
        """No more bytes will come; ``clean`` = the other side said so (FIN, TLS close_notify).

        A body that ends with the connection is whole only after a clean end (RFC 9112, 9.8).
        """
        if self.done:
            return
        if self.head is None:
            half = "inside the response head" if self.raw else "before it answered"
            self._fail(Trouble("reset", f"the server closed the connection {half}"))
        elif clean and self._framing is not None and self._framing.kind == "close":
            self._finish(len(self.raw), None)
        else:
            self._finish(len(self.raw), "disconnect")

    def expire(self) -> None:
        """The time is up: cut what has begun, fail what has not."""
        if self.done:
            return
        if self.head is None:
            self._fail(Trouble("timeout", "no answer within the time allowed"))
        else:
            self._finish(len(self.raw), "time")

    @property
    def block(self) -> bytes:
        """The response block as received: head, body with its framing, trailers."""
        return bytes(memoryview(self.raw)[: self.end_at])

    @property
    def payload(self) -> bytes:
        """The body without chunk framing, content coding still on (ISO 28500:2017, 5.9).

        Of a body whose framing breaks off or breaks down, what the archive will make of the
        stored block: a page read now and read again from the WARC is the same page.
        """
        if self._chunks is not None and self.truncated is None:
            return bytes(self._chunks.payload)
        body = bytes(memoryview(self.raw)[self.body_at : self.end_at])
        decoded = remove_chunks(body) if self._chunks is not None and body else None
        return decoded[0] if decoded else body

    @property
    def trailing(self) -> bytes:
        """What came behind the end; all that came when it was no response."""
        return bytes(memoryview(self.raw)[self.end_at :])

    @property
    def coded(self) -> bool:
        """A transfer coding was used."""
        return self._framing is not None and self._framing.coded

    @property
    def reusable(self) -> bool:
        """The connection may carry another exchange: a whole answer and not a byte more."""
        whole = self.done and self.trouble is None and self.truncated is None
        clean = self._framing is not None and self._framing.reusable
        return whole and clean and self.end_at == len(self.raw)

    @property
    def is_stale(self) -> bool:
        """The connection ended before a byte came: the request may never have been read."""
        return not self.received and self.trouble is not None and self.trouble.failure == "reset"

    def _fail(self, trouble: Trouble) -> None:
        self.done, self.trouble, self.end_at = True, trouble, 0

    def _finish(self, end: int, truncated: Truncation | None) -> None:
        self.done, self.truncated, self.end_at = True, truncated, end

    def _read_head(self, before: int) -> bool:
        """Look for a final head in the buffer, moving 1xx answers aside; True when it is there."""
        start = before - 3  # a blank line may have begun in the bytes that came before
        while True:
            if not may_be_http(self.raw):
                self._fail(Trouble("protocol", "what the server sent is not HTTP"))
                return False
            end = find_head(self.raw, start)
            if len(self.interim) + (end if end >= 0 else len(self.raw)) > self._limits.header:
                self._fail(Trouble("protocol", f"the head exceeds {self._limits.header} bytes"))
                return False
            if end < 0:
                return False
            head = parse_head(self.raw[:end])
            if head is None:
                self._fail(Trouble("protocol", "the first line is not an HTTP status line"))
                return False
            if head.status >= 200 or head.status == 101:
                self._begin_body(head, end)
                return True
            self.interim += bytes(self.raw[:end])
            del self.raw[:end]
            start = 0

    def _begin_body(self, head: Head, end: int) -> None:
        self.head = head
        self.body_at = end
        self._framing = choose_framing(self._method, head)
        foreign = sorted({c for c in list_codings(head.fields) if c != "chunked"})
        if self._framing.coded and foreign:
            self.detail = f"transfer coding left on: {', '.join(foreign)!a}"[:200]
        if self._framing.kind == "chunked":
            self._chunks = Chunks(end, self._limits.header)

    def _read_body(self) -> None:
        assert self._framing is not None
        kind = self._framing.kind
        cap = self.body_at + self._limits.body
        if kind == "chunked":
            self._read_chunks(cap)
        elif kind != "close":  # "none" is a length of 0
            whole = self.body_at + self._framing.length
            if whole <= cap and len(self.raw) >= whole:
                self._finish(whole, None)
        if not self.done and len(self.raw) > cap:
            del self.raw[cap:]
            self._finish(cap, "length")

    def _read_chunks(self, cap: int) -> None:
        assert self._chunks is not None
        try:
            self._chunks.walk(self.raw, min(len(self.raw), cap))
        except BrokenChunks as error:
            self.detail = str(error)
            self._finish(min(len(self.raw), cap), error.truncated)
            return
        if self._chunks.done:
            self._finish(self._chunks.at, None)
