"""Which addresses are dialled: the judged ones, in turn, at every hop; why one was not."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from archive.records import Exchange
from crawler.wire.address import (
    Policy,
    check_address,
    choose_addresses,
    parse_target,
)
from crawler.wire.client import Client
from crawler.wire.dial import connect_socket
from crawler.wire.errors import Refusal
from tests.wire.test_address import answer_with

from .server import WARM, Reply, Server


def test_a_real_listener_gets_no_connection() -> None:
    """Loopback in 12 spellings with the port allowed: the listener sees nobody."""
    forms = ("127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.1", "localhost", "0")
    forms += ("0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "127.0.0.1.")

    async def run() -> tuple[list[str | None], int]:
        async with Server([WARM]) as server:
            client = Client(Policy(allow_ports=(server.port,)))
            urls = [f"http://{form}:{server.port}/" for form in forms]
            failures = [(await client.fetch(url)).failure for url in urls]
            return failures, server.connections

    assert asyncio.run(run()) == (["address"] * 12, 0)


def test_each_redirect_hop_is_judged() -> None:
    """A redirect is a new request: its target is refused like any other address."""

    async def run() -> list[str | None]:
        hops = [
            *("http://127.0.0.2/", "http://0x7f000002/", "http://169.254.169.254/"),
            *("file:///etc/passwd", "http://[::ffff:10.0.0.1]/", "http://10.0.0.1:80/"),
        ]
        redirects = [
            Reply(b"HTTP/1.1 302 F\r\nLocation: " + hop.encode() + b"\r\nContent-Length: 0\r\n\r\n")
            for hop in hops
        ]
        async with Server(redirects) as server:
            client = Client(server.policy)
            failures = []
            for _ in hops:
                hop = await client.fetch(server.url())
                failures.append((await client.fetch(dict(hop.headers)["Location"])).failure)
            await client.close()
            return failures

    assert asyncio.run(run()) == ["address"] * 6


def test_dns_that_changes_its_mind() -> None:
    """The number that was judged is the number dialled; a later answer is judged again."""
    asked: list[str] = []
    dialled: list[str] = []

    async def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        asked.append(host)
        return ("93.184.215.14",) if len(asked) == 1 else ("127.0.0.1",)

    async def run() -> tuple[Exchange, Exchange]:
        async with Server([Reply(WARM.data, "close")]) as server:

            async def connect(ip: str, port: int) -> socket.socket:  # noqa: ARG001
                dialled.append(ip)
                return await connect_socket("127.0.0.1", server.port)

            client = Client(resolve=resolve, connect=connect)
            first = await client.fetch("http://bao.example/")
            await server.ended.wait()
            await client.close()
            return first, await client.fetch("http://bao.example/")

    first, second = asyncio.run(run())
    assert (first.payload, first.ip) == (b"warm", "93.184.215.14")
    assert second.failure == "address"
    assert (asked, dialled) == (["bao.example"] * 2, ["93.184.215.14"])


def test_of_several_addresses_only_public_ones_are_dialled() -> None:
    """A name with addresses inside and outside: those inside are passed over."""
    answers = ("10.0.0.1", "93.184.215.14", "::1", "93.184.215.14", "2600::1")
    assert choose_addresses("bao.example", answers, Policy()) == ("93.184.215.14", "2600::1")


def test_addresses_are_tried_in_turn() -> None:
    """When the first public address does not answer, the next one is dialled."""
    tried: list[str] = []

    async def run() -> Exchange:
        async with Server([WARM]) as server:

            async def connect(ip: str, port: int) -> socket.socket:  # noqa: ARG001
                tried.append(ip)
                if ip == "2600::1":
                    raise OSError(101, "Network is unreachable")
                return await connect_socket("127.0.0.1", server.port)

            client = Client(resolve=answer_with("2600::1", "93.184.215.14"), connect=connect)
            exchange = await client.fetch("http://bao.example/")
            await client.close()
            return exchange

    assert asyncio.run(run()).ip == "93.184.215.14"
    assert tried == ["2600::1", "93.184.215.14"]


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (ConnectionRefusedError(111, "refused"), "refused"),
        (OSError(113, "No route to host"), "unreachable"),
        (ConnectionResetError(104, "reset"), "reset"),
        (TimeoutError("late"), "timeout"),
    ],
)
def test_why_a_connection_was_not_made(error: OSError, failure: str) -> None:
    """Each trouble of the network has its word, and the address that was dialled."""

    async def connect(ip: str, port: int) -> socket.socket:  # noqa: ARG001
        raise error

    client = Client(resolve=answer_with("93.184.215.14"), connect=connect)
    exchange = asyncio.run(client.fetch("https://bao.example/"))
    assert (exchange.failure, exchange.ip, exchange.request) == (failure, "93.184.215.14", b"")
    assert exchange.failure_detail


def test_a_port_nobody_listens_on_is_refused() -> None:
    """A real refusal, by the kernel."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        client = Client(Policy(("127.0.0.1",), (port,)))
        exchange = asyncio.run(client.fetch(f"http://127.0.0.1:{port}/"))
    assert exchange.failure == "refused"


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), None])
def test_a_name_without_address_is_dns(error: OSError | None) -> None:
    """No answer and an empty answer are both "dns"."""

    async def resolve(host: str, port: int) -> Sequence[str]:  # noqa: ARG001
        if error:
            raise error
        return ()

    exchange = asyncio.run(Client(resolve=resolve).fetch("http://bao.example/"))
    assert exchange.failure == "dns"


def test_the_operator_can_allow() -> None:
    """Named addresses, networks and ports may be dialled; the mapped form follows its IPv4."""
    policy = Policy(("10.0.0.7", "192.168.0.0/16", "fd00::/8"), (8080,))
    for text in ("10.0.0.7", "192.168.9.9", "fd00::1", "::ffff:10.0.0.7"):
        check_address(ip_address(text), policy)
    for text in ("10.0.0.8", "fc00::1", "127.0.0.1"):
        with pytest.raises(Refusal, match=r"allow_addresses in khobao\.toml$"):
            check_address(ip_address(text), policy)
    assert parse_target("http://10.0.0.7:8080/", policy).port == 8080
    with pytest.raises(Refusal, match=r"allow_ports in khobao\.toml$"):
        parse_target("http://bao.example:8081/", policy)
