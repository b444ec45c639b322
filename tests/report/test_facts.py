"""What is gathered: bands, days nobody looked at, intervals, Retry-After, the disk, pauses."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.completeness import count_span, keep_ledger
from archive.health import find_problems
from archive.report.advice import advise
from archive.report.facts import PaperFacts, gather
from archive.report.faults import Fault, split
from archive.report.manners import find_pause
from archive.report.room import Room
from archive.report.tongue import Tongue
from archive.report.volume import WEEKS, judge_day
from tests.report.conftest import FREE, NOW, Printed
from tests.report.press import LOST

TUESDAY = date(2026, 6, 30)


def paper_of(printed: Printed, site: str) -> PaperFacts:
    """One paper's facts."""
    return next(paper for paper in printed.facts.papers if paper.paper.site == site)


def weeks_of(*numbers: int) -> Counter[date]:
    """So many articles one week before TUESDAY, two weeks before ..."""
    return Counter({TUESDAY - timedelta(weeks=n): x for n, x in enumerate(numbers, 1)})


def test_band_of_a_steady_paper_is_narrow() -> None:
    """Twenty articles each Tuesday: none is below the band, twenty are in it."""
    begun = TUESDAY - timedelta(weeks=WEEKS)
    day = judge_day(TUESDAY, weeks_of(*[20] * 8), "whole", begun)
    assert (day.low, day.usual, day.high, day.verdict) == (11, 20, 29, "below")


def test_one_feast_does_not_move_the_band() -> None:
    """A Tuesday without articles among eight leaves the band as it is, as a mean would not."""
    begun = TUESDAY - timedelta(weeks=WEEKS)
    with_feast = judge_day(TUESDAY, weeks_of(20, 20, 0, 20, 20, 20, 20, 20), "whole", begun)
    assert (with_feast.low, with_feast.high) == (11, 29)


def test_no_band_before_three_weeks() -> None:
    """Two earlier Tuesdays are no habit; Tuesdays before the first crawl do not count."""
    numbers = weeks_of(20, 20, 20, 20)
    day = judge_day(TUESDAY, numbers, "whole", TUESDAY - timedelta(weeks=2))
    assert day.low is None and day.verdict == ""


@given(st.lists(st.integers(0, 400), min_size=3, max_size=8))
def test_band_holds_the_usual_number(numbers: list[int]) -> None:
    """Whatever the weeks before: 0 <= low <= usual <= high."""
    day = judge_day(TUESDAY, weeks_of(*numbers), "whole", TUESDAY - timedelta(weeks=WEEKS))
    assert day.low is not None and day.usual is not None and day.high is not None
    assert 0 <= day.low <= day.usual <= day.high


def test_days_nobody_looked_at_are_no_zeros(printed: Printed) -> None:
    """The paper that was not crawled for six days has unknown days and no day below its band."""
    days = paper_of(printed, "dong").volume.days
    assert [day.state for day in days[-7:]] == ["open", *["unknown"] * 6]
    assert not any(day.verdict for day in days)


@pytest.mark.parametrize(("outcome", "seen"), [("finished", "open"), ("walled", "unknown")])
def test_a_crawl_that_was_shut_out_has_not_looked(
    printed: Printed, outcome: str, seen: str
) -> None:
    """A day ends for the report with a crawl that was let in."""
    db = sqlite3.connect(":memory:")
    printed.db.backup(db)
    db.execute(
        "UPDATE crawls SET outcome = ? WHERE rowid IN (SELECT rowid FROM crawls "
        "WHERE site = 'dong' ORDER BY started_at DESC LIMIT 1)",
        (outcome,),
    )
    facts = gather(db, printed.root, NOW + timedelta(days=1), free_bytes=FREE)
    days = next(one for one in facts.papers if one.paper.site == "dong").volume.days
    assert days[-8].state == seen
    db.close()


def test_silent_days_are_below(printed: Printed) -> None:
    """The paper that lost its list is below its band on the three days since."""
    below = [day.day.isoformat() for day in paper_of(printed, "nui").volume.days if day.verdict]
    assert below == ["2026-06-28", "2026-06-29", "2026-06-30"]


def test_articles_are_counted_once_under_the_papers_own_day(printed: Printed) -> None:
    """The sum of the days is the number of articles published in them."""
    span = printed.facts.span
    for paper in printed.facts.papers:
        (number,) = printed.db.execute(
            "SELECT count(*) FROM articles WHERE site = ? AND published_on BETWEEN ? AND ?",
            (paper.paper.site, span.since.isoformat(), span.until.isoformat()),
        ).fetchone()
        assert paper.volume.total == number > 0


def test_broken_papers_come_first_with_their_remedy(printed: Printed) -> None:
    """The lost list and the pause are faults; the larger paper stands first."""
    assert [paper.paper.site for paper in printed.facts.broken] == ["nui", "dong"]
    words, _, remedy = LOST.partition(": ")
    assert Fault(words, remedy) in paper_of(printed, "nui").faults
    assert paper_of(printed, "dong").faults[0].words == "it was not crawled for 6 days"


