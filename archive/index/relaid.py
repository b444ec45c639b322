"""Whether two versions of an article stand in two layouts, one of them new, and what follows.

Decision: a layout is what readings say of where headline and text were shown (``readings.layout``);
what differs across two of them may be the paper's or our reading's, and other articles that stood
in both tell which. Rejected: no judgement on the nights of a relaunch (papers correct then, too).
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
    known = db.execute(
        "SELECT 1 FROM readings r JOIN captures c ON c.id = r.capture_id "
        "WHERE r.layout = ? AND c.site = ? AND c.captured_at <= ? LIMIT 1",
        (rows[1][0], rows[1][1], rows[0][2]),
    ).fetchone()
    return None if known else (rows[0][0], rows[1][0], rows[1][3])


def reads_alike(db: sqlite3.Connection, old: str, new: str, profile: str) -> bool:
    """Say whether articles that stood in two layouts were mostly read as the same words in both:
    then a profile fits both, and whole sentences that came or went are the paper's.

    Bylines and pictures need not be the same (of 329 pairs of readings across a rehearsed relaunch
    317 had the same words, 255 were the same version), and of them nothing follows: what differs
    beside the words across two layouts is left out.
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
