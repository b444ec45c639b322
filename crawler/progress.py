"""A line on the terminal while a crawl runs: pages, rate, how long it will still take.

    suoibac 61/85 pages, 1.0/s, 24 s left · dongngan 12/26 pages, 0.5/s, 28 s left

Only where somebody looks: cron, a file and a pipe get nothing. The line is written over itself, is
cut to the terminal's width, and makes way for what is printed. Rejected: a bar (how many pages a
paper has is not known before the end, and a bar that goes back is worse than none).
"""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TextIO

ERASE = "\r\x1b[K"
MOST = 4  # papers that are named; a run of 64 has eight at a time


@dataclass(frozen=True, slots=True)
class Pace:
    """Where a paper's crawl stands: pages asked for, pages known to be left, seconds so far."""

    site: str
    done: int
    left: int
    seconds: float

    def __str__(self) -> str:
        rate = self.done / self.seconds if self.seconds > 0 else 0.0
        text = f"{self.site} {self.done}/{self.done + self.left} pages, {rate:.1f}/s"
        return f"{text}, {write_span(self.left / rate)} left" if rate and self.left else text


class Progress:
    """Writes to ``stream`` if it is a terminal, else does nothing."""

    def __init__(self, stream: TextIO, environ: Mapping[str, str] = os.environ) -> None:
        self._stream = stream
        self.active = stream.isatty() and environ.get("TERM", "dumb") != "dumb"
        self._shown = False

    def show(self, paces: Iterable[Pace]) -> None:
        """Write the line anew."""
        if not self.active:
            return
        known = list(paces)
        text = " · ".join(str(pace) for pace in known[:MOST])
        if len(known) > MOST:
            text += f" · and {len(known) - MOST} more"
        width = shutil.get_terminal_size().columns - 1
        self._write(ERASE + cut(text, width))
        self._shown = True

    def clear(self) -> None:
        """Make way for other lines."""
        if self._shown:
            self._write(ERASE)
            self._shown = False

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except OSError:  # the terminal was closed; a crawl goes on without
            self.active = self._shown = False


def cut(text: str, width: int) -> str:
    """Return as much of ``text`` as fits into ``width`` columns, the end marked by dots."""
    columns = 0
    for place, letter in enumerate(text):
        columns += measure(letter)
        if columns > width:
            kept = text[:place]
            while kept and sum(map(measure, kept)) > width - 1:
                kept = kept[:-1]
            return f"{kept}…" if width > 0 else ""
    return text


def measure(letter: str) -> int:
    """Return how many columns a letter takes."""
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def write_span(seconds: float) -> str:
    """Return a time as people say it: "40 s", "3 min", "2 h 05 min"."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"
