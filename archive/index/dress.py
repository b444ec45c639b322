"""Rows of ``dresses``, and what of an article's change is its paper's dress.

Learned at a crawl's end (crowd.py), and held against the changes of the nights before and after::

    the same words    in any night, gained or lost, at the same place
    its own words     in the crawl that showed it; later where the article was last seen before
                      that crawl and so gains (or loses) what the others did then
    lines that turn   where one of them is known, or two lines of one place give way to another; at
                      any place where one was known in two crawls: a notice above the text moves
                      what turns behind it down

What is left of a change when the dress is taken out decides its class (changes.py). The articles
that a crawl asked before its end, and those of RETOLD days before it, which were too few to tell,
are judged again. Rejected: cutting dresses out of what is read (versions are what readers saw).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any

from archive.classify import Wording, classify
from archive.index.comparable import is_comparable
from archive.index.crowd import ANYWHERE, Dress, Page, find_dresses
from archive.index.rows import insert
from archive.instants import from_text, to_text
from archive.trim import Cut, Trim, list_trims, take_out

SAMPLE = 300  # articles that are compared: 0.4 to 0.7 s where all changed 1,000 letters each
POOL = 400  # lines of one night that are kept: those that turn are some dozens
RETOLD = timedelta(days=7)
SHOWN = 120  # letters of a dress in a row's details
TEXTUAL = ("cosmetic", "headline", "text", "correction")
_NAMES = tuple(field.name for field in fields(Dress))

_READ = """
SELECT r.article_id, r.version, (SELECT p.version FROM readings p
  JOIN captures q ON q.id = p.capture_id WHERE p.article_id = r.article_id
  AND p.version IS NOT NULL AND q.captured_at < k.started_at
  ORDER BY q.captured_at DESC, q.id DESC LIMIT 1) AS known, r.layout
FROM captures c JOIN crawls k ON k.crawl_id = c.crawl_id JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id = ? AND r.article_id IS NOT NULL AND r.version IS NOT NULL
ORDER BY r.article_id DESC, c.captured_at, c.id
"""
_TOLD = f"""
SELECT x.article_id, x.from_version, x.to_version, x.capture_id, x.detail ->> 'since'
FROM changes x JOIN articles a ON a.id = x.article_id
WHERE a.site = ? AND x.at >= ? AND x.kind IN {TEXTUAL} AND x.to_version IS NOT NULL
ORDER BY x.article_id, x.to_version
"""


@dataclass(frozen=True, slots=True)
class Learned:
    """A dress, and the crawl that showed it."""

    dress: Dress
    crawl_id: str
    learned_at: str


@dataclass(frozen=True, slots=True)
class Share:
    """Articles that a crawl asked for again, and those whose words changed."""

    changed: int
    asked: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When an article changed: in which crawl, since when it had the words before."""

    crawl_id: str | None
    at: str
    since: str


def learn(db: sqlite3.Connection, crawl_id: str) -> list[Dress]:
    """Return what a crawl's changes have in common, as far as it went."""
    pages = _load_pages(db, crawl_id)
    if all(page.before in (None, page.after) for page in pages):
        return []
    return find_dresses(pages)


def share_changed(
    db: sqlite3.Connection, site: str, crawl_id: str, dresses: Sequence[Dress]
) -> Share:
    """Count the articles of a crawl whose words changed by more than a dress."""
    begun = db.execute("SELECT started_at FROM crawls WHERE crawl_id = ?", (crawl_id,)).fetchone()
    at = str(begun[0]) if begun else ""
    known = [*(Learned(dress, crawl_id, at) for dress in dresses), *load_dresses(db, site)]
    asked = [page for page in _load_pages(db, crawl_id) if page.before is not None]
    changed = 0
    for page in asked:
        if page.before is not None and page.before != page.after:
            worn = find_worn(page.before, page.after, known, Moment(crawl_id, at, ""))
            old, new = take_out(page.before, page.after, [trim for trim, _ in worn])
            found = classify(old, new)
            changed += found is not None and found[0] != "cosmetic"
    return Share(changed, len(asked))


