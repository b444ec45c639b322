"""What a crawl counts of its readings."""

from __future__ import annotations

from archive.records import Reading
from crawler.walk.tally import Tally


def test_what_a_wall_lacks_is_not_counted() -> None:
    """The profile's places match nothing on a captcha: that says nothing of the paper's layout."""
    tally = Tally()
    lacks = ("profile-body: div.bai match nothing",)
    tally.note_reading(
        Reading("article", "quarantined", "t", "p", warnings=lacks, impostor="captcha")
    )
    assert (tally.warnings.total(), tally.impostors) == (0, {"captcha": 1})
    tally.note_reading(Reading("article", "ok", "t", "p", warnings=(*lacks, *lacks)))
    assert tally.warnings == {"profile-body": 2}


def test_a_challenge_is_no_page() -> None:
    """202 on all that was asked is a firewall's challenge: blocked, like 403, not unreachable."""
    tally = Tally()
    tally.statuses["202"] = 3
    assert tally.judge() == "blocked"
    tally.answers = 1
    assert tally.judge() is None
