"""Deadline and floor on the rate, by a clock that the test moves."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import pytest

from archive.records import Exchange
from crawler.wire.client import Client
from crawler.wire.limits import Limits, Watch

from .server import Clock, Reply, Server

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nti"


def fetch_held(raw: bytes, arms: int, *seconds: float) -> Exchange:
    """The exchange with a server that says ``raw`` and no more, while the clock moves on.

    ``arms``: how many timers show that the client has got so far (dial, send, head).
    """

    async def run() -> Exchange:
        clock = Clock()
        async with Server([Reply(raw, "hold")]) as server:
            client = Client(server.policy, monotonic=clock.monotonic, call_later=clock.call_later)
            task = asyncio.create_task(client.fetch(server.url()))
            await clock.wait_for_arms(arms)
            for step in seconds:
                clock.advance(step)
            exchange = await task
            await client.close()
            return exchange

    return asyncio.run(run())


def test_silence_before_the_head_is_a_timeout() -> None:
    """No head within the deadline: failure "timeout", with what came and how long it took."""
    exchange = fetch_held(b"", 2, 179.0, 1.0)
    assert (exchange.failure, exchange.response, exchange.truncated) == ("timeout", None, None)
    assert exchange.request.startswith(b"GET / HTTP/1.1")
    assert exchange.seconds == 180.0


def test_silence_in_the_body_is_cut_after_one_window() -> None:
    """Below the floor for 30 s after the head: the response is kept and marked "time"."""
    exchange = fetch_held(HEAD, 3, 29.0, 1.0)
    assert (exchange.response, exchange.truncated) == (HEAD, "time")
    assert exchange.seconds == 30.0


def test_the_deadline_counts_from_the_call() -> None:
    """A jump past the deadline cuts a body too."""
    assert fetch_held(HEAD, 3, 200.0).truncated == "time"


def test_a_cut_connection_is_not_used_again() -> None:
    """After a cut by time the next request dials anew."""

    async def run() -> int:
        clock = Clock()
        async with Server([Reply(HEAD, "hold"), Reply(HEAD + b"n" * 7)]) as server:
            client = Client(server.policy, monotonic=clock.monotonic, call_later=clock.call_later)
            task = asyncio.create_task(client.fetch(server.url()))
            await clock.wait_for_arms(3)
            clock.advance(31.0)
            await task
            assert (await client.fetch(server.url())).truncated is None
            await client.close()
            return server.connections

    assert asyncio.run(run()) == 2


@pytest.mark.parametrize("stage", ["resolve", "connect"])
def test_the_deadline_covers_dialling(stage: str) -> None:
    """DNS or a connect that hangs ends with the deadline, and no request was sent."""

    async def run() -> Exchange:
        clock = Clock()
        reached = asyncio.Event()

        async def hang(*_: object) -> Sequence[str]:
            reached.set()
            await asyncio.Event().wait()
            return ()

        async def answer(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
            return ("93.184.215.14",)

        async def hang_socket(ip: str, port: int) -> socket.socket:  # noqa: ARG001
            await hang()
            raise AssertionError

        client = Client(
            limits=Limits(connect=3600),
            monotonic=clock.monotonic,
            call_later=clock.call_later,
            resolve=hang if stage == "resolve" else answer,
            connect=hang_socket,
        )
        task = asyncio.create_task(client.fetch("http://bao.example/"))
        await reached.wait()
        clock.advance(180.0)
        return await task

    exchange = asyncio.run(run())
    assert (exchange.failure, exchange.request, exchange.ip) == ("timeout", b"", None)


def test_a_deadline_of_its_own() -> None:
    """One request may have another deadline than the rest."""
    watch = Watch(Limits(), 0.0, 5.0)
    assert not watch.is_over(4.9, 0)
    assert watch.is_over(5.0, 10**9)


def test_the_rate_is_judged_in_windows() -> None:
    """100 B/s over 30 s passes, a byte less does not, and bytes of before do not help."""
    watch = Watch(Limits(), 0.0)
    watch.begin_body(1.0, 500)
    assert watch.remaining(1.0) == 30.0
    assert not watch.is_over(30.9, 500)
    assert not watch.is_over(31.0, 3500)
    assert watch.remaining(31.0) == 30.0
    assert watch.is_over(61.0, 6499)


def test_no_rate_before_the_head() -> None:
    """A slow server may think as long as the deadline allows."""
    watch = Watch(Limits(), 0.0)
    assert not watch.is_over(179.9, 0)
    assert watch.remaining(100.0) == 80.0


def test_a_rate_of_zero_is_no_floor() -> None:
    """The floor can be switched off."""
    watch = Watch(Limits(rate=0.0), 0.0)
    watch.begin_body(0.0, 0)
    assert not watch.is_over(40.0, 0)
