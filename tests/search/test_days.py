"""Days as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.days import DayError, Days, parse


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        (" 2024-06-28 ", date(2024, 6, 28), date(2024, 6, 28)),
    ],
)
def test_a_year_a_month_a_day(typed: str, first: date, last: date) -> None:
    """Each form is the range of its days, leap years included."""
    assert parse(typed) == Days(first, last)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "24", "28/6/2024", "2024-6", "2024-13", "2024-02-30", "2023-02-29", "0000"),
        *("2024-00", "2024-06-00", "2024-06-28T00:00", "20240628", "٢٠٢٤", "-2024", "2024-"),
        "hôm nay",
    ],
)
def test_what_is_no_day_is_told_with_a_remedy(typed: str) -> None:
    """Anything else is an error that ends with the forms one can write."""
    with pytest.raises(DayError, match="write a year, a month or a day, as in 2024, 2024-06 or"):
        parse(typed)


@given(st.dates())
def test_every_day_is_within_its_month_and_year(day: date) -> None:
    """A day lies in the range of its month, and that in the range of its year."""
    text = day.isoformat()
    own, month, year = parse(text), parse(text[:7]), parse(text[:4])
    assert year.first <= month.first <= own.first == day == own.last <= month.last <= year.last


@given(st.text(max_size=12))
def test_any_text_is_days_or_an_error(text: str) -> None:
    """No other exception comes out, and a range is never upside down."""
    try:
        days = parse(text)
    except DayError:
        return
    assert days.first <= days.last
