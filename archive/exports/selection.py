"""Which versions an export holds, fixed at one moment, and their records page by page.

Law 7 wants one consistent result, design/capture.md wants short read transactions: a reader that
stays for minutes keeps the WAL file of SQLite from shrinking while a crawl writes. So::

    1  one short read: the list of (site, url, version) with the instants that a crawl moves on
       -> a private temporary database, not in memory (a million articles: 200 MB)
    2  pages of PAGE versions, each in a read of its own, by the list

The words of a version do not change once written; what the list says of them (digests of words,
extractor and profile) is compared with the row that is read, so a ``reread`` that runs at the same
time ends the export with an error instead of a mixture. Rejected: one transaction over the whole
export, a ``VACUUM INTO`` copy first (the size of the index again), OFFSET (shifts as rows come).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from archive import moment
from archive.errors import ArchiveError
from archive.exports.record import Page, Picture, Record, Reference, compose, list_columns
from archive.query import Query
from archive.scope import Scope
from archive.search import write_ids

PAGE = 200
"""Versions a page: about 1 MB of text; 400 values stay under SQLite's oldest limit of 999."""

LISTED = (
    *("site", "url", "version", "article_id", "is_latest", "first_seen_at", "last_seen_at"),
    *("gone_at", "removed_at", "duplicate_cluster", "evidence"),
)
# Only latest versions are compared, and a cluster of one is none.
CLUSTER = """
(SELECT t.cluster FROM fingerprints f JOIN texts t ON t.text = f.text
 WHERE f.article_id = a.id AND v.version = a.version AND EXISTS (
   SELECT 1 FROM texts JOIN fingerprints o USING (text)
   WHERE cluster = t.cluster AND o.article_id <> a.id))
"""
# What must not change between the list and the page.
EVIDENCE = (
    "{0}.words_sha256 || ' ' || {0}.text_sha256 || ' ' || {0}.extractor || ' ' || {0}.profile"
)


class ExportError(ArchiveError):
    """An export that cannot be made, or not as one consistent whole."""


def select_records(
    connection: sqlite3.Connection, scope: Scope, query: Query | None, *, all_versions: bool
) -> Iterator[Record]:
    """Yield the records of the chosen articles, ordered by site, url and version.

    Scope and query choose articles by their latest version; ``all_versions`` adds the earlier ones.
    Raises ExportError when a version is read again meanwhile or names a capture that is not there.
    """
    with closing(sqlite3.connect("")) as private:
        _draw_list(connection, private, scope, query, all_versions=all_versions)
        rows = private.execute(
            f"SELECT {', '.join(LISTED)} FROM listed ORDER BY site, url, version"
        )
        while page := rows.fetchmany(PAGE):
            yield from _read_page(connection, [dict(zip(LISTED, row, strict=True)) for row in page])


def _draw_list(
    connection: sqlite3.Connection,
    private: sqlite3.Connection,
    scope: Scope,
    query: Query | None,
    *,
    all_versions: bool,
) -> None:
    condition, values = scope.condition()
    if query is not None:
        inner, more = write_ids(query)
        condition, values = f"{condition} AND id IN ({inner})", (*values, *more)
    times = "v" if all_versions else "a"
    which = (
        "v.article_id = a.id" if all_versions else "v.article_id = a.id AND v.version = a.version"
    )
    private.execute(
        f"CREATE TABLE listed ({', '.join(LISTED)}, PRIMARY KEY (site, url, version)) WITHOUT ROWID"
    )
    marks = ", ".join("?" * len(LISTED))
    with moment.hold(connection) as db:
        private.executemany(
            f"INSERT INTO listed VALUES ({marks})",
            db.execute(
                "SELECT a.site, a.url, v.version, a.id, v.version = a.version, "
                f"{times}.first_seen_at, {times}.last_seen_at, a.gone_at, a.removed_at, "
                f"{CLUSTER}, {EVIDENCE.format('v')} "
                f"FROM articles a JOIN versions v ON {which} "
                f"WHERE a.id IN (SELECT id FROM articles WHERE {condition})",
                values,
            ),
        )


