"""No page stops the crawl: what breaks a limit is ended, said, and the next page is read."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.records import Reading
from crawler.read import pool as pools
from crawler.read.extractor import name_extractor
from crawler.read.frames import pack, unpack_reply
from crawler.read.page import Page
from crawler.read.pool import Pool
from crawler.read.process import PoolError, Worker
from crawler.read.template import NONE, Template
from spiders.site import Site
from tests.read.bombs import BOMBS, MIB
from tests.read.samples import HOME, PLAIN, TEXT, make_page, make_site
from tests.scorecard.plugin import Tally

ROOT = Path(__file__).parents[2]
TITLE = "Nậm Lúc được mùa lúa sớm sau trận lũ"
SOUND = make_page(
    f"<html><head><title>{TITLE}</title><meta property='og:type' content='article'></head><body>"
    f"<article><h1>{TITLE}</h1><p>{TEXT}</p><p>{TEXT[:200]}</p></article></body></html>"
)
HEAVY = BOMBS["attributes on one tag"]
ENDED = {"ok", "timeout", "crashed", "too-large", "not-text", "undecodable", "empty", "cut"}


def read_all(pages: list[Page], **limits: float) -> list[Reading]:
    """Read pages one after another with one worker."""

    async def run() -> list[Reading]:
        pool = Pool(1, **limits)  # type: ignore[arg-type]
        try:
            return [await pool.read(page, PLAIN) for page in pages]
        finally:
            await pool.close()

    return asyncio.run(run())


def test_reading_in_a_worker_is_the_reading() -> None:
    """A pool gives what `read` gives in the same process, links and article alike."""
    from crawler.read.reader import read

    assert read_all([SOUND, SOUND]) == [read(SOUND, PLAIN)] * 2
    article = read(SOUND, PLAIN).article
    assert article is not None and article.title == TITLE


def test_cpu_limit_ends_a_page_and_not_the_pool() -> None:
    """A page that needs more CPU than allowed is a timeout; the next page is read."""
    slow, sound = read_all([HEAVY(1.0), SOUND], cpu_seconds=1)
    assert slow.status == "timeout"
    assert slow.warnings == ("reading-timeout: 1 s of CPU",)
    assert (slow.role, slow.profile, slow.extractor) == ("article", PLAIN.digest, name_extractor())
    assert sound.status == "ok" and sound.article is not None


def test_wall_limit_is_the_second_net() -> None:
    """A page that takes too long by the clock is a timeout too."""
    slow, sound = read_all([HEAVY(1.0), SOUND], wall_seconds=0.5)
    assert slow.warnings[0].startswith("reading-timeout: 0.5 s of wall time")
    assert sound.status == "ok"


def test_memory_limit_ends_a_page_and_not_the_pool() -> None:
    """A page that needs more memory than allowed is a crash that names the limit."""
    big, sound = read_all([BOMBS["many tag names"](1.0), SOUND], memory_bytes=24 * MIB)
    assert big.status == "crashed"
    assert big.warnings == (f"reading-crashed: {24 * MIB} bytes of memory",)
    assert sound.status == "ok"


def test_a_worker_that_is_shot_reads_again() -> None:
    """A worker killed from outside costs nothing: the page is read on a fresh one."""

    async def run() -> Reading:
        pool = Pool(1)
        await pool.read(SOUND, PLAIN)
        os.kill(pool._idle[0].process.pid, signal.SIGKILL)
        reading = await pool.read(SOUND, PLAIN)
        await pool.close()
        return reading

    assert asyncio.run(run()).status == "ok"


def test_a_page_that_kills_twice_is_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that dies of the page on two attempts makes a crash with its exit status."""

    async def ask(self: Worker, *_job: object) -> object:
        os.kill(self.process.pid, signal.SIGSEGV)
        return await self.receive()

    monkeypatch.setattr(Worker, "ask", ask)
    (reading,) = read_all([SOUND])
    assert reading.status == "crashed"
    assert reading.warnings == ("reading-crashed: worker ended with status -11",)


