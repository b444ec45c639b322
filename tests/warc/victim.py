"""A process that writes WARC files, says what it has synced, and dies where it is told to.

``victim.py ROOT STEP NUMBER``: SIGKILL to itself when STEP is done for the NUMBER-th time;
``torn`` dies inside a write; ``never`` writes until somebody else kills it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import uuid
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from warc.samples import INFO, make_exchange

from archive.lock import Lock
from archive.warc.compose import compose
from archive.warc.disk import OsDisk
from archive.warc.recovery import recover
from archive.warc.writer import Writer


def die() -> None:
    """Leave without a word, as kill -9 makes one leave."""
    os.kill(os.getpid(), signal.SIGKILL)


class TearingDisk(OsDisk):
    """Dies half way through the n-th write."""

    def __init__(self, number: int) -> None:
        self.left = number

    def write(self, handle: int, data: memoryview, offset: int) -> int:
        self.left -= 1
        if self.left == 0:
            super().write(handle, data[: len(data) // 2], offset)
            die()
        return super().write(handle, data, offset)


def main(root: Path, step: str, number: int) -> None:
    """Write, sync, roll over; tell each synced place on stdout as one JSON line."""
    met = 0

    def count(name: str) -> None:
        nonlocal met
        met += name == step
        if name == step and met == number:
            die()

    with Lock(root):
        recover(root)
        writer = Writer(
            root,
            "gazette",
            now=lambda: datetime.now(UTC),
            new_id=lambda: uuid.uuid4().urn,
            host="box",
            info=INFO,
            max_size=6000,
            disk=TearingDisk(number) if step == "torn" else None,
            step=count,
        )
        for page in range(10**9 if step == "never" else 40):
            exchange = make_exchange(f"/{page}", f"bài số {page} " * 50)
            places = writer.write(compose(exchange, new_id=lambda: uuid.uuid4().urn))
            if page % 3 == 2:
                writer.sync()
                print(json.dumps([asdict(place) for place in places]), flush=True)
        writer.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
