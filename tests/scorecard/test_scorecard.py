"""The table says what was counted, and nothing that was not."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.road.vault import ROOT, clean_environment

from .__main__ import print_table, replace_rows
from .rows import ROWS, Result, lines, tell

SUITE = """
import pytest

@pytest.mark.row(7)
@pytest.mark.parametrize("number", range(4))
def test_rivals(tally, number):
    tally(pairs=1, wrong=0, loser_ms_max=100 * number, help_ms_max=1)

@pytest.mark.row(8)
def test_that_fails(tally):
    tally(seconds=3, locked=2)
    assert False

@pytest.mark.row(10)
def test_that_cannot_run():
    pytest.skip("no pywb here")

def test_of_no_row():
    pass
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_counts_failures_and_skips_are_told(tmp_path: Path, processes: str) -> None:
    """Sums and maxima come together from one process or two; failures and skips are named."""
    (tmp_path / "test_some.py").write_text(SUITE, encoding="utf-8")
    out = tmp_path / "rows.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "tests.scorecard.plugin"),
            *("-n", processes, "-p", "no:cacheprovider", "-c", "/dev/null"),
            *("--scorecard", str(out), str(tmp_path)),
        ],
        cwd=tmp_path,
        env=clean_environment() | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    table = {int(row[0]): row for row in json.loads(out.read_text(encoding="utf-8"))}
    assert table[7][3].startswith("4 pairs; 0 without one winner; loser's own CPU 300 ms at most")
    assert [table[number][4] for number in (7, 8, 10, 1)] == [
        *("passed", "FAILED", "not run", "not run"),
    ]
    assert table[8][3].startswith("3 s; ? queries") and "test_that_fails" in table[8][3]
    assert table[10][3].endswith("skipped: Skipped: no pywb here")


def test_what_nothing_counted_is_a_question_mark() -> None:
    """A row without tests has no figures and has not passed."""
    (row,) = (row for row in ROWS if row.number == 11)
    assert tell(row, Result()) == "? mutations, ? noticed"
    assert {line[4] for line in lines({})} == {"not run"}


def test_every_row_has_tests() -> None:
    """Each row's mark stands in the suite."""
    marked = set()
    for path in ROOT.glob("tests/**/test_*.py"):
        found = re.findall(r"@?pytest\.mark\.row\(([\d, ]+)\)", path.read_text(encoding="utf-8"))
        if path != Path(__file__):
            marked |= {int(number) for words in found for number in words.split(",")}
    assert marked == {row.number for row in ROWS}


def test_the_readme_shows_the_last_table() -> None:
    """archive/README.md has a row for each, in full, passed, with its day, and the versions."""
    text = (ROOT / "archive" / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"<!-- scorecard -->\n(.*?)<!-- end -->", text, re.DOTALL)
    assert shown is not None
    for row in ROWS:
        assert f"| {row.number} | {row.what} | {row.passes} |" in shown[1]
    assert shown[1].count("| passed |") == len(ROWS)
    assert len(re.findall(r"\| full, \d{4}-\d\d-\d\d \|", shown[1])) == len(ROWS)
    assert re.search(r"On \d+ cores: Python 3\.\d+", shown[1])


def test_rows_run_alone_take_their_places() -> None:
    """`--write --row 2` changes row 2 of the table and leaves the others as they were."""
    old = [[str(number), *"abcdef", "full, 2026-01-01"] for number in (1, 2, 10)]
    new = ["2", "x | y", *"bcdef", "full, 2026-02-02"]
    readme = f"<!-- scorecard -->\n{print_table(old)}\nOn 2 cores\n<!-- end -->"
    table = replace_rows(readme, [new])
    assert table == [old[0], new, old[2]]
    assert "| 2 | x / y | b |" in print_table(table)
