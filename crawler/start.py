"""The first step of `khobao`: its libraries are imported where Ctrl-C is no traceback."""

from __future__ import annotations

from typing import Any

from archive.interrupt import quiet


def main(**words: Any) -> None:
    """Run what was typed; ``words`` are click's own. Never returns: it exits with a code."""
    with quiet():
        from crawler.cli import main as enter
    enter(**words)
