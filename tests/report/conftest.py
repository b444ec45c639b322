"""One archive for the tests of the report: four papers, thirty nights."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from archive.connection import INDEX, connect
from archive.report.facts import Facts, gather
from tests.report.press import ENDED, list_titles, print_run

NOW = ENDED + timedelta(hours=1)
FREE = 41_000_000_000


@dataclass
class Printed:
    """An archive, its index, and what the report of it says."""

    root: Path
    db: sqlite3.Connection
    facts: Facts


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Printed]:
    """The archive of list_titles(), made smaller: a quick test writes few files."""
    root = tmp_path_factory.mktemp("printed")
    titles = list_titles()
    for title in titles:
        title.rate = max(4, title.rate / (1 if title.key == "nui" else 2.5))
    print_run(root, titles, 30)
    db = connect(root / INDEX)
    yield Printed(root, db, gather(db, root, NOW, free_bytes=FREE))
    db.close()