def test_readings_name_their_template() -> None:
    """Every reading names the digest of its template; without a template the page's lines come
    back, none of a page that breaks a limit."""
    template = Template("0123456789abcdef", frozenset(("x",)))

    async def run() -> tuple[list[Reading], list[int]]:
        pool = Pool(1, cpu_seconds=1)
        try:
            readings = [await pool.read(SOUND, PLAIN, one) for one in (template, template, NONE)]
            lines = [await pool.list_lines(page, PLAIN) for page in (SOUND, HEAVY(1.0))]
            return readings, list(map(len, lines))
        finally:
            await pool.close()

    readings, lines = asyncio.run(run())
    assert [one.template for one in readings] == [template.digest, template.digest, None]
    assert lines[0] > 0 and lines[1] == 0


def test_callers_wait_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many callers share few workers, and every one gets its own page's reading. A second worker
    starts when a page has waited for as long as that takes, not before."""

    async def run(patience: float) -> tuple[list[Reading], int]:
        monkeypatch.setattr(pools, "PATIENCE", patience)
        pool = Pool(2)
        pages = [
            make_page(f"<a href='/a-b-c-post{n}.html'>t</a>", "home", url=HOME) for n in range(30)
        ]
        readings = await asyncio.gather(*(pool.read(page, make_site()) for page in pages))
        count = len(pool._idle)
        await pool.close()
        return readings, count

    for patience, started in ((60.0, 1), (0.0, 2)):
        readings, workers = asyncio.run(run(patience))
        urls = [f"{HOME}a-b-c-post{n}.html" for n in range(30)]
        assert [r.links[0].url for r in readings] == urls
        assert workers == started


def test_a_cancelled_read_frees_its_place() -> None:
    """Cancelling a caller ends the worker it waited for, and the pool reads on."""

    async def run() -> str:
        pool = Pool(1)
        await pool.read(SOUND, PLAIN)
        (worker,) = pool._idle
        task = asyncio.create_task(pool.read(HEAVY(1.0), PLAIN))
        while not pool._busy:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert worker.process.returncode == -signal.SIGKILL
        status = (await pool.read(SOUND, PLAIN)).status
        await pool.close()
        return status

    assert asyncio.run(run()) == "ok"


def test_workers_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its share of pages a worker ends, since libxml2 never forgets a name."""
    monkeypatch.setattr(pools, "PAGES_A_WORKER", 2)

    async def run() -> list[int]:
        pool = Pool(1)
        seen = []
        for _ in range(3):
            await pool.read(SOUND, PLAIN)
            seen += [worker.process.pid for worker in pool._idle]
        await pool.close()
        return seen

    first, second = asyncio.run(run())
    assert first != second


def test_a_closed_pool_refuses() -> None:
    """After close, reading is an error that says what to do, and no worker is left."""

    async def run() -> int | None:
        pool = Pool(1)
        await pool.read(SOUND, PLAIN)
        (worker,) = pool._idle
        await pool.close()
        with pytest.raises(PoolError, match="make a new Pool"):
            await pool.read(SOUND, PLAIN)
        return worker.process.returncode

    assert asyncio.run(run()) == -signal.SIGKILL


def test_a_pool_without_workers_is_refused() -> None:
    """Nought workers would wait for ever."""
    with pytest.raises(ValueError, match="at least 1"):
        Pool(0)


def test_a_worker_that_cannot_start_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is told with the command that shows why, not as a crashed page."""
    monkeypatch.setenv("PYTHONHOME", "/nonexistent")
    with pytest.raises(PoolError, match="to see why"):
        read_all([SOUND])


def test_replies_are_only_readings() -> None:
    """What a worker sends cannot name anything but a Reading's parts."""
    with pytest.raises(Exception, match="refused"):
        unpack_reply(pack(os.system)[4:])


