"""Rows of ``articles``, ``versions``, ``images``, ``related`` and ``readings``.

A version is one text of an article: the words of title, lead and body, white space folded. Other
bytes with the same words (a rotated advertisement) confirm the version; other words make the next,
and so does another byline, caption or main picture (archive/beside.py).
A page that goes back to earlier words makes a version too: what readers saw is the sequence.
Version numbers are given in the order in which captures are indexed and never change, because
people cite them; an older capture taken in later gets a later number, and ``articles`` keeps
showing the text with the newest capture.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from archive.digests import sha256_of, text_digest
from archive.events import dump, pack
from archive.fingerprint import is_same_story, make_fingerprint
from archive.index import anew, changes
from archive.index.changes import Standing
from archive.index.content import describe_content
from archive.index.evidence import HOPS, SIGNS
from archive.index.rows import insert
from archive.index.siblings import make_beside
from archive.index.successor import find_twin
from archive.index.versions import insert_version, update_article
from archive.index.withdrawal import withdraw
from archive.instants import to_text
from archive.records import Article, Capture, Link, Reading

_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading did to the index."""

    article_id: int | None = None
    version: int | None = None
    is_new: bool = False  # the article was unknown
    is_changed: bool = False  # a further version


def find_article(
    db: sqlite3.Connection, *, site: str, address: str, identity: str | None, article: Article
) -> int | None:
    """Return the article that a reading belongs to, or None when it is a new one.

    The same address is the same article, unless another story stands there (anew.py). Another
    address is, where the paper's own id or the
    declared canonical address agrees *and* the words, or headline and date, do too: ids are used
    again by some papers, and canonical addresses name the front page on others. Without either,
    the same words of the same minute are (successor.py).
    """
    row = (
        db.execute(
            "SELECT article_id FROM addresses WHERE url = ? AND article_id IS NOT NULL", (address,)
        ).fetchone()
        or db.execute("SELECT id FROM articles WHERE url = ?", (address,)).fetchone()
    )
    if row and (known := anew.choose(db, address, int(row[0]), article)):
        return known
    if row is None and (led := _find_mover(db, address, article)):
        return led
    words = text_digest(article.text)
    published = article.published.value if article.published else None
    for candidate in _find_candidates(db, site, identity, article.canonical_url):
        article_id, other_words, title, date = candidate
        same_words = other_words == words and bool(article.text)
        if same_words or (title == article.title and date is not None and date == published):
            return int(article_id)
    return find_twin(db, site=site, address=address, identity=identity, article=article)


def _find_mover(db: sqlite3.Connection, address: str, article: Article) -> int | None:
    """Return the article whose address redirects to a new one, if the page there is its own.

    Its title is the same, or the two texts are one story: some papers redirect what they removed to
    another one. Half of its words alike was not enough: of two reports of one newsroom some share
    0.54.
    """
    sources = [address]
    for _ in range(HOPS):
        row = db.execute(
            "SELECT s.source, d.article_id FROM sightings s "
            "JOIN addresses t ON t.id = s.address_id LEFT JOIN addresses d ON d.url = s.source "
            "WHERE t.url = ? AND s.channel = 'redirect' ORDER BY d.article_id IS NULL, s.source",
            (sources[-1],),
        ).fetchone()
        if row is None or row[0] in sources:
            return None
        sources.append(row[0])
        if row[1] is not None:
            return int(row[1]) if _is_story(db, row[1], article) else None
    return None


def _is_story(db: sqlite3.Connection, article_id: int, article: Article) -> bool:
    title, lead, body = db.execute(
        "SELECT title, lead, body FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    if title == article.title or (body and body == article.text):
        return True
    ours = make_fingerprint(title, lead, body)
    theirs = make_fingerprint(article.title or "", article.lead, article.text)
    return ours is not None and theirs is not None and is_same_story(ours, theirs)


def _find_candidates(
    db: sqlite3.Connection, site: str, identity: str | None, canonical_url: str | None
) -> list[tuple[int, str, str, str | None]]:
    """An identity names its paper (``<site>:<id>``): a merged paper's address and its
    successor's with one identity are candidates for one article."""
    columns = "SELECT id, text_sha256, title, date_published FROM articles WHERE"
    found: list[tuple[int, str, str, str | None]] = []
    if identity is not None:
        found += db.execute(f"{columns} identity = ? ORDER BY id", (identity,)).fetchall()
    if canonical_url is not None:
        for column in ("canonical_url", "url"):
            found += db.execute(
                f"{columns} site = ? AND {column} = ? ORDER BY id", (site, canonical_url)
            ).fetchall()
    return found


def next_id(db: sqlite3.Connection) -> int:
    """Return the id that a new article gets: none that was given before."""
    row = db.execute(
        "SELECT max(coalesce((SELECT max(id) FROM articles), 0), "
        "coalesce((SELECT max(withdrawn) FROM readings WHERE withdrawn IS NOT NULL), 0)) + 1"
    ).fetchone()
    return int(row[0])


def add_reading(
    db: sqlite3.Connection,
    capture: Capture,
    reading: Reading,
    *,
    address: str,
    identity: str | None,
    article_id: int | None,
    listed: int = 0,
) -> Outcome:
    """Store what a capture was read as; an article gets its row, version, pictures, related links.

    Reading a capture again replaces what was read before and makes no version.
    """
    outcome = Outcome()
    words = None
    before, withdrawn = db.execute(
        "SELECT max(article_id), max(withdrawn) FROM readings WHERE capture_id = ?", (capture.id,)
    ).fetchone()
    standing = changes.look(db, article_id, address) if reading.article is not None else None
    if reading.article is not None and article_id is not None:
        row = describe_content(db, capture, reading)
        words = str(row["words_sha256"])
        outcome = _store_article(
            db, capture, reading, row, address=address, identity=identity, article_id=article_id
        )
    _store_trace(db, capture, reading.article)
    db.execute("DELETE FROM readings WHERE capture_id = ?", (capture.id,))
    db.execute(
        "INSERT INTO readings (capture_id, role, status, extractor, profile, article_id, version, "
        "words_sha256, warnings, impostor, listed, layout, template, address, withdrawn) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(capture.id, reading.role, reading.status, reading.extractor, reading.profile),
            *(outcome.article_id, outcome.version, words, dump(reading.warnings)),
            *(reading.impostor, listed, find_layout(reading.article), reading.template),
            *(address if address != capture.url else None, withdrawn),
        ),
    )
    _note_changes(db, capture, reading, outcome, address, standing, before)
    if outcome.is_new and outcome.article_id is not None:
        changes.note_new(db, outcome.article_id)
    return outcome


