"""Gathers what the tests of each row counted: a plugin of pytest.

`@pytest.mark.row(N)` says which row a test belongs to, the fixture `tally` takes its counts. They
travel in the test's `user_properties`, which pytest-xdist carries from its workers, so the table
is the same however many processes ran the suite.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

from .rows import ROWS, Result, lines

NUMBERS = {row.number for row in ROWS}
_RESULTS = pytest.StashKey[dict[int, Result]]()

Tally = Callable[..., None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two words of the scorecard."""
    group = parser.getgroup("scorecard")
    group.addoption(
        "--scorecard", metavar="FILE", help="write what the rows reached as JSON, or print it (-)"
    )
    group.addoption("--row", type=int, action="append", help="only the tests of this row")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker and begin with no results."""
    config.addinivalue_line("markers", "row(number): a test behind this row of the scorecard")
    config.stash[_RESULTS] = defaultdict(Result)
    config.pluginmanager.register(_Gatherer(config.stash[_RESULTS]), "scorecard-gatherer")


def rows_of(item: pytest.Item) -> list[int]:
    """Return the rows a test stands for."""
    numbers = [number for mark in item.iter_markers("row") for number in mark.args]
    unknown = set(numbers) - NUMBERS
    if unknown:
        raise pytest.UsageError(f"{item.nodeid}: no row {unknown}; tests/scorecard/rows.py has all")
    return numbers


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tell each test its rows, and leave out what `--row` does not name."""
    wanted = config.getoption("--row")
    for item in items:
        item.user_properties += [("row", number) for number in rows_of(item)]
    if wanted:
        kept = [item for item in items if set(rows_of(item)) & set(wanted)]
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Return what a test calls with its counts: `tally(kills=6, orphans=0)`.

    A test that stands for several rows names one: `tally(2, repeats=3)`.
    """
    rows = rows_of(request.node)

    def count(row: int | None = None, /, **counts: float) -> None:
        numbers = rows if row is None else [row]
        assert len(numbers) == 1 and set(numbers) <= set(rows), (
            f"{request.node.nodeid} stands for rows {rows}: say which, as in tally({rows[:1]}, ...)"
        )
        request.node.user_properties.append(("counts", (numbers[0], counts)))

    return count


class _Gatherer:
    """Listens to the reports, which xdist's controller hears too."""

    def __init__(self, results: dict[int, Result]) -> None:
        self.results = results

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one phase of one test to its rows."""
        for number in {value for name, value in report.user_properties if name == "row"}:
            result = self.results[int(number)]  # type: ignore[call-overload]
            result.seconds += report.duration
            if report.failed:
                result.failed.append(report.nodeid)
            elif report.skipped:
                result.skipped.append(str(report.longrepr[2]))  # type: ignore[index]
            elif report.when == "call":
                result.passed += 1
        if report.when == "teardown":  # every phase has the properties: count once
            for name, value in report.user_properties:
                if name == "counts":
                    self.results[int(value[0])].add(value[1])  # type: ignore[index]


def table_of(config: pytest.Config) -> list[tuple[str, ...]]:
    """Return the rows as lines of words."""
    return list(lines(config.stash[_RESULTS]))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the rows where `--scorecard` says."""
    path = session.config.getoption("--scorecard")
    if path not in (None, "-") and not hasattr(session.config, "workerinput"):
        text = json.dumps(table_of(session.config), ensure_ascii=False, indent=1)
        Path(path).write_text(text, encoding="utf-8")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rows before the runner's closing line."""
    if terminalreporter.config.getoption("--scorecard") == "-":
        terminalreporter.section("scorecard (archive/README.md)")
        for number, what, _, reached, verdict, *_ in table_of(terminalreporter.config):
            terminalreporter.write_line(f"{number:>2} {verdict}: {what}: {reached}")
