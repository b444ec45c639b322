"""What each night brought of a paper, counted out of the index for archive/health.py.

    Night     one crawl: its articles that were new and recent, its pages, its answers
    Piece     one new article: which fields it lacks, where they were found, how long it is, in
              which template it stood

Decision: a night's own are the articles published within RECENT days before the newest one the
paper had by then, and those that page 1 of a list, the front page or a feed named for the first
time (a template that changed makes dates wrong, or takes them away). What a backfill or the first
crawl brings of old years has other templates and habits. Counted from rows that a rebuild makes
again, never from the crawl's own counts, so that reading again (`khobao reread`) mends the past,
too. Rejected: days before the crawl (a paper that rests has no article of its own then).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from archive.index.clocked import AHEAD, CLOCK, ZONE
from archive.records import UNHEARD

MOST_NIGHTS = 5_000  # hourly crawls of WINDOW days; 12,000 articles cost 0.2 s
WINDOW = 200  # days back
RECENT = 10  # days
FAR = 40  # days: what is news and dated longer ago has a date that was misread
FIELDS = ("lead", "text", "date", "author", "section", "picture", "time")
PLACES = ("title", "published", "text")  # fields of which it is told where they were found
NEAR = 2  # days to come that are no fault: clocks differ, and papers date for tomorrow
WHOLE = "finished"
UNCHECKED = (None, "interrupted", "storage")  # how a crawl ends that tells nothing of what it saw
_DECLARED = re.compile(r"date-conflict: \S+ says \S+, \S+ (\d{4}-\d\d-\d\d)\S*; the address is bel")

_HOURS = re.compile(rf'"{AHEAD}: [^"]* is (\d+) h after the capture')

_CRAWLS = f"""
SELECT crawl_id, started_at, outcome, profile FROM crawls
WHERE site = ? AND started_at <= ? AND started_at >= datetime(?, '-{WINDOW} days')
AND json_extract(counts, '$.backfill') IS NULL
ORDER BY started_at DESC, crawl_id LIMIT {MOST_NIGHTS}
"""
_NEWEST = """
SELECT c.crawl_id, max(v.published_on) FROM captures c
JOIN versions v ON v.capture_id = c.id AND v.version = 1
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2))
AND v.published_on = date(v.published_on)
AND v.published_on <= date(c.captured_at, '+1 day') GROUP BY 1
"""
_PIECES = f"""
SELECT c.crawl_id, v.lead IS NULL, v.body = '', v.date_published IS NULL, v.authors = '[]',
  v.section IS NULL,
  NOT EXISTS (SELECT 1 FROM images i WHERE i.article_id = v.article_id AND i.version = v.version),
  coalesce(v.date_precision = 'day', 0),
  {", ".join(f"coalesce(json_extract(v.sources, '$.{name}'), '')" for name in PLACES)},
  EXISTS (SELECT 1 FROM articles o WHERE o.text_sha256 = v.text_sha256 AND o.site = ?1
    AND o.id < v.article_id AND v.body <> ''),
  coalesce(v.published_on NOT BETWEEN date(c.captured_at, '-{FAR} days')
    AND date(c.captured_at, '+2 days'), 0),
  v.title, coalesce(v.lead, ''), v.word_count, r.layout, v.profile, v.article_id,
  EXISTS (SELECT 1 FROM readings y JOIN captures x ON x.id = y.capture_id
    WHERE y.article_id = v.article_id AND x.crawl_id = ?3 AND x.id <> c.id),
  date(c.captured_at), v.published_on,
  CASE WHEN r.warnings LIKE '%; the address is believed%' OR r.warnings LIKE '%"{CLOCK}: %'
    OR r.warnings LIKE '%"{AHEAD}: %' OR r.warnings LIKE '%"{ZONE}: %' THEN r.warnings END,
  coalesce(json_extract(v.sources, '$.authors') LIKE '%, a desk', 0),
  coalesce(v.date_published_raw, '')
FROM captures c JOIN json_each(?2) floor ON floor.key = c.crawl_id
JOIN versions v ON v.capture_id = c.id AND v.version = 1
JOIN crawls k ON k.crawl_id = c.crawl_id
LEFT JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND (v.published_on BETWEEN floor.value AND date(c.captured_at, '+2 days')
  OR EXISTS (
    SELECT 1 FROM addresses a JOIN sightings s ON s.address_id = a.id
    LEFT JOIN addresses l ON l.url = s.source
    WHERE a.article_id = v.article_id AND s.channel IN ('home', 'feed', 'category')
    AND coalesce(l.page, 1) = 1 AND (v.published_on IS NULL OR s.first_seen_at >= k.started_at)))
ORDER BY c.id
"""
_PAGES = """
SELECT c.crawl_id, r.role, r.impostor,
  r.article_id IS NULL AND r.status NOT IN (SELECT value FROM json_each(?3))
  AND (r.role = 'article' OR r.warnings LIKE '%taken for article%'), count(*)
FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.site = ?1 AND c.crawl_id IN (SELECT value FROM json_each(?2)) AND c.status IN (200, 203)
AND c.location IS NULL GROUP BY 1, 2, 3, 4
"""
_ANSWERS = """
SELECT crawl_id, CASE WHEN status IS NULL OR status >= 500 OR status IN (202, 401, 403, 429, 451)
    THEN 'failed' WHEN status IN (404, 410) THEN 'gone'
    WHEN (status BETWEEN 300 AND 399 AND status <> 304 OR location IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM addresses d
      WHERE d.url = captures.location AND d.article_id IS NOT NULL) THEN 'moved'
    ELSE 'answered' END, count(*)
