"""A real Scrapy process for test_handler.py: fetches the URLs it is given, prints what it saw.

Each line of output is a JSON list: ["tap", ...], ["page", ...],
["errback", ...] in the order in which things happened.
"""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from archive.records import Exchange
from crawler.wire.address import Policy


def tell(*words: Any) -> None:
    """One line for the test."""
    print(json.dumps(words), flush=True)


class Reader(Spider):
    """Asks for each URL once and tells what came."""

    name = "reader"
    pages: list[dict[str, Any]]
    tap_fails = False

    async def start(self) -> AsyncIterator[Request]:
        for page in self.pages:
            yield Request(
                page["url"],
                self.parse,
                errback=self.note,
                dont_filter=True,
                meta={"khobao_tls": page.get("tls", "verify"), "handle_httpstatus_all": True}
                | page.get("meta", {}),
                headers={"User-Agent": "khobao-test"},
            )

    def admit(self, request: Request) -> None:
        """Let every request go."""

    def tap(self, exchange: Exchange, request: Request) -> None:
        tell(
            *("tap", exchange.url, (exchange.response or b"").decode("latin-1")),
            *(exchange.failure, request.url, exchange.request.decode("latin-1")),
        )
        if self.tap_fails:
            raise RuntimeError("the tap is shut")

    def parse(self, response: Response) -> None:
        tell(
            *("page", response.url, response.status, response.body.decode("latin-1")),
            *(response.flags, str(response.ip_address), response.protocol),
            *([v.decode() for v in response.headers.getlist("Set-Cookie")],),
            *(type(response).__name__, response.meta.get("download_latency", -1) > 0),
        )

    def note(self, failure: Any) -> None:
        kinds = [kind.__name__ for kind in type(failure.value).__mro__]
        exchange = getattr(failure.value, "exchange", None)
        tell("errback", failure.request.url, kinds, exchange.failure if exchange else None)


def crawl(order: dict[str, Any]) -> None:
    """Run one crawl in this process."""
    settings = {
        "DOWNLOAD_HANDLERS": {
            "http": "crawler.wire.handler.WireHandler",
            "https": "crawler.wire.handler.WireHandler",
        },
        "DEFAULT_REQUEST_HEADERS": {"Accept-Encoding": "gzip, deflate"},
        "KHOBAO_POLICY": Policy(("127.0.0.1",), tuple(order["ports"])),
        "KHOBAO_BODY_CAP": order.get("body_cap", 1000),
        "KHOBAO_CA_FILE": order["ca_file"],
        "HTTPPROXY_ENABLED": False,
        "RETRY_ENABLED": False,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "CONCURRENT_REQUESTS": 1,
        "LOG_LEVEL": "WARNING",
    }
    process = CrawlerProcess(settings)
    process.crawl(Reader, pages=order["pages"], tap_fails=order.get("tap_fails", False))
    process.start()


if __name__ == "__main__":
    crawl(json.loads(sys.argv[1]))
