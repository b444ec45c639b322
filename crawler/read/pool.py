"""Reads pages in processes that may be killed, so that no page can stop or bloat the crawl.

Limits on one page: CPU seconds (kernel), address space (kernel), wall seconds (here). A worker
that breaks one is ended and replaced; the page gets a Reading that says so, and the capture stays.
What a page may take is CPU: on a machine that had other things to do, 4 s of it took over a minute,
and a removal lost a sign to a wall limit of 60 s. So a worker that runs, or waits for the CPU or
the disk, is waited for up to `wall_seconds`, far away; one that stands still is ended sooner.
Decision: a crash that names no limit is tried once more on a fresh worker, because the kernel's
OOM killer or an operator may have shot an innocent reader; so is a timeout in which the worker
hardly ran (stopped, the machine asleep). Other limits are not retried.
A further worker starts when a page has waited for the others for as long as a start takes: most
nights of a small paper are read by one, in less time than a second one needs to start (measured on
2 busy cores: 0.5 ms a page for the pool and its pipes, 0.8 s of CPU to start a worker).
"""

from __future__ import annotations

import asyncio
import contextlib
import signal

from archive.records import Reading, ReadingStatus
from crawler.read.extractor import name_extractor
from crawler.read.frames import OUT_OF_MEMORY
from crawler.read.page import Page
from crawler.read.process import PoolError, Worker, WorkerDied, start_worker
from crawler.read.template import NONE, Line, Template
from spiders.site import Site

STANDSTILL = 60.0  # seconds after which a worker that neither ran nor waits to is given up
IDLE_SHARE = 0.25  # of the wall time on the CPU; below, it was not the page that took the time
PATIENCE = 0.8  # seconds a page waits, its turn included, before another worker is started
PAGES_A_WORKER = 2000  # libxml2 keeps every tag name it ever met; a new worker forgets them


