"""The command: what it writes where, in which language, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from tests.report.conftest import Printed


def run(printed: Printed, *words: str, now: str = "2026-07-01T03:30:00+07:00") -> Result:
    """Type a command at an instant."""
    typed = ["--archive", str(printed.root), "report", *words]
    return CliRunner(env={"KHOBAO_NOW": now}).invoke(main, typed)


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


def test_a_simulated_clock_is_gone_by(printed: Printed) -> None:
    """KHOBAO_NOW is when the report is made; what is no instant is refused."""
    assert "1 Jul\u00a02026, 03:30" in run(printed, "--text").stdout.replace("1\u00a0Jul", "1 Jul")
    assert run(printed, "--text", now="2026-07-01").exit_code == 2


@pytest.mark.parametrize("since", ["yesterday", "2999", "0001", "2026-02-31"])
def test_days_that_make_no_sense_are_refused(printed: Printed, since: str) -> None:
    """A usage error with its remedy, and no report."""
    done = run(printed, "--since", since)
    assert done.exit_code == 2 and "<html" not in done.output


@pytest.mark.parametrize("where", [".", "nowhere/report.html"])
def test_a_place_that_is_none_is_refused(printed: Printed, tmp_path: Path, where: str) -> None:
    """A folder, a file in a folder that is not there: a usage error, and nothing is left beside."""
    done = run(printed, "-o", str(tmp_path / where))
    assert done.exit_code == 2 and "-o" in done.output
    assert (
        list(tmp_path.iterdir()) == [] and not tmp_path.with_name(tmp_path.name + ".part").exists()
    )
