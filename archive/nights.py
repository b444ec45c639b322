"""What each night brought of a paper, counted out of the index for archive/health.py.

    Night     one crawl: its articles that were new and recent, its pages, its answers
    Piece     one new article: which fields it lacks, how long it is, in which template it stood

Decision: only articles published within RECENT days before the crawl, or undated ones that page 1
of a list named, are the night's own; what a backfill or the first crawl brings of old years has
other templates and habits. Counted from rows that a rebuild makes again, never from the crawl's
own counts, so that reading again (`khobao reread`) mends the past, too.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

MOST_NIGHTS = 5_000  # hourly crawls of WINDOW days; 12,000 articles cost 0.2 s
WINDOW = 200  # days back
RECENT = 10  # days
IN_ORDER = ("finished", "capped", "walled", "interrupted", "bug")
WHOLE = "finished"

_CRAWLS = f"""
SELECT crawl_id, started_at, outcome, profile FROM crawls
WHERE site = ? AND started_at <= ? AND started_at >= datetime(?, '-{WINDOW} days')
AND json_extract(counts, '$.backfill') IS NULL
ORDER BY started_at DESC, crawl_id LIMIT {MOST_NIGHTS}
"""
_PIECES = f"""
SELECT c.crawl_id, v.lead IS NULL, v.body = '', v.date_published IS NULL, v.authors = '[]',
  v.section IS NULL,
  NOT EXISTS (SELECT 1 FROM images i WHERE i.article_id = v.article_id AND i.version = v.version),
  EXISTS (SELECT 1 FROM articles o WHERE o.text_sha256 = v.text_sha256 AND o.site = ?1
    AND o.id <> v.article_id AND v.body <> ''),
  v.word_count, r.layout, v.profile, v.article_id
FROM captures c JOIN versions v ON v.capture_id = c.id AND v.version = 1
LEFT JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2)) AND (
  v.published_on >= date(c.captured_at, '-{RECENT} days')
  OR (v.published_on IS NULL AND EXISTS (
    SELECT 1 FROM addresses a JOIN sightings s ON s.address_id = a.id
    LEFT JOIN addresses l ON l.url = s.source
    WHERE a.article_id = v.article_id AND s.channel IN ('home', 'feed', 'category')
    AND coalesce(l.page, 1) = 1)))
ORDER BY c.id
"""
_PAGES = """
SELECT c.crawl_id, r.role, r.impostor,
  r.article_id IS NULL AND (r.role = 'article' OR r.warnings LIKE '%taken for article%'), count(*)
FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2)) AND c.status IN (200, 203)
GROUP BY 1, 2, 3, 4
"""
_ANSWERS = """
SELECT crawl_id, CASE WHEN status IS NULL OR status >= 500 OR status IN (401, 403, 429, 451)
    THEN 'failed' WHEN status IN (404, 410) THEN 'gone'
    WHEN status BETWEEN 300 AND 399 AND status <> 304 AND NOT EXISTS (SELECT 1 FROM addresses d
      WHERE d.url = captures.location AND d.article_id IS NOT NULL) THEN 'moved'
    ELSE 'answered' END, count(*)
FROM captures WHERE site = ?1 AND crawl_id IN (SELECT value FROM json_each(?2))
AND url NOT LIKE '%/robots.txt' GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A new article as it was read: True where it lacks a field."""

    lacks: dict[str, bool]  # lead, text, date, author, section, picture
    is_double: bool  # another article of the paper has the same text
    words: int
    layout: str | None
    profile: str
    article_id: int


@dataclass(slots=True)
class Night:
    """One crawl and what it brought."""

    crawl_id: str
    started_at: str
    outcome: str | None  # None: it is running, or was killed
    profile: str
    pieces: list[Piece] = field(default_factory=list)
    read: int = 0  # article pages that were read
    unread: int = 0  # ... without an article, impostors apart
    impostors: Counter[str] = field(default_factory=Counter)  # at articles' addresses, by kind
    answers: Counter[str] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """How many requests there were."""
        return self.answers.total()


def list_crawls(db: sqlite3.Connection, site: str, until: str) -> list[Night]:
    """Return a paper's crawls begun up to an instant, the newest first, without what they brought:
    enough to know which days were seen."""
    return [Night(*row) for row in db.execute(_CRAWLS, (site, until, until))]


def list_nights(db: sqlite3.Connection, site: str, until: str) -> list[Night]:
    """Return a paper's crawls begun up to an instant, the newest first, with what they brought."""
    nights = list_crawls(db, site, until)
    known = {night.crawl_id: night for night in nights}
    ids = _list_ids(list(known))
    for crawl_id, *lacks, double, words, layout, profile, article_id in db.execute(
        _PIECES, (site, ids)
    ):
        names = ("lead", "text", "date", "author", "section", "picture")
        lacking = {name: bool(value) for name, value in zip(names, lacks, strict=True)}
        piece = Piece(lacking, bool(double), words, layout, profile, article_id)
        known[crawl_id].pieces.append(piece)
    for crawl_id, role, impostor, unread, number in db.execute(_PAGES, (site, ids)):
        _count_pages(known[crawl_id], role, impostor, bool(unread), number)
    for crawl_id, kind, number in db.execute(_ANSWERS, (site, ids)):
        known[crawl_id].answers[kind] += number
    return nights


def _list_ids(ids: Sequence[str]) -> str:
    return "[" + ",".join(f'"{crawl_id}"' for crawl_id in ids) + "]"


def _count_pages(night: Night, role: str, impostor: str | None, unread: bool, number: int) -> None:
    if role != "article" and not unread:
        return
    night.read += number
    if impostor is not None:
        night.impostors[impostor] += number
    elif unread:
        night.unread += number
