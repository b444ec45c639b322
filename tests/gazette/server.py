"""A threaded HTTP/1.1 server for one paper: validators, gzip, HEAD, a request log and faults.

    with Server(epi.paper(seed=7, articles=60)) as server:
        requests.get(server.url + "/")

Written on socketserver because tests need what http.server does not give: cut connections, proxy
requests, wrong headers and no per-request parsing by the email package (measured: 3 times slower).
Nothing here reads the clock: Date is the paper's ``now``.
"""

from __future__ import annotations

import gzip
import hashlib
import socket
import socketserver
import threading
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from types import TracebackType
from typing import Protocol
from urllib.parse import urlsplit

from .fault import Fault, Faults, Request, fake
from .paper import Answer

IDLE_SECONDS = 30.0
TEXTS = ("text/", "application/json", "application/xml", "application/rss+xml")


class Site(Protocol):
    """What the server needs of a paper."""

    base: str

    def answer(self, target: str) -> Answer | None:
        """Return the answer to a path with its query; None for 404."""

    def now(self) -> datetime:
        """Return the instant for the Date header."""


class Server:
    """Serves a paper on ``host:port`` (port 0: any free one) until closed.

    ``url`` is its address without a final slash. Unless ``base`` is given the paper's links name
    that address; with ``base="http://name.test"`` the server is to be used as an HTTP proxy.
    ``log`` holds the requests in order (none with ``keep_log=False``: memory tests),
    ``faults`` what goes wrong, by path.
    """

    def __init__(
        self,
        paper: Site,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        base: str | None = None,
        keep_log: bool = True,
    ) -> None:
        self.paper = paper
        self.log: list[Request] = []
        self.keep_log = keep_log
        self.count = 0  # requests so far
        self.faults = Faults()
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._tcp = _Listener((host, port), self)
        self.port: int = self._tcp.server_address[1]
        self.url = f"http://{host}:{self.port}"
        paper.base = base or self.url
        self._thread = threading.Thread(target=self._tcp.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Server:
        self.open()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def open(self) -> None:
        """Start answering, in threads."""
        self._thread.start()

    def close(self) -> None:
        """Stop, and end the connections that are still open."""
        self.closing.set()
        self._tcp.shutdown()
        self._thread.join()
        self._tcp.server_close()
        with self._lock:
            for one in self._sockets:
                one.close()

    def paths(self, method: str = "GET") -> list[str]:
        """Return the paths asked for with ``method``, in order."""
        return [request.path for request in self.log if request.method == method]

    def note(self, method: str, path: str, headers: dict[str, str]) -> Request:
        """Append a request to the log and return it."""
        with self._lock:
            request = Request(self.count, method, path, headers)
            self.count += 1
            if self.keep_log:
                self.log.append(request)
            return request

    def track(self, connection: socket.socket, *, is_open: bool) -> None:
        """Remember a connection while it is open, so that ``close`` can end it."""
        with self._lock:
            (self._sockets.add if is_open else self._sockets.discard)(connection)


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], owner: Server) -> None:
        self.owner = owner
        super().__init__(address, _Connection)


class _Connection(socketserver.StreamRequestHandler):
    """One kept-alive connection."""

    server: _Listener
    timeout = IDLE_SECONDS
    disable_nagle_algorithm = True
    wbufsize = 0

    def handle(self) -> None:
        owner = self.server.owner
        owner.track(self.connection, is_open=True)
        try:
            while not owner.closing.is_set() and self._handle_one(owner):
                pass
        except (OSError, ValueError):  # the client went, or the server closes
            pass
        finally:
            owner.track(self.connection, is_open=False)

    def _handle_one(self, owner: Server) -> bool:
        line = self.rfile.readline(65536).decode("latin-1").split()
        if len(line) != 3:
            return False
        method, target, version = line
        headers: dict[str, str] = {}
        while (field := self.rfile.readline(65536).decode("latin-1")) not in ("\r\n", "\n", ""):
            name, _, value = field.partition(":")
            headers[name.strip().lower()] = value.strip()
        self.rfile.read(int(headers.get("content-length", 0)))
        if target.startswith(("http://", "https://")):  # RFC 9112 3.2.2: asked as a proxy
            parts = urlsplit(target)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        request = owner.note(method, target, headers)
        keep = version == "HTTP/1.1" and headers.get("connection", "").lower() != "close"
        return self._send(owner, request, keep)

    def _send(self, owner: Server, request: Request, keep: bool) -> bool:
        fault = owner.faults.take(request.path)
        answer = fake(fault, request) if fault else None
        if answer is None:
            answer = _ask(owner.paper, request)
        if fault and fault.kind == "charset":
            answer = replace(answer, type=f"text/html; charset={fault.charset}")
        head, body = frame(answer, request, owner.paper.now(), keep=keep)
        if request.method == "HEAD":
            body = b""
        if fault and fault.kind == "cut":
            self.wfile.write(head + body[: len(body) // 2])
            return False
        if fault and fault.kind == "slow":
            return self._drip(owner, fault, head + body) and keep
        self.wfile.write(head + body)
        return keep

    def _drip(self, owner: Server, fault: Fault, data: bytes) -> bool:
        step = max(1, len(data) // 8)
        for start in range(0, len(data), step):
            if start and owner.closing.wait(fault.seconds / 8):
                return False
            self.wfile.write(data[start : start + step])
        return True


def _ask(paper: Site, request: Request) -> Answer:
    if request.method not in ("GET", "HEAD"):
        return Answer(b"", status=405, headers=(("Allow", "GET, HEAD"),))
    found = paper.answer(request.path)
    return found or Answer("<h1>404</h1><p>Không tìm thấy trang</p>".encode(), status=404)


def frame(answer: Answer, request: Request, now: datetime, *, keep: bool) -> tuple[bytes, bytes]:
    """Return head and body for the wire: content coding, validators, 304 (RFC 9110, 13.2.2)."""
    status, body = answer.status, answer.body
    fields = [("Date", format_datetime(now.astimezone(UTC), usegmt=True)), ("Server", "gazette")]
    plain = not answer.coded and answer.type.startswith(TEXTS)
    zipped = plain and len(body) > 200 and "gzip" in request.headers.get("accept-encoding", "")
    if status == 200:
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}{"-gz" * zipped}"'
        fields.append(("ETag", etag))
        if answer.modified:
            seen = format_datetime(answer.modified.astimezone(UTC), usegmt=True)
            fields.append(("Last-Modified", seen))
        if plain:
            fields.append(("Vary", "Accept-Encoding"))
        if is_unchanged(request.headers, etag, answer.modified):
            status, body = 304, b""
    fields += answer.headers
    if status != 304:
        if zipped:
            body = gzip.compress(body, 1, mtime=0)
            fields.append(("Content-Encoding", "gzip"))
        fields += [("Content-Type", answer.type), ("Content-Length", str(len(body)))]
    fields.append(("Connection", "keep-alive" if keep else "close"))
    reason = HTTPStatus(status).phrase
    lines = [f"HTTP/1.1 {status} {reason}", *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"), body


def is_unchanged(headers: dict[str, str], etag: str, modified: datetime | None) -> bool:
    """Say whether a conditional request is answered 304; If-None-Match goes first."""
    if wanted := headers.get("if-none-match"):
        tags = [one.strip().removeprefix("W/") for one in wanted.split(",")]
        return etag in tags or "*" in tags
    since = headers.get("if-modified-since")
    if not since or modified is None:
        return False
    try:
        return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
