"""Row 9 to its end: what the wire gave stands in the WARC, and everybody's checks pass it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from archive.records import Exchange
from archive.warc.http import http_of
from archive.warc.reader import read_at
from archive.warc.verify import verify_archive
from crawler.wire.client import Client
from crawler.wire.limits import Limits
from tests.archive.makers import Clock, open_archive
from tests.brotlied import WARCIO
from tests.scorecard.plugin import Tally

from .answers import ANSWERS, BODY_CAP, NO_HTTP
from .server import Reply, Server, make_server_context
from .strange import FOREIGN, STRANGE

SITE = "suoi"


async def fetch_all(pem: Path) -> list[Exchange]:
    """Every answer of the tables once, over http and TLS in turn, at an address of its own."""
    replies = [(Reply(one.raw, one.after), one.method) for one in (*ANSWERS, *STRANGE)]
    replies += [(Reply(raw, "hold"), "GET") for raw in (NO_HTTP | FOREIGN).values()]
    exchanges = []
    for number, (reply, method) in enumerate(replies):
        tls = make_server_context(pem) if number % 2 else None
        async with Server([reply], tls) as server:
            client = Client(server.policy, Limits(body=BODY_CAP), ca_file=pem)
            exchanges.append(await client.fetch(server.url(f"/{number}"), method=method))
            await client.close()
    return exchanges


@pytest.mark.row(9)
def test_every_answer_is_kept_as_it_came(tmp_path: Path, pem: Path, tally: Tally) -> None:
    """Each block reads back from the archive, with the fields and the payload that the wire read;
    `khobao verify`, `warcio check` and `fastwarc check` find nothing wrong."""
    exchanges = asyncio.run(fetch_all(pem))
    root = tmp_path / "archive"
    clock = Clock()
    differing = 0
    with open_archive(root, clock) as archive:
        for exchange in exchanges:
            kept = archive.keep(SITE, replace(exchange, started_at=clock()))
            record = read_at(root, kept.place)
            http = http_of(record)
            assert (http is None) == (exchange.response is None), exchange.url
            if http is None or record.type == "revisit":
                continue
            assert (http.status, http.headers) == (exchange.status, exchange.headers)
            same = (record.block, http.payload) == (exchange.response, exchange.payload)
            assert record.header("WARC-Truncated") == exchange.truncated
            differing += not same
    problems = [str(problem) for problem in verify_archive(root, root / "index.db")]
    tally(exchanges=len(exchanges), differing=differing + len(problems))
    assert (differing, problems) == (0, [])
    for path in root.rglob("*.warc.gz"):
        for tool in (WARCIO, (str(Path(sys.executable).parent / "fastwarc"),)):
            command = [*tool, "check", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr


def test_a_downgrade_is_in_the_warc(tmp_path: Path, pem: Path) -> None:
    """An exchange under `insecure` says so beside its response, and which TLS was spoken."""

    async def run() -> Exchange:
        reply = Reply(ANSWERS[0].raw)
        async with Server([reply], make_server_context(pem)) as server:
            client = Client(server.policy)
            exchange = await client.fetch(server.url(), tls="insecure")
            await client.close()
            return exchange

    exchange = asyncio.run(run())
    root = tmp_path / "archive"
    with open_archive(root, Clock()) as archive:
        kept = archive.keep(SITE, exchange)
        record = read_at(root, kept.place)
    protocols = [value for name, value in record.headers if name == "WARC-Protocol"]
    assert protocols == ["http/1.1", "tls/1.3"]
    (path,) = root.rglob("*.warc.gz")
    done = subprocess.run(["gzip", "-dc", str(path)], capture_output=True, check=True)
    assert b"tls-downgraded: true" in done.stdout
