"""Row 9 of the scorecard: blocks are what the wire carried, or are marked truncated."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.records import Exchange
from crawler.wire.client import Client
from crawler.wire.limits import Limits

from .answers import ANSWERS, BODY_CAP, NO_HTTP, Answer
from .server import WARM, Reply, Server, make_server_context

LIMITS = Limits(body=BODY_CAP)
START = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)


def exchange_once(
    reply: Reply, pem: Path | None, *, warm: bool = False, method: str = "GET"
) -> tuple[Exchange, Server]:
    """The exchange for one scripted reply, alone or behind a warm one on its connection."""

    async def run() -> tuple[Exchange, Server]:
        tls = make_server_context(pem) if pem else None
        async with Server([WARM, reply] if warm else [reply], tls) as server:
            client = Client(server.policy, LIMITS, ca_file=pem, now=lambda: START)
            if warm:
                assert (await client.fetch(server.url("/warm"))).payload == b"warm"
            exchange = await client.fetch(server.url("/tin?a=b#c"), method=method)
            await client.close()
            return exchange, server

    return asyncio.run(run())


@pytest.mark.parametrize("warm", [False, True], ids=["first", "second"])
@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda a: a.name)
def test_blocks_are_as_on_the_wire(answer: Answer, scheme: str, warm: bool, pem: Path) -> None:
    """Every block is byte-identical, or marked truncated where it was cut."""
    reply = Reply(answer.raw, answer.after)
    exchange, server = exchange_once(
        reply, pem if scheme == "tls" else None, warm=warm, method=answer.method
    )
    assert exchange.failure is None
    assert exchange.response == answer.block
    assert exchange.interim == answer.interim
    assert exchange.trailing == (b"" if answer.cut_to else answer.trailing)
    assert exchange.truncated == answer.truncated
    assert (exchange.status, exchange.payload) == (answer.status, answer.payload)
    assert exchange.chunked is answer.chunked
    assert answer.fields is None or exchange.headers == answer.fields
    http = f"http/{answer.version}"
    assert exchange.protocols == ((http,) if scheme == "http" else (http, "tls/1.3"))
    assert exchange.request == server.requests[-1]
    assert exchange.url == server.url("/tin?a=b")
    assert exchange.started_at == START
    assert exchange.ip == "127.0.0.1"
    assert server.connections == 1


@pytest.mark.parametrize("warm", [False, True], ids=["first", "second"])
@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("name", NO_HTTP)
def test_what_is_not_http_is_no_response(name: str, scheme: str, warm: bool, pem: Path) -> None:
    """Bytes that are no HTTP make a failure "protocol" and are kept as they came."""
    raw = NO_HTTP[name]
    exchange, _ = exchange_once(Reply(raw, "hold"), pem if scheme == "tls" else None, warm=warm)
    assert exchange.failure == "protocol"
    assert (exchange.response, exchange.status, exchange.headers) == (None, None, ())
    kept = exchange.interim + exchange.trailing
    assert kept and raw.startswith(kept)
    assert len(raw) > 1000 or kept == raw


@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nA: b\r\n"])
def test_an_end_before_the_head_is_a_reset(raw: bytes, scheme: str, pem: Path) -> None:
    """A connection that ends within the head leaves no response, but its bytes."""
    exchange, _ = exchange_once(Reply(raw, "close"), pem if scheme == "tls" else None)
    assert (exchange.failure, exchange.response, exchange.trailing) == ("reset", None, raw)
    assert exchange.request.startswith(b"GET /tin?a=b HTTP/1.1\r\n")


def test_tls_without_close_notify_is_a_cut(pem: Path) -> None:
    """Over TLS a body that ends with a bare FIN may have been cut: marked, not believed."""
    raw = b"HTTP/1.1 200 OK\r\n\r\ntin"
    cut, _ = exchange_once(Reply(raw, "cut"), pem)
    whole, _ = exchange_once(Reply(raw, "close"), pem)
    assert (cut.response, cut.truncated) == (raw, "disconnect")
    assert (whole.response, whole.truncated) == (raw, None)


@pytest.mark.parametrize("answer", [a for a in ANSWERS if a.after == "keep"], ids=lambda a: a.name)
def test_reuse_only_after_a_whole_answer(answer: Answer) -> None:
    """The next request goes out on the same connection only if the answer ended for certain."""

    async def run() -> int:
        async with Server([Reply(answer.raw), WARM]) as server:
            client = Client(server.policy, LIMITS)
            await client.fetch(server.url(), method=answer.method)
            assert (await client.fetch(server.url())).payload == b"warm"
            await client.close()
            return server.connections

    assert asyncio.run(run()) == (1 if answer.reusable else 2)


def test_an_answer_in_many_packets() -> None:
    """A chunked body written in a hundred pieces is the same block."""
    chunks = [b"%x\r\n%b\r\n" % (n, b"y" * n) for n in range(1, 100)]
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"".join(chunks) + b"0\r\n\r\n"

    async def run() -> Exchange:
        async def send(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            for at in range(0, len(raw), 53):
                writer.write(raw[at : at + 53])
                await writer.drain()
            await reader.read()
            writer.close()

        listener = await asyncio.start_server(send, "127.0.0.1", 0)
        port = listener.sockets[0].getsockname()[1]
        helper = Server([])
        helper.port = port
        client = Client(helper.policy)
        exchange = await client.fetch(helper.url())
        await client.close()
        listener.close()
        return exchange

    exchange = asyncio.run(run())
    assert exchange.response == raw
    assert exchange.payload == b"y" * sum(range(1, 100))
