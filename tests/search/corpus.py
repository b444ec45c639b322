"""An index with articles and no crawl: rows put straight into the real schema.

``build(path, pieces)`` makes the file; a Piece is what differs between articles.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from archive import schema
from archive.digests import text_digest

SEEN_AT = "2026-02-04T01:30:00.000000Z"


@dataclass(frozen=True)
class Piece:
    """One version of an article; the same url again makes the next version."""

    title: str
    lead: str | None = None
    body: str = ""
    url: str = ""
    site: str = "baivang"
    published: str | None = "2026-02-04T08:15:00+07:00"
    kind: str = "response"
    seen_at: str = SEEN_AT
    authors: tuple[str, ...] = ()
    images: tuple[tuple[str, str | None, str | None], ...] = ()
    related: tuple[tuple[str, str | None], ...] = ()
    more: dict[str, object] = field(default_factory=dict)


def create(path: Path | str = ":memory:") -> sqlite3.Connection:
    """Return a connection to a new index in WAL mode, in autocommit."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    schema.ensure(db)
    return db


def build(pieces: Iterable[Piece], path: Path | str = ":memory:") -> sqlite3.Connection:
    """Return a new index that holds ``pieces``."""
    db = create(path)
    db.execute("BEGIN")
    for number, piece in enumerate(pieces, start=1):
        add(db, piece, number)
    db.execute("COMMIT")
    return db


def add(db: sqlite3.Connection, piece: Piece, number: int) -> None:
    """Insert a piece with a capture of its own; ``number`` tells captures apart."""
    url = piece.url or f"https://{piece.site}.example/bai-{number}.html"
    db.execute(
        "INSERT INTO captures (id, site, url, kind, captured_at, status, mime, warc_file, "
        "warc_offset, warc_length, record_id, payload_digest) "
        "VALUES (?, ?, ?, ?, ?, 200, 'text/html', ?, ?, 900, ?, ?)",
        (
            *(number, piece.site, url, piece.kind, piece.seen_at),
            *(f"warc/{piece.site}/{piece.site}-1.warc.gz", number * 1000),
            *(f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>", f"sha256:{number:064x}"),
        ),
    )
    found = db.execute("SELECT id, versions FROM articles WHERE url = ?", (url,)).fetchone()
    article, version = (found[0], found[1] + 1) if found else (number, 1)
    row = _row(piece, number)
    if found:
        assigned = ", ".join(f"{name} = :{name}" for name in row)
        _run(
            db,
            f"UPDATE articles SET {assigned}, version = :v, versions = :v, last_seen_at = :at "
            "WHERE id = :id",
            {**row, "v": version, "at": piece.seen_at, "id": article},
        )
    else:
        key = {"id": article, "site": piece.site, "url": url, "version": 1, "versions": 1}
        _insert(db, "articles", {**key, **row, **_seen(piece)})
    _insert(db, "versions", {"article_id": article, "version": version, **row, **_seen(piece)})
    _add_parts(db, piece, article, version)


def _add_parts(db: sqlite3.Connection, piece: Piece, article: int, version: int) -> None:
    for i, image in enumerate(piece.images):
        values = (article, version, i, *image)
        db.execute("INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, NULL)", values)
    for i, link in enumerate(piece.related):
        values = (article, version, i, *link)
        db.execute("INSERT INTO related VALUES (?, ?, ?, ?, ?, NULL)", values)


def _seen(piece: Piece) -> dict[str, object]:
    return {"first_seen_at": piece.seen_at, "last_seen_at": piece.seen_at}


def _row(piece: Piece, capture: int) -> dict[str, object]:
    words = f"{piece.title}\n{piece.lead or ''}\n{piece.body}"
    return {
        "title": piece.title,
        "lead": piece.lead,
        "body": piece.body,
        "authors": json.dumps(piece.authors, ensure_ascii=False),
        "date_published": piece.published,
        "published_on": piece.published[:10] if piece.published else None,
        "word_count": len(words.split()),
        "text_sha256": text_digest(piece.body),
        "words_sha256": text_digest(words),
        "extractor": "khobao/1",
        "profile": "0" * 64,
        "capture_id": capture,
        **piece.more,
    }


def _insert(db: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    marks = ", ".join(f":{name}" for name in row)
    _run(db, f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def _run(db: sqlite3.Connection, sql: str, values: dict[str, object]) -> None:
    db.execute(sql, values)
