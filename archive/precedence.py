"""Who had a story first, as far as the papers' own dates can tell.

A date is a span of time: a second, a minute, or the whole day in the paper's zone where only the
day is printed; and it ends at the latest when we saw the article. First is who begins before any
other ends. Where spans lie over each other several may have been first, and all are named: the
order in which we fetched them says nothing (law 8). Who gives no date is counted apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

EAST, WEST = timedelta(hours=14), timedelta(hours=12)  # where a day begins first, ends last
LENGTHS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Precedence:
    """Ids of articles."""

    order: tuple[int, ...]  # with a date, by the begin of their spans
    first: tuple[int, ...]  # the beginning of those: who may have been first
    undated: tuple[int, ...]


def find_first(members: Iterable[Mapping[str, Any]]) -> Precedence:
    """Return who of some articles was first.

    Each has ``id``, ``date_published``, ``date_precision``, ``first_seen_at`` and ``timezone``.
    """
    spans, undated = [], []
    for member in members:
        span = _measure_span(member)
        if span is None:
            undated.append(int(member["id"]))
        else:
            spans.append((span[0], int(member["id"]), span[1]))
    spans.sort()
    end = min((end for _, _, end in spans), default=datetime.max.replace(tzinfo=UTC))
    order = tuple(number for _, number, _ in spans)
    first = tuple(number for begin, number, _ in spans if begin < end)
    return Precedence(order, first, tuple(sorted(undated)))


def _measure_span(member: Mapping[str, Any]) -> tuple[datetime, datetime] | None:
    """Return the begin and end of a date, in UTC; None without a date that can be read."""
    try:
        written = datetime.fromisoformat(member["date_published"] or "")
        seen = datetime.fromisoformat(member["first_seen_at"])
        begin, end = _widen(written, member["date_precision"], _find_zone(member["timezone"]))
    except (ValueError, OverflowError):  # no date, or one at the ends of the calendar
        return None
    return begin, min(end, seen) if begin < seen else end


def _widen(
    written: datetime, precision: str | None, zone: tzinfo | None
) -> tuple[datetime, datetime]:
    if precision in LENGTHS and written.tzinfo is not None:
        return written.astimezone(UTC), written.astimezone(UTC) + LENGTHS[precision]
    if precision in LENGTHS and zone is not None:
        begin = written.replace(tzinfo=zone).astimezone(UTC)
        return begin, begin + LENGTHS[precision]
    zone = written.tzinfo or zone
    begin = datetime.combine(written.date(), time(), zone or UTC).astimezone(UTC)
    end = begin + timedelta(days=1)
    return (begin, end) if zone else (begin - EAST, end + WEST)


def _find_zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (OSError, ValueError, KeyError):  # a word of a profile that names no zone
        return None
