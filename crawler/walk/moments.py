"""Dates as lists and articles write them, made comparable: an instant, or a day of the paper."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from crawler.read.dates import parse_date

When = datetime | date
"""An aware instant, or a day in the paper's own time zone."""


def read_moment(raw: str | None, zone: tzinfo) -> When | None:
    """Return what a date as written means; None where it is none.

    A time without an offset is the paper's own.
    """
    if not raw:
        return None
    moment = parse_date(raw)
    if moment is None:
        return None
    if moment.clock is None:
        return moment.day
    try:
        return datetime.fromisoformat(moment.format(zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the year 1 in an offset, and its like
        return None


def is_after(claim: When, instant: datetime, zone: tzinfo) -> bool:
    """Say whether a list's date lies after an instant; a day, whether it is a later day."""
    if isinstance(claim, datetime):
        return claim > instant
    return claim > instant.astimezone(zone).date()


def is_settled(claim: When, instant: datetime, zone: tzinfo) -> bool:
    """Say whether a change after ``instant`` would show as another date than ``claim``.

    A list that writes days only says nothing of a second change on the same day.
    """
    if isinstance(claim, datetime):
        return claim <= instant
    return claim < instant.astimezone(zone).date()


def begin_of(claim: When, zone: tzinfo) -> datetime:
    """Return the first instant that a date may mean."""
    if isinstance(claim, datetime):
        return claim
    return datetime.combine(claim, time(), zone).astimezone(UTC)


def end_of(claim: When, zone: tzinfo) -> datetime:
    """Return the last instant that a date may mean."""
    if isinstance(claim, datetime):
        return claim
    return datetime.combine(claim + timedelta(days=1), time(), zone).astimezone(UTC)
