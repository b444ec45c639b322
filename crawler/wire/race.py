"""Connect to the first of several addresses that answers: Happy Eyeballs (RFC 8305).

One attempt begins, the next joins it when 250 ms have passed or the one before has failed; the
first connection wins and the others are dropped. Families alternate, the resolver's first one
first. Addresses tried one after the other were rejected: a dead IPv6 address cost 10 s a dial.
Every address in the race was judged before, and is dialled by its number. Who tries the winner of
last time first (dial.py) opens no connection in vain twice.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence

from crawler.wire.errors import Trouble

Connect = Callable[[str, int], Awaitable[socket.socket]]
"""(address, port) -> a connected, non-blocking socket; raises OSError."""

Attempts = dict["asyncio.Task[socket.socket]", str]


def alternate(ips: Sequence[str]) -> list[str]:
    """The addresses, their families in turn, beginning with the family of the first (4)."""
    if not ips:
        return []
    first = [ip for ip in ips if (":" in ip) == (":" in ips[0])]
    other = [ip for ip in ips if (":" in ip) != (":" in ips[0])]
    turns = max(len(first), len(other))
    return [ip for n in range(turns) for ip in (*first[n : n + 1], *other[n : n + 1])]


async def race(
    ips: Sequence[str], port: int, connect: Connect, *, seconds: float, stagger: float
) -> tuple[str, socket.socket]:
    """The first address that answers, with its socket, in the order given.

    ``seconds`` for each address; ``stagger`` seconds before the next one joins. Raises Trouble
    with the word of the last address when none answers.
    """
    waiting = list(ips)
    running: Attempts = {}
    troubles: dict[str, Trouble] = {}
    try:
        while waiting or running:
            if waiting:
                ip = waiting.pop(0)
                running[asyncio.create_task(attempt(ip, port, connect, seconds))] = ip
            limit = stagger if waiting else None
            done, _ = await asyncio.wait(running, timeout=limit, return_when="FIRST_COMPLETED")
            for task in sorted(done, key=lambda task: ips.index(running[task])):
                error = task.exception()
                if error is None:
                    return running.pop(task), task.result()
                ip = running.pop(task)
                if not isinstance(error, OSError):
                    raise error
                troubles[ip] = explain_connect(error, ip, port)
    finally:
        await drop(running)
    raise troubles[ips[-1]]


async def attempt(ip: str, port: int, connect: Connect, seconds: float) -> socket.socket:
    """One connection, or TimeoutError."""
    async with asyncio.timeout(seconds):
        return await connect(ip, port)


async def drop(running: Attempts) -> None:
    """End the attempts that lost, also those that have connected meanwhile."""
    for task in running:
        task.cancel()
    for found in await asyncio.gather(*running, return_exceptions=True):
        if isinstance(found, socket.socket):
            found.close()


def explain_connect(error: OSError, ip: str, port: int) -> Trouble:
    """The archive's word for why a TCP connection was not made."""
    place = f"{ip} port {port}"
    if isinstance(error, ConnectionRefusedError):
        return Trouble("refused", f"{place} refused the connection", ip=ip)
    if isinstance(error, TimeoutError):
        return Trouble("timeout", f"{place} did not answer", ip=ip)
    if isinstance(error, ConnectionError):
        return Trouble("reset", f"{place} broke the connection off: {error}", ip=ip)
    return Trouble("unreachable", f"{place} cannot be reached: {error}", ip=ip)
