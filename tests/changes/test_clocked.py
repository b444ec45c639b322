"""Dates that are the page's clock, or lie ahead: held in doubt, never in place of a sound one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.index.clocked import AHEAD, CLOCK
from archive.instants import to_text
from archive.records import Article, Date
from crawler.read.published import find_clock
from tests.archive.makers import CRAWL, make_reading
from tests.changes.night import HOST, OLD, TEXTS, Night, live

RIGHT = Date("2026-02-04T06:10:00+07:00", "minute", "04/02/2026 06:10", "meta:x")
STORY = " ".join(f"Câu thứ {n} của bài kể chuyện chợ phiên ở xã Suối Đuống." for n in range(12))


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


def read(night: Night, text: str, published: Date, doubt: str = "", url: str = OLD) -> int | None:
    """Let an address answer with the article, its date in doubt or not."""
    warnings = (f"{doubt}: published {published.value} is odd",) if doubt else ()
    reading = make_reading("Chợ phiên", text, published=published)
    reading = replace(reading, warnings=warnings)
    outcome = night.archive.add(night.keep(url), reading, address=url, identity="suoi:1").outcome
    assert outcome is not None
    return outcome.article_id


def make_clock(night: Night, hours: float = 0) -> Date:
    """Return the present as a page writes it."""
    at = night.clock.at + timedelta(hours=hours)
    return Date(at.isoformat(timespec="seconds"), "second", "x", "meta:x")


def held(night: Night) -> str:
    """Return the date that is held."""
    return str(night.archive.db.execute("SELECT date_published FROM articles").fetchone()[0])


@pytest.mark.parametrize(("doubt", "hours"), [(CLOCK, 0), (AHEAD, 7)])
def test_a_new_articles_doubtful_date_is_mended(night: Night, doubt: str, hours: float) -> None:
    """By the next sound page of the same words, if it differs in the hour alone: the ledger has
    the date that was put right, and no edit of the text."""
    wrong = make_clock(night, hours)
    read(night, TEXTS[0], wrong, doubt)
    assert held(night) == wrong.value
    night.pass_time(24)
    read(night, TEXTS[0], make_clock(night, hours), doubt)  # another instant, no better
    assert held(night) == wrong.value and night.kinds() == []
    night.pass_time(24)
    read(night, TEXTS[0], RIGHT)
    assert held(night) == RIGHT.value and night.kinds() == []  # told when the crawl is over
    end = {"crawl_id": CRAWL, "ended_at": to_text(night.clock.at), "outcome": "finished"}
    night.archive.note("suoi", "crawl-end", {**end, "counts": {}, "problems": []})
    assert night.kinds() == ["cosmetic"]
    (detail,) = night.archive.db.execute("SELECT detail FROM changes").fetchone()
    assert json.loads(detail)["date"] == [[wrong.value, RIGHT.value]]
    night.pass_time(24)
    read(night, TEXTS[0], RIGHT)
    assert night.kinds() == ["cosmetic"]


@pytest.mark.parametrize("text", TEXTS[:2])
def test_a_held_date_outlives_the_clocks_night(night: Night, text: str) -> None:
    """Whether the words were edited that night or not."""
    read(night, TEXTS[0], RIGHT)
    night.pass_time(24)
    read(night, text, make_clock(night), CLOCK)
    night.pass_time(24)
    read(night, text, RIGHT)
    assert held(night) == RIGHT.value
    assert night.kinds() == (["text"] if text != TEXTS[0] else [])


@pytest.mark.parametrize(
    ("text", "kinds"), [(STORY, ["moved"]), (STORY.replace("12", "15")[:-20], ["moved"])]
)
def test_a_merge_after_a_night_of_clocks(night: Night, text: str, kinds: list[str]) -> None:
    """A story that leads to the same headline and words has moved there, whatever the dates."""
    target = f"{HOST}/bien/cho-phien-900.html"
    first = read(night, STORY, make_clock(night), CLOCK)
    night.announce(target)
    night.pass_time(200)
    reading = make_reading(text=text, title="Chợ phiên", published=RIGHT)
    added = night.archive.add(night.keep(target), reading, address=target, identity="bien:900")
    assert added.outcome is not None and added.outcome.article_id != first
    for _ in range(3):
        night.answer(301, OLD, target)
        night.pass_time(24)
    assert night.kinds() == kinds


CAPTURED = datetime(2026, 2, 4, 1, 15, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "precision", "code"),
    [
        ("2026-02-04T08:15:20+07:00", "second", CLOCK),
        ("2026-02-04T08:15:00+07:00", "minute", CLOCK),
        ("2026-02-04T01:16:30+00:00", "minute", CLOCK),
        ("2026-02-04T08:10:00+07:00", "minute", None),
        ("2026-02-04T08:45:00+07:00", "minute", None),
        ("2026-02-04T15:15:00+07:00", "minute", AHEAD),
        ("2026-02-04", "day", None),
        ("2026-02-05", "day", None),
        ("2026-02-04T08:15:20", "second", None),
        ("2026-02", "day", None),
    ],
)
def test_which_dates_are_doubted(value: str, precision: Any, code: str | None) -> None:
    """The instant of the capture, and hours after it; not five minutes before it, nor a day."""
    found = find_clock(Article("t", "x", published=Date(value, precision, value, "x")), CAPTURED)
    assert [words.partition(":")[0] for words in found] == ([code] if code else [])
