"""A worker that stands still is not the page's fault: the page is read again on a fresh one."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys

from archive.records import Reading
from crawler.read.page import Page
from crawler.read.pool import Pool
from tests.read.samples import PLAIN
from tests.read.test_pool import HEAVY, SOUND

STILL = 0.5  # seconds from one look at a worker to the next


async def _read_stopped(pool: Pool) -> Reading:
    """Read a page on a worker that was stopped like a machine's processes when it sleeps."""
    await pool.read(SOUND, PLAIN)
    os.kill(pool._idle[0].process.pid, signal.SIGSTOP)
    try:
        return await pool.read(SOUND, PLAIN)
    finally:
        await pool.close()


def test_a_page_on_a_stopped_worker_is_read_again() -> None:
    """A worker that stands still costs time and no reading."""
    reading = asyncio.run(_read_stopped(Pool(1, still_seconds=1.0)))
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


async def _starve(pool: Pool, page: Page) -> tuple[Reading, bool]:
    """Read a page on a worker that another process keeps from the CPU for three looks; return the
    reading, and whether the same worker is still there."""
    await pool.read(SOUND, PLAIN)
    pid, cpu = pool._idle[0].process.pid, min(os.sched_getaffinity(0))
    spin = f"import os; os.sched_setaffinity(0, [{cpu}]); print(flush=True)\nwhile True: pass"
    other = subprocess.Popen([sys.executable, "-c", spin], stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None and other.stdout.readline()
        os.sched_setaffinity(pid, [cpu])
        os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))
        reading = asyncio.ensure_future(pool.read(page, PLAIN))
        await asyncio.wait((reading,), timeout=3.5 * STILL)
        os.sched_setscheduler(other.pid, os.SCHED_IDLE, os.sched_param(0))
        other.kill()
        return await reading, [worker.process.pid for worker in pool._idle] == [pid]
    finally:
        other.kill()
        other.communicate()
        await pool.close()


def test_a_page_on_a_starved_worker_is_waited_for() -> None:
    """A worker that waits for the CPU is no timeout, however long it takes by the clock: the page
    is read, and by the worker that began."""
    reading, same = asyncio.run(_starve(Pool(1, still_seconds=STILL), HEAVY(0.1)))
    assert (reading.status, same) == ("ok", True), reading.warnings


def test_a_page_on_a_starved_worker_is_ended_by_its_cpu() -> None:
    """A pathological page on a starved worker ends too, when its CPU is used up."""
    pool = Pool(1, cpu_seconds=0.6, still_seconds=STILL)
    reading, _ = asyncio.run(_starve(pool, HEAVY(1.0)))
    assert reading.warnings == ("reading-timeout: 0.6 s of CPU",)