def note_dresses(db: sqlite3.Connection, crawl_id: str) -> list[tuple[int, int]]:
    """Store what a crawl that is over showed; return the (article, version) of changes that are to
    be judged again."""
    row = db.execute(
        "SELECT site, started_at FROM crawls WHERE crawl_id = ?", (crawl_id,)
    ).fetchone()
    found = learn(db, crawl_id) if row else []
    db.execute("DELETE FROM dresses WHERE crawl_id = ?", (crawl_id,))
    for dress in found:
        lines = json.dumps(dress.lines[:POOL], ensure_ascii=False)
        values = {name: getattr(dress, name) for name in _NAMES} | {"lines": lines}
        head = {"site": row[0], "crawl_id": crawl_id, "learned_at": row[1]}
        insert(db, "dresses", head | values)
    if not found:
        return []
    since = to_text(from_text(row[1]) - RETOLD)
    return list(_list_dressed(db, row[0], since))


def _list_dressed(db: sqlite3.Connection, site: str, since: str) -> Iterator[tuple[int, int]]:
    known = load_dresses(db, site)
    for article_id, before, version, capture_id, seen in db.execute(
        _TOLD, (site, since)
    ).fetchall():
        old, new = (_load_wording(db, article_id, number) for number in (before, version))
        if old and new and find_worn(old, new, known, _load_moment(db, capture_id, seen)):
            yield article_id, version


def load_dresses(db: sqlite3.Connection, site: str) -> list[Learned]:
    """Return what is known of a paper's dresses, the latest first."""
    names = ", ".join((*_NAMES, "crawl_id", "learned_at"))
    rows = db.execute(
        f"SELECT {names} FROM dresses WHERE site = ? ORDER BY learned_at DESC, field, grain, "
        "kind, place, mark, words",
        (site,),
    )
    found: list[Learned] = []
    for *values, crawl_id, learned_at in rows:
        given = dict(zip(_NAMES, values, strict=True))
        dress = Dress(**{**given, "lines": tuple(json.loads(given["lines"]))})
        found.append(Learned(dress, crawl_id, learned_at))
    return found


def undress(
    db: sqlite3.Connection,
    article_id: int,
    capture_id: int,
    since: str,
    old: Wording,
    new: Wording,
) -> tuple[Wording, Wording, dict[str, Any]]:
    """Return two wordings of an article without what is its paper's dress, and details of that;
    both as they are, and nothing, where nothing is."""
    (site,) = db.execute("SELECT site FROM articles WHERE id = ?", (article_id,)).fetchone()
    known = load_dresses(db, site)
    if not known or (old.title, old.text) == (new.title, new.text):
        return old, new, {}
    found = find_worn(old, new, known, _load_moment(db, capture_id, since))
    if not found:
        return old, new, {}
    bare = take_out(old, new, [trim for trim, _ in found])
    return *bare, {"dress": _describe(found)}


def _describe(found: Sequence[tuple[Trim, Dress]]) -> dict[str, Any]:
    trim, dress = max(found, key=lambda one: one[1].articles)
    return {
        "kind": dress.kind,
        "place": dress.place or "text",
        "shown": trim.shown[:SHOWN],
        "articles": dress.articles,
        "asked": dress.asked,
    }


def find_worn(
    old: Wording, new: Wording, known: Sequence[Learned], moment: Moment
) -> list[tuple[Trim, Dress]]:
    """Return what of a change is a dress, as far as it is to be taken out."""
    found: list[tuple[Trim, Dress]] = []
    same = frozenset(one.dress.words for one in known if one.dress.grain == "sentence")
    rota = _find_rota(known)
    ends = _find_ends(known)
    for trim in list_trims(old, new):
        for one in known:
            is_over = one.learned_at <= ends.get(one.dress.place, "")
            if (fitted := _fit(trim, one, moment, same, rota, is_over=is_over)) is not None:
                found.append((fitted, one.dress))
                if trim.grain != "lines":  # of those each night may know others
                    break
    return found


def _find_rota(known: Sequence[Learned]) -> frozenset[str]:
    """Return the lines that came or turned in two crawls: what is shown by turns."""
    counts = Counter(key for one in known if one.dress.kind != "lost" for key in one.dress.lines)
    return frozenset(key for key, number in counts.items() if number > 1)


