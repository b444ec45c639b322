"""A worker that stands still is not the page's fault: the page is read again on a fresh one."""

from __future__ import annotations

import asyncio
import os
import signal

from archive.records import Reading
from crawler.read.pool import Pool
from tests.read.samples import PLAIN
from tests.read.test_pool import HEAVY, SOUND


async def _read_stopped(pool: Pool) -> Reading:
    """Read a page on a worker that was stopped like a machine's processes when it sleeps."""
    await pool.read(SOUND, PLAIN)
    os.kill(pool._idle[0].process.pid, signal.SIGSTOP)
    try:
        return await pool.read(SOUND, PLAIN)
    finally:
        await pool.close()


def test_a_page_on_a_stopped_worker_is_read_again() -> None:
    """A wall timeout in which the worker used no CPU costs time and no reading."""
    reading = asyncio.run(_read_stopped(Pool(1, wall_seconds=4.0)))
    assert (reading.status, reading.warnings) == ("ok", ())


def test_a_busy_page_says_how_much_cpu_it_had() -> None:
    """A page that computes through its wall time is a timeout that names the CPU it used."""

    async def run() -> Reading:
        pool = Pool(1, wall_seconds=0.5)
        try:
            return await pool.read(HEAVY(1.0), PLAIN)
        finally:
            await pool.close()

    (warning,) = asyncio.run(run()).warnings
    assert warning.startswith("reading-timeout: 0.5 s of wall time, 0.")
    assert warning.endswith(" s of them on the CPU")
