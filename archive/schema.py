"""The schema of ``index.db``: the only place where its tables are made, and its number.

Everything in it can be made again from the WARC files (house law 2), but for ``frontier``, which
is the work list of the crawl that is running. What is created stands in tables.py, fulltext.py
and views.py. sqlite-utils reads the result; it does not write it, since its table API can not
express STRICT tables with triggers.

An index with another number is not changed in place: `khobao rebuild` makes it from the WARC
files, with the rows that a newer khobao derives. Rejected: migrations, which would leave the new
tables of an old index empty, and its answers wrong without a word.
"""

from __future__ import annotations

import sqlite3

from archive.errors import StorageError
from archive.fulltext import SEARCH
from archive.tables import TABLES
from archive.views import VIEWS

NUMBER = 7  # PRAGMA user_version; one more with every change of what is created


def ensure(connection: sqlite3.Connection) -> None:
    """Make the tables, the search indexes with their triggers, and the views in an empty file.

    Raises StorageError for a file that another Kho Báo made.
    """
    if check(connection) == 0:
        connection.execute("BEGIN IMMEDIATE")
        for script in (TABLES, SEARCH, VIEWS):
            run_script(connection, script)
        connection.execute(f"PRAGMA user_version = {NUMBER}")
        connection.execute("COMMIT")


def check(connection: sqlite3.Connection) -> int:
    """Return the file's number, 0 for an empty one. Raises StorageError for one of another Kho Báo.

    Readers ask too: a query on a table of another schema ends in "no such column".
    """
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if found > NUMBER:
        raise StorageError(
            f"index.db has schema {found}, this khobao knows {NUMBER}",
            "upgrade khobao, or delete index.db and run `khobao rebuild`",
        )
    if 0 < found < NUMBER:
        raise StorageError(
            f"index.db has schema {found} of an earlier khobao, this one makes {NUMBER}",
            "run `khobao rebuild`, which makes it again from the WARC files",
        )
    return found


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Execute statements one by one, so that they stay in the open transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
