"""The quarter of issue 6: nothing that happened is missing, nothing that did not is told.

``python -m tests.quarter FOLDER --form full`` lives through all ninety nights and prints the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .audit import check_archive, find_silent_histories, write_report
from .complete import judge_complete
from .judge import judge_changes, judge_health
from .live import live
from .news import judge_ranges, judge_report
from .quarters import make_brief


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_relaunch_a_captcha_week_a_merger_and_a_crash(tmp_path: Path) -> None:
    """Nineteen nights of four papers: each trouble is told in its first night under its kind, and
    no more once it is mended; no sound night is an alarm, no change is invented, and what is told
    of edits, removals, returns and moves has its class and date. One edit in fifty may be lost
    between two layouts. Each day's articles are counted as they came out, nobody is asked who
    asked for time, the report tells all of it; the archive is whole and comes out of its files
    again."""
    lived = live(tmp_path / "archive", make_brief())
    changes, health = judge_changes(lived), judge_health(lived)
    assert health.notes == [], health.tell()
    assert changes.missing == [] and changes.count("invented") == 0, changes.notes
    lost = changes.count("wrong") + changes.count("missed")
    assert lost * 50 <= changes.count("happened"), changes.notes
    assert judge_complete(lived) == []
    assert judge_ranges(lived) == []
    assert sum(night.hasty for night in lived.nights) == 0, "asked while a paper asked for time"
    check_archive(lived)
    assert find_silent_histories(lived) == []
    assert list(judge_report(lived, Path(write_report(lived)))) == []
