"""Words, dates and a paper become hits: the whole of search, over a connection that only reads.

Each step of archive/ranking.py is one SELECT; steps are taken until the page is full, so a common
word costs one scan of its postings and a rare one is asked in every way. The order of equals is
the newer day first, then the address: ids depend on the order in which pages were read, so they
decide nothing that people see (law 7).

Rejected: joining ``articles`` in the scan. The columns after a long body lie on overflow pages, and
SQLite walks to them for every row that matches; here only rows that can be shown are looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from archive import moment, scope, snippet
from archive.match import FOLDED, Match
from archive.query import Query, compile
from archive.ranking import rank
from archive.records import Hit
from archive.scope import Scope

Ranked = tuple[int, float, int]  # step, bm25 (smaller is better), article id


def search(
    connection: sqlite3.Connection,
    text: str,
    *,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = 20,
    offset: int = 0,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Return the hits of ``text``, best first; ``marks`` stand around matched words of a snippet.

    ``since`` and ``until`` are inclusive days, YYYY, YYYY-MM or YYYY-MM-DD, of the paper's own
    calendar. A hit's score is larger the better; it compares hits of one search only. Raises
    QueryError, DayError, and ValueError for a limit or offset below 0.
    """
    if limit < 0 or offset < 0:
        raise ValueError(f"limit {limit} and offset {offset} must not be below 0")
    query, chosen = compile(text), scope.choose(site, since, until)
    with moment.hold(connection) as db:
        steps = rank(query, lambda expression: _count(db, Match(FOLDED, expression), (), Scope()))
        found = _scan(db, steps, query, chosen, offset + limit)
        page = _settle(db, found, offset, limit)
        return [_show(db, steps, ranked, row, marks) for ranked, row in page]


def count(
    connection: sqlite3.Connection,
    text: str,
    *,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> int:
    """Return how many articles ``search`` would find without a limit; raises as it does."""
    query, chosen = compile(text), scope.choose(site, since, until)
    with moment.hold(connection) as db:
        return _count(db, Match(FOLDED, query.folded), query.takes, chosen)


def write_ids(query: Query) -> tuple[str, tuple[str, ...]]:
    """Return a SELECT of the ids of all answers, and its values, for use in a larger one."""
    return _write("rowid", Match(FOLDED, query.folded), query.takes, Scope())


def _count(db: sqlite3.Cursor, match: Match, takes: tuple[Match, ...], chosen: Scope) -> int:
    return int(db.execute(*_write("count(*)", match, takes, chosen)).fetchone()[0])


def _write(
    columns: str, match: Match, takes: Iterable[Match], chosen: Scope
) -> tuple[str, tuple[str, ...]]:
    """Return a SELECT over ``match``'s table and its values.

    The plus sign keeps SQLite from using ``rowid IN`` as an index of the FTS table: it would run
    the whole MATCH once for every id of the list (4,000 of 20,000 articles: 3.1 s, not 21 ms).
    """
    sql = f"SELECT {columns} FROM {match.table} WHERE {match.table} MATCH ?"
    values: list[str] = [match.expression]
    if match.also:
        inner, more = _write("rowid", match.also, (), Scope())
        sql, values = f"{sql} AND +rowid IN ({inner})", [*values, *more]
    for taken in takes:
        inner, more = _write("rowid", taken, (), Scope())
        sql, values = f"{sql} AND +rowid NOT IN ({inner})", [*values, *more]
    if not chosen.is_open:
        condition, more = chosen.condition()
        sql += f" AND +rowid IN (SELECT id FROM articles WHERE {condition})"
        values += more
    return sql, tuple(values)


def _scan(
    db: sqlite3.Cursor, steps: tuple[Match, ...], query: Query, chosen: Scope, wanted: int
) -> list[Ranked]:
    """Take steps until ``wanted`` articles are found; all of a step that was taken are in it."""
    found: list[Ranked] = []
    seen: set[int] = set()
    for number, step in enumerate(steps):
        if len(found) >= wanted:
            break
        rows = db.execute(*_write("rowid, rank", step, query.takes, chosen))
        fresh = [(number, score, article) for article, score in rows if article not in seen]
        seen.update(article for _, _, article in fresh)
        found += sorted(fresh)
    return found


Row = tuple[str, str, str, str | None]  # url, site, title, date_published


def _settle(
    db: sqlite3.Cursor, found: list[Ranked], offset: int, limit: int
) -> list[tuple[Ranked, Row]]:
    """Return the page with its rows; equals of its first and last hit are ordered with them."""
    if not found[offset : offset + limit]:
        return []
    first, last = offset, min(offset + limit, len(found))
    while first and found[first - 1][:2] == found[first][:2]:
        first -= 1
    while last < len(found) and found[last][:2] == found[last - 1][:2]:
        last += 1
    rows = {ranked: _load(db, ranked[2]) for ranked in found[first:last]}
    by_address = sorted(rows.items(), key=lambda item: item[1][0][0])
    by_day = sorted(by_address, key=lambda item: item[1][1] or "", reverse=True)
    ordered = sorted(by_day, key=lambda item: item[0][:2])
    return [(ranked, row) for ranked, (row, _) in ordered[offset - first :][:limit]]


def _load(db: sqlite3.Cursor, article: int) -> tuple[Row, str | None]:
    url, site, title, published, day = db.execute(
        "SELECT url, site, title, date_published, published_on FROM articles WHERE id = ?",
        (article,),
    ).fetchone()
    return (url, site, title, published), day


def _show(
    db: sqlite3.Cursor,
    steps: tuple[Match, ...],
    ranked: Ranked,
    row: Row,
    marks: tuple[str, str],
) -> Hit:
    number, bm25, article = ranked
    url, site, title, published = row
    return Hit(
        id=article,
        url=url,
        site=site,
        title=title,
        date_published=published,
        snippet=snippet.cut(db, steps[number], article, marks),
        score=_score(len(steps) - number, bm25),
    )


def _score(rung: int, bm25: float) -> float:
    """Return the step in the whole part and bm25 in the fraction: the order of hits in a number."""
    return rung - 1 / (1 - bm25)
