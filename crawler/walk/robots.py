"""Obeys robots.txt (RFC 9309), and keeps a copy of it in the archive.

4xx: everything is allowed (2.3.1.3). 5xx, time-out or no answer: nothing is, for this run
(2.3.1.4). Redirects are followed up to five hops (2.3.1.2). Only the first 500 KiB count (2.5).
Crawl-delay is not in the RFC and is honoured up to a cap, with a line in the log. Scrapy's own
middleware was rejected: it takes a failing robots.txt for permission and knows no Crawl-delay.
"""

from __future__ import annotations

import asyncio
import logging
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

AGENT = "khobao"
MAX_BYTES = 500 * 1024
MAX_HOPS = 5
MAX_DELAY = 60.0  # seconds; a longer Crawl-delay would make a nightly crawl pointless


class Disallowed(IgnoreRequest):
    """robots.txt, or the lack of an answer for it, forbids an address."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt allows. ``parser`` None: ``unavailable`` says why nothing is."""

    parser: Protego | None
    unavailable: str | None = None

    def forbid(self, url: str) -> str | None:
        """Return why ``url`` must not be asked for, or None."""
        if self.parser is None:
            return f"robots.txt unavailable: {self.unavailable}"
        return None if self.parser.can_fetch(url, AGENT) else "robots.txt"

    @property
    def delay(self) -> float | None:
        """Seconds between requests that the file asks for, capped."""
        asked = self.parser.crawl_delay(AGENT) if self.parser else None
        return min(float(asked), MAX_DELAY) if asked else None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """Addresses of sitemaps that the file names."""
        return tuple(self.parser.sitemaps) if self.parser else ()


EVERYTHING = Rules(Protego.parse(""))


class RobotsMiddleware:
    """Asks each host for its robots.txt before anything else, once a run."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let a request pass, or raise Disallowed."""
        if request.meta.get("robots"):
            return
        rules = await self.find_rules(request.url)
        reason = rules.forbid(request.url)
        if reason:
            raise Disallowed(reason)

    async def find_rules(self, url: str) -> Rules:
        """Return the rules of the host of ``url``; asks for them the first time."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            self._rules[host] = asyncio.get_running_loop().create_future()
            try:
                rules = await self._fetch(f"{host}/robots.txt")
            except BaseException as error:
                self._rules.pop(host).set_exception(error)
                raise
            self._rules[host].set_result(rules)
            self._crawler.spider.note_robots(host, rules)  # type: ignore[union-attr]
        return await asyncio.shield(self._rules[host])

    async def _fetch(self, url: str) -> Rules:
        for _ in range(MAX_HOPS + 1):
            request = Request(url, meta={"robots": True, "handle_httpstatus_all": True})
            try:
                response = await self._crawler.engine.download_async(request)
            except Exception as error:  # every way a download can fail means: no answer
                return Rules(None, _describe(error))
            if response.status not in (301, 302, 303, 307, 308):
                return read_rules(response)
            target = response.headers.get("Location")
            if not target:
                return EVERYTHING
            found = _find_target(url, target)
            if found is None:
                return EVERYTHING
            url = found
        return EVERYTHING  # more hops than the RFC asks us to follow: as if there were none


def _find_target(url: str, location: bytes) -> str | None:
    """Return where a redirect of robots.txt leads; None where that is no http(s) address."""
    try:
        target = urljoin(url, location.decode("utf-8", "replace").strip())
        parts = urlsplit(target)
    except ValueError:
        return None
    return target if parts.scheme in ("http", "https") and parts.hostname else None


def read_rules(response: Response) -> Rules:
    """Return the rules in an answer to a request for robots.txt."""
    if response.status >= 500 or response.status == 429:
        return Rules(None, f"http {response.status}")
    if response.status >= 400:
        return EVERYTHING
    body = response.body[: MAX_BYTES * 2]
    coding = (response.headers.get("Content-Encoding") or b"").lower()
    if coding in (b"gzip", b"deflate", b"x-gzip"):
        body = _inflate(body)
    return Rules(Protego.parse(body[:MAX_BYTES].decode("utf-8-sig", "replace")))


def _inflate(body: bytes) -> bytes:
    for bits in (47, -15):
        try:
            return zlib.decompressobj(bits).decompress(body, MAX_BYTES)
        except zlib.error:
            continue
    return body


def _describe(error: Exception) -> str:
    text = str(error).strip().splitlines()
    return (text[0] if text else type(error).__name__)[:200]