class Pool:
    """Reads at most `workers` pages at a time; further callers wait.

    `cpu_seconds` and `wall_seconds` are for one page, `memory_bytes` for what a worker may take
    over its imports; `still_seconds` is how long a worker may stand still with a page. Workers
    start when pages wait, and end with `close` or with the parent.
    """

    def __init__(
        self,
        workers: int,
        *,
        cpu_seconds: float = 15.0,
        memory_bytes: int = 2**30,
        wall_seconds: float = 1800.0,
        still_seconds: float = STANDSTILL,
    ) -> None:
        if workers < 1:
            raise ValueError(f"a pool of {workers} workers reads nothing; ask for at least 1")
        self._cpu_seconds = cpu_seconds
        self._memory_bytes = memory_bytes
        self._wall_seconds = wall_seconds
        self._still_seconds = min(still_seconds, wall_seconds)
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._starting = 0
        self._started = 0.0  # when the last start ended, on the loop's clock
        self._freed = asyncio.Event()
        self._turns = asyncio.Semaphore(workers)
        self._closed = False

    async def read(self, page: Page, site: Site, template: Template = NONE) -> Reading:
        """Return what `page` says; a page that breaks a limit gives a Reading with that status.

        `template`: the lines that the site's pages share. Raises PoolError when the pool is closed
        or no worker can be started.
        """
        reply = await self._ask(page, site, template)
        assert isinstance(reply, Reading)
        return reply

    async def list_lines(self, page: Page, site: Site) -> tuple[Line, ...]:
        """Return the lines of a page's text that a template may be learned from; none of a page
        that breaks a limit. Raises PoolError as `read` does."""
        reply = await self._ask(page, site, None)
        return () if isinstance(reply, Reading) else reply

    async def _ask(
        self, page: Page, site: Site, template: Template | None
    ) -> Reading | tuple[Line, ...]:
        asked = asyncio.get_running_loop().time()
        async with self._turns:
            await self._await_worker(asked)
            reply, crash = await self._attempt(page, site, template)
            if crash:
                reply, _ = await self._attempt(page, site, template)
            return reply

    async def close(self) -> None:
        """End all workers; pages being read are given up with PoolError."""
        self._closed = True
        workers = [*self._idle, *self._busy]
        self._idle.clear()
        self._freed.set()
        await asyncio.gather(*(worker.end() for worker in workers))

    async def _attempt(
        self, page: Page, site: Site, template: Template | None
    ) -> tuple[Reading | tuple[Line, ...], bool]:
        """Read once; the flag says that nothing we know of the page explains the failure."""
        worker = await self._take()
        before, began = worker.cpu_seconds(), asyncio.get_running_loop().time()
        try:
            reply = await self._wait_for(worker, page, site, template)
        except TimeoutError:
            used = worker.cpu_seconds() - before
            await self._drop(worker)
            took = min(asyncio.get_running_loop().time() - began, self._wall_seconds)
            limit = f"{round(took, 1):g} s of wall time, {used:.1f} s of them on the CPU"
            return self._fail(page, site, "timeout", limit), used < took * IDLE_SHARE
        except WorkerDied:
            return self._explain(page, site, await self._drop(worker))
        except BaseException:  # cancelled: what the worker is doing is of no use any more
            await self._drop(worker)
            raise
        await self._put_back(worker)
        return reply, False

    async def _wait_for(
        self, worker: Worker, page: Page, site: Site, template: Template | None
    ) -> Reading | tuple[Line, ...]:
        """Ask a worker and wait for its reply; TimeoutError when it takes too long, or stands
        still from one look to the next."""
        asking = asyncio.ensure_future(worker.ask(page, site, template))
        try:
            async with asyncio.timeout(self._wall_seconds):
                used = worker.cpu_seconds()
                while not (await asyncio.wait((asking,), timeout=self._still_seconds))[0]:
                    before, used = used, worker.cpu_seconds()
                    if used <= before and not worker.is_waiting():
                        raise TimeoutError
                reply: Reading | tuple[Line, ...] = await asking
                return reply
        finally:
            asking.cancel()

    async def _take(self) -> Worker:
        if self._closed:
            raise PoolError("the reading pool is closed; make a new Pool to read on")
        if self._idle:
            worker = self._idle.pop()
        else:
            worker = await self._start()
        self._busy.add(worker)
        if self._closed:
            await self._drop(worker)
            raise PoolError("the reading pool was closed while a worker started")
        return worker

    async def _await_worker(self, asked: float) -> None:
        """Wait until a worker is idle, or one has to be started for a page asked for then."""
        while self._starting and not (self._idle or self._closed):
            await self._wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(max(asked, self._started) + PATIENCE):
                while self._busy and not (self._idle or self._closed):
                    await self._wait()

    async def _wait(self) -> None:
        self._freed.clear()
        await self._freed.wait()

    async def _start(self) -> Worker:
        """Start a worker, again where the first was killed from outside before its first page."""
        self._starting += 1
        try:
            return await start_worker(self._cpu_seconds, self._memory_bytes)
        except PoolError:
            if self._closed:
                raise
            return await start_worker(self._cpu_seconds, self._memory_bytes)
        finally:
            self._starting -= 1
            self._started = asyncio.get_running_loop().time()
            self._freed.set()

    async def _put_back(self, worker: Worker) -> None:
        if worker.pages >= PAGES_A_WORKER:
            await self._drop(worker)
        elif not self._closed:
            self._busy.discard(worker)
            self._idle.append(worker)
            self._freed.set()

    async def _drop(self, worker: Worker) -> int:
        status = await worker.end()
        self._busy.discard(worker)
        self._freed.set()
        return status

    def _explain(self, page: Page, site: Site, status: int) -> tuple[Reading, bool]:
        """Return the reading for a worker that ended with `status`, and whether to try again."""
        if self._closed:
            raise PoolError("the reading pool was closed while a page was being read")
        if status in (-signal.SIGPROF, -signal.SIGXCPU):
            limit = f"{self._cpu_seconds:g} s of CPU"
            return self._fail(page, site, "timeout", limit), False
        if status == OUT_OF_MEMORY:
            limit = f"{self._memory_bytes} bytes of memory"
            return self._fail(page, site, "crashed", limit), False
        return self._fail(page, site, "crashed", f"worker ended with status {status}"), True

    def _fail(self, page: Page, site: Site, status: ReadingStatus, words: str) -> Reading:
        code = "reading-timeout" if status == "timeout" else "reading-crashed"
        return Reading(
            role=page.role,
            status=status,
            extractor=name_extractor(),
            profile=site.digest,
            warnings=(f"{code}: {words}",),
        )
