"""The schema of ``index.db`` as numbered migrations: the only place where tables are made.

Everything in it can be made again from the WARC files (house law 2), but for ``frontier``, which
is the work list of the crawl that is running. What is created stands in tables.py, fulltext.py
and views.py. sqlite-utils reads the result; it does not write it, since its table API can not
express STRICT tables with triggers.

A migration is a function decorated with its number; ``migrate`` runs those a file has not seen.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from archive.errors import StorageError
from archive.fulltext import SEARCH
from archive.tables import TABLES, TRACES
from archive.views import VIEWS

MIGRATIONS: dict[int, Callable[[sqlite3.Connection], None]] = {}

Migration = Callable[[sqlite3.Connection], None]


def migration(number: int) -> Callable[[Migration], Migration]:
    """Register a migration; numbers are consecutive from 1."""

    def register(function: Migration) -> Migration:
        MIGRATIONS[number] = function
        return function

    return register


def migrate(connection: sqlite3.Connection) -> None:
    """Bring ``connection``'s file to the newest schema, each step in one transaction.

    Raises StorageError for a file that a newer Kho Báo made.
    """
    newest = max(MIGRATIONS)
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > newest:
        raise StorageError(
            f"index.db has schema {found}, this khobao knows {newest}",
            "upgrade khobao, or delete index.db and run `khobao rebuild`",
        )
    for number in range(found + 1, newest + 1):
        connection.execute("BEGIN IMMEDIATE")
        MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute statements one by one, so that they stay in the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


@migration(1)
def create(connection: sqlite3.Connection) -> None:
    """Make the tables, the two search indexes with their triggers, and the views."""
    for script in (TABLES, SEARCH, VIEWS):
        run_script(connection, script)


@migration(2)
def add_traces(connection: sqlite3.Connection) -> None:
    """Make the table of what was cut and what else a page says; older readings have no row."""
    run_script(connection, TRACES)
