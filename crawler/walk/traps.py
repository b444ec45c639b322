"""Notices addresses that only lead to more of their kind, before they are asked for.

Four signs, judged when an address leaves the frontier, so that what was announced before the sign
was seen is stopped too; the reason stands in the ledger and in the WARC (``skips``):

    a path that repeats itself      /a/a/a, /a/b/a/b, or more than 12 segments (relative links)
    idle spellings                  5 addresses that differ in their query, or in a path segment
                                    like a session id, were all one article
    a pattern that brings nothing   30 pages in a row whose paths differ in numbers, or whose
                                    queries have the same keys, without a new article (calendars)
    200 pages without a new article

The last two stop only what no list names (related links, links in text, redirects): news comes by
lists, lists end by themselves (``walk.pages``), and a guard that is wrong must not cost an
article. While no article of a paper was ever read nothing counts: then its profile is wrong
rather than its pages. Rejected: refusing queries or long chains outright (papers that keep the id
in the query), comparing pages by likeness (a live ticker is alike too), a budget a pattern (an
old paper has 100,000 addresses of one pattern, all of them articles).
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from archive.index.frontier import Task

MAX_SEGMENTS = 12
IDLE_SPELLINGS = 5
PATTERN_PATIENCE = 30
PATIENCE = 200
LEAST_WORDS = 20  # a page with fewer is no article to count on: a day of a calendar, a notice
LISTED = "('start', 'home', 'category', 'feed', 'sitemap', 'robots', 'import')"

_REPEATED = re.compile(r"(/[^/]+)\1\1|((?:/[^/]+){2,4})\2")
# Ids in hexadecimal begin with a digit as often as not, so they are looked for first.
_NUMBER = re.compile(r"(?<=[-_=/(])(?=[a-f]*\d)[0-9a-f]{6,}(?![a-z])|\d+")
# Letters and digits mixed, and no part of a slug: "(S(0c4f..))", ";jsessionid=A81F..", "/9f3a81c2/"
_TOKEN = re.compile(r"(?i)(?<![\w%.~-])(?=[a-z]*\d)(?=\d*[a-z])[0-9a-z]{8,}(?![\w%.~-])")


class Traps:
    """The signs that one run over one paper has seen."""

    def __init__(self, db: sqlite3.Connection, site: str) -> None:
        self._db = db
        row = db.execute("SELECT 1 FROM articles WHERE site = ? LIMIT 1", (site,)).fetchone()
        self._fruitful = row is not None
        self._site = site
        self._misses: Counter[str] = Counter()  # pages in a row without a new article
        self._all_misses = 0
        self._spellings: dict[str, _Spellings] | None = None  # by stem; filled when first needed

    def find(self, task: Task) -> str | None:
        """Return why an address is not to be asked for, or None; an article we hold never is."""
        if task.role not in ("article", "category") or self.holds(task.url):
            return None
        if repeats(task.url):
            return "trap: the path repeats itself"
        if task.role == "article" and self._is_idle(task.url):
            return f"trap: {IDLE_SPELLINGS} other spellings of this address were one article"
        if self._all_misses < PATIENCE and self._misses[shape(task.url)] < PATTERN_PATIENCE:
            return None
        if self._is_listed(task.address_id):
            return None
        if self._all_misses >= PATIENCE:
            return f"trap: no new article in {PATIENCE} pages"
        return f"trap: {PATTERN_PATIENCE} pages like it brought no new article"

    def note(self, url: str, *, article: bool) -> None:
        """Take in whether a page that was asked for the first time brought a new article."""
        if article:
            self._fruitful = True
            self._all_misses = 0
            self._misses.pop(shape(url), None)
        elif self._fruitful:
            self._all_misses += 1
            self._misses[shape(url)] += 1

    def learn(self, url: str, article_id: int) -> None:
        """Take in which article an address turned out to be."""
        stem = find_stem(url)
        if self._spellings is not None and stem != url:
            self._spellings.setdefault(stem, _Spellings()).add(url, article_id)

    def holds(self, url: str) -> bool:
        """Say whether an article stands in the index under this very address."""
        return (
            self._db.execute("SELECT 1 FROM articles WHERE url = ?", (url,)).fetchone() is not None
        )

    def _is_idle(self, url: str) -> bool:
        stem = find_stem(url)
        if stem == url:
            return False
        if self._spellings is None:
            self._spellings = {}
            self._recall()
        known = self._spellings.get(stem)
        return known is not None and known.are_idle(url)

    def _recall(self) -> None:
        """Learn from the index what earlier runs found: one look at a paper's addresses a run,
        0.3 s for 100,000 of them, and only for a paper with queries or session ids."""
        rows = self._db.execute(
            "SELECT url, article_id FROM addresses WHERE site = ? AND article_id IS NOT NULL "
            "AND role <> 'part'",
            (self._site,),
        )
        for url, article_id in rows:
            self.learn(url, article_id)

    def _is_listed(self, address_id: int) -> bool:
        row = self._db.execute(
            f"SELECT 1 FROM sightings WHERE address_id = ? AND channel IN {LISTED}", (address_id,)
        ).fetchone()
        return row is not None


@dataclass(slots=True)
class _Spellings:
    """The addresses of one stem that were articles, as far as they are needed."""

    urls: set[str] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)

    def add(self, url: str, article_id: int) -> None:
        if len(self.articles) < 2:
            self.articles.add(article_id)
            if len(self.urls) <= IDLE_SPELLINGS:
                self.urls.add(url)

    def are_idle(self, url: str) -> bool:
        return len(self.articles) == 1 and len(self.urls - {url}) >= IDLE_SPELLINGS


def find_stem(url: str) -> str:
    """Return an address without its query and with ``#`` for what looks like a session id."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{_TOKEN.sub('#', parts.path)}"


def repeats(url: str) -> bool:
    """Say whether a path goes round in circles."""
    path = urlsplit(url).path
    return path.count("/") > MAX_SEGMENTS or _REPEATED.search(path.rstrip("/") + "/") is not None


def shape(url: str) -> str:
    """Return what an address has in common with others of its pattern."""
    parts = urlsplit(url)
    if parts.query:
        keys = sorted({pair.partition("=")[0] for pair in parts.query.split("&")})
        return f"{parts.netloc}?{'&'.join(keys)}"
    return parts.netloc + _NUMBER.sub("#", parts.path)