def test_a_paper_that_could_not_be_crawled_is_told_once(printed: Printed) -> None:
    """By what its last crawl said of it; papers of which the same is said share a step."""
    said = "not crawled: robots.txt forbids it: ask the paper for permission"
    db = sqlite3.connect(":memory:")
    printed.db.backup(db)
    db.execute(
        "UPDATE crawls SET outcome = 'refused', problems = ? WHERE rowid IN "
        "(SELECT rowid FROM crawls c WHERE started_at = (SELECT max(started_at) FROM crawls l "
        "WHERE l.site = c.site))",
        (json.dumps([said]),),
    )
    facts = gather(db, printed.root, NOW, free_bytes=FREE)
    health = [find_problems(db, paper.paper.site, NOW) for paper in facts.papers]
    db.close()
    steps = [step for step in advise(facts, Tongue("en")) if step.words.startswith(said[:11])]
    assert len(steps) == 1 and steps[0].paper.count(", ") == len(facts.papers) - 1
    assert not any("ended as" in step.words for step in advise(facts, Tongue("en")))
    assert [found.kind for told in health for found in told] == ["uncrawled"] * len(facts.papers)


def test_problems_are_split_at_the_end_of_a_known_sentence() -> None:
    """A colon within the words is none before the remedy."""
    words = "3 of 9 article pages came back as captcha: nothing on them was read or followed"
    assert split(f"{words}: ask less often") == Fault(words, "ask less often")
    assert split("something: new: here") == Fault("something", "new: here")
    assert split("no remedy") == Fault("no remedy", "")


def test_intervals_are_those_between_requests(printed: Printed) -> None:
    """Requests were made 1.0 to 1.6 s apart, and so it is told."""
    manners = paper_of(printed, "nui").manners
    assert manners.shortest is not None and manners.usual is not None
    assert 1.0 <= manners.shortest <= manners.usual <= 1.6
    assert manners.refused == 60 and manners.busy == 0


@pytest.mark.parametrize(("site", "kept", "waited"), [("suoi", True, 10), ("bien", False, 2)])
def test_retry_after_is_read_from_the_warc(
    printed: Printed, site: str, kept: bool, waited: int
) -> None:
    """Who was asked again 10 s after "8 seconds" was left in peace; after 2 s it was not."""
    for asked in paper_of(printed, site).manners.asked:
        assert asked.wait == timedelta(seconds=8) and asked.kept is kept
        assert asked.waited is not None and waited <= asked.waited.total_seconds() < waited + 2


@pytest.mark.parametrize(
    ("starts", "waited"),
    [
        ([], None),
        ([9.0, 10.0], 9.0),
        ([0.1, 8.4, 9.0], 8.4),  # one was under way
        ([0.1, 0.3, 1.9, 10.0], 10.0),  # three were
        ([2.0, 3.0, 4.0], 2.0),
        ([n * 1.5 for n in range(1, 40)], 1.5),
        ([*(n * 0.1 for n in range(1, 30)), 20.0], 0.1),  # too many to have been under way
    ],
)
def test_requests_under_way_are_not_impatient(starts: list[float], waited: float | None) -> None:
    """Where several requests are made at once, those that began before the answer with
    "Retry-After: 8" came could not wait for it; who asks on without a pause did not."""
    later = [NOW + timedelta(seconds=start) for start in starts]
    found = find_pause(NOW, later, timedelta(seconds=8))
    assert found == (None if waited is None else timedelta(seconds=waited))


def test_disk_is_full_when_growth_says() -> None:
    """10 GB free at 1 GB a day, index included, last ten days."""
    growth = tuple((TUESDAY - timedelta(days=n), 800) for n in range(9, -1, -1))
    room = Room(8_000, 10, 2_000, 10_000, growth, {})
    assert room.a_day == 1_000
    assert room.find_end(TUESDAY) == TUESDAY + timedelta(days=10)


def test_growth_of_too_few_days_is_not_told() -> None:
    """Two nights say nothing of a year."""
    growth = ((TUESDAY - timedelta(days=1), 800), (TUESDAY, 800))
    room = Room(1_600, 2, 400, 10_000, growth, {})
    assert room.a_day is None and room.find_end(TUESDAY) is None


def test_growth_is_what_lies_on_the_disk(printed: Printed) -> None:
    """The bytes of the days are those of the files, since all were written in these days."""
    room = printed.facts.room
    assert sum(number for _, number in room.growth) == room.warc_bytes == sum(room.by_site.values())


def test_same_archive_and_instant_give_the_same_facts(printed: Printed) -> None:
    """Gathered twice, the facts are equal."""
    assert gather(printed.db, printed.root, NOW, free_bytes=FREE) == printed.facts


def test_a_report_of_the_past_knows_no_future(printed: Printed) -> None:
    """Ten nights earlier the list was not lost yet, and nothing later is counted."""
    past = gather(printed.db, printed.root, NOW - timedelta(days=10), free_bytes=FREE)
    assert not past.broken
    assert past.span.until == printed.facts.span.until - timedelta(days=10)
    assert all(len(paper.nights.crawls) <= 20 for paper in past.papers)
    seen = [paper.freshness.seen_at for paper in past.papers]
    assert all(at is not None and at <= past.span.now for at in seen)


def test_an_empty_archive_has_a_report(printed: Printed) -> None:
    """Without papers there is nothing wrong, and no day is asked for."""
    facts = replace(printed.facts, papers=())
    assert facts.broken == ()


@pytest.mark.parametrize("back", [1, 7, 20, 29])
def test_the_short_way_to_completeness_counts_the_same(printed: Printed, back: int) -> None:
    """Looking at the report's days alone gives the sum of the whole ledger."""
    until = printed.facts.span.until
    since = until - timedelta(days=back)
    for paper in printed.facts.papers:
        short = count_span(printed.db, paper.paper.site, since, until)
        assert short == keep_ledger(printed.db, paper.paper.site, since, until).total
