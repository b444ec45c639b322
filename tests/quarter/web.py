"""A server of the standard library for one paper, and what may go wrong with it for a night.

Another one than tests/gazette/server.py on purpose: answers here have other headers, close
connections, and count views into the pages they send.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Protocol, Self

Validators = Literal["etag", "modified", "none"]


@dataclass(frozen=True)
class Answer:
    """What a paper says to one path."""

    body: str = ""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    location: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True)
class Trouble:
    """What answers instead of the paper; ``is_hit`` says for which paths."""

    kind: Literal["status", "silent", "page"]
    status: int = 503
    body: str = ""
    is_hit: Callable[[str], bool] = lambda path: path != "/robots.txt"
    wait: int | None = None  # Retry-After


class Site(Protocol):
    """What the server needs of a paper."""

    base: str
    validators: Validators
    now: datetime

    def answer(self, path: str) -> Answer:
        """Return the answer to a path with its query."""


@dataclass
class Web:
    """Serves a paper on a port of 127.0.0.1 that is free."""

    paper: Site
    trouble: list[Trouble] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    views: int = 0
    hasty: int = 0  # requests that came while the paper had asked for time
    _said: tuple[float, float] = (0.0, 0.0)  # when it did, and until when; monotonic seconds

    def __enter__(self) -> Self:
        web = self

        class Handler(_Handler):
            owner = web  # type: ignore[assignment]

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.closing = threading.Event()
        self.port: int = self._server.server_address[1]
        self.paper.base = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def note(self, answer: Answer | Trouble) -> None:
        """Hold a request against what an answer before it asked for (Retry-After).

        What was under way with that answer is let be: 0.3 s.
        """
        at, (said, until) = time.monotonic(), self._said
        self.hasty += said + 0.3 < at < until - 0.05
        if isinstance(answer, Trouble) and answer.wait:
            self._said = (at, max(until, at + answer.wait))

    def answer(self, path: str) -> Answer | Trouble:
        """Return what is said to a path tonight."""
        for trouble in self.trouble:
            if trouble.is_hit(path):
                return trouble
        return self.paper.answer(path)


class _Handler(BaseHTTPRequestHandler):
    owner: Web
    protocol_version = "HTTP/1.1"
    server_version = "papers/1"

    def do_GET(self) -> None:
        """Answer one request."""
        self.owner.asked.append(self.path)
        answer = self.owner.answer(self.path)
        self.owner.note(answer)
        if isinstance(answer, Trouble):
            if answer.kind == "silent":
                self.owner.closing.wait(30)
                self.close_connection = True
                return
            wait = {"Retry-After": str(answer.wait)} if answer.wait else {}
            status = answer.status if answer.kind == "status" else 200
            self._send(status, answer.body or f"<h1>{status}</h1>", "text/html", wait)
            return
        self._send_page(answer)

    def _send_page(self, answer: Answer) -> None:
        headers: dict[str, str] = {"Location": answer.location} if answer.location else {}
        self.owner.views += 1
        body = answer.body.replace("@VIEWS@", str(self.owner.views))
        status = answer.status
        if status == 200 and self.owner.paper.validators == "etag":
            tag = hashlib.sha256(body.encode()).hexdigest()[:20]
            headers["ETag"] = f'W/"{tag}"'
            if tag in self.headers.get("If-None-Match", ""):
                status, body = 304, ""
        elif status == 200 and self.owner.paper.validators == "modified" and answer.modified:
            headers["Last-Modified"] = format_datetime(answer.modified.astimezone(UTC), True)
            if self.headers.get("If-Modified-Since") == headers["Last-Modified"]:
                status, body = 304, ""
        self._send(status, body, answer.type, headers)

    def _send(self, status: int, body: str, kind: str, headers: dict[str, str]) -> None:
        data = body.encode()
        if len(data) > 400 and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data, 1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.send_response_only(status)
        self.send_header("Date", format_datetime(self.owner.paper.now.astimezone(UTC), True))
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(b"" if status == 304 else data)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the terminal quiet."""


def wait_until(check: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; AssertionError where it does not come."""
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not come"
        threading.Event().wait(0.01)
