"""One moment of the index: several SELECTs that see the same state while a crawl writes on.

A deferred BEGIN takes the snapshot at the first SELECT and never waits for the writer in a WAL
file. Keep it short: a WAL file cannot shrink past its oldest reader, so a search holds a moment
for milliseconds and an export for a page of records (archive/exports/selection.py).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hold(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """Give a cursor whose rows are plain tuples, within one read transaction.

    Inside a transaction of the caller that one is used, and left open.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    if connection.in_transaction:
        yield cursor
        return
    cursor.execute("BEGIN")
    try:
        yield cursor
    finally:
        if connection.in_transaction:
            connection.rollback()
