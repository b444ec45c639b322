"""The command: what it writes where, in which language, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from tests.report.conftest import Printed


def run(printed: Printed, *words: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(main, ["--archive", str(printed.root), "report", *words])


def test_a_page_is_written_whole(printed: Printed, tmp_path: Path) -> None:
    """The file has a page that ends, and no part of it is left beside it."""
    path = tmp_path / "report.html"
    done = run(printed, "--since", "2026-06", "-o", str(path))
    assert done.exit_code == 0 and path.read_text(encoding="utf-8").endswith("</html>\n")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_text_goes_to_stdout(printed: Printed) -> None:
    """Without -o the text is what is printed, in the language that was asked for."""
    done = run(printed, "--text", "--language", "vi", "--since", "2026-06-01")
    assert done.exit_code == 0 and "Việc cần làm tiếp" in done.stdout
    assert "Báo Núi Xanh" in done.stdout.splitlines()[0]


@pytest.mark.parametrize("since", ["yesterday", "2999", "0001", "2026-02-31"])
def test_days_that_make_no_sense_are_refused(printed: Printed, since: str) -> None:
    """A usage error with its remedy, and no report."""
    done = run(printed, "--since", since)
    assert done.exit_code == 2 and "<html" not in done.output
