"""What a revisit says of articles: bytes that were there before are there again."""

from __future__ import annotations

import sqlite3

from archive.index import changes
from archive.index.anew import hold_address
from archive.index.captures import note_onward
from archive.index.evidence import SIGNS
from archive.index.layouts import find_layout
from archive.index.parts import has_parts
from archive.index.siblings import is_shifted, load_beside
from archive.index.versions import WORDS, add_version, confirm_version
from archive.instants import to_text
from archive.records import Capture

CONFIRMING = (200, 203, 304)


def confirm_revisit(db: sqlite3.Connection, capture: Capture) -> None:
    """Note that the bytes of an earlier capture were there again at ``capture``'s instant.

    Bytes that are not those of the latest version make a further version with the earlier words,
    or the earlier byline.
    Bytes that were held under another address say nothing here: that page is to be read itself,
    its links resolve against another base and it may be another address of the article. Nor does
    the first of several pages say that the others are as they were: they are read with it again.
    """
    if capture.refers_to is None or capture.status not in CONFIRMING:
        return
    if has_parts(db, capture.refers_to):
        return
    row = db.execute(
        "SELECT r.article_id, r.version, r.words_sha256, r.role, r.status, r.extractor, r.profile, "
        "r.warnings, r.template, r.listed, r.layout, r.impostor, r.address, c.location "
        "FROM readings r JOIN captures c ON c.id = r.capture_id "
        "WHERE c.id = ? AND c.url = ?",
        (capture.refers_to, capture.url),
    ).fetchone()
    if row is None:
        return
    article_id, version, words, *rest, address, onward = row
    capture = note_onward(db, capture, onward)
    standing = changes.look(db, article_id, address or capture.url)
    if article_id is not None:
        version = _confirm_article(db, capture, int(article_id), int(version), str(words))
    db.execute(
        "INSERT OR IGNORE INTO readings (capture_id, article_id, version, words_sha256, role, "
        "status, extractor, profile, warnings, template, listed, layout, impostor, address) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (capture.id, article_id, version, words, *rest, address),
    )
    if standing is not None:
        hold_address(
            db, capture, address or capture.url, int(article_id), to_text(capture.captured_at)
        )
        changes.note_sound(db, capture, int(article_id), int(version), standing)
        changes.note_others(db, capture, int(article_id))
    elif rest[-1] in SIGNS or onward:
        changes.note_page(db, capture)


def _confirm_article(
    db: sqlite3.Connection, capture: Capture, article_id: int, version: int, words: str
) -> int:
    at = to_text(capture.captured_at)
    current, seen_at, current_words = db.execute(
        "SELECT a.version, a.last_seen_at, a.words_sha256 FROM articles a WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    if at < seen_at:
        confirm_version(db, article_id, version, at)
        return version
    names = ", ".join(WORDS)
    old = db.execute(
        f"SELECT {names} FROM versions WHERE article_id = ? AND version = ?", (article_id, version)
    ).fetchone()
    row = {**dict(zip(WORDS, old, strict=True)), "capture_id": capture.id}
    if current_words == words and not _is_shifted(db, article_id, int(current), version, row):
        confirm_version(db, article_id, int(current), at)
        return int(current)
    added = add_version(db, article_id, row, at)
    for table, columns in (("images", 5), ("related", 4)):
        fields = [r[1] for r in db.execute(f"PRAGMA table_info({table})")][2:]
        assert len(fields) == columns
        db.execute(
            f"INSERT INTO {table} SELECT article_id, ?, {', '.join(fields)} FROM {table} "
            "WHERE article_id = ? AND version = ?",
            (added, article_id, version),
        )
    return added


def _is_shifted(
    db: sqlite3.Connection, article_id: int, current: int, version: int, row: dict[str, object]
) -> bool:
    """Say whether the bytes show another byline than the latest version with their words."""
    if version == current:
        return False
    layout = find_layout(db, article_id, version)
    shown = load_beside(db, article_id, version)
    return is_shifted(db, article_id, current, row, shown, layout)
