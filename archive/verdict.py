"""What verify and repair say: to people in sentences, to programs as one JSON object a line.

The last JSON line is the summary: ``{"summary": {"whole": ..., "problems": ..., "known": ...,
"checked": {...}, "not_checked": [...]}}``. The progress bar goes to stderr and only to a terminal,
so that what is piped or logged is the verdict alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from archive.connection import INDEX
from archive.warc.problem import Problem
from archive.warc.verify import Checked

Tell = Callable[[int, int], None]


class Verdict:
    """Prints problems as they are found, and at the end what it comes to."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self._remedies: Counter[str] = Counter()
        self.checked = Checked()
        self.known = 0

    @property
    def damage(self) -> int:
        """Problems that were not there when a foreign file was imported."""
        return self._remedies.total()

    def tell(self, problem: Problem) -> None:
        """Print one problem."""
        if problem.known:
            self.known += 1
        else:
            self._remedies[problem.remedy] += 1
        click.echo(json.dumps(asdict(problem)) if self._as_json else str(problem))

    def close(self) -> None:
        """Print what was checked, what was not, and what to do."""
        if self._as_json:
            click.echo(json.dumps({"summary": self.summary()}, ensure_ascii=False))
            return
        for line in self.sentences():
            click.echo(line)

    def summary(self) -> dict[str, object]:
        """The closing object."""
        checked = asdict(self.checked)
        left_out = checked.pop("left_out")
        return {
            "whole": not self.damage,
            "problems": self.damage,
            "known": self.known,
            "checked": checked,
            "not_checked": left_out,
        }

    def sentences(self) -> Iterator[str]:
        """The closing lines for people."""
        done = self.checked
        yield (
            f"checked: {done.files} WARC files, {done.bytes} bytes, {done.records} records, "
            f"{done.rows} captures in {INDEX}"
        )
        for words in done.left_out:
            yield f"not checked: {words}"
        if self.known:
            yield f"known damage of imported files: {self.known}"
        if not self.damage:
            yield "all of this is as it was written"
            return
        yield f"{self.damage} problem{'s' if self.damage > 1 else ''}; what to do:"
        for remedy, number in self._remedies.most_common():
            yield f"  {number} x {remedy}"


@contextmanager
def show_progress(title: str) -> Iterator[Tell | None]:
    """A bar on the terminal that stderr is, or None: what is told then is told to nobody."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn(title), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def find_index(root: Path) -> Path | None:
    """The index to check; None in an archive that holds no WARC file yet and needs none."""
    empty = not any((root / "warc").rglob("*.warc*")) and not (root / INDEX).exists()
    return None if empty else root / INDEX
