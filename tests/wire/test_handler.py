"""The client behind Scrapy: a real crawl process sees what the tap saw, and the tap sees all."""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import sys
from pathlib import Path
from typing import Any, get_args

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.spiders import Spider

from archive.records import Exchange, Failure
from crawler.wire.handler import FAILURES, WireHandler, share_client

from .server import WARM, After, Reply, Server, make_server_context

ROOT = Path(__file__).parents[2]


async def crawl(order: dict[str, Any]) -> list[list[Any]]:
    """What a crawl process told, line by line."""
    environ = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wire.crawling", json.dumps(order)),
        stdout=asyncio.subprocess.PIPE,
        env=environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in out.splitlines()]


def html(text: str) -> bytes:
    """A page with two cookies and a gzip body."""
    body = gzip.compress(text.encode(), mtime=0)
    return (
        b"HTTP/1.1 200 OK\r\ncontent-TYPE: text/html\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\n"
        b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    )


def test_a_crawl_sees_pages_of_both_schemes(pem: Path) -> None:
    """Pages over http and TLS reach the tap byte for byte, and then the spider."""
    page = html("<p>tin</p>")

    async def run() -> tuple[list[list[Any]], Server, Server]:
        async with (
            Server([Reply(page)] * 2) as plain,
            Server([Reply(page)] * 2, make_server_context(pem)) as secure,
        ):
            urls = [s.url(f"/{n}") for n in range(2) for s in (plain, secure)]
            order = {
                "pages": [{"url": url} for url in urls],
                "ports": [plain.port, secure.port],
                "ca_file": str(pem),
            }
            return await crawl(order), plain, secure

    told, plain, secure = asyncio.run(run())
    taps = [line for line in told if line[0] == "tap"]
    pages = [line for line in told if line[0] == "page"]
    assert [line[1] for line in taps] == [line[1] for line in pages]
    assert len(pages) == 4
    for line in taps:
        assert line[2].encode("latin-1") == page
        assert "User-Agent: khobao-test\r\n" in line[5]
    for line in pages:
        assert line[2:] == [
            *(200, "<p>tin</p>", [], "127.0.0.1", "HTTP/1.1"),
            *(["a=1", "b=2"], "HtmlResponse", True),
        ]
    assert (plain.connections, secure.connections) == (1, 1)
    assert told.index(taps[0]) < told.index(pages[0])


def test_a_crawl_sees_failures_and_cuts(pem: Path) -> None:
    """Each failure reaches the tap first, then the errback with its exchange; a cut is a flag."""
    big = b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000

    async def run() -> tuple[list[list[Any]], dict[str, str | None]]:
        async with (
            Server([Reply(big, "hold")]) as long,
            Server([Reply(b"SSH-2.0-x\r\n")]) as ssh,
            Server([Reply(b"", "close")]) as gone,
            Server([WARM, WARM], make_server_context(pem)) as secure,
        ):
            expected = {
                long.url("/"): None,
                ssh.url("/"): "protocol",
                gone.url("/"): "reset",
                "http://127.0.0.2/": "address",
                "http://0x7f000002/": "address",
                secure.url("/").replace("127.0.0.1", "localhost"): "tls",
                secure.url("/insecure"): None,
            }
            order = {
                "pages": [
                    {"url": url, "tls": "insecure" if "insecure" in url else "verify"}
                    for url in expected
                ],
                "ports": [long.port, ssh.port, gone.port, secure.port],
                "ca_file": str(pem),
            }
            return await crawl(order), expected

    told, expected = asyncio.run(run())
    assert {line[1]: line[3] for line in told if line[0] == "tap"} == expected
    errors = {line[1]: line for line in told if line[0] == "errback"}
    assert {url: line[3] for url, line in errors.items()} == {
        k: v for k, v in expected.items() if v
    }
    for url, failure in expected.items():
        words = [line[0] for line in told if line[1] == url]
        assert words == (["tap", "errback"] if failure else ["tap", "page"])
        if failure:
            wanted = "IgnoreRequest" if failure == "address" else "DownloadFailedError"
            assert wanted in errors[url][2]
    sizes = sorted((len(line[3]), line[4]) for line in told if line[0] == "page")
    assert sizes == [(4, []), (1000, ["truncated:length"])]


def test_what_the_tap_raises_goes_on(pem: Path) -> None:
    """A tap that fails stops the page: nothing is read that was not kept."""

    async def run() -> list[list[Any]]:
        async with Server([WARM]) as server:
            order = {"pages": [{"url": server.url()}], "ports": [server.port], "tap_fails": True}
            return await crawl(order | {"ca_file": str(pem)})

    told = asyncio.run(run())
    assert [line[0] for line in told] == ["tap", "errback"]
    assert told[1][2][0] == "RuntimeError"


class Tapped(Spider):
    """A spider that keeps what its tap gets."""

    name = "tapped"

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[Exchange] = []

    def admit(self, request: Request) -> None:
        """Let every request go."""

    def tap(self, exchange: Exchange, request: Request) -> None:  # noqa: ARG002
        self.kept.append(exchange)


def make_crawler(server: Server, **settings: Any) -> Crawler:
    """A crawler as far as a handler sees it."""
    crawler = Crawler(Spider, {"KHOBAO_POLICY": server.policy} | settings)
    crawler.spider = Tapped()
    return crawler


def test_one_client_for_both_handlers() -> None:
    """The handlers of http and https share a client; two crawlers do not."""
    one, other = make_crawler(Server([])), make_crawler(Server([]))
    assert share_client(one) is share_client(one)
    assert share_client(one) is not share_client(other)
    assert WireHandler.lazy is True


@pytest.mark.parametrize(("raw", "after"), [(b"HTTP/1.1 200 OK\r\n", "hold"), (b"", "hold")])
def test_the_timeout_of_a_request(raw: bytes, after: After) -> None:
    """``download_timeout`` of the request is the deadline; the tap hears of it."""

    async def run() -> Crawler:
        async with Server([Reply(raw, after)]) as server:
            crawler = make_crawler(server)
            handler = WireHandler.from_crawler(crawler)
            request = Request(server.url(), meta={"download_timeout": 0.05})
            with pytest.raises(FAILURES["timeout"], match="timeout: "):
                await handler.download_request(request)
            await handler.close()
            return crawler

    crawler = asyncio.run(run())
    assert [e.failure for e in crawler.spider.kept] == ["timeout"]  # type: ignore[union-attr]


def test_odd_answers_become_responses() -> None:
    """Odd field names and bytes above 127 do not stop a response from being made."""
    raw = (
        "HTTP/1.0 299 \r\nX-Báo: 1\r\nX-Bao: Hà Nội\r\n: x\r\nA b: c\r\n\r\ntin".encode() + b"\xff"
    )

    async def run() -> Any:
        async with Server([Reply(raw, "close")]) as server:
            handler = WireHandler.from_crawler(make_crawler(server))
            response = await handler.download_request(Request(server.url()))
            await handler.close()
            return response

    response = asyncio.run(run())
    assert (response.status, response.protocol) == (299, "HTTP/1.0")
    assert response.body == b"tin\xff"
    assert response.headers["X-Bao"] == "Hà Nội".encode()


def test_every_failure_has_its_exception() -> None:
    """No word of the archive is without one of Scrapy's."""
    assert set(FAILURES) == set(get_args(Failure))
