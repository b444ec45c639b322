"""Wake up when a Watch has to be asked, and ring when it says that the time is over.

The timer only wakes; the verdict is the injected clock's. So a test advances its own clock and
fires its own timer, and nothing waits for real seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from crawler.wire.limits import Watch


class Timer(Protocol):
    """What ``call_later`` gives back."""

    def cancel(self) -> None: ...


CallLater = Callable[[float, Callable[[], None]], Timer]
"""(seconds, call) -> Timer; the loop's own by default."""


class Alarm:
    """Armed when made; rings at most once; ``cancel`` it in any case."""

    def __init__(
        self,
        watch: Watch,
        monotonic: Callable[[], float],
        call_later: CallLater,
        received: Callable[[], int],
        ring: Callable[[], None],
    ) -> None:
        self._watch = watch
        self._monotonic = monotonic
        self._call_later = call_later
        self._received = received
        self._ring = ring
        self._timer = self._arm()

    def cancel(self) -> None:
        """Never ring."""
        self._timer.cancel()

    def reset(self) -> None:
        """The watch has something new to look for: ask it when it has to be asked again."""
        self._timer.cancel()
        self._timer = self._arm()

    def _arm(self) -> Timer:
        return self._call_later(self._watch.remaining(self._monotonic()), self._check)

    def _check(self) -> None:
        if self._watch.is_over(self._monotonic(), self._received()):
            self._ring()
        else:
            self._timer = self._arm()
