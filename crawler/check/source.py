"""Where a check gets its pages from: the web, or the latest captures of an archive.

The web is scaffold's Visitor: the crawl's wire, robots.txt, a pause between requests. The archive
answers the same questions with what is held, so that one tour serves both. Rejected: a second tour
over the index, which would judge an archive by other rules than the paper.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from archive.errors import DamageError
from archive.index.captures import load_capture
from archive.page import open_page
from archive.records import Capture
from crawler.scaffold.visit import Visit
from crawler.walk.judge import Judge
from spiders.site import Site

NOT_HELD = "not held"  # why an archive brings nothing; it says nothing of the paper
HOPS = 5  # redirects in a row
RECENT = 60  # articles of the archive that are offered where no list leads to one
FIELDS = tuple[tuple[str, str], ...]


class Source(Protocol):
    """What a tour asks of the web and of an archive alike."""

    misses: dict[str, str]  # why an address brought nothing

    @property
    def left(self) -> int:
        """How many pages may still be asked for."""
        ...

    async def get(self, url: str, headers: FIELDS = ()) -> Visit | None:
        """The page at an address, redirects followed; None where none came (``misses``)."""
        ...


class Shelf:
    """The latest captures of a site; sends nothing and writes nothing."""

    def __init__(self, db: sqlite3.Connection, root: Path, site: Site, pages: int) -> None:
        self._db, self._root, self._site = db, root, site
        self._judge = Judge(site, 0)
        self._pages = pages
        self.asked = 0
        self.misses: dict[str, str] = {}

    @property
    def left(self) -> int:
        """How many pages may still be looked at."""
        return max(self._pages - self.asked, 0)

    def holds(self, url: str) -> bool:
        """Whether there is an answer of the server to an address."""
        return self._find(url) is not None

    def list_recent(self) -> list[str]:
        """Addresses of the articles that were captured last."""
        rows = self._db.execute(
            "SELECT a.url FROM articles a JOIN captures c ON c.id = a.capture_id WHERE a.site = ? "
            "ORDER BY c.captured_at DESC, a.id DESC LIMIT ?",
            (self._site.key, RECENT),
        )
        return [url for (url,) in rows]

    async def get(self, url: str, headers: FIELDS = ()) -> Visit | None:  # noqa: ARG002 - not sent
        """The page that was captured last at an address; None with the reason in ``misses``."""
        place = url
        for _ in range(HOPS):
            capture = self._find(place)
            if capture is None:
                self.misses[url] = NOT_HELD
                return None
            if not capture.location:
                self.asked += 1
                return self._open(url, capture)
            place = capture.location
        self.misses[url] = f"more than {HOPS} redirects"
        return None

    def _find(self, url: str) -> Capture | None:
        """The last answer that an address gave: under its own spelling or the canonical one."""
        spelled = (url, self._judge.spell(url) or url)
        row = self._db.execute(
            "SELECT id FROM captures WHERE url IN (?, ?) AND status IS NOT NULL "
            "ORDER BY captured_at DESC, id DESC LIMIT 1",
            spelled,
        ).fetchone()
        return load_capture(self._db, row[0]) if row else None

    def _open(self, url: str, capture: Capture) -> Visit | None:
        try:
            stored = open_page(self._db, self._root, capture.id)
        except DamageError as error:
            self.misses[url] = str(error)
            return None
        http = stored.http
        headers = http.headers if http else ()
        status = http.status if http else 200
        visit = Visit(url, capture.url, status, headers, stored.payload, capture.captured_at)
        if not visit.is_there:
            self.misses[url] = f"http {status}" if status != 200 else "no text"
            return None
        return visit


def spread(items: Sequence[str], count: int, turn: int = 0) -> list[str]:
    """At most ``count`` of the items at even steps; another ``turn`` begins with another item."""
    if len(items) <= count:
        return list(items)
    first = turn % len(items)
    turned = [*items[first:], *items[:first]]
    return [turned[place * len(items) // count] for place in range(count)]
