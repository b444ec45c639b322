"""Our query language as SQL functions, for Datasette, the sqlite-utils CLI and SQL by hand.

    SELECT title FROM articles_fts WHERE articles_fts MATCH khobao_match('da nang -"mua bán"')
      AND rowid NOT IN (SELECT rowid FROM articles_exact
                        WHERE articles_exact MATCH khobao_except('da nang -"mua bán"'))
    ORDER BY rank

    khobao_match(text)    for articles_fts: accents folded, d/đ variants, unmarked exclusions
    khobao_exact(text)    for articles_exact: as typed with marks; matches nothing without marks
    khobao_except(text)   for articles_exact: what words excluded with their marks take away

A text that asks for nothing gives '""', which matches nothing. One module serves both programs:
pluggy reads one mark a program from the function. Only they load it, by the entry points
``datasette`` and ``sqlite_utils``; pluggy comes with either, and Datasette itself is not imported.
"""

from __future__ import annotations

import sqlite3
from functools import partial

from pluggy import HookimplMarker

from archive.query import explain

FUNCTIONS = {
    "khobao_match": partial(explain, part="folded"),
    "khobao_exact": partial(explain, part="exact"),
    "khobao_except": partial(explain, part="takes"),
}


def register(connection: sqlite3.Connection) -> None:
    """Add the SQL functions to ``connection``; NULL is treated as an empty text."""
    for name, function in FUNCTIONS.items():
        connection.create_function(name, 1, partial(_call, function), deterministic=True)


@HookimplMarker("datasette")
@HookimplMarker("sqlite_utils")
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Hook of both programs for each connection they open; the name of the argument is theirs."""
    register(conn)


def _call(function: partial[str], text: object) -> str:
    return function("" if text is None else str(text))
