"""Nights of a paper that is edited behind our back, crawled by the real `khobao`, simulated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gazette import daily
from tests.gazette.fault import Fault
from tests.gazette.server import Server

from .month import DAY, live


@pytest.mark.timeout(900)
def test_a_few_nights(tmp_path: Path) -> None:
    """Three nights of six stories: none missed; two edits are versions within 24 hours, and show
    that the sitemap tells of edits, so that the third night asks for hardly any story again."""
    paper = daily.paper(seed=11, articles=18, per_day=6)
    edited = paper.newsroom.ids()[4:6]
    for story in edited:
        at = paper.newsroom.published(story).replace(hour=5) + DAY
        paper.newsroom.edit(story, at=at)
    figures, _ = live(tmp_path / "archive", paper, 3)
    assert figures.missed == [] and figures.late == []
    assert figures.edits >= 2 and figures.slowest > 20, "they are seen by the next night's crawl"
    assert 6 <= figures.asked["again"] <= 9


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.parametrize(("telling", "most"), [("lastmod", 2.2), ("day", 2.6), ("never", 4.4)])
def test_two_weeks(tmp_path: Path, telling: daily.Telling, most: float) -> None:
    """Twelve stories a day for two weeks: none missed, no edit late, removals followed up; where
    sitemaps tell of edits for fewer requests than where they do not, and never for 4.4."""
    paper = daily.paper(seed=5, articles=168, per_day=12, telling=telling)
    figures, _ = live(tmp_path / "archive", paper, 14)
    assert figures.missed == [] and figures.late == []
    assert figures.rate <= most


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_witness_that_falls_silent(tmp_path: Path) -> None:
    """When categories rest and the sitemap answers 500 for a night, all lists are asked in that
    night, and the young articles that it stood for: nothing is missed, no edit is late."""
    paper = daily.paper(seed=5, articles=120, per_day=12)
    silent = {7, 8}

    def before(night: int, server: Server) -> None:
        server.faults.mend()
        if night in silent:
            server.faults.put("/sitemap*", Fault("status", status=404))

    figures, vault = live(tmp_path / "archive", paper, 10, before=before)
    assert figures.missed == [] and figures.late == []
    counts = [
        json.loads(row) for (row,) in vault.query("SELECT counts FROM crawls ORDER BY started_at")
    ]
    doubts = [count.get("all_lists", "") for count in counts]
    assert sum("no answer from" in doubt for doubt in doubts) >= 1
