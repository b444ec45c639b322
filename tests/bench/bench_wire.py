"""CPU per page of our download handler against Scrapy's stock one; run by hand.

    python tests/bench/bench_wire.py [pages]

Server, stock handler and our handler each run in a process of their own on 127.0.0.1, over http
and over TLS, one and eight requests at a time on kept-alive connections. What is counted is the
process's CPU time over all pages, after a warm-up of forty-eight, from ``download_request`` to the
Response: the crawl engine around it costs both the same and would hide the difference. Printed:
milliseconds a page and the ratio ours / stock, the best of five rounds each, rounds taken in turn;
exit code 1 when a ratio is above 1.3. Neither handler verifies the server's certificate here:
Scrapy's stock one never does unless it is told to, and it costs one handshake a connection.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SIZES = {"small": 2_000, "large": 100_000}
AT_ONCE = (1, 8)
WARM_UP = 48
ROUNDS = 5
LIMIT = 1.3
STOCK = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"
OURS = "crawler.wire.handler.WireHandler"
HEAD = (
    b"HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Sun, 22 Nov 2026 20:00:00 GMT\r\n"
    b"Content-Type: text/html; charset=utf-8\r\nCache-Control: max-age=60\r\nVary: Accept\r\n"
    b'X-Cache: HIT\r\nETag: "abc"\r\nSet-Cookie: a=1; path=/\r\n'
)


def make_page(shape: str) -> bytes:
    """A response: small, large, or large in chunks of 8 KiB."""
    body = b"<p>x" * (SIZES[shape.removesuffix("-chunked")] // 4)
    if not shape.endswith("-chunked"):
        return HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body
    parts = [body[i : i + 8192] for i in range(0, len(body), 8192)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n"


async def serve(pem: Path) -> None:
    """Answer /<shape> for ever, over http and over TLS; print the two ports first."""
    from tests.wire.server import make_server_context

    shapes = ("small", "large", "large-chunked")
    pages = {f"/{shape}".encode(): make_page(shape) for shape in shapes}

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                writer.write(pages[request.split(b" ", 2)[1]])
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            writer.close()

    plain = await asyncio.start_server(accept, "127.0.0.1", 0)
    secure = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=make_server_context(pem))
    print(*(server.sockets[0].getsockname()[1] for server in (plain, secure)), flush=True)
    await plain.serve_forever()


def measure(path: str, url: str, count: int, at_once: int) -> None:
    """Print the CPU milliseconds a page of one handler."""
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from scrapy import Request, Spider
    from scrapy.utils.misc import load_object
    from scrapy.utils.test import get_crawler
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred

    from crawler.wire.address import Policy

    class Quiet(Spider):
        name = "quiet"

        def admit(self, request: Any) -> None:
            pass

        def tap(self, exchange: Any, request: Any) -> None:
            pass

    port = int(url.split(":")[2].split("/")[0])
    policy = Policy(("127.0.0.1",), (port,))
    crawler = get_crawler(Quiet, {"KHOBAO_POLICY": policy})
    crawler.spider = Quiet()

    async def run() -> None:
        handler = load_object(path).from_crawler(crawler)
        headers = {"User-Agent": "bench", "Accept": "text/html", "Accept-Encoding": "gzip"}

        async def fetch_many(pages: int) -> None:
            for _ in range(pages):
                request = Request(url, headers=headers, meta={"khobao_tls": "insecure"})
                response = await handler.download_request(request)
                assert response.status == 200

        await asyncio.gather(*(fetch_many(WARM_UP // at_once) for _ in range(at_once)))
        start = time.process_time()
        await asyncio.gather(*(fetch_many(count // at_once) for _ in range(at_once)))
        print((time.process_time() - start) / (count // at_once * at_once) * 1000)
        await handler.close()
        reactor.stop()  # type: ignore[attr-defined]

    reactor.callWhenRunning(  # type: ignore[attr-defined]
        lambda: Deferred.fromFuture(asyncio.ensure_future(run()))
    )
    reactor.run()  # type: ignore[attr-defined]


def run_child(*arguments: str) -> float:
    """The figure that a measuring process prints."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    return float(done.stdout.split()[-1])


def compare(count: int) -> float:
    """Print the table; return the largest ratio."""
    from tests.wire.server import make_certificate

    with tempfile.TemporaryDirectory() as folder:
        pem = make_certificate(Path(folder), "127.0.0.1")
        command = [sys.executable, __file__, "serve", str(pem)]
        server = subprocess.Popen(command, stdout=subprocess.PIPE)
        try:
            assert server.stdout is not None
            ports = server.stdout.readline().split()
            bases = [f"http://127.0.0.1:{int(ports[0])}", f"https://127.0.0.1:{int(ports[1])}"]
            return max(
                compare_one(f"{base}/{shape}", at_once, count)
                for base in bases
                for at_once in AT_ONCE
                for shape in ("small", "large", "large-chunked")
            )
        finally:
            server.terminate()
            server.wait()


def compare_one(url: str, at_once: int, count: int) -> float:
    """Print one line of the table; return its ratio."""
    rounds = [
        [run_child("measure", path, url, str(count), str(at_once)) for path in (STOCK, OURS)]
        for _ in range(ROUNDS)
    ]
    stock, ours = (min(column) for column in zip(*rounds, strict=True))
    name = f"{url.partition(':')[0]:5} {at_once} at once {url.rpartition('/')[2]:14}"
    print(
        f"{name} stock {stock:.3f} ms/page  ours {ours:.3f} ms/page  ratio {ours / stock:.2f}",
        flush=True,
    )
    return ours / stock


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    if sys.argv[1:2] == ["serve"]:
        asyncio.run(serve(Path(sys.argv[2])))
    elif sys.argv[1:2] == ["measure"]:
        measure(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
    else:
        sys.exit(compare(int(sys.argv[1]) if len(sys.argv) > 1 else 2000) > LIMIT)
