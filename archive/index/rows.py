"""One row into one table, by column names."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def insert(db: sqlite3.Connection, table: str, row: Mapping[str, object]) -> int:
    """Insert a row and return its number."""
    marks = ", ".join(f":{name}" for name in row)
    cursor = db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", dict(row))
    return cursor.lastrowid or 0
