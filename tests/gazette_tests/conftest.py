"""The fixture of these tests: each kind of paper in turn."""

from __future__ import annotations

import pytest

from .makers import MAKERS, Maker


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Maker:
    """Return the maker of one kind of paper."""
    return MAKERS[request.param]
