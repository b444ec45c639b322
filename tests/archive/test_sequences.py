"""Densities and gaps of ids are told where ids are a count, and only there."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import pytest

from archive.sequences import Numbering, find_sequences

FIRST = date(2026, 1, 1)
Days = Mapping[date, Sequence[int]]


def tell(days: Days, unread: Sequence[int] = ()) -> list[Numbering]:
    """What is told of a paper whose articles have these ids on these days."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, site, identity, published_on)")
    db.execute("CREATE TABLE addresses (site, url, role, article_id)")
    for day, ids in days.items():
        rows = [(f"p:{one}", day.isoformat()) for one in ids]
        db.executemany("INSERT INTO articles VALUES (NULL, 'p', ?, ?)", rows)
    urls = [(f"https://p.test/a-{one}.html",) for one in unread]
    db.executemany("INSERT INTO addresses VALUES ('p', ?, 'article', NULL)", urls)
    return find_sequences(db, "p")


def count_up(
    start: int = 5000, first: date = FIRST, days: int = 30, per_day: int = 12
) -> dict[date, list[int]]:
    """Two thirds of the ids are other content."""
    random, size = Random(start), 3 * per_day
    return {
        first + timedelta(days=n): sorted(
            random.sample(range(start + size * n, start + size * (n + 1)), per_day)
        )
        for n in range(days)
    }


def test_density() -> None:
    """A third of the ids are articles; nothing is thin, no stretch is told."""
    (run,) = tell(count_up())
    assert [day.held for day in run.days] == [12] * 30
    assert 0.3 < run.days[0].usual < 0.42
    assert not run.gaps and not any(day.is_thin for day in run.days)


def test_a_stretch_that_is_missing() -> None:
    """Two days of which nothing is held are one gap, with the articles it usually makes and those
    of them that were announced."""
    days = count_up()
    lost = [days.pop(FIRST + timedelta(days=n)) for n in (10, 11)]
    (run,) = tell(days, unread=lost[0][:5])
    (gap,) = run.gaps
    assert gap.first <= lost[0][0] and lost[1][-1] <= gap.last
    assert 18 < gap.expected < 38 and gap.announced == 5
    assert (gap.after, gap.before) == (FIRST + timedelta(days=9), FIRST + timedelta(days=12))


def test_a_day_of_which_half_is_missing() -> None:
    """A day with its first and last article, and four between, is thin."""
    days = count_up(per_day=30)
    day = FIRST + timedelta(days=4)
    days[day] = [days[day][n] for n in (0, 5, 11, 17, 23, 29)]
    (run,) = tell(days)
    assert [one.day for one in run.days if one.is_thin] == [day]


def test_ids_that_start_again() -> None:
    """A relaunch counts from 1 again: two runs, no gap between them."""
    days = {**count_up(90_000), **count_up(1, FIRST + timedelta(days=30))}
    runs = tell(days)
    assert [len(run.days) for run in runs] == [30, 30]
    assert not any(run.gaps for run in runs)


def test_a_story_dated_anew() -> None:
    """A story of last year under today's date is not of the day's range."""
    days = count_up()
    days[FIRST + timedelta(days=20)].append(12)
    (run,) = tell(days)
    assert run.days[20].first > 5000 and not run.gaps


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({FIRST: [1, 2, 3]}, "fewer"),
        (
            {FIRST + timedelta(days=n): Random(n).sample(range(10**9), 4) for n in range(30)},
            "do not follow",
        ),
        (
            {
                FIRST + timedelta(days=n): [1767200000 + 86400 * n + 7000 * k for k in range(8)]
                for n in range(30)
            },
            "time stamps",
        ),
    ],
)
def test_what_is_no_count(days: Days, why: str) -> None:
    """Too few, random ids and time stamps: nothing is told but why."""
    (run,) = tell(days)
    assert why in run.words and not run.days and not run.gaps
