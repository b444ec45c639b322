"""Row 9 of the scorecard: blocks are what the wire carried, or are marked truncated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.records import Exchange
from crawler.wire.client import Client
from crawler.wire.limits import Limits
from tests.scorecard.plugin import Tally

from .answers import ANSWERS, BODY_CAP, NO_HTTP, Answer
from .server import WARM, After, Reply, Server, make_server_context
from .strange import FOREIGN, STRANGE

LIMITS = Limits(body=BODY_CAP)
START = datetime(2026, 3, 4, 5, 6, 7, 891011, tzinfo=UTC)
ALL = (*ANSWERS, *STRANGE)
NOT_HTTP = NO_HTTP | FOREIGN
FULL = pytest.mark.slow  # the strange ones in the quick form: first over http, later over TLS
PLACES = [
    pytest.param(scheme, warm, id=f"{scheme}-{'second' if warm else 'first'}")
    for scheme in ("http", "tls")
    for warm in (False, True)
]
HALF = [PLACES[0], PLACES[3]]
REST = [pytest.param(*place.values, id=place.id, marks=FULL) for place in PLACES[1:3]]


def list_cases(usual: Iterable[Any], strange: Iterable[Any], name: Callable[[Any], str]) -> Any:
    """Every answer at every place on a connection, as pytest's parameters."""
    chosen = [(one, place) for one in usual for place in PLACES]
    chosen += [(one, place) for one in strange for place in (*HALF, *REST)]
    return [
        pytest.param(one, *place.values, id=f"{name(one)}-{place.id}", marks=place.marks)
        for one, place in chosen
    ]


ENDS: tuple[After, ...] = ("close", "cut", "reset")


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


@pytest.mark.row(9)
@pytest.mark.parametrize(
    ("answer", "scheme", "warm"), list_cases(ANSWERS, STRANGE, lambda answer: answer.name)
)
def test_blocks_are_as_on_the_wire(
    answer: Answer, scheme: str, warm: bool, pem: Path, tally: Tally
) -> None:
    """Every block is byte-identical, or marked truncated where it was cut."""
    reply = Reply(answer.raw, answer.after)
    exchange, server = exchange_once(
        reply, pem if scheme == "tls" else None, warm=warm, method=answer.method
    )
    kept = (exchange.interim, exchange.response, exchange.truncated)
    same = kept == (answer.interim, answer.block, answer.truncated)
    tally(responses=scheme == "http" and not warm, exchanges=1, differing=not same)
    assert exchange.failure is None
    assert exchange.response == answer.block
    assert exchange.interim == answer.interim
    assert exchange.trailing == (b"" if answer.cut_to else answer.trailing)
    assert exchange.truncated == answer.truncated
    assert (exchange.status, exchange.payload) == (answer.status, answer.payload)
    assert exchange.chunked is answer.chunked
    assert answer.fields is None or exchange.headers == answer.fields
    http = f"http/{answer.version}"
    spoken = (http,) if answer.version in ("1.0", "1.1") else ()
    assert exchange.protocols == (spoken if scheme == "http" else (*spoken, "tls/1.3"))
    assert exchange.request == server.requests[-1]
    assert exchange.url == server.url("/tin?a=b")
    assert exchange.started_at == START
    assert exchange.ip == "127.0.0.1"
    assert server.connections == 1


@pytest.mark.row(9)
@pytest.mark.parametrize(("name", "scheme", "warm"), list_cases(NO_HTTP, FOREIGN, str))
def test_what_is_not_http_is_no_response(
    name: str, scheme: str, warm: bool, pem: Path, tally: Tally
) -> None:
    """Bytes that are no HTTP make a failure "protocol" and are kept as they came."""
    raw = NOT_HTTP[name]
    exchange, _ = exchange_once(Reply(raw, "hold"), pem if scheme == "tls" else None, warm=warm)
    kept = exchange.interim + exchange.trailing
    same = raw.startswith(kept) and len(kept) >= min(len(raw), 1000) and exchange.response is None
    tally(responses=scheme == "http" and not warm, exchanges=1, differing=not same)
    assert exchange.failure == "protocol"
    assert (exchange.response, exchange.status, exchange.headers) == (None, None, ())
    assert kept and raw.startswith(kept)
    assert len(raw) > 1000 or kept == raw


