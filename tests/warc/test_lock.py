"""The lock: one holder, named, gone with its process, never inherited."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archive.errors import LockedError
from archive.lock import Lock, is_held

REPO = Path(__file__).parents[2]


def test_second_holder_is_told_who_and_since_when(tmp_path: Path) -> None:
    """A second lock fails at once with process id, instant and remedy."""
    with Lock(tmp_path) as lock:
        assert lock.held
        with pytest.raises(LockedError) as caught, Lock(tmp_path):
            pass
        holder = caught.value.holder
        assert re.fullmatch(rf"process {os.getpid()} since \d{{4}}-\d\d-\d\dT[\d:]{{8}}Z", holder)
        assert str(caught.value).endswith("run again")
    assert not lock.held


def test_other_process_is_refused(tmp_path: Path) -> None:
    """Another process is refused while the lock is held, and let in after."""
    code = (
        "import sys; from pathlib import Path; from archive.lock import Lock\n"
        "from archive.errors import LockedError\n"
        "try:\n Lock(Path(sys.argv[1])).__enter__()\nexcept LockedError as e:\n sys.exit(75)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with Lock(tmp_path):
        assert subprocess.run(command, cwd=REPO, check=False).returncode == 75
        assert is_held(tmp_path)
    assert subprocess.run(command, cwd=REPO, check=False).returncode == 0
    assert not is_held(tmp_path)


def test_is_held_without_an_archive(tmp_path: Path) -> None:
    """Where there is no lock file nobody writes, and asking makes none."""
    assert not is_held(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_forked_child_does_not_hold_it(tmp_path: Path) -> None:
    """A forked child that outlives its parent does not hold the archive, nor free it early."""
    code = (
        "import os, sys; from pathlib import Path; from archive.lock import Lock\n"
        "Lock(Path(sys.argv[1])).__enter__()\n"
        "if os.fork() == 0:\n"
        " print(os.getpid(), flush=True); os.read(0, 1); os._exit(0)\n"
        "os.read(0, 1); os._exit(0)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdin is not None and parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_held(tmp_path)
    parent.kill()
    parent.wait()
    os.kill(child, 0)
    with Lock(tmp_path):
        pass
    parent.stdin.close()
    parent.stdout.close()


def test_leaving_twice_is_harmless(tmp_path: Path) -> None:
    """Letting go twice frees nobody else's lock."""
    first = Lock(tmp_path)
    first.__enter__()
    first.__exit__(None, None, None)
    with Lock(tmp_path):
        first.__exit__(None, None, None)
        assert is_held(tmp_path)
