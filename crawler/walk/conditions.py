"""On which conditions an address is asked for: If-None-Match, If-Modified-Since (RFC 9110, 13).

Only where the page is held and was read. Without any where it was read in a crawl whose pages came
by halves (archive/index/halves.py): a server that answers 304 would leave the half for good.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from archive.index.captures import find_latest
from archive.index.halves import is_halved


class Conditions:
    """The conditions of one paper's requests."""

    def __init__(self, db: sqlite3.Connection, is_read: Callable[[int], bool]) -> None:
        self._db = db
        self._is_read = is_read
        self._halved: dict[str | None, bool] = {}

    def find(self, url: str) -> dict[str, str]:
        """Return the headers for an address; none where all of it is to come."""
        held = find_latest(self._db, url)
        if held is None or not self._is_read(held.id) or self._came_halved(held.crawl_id):
            return {}
        wanted = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return {name: value for name, value in wanted.items() if value}

    def _came_halved(self, crawl_id: str | None) -> bool:
        if crawl_id not in self._halved:
            self._halved[crawl_id] = is_halved(self._db, crawl_id)
        return self._halved[crawl_id]