@pytest.mark.row(9)
@pytest.mark.parametrize("after", ENDS)
@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("raw", [b"", b"HTTP/1.1 20", b"HTTP/1.1 200 OK\r\nA: b\r\n", b"H"])
def test_an_end_before_the_head_is_a_reset(
    raw: bytes, scheme: str, after: After, pem: Path, tally: Tally
) -> None:
    """A connection that ends within the head, in any way, leaves no response, but its bytes."""
    exchange, _ = exchange_once(Reply(raw, after), pem if scheme == "tls" else None)
    same = (exchange.response, exchange.trailing) == (None, raw)
    tally(responses=scheme == "http" and after == "close", exchanges=1, differing=not same)
    assert (exchange.failure, exchange.response, exchange.trailing) == ("reset", None, raw)
    assert exchange.request.startswith(b"GET /tin?a=b HTTP/1.1\r\n")


@pytest.mark.row(9)
@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("ends", [False, True], ids=["waits", "hangs up"])
@pytest.mark.parametrize(
    ("raw", "failure"),
    [
        (b"HTTP/1.1 408 Late\r\nContent-Length: 3\r\n\r\ntin", None),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "protocol"),
        (b"220 mail ESMTP\r\n", "protocol"),
    ],
    ids=["an answer", "ssh", "mail"],
)
def test_who_speaks_before_being_asked_is_heard(
    raw: bytes, failure: str | None, ends: bool, scheme: str, pem: Path, tally: Tally
) -> None:
    """What a server says on its own is what it answered; not a byte is lost, whether the request
    went out before or not at all."""

    async def run() -> tuple[Exchange, bytes]:
        seen = b""
        done = asyncio.Event()

        async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal seen
            writer.write(raw)
            if ends:
                writer.close()
            with suppress(OSError):
                seen = await reader.read(4096)
            writer.close()
            done.set()

        tls = make_server_context(pem) if scheme == "tls" else None
        listener = await asyncio.start_server(greet, "127.0.0.1", 0, ssl=tls)
        helper = Server([], tls)
        helper.port = listener.sockets[0].getsockname()[1]
        client = Client(helper.policy, LIMITS, ca_file=pem)
        exchange = await client.fetch(helper.url())
        await client.close()
        await done.wait()
        listener.close()
        return exchange, seen

    exchange, seen = asyncio.run(run())
    same = (exchange.response or b"") + exchange.trailing == raw
    tally(responses=scheme == "http" and not ends, exchanges=1, differing=not same)
    assert same
    assert exchange.failure == failure
    assert exchange.request.startswith(seen)


@pytest.mark.row(9)
@pytest.mark.parametrize("scheme", ["http", "tls"])
@pytest.mark.parametrize("at", [0, 5, 17, 40, 44, 47, 52, 57])
def test_silence_ends_at_the_deadline(at: int, scheme: str, pem: Path, tally: Tally) -> None:
    """A server that stops anywhere in its answer holds nobody longer than the deadline."""
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntin\r\n0\r\n\r\n"[:at]

    async def run() -> Exchange:
        tls = make_server_context(pem) if scheme == "tls" else None
        async with Server([Reply(raw, "hold")], tls) as server:
            client = Client(server.policy, LIMITS, ca_file=pem)
            exchange = await client.fetch(server.url(), deadline=0.15)
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    same = (exchange.response or b"") + exchange.trailing == raw
    tally(responses=scheme == "http", exchanges=1, differing=not same)
    assert same
    assert (exchange.failure, exchange.truncated) in (("timeout", None), (None, "time"))
    assert exchange.seconds < 5.0


def test_tls_without_close_notify_is_a_cut(pem: Path) -> None:
    """Over TLS a body that ends with a bare FIN may have been cut: marked, not believed."""
    raw = b"HTTP/1.1 200 OK\r\n\r\ntin"
    cut, _ = exchange_once(Reply(raw, "cut"), pem)
    whole, _ = exchange_once(Reply(raw, "close"), pem)
    assert (cut.response, cut.truncated) == (raw, "disconnect")
    assert (whole.response, whole.truncated) == (raw, None)


@pytest.mark.parametrize("answer", [a for a in ALL if a.after == "keep"], ids=lambda a: a.name)
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
