"""Asks a paper for a few pages as a crawl would: vetted addresses, robots.txt, a pause in between.

Every request counts against the budget, robots.txt and redirects too. What came is kept in memory
alone. Rejected: a crawl into a throw-away archive (it asks for what it was told, and here each
page decides what is asked next).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from archive.clock import find_clock
from archive.records import Exchange, Role
from crawler.config import Config, user_agent
from crawler.read.addresses import resolve_address
from crawler.read.decode import decode
from crawler.read.page import Page
from crawler.read.sniff import Kind, is_binary, name_kind
from crawler.read.tree import parse_html
from crawler.read.unpack import unpack
from crawler.version import VERSION
from crawler.walk.robots import EVERYTHING, MAX_HOPS, Rules, read_rules
from crawler.wire.address import Policy
from crawler.wire.client import Client
from crawler.wire.handler import make_response
from crawler.wire.limits import Limits
from crawler.wire.tls import TlsWord
from spiders import address

BUDGET = 32  # requests: enough for ten categories and eight articles beside the rest
HTML_LIMIT = 5 * 2**20  # as in crawler/read/reader.py
XML_LIMIT = 20 * 2**20  # a sitemap of 50,000 entries has 8 MB
SLOW, FEW = 10.0, 16  # seconds of Crawl-delay from which on a paper is asked fewer times
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@dataclass(frozen=True)
class Visit:
    """One page that came: ``asked`` is the address that was asked for, ``url`` where it was."""

    asked: str
    url: str
    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    captured_at: datetime

    def header(self, name: str) -> str | None:
        """The first value of a response field, or None."""
        return self.page("other").header(name)

    def page(self, role: Role, number: int = 1) -> Page:
        """The page as the reading workers take it."""
        return Page(
            self.url, self.status, self.headers, self.payload, role, self.captured_at, number
        )

    @cached_property
    def data(self) -> bytes:
        """The body without its content coding, cut where it is beyond all measure."""
        codings = [value for name, value in self.headers if name.lower() == "content-encoding"]
        return unpack(self.payload, codings, limit=XML_LIMIT).data

    @cached_property
    def text(self) -> str:
        """The body as text; empty for what is none."""
        kind = self.header("content-type")
        if not self.data.strip() or is_binary(self.data, kind):
            return ""
        return decode(self.data, content_type=kind, encoding=None, language=None).text

    @cached_property
    def kind(self) -> Kind:
        """What the body is: html, feed, sitemap, json, text."""
        return name_kind(self.text)

    @cached_property
    def tree(self) -> HtmlElement | None:
        """The tree of an HTML page, None for anything else."""
        if self.kind != "html":
            return None
        return parse_html(self.text[:HTML_LIMIT])[0]

    @property
    def is_there(self) -> bool:
        """Whether the server says that this is a page."""
        return self.status in (200, 203) and bool(self.text)


class Visitor:
    """Asks for addresses, at most ``budget`` times, and remembers what came."""

    def __init__(
        self,
        config: Config,
        *,
        delay: float,
        budget: int = BUDGET,
        tls: TlsWord = "verify",
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        crawl = config.crawl
        limits = Limits(
            body=crawl.body_mb * 2**20, deadline=crawl.total_seconds, connect=crawl.connect_seconds
        )
        network = config.network
        policy = Policy(network.allow_addresses, network.allow_ports, config.identified)
        self._client = Client(policy, limits, environ=os.environ, now=find_clock(os.environ))
        self._agent = user_agent(config, VERSION)
        self._delay = delay
        self._tls: TlsWord = tls
        self._sleep = sleep
        self._rules: dict[str, Rules] = {}
        self.budget = budget
        self.asked = 0
        self.visits: dict[str, Visit] = {}  # by the address that was asked for
        self.misses: dict[str, str] = {}  # why an address brought nothing

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._client.close()

    @property
    def left(self) -> int:
        """How many requests may still be sent."""
        return max(self.budget - self.asked, 0)

    @property
    def delay(self) -> float:
        """Seconds between two requests: ours, or what robots.txt asks for if that is more."""
        return max([self._delay, *(rules.delay or 0.0 for rules in self._rules.values())])

    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that robots.txt names."""
        return tuple(dict.fromkeys(url for r in self._rules.values() for url in r.sitemaps))

    async def get(self, url: str, headers: tuple[tuple[str, str], ...] = ()) -> Visit | None:
        """The page at an address, redirects followed; None where none came (``misses``)."""
        if url in self.visits:
            return self.visits[url]
        if url in self.misses:
            return None
        place = url
        for _ in range(MAX_HOPS + 1):
            exchange = await self._ask(url, place, headers)
            if exchange is None:
                return None
            target = _find_target(exchange) if exchange.status in _REDIRECTS else None
            if target is None:
                return self._keep(url, place, exchange)
            place = target
        self.misses[url] = f"more than {MAX_HOPS} redirects"
        return None

    async def _ask(
        self, url: str, place: str, headers: tuple[tuple[str, str], ...]
    ) -> Exchange | None:
        """One request, if robots.txt and the budget allow it."""
        reason = (await self._find_rules(place)).forbid(place)
        if reason is None and not self.left:
            reason = f"not asked: {self.budget} requests were sent"
        if reason is not None:
            self.misses[url] = reason
            return None
        return await self._send(place, headers)

    async def _send(self, url: str, headers: tuple[tuple[str, str], ...] = ()) -> Exchange:
        if self.asked:
            await self._sleep(self.delay)
        self.asked += 1
        fields = (("User-Agent", self._agent), ("Accept", _ACCEPT), *headers)
        return await self._client.fetch(url, fields, tls=self._tls)

    def _keep(self, url: str, place: str, exchange: Exchange) -> Visit | None:
        if exchange.failure is not None or exchange.status is None:
            self.misses[url] = f"{exchange.failure}: {exchange.failure_detail}"
            return None
        visit = Visit(
            url,
            place,
            exchange.status,
            exchange.headers,
            exchange.payload,
            exchange.started_at,
        )
        if not visit.is_there:
            self.misses[url] = f"http {exchange.status}" if exchange.status != 200 else "no text"
            return None
        self.visits[url] = visit
        return visit

    async def _find_rules(self, url: str) -> Rules:
        """The robots.txt of an address's host, asked for once (RFC 9309)."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = await self._fetch_rules(f"{host}/robots.txt")
            if self.delay >= SLOW:
                self.budget = min(self.budget, FEW)
        return self._rules[host]

    async def _fetch_rules(self, url: str) -> Rules:
        for _ in range(MAX_HOPS + 1):
            exchange = await self._send(url)
            if exchange.failure is not None or exchange.status is None:
                return Rules(None, f"{exchange.failure}: {exchange.failure_detail}")
            target = _find_target(exchange) if exchange.status in _REDIRECTS else None
            if target is None:
                return read_rules(make_response(exchange, url))
            url = target
        return EVERYTHING  # RFC 9309, 2.3.1.2: as if there were none


def _find_target(exchange: Exchange) -> str | None:
    """Where a redirect leads, None where that is no address of the web."""
    named = next((v for name, v in exchange.headers if name.lower() == "location"), None)
    target = resolve_address(exchange.url, named) if named else None
    return target if target and address.split(target) else None
