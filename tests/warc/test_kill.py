"""kill -9 of a real writing process, at every named step and at other times."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.lock import Lock
from archive.records import Place
from archive.warc.reader import read_at
from archive.warc.recovery import recover
from archive.warc.verify import verify_archive

REPO = Path(__file__).parents[2]
VICTIM = Path(__file__).with_name("victim.py")
STEPS = [
    "created",
    "appended",
    "synced",
    "sealed",
    "closed",
    "renamed",
    "settled",
    "listed",
    "torn",
]


def start(root: Path, step: str, number: int) -> subprocess.Popen[str]:
    """Start the writing process."""
    path = os.pathsep.join((str(REPO), str(REPO / "tests")))
    return subprocess.Popen(
        [sys.executable, str(VICTIM), str(root), step, str(number)],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )


def check_remains(root: Path, lines: list[str]) -> None:
    """After recovery every synced record reads back, all verifies, and nothing is open."""
    with Lock(root):
        recover(root)
    places = [Place(**one) for line in lines for one in json.loads(line)]
    for place in places:
        read_at(root, place)
    assert list(verify_archive(root, None)) == []
    assert list(root.rglob("*.open")) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("number", [1, 2])
def test_killed_at_each_step(tmp_path: Path, step: str, number: int) -> None:
    """Killed at any named step, a writer loses nothing it had synced, twice in a row."""
    said = []
    for _ in range(2):
        victim = start(tmp_path, step, number)
        said += victim.communicate()[0].splitlines()
        assert victim.returncode == -signal.SIGKILL
    check_remains(tmp_path, said)


def kill_after(root: Path, lines: int) -> list[str]:
    """Let the process sync so many times, kill it, and give what it had said."""
    victim = start(root, "never", 0)
    assert victim.stdout is not None
    said = [victim.stdout.readline() for _ in range(lines)]
    victim.kill()
    said += victim.communicate()[0].splitlines(keepends=True)
    return [line for line in said if line.endswith("\n")]


def test_killed_at_other_times(tmp_path: Path) -> None:
    """Killed from outside while it writes, five times into one archive: nothing synced is lost."""
    said: list[str] = []
    for lines in (1, 2, 5, 9, 14):
        said += kill_after(tmp_path, lines)
    check_remains(tmp_path, said)


@pytest.mark.slow
def test_killed_100_times(tmp_path: Path) -> None:
    """Killed from outside 100 times, each time verified."""
    for number in range(100):
        root = tmp_path / str(number)
        check_remains(root, kill_after(root, 1 + number % 17))


def test_lock_goes_with_its_holder(tmp_path: Path) -> None:
    """The lock of a killed process is free at once, and names the next holder."""
    victim = start(tmp_path, "never", 0)
    assert victim.stdout is not None
    victim.stdout.readline()
    assert str(victim.pid) in (tmp_path / "lock").read_text()
    victim.kill()
    victim.communicate()
    with Lock(tmp_path):
        assert f"process {os.getpid()} since" in (tmp_path / "lock").read_text()
