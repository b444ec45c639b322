"""Ctrl-C while the command line is still being imported: 130 and no word, as it is later.

Importing takes a second, on a busy machine several: whoever thought better of it in that time got
a traceback out of some library. Rejected: SIG_DFL (a shell's loop over papers would end with it,
and its code is none of ours); a try around the imports (libraries catch KeyboardInterrupt too).
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Let SIGINT end the process with 130 inside; where it is ignored (nohup) it stays so."""
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.default_int_handler:
        yield
        return
    signal.signal(signal.SIGINT, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _leave(*_: object) -> None:
    os._exit(130)
