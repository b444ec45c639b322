"""Visiting hours: at which times of its own day a paper may be asked.

    "22:00-05:30"   from ten in the evening to half past five the next morning
    "00:00-24:00"   always, which is what no hours at all mean too

Hours are the paper's own wall clock. On the day on which summer time begins a window may be an
hour shorter, on the day on which it ends an hour longer; a bound that does not exist on the one
day is an hour later by the new time, as zoneinfo reads it. Rejected: hours in UTC (an operator
thinks "at night", the year round) and cron's five fields (nobody wants the first Monday).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo

_WINDOW = re.compile(r"([01]\d|2[0-4]):([0-5]\d)\s*-\s*([01]\d|2[0-4]):([0-5]\d)")
_DAY = 24 * 60

Window = tuple[int, int]
"""Minutes from midnight; the second is smaller where the window goes over midnight."""


def read_window(text: str) -> Window:
    """Return the window that ``text`` means. Raises ValueError for what is none."""
    found = _WINDOW.fullmatch(text.strip())
    if found is None:
        raise ValueError(f'must be hours as in "22:00-05:30", found {text!r}')
    begin, end = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if max(begin, end) > _DAY or begin == end:
        raise ValueError(f'must be hours that differ, up to "24:00", found {text!r}')
    return begin % _DAY, end


def find_closing(hours: Sequence[str], now: datetime, zone: tzinfo) -> datetime | None:
    """Return until when a paper may be asked if it may be at ``now``, else None.

    Without hours: a day later. ``now`` is aware; so is the answer, in UTC. Windows that touch or
    overlap count as one, as far as a day goes.
    """
    if not hours:
        return now + timedelta(days=1)
    spans = sorted(_list_spans(hours, now, zone))
    closing = None
    for begin, end in spans:
        if begin <= (closing or now) < end:
            closing = end
    return closing


def find_opening(hours: Sequence[str], now: datetime, zone: tzinfo) -> datetime:
    """Return when a paper may be asked next: ``now`` if it may be at once."""
    if find_closing(hours, now, zone) is not None:
        return now
    return min(begin for begin, _ in _list_spans(hours, now, zone) if begin > now)


def _list_spans(
    hours: Sequence[str], now: datetime, zone: tzinfo
) -> list[tuple[datetime, datetime]]:
    """Return the windows of the days around an instant, in UTC."""
    today = now.astimezone(zone).date()
    spans = []
    for text in hours:
        begin, end = read_window(text)
        for ahead in (-1, 0, 1, 2):
            day = datetime.combine(today + timedelta(days=ahead), time(), zone)
            last = end if end > begin else end + _DAY
            spans.append((_put(day, begin), _put(day, last)))
    return spans


def _put(midnight: datetime, minutes: int) -> datetime:
    """Return the instant of a wall clock time: arithmetic within a zone is on the wall clock."""
    return (midnight + timedelta(minutes=minutes)).astimezone(UTC)