FROM captures WHERE site = ?1 AND crawl_id IN (SELECT value FROM json_each(?2))
AND url NOT LIKE '%/robots.txt' GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A new article as it was read."""

    lacks: dict[str, bool]  # True where it has none: FIELDS
    places: dict[str, str]  # PLACES -> where it was found: "json-ld"; "" where nothing was
    is_double: bool  # an earlier article of the paper has the same text
    is_far: bool  # its date is of long ago, or of days to come
    title: str
    lead: str
    words: int
    layout: str | None
    profile: str
    article_id: int
    is_again: int  # it was read again in the last crawl: its pictures are of that reading
    ahead: int = 0  # days by which its page dates it after its capture; 0 for a day or two
    is_clock: bool = False  # its date is the very instant of its capture
    hours: int = 0  # ... or so many hours after it; 0 for an hour
    is_zoned: bool = False  # its stamp names a zone that the clock beside it belies
    form: str = ""  # of its date as the page writes it: "9/9/Y 9:9"
    is_desk: bool = False  # its byline names the newsroom, or the paper, and nobody


@dataclass(slots=True)
class Night:
    """One crawl and what it brought."""

    crawl_id: str
    started_at: str
    outcome: str | None  # None: it is running, or was killed
    profile: str
    pieces: list[Piece] = field(default_factory=list)
    read: int = 0  # article pages that were read
    unread: int = 0  # ... without an article, impostors and what did not come whole apart
    impostors: Counter[str] = field(default_factory=Counter)  # at articles' addresses, by kind
    answers: Counter[str] = field(default_factory=Counter)
    unchecked: tuple[str, ...] = ()  # crawls before it that ended without checks; it has theirs

    @property
    def judged(self) -> tuple[str, ...]:
        """The crawls whose answers are this night's."""
        return (self.crawl_id, *self.unchecked)

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
    known = {night.crawl_id: night for night in nights} | _take_unchecked(nights)
    ids = json.dumps(list(known))
    floors = json.dumps(_find_floors(db, site, ids, nights))
    fields, last = len(FIELDS), nights[0].crawl_id if nights else ""
    for crawl_id, *values, desk, raw in db.execute(_PIECES, (site, floors, last)):
        lacks = {name: bool(value) for name, value in zip(FIELDS, values, strict=False)}
        rest = values[fields + len(PLACES) :]
        places = dict(zip(PLACES, values[fields:], strict=False))
        ahead = _count_ahead(*rest[-3:])
        doubt = _read_doubt(rest[-1] or "")
        told = (*rest[2:-3], ahead, *doubt, tell_form(raw), bool(desk))
        piece = Piece(lacks, places, bool(rest[0]), bool(rest[1]), *told)
        known[crawl_id].pieces.append(piece)
    unheard = json.dumps(sorted(UNHEARD))
    for crawl_id, role, impostor, unread, number in db.execute(_PAGES, (site, ids, unheard)):
        _count_pages(known[crawl_id], role, impostor, bool(unread), number)
    for crawl_id, kind, number in db.execute(_ANSWERS, (site, ids)):
        known[crawl_id].answers[kind] += number
    return nights


def _count_ahead(captured_on: str, published_on: str | None, warnings: str | None) -> int:
    """Count the days by which a page dates its article ahead; its address may say otherwise, and
    is believed (crawler/read/published.py): then a warning has the page's date."""
    declared = _DECLARED.search(warnings or "")
    said = declared[1] if declared else (published_on or "")[:10]
    try:
        days = (date.fromisoformat(said) - date.fromisoformat(captured_on)).days
    except ValueError:  # no date, or only its month
        return 0
    return days if days > NEAR else 0


def tell_form(raw: str) -> str:
    """Return the form of a date as written: a year is Y, other figures 9, words a."""
    form = re.sub(r"[^\W\d_]+(?:[ .'’]+[^\W\d_]+)*\.?", "a", " ".join(raw.split()))
    return re.sub(r"\d+", lambda run: "Y" if len(run[0]) == 4 else "9", form)


def _read_doubt(warnings: str) -> tuple[bool, int, bool]:
    """Say whether a date is the page's clock, how many hours it lies ahead (what lies days ahead is
    counted in days), and whether its zone is doubted."""
    said = _HOURS.search(warnings)
    hours = int(said[1]) if said else 0
    ahead = hours if hours <= 24 * NEAR else 0
    return f'"{CLOCK}: ' in warnings, ahead, f'"{ZONE}: ' in warnings


def _take_unchecked(nights: Sequence[Night]) -> dict[str, Night]:
    """Give the last night what the crawls brought that were killed or interrupted just before it:
    nobody has told of it, and what they settled is not asked again."""
    found: dict[str, Night] = {}
    for night in nights[1:]:
        if night.outcome not in UNCHECKED or night.profile != nights[0].profile:
            break
        found[night.crawl_id] = nights[0]
    if nights:
        nights[0].unchecked = tuple(found)
    return found


def _find_floors(
    db: sqlite3.Connection, site: str, ids: str, nights: Sequence[Night]
) -> dict[str, str]:
    """Return for each crawl the day from which on articles are its own."""
    newest: dict[str, str] = dict(db.execute(_NEWEST, (site, ids)))
    floors: dict[str, str] = {}
    last = ""
    for night in reversed(nights):
        last = max(last, newest.get(night.crawl_id, ""))
        day = date.fromisoformat(last or night.started_at[:10])
        floors[night.crawl_id] = (day - timedelta(days=RECENT)).isoformat()
    return floors


def _count_pages(night: Night, role: str, impostor: str | None, unread: bool, number: int) -> None:
    if role != "article" and not unread:
        return
    night.read += number
    if impostor is not None:
        night.impostors[impostor] += number
    elif unread:
        night.unread += number
