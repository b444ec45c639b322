"""The server: validators, methods, proxy requests, faults, and its end."""

from __future__ import annotations

import socket
import time
from datetime import timedelta

import pytest
import requests

from tests.gazette import epi, plain
from tests.gazette.fault import Fault
from tests.gazette.server import Server

from .makers import Maker


def test_conditional_requests(make: Maker) -> None:
    """ETag and Last-Modified bring 304 until an edit, plain and gzipped."""
    paper = make(7, 36)
    story = paper.show(paper.newsroom.visible())[5]
    with Server(paper), requests.Session() as session:
        url = paper.url(story)
        for coding in ("gzip", "identity"):
            first = session.get(url, headers={"Accept-Encoding": coding})
            assert (first.headers.get("Content-Encoding") == "gzip") is (coding == "gzip")
            tags = {"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]}
            since = {"If-Modified-Since": first.headers["Last-Modified"]}
            assert session.get(url, headers=tags).status_code == 304
            assert session.get(url, headers=since).status_code == 304
            assert session.get(url, headers={**tags, **since}).content == b""
            stale = {**since, "If-None-Match": '"other"', "Accept-Encoding": coding}
            assert session.get(url, headers=stale).status_code == 200
        paper.newsroom.move(paper.newsroom.now + timedelta(hours=1))
        paper.newsroom.edit(story.id)
        assert session.get(url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200
        assert session.get(url, headers=since).status_code == 200


def test_head_log_and_method() -> None:
    """HEAD has the headers of GET and no body; the log has every request in order; POST is 405."""
    with Server(plain.paper(7, 12)) as server, requests.Session() as session:
        head, get = session.head(f"{server.url}/"), session.get(f"{server.url}/")
        assert head.headers == get.headers and head.content == b"" and get.content
        assert session.post(f"{server.url}/", data="x=1").status_code == 405
        lines = [(one.number, one.method, one.path) for one in server.log]
        assert lines == [(0, "HEAD", "/"), (1, "GET", "/"), (2, "POST", "/")]
        assert server.log[0].headers["user-agent"].startswith("python-requests")


def test_named_host_through_proxy() -> None:
    """With ``base`` the server answers as a proxy and its links name that host."""
    with Server(epi.paper(7, 24), base="http://baosuoibac.test") as server:
        page = requests.get("http://baosuoibac.test/kinh-te/", proxies={"http": server.url})
        assert page.status_code == 200 and "http://baosuoibac.test/" in page.text
        assert server.url not in page.text and server.paths() == ["/kinh-te/"]


def test_faults_by_path() -> None:
    """Each fault shows as what it is named, as often as said, and is gone when mended."""
    with Server(plain.paper(7, 12)) as server, requests.Session() as session:
        url = f"{server.url}/"
        usual = session.get(url).content
        server.faults.put("/", Fault("status", status=503, retry_after=7, times=1))
        failed = session.get(url)
        assert (failed.status_code, failed.headers["Retry-After"]) == (503, "7")
        assert session.get(url).content == usual
        server.faults.put("/", Fault("charset"))
        assert session.get(url).headers["Content-Type"].endswith("charset=windows-1258")
        server.faults.put("/", Fault("huge", size=1_000_000))
        assert len(session.get(url).content) > 900_000
        server.faults.put("/", Fault("captcha"))
        assert "g-recaptcha" in session.get(url).text
        server.faults.put("/", Fault("slow", seconds=0.05))
        assert session.get(url).content == usual
        server.faults.put("/", Fault("loop"))
        with pytest.raises(requests.TooManyRedirects):
            session.get(url)
        server.faults.put("/*", Fault("cut"))
        with pytest.raises(requests.exceptions.RequestException):
            session.get(url, headers={"Connection": "close"})
        server.faults.mend()
        assert session.get(url).content == usual


def test_close_ends_a_slow_answer() -> None:
    """A server with an hour's answer under way closes at once, and the socket with it."""
    with Server(plain.paper(7, 12)) as server:
        server.faults.put("/", Fault("slow", seconds=3600))
        client = socket.create_connection(("127.0.0.1", server.port))
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        client.settimeout(10)
        assert client.recv(1) == b"H"
        began = time.monotonic()
    assert time.monotonic() - began < 5
    client.close()
