"""How much, how long and how slowly a server may send before we stop listening.

Whatever came until then is kept: a limit ends an exchange, it never erases one. The clock is the
monotonic one, so a changed wall clock neither ends nor prolongs a download. The rate is judged in
windows that follow each other, not as a sliding mean: two numbers to hold, and a server that
drips is ended after one window at the earliest and two at the latest.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds, rate in bytes a second."""

    header: int = 64 * 1024  # one response head, all 1xx answers together, or all trailers
    body: int = 20_000_000  # on the wire, chunk framing included
    deadline: float = 180.0  # from the call to the last byte, dialling included
    connect: float = 10.0  # for each address of a name, and for each TLS handshake
    stagger: float = 0.25  # before the next address is tried too (RFC 8305, 8)
    rate: float = 100.0  # floor once the head has come; 0 switches it off
    window: float = 30.0  # over which the rate is averaged


class Watch:
    """The time limits of one exchange. It holds no clock: it is told the time."""

    def __init__(self, limits: Limits, started: float, deadline: float | None = None) -> None:
        self._limits = limits
        self._ends = started + (limits.deadline if deadline is None else deadline)
        self._window_start: float | None = None
        self._window_bytes = 0

    def begin_body(self, now: float, received: int) -> None:
        """The head is whole: from here on the rate counts."""
        self._window_start = now
        self._window_bytes = received

    def is_over(self, now: float, received: int) -> bool:
        """True when the deadline has passed or the window just ended was too slow."""
        if now >= self._ends:
            return True
        if self._window_start is None or now < self._window_start + self._limits.window:
            return False
        elapsed = now - self._window_start
        slow = received - self._window_bytes < self._limits.rate * elapsed
        self.begin_body(now, received)
        return slow

    def remaining(self, now: float) -> float:
        """Seconds until ``is_over`` has to be asked again."""
        until = self._ends - now
        if self._window_start is not None:
            until = min(until, self._window_start + self._limits.window - now)
        return max(until, 0.0)