Key = tuple[int, int]  # article id, version


def _read_page(connection: sqlite3.Connection, listed: list[dict[str, object]]) -> Iterator[Record]:
    keys = [(int(str(item["article_id"])), int(str(item["version"]))) for item in listed]
    with moment.hold(connection) as db:
        rows = _read_rows(db, keys)
        images = _read_parts(db, "images", ("url", "caption", "credit"), keys)
        related = _read_parts(db, "related", ("url", "title"), keys)
        pages = _read_pages(db, keys)
    for key, item in zip(keys, listed, strict=True):
        row = rows.get(key)
        if row is None or row.pop("evidence") != item["evidence"]:
            raise ExportError(
                f"version {key[1]} of {item['url']} was read again during the export",
                "run the export again when nothing is being read again",
            )
        if row["warc_file"] is None:
            raise ExportError(
                f"version {key[1]} of {item['url']} names a capture that the index does not have",
                "run `khobao verify`, then `khobao rebuild`",
            )
        yield compose(
            row,
            seen={name: item[name] for name in LISTED[4:10]},
            images=[Picture(**part) for part in images.get(key, [])],  # type: ignore[typeddict-item]
            related=[Reference(**part) for part in related.get(key, [])],  # type: ignore[typeddict-item]
            parts=[Page(**part) for part in pages.get(key, [])],  # type: ignore[typeddict-item]
        )


def _read_rows(db: sqlite3.Cursor, keys: list[Key]) -> dict[Key, dict[str, object]]:
    db.execute(
        f"{_write_page(keys)} "
        f"SELECT {', '.join(list_columns())}, {EVIDENCE.format('v')} AS evidence "
        "FROM page JOIN versions v USING (article_id, version) "
        "JOIN articles a ON a.id = v.article_id "
        "LEFT JOIN captures c ON c.id = v.capture_id LEFT JOIN sites s ON s.site = a.site",
        [value for key in keys for value in key],
    )
    names = [column[0] for column in db.description]
    rows = [dict(zip(names, row, strict=True)) for row in db]
    return {(row["id"], row["version"]): row for row in rows}


def _read_parts(
    db: sqlite3.Cursor, table: str, columns: tuple[str, ...], keys: list[Key]
) -> dict[Key, list[dict[str, object]]]:
    """Return the rows of ``images`` or ``related`` by version, in the order of the page."""
    db.execute(
        f"{_write_page(keys)} SELECT article_id, version, {', '.join(columns)} "
        f"FROM page JOIN {table} USING (article_id, version) "
        "ORDER BY article_id, version, position",
        [value for key in keys for value in key],
    )
    found: dict[Key, list[dict[str, object]]] = {}
    for article, version, *values in db:
        part = dict(zip(columns, values, strict=True))
        found.setdefault((article, version), []).append(part)
    return found


def _read_pages(db: sqlite3.Cursor, keys: list[Key]) -> dict[Key, list[dict[str, object]]]:
    """Return the further pages of articles by version, in their order."""
    columns = [name for name in Page.__annotations__ if name not in ("number", "url")]
    named = [f"c.{'record_id' if name == 'warc_record_id' else name}" for name in columns]
    db.execute(
        f"{_write_page(keys)} SELECT article_id, version, p.number, p.url, {', '.join(named)} "
        "FROM page JOIN versions v USING (article_id, version) "
        "JOIN parts p ON p.capture_id = v.capture_id JOIN captures c ON c.id = p.part_id "
        "ORDER BY article_id, version, p.number",
        [value for key in keys for value in key],
    )
    found: dict[Key, list[dict[str, object]]] = {}
    for article, version, *values in db:
        part = dict(zip(("number", "url", *columns), values, strict=True))
        found.setdefault((article, version), []).append(part)
    return found


def _write_page(keys: list[Key]) -> str:
    marks = ", ".join(["(?, ?)"] * len(keys))
    return f"WITH page (article_id, version) AS (VALUES {marks})"
