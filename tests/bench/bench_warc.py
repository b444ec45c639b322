"""How fast records reach the disk, and come back, beside warcio's WARCWriter in the same run.

    python tests/bench/bench_warc.py [FILE.warc.gz ...]

Takes the HTTP responses out of WARC files (or makes pages where none are given), each with a
request of its own, and writes them four ways: our writer with a sync every 50 records, the same
as servers mostly send them (gzipped), warcio's writer, and our record at other zlib levels. Then
reading and verifying. Prints one line each: records/s, MB/s of blocks, bytes on the disk.
"""

from __future__ import annotations

import gzip
import io
import itertools
import random
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeadersParser
from warcio.warcwriter import WARCWriter

from archive.records import Exchange
from archive.warc.compose import compose
from archive.warc.reader import Found, http_of, iterate
from archive.warc.record import print_record
from archive.warc.verify import verify_file
from archive.warc.writer import Writer

AT = datetime(2026, 2, 4, tzinfo=UTC)
LIMIT = 400


def load_exchanges(paths: list[Path]) -> list[Exchange]:
    """Exchanges with plain bodies, as many as LIMIT."""
    found = []
    for item in itertools.chain.from_iterable(map(iterate, paths)):
        http = http_of(item.record) if isinstance(item, Found) else None
        if http and http.status == 200 and len(found) < LIMIT:
            assert isinstance(item, Found)
            found.append(make_exchange(item.record.url or "", http.payload))
    return found


def make_pages() -> list[Exchange]:
    """Pages of words drawn by a fixed seed, 60 KB each."""
    dice = random.Random(1)
    words = ["báo", "tỉnh", "huyện", "xã", "bà con", "<p>", "</p>", "nông thôn", "mới", "năm"]
    words += [f"chữ{number}" for number in range(3000)]
    return [
        make_exchange(f"http://gazette.test/{n}", " ".join(dice.choices(words, k=9000)).encode())
        for n in range(LIMIT)
    ]


def make_exchange(url: str, body: bytes) -> Exchange:
    """A 200 response with this body, not chunked."""
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("ETag", '"1"'),
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return Exchange(
        url=url,
        method="GET",
        started_at=AT,
        request=b"GET / HTTP/1.1\r\nHost: gazette.test\r\nAccept: */*\r\n\r\n",
        response=f"HTTP/1.1 200 OK\r\n{head}\r\n".encode() + body,
        status=200,
        headers=headers,
        payload=body,
        chunked=False,
        truncated=None,
        ip="127.0.0.1",
        protocols=("http/1.1",),
    )


def pack(exchange: Exchange) -> Exchange:
    """The exchange as a server with gzip would have sent it."""
    fresh = make_exchange(exchange.url, gzip.compress(exchange.payload, 6, mtime=0))
    return replace(fresh, headers=(*fresh.headers, ("Content-Encoding", "gzip")))


def write_ours(folder: Path, exchanges: list[Exchange]) -> None:
    """Our writer, composing included, with a sync every 50 records."""
    numbers = itertools.count()
    writer = Writer(
        folder,
        "bench",
        now=lambda: AT,
        new_id=lambda: f"urn:uuid:{next(numbers):032x}",
        host="box",
        info={"software": "bench"},
    )
    for number, exchange in enumerate(exchanges, 1):
        writer.write(compose(exchange, new_id=lambda: f"urn:uuid:{next(numbers):032x}"))
        if number % 25 == 0:
            writer.sync()
    writer.close()


def write_warcio(folder: Path, exchanges: list[Exchange]) -> None:
    """warcio's writer as its README shows it: no sync, no seal, SHA-1."""
    folder.mkdir(parents=True)
    parser = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"])
    asks = StatusAndHeadersParser(["GET"])
    with (folder / "a.warc.gz").open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="WARC/1.1")
        for exchange in exchanges:
            stream = io.BytesIO(exchange.response or b"")
            head = parser.parse(stream)
            response = writer.create_warc_record(
                exchange.url, "response", payload=stream, http_headers=head
            )
            stream = io.BytesIO(exchange.request)
            head = asks.parse(stream)
            request = writer.create_warc_record(
                exchange.url, "request", payload=stream, http_headers=head
            )
            writer.write_request_response_pair(request, response)


def measure(name: str, exchanges: list[Exchange], deed: Callable[[Path], None]) -> float:
    """The best of three runs: print its figures and give its seconds."""
    times = []
    with tempfile.TemporaryDirectory() as folder:
        for run in range(3):
            start = time.perf_counter()
            deed(Path(folder) / str(run))
            times.append(time.perf_counter() - start)
        disk = sum(one.stat().st_size for one in (Path(folder) / "0").rglob("*.warc.gz"))
    blocks = sum(len(one.request) + len(one.response or b"") for one in exchanges)
    best = min(times)
    rates = f"{2 * len(exchanges) / best:8.0f} records/s {blocks / best / 1e6:7.1f} MB/s"
    print(f"{name:34} {best:6.2f} s {rates} {disk / 1e6:8.2f} MB on disk")
    return best


def measure_levels(exchanges: list[Exchange]) -> None:
    """Time and size of our records by zlib level."""
    numbers = itertools.count()
    plain = [
        print_record(record)
        for one in exchanges
        for record in compose(one, new_id=lambda: f"urn:uuid:{next(numbers):032x}")
    ]
    for level in (1, 4, 6, 9):
        start = time.perf_counter()
        size = sum(len(zlib.compress(record, level)) for record in plain)
        print(f"  zlib level {level}: {time.perf_counter() - start:6.2f} s {size / 1e6:8.2f} MB")


def measure_reading(exchanges: list[Exchange]) -> None:
    """Reading and verifying what our writer wrote."""
    blocks = sum(len(one.request) + len(one.response or b"") for one in exchanges) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        write_ours(Path(folder), exchanges)
        path = next(Path(folder).rglob("*.warc.gz"))
        for name, deed in (("iterate", iterate), ("verify_file", verify_file)):
            start = time.perf_counter()
            count = sum(1 for _ in deed(path))
            took = time.perf_counter() - start
            print(f"  {name}: {took:6.2f} s {blocks / took:7.1f} MB/s ({count} items)")


def main() -> None:
    """Print the table."""
    paths = [Path(name) for name in sys.argv[1:]]
    exchanges = load_exchanges(paths) or make_pages()
    packed = [pack(one) for one in exchanges]
    for kind, bodies in (("plain", exchanges), ("gzipped", packed)):
        mine = measure(f"ours, {kind} bodies", bodies, lambda f, b=bodies: write_ours(f, b))
        its = measure(f"warcio, {kind} bodies", bodies, lambda f, b=bodies: write_warcio(f, b))
        print(f"  ours takes {mine / its:.2f} of warcio's time")
        measure_levels(bodies)
        measure_reading(bodies)


if __name__ == "__main__":
    main()
