"""Exchanges of a fictional paper, and a writer with its own clock, ids and host."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.digests import sha256_of
from archive.records import Exchange
from archive.warc.compose import Original, compose
from archive.warc.event import event
from archive.warc.record import Record
from archive.warc.writer import Writer

AT = datetime(2026, 2, 4, 1, 2, 3, 456789, tzinfo=UTC)
HOST = "http://gazette.test"
INFO = {"software": "Kho Báo test", "operator": "Nobody", "robots": ["obey", "RFC 9309"]}


def count_ids(start: int = 1) -> Callable[[], str]:
    """Identities in a row: the same ones in each run."""
    numbers = itertools.count(start)
    return lambda: f"urn:uuid:00000000-0000-4000-8000-{next(numbers):012d}"


def make_exchange(path: str = "/a", text: str = "Mường Khương", **changes: Any) -> Exchange:
    """One request with its response; ``gz``, ``chunked``, ``status``, ``minutes`` shape it."""
    packed, minutes = changes.pop("gz", False), changes.pop("minutes", 0)
    chunked, status = changes.pop("chunked", False), changes.pop("status", 200)
    payload = b"" if status == 304 else text.encode()
    payload = gzip.compress(payload, mtime=0) if packed and payload else payload
    headers = [("Content-Type", "text/html; charset=utf-8"), ("ETag", '"1"')]
    if packed:
        headers.append(("Content-Encoding", "gzip"))
    if status != 304:
        size = ("Content-Length", str(len(payload)))
        headers.append(("Transfer-Encoding", "chunked") if chunked else size)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    body = wrap_chunks(payload) if chunked and status != 304 else payload
    fields: dict[str, Any] = {
        "url": HOST + path,
        "method": "GET",
        "started_at": AT + timedelta(minutes=minutes),
        "request": f"GET {path} HTTP/1.1\r\nHost: gazette.test\r\n\r\n".encode(),
        "response": f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode() + body,
        "status": status,
        "headers": tuple(headers),
        "payload": payload,
        "chunked": chunked and status != 304,
        "truncated": None,
        "ip": "127.0.0.1",
        "protocols": ("http/1.1", "tls/1.3"),
    }
    return Exchange(**(fields | changes))


def make_failure(path: str = "/gone", **changes: Any) -> Exchange:
    """An exchange that never got an HTTP response."""
    lack = {"response": None, "status": None, "headers": (), "payload": b"", "ip": None}
    lack |= {"failure": "dns", "failure_detail": "no such name\r\nat all", "request": b""}
    return make_exchange(path, **(lack | {"protocols": ()} | changes))


def wrap_chunks(payload: bytes) -> bytes:
    """A body in two chunks."""
    half = len(payload) // 2
    parts = [part for part in (payload[:half], payload[half:]) if part]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def make_writer(root: Path, **changes: Any) -> Writer:
    """A writer for the site ``gazette``."""
    options: dict[str, Any] = {"now": lambda: AT, "new_id": count_ids(900_000), "host": "box"}
    return Writer(root, "gazette", **(options | {"info": INFO} | changes))


def original_of(exchange: Exchange, records: tuple[Record, ...]) -> Original:
    """What a revisit of this exchange refers to."""
    digest = sha256_of(exchange.payload)
    return Original(records[0].id, exchange.url, exchange.started_at, digest)


def all_groups() -> list[tuple[Record, ...]]:
    """A group of every kind that the composer makes, and an event."""
    ids = count_ids()
    groups = []
    for number, (chunked, gz) in enumerate(itertools.product((False, True), repeat=2)):
        path = f"/page-{number}"
        first = make_exchange(path, f"<p>bài số {number}</p>" * 9, chunked=chunked, gz=gz)
        records = compose(first, new_id=ids)
        known = original_of(first, records)
        again = make_exchange(
            path, f"<p>bài số {number}</p>" * 9, chunked=chunked, gz=gz, minutes=60
        )
        same = make_exchange(path, status=304, minutes=120)
        groups += [
            records,
            compose(again, new_id=ids, refers_to=known),
            compose(same, new_id=ids, refers_to=known),
        ]
    odd = make_exchange(
        "/odd",
        interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n",
        trailing=b"\x00 more",
        tls_downgraded=True,
    )
    cut = make_exchange("/cut", truncated="disconnect", failure="reset", failure_detail="peer")
    groups += [compose(one, new_id=ids) for one in (odd, cut, make_exchange("/304", status=304))]
    groups += [compose(make_failure(), new_id=ids)]
    sent = make_failure("/junk", request=b"GET /junk HTTP/1.1\r\n\r\n", trailing=b"SSH-2.0\r\n")
    groups += [compose(sent, new_id=ids)]
    about = groups[0][0]
    groups += [
        (event("reading", {"b": 1}, url=about.url, refers_to=about.id, at=AT, new_id=ids),),
        (event("crawl-end", {"chữ": "é"}, url=None, refers_to=None, at=AT, new_id=ids),),
    ]
    return groups


def plain_groups(count: int = 4) -> list[tuple[Record, ...]]:
    """Groups that do not refer to each other."""
    ids = count_ids()
    return [compose(make_exchange(f"/plain-{n}"), new_id=ids) for n in range(count)]


def write_sample(root: Path, groups: list[tuple[Record, ...]] | None = None) -> Path:
    """A closed file that holds these groups, or one of each kind."""
    writer = make_writer(root)
    for group in all_groups() if groups is None else groups:
        writer.write(group)
    writer.sync()
    writer.close()
    return next((root / "warc" / "gazette").glob("*.warc.gz"))
