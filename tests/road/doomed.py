"""A crawl that kills itself: ``python -m tests.road.doomed ROOT SITE STEP NUMBER``.

SIGKILL when STEP of archive/store.py or archive/warc/volume.py is done for the NUMBER-th time;
``torn`` dies half way through a write, ``recovered`` when the recovery at the start has finished
NUMBER files. Everything else is the real crawl; WARC files are rolled over every 30 kB, so that
the steps of closing a file are met while pages come in.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from archive import store
from archive.folders import make_folders
from archive.store import Archive
from archive.warc import disk, recovery
from crawler import config, session
from crawler.cli import open_catalog
from crawler.run import crawl
from crawler.session import Report, Session

from .vault import ROOT, Vault, clean_environment

WARC_BYTES = 30_000


class Counter:
    """Counts the names of steps and dies at the right one."""

    def __init__(self, step: str, number: int) -> None:
        self.step, self.left = step, number

    def __call__(self, name: str) -> None:
        self.left -= name == self.step
        if name == self.step and self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def tear(count: Counter) -> None:
    """Let the disk write half of what it is given when its turn has come."""
    whole = disk.OsDisk.write

    def write(self: disk.OsDisk, handle: int, data: memoryview, offset: int) -> int:
        if count.step == "torn" and count.left == 1:
            whole(self, handle, data[: len(data) // 2], offset)
        count("torn")
        return whole(self, handle, data, offset)

    disk.OsDisk.write = write  # type: ignore[method-assign]


def count_recoveries(count: Counter) -> None:
    """Make ``recovered`` a step."""
    whole = recovery.recover_file

    def recover_file(root: Path, file: str, disk: disk.Disk) -> recovery.Recovered:
        done = whole(root, file, disk)
        count("recovered")
        return done

    recovery.recover_file = recover_file


def main(root: Path, site: str, step: str, number: int) -> int:
    """Crawl until the step comes; return the crawl's exit code if it does not."""
    count = Counter(step, number)
    tear(count)
    count_recoveries(count)
    assert store.recover is recovery.recover

    def build(folder: Path, **options: object) -> Archive:
        return Archive(folder, **{**options, "warc_bytes": WARC_BYTES, "step": count})  # type: ignore[arg-type]

    session.Archive = partial(build)  # type: ignore[assignment, misc]
    make_folders(root)
    run = Session(root, config.load(root / "khobao.toml"))
    return crawl(run, open_catalog(root), [site], say)


def die(vault: Vault, step: str, number: int) -> None:
    """In a test: run the crawl that kills itself at a step."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.road.doomed", str(vault.root), "paper", step, str(number)],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, f"{step} was not met: {done.stdout} {done.stderr}"


def say(report: Report) -> None:
    """Print how it ended, for whoever looks at a failing test."""
    sys.stdout.write(f"{report}\n")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])))
