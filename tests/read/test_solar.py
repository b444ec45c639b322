"""The Solar Hijri calendar: its days, its forms in dates, and what is no date of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.read.dates import parse_date
from crawler.read.solar import FIRST, LAST, make_solar_day
from crawler.read.words import fold as read_fold
from tests.read.test_article import find_article

KNOWN = {
    (1357, 11, 22): date(1979, 2, 11),
    (1375, 12, 30): date(1997, 3, 20),
    (1399, 12, 30): date(2021, 3, 20),
    (1400, 1, 1): date(2021, 3, 21),
    (1403, 12, 30): date(2025, 3, 20),
    (1405, 1, 1): date(2026, 3, 21),
    (1405, 8, 28): date(2026, 11, 19),
}


@pytest.mark.parametrize(("solar", "day"), KNOWN.items())
def test_days_are_those_that_calendars_print(solar: tuple[int, int, int], day: date) -> None:
    """Days of history and of leap years, as printed calendars have them."""
    assert make_solar_day(*solar) == day


@given(st.integers(FIRST, LAST - 1))
def test_a_year_has_all_its_days_once(year: int) -> None:
    """Each day of a year follows the one before; the next year begins where it ends."""
    days = [make_solar_day(year, m, d) for m in range(1, 13) for d in range(1, 32)]
    there = [day for day in days if day is not None]
    assert there == [there[0] + timedelta(days=n) for n in range(len(there))]
    assert make_solar_day(year + 1, 1, 1) == there[-1] + timedelta(days=1)


@pytest.mark.parametrize(
    "raw",
    [
        "۱۳:۳۵ - ۲۸ آبان ۱۴۰۵",
        "تاریخ انتشار: پنجشنبه ۲۸ آبان ۱۴۰۵ ساعت ۱۳:۳۵",
        "1405/08/28 13:35",
        "۱۴۰۵-۰۸-۲۸، ۱۳:۳۵",
        "۲۸ عقرب ۱۴۰۵ - ۱۳:۳۵",
        "28 آبان ماه 1405 | 13:35",
    ],
)
def test_dates_of_iran_and_afghanistan_are_read(raw: str) -> None:
    """Day, month's name and year, or year first in figures; the clock before or behind."""
    moment = parse_date(raw)
    assert moment is not None and moment.clock is not None
    assert (moment.day, moment.clock.hour, moment.clock.minute) == (date(2026, 11, 19), 13, 35)


def test_arabic_keyboards_write_other_letters() -> None:
    """Yeh and kaf of Arabic in the names of Persian months."""
    moment = parse_date("۵ فروردين ۱۴۰۵")
    assert moment is not None and moment.day == date(2026, 3, 25)


@pytest.mark.parametrize(
    "raw", ["1447/05/28", "١٤٤٧/٠٥/٢٨", "14050828", "1405/13/28", "1405/12/30"]
)
def test_other_figures_are_no_solar_dates(raw: str) -> None:
    """Years of the lunar calendar, numbers without signs, days that there are not."""
    assert parse_date(raw) is None


PERSIAN = """<html lang=fa><head><title>پل تازه می‌شود</title>
<meta name=keywords content="گردشگری، عشایر؛ پل"><meta property=og:type content=article></head>
<body><article><h1>پل تازه می‌شود\u200b</h1><p class=date>۱۳:۳۵ - ۲۸ آبان ۱۴۰۵</p>
<p>{text}</p><p>{text}</p><p>{text}</p></article></body></html>"""


def test_a_persian_page_keeps_its_half_spaces_and_parts_its_tags() -> None:
    """U+200C between letters is spelling, a zero-width space is nothing; ، and ؛ part keywords."""
    text = "علی‌محمد گفت که پل تازه از هفته آینده باز می‌شود و مردم شهر از آن می‌گذرند. " * 3
    article = find_article(PERSIAN.format(text=text))
    assert article.title == "پل تازه می‌شود"
    assert article.tags == ("گردشگری", "عشایر", "پل")
    assert "علی‌محمد" in article.text
    assert article.published is not None and article.published.value.startswith("2026-11-19T13:35")


def test_a_half_space_between_other_letters_is_nothing() -> None:
    """Vietnamese pages have it by mistake."""
    assert read_fold("Lào\u200c Cai \u200cmới") == "Lào Cai mới"
