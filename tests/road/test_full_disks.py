"""Disks full in the middle of a crawl: 5, one line, nothing torn, and the next run goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.gazette.many import ManyPaper
from tests.road.remains import check_goes_on, crawl_badly
from tests.scorecard.plugin import Tally

from .remains import serve_many
from .vault import Vault


def survive(
    vault: Vault, paper: ManyPaper, tally: Tally, fail: Callable[[], str], *, real: bool = False
) -> None:
    """Let a crawl meet a full disk, then the next run go on; tell what was clean and what not."""
    counts = {"unclean": 1, "torn": 0, "stuck": 1}
    try:
        fail()
        counts["unclean"] = 0
        check_goes_on(vault, paper)
        counts["stuck"] = 0
    finally:
        counts["torn"] = len(list(vault.root.rglob("*.torn*")))
        tally(full=1, real=int(real), injected=0, **counts)


def limit_files(vault: Vault, kilobytes: int) -> str:
    """Crawl with a limit on the size of any file: WARC, index or log (RLIMIT_FSIZE)."""
    said = crawl_badly(vault, prefix=("sh", "-c", f'ulimit -f {kilobytes * 2}; exec "$@"', "sh"))
    assert "run again" in said, said
    return said


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "kilobytes", [100, *(pytest.param(k, marks=pytest.mark.slow) for k in (8, 60, 170, 260))]
)
def test_a_disk_that_takes_no_more(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """At the limit of a file (the index's log, or the WARC file): 5, one line, nothing torn."""
    with serve_many(tmp_path / "archive", 60) as (_, vault, paper):
        survive(vault, paper, tally, lambda: limit_files(vault, kilobytes))


@contextmanager
def small_disk(folder: Path, kilobytes: int, kind: str) -> Iterator[Callable[[], object]]:
    """Mount a small file system and give what makes room on it; skip where that is not allowed.

    tmpfs grows when it is mounted again; ext4 lies in a file, and a file on it is in the way.
    """
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    if kind == "tmpfs":
        words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    else:
        image = folder.with_name("image")
        with image.open("wb") as file:
            file.truncate(16 << 20)
        make = ["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", str(image)]
        if shutil.which("mkfs.ext4") is None or subprocess.run(make, check=False).returncode:
            pytest.skip("no mkfs.ext4 here")
        words = ["mount", "-o", "loop", str(image), str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip(f"this machine does not let us mount {kind}")
    ballast = folder / "ballast"
    grow = ["mount", "-o", "remount,size=64m", str(folder)]
    try:
        if kind == "tmpfs":
            yield lambda: subprocess.run(grow, check=True)
        else:
            free = shutil.disk_usage(folder).free
            ballast.write_bytes(bytes(free - kilobytes * 1024))
            yield ballast.unlink
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_disk(tmp_path: Path, tally: Tally, kilobytes: int, kind: str = "tmpfs") -> None:
    """Crawl onto a small disk until it is full, give it room, crawl on."""
    with (
        small_disk(tmp_path / "disk", kilobytes, kind) as make_room,
        serve_many(tmp_path / "disk" / "archive", 80) as (_, vault, paper),
    ):

        def fail() -> str:
            said = crawl_badly(vault)
            assert "run again" in said or said.endswith("mend the disk"), said
            make_room()
            return said

        survive(vault, paper, tally, fail, real=True)


@pytest.mark.row(6)
def test_a_full_disk(tmp_path: Path, tally: Tally) -> None:
    """ENOSPC from a real file system, in whichever file meets it first."""
    fill_disk(tmp_path, tally, 500)


@pytest.mark.slow
@pytest.mark.row(6)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kilobytes", range(40, 840, 40))
def test_a_disk_full_at_20_sizes(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """The same at twenty sizes, from none to nearly enough."""
    fill_disk(tmp_path, tally, kilobytes)


@pytest.mark.slow
@pytest.mark.row(6)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kilobytes", [120, 400, 640])
def test_a_full_ext4(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """The same on ext4, which allocates late and keeps blocks for itself."""
    fill_disk(tmp_path, tally, kilobytes, "ext4")