TWISTED = """
import sys
from twisted.internet import asyncioreactor
asyncioreactor.install()
from twisted.internet import defer, reactor, task
import asyncio
from crawler.read.pool import Pool
from tests.read.test_pool import HEAVY, PLAIN, SOUND

async def read():
    pool = Pool(2, cpu_seconds=1)
    pages = (SOUND, HEAVY(1.0), SOUND)
    readings = await asyncio.gather(*(pool.read(page, PLAIN) for page in pages))
    await pool.close()
    print(*(reading.status for reading in readings))

task.react(lambda _: defer.Deferred.fromFuture(asyncio.ensure_future(read())))
"""


def test_under_twisted() -> None:
    """The pool works, kills and replaces under Twisted's asyncio reactor."""
    done = subprocess.run(
        [sys.executable, "-c", TWISTED], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["ok", "timeout", "ok"], done.stderr


ORPHAN = """
import asyncio, os, sys
from crawler.read.pool import Pool
from tests.read.test_pool import HEAVY, PLAIN, SOUND

async def read():
    pool = Pool(1)
    await pool.read(SOUND, PLAIN)
    print(pool._idle[0].process.pid, flush=True)
    await pool.read(HEAVY(1.0), PLAIN)

asyncio.run(read())
"""


def test_workers_die_with_the_parent() -> None:
    """A crawl that is shot leaves no worker behind, not even one in the middle of a page."""
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and is_running(pid):
        os.sched_yield()
    assert not is_running(pid)


def test_ctrl_c_is_the_parents_business() -> None:
    """A worker in the terminal's process group outlives SIGINT and SIGTERM."""

    async def run() -> tuple[int, int]:
        pool = Pool(1)
        await pool.read(SOUND, PLAIN)
        (worker,) = pool._idle
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(worker.process.pid, number)
        await pool.read(SOUND, PLAIN)
        (after,) = pool._idle
        await pool.close()
        return worker.process.pid, after.process.pid

    before, after = asyncio.run(run())
    assert before == after


def is_running(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def spent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list that takes the seconds of CPU that a worker spends on each page."""
    seconds: list[float] = []
    ask = Worker.ask

    async def count(self: Worker, page: Page, site: Site, template: Template | None) -> object:
        before = self.cpu_seconds()
        try:
            return await ask(self, page, site, template)
        finally:
            seconds.append(self.cpu_seconds() - before)  # less than 0: it has gone, with its limit

    monkeypatch.setattr(Worker, "ask", count)
    return seconds


def read_bombs(pages: list[Page], spent: list[float], tally: Tally, cpu_seconds: float) -> None:
    """Read bombs, each in a row with a sound page, and check that every one ended."""
    readings = read_all([*pages, SOUND], cpu_seconds=cpu_seconds)
    used = [seconds if seconds >= 0 else cpu_seconds for seconds in spent]
    stopped = int(readings[-1].article is None)
    tally(bombs=len(pages), stopped=stopped, cpu_s_max=round(max(used), 1))
    assert {reading.status for reading in readings} <= ENDED
    assert max(used) <= cpu_seconds + 0.5
    assert "root:" not in str(readings)
    assert readings[-1].status == "ok" and not stopped


@pytest.mark.row(14)
def test_every_bomb_in_small(spent: list[float], tally: Tally) -> None:
    """Every kind of bomb ends in a reading, in small form and with 1 s of CPU each."""
    assert len(BOMBS) >= 23
    read_bombs([bomb(0.005) for bomb in BOMBS.values()], spent, tally, 1.0)


@pytest.mark.slow
@pytest.mark.row(14)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", BOMBS)
def test_every_bomb(name: str, spent: list[float], tally: Tally) -> None:
    """Every bomb in full ends within its CPU limit, and the next page is read."""
    read_bombs([BOMBS[name](1.0)], spent, tally, 15.0)
