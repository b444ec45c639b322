"""One reading worker as the pool sees it: started, asked, ended.

Decision: asyncio's own subprocess calls, which work under plain asyncio and under Twisted's
asyncio reactor alike (tests/read/test_pool.py runs both). concurrent.futures was rejected: its
process pool is broken for good once one worker is killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crawler.read.frames import HEAD, MAX_REPLY, pack, unpack_reply
from crawler.read.page import Page
from crawler.read.template import NONE, Template
from spiders.site import Site

ROOT = Path(__file__).parents[2]  # where the package `crawler` lies
START_SECONDS = 600.0  # imports take 0.8 s of CPU; beside others at load 18 that was over a minute


class WorkerDied(Exception):
    """The worker's pipe broke or what it sent is no reading; `end` says how it ended."""


class PoolError(RuntimeError):
    """Reading cannot go on at all; the message ends with the remedy."""


@dataclass(slots=True, eq=False)
class Worker:
    """A started process and what it has been told."""

    process: Process
    known: set[str] = field(default_factory=set)  # digests of the sites and templates it holds
    pages: int = 0

    async def ask(self, page: Page, site: Site, template: Template | None = NONE) -> Any:
        """Send one page and return the reply; raises WorkerDied.

        Site and template are sent once. Without a template (None) the reply is the page's lines.
        """
        stdin = self.process.stdin
        assert stdin is not None
        named: list[tuple[str, object]] = [(f"{site.key} {site.digest}", site)]
        if template is not None:
            named.append((f"template {template.digest}", template))
        news = {
            name: pickle.dumps(one, protocol=5) for name, one in named if name not in self.known
        }
        try:
            stdin.write(pack((page, tuple(name for name, _ in named), news)))
            await stdin.drain()
        except ConnectionError as error:
            raise WorkerDied(str(error)) from error
        self.known.update(news)
        self.pages += 1
        return await self.receive()

    async def receive(self) -> Any:
        """Return the next message of the worker; raises WorkerDied."""
        stdout = self.process.stdout
        assert stdout is not None
        try:
            (length,) = HEAD.unpack(await stdout.readexactly(HEAD.size))
            if length > MAX_REPLY:
                raise WorkerDied(f"a reply of {length} bytes")
            return unpack_reply(await stdout.readexactly(length))
        except (asyncio.IncompleteReadError, ConnectionError, pickle.UnpicklingError) as error:
            raise WorkerDied(str(error)) from error

    def cpu_seconds(self) -> float:
        """Return the CPU the process has used; 0 when it has ended (proc(5), fields 14 and 15)."""
        fields = self._read_stat()
        if not fields:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def is_waiting(self) -> bool:
        """Whether the process could go on but for the CPU or the disk (proc(5), field 3)."""
        return self._read_stat()[:1] in (["R"], ["D"])

    def _read_stat(self) -> list[str]:
        """Return the fields of proc(5) from the third on; none when the process has ended."""
        try:
            text = Path(f"/proc/{self.process.pid}/stat").read_text()
        except OSError:
            return []
        return text.rpartition(")")[2].split()  # a name may hold spaces

    async def end(self) -> int:
        """Kill the process if it runs, wait for it, and return its exit status.

        `os.kill` and not `Process.kill`: that one asks waitpid(2) first, and where it meets a
        process that has just ended, asyncio's own wait finds nothing and reports status 255
        (measured on Python 3.11: 3 of 400 by `kill`, 0 of 400 by `os.kill`).
        """
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):  # it ended by itself a moment ago
                os.kill(self.process.pid, signal.SIGKILL)
        return await self.process.wait()


async def start_worker(cpu_seconds: float, memory_bytes: int) -> Worker:
    """Start a worker and wait until its imports are done; raises PoolError."""
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    limits = (str(os.getpid()), str(cpu_seconds), str(memory_bytes))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "crawler.read.worker", *limits),
        stdin=PIPE,
        stdout=PIPE,
        env={**os.environ, "PYTHONPATH": path},
    )
    worker = Worker(process)
    try:
        async with asyncio.timeout(START_SECONDS):
            await worker.receive()
    except (WorkerDied, TimeoutError) as error:
        status = await worker.end()
        raise PoolError(
            f"a reading worker ended with status {status} before its first page; "
            f"run `{sys.executable} -m crawler.read.worker 0 15 {memory_bytes}` to see why"
        ) from error
    except BaseException:
        await worker.end()
        raise
    return worker
