"""Judges where redirects lead: in which role a target is asked for, and whether at all.

A target takes over the role of what pointed at it. What is no article's by its address is asked for
where a held article leads to it: what stands there tells whether that was taken away, moved, or put
behind a door (archive/index/target.py); its address alone does not. Rejected: asking for each
target of a paper that leads all its addresses to such ones (it was made anew, and its profile has
to learn them).
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from archive.index.addresses import Announced
from archive.index.frontier import Task
from archive.records import Link, Role
from crawler.walk.judge import NO_ARTICLE, Judge, inherit

MOST = 20  # targets a crawl: papers take a few stories away a night
MAX_REDIRECTS = 10  # in a row; browsers give up at 20, and no paper was seen with more than 3


class Beyond:
    """The targets of the redirects that one crawl met."""

    def __init__(self, db: sqlite3.Connection, judge: Judge) -> None:
        self._db = db
        self._judge = judge
        self._asked: set[str] = set()
        self._hops: dict[str, int] = {}  # redirects in a row that led to an address

    def judge(self, location: str, task: Task) -> list[Announced]:
        """Return what to note of the target of a redirect: one item, none that is no address."""
        role: Role = task.role if task.role != "article" else "other"
        announced = self._judge.judge([Link(location, "redirect", 0, role)], task.depth - 1)
        announced = [self._look(inherit(item, task), task) for item in announced]
        hops = self._hops.get(task.url, 0) + 1
        if hops > MAX_REDIRECTS:
            why = f"trap: more than {MAX_REDIRECTS} redirects in a row"
            announced = [replace(item, skip=item.skip or why) for item in announced]
        self._hops.update((item.address, hops) for item in announced)
        return announced

    def _look(self, item: Announced, task: Task) -> Announced:
        """Return a target as it was judged, or to be asked for after all."""
        if item.skip != NO_ARTICLE or task.role != "article":
            return item
        if item.address not in self._asked and len(self._asked) >= MOST:
            return item
        row = self._db.execute(
            "SELECT 1 FROM addresses WHERE id = ? AND article_id IS NOT NULL", (task.address_id,)
        ).fetchone()
        if row is None:
            return item
        self._asked.add(item.address)
        return replace(item, skip=None)
