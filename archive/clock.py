"""Which clock a command goes by: the machine's, or for simulations the one of KHOBAO_NOW.

``KHOBAO_NOW`` is an instant (RFC 3339, with its offset). It is when the command begins; from there
the clock runs on as real time does, so that waits, batches and the order of captures stay what
they are. Rejected: a clock that stands still (a retry would wait for ever), and an option of each
command (a simulated month would have to know which commands look at the clock).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from archive.door import UsageError

NAME = "KHOBAO_NOW"


def read_start(environ: Mapping[str, str]) -> datetime | None:
    """Return the instant at which a simulated clock begins, None for the machine's clock.

    Raises UsageError for what is no instant with an offset: a run that took it for "now" would
    write false dates into the archive.
    """
    text = environ.get(NAME, "").strip()
    if not text:
        return None
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise UsageError(
            f"{NAME} is {text!r}: write an instant with its offset, as in "
            f"{NAME}=2026-11-23T03:15:00+07:00, or unset it"
        )
    return instant.astimezone(UTC)


def make_clock(
    start: datetime | None, monotonic: Callable[[], float] = time.monotonic
) -> Callable[[], datetime]:
    """Return what tells the time: from ``start`` on, or the machine's clock without one."""
    if start is None:
        return lambda: datetime.now(UTC)
    begun = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - begun)


def find_clock(environ: Mapping[str, str]) -> Callable[[], datetime]:
    """Return the clock that the environment asks for. Raises UsageError."""
    return make_clock(read_start(environ))
