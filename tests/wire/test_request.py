"""Requests go out byte for byte as written here, and cannot be broken out of."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.wire.address import Policy, parse_target
from crawler.wire.client import Client
from crawler.wire.errors import Refusal
from crawler.wire.request import compose_request

from .server import WARM, Server

POLICY = Policy()


def write(url: str, headers: list[tuple[str | bytes, str | bytes]], method: str = "GET") -> bytes:
    """The request block for a URL."""
    return compose_request(parse_target(url, POLICY), method, headers).block


def test_host_first_then_the_callers_fields() -> None:
    """Host leads; order and spelling of the rest are the caller's; a coding is added last."""
    block = write(
        "https://Bao.Example/a%20b?q=1", [("uSER-agent", "khobao"), ("A", "1"), ("A", "2")]
    )
    assert block == (
        b"GET /a%20b?q=1 HTTP/1.1\r\nHost: bao.example\r\nuSER-agent: khobao\r\nA: 1\r\nA: 2\r\n"
        b"Accept-Encoding: gzip, deflate\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("http://bao.example", b"GET / HTTP/1.1\r\nHost: bao.example\r\n"),
        ("http://bao.example?", b"GET /? HTTP/1.1\r\nHost: bao.example\r\n"),
        ("http://bao.example/a?", b"GET /a? HTTP/1.1\r\nHost: bao.example\r\n"),
        ("http://bao.example/a#b?c", b"GET /a HTTP/1.1\r\nHost: bao.example\r\n"),
        ("http://bao.example:443//x", b"GET //x HTTP/1.1\r\nHost: bao.example:443\r\n"),
        ("https://bao.example:443/", b"GET / HTTP/1.1\r\nHost: bao.example\r\n"),
        ("http://bao.example/tin tức", b"GET /tin%20t%E1%BB%A9c HTTP/1.1\r\n"),
        ("http://báo.example/", b"GET / HTTP/1.1\r\nHost: xn--bo-mia.example\r\n"),
        ("http://[2600::1]/", b"GET / HTTP/1.1\r\nHost: [2600::1]\r\n"),
        ("http://bao.example/%E1%BB?[]|^", b"GET /%E1%BB?[]|^ HTTP/1.1\r\n"),
    ],
)
def test_request_line_and_host(url: str, line: bytes) -> None:
    """The target is spelt as the URL spells it; only what no request line may hold is escaped."""
    assert write(url, []).startswith(line)


def test_fields_that_are_ours_cannot_be_set() -> None:
    """Where a request goes and how long it is, is not the caller's to say."""
    block = write(
        "http://bao.example/",
        [
            *(("HOST", "x"), ("Content-Length", "9"), ("transfer-encoding", "chunked")),
            *(("Proxy-Authorization", "Basic secret"), ("accept-encoding", "identity")),
        ],
    )
    assert block == b"GET / HTTP/1.1\r\nHost: bao.example\r\naccept-encoding: identity\r\n\r\n"


@pytest.mark.parametrize(
    "header",
    [("A", "b\r\nC: d"), ("A", "b\nc"), ("A", b"b\0"), ("A\r\nB", "c"), ("A:", "b"), ("", "b")],
)
def test_injection_is_refused(header: tuple[str, str | bytes]) -> None:
    """CR, LF, NUL and separators in a name are errors, never repaired."""
    with pytest.raises(ValueError, match="remove CR, LF and NUL"):
        write("http://bao.example/", [header])


@pytest.mark.parametrize("method", ["get", "GET / HTTP/1.1\r\nA: b", "", "CONNECT", "G T"])
def test_methods_are_words(method: str) -> None:
    """A method that is no plain word, or CONNECT, is an error."""
    with pytest.raises(ValueError, match="not a method"):
        write("http://bao.example/", [], method)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=60))
def test_one_head_whatever_is_put_in(name: str, value: str, path: str) -> None:
    """No text makes a second line or ends the head early."""
    try:
        block = write(f"http://bao.example/{path}", [(name, value)])
    except (ValueError, Refusal) as error:
        assert str(error)
        return
    head, blank, rest = block.partition(b"\r\n\r\n")
    assert (blank, rest) == (b"\r\n\r\n", b"")
    assert len(head.split(b"\r\n")) in (3, 4)
    assert b"\n" not in head.replace(b"\r\n", b"")
    assert head.split(b"\r\n")[0].count(b" ") == 2


def test_a_body_is_sent_with_its_length() -> None:
    """A request body is part of the block."""

    async def run() -> tuple[bytes, bytes]:
        async with Server([WARM]) as server:
            client = Client(server.policy)
            exchange = await client.fetch(server.url(), method="POST", body=b"a=b")
            await client.close()
            return exchange.request, server.requests[0]

    block, head = asyncio.run(run())
    assert block == head + b"a=b"
    assert head.endswith(b"Content-Length: 3\r\n\r\n")
