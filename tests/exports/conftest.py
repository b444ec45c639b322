"""The index that the tests of exports read."""

from __future__ import annotations

import sqlite3

import pytest

from tests.exports.pieces import PIECES
from tests.search.corpus import build


@pytest.fixture
def db() -> sqlite3.Connection:
    """An index of PIECES: three articles, one of which has two versions."""
    db = build(PIECES)
    db.execute(
        "INSERT INTO sites (site, title, domain, province, profile) "
        "VALUES ('baivang', 'Bãi Vàng', 'baivang.example', 'Lào Cai', 'x')"
    )
    return db
