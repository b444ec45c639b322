"""The story of one article: announced, published, each version, signs, removal, moves, return.

Everything is read from the index when asked; what changed in words is found anew from the two
versions, so the story shows sentences that no row has to hold. Each chapter names its capture by
file and byte. Answers that only confirm (the same words, a fourth 404) are counted, not told.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

from archive.diff import Piece, diff
from archive.door import UsageError
from archive.find import Meant
from archive.fold import squeeze
from archive.index.comparable import is_comparable
from archive.index.evidence import gather
from archive.index.ledger import judge
from archive.unheard import tell_unseen

TEXTUAL = ("cosmetic", "headline", "text", "correction")
SENTENCES = 8  # of a change, told in the story; --json has all
Chapter = dict[str, Any]


def tell(db: sqlite3.Connection, meant: Meant) -> dict[str, Any]:
    """Return an article's story as plain data: its head, and chapters in the order of time.

    Raises UsageError where nothing was read as an article.
    """
    if meant.article_id is None:
        raise UsageError(
            f"{meant.url} is held but was not read as an article: `khobao show` lists its captures"
        )
    head = _load_head(db, meant.article_id)
    chapters = [
        *_tell_announced(db, meant.article_id),
        *_tell_first(db, meant.article_id),
        *_tell_arrival(db, meant.article_id),
        *_tell_changes(db, meant.article_id),
        *_tell_unchanged(db, meant.article_id),
        *_tell_signs(db, meant.article_id),
        *tell_unseen(db, meant.article_id),
    ]
    chapters.sort(key=lambda chapter: (chapter["at"], chapter["order"]))
    for chapter in chapters:
        del chapter["order"]
    return {**head, "chapters": chapters}


def _load_head(db: sqlite3.Connection, article_id: int) -> dict[str, Any]:
    cursor = db.execute(
        "SELECT a.id, a.url, a.site, a.title, a.date_published, a.first_seen_at, a.last_seen_at, "
        "(SELECT count(*) FROM versions v WHERE v.article_id = a.id) AS versions, "
        "a.gone_at, a.removed_at, s.timezone, "
        "(SELECT count(*) FROM readings r WHERE r.article_id = a.id) AS captures "
        "FROM articles a LEFT JOIN sites s ON s.site = a.site WHERE a.id = ?",
        (article_id,),
    )
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))


def _tell_announced(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    row = db.execute(
        "SELECT s.first_seen_at, s.channel, s.source, s.title FROM sightings s "
        "JOIN addresses d ON d.id = s.address_id WHERE d.article_id = ? "
        "ORDER BY s.first_seen_at, s.channel, s.source LIMIT 1",
        (article_id,),
    ).fetchone()
    if row:
        at, channel, source, title = row
        yield {
            "at": at,
            "order": 0,
            "what": "announced",
            "channel": channel,
            "source": source,
            "title": title,
        }


def _tell_first(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    """Tell when it was first read; by its captures, since versions may be numbered otherwise."""
    row = db.execute(
        "SELECT c.captured_at, r.version, c.id, v.title, v.date_published, v.word_count "
        "FROM readings r JOIN captures c ON c.id = r.capture_id JOIN versions v "
        "ON v.article_id = r.article_id AND v.version = r.version WHERE r.article_id = ? "
        "ORDER BY c.captured_at, c.warc_file, c.warc_offset LIMIT 1",
        (article_id,),
    ).fetchone()
    if row:
        at, version, capture, title, published, words = row
        yield {
            "at": at,
            "order": 1,
            "what": "first read",
            "version": version,
            "title": title,
            "date_published": published,
            "word_count": words,
            "capture": _load_place(db, capture),
        }


def _tell_arrival(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    """Tell which article of the paper went on as this one (archive/index/successor.py)."""
    rows = db.execute(
        "SELECT x.at, x.detail ->> 'from', o.id FROM changes x JOIN articles o "
        "ON o.id = x.article_id JOIN articles a ON a.site = o.site "
        "WHERE a.id = ? AND x.kind = 'moved' AND x.detail ->> 'article_id' = a.id ORDER BY o.id",
        (article_id,),
    )
    for at, url, other in rows.fetchall():
        yield {"at": at, "order": 1, "what": "moved here", "from": url, "article_id": other}


def _tell_changes(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    rows = db.execute(
        "SELECT at, kind, from_version, to_version, capture_id, detail FROM changes "
        "WHERE article_id = ? ORDER BY at, rowid",
        (article_id,),
    ).fetchall()
    for order, (at, kind, before, after, capture, detail) in enumerate(rows, start=2):
        chapter: Chapter = {
            "at": at,
            "order": order,
            "what": kind,
            "from_version": before,
            "version": after,
            "detail": json.loads(detail),
            "capture": _load_place(db, capture),
        }
        if kind in TEXTUAL:
            chapter["sentences"] = _compare(db, article_id, before, after)
        yield chapter


def _tell_unchanged(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    """Tell of the versions of which no change is known: read by another reader, or in a layout
    that shows the same words otherwise."""
    rows = db.execute(
        "SELECT v.version, v.first_seen_at, v.capture_id, (SELECT max(o.version) FROM versions o "
        "WHERE o.article_id = v.article_id AND o.version < v.version) AS earlier FROM versions v "
        "WHERE v.article_id = ? AND earlier IS NOT NULL AND NOT EXISTS (SELECT 1 FROM changes x "
        "WHERE x.article_id = v.article_id AND v.version IN (x.from_version, x.to_version)) "
        "ORDER BY v.version",
        (article_id,),
    ).fetchall()
    for version, at, capture, earlier in rows:
        alike = is_comparable(db, article_id, (earlier, version))
        why = "reader" if not alike else "dress" if _turns(db, article_id) else "layout"
        yield {
            "at": at,
            "order": 800,
            "what": "read anew",
            "version": version,
            "why": why,
            "capture": _load_place(db, capture),
        }


def _turns(db: sqlite3.Connection, article_id: int) -> bool:
    """Say whether a line that turns on all pages was told of an article."""
    row = db.execute(
        "SELECT 1 FROM changes WHERE article_id = ? "
        "AND json_extract(detail, '$.dress.kind') = 'turned' LIMIT 1",
        (article_id,),
    ).fetchone()
    return row is not None


def _compare(
    db: sqlite3.Connection, article_id: int, before: int, after: int
) -> list[dict[str, Any]] | None:
    """Return the sentences that differ; None where two readers read them, and so no one knows."""
    rows = db.execute(
        "SELECT title, lead, body FROM versions "
        "WHERE article_id = ? AND version IN (?, ?) ORDER BY version = ?",
        (article_id, before, after, after),
    ).fetchall()
    if len(rows) != 2 or not is_comparable(db, article_id, (before, after)):
        return None
    old, new = ("\n".join(filter(None, row[1:])) for row in rows)
    pieces = [piece for piece in diff(old, new) if piece.kind != "kept"]
    if squeeze(rows[0][0]) != squeeze(rows[1][0]):
        heads = diff(rows[0][0].replace("\n", " "), rows[1][0].replace("\n", " "))
        pieces = [*(piece for piece in heads if piece.kind != "kept"), *pieces]
    return [_pack(piece) for piece in pieces]


def _pack(piece: Piece) -> dict[str, Any]:
    packed: dict[str, Any] = {"kind": piece.kind}
    if piece.before is not None:
        packed["before"] = piece.before
    if piece.after is not None:
        packed["after"] = piece.after
    if piece.words:
        packed["words"] = [{edit.kind: edit.text} for edit in piece.words]
    return packed


def _tell_signs(db: sqlite3.Connection, article_id: int) -> Iterator[Chapter]:
    """Tell of signs at home that are not (yet) part of a believed removal, and how often the
    article was asked for after one."""
    ledger = judge(gather(db, article_id))
    signs = ledger.signs.get(ledger.home or "", [])
    if not signs:
        return
    if ledger.removed is None:
        for sign in signs:
            yield {
                "at": sign.at,
                "order": 900,
                "what": "sign",
                "sign": sign.words,
                "capture": _load_place(db, sign.capture_id),
            }
        return
    believed = ledger.removed.signs[-1]
    later = [sign for sign in signs if sign.at > believed.at]
    if later:
        yield {
            "at": later[-1].at,
            "order": 901,
            "what": "still gone",
            "times": len(later),
            "sign": later[-1].words,
            "capture": _load_place(db, later[-1].capture_id),
        }


def _load_place(db: sqlite3.Connection, capture_id: int) -> dict[str, Any]:
    cursor = db.execute(
        "SELECT captured_at, status, warc_file, warc_offset, warc_length, record_id "
        "FROM captures WHERE id = ?",
        (capture_id,),
    )
    return dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
