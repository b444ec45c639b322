"""Whether the next page of a category is worth a request: where this page does not reach back.

A category is a list of the newest that moves down. If three articles came out, what stood on top
is now three places lower, and nothing can have passed unseen between two visits. So paging stops

    on page 1    where two known entries stand as far below their first place as articles came in
                 above them since then (give or take one place in five: blocks of picked articles)
                 and no more than two thirds of the page are news
    further on   where an entry was announced by this category before, and is not one of those that
                 every page of it shows (most read)
    at a look    at a list that is an echo (clock.py): where the others know all of page 1
    anywhere     where nothing is news; a category that was left alone for more than a night counts
                 what is news to itself, for the others knew it in the meantime

Rejected: stopping at the first known entry (a most-read box is full of them), and at a page of
known entries only (that asks for page 2 of every category every night: 6 requests for nothing).
"How far a run pages" hangs on what was known before it, not on the order of its answers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.index.addresses import Announced

LINKED = 2  # entries that have to stand where they should
FULL = (
    2 / 3
)  # of a page: with more news on it, what follows may be a box of yesterday's top stories
RECENT = 500  # latest entries of a category that are looked at


@dataclass
class Walk:
    """The way through the pages of one category in this run."""

    is_late: bool
    pages: list[str] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)


class Paging:
    """Follows the categories of one run, which began at ``started_at``."""

    def __init__(self, db: sqlite3.Connection, started_at: str) -> None:
        self._db = db
        self._started = started_at
        self._walks: dict[str, Walk] = {}  # by the page that comes next, or is being looked at

    def look(
        self,
        url: str,
        entries: Sequence[Announced],
        *,
        source: str,
        page: int,
        is_late: bool,
        is_echo: bool = False,
    ) -> bool:
        """Take in the article links of a page; say whether the next one may bring something.

        ``source``: the page's address on the wire, under which the ledger has its announcements;
        ``is_echo``: the other lists were read before it, what they know of is no news.
        """
        if page == 1 and is_echo and all(map(self._is_known, entries)):
            return False
        walk = self._walks.get(url) or Walk(is_late)
        self._walks[url] = walk
        walk.pages.append(source)
        known = [self._find_first(item.address, walk.pages) for item in entries]
        news = [item for item, first in zip(entries, known, strict=True) if first is None]
        shown, walk.shown = set(walk.shown), walk.shown | {item.address for item in entries}
        if not any(walk.is_late or self.is_new(item.address) for item in news):
            return False
        if page == 1:
            return not self._is_linked(source, entries, known)
        return not any(
            first is not None and item.address not in shown
            for item, first in zip(entries, known, strict=True)
        )

    def follow(self, url: str, following: str) -> None:
        """Note that a page of this run leads to the next one."""
        if url in self._walks:
            self._walks[following] = self._walks.pop(url)

    def is_new(self, url: str) -> bool:
        """Say whether nothing had announced an address before this run."""
        row = self._db.execute(
            "SELECT 1 FROM addresses WHERE url = ? AND first_seen_at < ?", (url, self._started)
        ).fetchone()
        return row is None

    def _is_known(self, item: Announced) -> bool:
        """Say whether anything announced an address so far, in this run too."""
        row = self._db.execute("SELECT 1 FROM addresses WHERE url = ?", (item.address,)).fetchone()
        return row is not None

    def _find_first(self, address: str, pages: Sequence[str]) -> tuple[int, str] | None:
        """Return where and when one of the pages announced an address for the first time."""
        marks = ", ".join("?" * len(pages))
        row = self._db.execute(
            "SELECT s.position, s.first_seen_at FROM addresses a JOIN sightings s "
            f"ON s.address_id = a.id WHERE a.url = ? AND s.channel = 'category' AND s.source IN "
            f"({marks}) AND s.first_seen_at < ? ORDER BY s.first_seen_at LIMIT 1",
            (address, *pages, self._started),
        ).fetchone()
        return (int(row[0]), str(row[1])) if row else None

    def _is_linked(
        self, source: str, entries: Sequence[Announced], known: Sequence[tuple[int, str] | None]
    ) -> bool:
        """Say whether known entries stand where the number of newer ones puts them."""
        rows = self._db.execute(
            "SELECT s.first_seen_at FROM sightings s JOIN addresses a ON a.id = s.address_id "
            "WHERE s.source = ? AND s.channel = 'category' AND a.role = 'article' AND "
            "s.first_seen_at < ? ORDER BY s.first_seen_at DESC LIMIT ?",
            (source, self._started, RECENT),
        ).fetchall()
        instants = [at for (at,) in rows]
        above = links = 0
        for item, first in zip(entries, known, strict=True):
            if first is None:
                above += 1
            elif above:
                pushed = above + sum(at > first[1] for at in instants)
                moved = item.link.position - first[0]
                links += abs(moved - pushed) <= pushed // 5
        return links >= LINKED and above <= FULL * len(entries)
