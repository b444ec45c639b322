"""Whether an article stands in a layout that its paper did not have before: a paper made anew.

What differs between two readings then may be the layout's doing, and the reader's, not the paper's:
edits of words are classed with care (classify.py), and what is lost beside them (a byline, a
caption) makes no version and is told nowhere.
"""

from __future__ import annotations

import sqlite3

SAMPLE, ALIKE = 200, 3  # readings looked at; articles that show that two layouts read alike


def find_redrawn(
    db: sqlite3.Connection, article_id: int, pair: tuple[int, int]
) -> tuple[str, str, str] | None:
    """Return (old layout, new layout, profile) where the newer version stands in a layout that its
    paper had not yet shown when the older one was kept.

    A paper has several at all times, and an edit may lead a reader from one to another: those it
    knows are no redrawing. Nor is a layout in which the older version's very words were read, too:
    of 104 edits of texts in ninety rehearsed nights, the two that fell a week or more after a
    relaunch were taken for its doing.
    """
    rows = db.execute(
        "SELECT r.layout, c.site, c.captured_at, r.profile, v.version FROM versions v "
        "JOIN readings r ON r.capture_id = v.capture_id JOIN captures c ON c.id = v.capture_id "
        "WHERE v.article_id = ? AND v.version IN (?, ?) ORDER BY c.captured_at, c.id",
        (article_id, *pair),
    ).fetchall()
    if len(rows) < 2 or None in (rows[0][0], rows[1][0]) or rows[0][0] == rows[1][0]:
        return None
    stood_there = db.execute(
        "SELECT 1 FROM readings r JOIN captures c ON c.id = r.capture_id WHERE r.article_id = ? "
        "AND r.version = ? AND r.layout = ? AND c.captured_at < ? LIMIT 1",
        (article_id, rows[0][4], rows[1][0], rows[1][2]),
    ).fetchone()
    if stood_there:
        return None
    known = _is_known(db, rows[1][0], rows[1][1], rows[0][2])
    return None if known else (rows[0][0], rows[1][0], rows[1][3])


def reads_alike(db: sqlite3.Connection, old: str, new: str, profile: str) -> bool:
    """Say whether articles that stood in two layouts were mostly read as the same words in both:
    then a profile fits both, and whole sentences that came or went are the paper's.

    Bylines and pictures need not be the same (of 329 pairs of readings across a rehearsed relaunch
    317 had the same words, 255 were the same version), and of them nothing follows: what differs
    beside the words across two layouts is told only where the crawl's other pages show that the new
    one says the same (siblings.py).
    """
    both, same = db.execute(
        "SELECT count(DISTINCT n.article_id), count(DISTINCT CASE "
        "WHEN o.words_sha256 = n.words_sha256 THEN n.article_id END) "
        "FROM (SELECT article_id, words_sha256 FROM readings "
        "WHERE layout = ? AND profile = ? AND article_id IS NOT NULL "
        "ORDER BY capture_id DESC LIMIT ?) n JOIN readings o ON o.article_id = n.article_id "
        "AND o.layout = ? AND o.profile = ?",
        (new, profile, SAMPLE, old, profile),
    ).fetchone()
    return bool(same >= ALIKE and same * 4 >= both * 3)


def is_apart(db: sqlite3.Connection, article_id: int, version: int, layout: str | None) -> bool:
    """Say whether a page's layout is one that the paper had not yet shown when a version was
    kept. Other than for words it does not matter that the version's words were read there too: a
    byline that is not found there is not found on the next night either."""
    row = db.execute(
        "SELECT r.layout, c.site, c.captured_at FROM versions v "
        "JOIN readings r ON r.capture_id = v.capture_id JOIN captures c ON c.id = v.capture_id "
        "WHERE v.article_id = ? AND v.version = ?",
        (article_id, version),
    ).fetchone()
    if row is None or None in (row[0], layout) or row[0] == layout:
        return False
    return not _is_known(db, layout, row[1], row[2])


def find_layout(db: sqlite3.Connection, article_id: int, version: int) -> str | None:
    """Return the layout in which a version was first read."""
    row = db.execute(
        "SELECT r.layout FROM versions v JOIN readings r ON r.capture_id = v.capture_id "
        "WHERE v.article_id = ? AND v.version = ?",
        (article_id, version),
    ).fetchone()
    return row[0] if row else None


def _is_known(db: sqlite3.Connection, layout: str | None, site: str, at: str) -> bool:
    """Say whether a paper had shown a layout by an instant."""
    row = db.execute(
        "SELECT 1 FROM readings r JOIN captures c ON c.id = r.capture_id "
        "WHERE r.layout = ? AND c.site = ? AND c.captured_at <= ? LIMIT 1",
        (layout, site, at),
    ).fetchone()
    return row is not None
