"""Doubt a page that keeps the beginning of the article that is held, word for word, and no more.

A paywall is known by its words (impostor.toml), and no list of them is whole. What it does to an
article that was held before shows without any: the first sentences stand as they were, most of the
others are gone, nothing else changed, and behind them is a line or two at most. Editors shorten
stories, too, and seldom so; what tells the two apart, in this order::

    notice     the last lines are a correction, or say that something was taken out: the paper's own
    wall       the page declares that it is not free; a sentence stops within; an offer stands
               behind the text (a link, button, field, or box named for it) where there was none;
               the same last lines stand on another page of the paper: ``paywall-stub`` for good
    nothing    where three paragraphs or more went, not all behind the lead, and a line or two at
               most stands there, ``paywall-stub`` too, "unconfirmed": asked for again each night
               (unconfirmed.py), and believed as an edit once the same words stood there as long as
               a removal needs

An article that was first held behind such a wall and is whole later was not edited (is_opened).
Decided where a reading is added (archive/store.py), as stranger.py does, so that the WARC record
has it. Rejected: telling the edit at once and taking it back (a row was told by then), waiting with
every shortening (a paragraph that goes is the commonest edit).
"""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.classify import has_notice
from archive.digests import text_digest
from archive.index.bare import lay_bare, split_story
from archive.index.held import find_held
from archive.index.ledger import CONFIRMATIONS, SPAN
from archive.instants import from_text, to_text
from archive.notice import says_removed
from archive.records import Article, Capture, Impostor, Reading
from archive.stub import Stub, find_stub

KIND: Impostor = "paywall-stub"
UNCONFIRMED = f"impostor: {KIND}: unconfirmed, "
GATE = '["gate",'  # in what a trace shows (crawler/read/offer.py)
LOST = 3  # paragraphs
ENDS = 200  # letters of the last lines that are named

_ELSEWHERE = """
SELECT EXISTS (SELECT 1 FROM captures c JOIN readings r ON r.capture_id = c.id
  WHERE c.crawl_id IN (SELECT crawl_id FROM crawls WHERE site = ?1
    ORDER BY started_at DESC LIMIT 8)
  AND c.url <> ?2 AND r.impostor = 'paywall-stub' AND instr(r.warnings, ?3))
OR EXISTS (SELECT 1 FROM captures c JOIN versions v ON v.capture_id = c.id
  WHERE c.crawl_id = ?4 AND c.url <> ?2 AND v.body LIKE '%' || ?5 ESCAPE '\\')
"""
_BEFORE = """
SELECT c.captured_at, coalesce(r.impostor, ''), r.warnings FROM captures c
JOIN readings r ON r.capture_id = c.id
WHERE c.url = ? AND c.captured_at < ? ORDER BY c.captured_at DESC, c.id DESC
"""


def doubt_walled(
    db: sqlite3.Connection, capture: Capture, reading: Reading, address: str
) -> Reading:
    """Return a reading as it is, or quarantined where only the article's beginning is left."""
    article = reading.article
    if article is None or reading.parts:
        return reading
    held = find_held(db, capture, address, "body")
    if held is None:
        return reading
    stub = find_stub(held.sentences(), split_story(article.lead or "", article.text))
    if stub is None or has_notice(stub.tail):
        return reading
    removed = any(map(says_removed, stub.tail))
    said = f"{stub.kept} of the {stub.held} sentences that are held, from the first on"
    ends = " ".join(stub.tail)[:ENDS]
    said += f', then "{ends}"' if ends else ""
    why = None if removed else _find_wall(db, capture, article, stub, ends, held.shown)
    if why:
        return lay_bare(reading, "quarantined", f"impostor: {KIND}: {said}; {why}", KIND)
    if stub.is_long or not _is_much(held.body, article):
        return reading
    mark = f"{UNCONFIRMED}{text_digest(article.text)[7:19]}: "
    if _is_confirmed(db, capture, mark):
        return reading
    return lay_bare(reading, "quarantined", f"{mark}{said}", KIND)


def _is_much(body: str, article: Article) -> bool:
    """Whether so much went that a wall could have taken it, where nothing says that one did: some
    paragraphs, and not all behind the lead. Of 36 edits of a rehearsed month, one paragraph given
    up for another each, six of short stories waited otherwise."""
    shown = {*article.text.split("\n")}
    held = body.split("\n")
    kept = sum(line in shown for line in held)
    return kept > 0 and len(held) - kept >= LOST


def is_opened(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether the older of two versions was the newer one behind a wall that nobody knew for
    one: what was to be read later is no edit."""
    old, new = (
        db.execute(
            "SELECT coalesce(v.lead, ''), v.body, v.is_free, coalesce(t.trace, '{}') ->> '$.shown' "
            "FROM versions v LEFT JOIN traces t ON t.capture_id = v.capture_id "
            "WHERE v.article_id = ? AND v.version = ?",
            (article_id, version),
        ).fetchone()
        for version in pair
    )
    if len(old[1]) >= len(new[1]):
        return False
    stub = find_stub(split_story(*new[:2]), split_story(*old[:2]))
    if stub is None:
        return False
    gone = GATE in (old[3] or "") and GATE not in (new[3] or "")
    return stub.is_cut or (gone and bool(stub.tail)) or (old[2] == 0 and new[2] != 0)


def _find_wall(
    db: sqlite3.Connection,
    capture: Capture,
    article: Article,
    stub: Stub,
    ends: str,
    held: str | None,
) -> str | None:
    """Return what says that the rest is sold, or None."""
    if article.is_free is False:
        return "it declares that it is not free to read"
    if stub.is_cut:
        return "a sentence stops within"
    shown = dict(article.trace.shown) if article.trace else {}
    offer = shown.get("gate") or shown.get("offer")
    if offer and f'"{offer}"' not in (held or ""):
        return f"an offer stands behind it ({offer})"
    if not ends:
        return None
    bare = stub.tail[-1].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    named = _name_end(ends)
    values: tuple[Any, ...] = (capture.site, capture.url, named, capture.crawl_id, bare)
    found = db.execute(_ELSEWHERE, values).fetchone()
    return "the same stands at the end of another page" if found[0] else None


def _name_end(ends: str) -> str:
    """Return how the last lines stand in the JSON of a reading's warnings."""
    return ends.replace("\\", "\\\\").replace('"', '\\"')


def _is_confirmed(db: sqlite3.Connection, capture: Capture, mark: str) -> bool:
    """Say whether the same words stood there for as long as makes a removal believed."""
    seen = [to_text(capture.captured_at)]
    for at, impostor, warnings in db.execute(_BEFORE, (capture.url, seen[0])):
        if impostor != KIND:
            if impostor:
                continue  # a captcha between says nothing
            break
        if mark not in warnings:
            break
        seen.append(at)
    return len(seen) >= CONFIRMATIONS and from_text(seen[0]) - from_text(seen[-1]) >= SPAN
