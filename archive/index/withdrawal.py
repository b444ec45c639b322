"""Takes back what was read as an article by mistake, once a reading says what the page is.

A wall that nobody knew on its first night becomes an article, or an edit of one; the reader that
knows it later quarantines the capture, and what was made of it goes: the version, and the article
where it has no other. Captures, files and the reading itself stay (view ``quarantine``).

Only a reading that *names* an impostor, or the page for a further one of another article, takes
back: one without an article may be a profile that
understands its paper no more, and would empty the archive. Numbers are never given twice, since
people cite them: ``readings.withdrawn`` keeps the article's, which is its own again when the page
is released, and ``articles.versions`` counts the numbers that were given. Rejected: a mark on the
row that every query, view and export would have to heed.
"""

from __future__ import annotations

import sqlite3

from archive.index import clusters
from archive.index.versions import show_version
from archive.records import Capture

PARTS = ("images", "related")


def withdraw(
    db: sqlite3.Connection, capture: Capture, article_id: int, impostor: str | None
) -> bool:
    """Take back what a capture, and the revisits of its bytes, made of an article.

    The capture's own reading has been replaced; without an ``impostor`` it says that the page is
    a further one of another article. Returns whether the article is still there.
    """
    said = "role = 'part'" if impostor is None else "status = 'quarantined'"
    db.execute(
        "UPDATE readings SET withdrawn = article_id, article_id = NULL, version = NULL, "
        f"words_sha256 = NULL, {said}, impostor = ? WHERE article_id = ? "
        "AND capture_id IN (SELECT id FROM captures WHERE refers_to = ?)",
        (impostor, article_id, capture.id),
    )
    db.execute("UPDATE readings SET withdrawn = ? WHERE capture_id = ?", (article_id, capture.id))
    for (version,) in db.execute(
        "SELECT version FROM versions WHERE article_id = ? ORDER BY version", (article_id,)
    ).fetchall():
        _settle_version(db, article_id, version)
    if db.execute("SELECT 1 FROM versions WHERE article_id = ?", (article_id,)).fetchone():
        _settle_article(db, article_id)
        return True
    db.execute("DELETE FROM changes WHERE article_id = ?", (article_id,))
    clusters.forget_article(db, article_id)
    db.execute("UPDATE addresses SET article_id = NULL WHERE article_id = ?", (article_id,))
    db.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    return False


def find_withdrawn(db: sqlite3.Connection, capture_id: int) -> int | None:
    """Return the number of the article that a capture was taken for, if nothing else has it."""
    row = db.execute(
        "SELECT withdrawn FROM readings WHERE capture_id = ? AND withdrawn IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM articles WHERE id = withdrawn)",
        (capture_id,),
    ).fetchone()
    return int(row[0]) if row else None


def _settle_version(db: sqlite3.Connection, article_id: int, version: int) -> None:
    """Let a version rest on the readings that are left; without any it goes."""
    key = (article_id, version)
    rows = db.execute(
        "SELECT c.captured_at, c.id FROM readings r JOIN captures c ON c.id = r.capture_id "
        "WHERE r.article_id = ? AND r.version = ? ORDER BY c.captured_at, c.warc_file, "
        "c.warc_offset",
        key,
    ).fetchall()
    if rows:
        db.execute(
            "UPDATE versions SET first_seen_at = ?, last_seen_at = ?, capture_id = CASE WHEN "
            "EXISTS (SELECT 1 FROM readings r WHERE r.capture_id = versions.capture_id AND "
            "r.article_id = versions.article_id AND r.version = versions.version) "
            "THEN capture_id ELSE ? END WHERE article_id = ? AND version = ?",
            (rows[0][0], rows[-1][0], rows[0][1], *key),
        )
        return
    for table in (*PARTS, "versions"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ? AND version = ?", key)


def _settle_article(db: sqlite3.Connection, article_id: int) -> None:
    """Let an article show the version that was seen last, of those that are left."""
    version, at = db.execute(
        "SELECT version, last_seen_at FROM versions WHERE article_id = ? "
        "ORDER BY last_seen_at DESC, version DESC LIMIT 1",
        (article_id,),
    ).fetchone()
    show_version(db, article_id, version, at)
    db.execute(
        "UPDATE articles SET first_seen_at = (SELECT min(first_seen_at) FROM versions "
        "WHERE article_id = ?) WHERE id = ?",
        (article_id, article_id),
    )
    clusters.note_article(db, article_id)
