"""Exchanges, readings and archives for tests: small, exact, with a clock and ids handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from archive.connection import INDEX, connect
from archive.dump import dump
from archive.rebuild import rebuild
from archive.records import Article, Date, Exchange, Image, Link, Reading
from archive.store import Archive

START = datetime(2026, 2, 4, 1, 0, tzinfo=UTC)
SITE = {
    "site": "suoi",
    "title": "Báo Suối",
    "home": "https://suoi.test/",
    "domain": "suoi.test",
    "language": "vi",
    "timezone": "Asia/Ho_Chi_Minh",
    "profile": "0123456789abcdef",
}
CRAWL = "suoi-20260204T010000.000000Z"


class Clock:
    """A clock that stands still until it is moved; ``tick`` moves it a second at each reading."""

    def __init__(self, at: datetime = START, *, tick: bool = True) -> None:
        self.at, self.tick = at, tick

    def __call__(self) -> datetime:
        """Return the present instant."""
        if self.tick:
            self.at += timedelta(seconds=1)
        return self.at

    def move(self, **amount: float) -> None:
        """Let time pass."""
        self.at += timedelta(**amount)


def make_ids(prefix: str = "0") -> Iterator[str]:
    """Yield record identities that are the same in every run."""
    return (f"urn:uuid:{prefix:0>8}-0000-4000-8000-{number:012}" for number in count())


def open_archive(root: Path, clock: Clock, *, prefix: str = "0", site: bool = True) -> Archive:
    """Open an archive on handed-in clock and ids, with the test paper open in it."""
    ids = make_ids(prefix)
    archive = Archive(root, now=clock, new_id=lambda: next(ids), host="test")
    if site:
        archive.open_site(SITE, crawl_id=CRAWL, info={"software": "test"})
        archive.note(
            "suoi",
            "crawl-start",
            {
                "crawl_id": CRAWL,
                "started_at": "2026-02-04T01:00:00.000000Z",
                "software": "test",
                "site": SITE,
                "seeds": [],
            },
        )
    return archive


def make_exchange(
    url: str,
    body: bytes = b"",
    *,
    at: datetime,
    status: int = 200,
    fields: tuple[tuple[str, str], ...] = (("Content-Type", "text/html"),),
    **changes: Any,
) -> Exchange:
    """Make a plain exchange: a GET and its answer with Content-Length."""
    headers = (*fields, ("Content-Length", str(len(body))))
    head = f"HTTP/1.1 {status} X\r\n" + "".join(f"{n}: {v}\r\n" for n, v in headers) + "\r\n"
    given: dict[str, Any] = {
        "url": url,
        "method": "GET",
        "started_at": at,
        "request": f"GET {url} HTTP/1.1\r\nHost: suoi.test\r\n\r\n".encode(),
        "response": head.encode() + body,
        "status": status,
        "headers": headers,
        "payload": body,
        "chunked": False,
        "truncated": None,
        "ip": "127.0.0.1",
        "protocols": ("http/1.1",),
    }
    return Exchange(**{**given, **changes})


def make_failure(url: str, at: datetime, why: str = "timeout") -> Exchange:
    """Make an exchange that nobody answered."""
    return make_exchange(
        url, at=at, response=None, status=None, headers=(), failure=why, failure_detail="no answer"
    )


def make_reading(
    title: str = "Tiêu đề", text: str = "Đoạn một.\nĐoạn hai.", **fields: Any
) -> Reading:
    """Make the reading of an article page."""
    links, warnings = fields.pop("links", ()), fields.pop("warnings", ())
    article = Article(
        title=title,
        text=text,
        **{
            "lead": "Lời dẫn.",
            "authors": ("Lan Anh",),
            "published": Date("2026-02-04T08:00:00+07:00", "minute", "04/02/2026 08:00", "test"),
            "images": (Image("https://suoi.test/1.jpg", "Một góc chợ.", "Hà My"),),
            **fields,
        },
    )
    profile = "0123456789abcdef"
    return Reading("article", "ok", "test/1", profile, links, article, warnings=warnings)


def make_link(url: str, **changes: Any) -> Link:
    """Make a link to an article, as a category page announces it."""
    given = {"channel": "category", "position": 0, "role": "article", "title": "Tin"}
    return Link(url, **{**given, **changes})


def check_rebuild(root: Path) -> None:
    """Make the index of a closed archive again: it has to say what it said."""
    before = list(dump(connect(root / INDEX)))
    rebuild(root)
    assert list(dump(connect(root / INDEX))) == before
