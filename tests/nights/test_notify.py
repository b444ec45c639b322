"""Who is told how a run ended: pings, webhook, mail; servers that hang, fail, lead elsewhere."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from crawler.config import Notices
from crawler.notify import describe, tell_end, tell_start

SECRET = "s3cr3t-token"


@dataclass
class Post:
    """A request as a monitor received it."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Monitor:
    """Takes one connection after the other and answers each with the same bytes, or never."""

    answer: bytes | None = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"
    got: list[Post] = field(default_factory=list)

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve on a free port of loopback; gives the host with its port."""
        listener = socket.create_server(("127.0.0.1", 0))
        held: list[socket.socket] = []

        def run() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                held.append(connection)
                self._take(connection)

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            for connection in held:
                connection.close()
            thread.join(5)

    def _take(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        line = stream.readline().decode().strip()
        headers = {}
        while (text := stream.readline().decode().strip()) != "":
            name, _, value = text.partition(": ")
            headers[name.lower()] = value
        body = stream.read(int(headers.get("content-length", 0)))
        self.got.append(Post(line, headers, body))
        if self.answer is not None:
            connection.sendall(self.answer)
            connection.close()


class Postman:
    """A mail server that speaks as much SMTP as a mail needs; ``mute`` says nothing at all."""

    def __init__(self, *, mute: bool = False) -> None:
        self.mute = mute
        self.mail = b""
        self.said: list[str] = []

    @contextmanager
    def serve(self) -> Iterator[str]:
        """Serve one connection; gives the host with its port."""
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=self._run, args=(listener,), daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            listener.close()

    def _run(self, listener: socket.socket) -> None:
        connection, _ = listener.accept()
        stream = connection.makefile("rwb", buffering=0)
        if self.mute:
            stream.read()
            return
        stream.write(b"220 post\r\n")
        while line := stream.readline():
            word = line.decode().strip()
            self.said.append(word)
            if word.startswith("ehlo"):
                stream.write(b"250-post\r\n250 AUTH PLAIN\r\n")
            elif word.startswith("AUTH"):
                stream.write(b"235 in\r\n")
            elif word == "data":
                stream.write(b"354 go\r\n")
                while not self.mail.endswith(b"\r\n.\r\n"):
                    self.mail += stream.readline()
                stream.write(b"250 taken\r\n")
            else:
                stream.write(b"250 ok\r\n")


def make_notices(**words: Any) -> Notices:
    """Return [notify] with half a second for each try."""
    return Notices.model_validate({"seconds": 0.5, **words})


def test_pings_of_a_run() -> None:
    """Start, success and failure go to three addresses; exit code and report are the body."""
    monitor = Monitor()
    with monitor.serve() as host:
        notices = make_notices(ping=f"http://{host}/{SECRET}/")
        assert [told.trouble for told in tell_start(notices)] == [""]
        tell_end(notices, 0, "all is well", {})
        tell_end(notices, 3, "một báo cần xem", {})
    lines = [post.line for post in monitor.got]
    assert lines == [f"POST /{SECRET}{way} HTTP/1.1" for way in ("/start", "", "/fail")]
    assert monitor.got[2].body.decode() == "exit code 3\nmột báo cần xem"


def test_a_webhook_gets_json_on_failure_only() -> None:
    """Exit code, sites and the report as text; name and password go as Basic (RFC 7617)."""
    monitor = Monitor()
    with monitor.serve() as host:
        notices = make_notices(webhook=f"http://me:{SECRET}@{host}/hook?key={SECRET}")
        assert tell_end(notices, 0, "", {}) == []
        tell_end(notices, 4, "dead: unreachable", {"sites": [{"site": "dead"}]})
    (post,) = monitor.got
    data = json.loads(post.body)
    assert data["exit_code"] == 4 and "unreachable" in data["text"]
    assert data["sites"] == [{"site": "dead"}]
    assert post.headers["authorization"].startswith("Basic ") and "me:" not in post.headers["host"]


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (None, "no answer in time"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "http 500"),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            "302",
        ),
        (b"\0\1\2 no http at all\r\n\r\n", "BadStatusLine"),
        (b"", "RemoteDisconnected"),
    ],
)
def test_bad_monitors_cost_no_more_than_their_time(
    answer: bytes | None, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    """One that hangs, fails, redirects or raves is told in the log, without its address's secrets,
    and nothing is raised."""
    monitor = Monitor(answer)
    caplog.set_level(logging.DEBUG)
    began = time.monotonic()
    with monitor.serve() as host:
        ping = f"http://me:{SECRET}@{host}/{SECRET}"
        told = tell_end(make_notices(ping=ping, webhook=ping), 1, "", {})
    assert time.monotonic() - began < 5
    assert len(told) == 2 and all(trouble in one.trouble for one in told)
    assert len(monitor.got) == 2, "a redirect was followed"
    assert SECRET not in caplog.text and host in caplog.text


def test_nobody_there(caplog: pytest.LogCaptureFixture) -> None:
    """A port that nobody listens on, a name that is none: told, not raised."""
    for ping in ("http://127.0.0.1:1/x", "http://no-such-host.invalid/x", "https://127.0.0.1:1/x"):
        (told,) = tell_start(make_notices(ping=ping))
        assert told.trouble
    assert "no-such-host.invalid" in caplog.text


def test_a_mail_on_failure(tmp_path: Path) -> None:
    """One mail with the report, signed in with the password of the file."""
    (tmp_path / "password").write_text(f"{SECRET}\n")
    postman = Postman()
    with postman.serve() as host:
        notices = make_notices(
            mail_to=("ops@example.org", "boss@example.org"),
            smtp=host,
            smtp_user="me",
            smtp_password_file=str(tmp_path / "password"),
            seconds=5,
        )
        (told,) = tell_end(notices, 3, "báo Suối Bạc: no article links", {})
    assert told.trouble == ""
    assert (
        b"ended with 3" in postman.mail and b"To: ops@example.org, boss@example.org" in postman.mail
    )
    assert any(word.startswith("AUTH PLAIN") for word in postman.said)


def test_a_mail_server_that_stalls_or_lacks_its_password(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Given up in its time; a password file that is not there is told by its kind of error."""
    postman = Postman(mute=True)
    with postman.serve() as host:
        began = time.monotonic()
        (told,) = tell_end(make_notices(mail_to=("a@b.vn",), smtp=host), 3, "", {})
        assert "no answer" in told.trouble or "imeout" in told.trouble
        assert time.monotonic() - began < 5
    with Postman().serve() as host:
        missing = str(tmp_path / SECRET)
        notices = make_notices(
            mail_to=("a@b.vn",), smtp=host, smtp_user=SECRET, smtp_password_file=missing, seconds=5
        )
        (told,) = tell_end(notices, 3, "", {})
    assert told.trouble == "No such file or directory" and SECRET not in caplog.text


def test_errors_are_described_without_their_words() -> None:
    """What an unknown error says may hold an address: only its kind is told."""
    assert describe(ValueError(f"bad url http://{SECRET}/")) == "ValueError"
