"""What is shown of an article: its fields, its versions, its captures."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from archive.door import UsageError
from archive.find import Meant
from archive.story import find_cluster, tell_story

JSON_FIELDS = ("authors", "breadcrumbs", "tags", "warnings", "sources")


def load_version(db: sqlite3.Connection, article_id: int, number: int | None) -> dict[str, Any]:
    """Return a version's row with its article's, as a dict. Raises UsageError."""
    cursor = db.execute(  # a number as text: one of more than 64 bits is an error of sqlite3
        "SELECT a.id, a.site, a.url, a.canonical_url, a.versions, a.gone_at, a.removed_at, v.* "
        "FROM articles a JOIN versions v ON v.article_id = a.id "
        "WHERE a.id = ? AND v.version = coalesce(CAST(? AS INTEGER), a.version)",
        (article_id, None if number is None else str(number)),
    )
    row = cursor.fetchone()
    if row is None:
        raise UsageError(f"article {article_id} has no version {number}: `khobao show` lists them")
    fields = dict(zip([column[0] for column in cursor.description], row, strict=True))
    for name in JSON_FIELDS:
        fields[name] = json.loads(fields[name])
    return fields


def describe(db: sqlite3.Connection, meant: Meant, number: int | None) -> dict[str, Any]:
    """Return all that is known of an article's version, or of an address's captures."""
    described: dict[str, Any] = {"url": meant.url}
    if meant.article_id is not None:
        fields = load_version(db, meant.article_id, number)
        key = (meant.article_id, fields["version"])
        fields["images"] = _rows(
            db,
            "SELECT url, caption, credit, alt FROM images WHERE article_id = ? AND version = ? "
            "ORDER BY position",
            key,
        )
        fields["related"] = _rows(
            db,
            "SELECT url, title FROM related WHERE article_id = ? AND version = ? ORDER BY position",
            key,
        )
        fields["parts"] = _rows(
            db,
            "SELECT p.number, p.url, p.why, c.captured_at, c.kind, c.status, c.warc_file, "
            "c.warc_offset, c.warc_length, c.payload_digest, c.failure FROM parts p "
            "LEFT JOIN captures c ON c.id = p.part_id WHERE p.capture_id = ? ORDER BY p.number",
            (fields["capture_id"],),
        )
        fields["history"] = _rows(
            db,
            "SELECT version, title, word_count, first_seen_at, last_seen_at FROM versions "
            "WHERE article_id = ? ORDER BY version",
            key[:1],
        )
        described |= fields
        described["addresses"] = [
            url
            for (url,) in db.execute(
                "SELECT url FROM addresses WHERE article_id = ? ORDER BY url", key[:1]
            )
        ]
        cluster = find_cluster(db, meant.article_id)
        described["cluster"] = cluster
        described["story"] = tell_story(db, cluster) if cluster is not None else None
    described["captures"] = _rows(
        db,
        "SELECT captured_at, kind, status, warc_file, warc_offset, warc_length, "
        "payload_digest, failure FROM captures WHERE url = ? ORDER BY captured_at, id",
        (described["url"],),
    )
    described["announced_by"] = _rows(
        db,
        "SELECT channel, source, position, first_seen_at FROM announced WHERE url = ? "
        "ORDER BY first_seen_at, channel, source",
        (described["url"],),
    )
    return described


def print_text(db: sqlite3.Connection, meant: Meant, number: int | None) -> str:
    """Return title, lead and text, paragraphs apart. Raises UsageError where nothing was read."""
    if meant.article_id is None:
        raise UsageError(f"{meant.url} is held but was not read as an article: try --html")
    fields = load_version(db, meant.article_id, number)
    parts = [fields["title"], fields["lead"], *fields["body"].split("\n")]
    return "\n\n".join(part for part in parts if part)


def pick_capture(db: sqlite3.Connection, meant: Meant, number: int | None) -> int:
    """Return the capture of a version, or the newest of an address. Raises UsageError."""
    if meant.article_id is not None:
        return int(load_version(db, meant.article_id, number)["capture_id"])
    row = db.execute(
        "SELECT id FROM captures WHERE url = ? AND kind <> 'failure' "
        "ORDER BY captured_at DESC, id DESC",
        (meant.url,),
    ).fetchone()
    if row is None:
        raise UsageError(f"{meant.url} never answered: `khobao show` without --html tells why")
    return int(row[0])


def _rows(db: sqlite3.Connection, statement: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
    cursor = db.execute(statement, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