def _find_ends(known: Sequence[Learned]) -> dict[str, str]:
    """Return when the lines of a place were taken back the last time."""
    taken = [one for one in known if (one.dress.grain, one.dress.kind) == ("lines", "lost")]
    return {one.dress.place: one.learned_at for one in reversed(taken)}


def _fit(
    trim: Trim,
    one: Learned,
    moment: Moment,
    same: frozenset[str],
    rota: frozenset[str],
    *,
    is_over: bool,
) -> Trim | None:
    """Return a trim as far as it is a dress that is known, None where it is none; ``same``: the
    sentences that are one, ``rota``: lines shown by turns, ``is_over``: the paper took it back."""
    dress = one.dress
    if (trim.field, trim.grain) != (dress.field, dress.grain):
        return None
    if dress.words:
        if trim.words != dress.words:
            return None
        if trim.grain == "words" and (trim.mark, trim.places[0]) != (dress.mark, dress.place):
            return None
        return trim
    due = _is_due(one, moment)
    if trim.grain == "words":
        fits = "pure" in trim.places and (trim.kind, trim.mark) == (dress.kind, dress.mark)
        short = len(trim.words.split(" ")) <= dress.size
        return trim if due and fits and short and trim.places[0] == dress.place else None
    usual = max(1, dress.size)
    turns = trim.kind == "turned" and dress.kind != "lost" and not (is_over or due)
    turns = turns and max(trim.size(False), trim.size(True)) <= usual
    cuts = tuple(_choose(trim, dress, due, turns, same))
    if not cuts and turns and not rota.isdisjoint(trim.keys):
        cuts = trim.cuts
    return replace(trim, cuts=cuts) if cuts else None


def _choose(
    trim: Trim, dress: Dress, due: bool, turns: bool, same: frozenset[str]
) -> Iterator[Cut]:
    """Yield the lines of a change that are a dress: those that are known, and at its place as many
    as usual, where an article is due to gain them or they turn. What stands beyond them is left to
    an edit."""
    there = dress.place in trim.places
    if not there and dress.place != ANYWHERE:
        return
    for is_new in (False, True):
        side = trim.on(is_new)
        held = [cut for cut in side if cut.key in dress.lines or cut.key in same]
        comes = dress.kind == "turned" or (dress.kind == "gained") == is_new
        whole = there and (turns or (due and comes))
        if not whole or (held and dress.kind == "turned"):
            yield from held
        elif not 0 < dress.size < trim.size(is_new):
            yield from side
        else:
            lines = sorted({cut.line for cut in side})
            ours = lines[-dress.size :] if dress.place[0] == "-" else lines[: dress.size]
            yield from (cut for cut in side if cut.line in ours)


def _is_due(one: Learned, moment: Moment) -> bool:
    """Say whether an article changed in the crawl that showed a dress, or was not seen since."""
    return moment.crawl_id == one.crawl_id or moment.since < one.learned_at <= moment.at


# -- what is held ---------------------------------------------------------------------------------


def _load_pages(db: sqlite3.Connection, crawl_id: str) -> list[Page]:
    """Return the articles that a crawl read, as they were and are; the newest SAMPLE of them."""
    last = {int(row[0]): row for row in db.execute(_READ, (crawl_id,))}
    pages: list[Page] = []
    for article_id, version, known, _ in list(last.values())[:SAMPLE]:
        after = _load_wording(db, article_id, version)
        before = after if known == version else None
        if known is not None and known != version:
            if not is_comparable(db, article_id, (known, version)):
                continue
            before = _load_wording(db, article_id, known)
        if after is not None and after.body:
            pages.append(Page(article_id, before, after))
    return pages


def _load_wording(db: sqlite3.Connection, article_id: int, version: int | None) -> Wording | None:
    row = db.execute(
        "SELECT title, lead, body FROM versions WHERE article_id = ? AND version = ?",
        (article_id, version),
    ).fetchone()
    return Wording(*row) if row else None


def _load_moment(db: sqlite3.Connection, capture_id: int, since: str | None) -> Moment:
    crawl_id, at = db.execute(
        "SELECT crawl_id, captured_at FROM captures WHERE id = ?", (capture_id,)
    ).fetchone()
    return Moment(crawl_id, at, since or "")
