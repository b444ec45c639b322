"""Happy Eyeballs: a dead address costs a moment, not ten seconds; no connection is left over."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Exchange
from crawler.wire.address import Policy
from crawler.wire.client import Client
from crawler.wire.dial import connect_socket
from crawler.wire.errors import Trouble
from crawler.wire.limits import Limits
from crawler.wire.race import alternate, race

from .server import WARM, Reply, Server

DEAD = "2600::dead"
ALIVE = "93.184.215.14"


class Net:
    """Addresses that never answer (``dead``), fail at once (``shut``), or lead to the server."""

    def __init__(self, port: int, *, dead: Sequence[str] = (), shut: Sequence[str] = ()) -> None:
        self.port, self.dead, self.shut = port, dead, shut
        self.tried: list[str] = []
        self.given_up: list[str] = []
        self.sockets: list[socket.socket] = []

    async def connect(self, ip: str, port: int) -> socket.socket:  # noqa: ARG002
        """Behave as the address does."""
        self.tried.append(ip)
        if ip in self.shut:
            raise OSError(101, "Network is unreachable")
        if ip in self.dead:
            try:
                await asyncio.Event().wait()
            finally:
                self.given_up.append(ip)
        sock = await connect_socket("127.0.0.1", self.port)
        self.sockets.append(sock)
        return sock


def answer(*ips: str):
    """A resolver that says these."""

    async def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        return ips

    return resolve


def fetch_past(pages: int, dead: Sequence[str], *ips: str) -> tuple[list[Exchange], Net]:
    """Some exchanges, each over a connection of its own, where some addresses are dead."""

    async def run() -> tuple[list[Exchange], Net]:
        async with Server([Reply(WARM.data, "close")] * pages) as server:
            net = Net(server.port, dead=dead)
            limits = Limits(connect=3600.0, stagger=0.01)
            client = Client(limits=limits, resolve=answer(*ips), connect=net.connect)
            found = []
            for _ in range(pages):
                server.ended.clear()
                found.append(await client.fetch("http://bao.example/"))
                await server.ended.wait()
            await client.close()
            return found, net

    return asyncio.run(run())


def test_a_dead_address_does_not_hold_up_the_living() -> None:
    """The second address joins after the stagger and wins; the dead attempt is given up."""
    (exchange,), net = fetch_past(1, [DEAD], DEAD, ALIVE)
    assert (exchange.payload, exchange.ip) == (b"warm", ALIVE)
    assert (net.tried, net.given_up) == ([DEAD, ALIVE], [DEAD])


def test_the_winner_is_tried_first_the_next_time() -> None:
    """A dead address is met once a run and not once a connection."""
    exchanges, net = fetch_past(3, [DEAD], DEAD, ALIVE)
    assert [exchange.ip for exchange in exchanges] == [ALIVE] * 3
    assert net.tried == [DEAD, ALIVE, ALIVE, ALIVE]


def test_families_take_turns() -> None:
    """Three dead IPv6 addresses hold up the first IPv4 address by one stagger."""
    dead = [f"2600::{n}" for n in range(3)]
    _, net = fetch_past(1, dead, *dead, ALIVE)
    assert net.tried == [dead[0], ALIVE]


def test_one_that_answers_at_once_runs_alone() -> None:
    """Where the first address answers, nobody else hears of us."""
    _, net = fetch_past(1, [], ALIVE, "2600::1", "93.184.215.15")
    assert net.tried == [ALIVE]


def test_a_failure_lets_the_next_begin_at_once() -> None:
    """Nobody waits for the stagger behind an address that has failed."""

    async def run() -> tuple[str, list[str]]:
        async with Server([WARM]) as server:
            net = Net(server.port, shut=["2600::1", "2600::2"])
            ips = ["2600::1", "2600::2", ALIVE]
            ip, sock = await race(ips, 80, net.connect, seconds=60, stagger=3600)
            sock.close()
            return ip, net.tried

    assert asyncio.run(run()) == (ALIVE, ["2600::1", "2600::2", ALIVE])


def test_nobody_answers() -> None:
    """The trouble is the last address's, and each was tried."""

    async def run() -> tuple[Trouble, list[str]]:
        net = Net(0, dead=[DEAD], shut=["2600::1"])
        with pytest.raises(Trouble) as caught:
            await race([DEAD, "2600::1"], 80, net.connect, seconds=0.02, stagger=0.0)
        return caught.value, net.tried

    trouble, tried = asyncio.run(run())
    assert (trouble.failure, trouble.ip) == ("unreachable", "2600::1")
    assert tried == [DEAD, "2600::1"]


def test_two_that_answer_together_leave_one_connection() -> None:
    """Who comes second is closed, even when both have connected in the same moment."""

    async def run() -> list[int]:
        async with Server([WARM, WARM]) as server:
            net = Net(server.port)
            gate = asyncio.Event()

            async def connect(ip: str, port: int) -> socket.socket:
                sock = await net.connect(ip, port)
                if len(net.sockets) == 2:
                    gate.set()
                await gate.wait()
                return sock

            ip, sock = await race([ALIVE, "2600::1"], 80, connect, seconds=60, stagger=0.0)
            assert ip == ALIVE
            sock.close()
            return [one.fileno() for one in net.sockets]

    assert asyncio.run(run()) == [-1, -1]


def test_the_deadline_ends_the_race() -> None:
    """A fetch whose addresses are all dead ends with its deadline; no attempt is left behind."""

    async def run() -> tuple[Exchange, Net, int]:
        net = Net(0, dead=[DEAD, ALIVE])
        limits = Limits(connect=3600.0, stagger=0.0)
        client = Client(limits=limits, resolve=answer(DEAD, ALIVE), connect=net.connect)
        exchange = await client.fetch("http://bao.example/", deadline=0.1)
        return exchange, net, len(asyncio.all_tasks())

    exchange, net, tasks = asyncio.run(run())
    assert (exchange.failure, exchange.request, tasks) == ("timeout", b"", 1)
    assert sorted(net.given_up) == sorted([DEAD, ALIVE])


def test_what_is_not_allowed_does_not_run() -> None:
    """Of a name's addresses only those that were judged good are in the race."""

    async def run() -> tuple[Exchange, Net]:
        async with Server([WARM]) as server:
            net = Net(server.port, dead=[DEAD])
            ips = ("10.0.0.1", DEAD, "::1", "::ffff:169.254.169.254", ALIVE, "127.0.0.1")
            limits = Limits(stagger=0.0)
            client = Client(Policy(), limits, resolve=answer(*ips), connect=net.connect)
            exchange = await client.fetch("http://bao.example/")
            await client.close()
            return exchange, net

    exchange, net = asyncio.run(run())
    assert (exchange.ip, net.tried) == (ALIVE, [DEAD, ALIVE])


@given(st.lists(st.sampled_from([ALIVE, DEAD, "1.1.1.1", "2600::1", "2600::2"]), unique=True))
def test_alternate_keeps_all_and_the_first(ips: list[str]) -> None:
    """Every address once, the resolver's first first, and no two of a family while both last."""
    order = alternate(ips)
    assert sorted(order) == sorted(ips)
    assert order[:1] == ips[:1]
    six = sum(":" in ip for ip in ips)
    turns = 2 * min(six, len(ips) - six)
    assert all((":" in a) != (":" in b) for a, b in pairwise(order[:turns]))
