"""Open a connection: resolve, vet, connect to the very number that was vetted, CONNECT, TLS.

The socket is connected by number before TLS or HTTP see it, so no second look at DNS can lead
elsewhere, and each step has its own word when it fails. Several addresses of a name race
(race.py); the one that won is tried first the next time, so that a paper with a dead address is
not met with two connections a dial. A proxy is dialled without vetting: it is the operator's own
word.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from crawler.wire.address import Policy, Target, check_name, choose_addresses
from crawler.wire.conduit import Conduit
from crawler.wire.errors import Trouble
from crawler.wire.limits import Limits
from crawler.wire.proxy import Proxy
from crawler.wire.race import Connect, alternate, race
from crawler.wire.request import compose_connect
from crawler.wire.talk import Talk
from crawler.wire.tls import TlsWord, make_context

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""(host, port) -> addresses as text, in the order to try; raises OSError when there are none."""


async def resolve_host(host: str, port: int) -> list[str]:
    """The addresses of a name by getaddrinfo, in a thread."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(info[4][0]) for info in found]


async def connect_socket(ip: str, port: int) -> socket.socket:
    """A TCP connection to a numeric address."""
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await asyncio.get_running_loop().sock_connect(sock, (ip, port))
    except BaseException:
        sock.close()
        raise
    return sock


async def attach_conduit(ip: str, sock: socket.socket) -> Conduit:
    """A Conduit over a connected socket."""
    conduit = Conduit(ip)
    await asyncio.get_running_loop().create_connection(lambda: conduit, sock=sock)
    return conduit


class Dialer:
    """Opens connections under one policy."""

    def __init__(
        self,
        policy: Policy,
        limits: Limits,
        *,
        ca_file: Path | None = None,
        resolve: Resolve = resolve_host,
        connect: Connect = connect_socket,
    ) -> None:
        self._policy = policy
        self._limits = limits
        self._ca_file = ca_file
        self._resolve = resolve
        self._connect = connect
        self._winners: dict[tuple[str, ...], str] = {}  # of each set of addresses, who answered

    async def dial(self, target: Target, proxy: Proxy | None, tls: TlsWord) -> Conduit:
        """A connection over which HTTP to ``target`` can be spoken; raises Trouble."""
        if proxy is None:
            ips = await self._find(target)
            return await self._open(ips, target.port, target, tls)
        check_name(target, self._policy)
        try:
            ips = await self._ask(proxy.host, proxy.port)
            if target.scheme == "http":
                return await self._open(ips, proxy.port, None, tls)
            conduit = await self._open(ips, proxy.port, None, tls)
        except Trouble as trouble:
            detail = f"{trouble.detail}; check http_proxy and https_proxy"
            raise Trouble("proxy", detail, ip=trouble.ip) from None
        await self._tunnel(conduit, target, proxy)
        await self._lay_tls(conduit, target, tls)
        return conduit

    async def _find(self, target: Target) -> Sequence[str]:
        if target.literal is not None:
            return (str(target.literal),)  # judged when the URL was read
        answers = await self._ask(target.host, target.port)
        return choose_addresses(target.host, answers, self._policy)

    async def _ask(self, host: str, port: int) -> Sequence[str]:
        try:
            answers = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Trouble("dns", f"{host} does not resolve: {error}") from error
        if not answers:
            raise Trouble("dns", f"{host} has no address")
        return answers

    async def _open(
        self, ips: Sequence[str], port: int, target: Target | None, tls: TlsWord
    ) -> Conduit:
        """Connect to the first address that answers; TLS at once when ``target`` is https."""
        known = tuple(sorted(set(ips)))
        order = alternate(ips)
        order.sort(key=lambda ip: ip != self._winners.get(known))
        seconds, stagger = self._limits.connect, self._limits.stagger
        ip, sock = await race(order, port, self._connect, seconds=seconds, stagger=stagger)
        self._winners[known] = ip
        conduit = await attach_conduit(ip, sock)
        if target is not None and target.scheme == "https":
            await self._lay_tls(conduit, target, tls)
        return conduit

    async def _tunnel(self, conduit: Conduit, target: Target, proxy: Proxy) -> None:
        """Ask the proxy for a tunnel (RFC 9110, 9.3.6); raises Trouble."""
        talk = Talk("CONNECT", self._limits)
        try:
            async with asyncio.timeout(self._limits.connect):
                await conduit.converse(compose_connect(target, proxy.credentials), talk)
            if talk.head is None or talk.head.status >= 300 or talk.trailing:
                said = f"status {talk.head.status}" if talk.head else "no HTTP answer"
                raise Trouble(
                    "proxy",
                    f"the proxy opens no tunnel to {target.host}:{target.port} ({said});"
                    " check https_proxy and its password",
                    ip=conduit.ip,
                    trailing=bytes(talk.raw),
                )
        except TimeoutError:
            conduit.close()
            detail = "the proxy did not answer CONNECT; check https_proxy"
            raise Trouble("proxy", detail, ip=conduit.ip) from None
        except BaseException:
            conduit.close()
            raise

    async def _lay_tls(self, conduit: Conduit, target: Target, tls: TlsWord) -> None:
        """Handshake on an open connection; raises Trouble."""
        assert conduit.transport is not None
        name = str(target.literal) if target.literal else target.host.removesuffix(".")
        try:
            laid = await asyncio.get_running_loop().start_tls(
                conduit.transport,
                conduit,
                make_context(tls, self._ca_file),
                server_hostname=name,
                ssl_handshake_timeout=self._limits.connect,
            )
            if laid is None:
                raise ConnectionResetError("the connection closed during the handshake")
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            conduit.close()
            raise explain_tls(error, target.host, conduit.ip) from error
        except BaseException:
            conduit.close()
            raise
        conduit.adopt(laid)


def explain_tls(error: Exception, host: str, ip: str) -> Trouble:
    """The archive's word for why a handshake failed."""
    if isinstance(error, ConnectionAbortedError):  # asyncio's word for a handshake out of time
        return Trouble("timeout", f"the TLS handshake with {host} did not end in time", ip=ip)
    if isinstance(error, ssl.SSLCertVerificationError):
        said = f"the certificate of {host} is not good ({error.verify_message})"
        return Trouble("tls", f'{said}; to read it all the same, set tls = "insecure"', ip=ip)
    said = str(error) or "the connection closed during the handshake"
    return Trouble("tls", f'no TLS with {host} ({said}); if it is old, set tls = "legacy"', ip=ip)
