"""A server that sends exactly the bytes a test tells it to, over http or TLS, and a clock."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawler.wire.address import Policy

After = Literal["keep", "close", "cut", "reset", "hold"]


@dataclass(frozen=True)
class Reply:
    """Bytes for one request, and what to do with the connection then.

    close = the polite end (TLS close_notify); cut = FIN alone; reset = RST; hold = say no more.
    """

    data: bytes
    after: After = "keep"


WARM = Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nwarm")


@dataclass
class Server:
    """``async with Server([...]) as server``: replies go out in order, one for each request."""

    replies: Sequence[Reply]
    tls: ssl.SSLContext | None = None
    greeting: bytes = b""
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    port: int = 0

    async def __aenter__(self) -> Server:
        self._todo = list(self.replies)
        self._tasks: set[asyncio.Task[None]] = set()
        self.ended = asyncio.Event()  # a connection's end was seen or made
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def url(self, path: str = "/") -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}{path}"

    @property
    def policy(self) -> Policy:
        return Policy(("127.0.0.1",), (self.port,))

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                writer.write(self.greeting)
                await self._serve(reader, writer)
        finally:
            self.ended.set()
            self._tasks.discard(task)
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            reply = self._todo.pop(0)
            writer.write(reply.data)
            await writer.drain()
            if reply.after == "hold":
                await reader.read()
                return
            if reply.after != "keep":
                await self._leave(reply.after, reader, writer)
                return

    @staticmethod
    async def _leave(
        how: After, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        raw = writer.get_extra_info("socket")
        if how == "close":
            writer.close()
            await writer.wait_closed()
        elif how == "cut":
            raw.shutdown(socket.SHUT_WR)
            await reader.read()
        else:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()


@dataclass
class Clock:
    """A monotonic clock that moves when it is told to, with the timers that hang on it."""

    time: float = 1000.0

    def __post_init__(self) -> None:
        self._timers: list[tuple[float, Callable[[], None], list[bool]]] = []
        self._armed = asyncio.Condition()
        self._arms = 0

    def monotonic(self) -> float:
        return self.time

    def call_later(self, delay: float, call: Callable[[], None]) -> Clock.Handle:
        alive = [True]
        self._timers.append((self.time + delay, call, alive))
        self._arms += 1
        self._waiting = asyncio.ensure_future(self._tell())
        return Clock.Handle(alive)

    async def _tell(self) -> None:
        async with self._armed:
            self._armed.notify_all()

    async def wait_for_arms(self, count: int) -> None:
        """Until ``count`` timers were set in all."""
        async with self._armed:
            await self._armed.wait_for(lambda: self._arms >= count)

    def advance(self, seconds: float) -> None:
        """Move on and fire what is due."""
        self.time += seconds
        for timer in list(self._timers):
            when, call, alive = timer
            if when <= self.time:
                self._timers.remove(timer)
                if alive[0]:
                    call()

    @dataclass
    class Handle:
        alive: list[bool]

        def cancel(self) -> None:
            self.alive[0] = False


def make_certificate(folder: Path, *names: str, valid: bool = True) -> Path:
    """A self-signed certificate with its key in one PEM file, for names and addresses."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime.now(UTC) - timedelta(days=30)
    end = start + timedelta(days=300 if valid else 3)
    alternatives: list[x509.GeneralName] = [
        x509.IPAddress(ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names
    ]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{names[0]}{'' if valid else '-expired'}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def make_server_context(pem: Path) -> ssl.SSLContext:
    """A server context for a file of ``make_certificate``."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
