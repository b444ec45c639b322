"""A process that reads pages, one after another, and may be killed at any moment.

    stdin   frames of (page, names, {name: pickle})      stdout   frames of Reading or of lines

The names are those of a site and, if the page is to be read, of a template; what a name stands
for comes once.

Decision: limits are the kernel's (a CPU timer before each page, RLIMIT_AS once), since neither
lxml nor a regular expression can be interrupted from Python: one 340 KiB tag with 40,000
attributes keeps lxml busy for 22 s. The pool starts this file with `python -m`; a fork server
was rejected because it would carry the crawler's sockets and locks into the workers.
"""

from __future__ import annotations

import ctypes
import logging
import math
import os
import pickle
import resource
import signal
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from archive.records import Reading
from crawler.read.extractor import name_extractor
from crawler.read.frames import OUT_OF_MEMORY, pack, read_job
from crawler.read.page import Page
from crawler.read.reader import list_lines, read
from crawler.read.template import Line, Template
from spiders.site import Site

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def limit_cpu(seconds: float) -> None:
    """Let this process use `seconds` more of CPU; then the kernel ends it with SIGPROF.

    The timer is exact; RLIMIT_CPU counts whole seconds, and ends what has masked the signal.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = math.ceil(usage.ru_utime + usage.ru_stime + seconds + 1)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def limit_memory(size: int) -> None:
    """Let the address space grow by `size` bytes over what the imports already take (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    ceiling = pages * resource.getpagesize() + size
    resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))


def bind_to_parent(parent: int) -> None:
    """Die with the pool: SIGKILL when process `parent` ends; terminal signals are its business."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before prctl took hold
        sys.exit(0)


def report_crash(page: Page, site: Site, error: Exception) -> Reading:
    """Return the reading that says which step failed, and where in the code."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    words = f"{type(error).__name__}: {error}"[:300]
    return Reading(
        role=page.role,
        status="crashed",
        extractor=name_extractor(),
        profile=site.digest,
        warnings=(f"reader-crashed: {words} at {Path(frame.filename).name}:{frame.lineno}",),
    )


def read_safely(page: Page, site: Site, template: Template | None) -> Reading | tuple[Line, ...]:
    """Read `page`, or list its lines if there is no template; an exception becomes a reading, a
    MemoryError ends the process."""
    try:
        return list_lines(page, site) if template is None else read(page, site, template)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except Exception as error:
        return report_crash(page, site, error)


def serve(jobs: BinaryIO, replies: BinaryIO, cpu_seconds: float) -> None:
    """Read the pages that come in until the pool closes the pipe."""
    known: dict[str, Any] = {}
    while (job := read_job(jobs)) is not None:
        page, names, news = job
        limit_cpu(cpu_seconds)
        known.update((name, pickle.loads(packed)) for name, packed in news.items())
        site, template = (*(known[name] for name in names), None)[:2]
        replies.write(pack(read_safely(page, site, template)))
        replies.flush()


def main(parent: int, cpu_seconds: float, memory_bytes: int) -> None:
    """Set the limits, say that the imports are done, and serve."""
    bind_to_parent(parent)
    logging.disable(logging.CRITICAL)  # what matters is in the reading's warnings
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not break the frames
    limit_memory(memory_bytes)
    replies.write(pack(None))
    replies.flush()
    serve(sys.stdin.buffer, replies, cpu_seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
