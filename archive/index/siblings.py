"""Whether what changed beside an article's words is the paper's doing: its other pages tell.

A byline that is lost on one page of thirty was taken away; one that is lost on all of them stands
elsewhere, and the reader does not know where yet. So what a crawl's versions changed beside the
words (archive/beside.py) is weighed against the articles that the same crawl saw as they were, or
with other words and the rest as it was::

    sure     told, unless more than FEW articles changed likewise and more than half as many as
             stayed: a name of the house gave way everywhere, every picture has a new caption
    not      told where at least twice as many stayed, and one did
    anew     in a layout that is new to the paper: what both say and ALIKE others show as it was
    alone    another picture on the one page of a night, in a layout that the paper had: NIGHTS
             crawls before it are asked, too (a sitemap that tells of edits leads to few pages)
    a date   that fits an article's first sight better is told in any case: a clock that was wrong
             for a day is put right on all articles of that day

Nothing is told before the crawl ended, or the next one began where it did not; captures that no
crawl of ours made have no siblings, and of them only what is sure is told. Rejected: waiting for a
second night (a byline that the reader lost is lost on the second night too).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

from archive.beside import FIELDS, Beside, Field, Shift, compare_beside
from archive.index.clocked import is_doubted
from archive.index.layouts import ALIKE, find_layout, is_apart
from archive.instants import to_text
from archive.records import Capture, Image

FEW = 2
SAMPLE = 60  # versions of a crawl that are compared, of a paper made anew: 6 ms

NIGHTS = 7  # crawls before one that saw a single held article again

TWICE = timedelta(days=3)
TURNS = 5
"""Versions of the same words: a page that shows other things at each look makes no more."""

_STANDS: Mapping[Field, str] = {
    "authors": "v.authors <> '[]'",
    "captions": "EXISTS (SELECT 1 FROM images i WHERE i.article_id = v.article_id "
    "AND i.version = v.version AND i.caption IS NOT NULL)",
    "picture": "EXISTS (SELECT 1 FROM images i WHERE i.article_id = v.article_id "
    "AND i.version = v.version)",
    "date": "v.published_on IS NOT NULL",
}


def make_beside(row: Mapping[str, object], images: Sequence[Image]) -> Beside:
    """Return what a version shows, of its columns and its pictures."""
    places = json.loads(str(row["sources"]))
    text = "\n".join(str(row[name] or "") for name in ("title", "lead", "body"))
    return Beside(
        tuple(json.loads(str(row["authors"]))),
        places.get("authors", ""),
        tuple(images),
        text,
        day=str(row["published_on"] or ""),
        day_place=places.get("published", ""),
        seen=str(row.get("first_seen_at") or ""),
        date=str(row["date_published"] or ""),
        is_doubted=is_doubted(json.loads(str(row["warnings"] or "[]"))),
    )


def load_beside(db: sqlite3.Connection, article_id: int, version: int) -> Beside:
    """Return the same of a version that is held."""
    key = (article_id, version)
    names = (
        *("title", "lead", "body", "authors", "sources", "published_on", "date_published"),
        *("warnings", "first_seen_at"),
    )
    row = db.execute(
        f"SELECT {', '.join(names)} FROM versions WHERE article_id = ? AND version = ?", key
    ).fetchone()
    images = db.execute(
        "SELECT url, caption, credit, alt FROM images WHERE article_id = ? AND version = ? "
        "ORDER BY position",
        key,
    )
    return make_beside(dict(zip(names, row, strict=True)), [Image(*image) for image in images])


def is_shifted(
    db: sqlite3.Connection,
    article_id: int,
    version: int,
    row: Mapping[str, object],
    new: Beside,
    layout: str | None,
) -> bool:
    """Say whether a reading with the words of a version shows other things beside them, and is to
    be a version. Readings of another reader or profile are not compared; what is lost in a layout
    that is new to the paper was not taken away."""
    held, reader = db.execute(
        "SELECT (SELECT count(*) FROM versions o WHERE o.article_id = v.article_id "
        "AND o.words_sha256 = v.words_sha256), "
        "extractor = ? AND profile = ? AND template IS ? FROM versions v "
        "WHERE article_id = ? AND version = ?",
        (row["extractor"], row["profile"], row["template"], article_id, version),
    ).fetchone()
    if not reader or held >= TURNS:
        return False
    shifts = compare_beside(load_beside(db, article_id, version), new)
    if shifts and is_apart(db, article_id, version, layout):
        return any(shift.sure for shift in shifts.values())
    return bool(shifts)


def stands_twice(db: sqlite3.Connection, article_id: int, capture: Capture) -> bool:
    """Say whether an article was read at another address, too, in the nights before a capture: the
    two may show other pictures and names, turn by turn, and neither changed."""
    since = to_text(capture.captured_at - TWICE)
    row = db.execute(
        "SELECT 1 FROM readings r JOIN captures c ON c.id = r.capture_id WHERE r.article_id = ? "
        "AND r.status = 'ok' AND c.url <> ? AND c.captured_at BETWEEN ? AND ? LIMIT 1",
        (article_id, capture.url, since, to_text(capture.captured_at)),
    ).fetchone()
    return row is not None


def find_shifts(
    db: sqlite3.Connection,
    article_id: int,
    pair: tuple[int, int],
    capture_id: int,
    *,
    redrawn: bool = False,
) -> dict[Field, Shift]:
    """Return what changed between two versions that one reader read, beside their words, and is the
    paper's doing. ``redrawn``: in two layouts, of which the newer was unknown: then it is told what
    both say, where the same crawl saw it as it was on ALIKE other articles."""
    old, new = (load_beside(db, article_id, version) for version in pair)
    shifts = compare_beside(old, new)
    apart = redrawn or is_apart(db, article_id, pair[0], find_layout(db, article_id, pair[1]))
    if apart:
        shifts = {field: shift for field, shift in shifts.items() if shift.sure}
    if not shifts:
        return {}
    crawl = db.execute(
        "SELECT w.crawl_id, w.ended_at IS NOT NULL OR EXISTS (SELECT 1 FROM crawls n "
        "WHERE n.site = w.site AND n.started_at > w.started_at) FROM captures c "
        "JOIN crawls w ON w.crawl_id = c.crawl_id WHERE c.id = ?",
        (capture_id,),
    ).fetchone()
    if crawl is None and not redrawn:
        return {field: shift for field, shift in shifts.items() if shift.sure}
    if crawl is None or not crawl[1]:
        return {}
    changed = _count_changed(db, crawl[0])
    if not apart and set(shifts) == {"picture"} and all(shifts["picture"].pairs[0]):
        return shifts if _is_picture_own(db, crawl[0], changed["picture"]) else {}
    return {
        field: shift
        for field, shift in shifts.items()
        if (field == "date" and shift.sure and not redrawn)
        or _is_own(shift, changed[field], _count_kept(db, crawl[0], field), redrawn)
    }


def _is_own(shift: Shift, changed: int, kept: int, redrawn: bool) -> bool:
    if shift.sure and changed <= FEW and not redrawn:
        return True
    return kept >= max(ALIKE if redrawn else 1, 2 * changed)


def _is_picture_own(db: sqlite3.Connection, crawl_id: str, changed: int) -> bool:
    """Say whether another main picture is the article's own: by the crawl's other pages, or where
    it saw no other, by those of the crawls before it."""
    kept = _count_kept(db, crawl_id, "picture")
    if changed > 1 or kept > 0:
        return kept >= max(1, 2 * changed)
    earlier = db.execute(
        "SELECT o.crawl_id FROM crawls w JOIN crawls o ON o.site = w.site "
        "AND o.started_at < w.started_at WHERE w.crawl_id = ? ORDER BY o.started_at DESC LIMIT ?",
        (crawl_id, NIGHTS),
    ).fetchall()
    changed += sum(_count_changed(db, one)["picture"] for (one,) in earlier)
    kept = sum(_count_kept(db, one, "picture") for (one,) in earlier)
    return kept >= 2 * changed


def list_shifted(db: sqlite3.Connection, crawl_id: str) -> list[tuple[int, int]]:
    """Return the (article, version) of a crawl that show other things than the version before."""
    return [
        (article_id, version)
        for article_id, before, version in _list_made(db, crawl_id)
        if _compare(db, article_id, before, version)
    ]


def find_unfinished(db: sqlite3.Connection, site: str, crawl_id: str) -> str | None:
    """Return the crawl of a paper before another one, if it never ended."""
    row = db.execute(
        "SELECT w.crawl_id, w.ended_at FROM crawls w JOIN crawls n ON n.crawl_id = ? "
        "WHERE w.site = ? AND w.started_at < n.started_at ORDER BY w.started_at DESC LIMIT 1",
        (crawl_id, site),
    ).fetchone()
    return str(row[0]) if row and row[1] is None else None


def _list_made(db: sqlite3.Connection, crawl_id: str) -> list[tuple[int, int, int]]:
    """Return (article, version before, version) of the further versions that a crawl made."""
    return db.execute(
        "SELECT v.article_id, max(o.version), v.version FROM captures c "
        "JOIN versions v ON v.capture_id = c.id "
        "JOIN versions o ON o.article_id = v.article_id AND o.version < v.version "
        "WHERE c.crawl_id = ? GROUP BY v.article_id, v.version ORDER BY v.article_id, v.version",
        (crawl_id,),
    ).fetchall()


def _count_changed(db: sqlite3.Connection, crawl_id: str) -> Counter[Field]:
    made = _list_made(db, crawl_id)
    found: Counter[Field] = Counter()
    for article_id, before, version in made[:SAMPLE]:
        found.update(_compare(db, article_id, before, version).keys())
    return _scale(found, len(made))


def _count_alike(db: sqlite3.Connection, crawl_id: str, field: Field) -> int:
    """Count the articles whose words a crawl saw change, and which show this as they did: where an
    advertisement is another at each look, no page stays as it was."""
    made = _list_made(db, crawl_id)
    alike = sum(
        _stands(db, article_id, before, field)
        and _stands(db, article_id, version, field)
        and field not in _compare(db, article_id, before, version)
        for article_id, before, version in made[:SAMPLE]
    )
    return _scale(Counter({field: alike}), len(made))[field]


def _scale(found: Counter[Field], made: int) -> Counter[Field]:
    """Return what SAMPLE versions showed as what all would."""
    more = max(1.0, made / SAMPLE)
    return Counter({field: round(found[field] * more) for field in FIELDS})


def _stands(db: sqlite3.Connection, article_id: int, version: int, field: Field) -> bool:
    row = db.execute(
        f"SELECT {_STANDS[field]} FROM versions v WHERE v.article_id = ? AND v.version = ?",
        (article_id, version),
    ).fetchone()
    return bool(row[0])


def _compare(
    db: sqlite3.Connection, article_id: int, before: int, version: int
) -> dict[Field, Shift]:
    old, new = (load_beside(db, article_id, number) for number in (before, version))
    return compare_beside(old, new)


def _count_kept(db: sqlite3.Connection, crawl_id: str, field: Field) -> int:
    """Count the articles that a crawl saw again with what they had shown before."""
    alike = _count_alike(db, crawl_id, field)
    row = db.execute(
        "SELECT count(DISTINCT v.article_id) FROM captures c "
        "JOIN readings r ON r.capture_id = c.id "
        "JOIN versions v ON v.article_id = r.article_id AND v.version = r.version "
        "JOIN captures o ON o.id = v.capture_id "
        f"WHERE c.crawl_id = ? AND o.crawl_id IS NOT c.crawl_id AND {_STANDS[field]}",
        (crawl_id,),
    ).fetchone()
    return int(row[0]) + alike
