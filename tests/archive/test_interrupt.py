"""Ctrl-C before a command has begun: its exit code and no word."""

from __future__ import annotations

import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from archive.interrupt import quiet

ROOT = Path(__file__).parents[2]
INTERRUPTED = """
import os, runpy, signal, sys

class Impatient:
    def find_spec(self, name, path=None, target=None):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
sys.meta_path.insert(0, Impatient())
runpy.run_module({room!r}, run_name="__main__", alter_sys=True)
"""


@pytest.mark.parametrize("room", ["crawler", "archive"])
def test_ctrl_c_while_libraries_are_imported(room: str) -> None:
    """Both doors end with 130 and no traceback, also before they know what was typed."""
    code = INTERRUPTED.format(room=room)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=100
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_the_installed_command_takes_that_door() -> None:
    """`khobao` is the start that imports quietly."""
    words = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert words["project"]["scripts"] == {"khobao": "crawler.start:main"}


@pytest.mark.parametrize("before", [signal.default_int_handler, signal.SIG_IGN])
def test_what_was_heard_before_is_heard_after(before: signal.Handlers) -> None:
    """The handler is given back; one that ignores is never touched."""
    old = signal.signal(signal.SIGINT, before)
    try:
        with quiet():
            assert (signal.getsignal(signal.SIGINT) is before) == (before is signal.SIG_IGN)
        assert signal.getsignal(signal.SIGINT) is before
    finally:
        signal.signal(signal.SIGINT, old)
