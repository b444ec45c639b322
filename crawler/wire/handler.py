"""Scrapy's door to the client: a download handler for http and https.

Scrapy's contract (2.19, topics/download-handlers): ``lazy``, ``async download_request(request)``,
``async close()``. For each request the spider's ``admit(request)`` is called before anything is
sent, and its ``tap(exchange, request)`` before Scrapy sees anything, also when there is no
response: what the tap does not get, nobody gets. What either raises goes on to Scrapy.

Settings: KHOBAO_POLICY (address.Policy, default: the public web), KHOBAO_BODY_CAP (bytes),
KHOBAO_CONNECT_SECONDS, KHOBAO_CA_FILE (PEM), DOWNLOAD_TIMEOUT (seconds), KHOBAO_SESSION (whose
clock it is). Request meta: ``khobao_tls``, ``download_timeout``; ``download_latency`` is set, as
AutoThrottle wants it. Proxies come from the
environment; ``meta["proxy"]`` and Proxy-Authorization of the request are not used, since the
proxy is the operator's word and not a page's. The signals headers_received and bytes_received
are not sent: nothing may end an exchange but the limits.
"""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from archive.clock import find_clock
from archive.records import Exchange, Failure
from crawler.wire.client import Client
from crawler.wire.limits import Limits

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class WireFailure(Exception):
    """There is no response; ``exchange`` says why. Also one of Scrapy's own exceptions."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__(f"{exchange.failure}: {exchange.failure_detail}")
        self.exchange = exchange


class AddressRefused(WireFailure, IgnoreRequest):
    """We do not dial this address; Scrapy does not try again."""


class HostUnknown(WireFailure, CannotResolveHostError):
    """The name does not resolve."""


class ConnectFailed(WireFailure, DownloadConnectionRefusedError):
    """Nobody answered at the address."""


class TimedOut(WireFailure, DownloadTimeoutError):
    """No head came in time."""


class ExchangeFailed(WireFailure, DownloadFailedError):
    """The connection broke, or what came is not HTTP."""


FAILURES: dict[Failure, type[WireFailure]] = {
    "address": AddressRefused,
    "dns": HostUnknown,
    "refused": ConnectFailed,
    "unreachable": ConnectFailed,
    "timeout": TimedOut,
    "reset": ExchangeFailed,
    "tls": ExchangeFailed,
    "protocol": ExchangeFailed,
    "proxy": ExchangeFailed,
}

_clients: WeakKeyDictionary[Crawler, Client] = WeakKeyDictionary()


def share_client(crawler: Crawler) -> Client:
    """The one client of a crawler; Scrapy makes a handler for each scheme."""
    client = _clients.get(crawler)
    if client is None:
        client = _clients[crawler] = build_client(crawler)
    return client


def build_client(crawler: Crawler) -> Client:
    """A client as the settings and the environment say; raises ValueError for a bad proxy."""
    settings = crawler.settings
    limits = Limits(
        body=settings.getint("KHOBAO_BODY_CAP", Limits().body),
        deadline=settings.getfloat("DOWNLOAD_TIMEOUT"),
        connect=settings.getfloat("KHOBAO_CONNECT_SECONDS", Limits().connect),
    )
    ca_file = settings.get("KHOBAO_CA_FILE")
    session = settings.get("KHOBAO_SESSION")  # none for a lone handler and for `scrapy crawl`
    return Client(
        settings.get("KHOBAO_POLICY"),
        limits,
        environ=os.environ,
        ca_file=Path(ca_file) if ca_file else None,
        now=session.now if session else find_clock(os.environ),
    )


def make_response(exchange: Exchange, url: str) -> Response:
    """An exchange that has a response, as Scrapy's; the body keeps its content coding."""
    assert exchange.status is not None
    headers = Headers(
        [(name.encode("latin-1"), value.encode("latin-1")) for name, value in exchange.headers]
    )
    kind = responsetypes.from_args(headers=headers, url=url, body=exchange.payload)
    return kind(
        url=url,
        status=exchange.status,
        headers=headers,
        body=exchange.payload,
        flags=[f"truncated:{exchange.truncated}"] if exchange.truncated else [],
        ip_address=ip_address(exchange.ip) if exchange.ip else None,
        protocol=exchange.protocols[0].upper() if exchange.protocols else None,
    )


class WireHandler:
    """One scheme's handler over the crawler's one client."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._client = share_client(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WireHandler:
        """Scrapy's way to build it."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch, show it to the tap, answer; raises WireFailure when there is no response, and
        what the spider raises that does not admit the request any more."""
        self._crawler.spider.admit(request)  # type: ignore[union-attr]
        exchange = await self._client.fetch(
            request.url,
            [(name, value) for name, values in request.headers.items() for value in values],
            request.method,
            request.meta.get("khobao_tls", "verify"),
            body=request.body,
            deadline=request.meta.get("download_timeout"),
        )
        self._crawler.spider.tap(exchange, request)  # type: ignore[union-attr]
        if exchange.failure is not None:
            raise FAILURES[exchange.failure](exchange)
        request.meta["download_latency"] = exchange.seconds
        return make_response(exchange, request.url)

    async def close(self) -> None:
        """Close the client's connections."""
        await self._client.close()
