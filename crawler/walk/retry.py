"""Which failures are asked again in the same run, when, and whom to leave in peace meanwhile.

``Retry-After`` (RFC 9110, 10.2.3) in seconds or as a date. With 429 and 503 it speaks for the
whole host: nothing there is asked before, not even what was handed out already. With a redirect it
speaks for the target alone. It is obeyed up to ten minutes, and told in the log. 429 with a longer
one (RFC 6585, 4: too many requests) leaves the host to the next run, and so does 503 at two
addresses with no other answer between: after the first the host rests for PROBE, then one more
address says whether it is the page or the paper. Rejected: at the first 503, since one broken page
could end the night of a whole paper; never at 503 (a paper that was shut for an hour held all
others up); LONGEST before the second (a front page with 503 and an hour cost a night of
`--minutes 5` all its time, with nothing else to do).
"""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest

from archive.index.frontier import Task
from archive.instants import to_text
from archive.records import Capture, Exchange

logger = logging.getLogger(__name__)

AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
WHOLE = frozenset({200, 203})  # answers that are asked again when they broke off
BUSY = frozenset({429, 503})
TOO_MANY = 429
MOVED = frozenset({301, 302, 303, 307, 308})
WAITS = (timedelta(seconds=5), timedelta(seconds=60))  # before the second and the third try
LONGEST = timedelta(minutes=10)  # a longer Retry-After is left to the next run
PROBE = timedelta(minutes=1)  # before another address is asked after 503 with a longer one
FOREVER = timedelta(days=36_500)
NEVER = frozenset({"address", "dns"})  # asking again within minutes does not change these

_SECONDS = re.compile(r"[0-9]+")  # str.isdigit() is true of "²", int("²") raises


def judge(capture: Capture, exchange: Exchange, task: Task, now: datetime) -> str | None:
    """Return the instant before which not to ask again, or None when the task is settled."""
    failed = capture.status is None and capture.failure not in NEVER
    failed = failed or (capture.truncated == "disconnect" and capture.status in WHOLE)
    if not (failed or capture.status in AGAIN) or task.tries >= len(WAITS):
        return None
    wait = read_wait(exchange, now)
    if wait is None:
        wait = WAITS[task.tries]
    return None if wait > LONGEST else to_text(now + wait)


def read_wait(exchange: Exchange, now: datetime) -> timedelta | None:
    """Return how long Retry-After asks to wait, or None where it is absent or unreadable."""
    for name, value in exchange.headers:
        if name.lower() != "retry-after":
            continue
        text = value.strip(" \t")
        if _SECONDS.fullmatch(text):
            number = text.lstrip("0") or "0"
            return timedelta(seconds=int(number)) if len(number) < 10 else FOREVER
        try:
            instant = parsedate_to_datetime(text)
            aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
            return max(aware - now, timedelta(0))
        except (ValueError, TypeError, IndexError, OverflowError):  # not a date, by any parser
            return None
    return None


class Held(IgnoreRequest):
    """A host asked for time after the request for one of its addresses was handed out."""


class Patience:
    """Until when hosts, and targets of redirects, asked not to be asked."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}  # by "//host:port" or address
        self._closed: set[str] = set()  # hosts that are left to the next run
        self._shut: dict[str, str] = {}  # host -> address of its last answer, a 503 with a long one

    def note(self, exchange: Exchange, target: str | None, now: datetime) -> None:
        """Take over what an answer asks; ``target``: the canonical address it redirects to."""
        host = f"//{urlsplit(exchange.url).netloc}"
        before = self._shut.pop(host, None)
        if exchange.status in BUSY:
            place = host
        elif exchange.status in MOVED and target is not None:
            place = target
        else:
            return
        wait = read_wait(exchange, now)
        if wait is None or not wait:
            return
        if exchange.status in BUSY and wait > LONGEST:
            if exchange.status == TOO_MANY or before not in (None, exchange.url):
                self._closed.add(place)
            self._shut[place] = exchange.url
        is_long = exchange.status in BUSY and wait > LONGEST
        held = PROBE if is_long else min(wait, LONGEST)
        if self._until.get(place, now) < now + held:
            self._until[place] = now + held
            capped = "" if held == wait else f", of {wait.total_seconds():.0f} s asked for"
            seconds = f"{held.total_seconds():.0f} s"
            logger.warning("%s asks for time (Retry-After): waiting %s%s", place, seconds, capped)

    def is_closed(self, url: str) -> bool:
        """Say whether the host of ``url`` asked for more time than a run has."""
        return f"//{urlsplit(url).netloc}" in self._closed

    def find(self, url: str, now: datetime) -> str | None:
        """Return the instant before which not to ask for ``url``, or None."""
        places = (url, f"//{urlsplit(url).netloc}")
        instants = [self._until[place] for place in places if place in self._until]
        latest = max(instants, default=now)
        return to_text(latest) if latest > now else None
