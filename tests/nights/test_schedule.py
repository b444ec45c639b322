"""Which papers a run takes, in which order, in which hours: clocks, zones, failures, shares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.clock import find_clock
from archive.door import UsageError
from crawler.budget import make_budget
from crawler.rhythm import name_log, read_rhythm
from crawler.schedule import (
    FAILED_LATELY,
    VISITED,
    Past,
    Visit,
    find_due,
    list_due,
    plan_visits,
    rank_past,
)
from spiders.hours import find_closing, find_opening, read_window
from spiders.site import Site
from tests.nights.ledger import DAY, SITE, Ledger

HANOI, BERLIN = ZoneInfo("Asia/Ho_Chi_Minh"), ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
EVERY = timedelta(hours=24)
T = datetime(2026, 3, 2, 20, 15, tzinfo=UTC)  # 03:15 in Hanoi


def make_site(key: str, hours: str = "") -> Site:
    """Return a paper of a profile's text."""
    from spiders import profile

    words = (
        f'home = "https://{key}.test/"\ntimezone = "Asia/Ho_Chi_Minh"\n[manners]\nhours = [{hours}]'
    )
    return Site(key, profile.load(words))


def due_after(*outcomes: str | None, at: datetime = T, quiet: int = 3) -> timedelta:
    """Return how long after the last visit a paper is due."""
    past = Past(at, outcomes)
    return find_due(past, at + timedelta(seconds=1), EVERY, quiet, HANOI) - at


def test_a_paper_is_visited_at_its_quiet_hour() -> None:
    """Once a day; a visit in the afternoon is followed by one in the night, and then by none
    before the next night."""
    assert due_after("finished") == timedelta(hours=23, minutes=30)  # 02:45, cron may be early
    assert due_after("finished", at=T + 11 * HOUR) == timedelta(hours=12, minutes=45)  # 03:00
    assert due_after("finished", at=T + 20 * HOUR) == timedelta(hours=23, minutes=30)


def test_failures_are_tried_again_earlier_and_then_less() -> None:
    """An hour, two, four ... up to a day; being refused is an answer; the unfinished are due."""
    waits = [due_after(*["unreachable"] * n) for n in (1, 2, 3, 4, 5, 6, 300)]
    assert [round(wait / HOUR) for wait in waits] == [1, 2, 4, 8, 16, 24, 24]
    assert min(due_after("blocked"), due_after("walled")) > 20 * HOUR < due_after("refused")
    for outcome in ("capped", "interrupted", "storage", None):
        assert due_after(outcome) == timedelta(0)


def test_a_visit_in_the_future_was_a_wrong_clock() -> None:
    """A machine that once lived in 2030 does not leave its papers alone until then."""
    assert find_due(Past(T + 1500 * DAY, ("finished",)), T, EVERY, 3, HANOI) <= T


def test_the_order_of_a_run() -> None:
    """Failed lately, visited (the longest ago first), unfinished, never visited, always failing."""
    ranks = [
        rank_past(Past(T, outcomes))
        for outcomes in (
            ("unreachable", "finished"),
            ("finished", "unreachable"),
            ("capped",),
            ("unreachable",) * 3,
        )
    ]
    assert ranks == [0, 1, 2, 4]


def test_plans_come_from_the_index_alone() -> None:
    """A paper crawled last night, one never crawled, one outside its hours: what is due now."""
    ledger = Ledger()
    ledger.add_crawls(3)
    sites = [make_site(SITE), make_site("fresh"), make_site("shut", '"22:00-02:00"')]

    def due_at(now: datetime, **hours: tuple[str, ...]) -> list[str]:
        visits = plan_visits(ledger.db, sites, now, every=EVERY, hours=hours)
        return [visit.key for visit in list_due(visits, now, every=EVERY, rhythm=None)]

    assert due_at(ledger.night(2) + HOUR) == ["fresh"]
    assert due_at(ledger.night(3)) == [SITE, "fresh"]
    assert due_at(ledger.night(3), shut=("00:00-24:00",)) == [SITE, "fresh", "shut"]
    assert due_at(ledger.night(3) - 2 * HOUR) == ["fresh", "shut"], "01:00 in Hanoi"


def test_a_run_once_a_day_leaves_no_paper_out(tmp_path: Path) -> None:
    """What was late last night is due an hour after tonight's run, and is its all the same; a run
    every hour leaves it to a later one, and what gave no answer waits for its time."""
    now = datetime(2026, 3, 4, 20, tzinfo=UTC)
    late = Visit("late", now + HOUR, VISITED, now - 22 * HOUR, now + DAY)
    failed = Visit("failed", now + HOUR, FAILED_LATELY, now - HOUR, now + DAY)
    shut = Visit("shut", now + HOUR, VISITED, now - 22 * HOUR, None)

    def list_keys(*starts: datetime) -> list[str]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for start in starts:
            (folder / name_log(start)).touch()
        (folder / "run-notes.txt").touch()
        rhythm = read_rhythm(folder, now)
        due = list_due([late, failed, shut], now, every=EVERY, rhythm=rhythm)
        return [visit.key for visit in due]

    assert list_keys(*(now - night * DAY for night in range(6))) == ["late"]
    assert list_keys(now - DAY, now - 23 * HOUR, now - 2 * DAY, now - 3 * DAY, now) == ["late"]
    assert list_keys(*(now - number * HOUR for number in range(40))) == []
    assert list_keys() == list_keys(now) == []
    assert read_rhythm(tmp_path / "none", now) is None


