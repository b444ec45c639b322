"""An index made by hand: crawls, lists, articles and who announced them, without a crawl."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from archive import schema
from archive.instants import to_text

START = datetime(2026, 3, 2, 20, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "paper"


class Ledger:
    """Rows of one paper's index; ``night(n)`` is the instant of the n-th crawl, from 0 on."""

    def __init__(self) -> None:
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        schema.ensure(self.db)
        self.db.execute("PRAGMA foreign_keys = OFF")
        self.serial = 0

    def night(self, number: float) -> datetime:
        """Return an instant so many nights after the first crawl."""
        return START + number * DAY

    def add_crawls(self, count: int, outcome: str | None = "finished") -> None:
        """Add a crawl a night."""
        for number in range(count):
            at = to_text(self.night(number))
            self.db.execute(
                "INSERT INTO crawls (crawl_id, site, started_at, outcome, software, profile) "
                "VALUES (?, ?, ?, ?, '', '')",
                (f"{SITE}-{at}", SITE, at, outcome),
            )

    def add_list(self, url: str, role: str, *, asked: float, page: int = 1) -> None:
        """Add a list that was known from the first crawl on and last answered on a night."""
        self.db.execute(
            "INSERT INTO addresses (site, url, role, state, depth, page, first_seen_at, "
            "last_seen_at, fetched_at) VALUES (?, ?, ?, 'fetched', 0, ?, ?, ?, ?)",
            (SITE, url, role, page, *[to_text(self.night(0))] * 2, to_text(self.night(asked))),
        )

    def add_article(
        self,
        url: str,
        lists: Iterable[tuple[str, str]],
        *,
        night: float,
        position: int = 0,
        date: str | None = None,
        fetched: float | None = None,
    ) -> int:
        """Add an article announced by (channel, source) pairs on a night, fetched then or later."""
        at = to_text(self.night(night) + timedelta(minutes=1))
        last = to_text(self.night(night if fetched is None else fetched) + timedelta(minutes=2))
        self.serial += 1
        cursor = self.db.execute(
            "INSERT INTO addresses (site, url, role, state, depth, first_seen_at, last_seen_at, "
            "fetched_at, article_id) VALUES (?, ?, 'article', 'fetched', 1, ?, ?, ?, ?)",
            (SITE, url, at, at, last, self.serial),
        )
        number = int(cursor.lastrowid or 0)
        for channel, source in lists:
            self.db.execute(
                "INSERT INTO sightings (address_id, channel, source, position, date_raw, "
                "first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, channel, source, position, date, at, at),
            )
        self._add_words(url, at, last)
        return number

    def _add_words(self, url: str, first: str, last: str) -> None:
        self.db.execute(
            "INSERT INTO articles (id, site, url, version, versions, title, body, word_count, "
            "text_sha256, words_sha256, extractor, profile, capture_id, first_seen_at, "
            "last_seen_at) VALUES (?, ?, ?, 1, 1, '', '', 0, '', '', '', '', 1, ?, ?)",
            (self.serial, SITE, url, first, last),
        )
        self.add_version(self.serial, 1, first, last)

    def add_version(
        self,
        article: int,
        version: int,
        first: str,
        last: str,
        published: str | None = None,
        modified: str | None = None,
    ) -> None:
        """Add a version and let its article show it."""
        self.db.execute(
            "INSERT INTO versions (article_id, version, title, body, word_count, text_sha256, "
            "words_sha256, extractor, profile, capture_id, first_seen_at, last_seen_at, "
            "date_published, date_modified) "
            "VALUES (?, ?, '', '', 0, '', '', '', '', 1, ?, ?, ?, ?)",
            (article, version, first, last, published, modified),
        )
        self.db.execute(
            "UPDATE articles SET version = ?, versions = ? WHERE id = ?",
            (version, version, article),
        )
