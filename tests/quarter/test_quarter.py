"""The quarter of issue 6: nothing that happened is missing, nothing that did not is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from .audit import check_archive, find_silent_histories, find_wrong_words, write_report
from .judge import judge_changes, judge_health
from .live import live
from .quarters import make_full


@pytest.mark.slow
@pytest.mark.timeout(5400)
def test_a_quarter_of_four_papers(tmp_path: Path) -> None:
    """Ninety nights with edits, removals, returns, a relaunch, new addresses, a captcha week, a
    merged domain, outages and two crashes: the ledger has each with its class and date, every
    trouble is told the same night and no sound night is, and the archive is whole."""
    lived = live(tmp_path / "archive", make_full())
    changes, health = judge_changes(lived), judge_health(lived)
    assert changes.notes == [] and changes.missing == [], changes.tell()
    assert health.notes == [], health.tell()
    assert find_wrong_words(lived) == []
    assert find_silent_histories(lived) == []
    check_archive(lived)
    assert Path(write_report(lived)).stat().st_size > 10_000
