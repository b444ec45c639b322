"""The time of a run, shared among papers: each may take what is left, evenly, and no more.

With 40 papers to go, eight at a time and 50 minutes left, a paper has 10 minutes; one that needs a
minute leaves nine to the others. So a paper that drips, or one of 100,000 pages that is crawled for
the first time, ends capped and goes on the next night. Rejected: equal shares laid down at the
start (most papers need a minute, the time would stand idle) and no shares (eight dripping servers
would take the night of all others).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

RESERVE = 20.0  # seconds in which what is in flight ends, all is committed and told
LEAST = 5.0  # seconds of a share, where there is time left at all


@dataclass(frozen=True, slots=True)
class Budget:
    """``ends`` on the monotonic clock: when nothing may be asked any more."""

    ends: float
    at_once: int
    clock: Callable[[], float]

    def left(self) -> float:
        """Return the seconds in which something may still be asked."""
        return max(0.0, self.ends - self.clock())

    def share(self, waiting: int) -> float:
        """Return the seconds of a paper that starts now, with ``waiting`` more to come."""
        left = self.left()
        return min(left, max(LEAST, left / math.ceil((waiting + 1) / self.at_once)))


def make_budget(
    minutes: float, at_once: int, clock: Callable[[], float], begun: float | None = None
) -> Budget:
    """Return a budget that ends ``minutes`` after ``begun`` (now), everything put away by then."""
    seconds = minutes * 60
    start = clock() if begun is None else begun
    return Budget(start + max(seconds - RESERVE, seconds * 0.6), at_once, clock)
