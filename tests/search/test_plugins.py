"""The query language in other programs: SQL functions by plugin hooks and by hand."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlite_utils

from archive import plugins

from .corpus import Piece, build

PIECES = [Piece("Đảng bộ"), Piece("Đà Nẵng"), Piece("Bán hàng"), Piece("Bạn đọc mua bán")]
SQL = """SELECT rowid FROM articles_fts WHERE articles_fts MATCH khobao_match(:q)
  AND rowid NOT IN (SELECT rowid FROM articles_exact WHERE articles_exact MATCH khobao_except(:q))
  ORDER BY rowid"""


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("dang bo", [1]),
        ("da nang", [2]),
        ("ban", [3, 4]),
        ("ban -bạn", [3]),
        ("ban -mua", [3]),
        ("", []),
        (None, []),
        ("-ban", []),
        (12, []),
    ],
)
def test_sql_by_hand_speaks_the_query_language(typed: object, ids: list[int]) -> None:
    """khobao_match finds, khobao_except takes away, and an empty box is no error."""
    db = build(PIECES)
    plugins.register(db)
    assert [row[0] for row in db.execute(SQL, {"q": typed})] == ids


def test_exact_is_as_typed() -> None:
    """khobao_exact matches words with their marks in articles_exact, nothing without marks."""
    db = build(PIECES)
    plugins.register(db)
    sql = "SELECT rowid FROM articles_exact WHERE articles_exact MATCH khobao_exact(?)"
    found = [[row[0] for row in db.execute(sql, (q,))] for q in ("bạn", "bán", "ban")]
    assert found == [[4], [3, 4], []]


def test_sqlite_utils_gets_the_functions_by_entry_point(tmp_path: Path) -> None:
    """By pyproject's entry point a connection of sqlite-utils has the functions and sees FTS."""
    build(PIECES, tmp_path / "index.db").close()
    db = sqlite_utils.Database(tmp_path / "index.db")
    assert [row["rowid"] for row in db.query(SQL, {"q": "da nang"})] == [2]
    assert db["articles"].detect_fts() in ("articles_fts", "articles_exact")


def test_datasette_would_find_its_mark() -> None:
    """The hook carries pluggy's mark of both programs."""
    marks = ("datasette_impl", "sqlite_utils_impl")
    assert all(getattr(plugins.prepare_connection, mark) for mark in marks)


def test_the_room_loads_without_the_programs() -> None:
    """Importing search and exports loads no pluggy, sqlite-utils or Datasette."""
    code = (
        "import sys, archive.search, archive.exports.export; "
        "bad = {'pluggy', 'sqlite_utils', 'datasette', 'click', 'scrapy', 'lxml'}; "
        "print(sorted(bad & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_functions_are_usable_in_a_read_only_connection(tmp_path: Path) -> None:
    """Datasette opens files read-only: registering and calling works there."""
    build(PIECES, tmp_path / "index.db").close()
    db = sqlite3.connect(f"{(tmp_path / 'index.db').as_uri()}?mode=ro", uri=True)
    plugins.prepare_connection(db)
    assert db.execute(SQL, {"q": "dang"}).fetchall() == [(1,)]
