"""Rows of ``changes``, and when an article was gone: made again from its evidence when it grows.

An article's rows are a function of its captures and readings (ledger.py), so it does not matter in
which order those were indexed. Making them again costs a few queries, so it is done only where
something may come of it: not for words that are there again, as on most nights (0.02 ms), and an
article's next version adds its one row.

Two versions are compared only where one reader with one profile read both: else our own change of
rules would pass for the paper's. The crawl reads the version it holds again first
(crawler/walk/plan.py), `khobao reread` reads all. What was classed once stays while the two can
not be compared.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from archive.beside import describe
from archive.classify import Wording, classify
from archive.index.anew import list_others
from archive.index.comparable import is_comparable, is_one_reader
from archive.index.dress import note_dresses, undress
from archive.index.evidence import FRONT, HOPS, SAID, gather, spell
from archive.index.layouts import find_redrawn, reads_alike
from archive.index.ledger import Happening, judge
from archive.index.masthead import drop_name
from archive.index.shut import list_shut
from archive.index.siblings import find_shifts, find_unfinished, list_shifted
from archive.index.successor import Successor, find_successor, list_predecessors
from archive.index.swings import is_swing
from archive.index.turned import list_turned
from archive.instants import from_text, to_text
from archive.records import Capture

TEXTUAL = ("cosmetic", "headline", "text", "correction")
NEAR = timedelta(days=1)  # as evidence.py looks for what stood at a redirect's target

Row = tuple[str, str, int | None, int | None, int, str]  # at, kind, from, to, capture, detail
Key = tuple[int | None, int | None, int]  # from, to, capture
Held = dict[Key, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Standing:
    """An article as it was before a further capture."""

    is_gone: bool  # it has a sign of removal, was removed, or its address died in a move
    last_seen_at: str
    version: int
    has_text: bool
    is_known_there: bool  # at the address of that capture


def look(db: sqlite3.Connection, article_id: int | None, address: str) -> Standing | None:
    """Return how an article stands, None where there is none yet."""
    row = db.execute(
        "SELECT gone_at IS NOT NULL OR removed_at IS NOT NULL OR EXISTS (SELECT 1 FROM changes x "
        "WHERE x.article_id = articles.id AND x.detail ->> 'article_id' IS NOT NULL), "
        "last_seen_at, version, body <> '', "
        "url = ? OR EXISTS "
        "(SELECT 1 FROM addresses d WHERE d.url = ? AND d.article_id = articles.id) "
        "FROM articles WHERE id = ?",
        (address, address, article_id),
    ).fetchone()
    if row is None:
        return None
    is_gone, last_seen_at, version, *flags = row
    return Standing(bool(is_gone), last_seen_at, version, bool(flags[0]), bool(flags[1]))


def note_sound(
    db: sqlite3.Connection, capture: Capture, article_id: int, version: int, standing: Standing
) -> None:
    """Note that an article known before was read from a further capture."""
    at = to_text(capture.captured_at)
    if standing.is_gone or at <= standing.last_seen_at or not standing.is_known_there:
        refresh(db, article_id)
    elif version != standing.version:
        if standing.has_text and _has_text(db, article_id):
            held = (standing.version, version)
            row = _class_pair(db, article_id, held, at, capture.id, standing.last_seen_at, {})
            if row and not is_swing(db, article_id, row, _select(db, article_id)):
                _insert(db, article_id, [row])
        else:
            refresh(db, article_id)


def note_others(db: sqlite3.Connection, capture: Capture, article_id: int | None) -> None:
    """Note that an address shows one article, for the others that were read there."""
    if article_id is not None:
        for other in list_others(db, capture.url, article_id):
            refresh(db, other)


def note_answer(db: sqlite3.Connection, capture: Capture) -> None:
    """Note an answer that may be a sign of removal or lead elsewhere, of any address."""
    if capture.status in SAID or capture.location:
        note_page(db, capture)


def note_page(db: sqlite3.Connection, capture: Capture, address: str | None = None) -> None:
    """Note that a page is no article (any more) at its address, for it and what leads to it."""
    for article_id in _find_articles(db, capture.url) | _find_articles(db, address or capture.url):
        refresh(db, article_id)
    note_target(db, capture.url, near=to_text(capture.captured_at))


def note_target(db: sqlite3.Connection, url: str, *, near: str | None = None) -> None:
    """Judge again the redirects that lead to an address of which more is known now.

    ``near``: only those of a day before and after. A front page is known by its form.
    """
    waiting, passed = [url], {url}
    for _ in range(HOPS):
        if not waiting:
            return
        for source in _find_sources(db, waiting.pop(), near):
            if source not in passed:
                passed.add(source)
                found = _find_articles(db, source)
                for article_id in found:
                    refresh(db, article_id)
                if not found:
                    waiting.append(source)


def end_crawl(db: sqlite3.Connection, crawl_id: str) -> None:
    """Class what a crawl that is over saw change beside the words, and in words that all its pages
    changed, judge again what stood in place of articles, or where they lead: now its pages tell
    together."""
    dressed = note_dresses(db, crawl_id)
    for article_id, version in sorted({*list_shifted(db, crawl_id), *dressed}):
        refresh(db, article_id, rewritten=version)
    for url in list_turned(db, crawl_id):
        for article_id in sorted(_find_articles(db, url)):
            refresh(db, article_id)
    for article_id in list_shut(db, crawl_id):
        refresh(db, article_id)


def start_crawl(db: sqlite3.Connection, site: str, crawl_id: str) -> None:
    """Do the same for the crawl before, where that never ended."""
    if (before := find_unfinished(db, site, crawl_id)) is not None:
        end_crawl(db, before)


def refresh(db: sqlite3.Connection, article_id: int, *, rewritten: int | None = None) -> None:
    """Make an article's rows again from its evidence; ``rewritten`` is a version whose words were
    read again and that is to be classed anew."""
    ledger = judge(gather(db, article_id))
    rows = _select(db, article_id)
    held: Held = {
        (row[2], row[3], row[4]): (row[1], row[5])
        for row in rows
        if row[1] in TEXTUAL and rewritten not in (row[2], row[3])
    }
    spare: Held = {(row[2], row[3], row[4]): (row[1], row[5]) for row in rows}
    made: list[Row] = []
    for happening in ledger.happened:
        row = _make_row(db, article_id, happening, held, spare)
        if row is not None and not is_swing(db, article_id, row, made):
            made.append(row)
    if made != rows:
        db.execute("DELETE FROM changes WHERE article_id = ?", (article_id,))
        _insert(db, article_id, made)
    is_moved = ledger.removed and _find_successor(db, article_id, ledger.removed)
    gone_at, removed_at = (None, None) if is_moved else (ledger.gone_at, ledger.removed_at)
    db.execute(
        "UPDATE articles SET gone_at = ?, removed_at = ? "
        "WHERE id = ? AND (gone_at IS NOT ? OR removed_at IS NOT ?)",
        (gone_at, removed_at, article_id, gone_at, removed_at),
    )


def _find_successor(
    db: sqlite3.Connection, article_id: int, happening: Happening
) -> Successor | None:
    """Return where an article lives on whose removal is believed, if it does."""
    if happening.kind != "removed":
        return None
    return find_successor(db, article_id, happening.before, happening.at)


def note_new(db: sqlite3.Connection, article_id: int) -> None:
    """Look whether a new article is one whose removal was believed before."""
    for before in list_predecessors(db, article_id):
        refresh(db, before)


def _select(db: sqlite3.Connection, article_id: int) -> list[Row]:
    return db.execute(
        "SELECT at, kind, from_version, to_version, capture_id, detail FROM changes "
        "WHERE article_id = ? ORDER BY rowid",
        (article_id,),
    ).fetchall()


def _insert(db: sqlite3.Connection, article_id: int, rows: list[Row]) -> None:
    db.executemany(
        "INSERT INTO changes (article_id, at, kind, from_version, to_version, capture_id, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(article_id, *row) for row in rows],
    )


def _make_row(
    db: sqlite3.Connection, article_id: int, happening: Happening, held: Held, spare: Held
) -> Row | None:
    if happening.kind == "version":
        pair = (happening.before or 0, happening.after or 0)
        capture_id = happening.item.capture_id
        key: Key = (*pair, capture_id)
        since = str(happening.detail["since"])
        known = {key: held[key]} if key in held else {}
        row = _class_pair(db, article_id, pair, happening.at, capture_id, since, known)
        if row is None and key in spare and not is_comparable(db, article_id, pair):
            return (happening.at, spare[key][0], *key, spare[key][1])
        return row
    detail, at, kind = dict(happening.detail), happening.at, happening.kind
    if led := _find_successor(db, article_id, happening):
        kind, at = "moved", min(at, led.first_seen_at)
        address = happening.item.address
        detail = {"from": address, "to": led.url, "article_id": led.article_id}
    if happening.signs:
        detail["signs"] = [
            {"at": s.at, "sign": s.words, "warc_file": s.place[0], "warc_offset": s.place[1]}
            for s in happening.signs
        ]
        detail |= {"sign": happening.signs[0].words, "believed_at": happening.signs[-1].at}
    return (
        *(at, kind, happening.before, happening.after),
        *(happening.item.capture_id, _write(detail)),
    )


def _class_pair(
    db: sqlite3.Connection,
    article_id: int,
    pair: tuple[int, int],
    at: str,
    capture_id: int,
    since: str,
    held: Held,
) -> Row | None:
    """Return the row of the change between two versions; None where nothing, or nobody knows."""
    key: Key = (*pair, capture_id)
    if not is_comparable(db, article_id, pair):
        kind, detail = held.get(key, (None, ""))
        return (at, kind, *key, detail) if kind else None
    if key in held and f'"since":"{since}"' in held[key][1]:
        return (at, held[key][0], *key, held[key][1])
    old, new = (_load_wording(db, article_id, version) for version in pair)
    old = drop_name(db, article_id, old, new)
    layouts = find_redrawn(db, article_id, pair)
    redrawn = layouts is not None and not reads_alike(db, *layouts)
    old, new, dress = undress(db, article_id, capture_id, since, old, new)
    found = classify(old, new, redrawn=redrawn)
    anew = layouts is not None
    shifts = find_shifts(db, article_id, pair, capture_id, redrawn=anew)
    beside = describe(shifts if is_one_reader(db, article_id, pair) else {})
    if found is None and not beside and not dress:
        return None
    name, told = found or ("cosmetic", {"classes": ["cosmetic"]})
    return (at, name, *key, _write({**told, **dress, **beside, "since": since}))


def _write(detail: dict[str, Any]) -> str:
    return json.dumps(detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _load_wording(db: sqlite3.Connection, article_id: int, version: int) -> Wording:
    row = db.execute(
        "SELECT title, lead, body FROM versions WHERE article_id = ? AND version = ?",
        (article_id, version),
    ).fetchone()
    return Wording(*row)


def _has_text(db: sqlite3.Connection, article_id: int) -> bool:
    row = db.execute("SELECT body <> '' FROM articles WHERE id = ?", (article_id,)).fetchone()
    return bool(row[0])


def _find_articles(db: sqlite3.Connection, url: str) -> set[int]:
    """Return the articles that are known at an address in any spelling."""
    spelled = spell(url)
    marks = ",".join("?" * len(spelled))
    rows = db.execute(
        f"SELECT article_id FROM addresses WHERE url IN ({marks}) AND article_id IS NOT NULL "
        f"UNION SELECT id FROM articles WHERE url IN ({marks}) ORDER BY 1",
        (*spelled, *spelled),
    )
    return {int(row[0]) for row in rows}


def _find_sources(db: sqlite3.Connection, url: str, near: str | None) -> Iterator[str]:
    """Yield the addresses that a redirect led from to ``url``."""
    path = url.partition("://")[2].partition("/")
    if FRONT.fullmatch(f"/{path[2]}"):
        return
    spelled = spell(url)
    values: list[str] = [*spelled]
    between = ""
    if near is not None:
        at = from_text(near)
        between = "AND captured_at BETWEEN ? AND ? "
        values += [to_text(at - NEAR), to_text(at + NEAR)]
    rows = db.execute(
        f"SELECT DISTINCT url FROM captures WHERE location IN ({','.join('?' * len(spelled))}) "
        f"{between}UNION SELECT s.source FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE a.url = ? AND s.channel = 'redirect' AND s.spelled IS NOT NULL ORDER BY 1",
        (*values, url),
    ).fetchall()
    yield from (str(row[0]) for row in rows)
