"""Has the addresses asked for to which held articles lead, and which are no article's.

What stands there tells whether an article was taken away, moved, or put behind a door
(archive/index/target.py); its address alone does not. Rejected: asking for each target of a paper
that leads all its addresses to such ones (it was made anew, and its profile has to learn them).
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from archive.index.addresses import Announced
from archive.index.frontier import Task
from crawler.walk.judge import NO_ARTICLE

MOST = 20  # targets a crawl: papers take a few stories away a night


class Beyond:
    """Which targets one crawl asks for."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._asked: set[str] = set()

    def look(self, item: Announced, task: Task) -> Announced:
        """Return a redirect's target as it was judged, or to be asked for after all."""
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