def _note_changes(
    db: sqlite3.Connection,
    capture: Capture,
    reading: Reading,
    outcome: Outcome,
    address: str,
    standing: Standing | None,
    before: int | None,
) -> None:
    """Bring the ledger up to a reading; ``before``: what article the capture was read as."""
    mistaken = before is not None and before != outcome.article_id
    if before is not None and mistaken and _stays(db, capture, before, reading):
        changes.refresh(db, before)
    if outcome.article_id is None:
        if reading.impostor in SIGNS or capture.location or reading.role in ("article", "other"):
            changes.note_page(db, capture, address)
    elif before == outcome.article_id:
        changes.refresh(db, outcome.article_id, rewritten=outcome.version)
    elif standing is None or outcome.version is None:
        changes.note_target(db, address)
    else:
        changes.note_sound(db, capture, outcome.article_id, outcome.version, standing)
    changes.note_others(db, capture, outcome.article_id)


def _stays(db: sqlite3.Connection, capture: Capture, article_id: int, reading: Reading) -> bool:
    """Take back what an impostor, or a further page of another, made of an article; return whether
    that is still there."""
    if reading.impostor is None and reading.role != "part":
        return True
    return withdraw(db, capture, article_id, reading.impostor)


def find_layout(article: Article | None) -> str | None:
    """Return 12 hex digits that name the template of an article's page, None where nothing shows.

    Made of the elements that show headline and text, as the reading's trace names them: they stay
    when words and pictures change, and go when the paper is made anew. Figures in names count the
    article (WordPress writes class="post-5132"), and are no layout.
    """
    shown = dict(article.trace.shown) if article is not None and article.trace else {}
    paths = [_FIGURES.sub("0", shown.get(name, "")) for name in ("title", "text")]
    return sha256_of("\n".join(paths).encode())[7:19] if any(paths) else None


def _store_trace(db: sqlite3.Connection, capture: Capture, article: Article | None) -> None:
    db.execute("DELETE FROM traces WHERE capture_id = ?", (capture.id,))
    if article is not None and article.trace is not None:
        values = (capture.id, dump(pack(article.trace)))
        db.execute("INSERT INTO traces (capture_id, trace) VALUES (?, ?)", values)


def _store_article(
    db: sqlite3.Connection,
    capture: Capture,
    reading: Reading,
    row: dict[str, object],
    *,
    address: str,
    identity: str | None,
    article_id: int,
) -> Outcome:
    at = to_text(capture.captured_at)
    is_new = not db.execute("SELECT 1 FROM articles WHERE id = ?", (article_id,)).fetchone()
    if is_new:
        assert reading.article is not None
        insert(
            db,
            "articles",
            {
                "id": article_id,
                "site": capture.site,
                "url": address,
                "identity": identity,
                "canonical_url": reading.article.canonical_url,
                "version": 1,
                "versions": 1,
                **row,
                "first_seen_at": at,
                "last_seen_at": at,
            },
        )
        insert_version(db, article_id, 1, row, at)
        version, changed = 1, False
    else:
        assert reading.article is not None
        shown = make_beside(row, reading.article.images)
        layout = find_layout(reading.article)
        version, changed = update_article(db, capture, article_id, row, shown, layout, at)
    anew.hold_address(db, capture, address, article_id, at)
    _store_parts(db, article_id, version, reading)
    return Outcome(article_id, version, is_new, changed)


def _store_parts(db: sqlite3.Connection, article_id: int, version: int, reading: Reading) -> None:
    assert reading.article is not None
    key = (article_id, version)
    for table in ("images", "related"):
        db.execute(f"DELETE FROM {table} WHERE article_id = ? AND version = ?", key)
    db.executemany(
        "INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (*key, i, image.url, image.caption, image.credit, image.alt)
            for i, image in enumerate(reading.article.images)
        ],
    )
    db.executemany(
        "INSERT INTO related VALUES (?, ?, ?, ?, ?, ?)",
        [
            (*key, i, link.url, link.title, link.summary)
            for i, link in enumerate(_related(reading.links))
        ],
    )


def _related(links: Sequence[Link]) -> list[Link]:
    return [link for link in links if link.channel == "related"]
