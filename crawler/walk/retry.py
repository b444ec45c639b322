"""Which failures are asked again in the same run, and when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from archive.index.frontier import Task
from archive.instants import to_text
from archive.records import Capture, Exchange

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
WAITS = (timedelta(seconds=5), timedelta(seconds=60))  # before the second and the third try
LONGEST = timedelta(minutes=10)  # a longer Retry-After is left to the next run
NEVER = frozenset({"address", "dns"})  # asking again within minutes does not change these


def judge(capture: Capture, exchange: Exchange, task: Task, now: datetime) -> str | None:
    """Return the instant before which not to ask again, or None when the task is settled.

    Retry-After (RFC 9110, 10.2.3) is obeyed up to ten minutes.
    """
    failed = capture.status is None and capture.failure not in NEVER
    if not (failed or capture.status in AGAIN) or task.tries >= len(WAITS):
        return None
    wait = read_wait(exchange, now) or WAITS[task.tries]
    return None if wait > LONGEST else to_text(now + wait)


def read_wait(exchange: Exchange, now: datetime) -> timedelta | None:
    """Return how long Retry-After asks to wait, or None where it is absent or unreadable."""
    for name, value in exchange.headers:
        if name.lower() != "retry-after":
            continue
        if value.strip().isdigit():
            return timedelta(seconds=int(value.strip()))
        try:
            instant = parsedate_to_datetime(value)
        except ValueError:
            return None
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return max(aware - now, timedelta(0))
    return None
