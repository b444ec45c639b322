"""Dates that hang on the capture: a day and a month, today and yesterday, hours ago."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Article
from crawler.read.article import read_article
from crawler.read.relative import LONGEST, read_relative
from crawler.read.tree import parse_html
from spiders.catalog import generic
from spiders.profile import load
from spiders.site import Site

KYIV = ZoneInfo("Europe/Kyiv")
AT = datetime(2026, 11, 20, 18, 10, tzinfo=UTC).astimezone(KYIV)  # 20:10 there
SITE = Site("p", load('home = "https://p.test/"\nlanguage = "uk"\ntimezone = "Europe/Kyiv"\n'))
READ = {
    "Вчора, 05:18": "2026-11-19T05:18:00+02:00",
    "Сьогодні, 14:10": "2026-11-20T14:10:00+02:00",
    "Опубліковано: Вчора, 05:18": "2026-11-19T05:18:00+02:00",
    "17 листопада, 14:10": "2026-11-17T14:10:00+02:00",
    "20 November, 2:10 pm": "2026-11-20T14:10:00+02:00",
    "November 20, 2:10 pm": "2026-11-20T14:10:00+02:00",
    "dimanche 15 novembre, 14h10": "2026-11-15T14:10:00+02:00",
    "Posted today, 9 a.m.": "2026-11-20T09:00:00+02:00",
    "Hôm qua, 14:10": "2026-11-19T14:10:00+02:00",
    "ngày 20 tháng 11, 14:10": "2026-11-20T14:10:00+02:00",
    "17.11., 14:10 Uhr": "2026-11-17T14:10:00+02:00",
    "今天14:10": "2026-11-20T14:10:00+02:00",
    "11月20日 14:10": "2026-11-20T14:10:00+02:00",
    "오늘 오후 2:10": "2026-11-20T14:10:00+02:00",
    "۱۳:۳۵ - ۲۸ آبان": "2026-11-19T13:35:00+02:00",
    "امروز ۱۳:۳۵": "2026-11-20T13:35:00+02:00",
    "१९ नवंबर, 14:10": "2026-11-19T14:10:00+02:00",
    "21 November": "2025-11-21",
    "29 February": "2024-02-29",
    "3 години тому": "2026-11-20",
    "vor 20 Minuten": "2026-11-20",
}


@pytest.mark.parametrize(("line", "value"), READ.items())
def test_a_line_is_dated_by_the_capture(line: str, value: str) -> None:
    """The last such day that is no day to come; hours ago have the precision of a day."""
    found = read_relative(line, AT)
    assert found is not None and found.format(KYIV) == value


@pytest.mark.parametrize(
    "line",
    ("Сегодня, 23:59", "today", "2 days ago", "19 hours ago", "Updated today 14:10", "Chapter 3",
     "Вчора, 05:18 219 переглядів", "4/5 2:10 pm", "कल, 14:10", "20 November 14", "5 comments",
     "Today the council met at 14:10 in the hall"),
)  # fmt: skip
def test_what_may_be_two_days_or_none_is_left(line: str) -> None:
    """A time to come, two possible days, two orders, other words and other figures."""
    assert read_relative(line, AT.replace(hour=19 if "19" in line else 20)) is None


@given(st.text(max_size=LONGEST + 5), st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1)))
def test_no_line_breaks_it_nor_lies_ahead(line: str, at: datetime) -> None:
    """Any text at any instant: a moment that is not after the capture, or nothing."""
    found = read_relative(line, at.replace(tzinfo=KYIV))
    assert found is None or found.day <= (at + timedelta(days=1)).date()


@given(st.dates(date(2024, 3, 1), date(2026, 11, 20)), st.sampled_from(("%d %B", "%B %d")))
def test_a_day_has_the_last_year_it_can_have(day: date, form: str) -> None:
    """Written without its year it comes back as the latest such day."""
    found = read_relative(f"{day.strftime(form)}, 14:10", AT)
    assert found is not None and (found.day.month, found.day.day) == (day.month, day.day)
    later = found.day + timedelta(days=366)
    assert found.day >= day and later > AT.date()


def read_page(body: str, at: datetime = AT, site: Site = SITE) -> tuple[Article, tuple[str, ...]]:
    """The article of a page captured at an instant."""
    tree, _ = parse_html(f"<html><body>{body}</body></html>")
    assert tree is not None
    url = "https://p.test/news/14392-title"
    article, warnings = read_article(tree, url=url, site=site, html="", captured_at=at)
    assert article is not None
    return article, warnings


HEAD = "<h1>Поліція пояснила затримку з укриттям</h1>"
WORDS = "Рада ухвалила рішення про ремонт дороги до села. " * 3
STORY = f"<div class=tx><p>{WORDS}</p></div>" * 3
FOOT = "<footer>© 2013-2026</footer>"


def test_the_line_below_the_headline_is_read_by_the_capture() -> None:
    """Beside views and an author, in an element of its own; another night gives the same."""
    line = "<div class=inf><span class=dt>Вчора, 05:18</span> <i>219 переглядів</i> А Б</div>"
    article, warnings = read_page(f"{HEAD}{line}{STORY}{FOOT}")
    assert article.published is not None
    assert article.published.value == "2026-11-19T05:18:00+02:00"
    assert article.published.source == "seen, by the capture"
    assert not [words for words in warnings if words.startswith("date-")]
    later, _ = read_page(f"{HEAD}{line}{STORY}{FOOT}", AT + timedelta(days=2))
    assert later.published is not None and later.published.value[:10] == "2026-11-21"


def test_a_box_of_what_is_read_most_dates_nothing() -> None:
    """Its "today" stands behind the story; the year of a copyright line is no date either."""
    box = "<aside><ul><li><a href=/news/1>Інше</a> <span>Сьогодні, 14:10</span></li></ul></aside>"
    article, warnings = read_page(f"{box}{HEAD}{STORY}{box}{FOOT}")
    assert article.published is None, warnings


def test_a_clock_nobody_knows_is_said() -> None:
    """Where the paper's zone is unknown, its today may be another day: a warning says so."""
    line = "<div class=inf><span class=dt>Today, 05:18</span></div>"
    article, warnings = read_page(
        f"<h1>Council delays the bridge again</h1>{line}{STORY}", AT, generic("p.test")
    )
    assert article.published is not None
    assert any(words.startswith("date-offset") for words in warnings)