def test_the_quiet_hour_is_learned() -> None:
    """A paper that publishes at night is visited at noon."""
    ledger = Ledger()
    ledger.add_crawls(3)
    for number in range(48):
        hour = number % 12 if number % 12 < 11 else 20
        ledger.add_article(f"http://p/{number}.html", [], night=0)
        ledger.db.execute(
            "UPDATE articles SET date_published = ?, date_precision = 'minute' WHERE id = ?",
            (f"2026-03-02T{hour:02}:10:00+07:00", number + 1),
        )
    (visit,) = plan_visits(ledger.db, [make_site(SITE)], ledger.night(2), every=EVERY, hours={})
    assert (
        visit.due_at.astimezone(HANOI).hour in (0, 23) or visit.due_at.astimezone(HANOI).hour >= 12
    )


@pytest.mark.parametrize(
    "text", ["22:00", "22-05", "25:00-01:00", "10:00-10:00", "24:30-01:00", ""]
)
def test_windows_that_are_none(text: str) -> None:
    """Wrong hours are an error that says how they look."""
    with pytest.raises(ValueError, match="hours"):
        read_window(text)


def test_hours_over_midnight_and_side_by_side() -> None:
    """A window may go over midnight; two that touch are one."""
    night = datetime(2026, 3, 2, 23, tzinfo=HANOI)
    assert find_closing(["22:00-05:30"], night, HANOI) == datetime(2026, 3, 3, 5, 30, tzinfo=HANOI)
    both = ["22:00-24:00", "00:00-05:30"]
    assert find_closing(both, night, HANOI) == find_closing(["22:00-05:30"], night, HANOI)
    noon = datetime(2026, 3, 2, 12, tzinfo=HANOI)
    assert find_closing(both, noon, HANOI) is None
    assert find_opening(both, noon, HANOI) == datetime(2026, 3, 2, 22, tzinfo=HANOI)


def test_hours_on_the_days_on_which_the_clock_changes() -> None:
    """Summer time: the night of March 29 has an hour less, that of October 25 one more; 02:30
    does not exist on the first and is there twice on the second."""
    window = ["01:00-04:00"]
    for day, hours in (("2026-03-29", 2), ("2026-03-30", 3), ("2026-10-25", 4)):
        begin = datetime.fromisoformat(f"{day}T01:00:00").replace(tzinfo=BERLIN).astimezone(UTC)
        closing = find_closing(window, begin, BERLIN)
        assert closing is not None and closing - begin == hours * HOUR
    for day in ("2026-03-29", "2026-10-25"):
        noon = datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=BERLIN)
        assert find_opening(["02:30-02:45"], noon - 11 * HOUR, BERLIN) < noon


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), st.integers(0, 23))
def test_a_run_every_hour_visits_once_a_day(start: datetime, quiet: int) -> None:
    """Whatever the day and the zone's changes: between two visits lie 11 to 25 hours."""
    last = start.replace(tzinfo=UTC)
    gaps = []
    for _ in range(4):
        due = find_due(Past(last, ("finished",)), last + timedelta(seconds=1), EVERY, quiet, BERLIN)
        late = -(-(due - last) // HOUR) * HOUR
        gaps.append(late)
        last += late
    assert all(11 * HOUR <= gap <= 25 * HOUR for gap in gaps)


def test_shares_of_a_run() -> None:
    """Eight at a time: the 40th paper gets its part of what is left, the last all that is left."""
    now = [0.0]
    budget = make_budget(60, 8, lambda: now[0])
    assert budget.left() == 3580
    assert budget.share(39) == 3580 / 5 and budget.share(7) == budget.share(0) == 3580
    now[0] = 3579
    assert budget.share(39) == 1
    now[0] = 4000
    assert budget.share(0) == 0


def test_a_budget_of_a_minute_ends_within_it() -> None:
    """What is in flight has to end in the minute too; so has a budget of seconds."""
    assert make_budget(1, 8, lambda: 0.0).left() == 40
    assert make_budget(1, 8, lambda: 9.0, begun=0.0).left() == 31, "what went before counts"
    assert make_budget(0.1, 8, lambda: 0.0).left() == pytest.approx(3.6)


def test_the_clock_that_is_handed_in() -> None:
    """KHOBAO_NOW is when a command begins; what is no instant is refused."""
    clock = find_clock({"KHOBAO_NOW": "2026-03-03T03:15:00+07:00"})
    assert timedelta(0) <= clock() - T < timedelta(minutes=1)
    for wrong in ("2026-03-03", "2026-03-03T03:15:00", "tomorrow", "1"):
        with pytest.raises(UsageError, match="2026-11-23T03:15:00"):
            find_clock({"KHOBAO_NOW": wrong})
    assert abs(find_clock({})() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_wrong_instant_is_a_usage_error(tmp_path: Path) -> None:
    """The commands say so with 2 and write nothing."""
    from tests.road.vault import Vault

    vault = Vault(tmp_path / "archive")
    said = vault.run("run", "x", code=2, KHOBAO_NOW="yesterday")
    assert "KHOBAO_NOW" in said and not (vault.root / "index.db").exists()
