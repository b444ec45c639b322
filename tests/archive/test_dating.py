"""Nights whose new articles have dates that no paper prints."""

from __future__ import annotations

import json

import pytest

from archive.report.tongue import is_known
from tests.archive.nightly import Night, Paper


@pytest.mark.parametrize("kind", ["clock", "ahead"])
def test_dates_that_no_paper_prints(kind: str) -> None:
    """Three articles of a third night are enough, two are not; a paper that was always so is not
    told after its first night, and the words are known in both languages."""
    said = "x (y) is 7 h after the capture" if kind == "ahead" else "x (y) is the instant"
    odd = Night(warnings=json.dumps([f"date-{kind}: published {said}"]))
    counts = set()
    for rate in (1, 4):
        paper = Paper(rate=rate, seed=2, week=(1.0,) * 7)
        paper.run(3)
        paper.found.clear()
        (before,) = paper.db.execute("SELECT count(*) FROM articles").fetchone()
        paper.run(1, odd)
        (after,) = paper.db.execute("SELECT count(*) FROM articles").fetchone()
        told = [one for one in paper.found if one.kind == "dating"]
        assert len(told) == (after - before >= 3)
        assert all(is_known(one.words) and is_known(one.remedy) for one in told)
        counts.add(after - before >= 3)
    assert counts == {True, False}
    always = Paper(rate=8, seed=3)
    always.run(20, odd)
    assert len([one for one in always.found if one.kind == "dating"]) == 1


def test_days_ahead_are_told_once() -> None:
    """A date of next month is a matter of days, and not of seven hundred hours too."""
    paper = Paper(rate=8, seed=3)
    paper.run(12)
    told = paper.crawl(Night(warnings='["date-ahead: published x (y) is 720 h after the capture"]'))
    assert [one for one in told if one.kind == "dating"] == []
