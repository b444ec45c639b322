"""A paper as a program: ``python -m tests.gazette.epi --port 8123 --seed 7 --articles 60``.

The first line of its output is its address; it serves until SIGTERM or SIGINT. ``--state-file``
names a JSON file that is read again whenever it changes, so that another process moves time on:

    {"now": "2026-02-01T06:00:00+07:00",
     "events": [{"do": "edit", "id": 340001, "at": "...", "title": "..."},
                {"do": "delete", "id": 340004, "departure": "missing"},
                {"do": "restore", "id": 340004},
                {"do": "publish", "day": "2026-02-01", "count": 5}]}

Events are applied once each, in the file's order: add new ones at the end.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import Event, Lock
from typing import Any

from .around import Around
from .newsroom import Newsroom
from .paper import Answer, Paper
from .server import Server


class Told(Around[Paper]):
    """A paper whose newsroom follows a state file."""

    def __init__(self, paper: Paper, state: Path) -> None:
        super().__init__(paper)
        self.state = state
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._done = 0

    def answer(self, target: str) -> Answer | None:
        """Read the state file if it changed, then let the paper answer."""
        with self._lock:
            self._follow()
        return self.paper.answer(target)

    def _follow(self) -> None:
        if not self.state.exists():
            return
        stat = self.state.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        if stamp == self._stamp:
            return
        state = json.loads(self.state.read_text("utf-8"))
        self._stamp = stamp
        if "now" in state:
            self.paper.newsroom.move(datetime.fromisoformat(state["now"]))
        events = state.get("events", [])
        for event in events[self._done :]:
            apply_event(self.paper.newsroom, event)
        self._done = len(events)


def apply_event(newsroom: Newsroom, event: dict[str, Any]) -> None:
    """Do to the newsroom what one event of the state file says."""
    words = dict(event)
    deed = words.pop("do")
    if "at" in words:
        words["at"] = datetime.fromisoformat(words["at"])
    if deed == "publish":
        newsroom.publish(date.fromisoformat(words["day"]), words.get("count", 12))
        return
    deeds: dict[str, Callable[..., Any]] = {
        "edit": newsroom.edit,
        "delete": newsroom.delete,
        "restore": newsroom.restore,
    }
    if "paragraphs" in words:
        words["paragraphs"] = tuple(words["paragraphs"])
    deeds[deed](words.pop("id"), **words)


def run(make: Callable[..., Any], **defaults: Any) -> None:
    """Serve what ``make(seed, articles)`` returns until a signal comes."""
    parser = argparse.ArgumentParser(description="a fictional newspaper on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--articles", type=int, default=defaults.get("articles", 60))
    parser.add_argument("--state-file", type=Path)
    chosen = parser.parse_args()
    paper = make(chosen.seed, chosen.articles)
    site = Told(paper, chosen.state_file) if chosen.state_file else paper
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with Server(site, port=chosen.port, keep_log=False) as server:
        sys.stdout.write(server.url + "\n")
        sys.stdout.flush()
        ended.wait()
