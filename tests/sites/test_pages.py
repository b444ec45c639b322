"""Every page on disk is read as its pair says; a new paper adds files and no test code."""

from __future__ import annotations

import pytest

from .pages import Pair, find_pairs


@pytest.mark.parametrize("pair", find_pairs(), ids=lambda p: f"{p.path.parent.name}-{p.path.stem}")
def test_a_page_is_read_as_its_pair_says(pair: Pair) -> None:
    """Title, lead, text, date, authors and section are those that a person has seen on the page."""
    assert pair.told["reviewed"] is True, "compare the page with its pair, then set reviewed"
    assert pair.read() == pair.told["expected"]
