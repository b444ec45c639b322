"""A crawl of many pages costs the main process no memory a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.bench_memory import LIMIT_MB, measure


@pytest.mark.timeout(900)
def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    """1,500 pages: under 300 MB, and less than 20 KB a page after the first 600."""
    measured = measure(tmp_path / "archive", 1500)
    assert (measured.code, measured.pages) == (0, 1500)
    assert measured.peak < LIMIT_MB
    assert measured.slope(600) < 20


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_twenty_thousand_pages_stay_under_300_mb(tmp_path: Path) -> None:
    """20,000 pages, all archived, the main process never above 300 MB."""
    measured = measure(tmp_path / "archive", 20_000)
    assert (measured.code, measured.pages) == (0, 20_000)
    assert measured.peak < LIMIT_MB
