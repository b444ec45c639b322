"""The quarter of issue 6: nothing that happened is missing, nothing that did not is told.

``python -m tests.quarter FOLDER --form full`` lives through all ninety nights and prints the table.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .audit import check_archive, find_silent_histories, write_report
from .judge import judge_changes, judge_health
from .live import live
from .quarters import make_brief


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_a_relaunch_a_captcha_week_a_merger_and_a_crash(tmp_path: Path) -> None:
    """Nineteen nights of four papers: each trouble is told in its first night under its kind, and
    no more once it is mended; no sound night is an alarm, no change is invented, and what is told
    of edits, removals, returns and moves has its class and date. One edit in fifty may be lost
    between two layouts; the archive is whole and comes out of its files again."""
    lived = live(tmp_path / "archive", make_brief())
    changes, health = judge_changes(lived), judge_health(lived)
    assert health.notes == [], health.tell()
    assert changes.missing == [] and changes.count("invented") == 0, changes.notes
    lost = changes.count("wrong") + changes.count("missed")
    assert lost * 50 <= changes.count("happened"), changes.notes
    check_archive(lived)
    assert find_silent_histories(lived) == []
    said = Path(write_report(lived)).read_text(encoding="utf-8")
    assert "What broke, and when" in said and "came back as captcha" in said
