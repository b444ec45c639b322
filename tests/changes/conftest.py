"""The archive that most tests of changes live in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.changes.night import Night, live
from tests.changes.paper import Paper


@pytest.fixture
def night(tmp_path: Path) -> Any:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


@pytest.fixture
def paper(tmp_path: Path) -> Any:
    """A paper whose archive comes out of its files again."""
    yield from live(Paper(tmp_path))
