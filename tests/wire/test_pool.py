"""Connections are used again, and a dead one leaves no trace."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from archive.records import Exchange
from crawler.wire.client import Client
from crawler.wire.conduit import Conduit
from crawler.wire.pool import MAX_AGE, MAX_IDLE, Key, Pool

from .server import WARM, Clock, Reply, Server, make_server_context

KEY = Key("http", "bao.example", 80, None, "verify")


def test_one_connection_for_many_pages(pem: Path) -> None:
    """Twenty pages over TLS cost one handshake."""

    async def run() -> int:
        async with Server([WARM] * 20, make_server_context(pem)) as server:
            client = Client(server.policy, ca_file=pem)
            for n in range(20):
                assert (await client.fetch(server.url(f"/{n}"))).payload == b"warm"
            await client.close()
            return server.connections

    assert asyncio.run(run()) == 1


def test_requests_at_once_have_their_own_connections() -> None:
    """No pipelining: five at a time are five connections, and each gets its own answer."""

    async def run() -> tuple[set[bytes], int]:
        replies = [Reply(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n%d" % n) for n in range(5)]
        async with Server(replies) as server:
            client = Client(server.policy)
            fetches = [client.fetch(server.url(f"/{n}")) for n in range(5)]
            payloads = {exchange.payload for exchange in await asyncio.gather(*fetches)}
            await client.close()
            return payloads, server.connections

    assert asyncio.run(run()) == ({b"0", b"1", b"2", b"3", b"4"}, 5)


@pytest.mark.parametrize("after", ["close", "reset"])
@pytest.mark.parametrize("scheme", ["http", "tls"])
def test_a_stale_connection_is_replaced_once(scheme: str, after: str, pem: Path) -> None:
    """The server hangs up on the second request without a word: it is asked again, once."""

    async def run() -> tuple[Exchange, Server]:
        tls = make_server_context(pem) if scheme == "tls" else None
        async with Server([WARM, Reply(b"", after), WARM], tls) as server:  # type: ignore[arg-type]
            client = Client(server.policy, ca_file=pem)
            await client.fetch(server.url("/1"))
            exchange = await client.fetch(server.url("/2"))
            await client.close()
            return exchange, server

    exchange, server = asyncio.run(run())
    assert (exchange.failure, exchange.payload, exchange.trailing) == (None, b"warm", b"")
    assert server.connections == 2
    assert [request.split()[1] for request in server.requests] == [b"/1", b"/2", b"/2"]


def test_a_fresh_connection_is_not_tried_twice() -> None:
    """A server that hangs up on a fresh connection has failed."""

    async def run() -> tuple[Exchange, int]:
        async with Server([WARM, Reply(b"", "close"), Reply(b"", "close"), WARM]) as server:
            client = Client(server.policy)
            await client.fetch(server.url())
            exchange = await client.fetch(server.url())
            await client.close()
            return exchange, len(server.requests)

    exchange, requests = asyncio.run(run())
    assert (exchange.failure, requests) == ("reset", 3)


def test_a_stale_connection_and_nobody_home_leaves_no_request() -> None:
    """When the replacement cannot be dialled, the exchange says so and holds no request."""

    async def run() -> Exchange:
        async with Server([WARM, Reply(b"", "close")]) as server:
            dials = 0

            async def connect(ip: str, port: int) -> socket.socket:
                nonlocal dials
                dials += 1
                if dials > 1:
                    raise ConnectionRefusedError(111, "refused")
                return socket.create_connection((ip, port))

            async def connect_blocking_off(ip: str, port: int) -> socket.socket:
                sock = await connect(ip, port)
                sock.setblocking(False)
                return sock

            client = Client(server.policy, connect=connect_blocking_off)
            await client.fetch(server.url())
            return await client.fetch(server.url())

    exchange = asyncio.run(run())
    assert (exchange.failure, exchange.request, exchange.seconds) == ("refused", b"", 0.0)


def test_half_an_answer_is_not_asked_for_again() -> None:
    """Once a byte came, the exchange is what it is."""

    async def run() -> tuple[Exchange, int]:
        async with Server([WARM, Reply(b"HTTP/1.1 2", "close"), WARM]) as server:
            client = Client(server.policy)
            await client.fetch(server.url())
            exchange = await client.fetch(server.url())
            await client.close()
            return exchange, len(server.requests)

    exchange, requests = asyncio.run(run())
    assert (exchange.failure, exchange.trailing, requests) == ("reset", b"HTTP/1.1 2", 2)


def test_a_post_never_rides_on_an_idle_connection() -> None:
    """What may not be repeated is sent over a fresh connection (RFC 9110, 9.2.2)."""

    async def run() -> int:
        async with Server([WARM, WARM]) as server:
            client = Client(server.policy)
            await client.fetch(server.url())
            await client.fetch(server.url(), method="POST")
            await client.close()
            return server.connections

    assert asyncio.run(run()) == 2


def test_policies_of_tls_do_not_share(pem: Path) -> None:
    """An unverified connection is never used for a verified request."""

    async def run() -> int:
        async with Server([WARM, WARM], make_server_context(pem)) as server:
            client = Client(server.policy, ca_file=pem)
            await client.fetch(server.url(), tls="insecure")
            await client.fetch(server.url(), tls="verify")
            await client.close()
            return server.connections

    assert asyncio.run(run()) == 2


def test_a_cut_answer_ends_its_connection() -> None:
    """The server need not go on sending what we no longer listen to."""
    raw = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<html>\r\n"

    async def run() -> Exchange:
        async with Server([Reply(raw, "hold")]) as server:
            client = Client(server.policy)
            exchange = await client.fetch(server.url())
            async with asyncio.timeout(30):
                await server.ended.wait()
            await client.close()
            return exchange

    assert asyncio.run(run()).truncated == "disconnect"


def test_closing_ends_what_is_under_way() -> None:
    """A closed client leaves no fetch waiting; the cut is marked."""
    raw = b"HTTP/1.1 200 OK\r\n\r\nti"

    async def run() -> Exchange:
        clock = Clock()
        async with Server([Reply(raw, "hold")]) as server:
            client = Client(server.policy, call_later=clock.call_later)
            task = asyncio.create_task(client.fetch(server.url()))
            await clock.wait_for_arms(3)
            await client.close()
            return await task

    exchange = asyncio.run(run())
    assert (exchange.response, exchange.truncated) == (raw, "disconnect")


def make_conduits(count: int) -> list[Conduit]:
    """Connections that are open as far as a pool can tell."""
    return [Conduit(f"10.0.0.{n}") for n in range(count)]


def test_newest_first() -> None:
    """The connection that waited least is taken."""
    pool = Pool()
    old, new = make_conduits(2)
    pool.put(KEY, old, 1.0)
    pool.put(KEY, new, 2.0)
    assert pool.take(KEY, 3.0) is new
    assert pool.take(KEY, 3.0) is old
    assert pool.take(KEY, 3.0) is None


def test_too_old_is_closed() -> None:
    """A connection that waited too long is closed and not given out."""
    pool = Pool()
    (conduit,) = make_conduits(1)
    pool.put(KEY, conduit, 1.0)
    assert pool.take(KEY, 1.0 + MAX_AGE) is None
    assert not conduit.is_open


def test_too_many_drops_the_oldest() -> None:
    """Only so many wait at once."""
    pool = Pool()
    conduits = make_conduits(MAX_IDLE + 1)
    for conduit in conduits:
        pool.put(KEY, conduit, 1.0)
    assert len(pool) == MAX_IDLE
    assert [c.is_open for c in conduits] == [False] + [True] * MAX_IDLE


def test_a_spoilt_connection_is_forgotten() -> None:
    """Bytes or an end out of turn, and the connection is gone from the pool."""
    pool = Pool()
    talking, leaving = make_conduits(2)
    pool.put(KEY, talking, 1.0)
    pool.put(KEY, leaving, 1.0)
    talking.data_received(b"HTTP/1.1 408 Late\r\n\r\n")
    leaving.connection_lost(None)
    assert len(pool) == 0
    assert not talking.is_open
