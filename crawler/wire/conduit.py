"""One connection: bytes out, bytes in, one Talk at a time.

An asyncio Protocol and not a StreamReader: the bytes of a read go to the Talk as they came,
without a second buffer or a task switch per read (measured against Scrapy's stock handler in
tests/bench/bench_wire.py). While nothing is asked the connection is still read, so that a server
that hangs up, or speaks out of turn, is noticed before the next request goes out on it. What a
server says before anything was asked (a greeting of another protocol, an answer sent blindly) is
kept for the first Talk: whether it comes before or behind the request is a matter of microseconds.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable

from crawler.wire.talk import Talk


class Conduit(asyncio.Protocol):
    """A connection to ``ip``; ``on_lost`` is called when it dies or is spoilt while idle."""

    def __init__(self, ip: str) -> None:
        self.ip = ip
        self.tls_version: str | None = None
        self.idle_since = 0.0
        self.on_lost: Callable[[Conduit], None] | None = None
        self._transport: asyncio.Transport | None = None
        self._talk: Talk | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._on_head: Callable[[], None] | None = None
        self._closed = False
        self._early: bytearray | None = bytearray()  # None once something was asked
        self._early_end = False

    async def converse(
        self, request: bytes, talk: Talk, on_head: Callable[[], None] | None = None
    ) -> bool:
        """Send ``request`` and return when ``talk`` is done: whether anything was sent.

        ``on_head`` is called once if the head comes before the rest. Leaves the connection open.
        A connection that was closed before sends nothing; ``talk`` gets what came on it.
        """
        early, self._early = self._early, None
        if self._closed or self._transport is None:
            talk.feed(bytes(early or b""))
            talk.end(clean=self._early_end and self._ended_cleanly())
            return False
        self._talk, self._on_head = talk, on_head
        self._waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        if early:
            self.data_received(bytes(early))
        try:
            await self._waiter
        finally:
            self._talk = self._waiter = self._on_head = None
        return True

    def expire(self) -> None:
        """The time for the current answer is up."""
        if self._talk is not None:
            self._talk.expire()
            self._release()

    def close(self) -> None:
        """Drop the connection; what is unsent is dropped too."""
        self._closed = True
        if self._transport is not None:
            self._transport.abort()

    @property
    def is_open(self) -> bool:
        """Neither side has closed it."""
        return not self._closed

    @property
    def transport(self) -> asyncio.Transport | None:
        """What TLS is laid over after CONNECT."""
        return self._transport

    def adopt(self, transport: asyncio.BaseTransport) -> None:
        """Go on over another transport: the TLS one laid over the first."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        tls = transport.get_extra_info("ssl_object")
        self.tls_version = tls.version() if tls is not None else None
        self._early = self._early or bytearray()  # behind a CONNECT nothing was asked yet either

    # -- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.adopt(transport)

    def data_received(self, data: bytes) -> None:
        if self._talk is None:
            if self._early is None or self.on_lost is not None:  # idle
                self._lose()
            else:
                self._early += data
            return
        self._talk.feed(data)
        if self._talk.done:
            self._release()
        elif self._on_head is not None and self._talk.head is not None:
            self._on_head()
            self._on_head = None

    def eof_received(self) -> None:
        if self._talk is not None:
            self._talk.end(clean=self._ended_cleanly())
            self._release()
        elif self._early is not None and self.on_lost is None:
            self._early_end = self._closed = True  # asyncio closes the transport behind us
            return
        self._lose()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        if self._talk is not None:
            self._talk.end(clean=False)  # a clean end has come to eof_received before
            self._release()
        self._lose()

    # -- within

    def _release(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        self._talk = None

    def _lose(self) -> None:
        self.close()
        if self.on_lost is not None:
            self.on_lost(self)

    def _ended_cleanly(self) -> bool:
        """Over TLS, whether close_notify came before the FIN.

        asyncio reports both ends alike; but once close_notify was read, reading again says
        "end of stream", and otherwise "would block" (SSL_read(3), SSL_ERROR_ZERO_RETURN).
        """
        assert self._transport is not None
        tls: ssl.SSLObject | None = self._transport.get_extra_info("ssl_object")
        if tls is None:
            return True
        try:
            return not tls.read(1)
        except ssl.SSLError:
            return False
