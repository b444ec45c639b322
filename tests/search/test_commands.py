"""What people type wrong at the archive's commands: an answer in words, never a traceback."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.door import Amount, console, remedy, table
from tests.archive.makers import Clock, make_exchange, make_reading, open_archive

URL = "https://suoi.test/cho-phien-post1.html"
TEXT = "Sáng nay chợ phiên họp ở xã Suối Đuống. Có 12 gian hàng của bà con vùng cao."


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with one article."""
    folder = tmp_path_factory.mktemp("typed")
    clock = Clock()
    with open_archive(folder, clock) as archive:
        capture = archive.keep("suoi", make_exchange(URL, b"page", at=clock()))
        archive.add(capture, make_reading("Chợ phiên", TEXT), address=URL, identity="suoi:1")
    return folder


def run(root: Path, *words: str) -> Result:
    """Type a command."""
    return CliRunner().invoke(main, ["--archive", str(root), *words])


@pytest.mark.parametrize("command", ["show", "history"])
@pytest.mark.parametrize("number", ["0", "²", "٣", "9" * 19, "9" * 30, "9" * 5000])
def test_what_is_no_article_s_number(root: Path, command: str, number: str) -> None:
    """A number that no article has, or that none can have: a usage error with its remedy."""
    said = run(root, command, number)
    assert said.exit_code == 2 and "`khobao search`" in said.output


@pytest.mark.parametrize("form", ["--text", "--json", "--html", "--warc", "--explain"])
@pytest.mark.parametrize("number", ["0", "2", "9" * 30])
def test_what_is_no_version_s_number(root: Path, form: str, number: str) -> None:
    """In every form: a usage error that tells where the numbers are."""
    said = run(root, "show", "1", form, "--version", number)
    assert said.exit_code == 2 and f"no version {number}: `khobao show`" in said.output


def test_words_without_quotes_are_one_query(root: Path) -> None:
    """The shell cuts what nobody quoted; all the words are looked for."""
    assert run(root, "search", "cho", "phien").output == run(root, "search", "cho phien").output
    assert "Chợ phiên" in run(root, "search", "cho", "phien", "--limit", "1").output
    assert "nothing found" in run(root, "search", "cho", "tet").output


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("chợ tết", "nothing found\n"),
        ("chợ OR", "; OR was read as a word:"),
        ("chợ AND phiên", "; AND was read as a word:"),
        ("NOT chợ AND phiên", "; NOT and AND were read as words:"),
        ("lễ OR tết", "nothing found\n"),
        ("chợ -phiên", "nothing found\n"),
    ],
)
def test_operators_of_other_engines_are_named(root: Path, query: str, told: str) -> None:
    """Where nothing is found for an AND that was read as a word, that is said."""
    said = run(root, "search", query)
    assert said.exit_code == 0 and told in said.output


def pipe(root: Path, *words: str, stream: str = "pipe") -> tuple[int | None, str]:
    """Type a command whose output nobody reads; return its exit code and what it complains of."""
    typed = [sys.executable, "-m", "archive", "--archive", str(root), *words]
    if stream == "closed":
        typed = ["sh", "-c", 'exec "$@" >&-', "sh", *typed]
    with subprocess.Popen(typed, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.close()
        _, said = process.communicate(timeout=60)
    return process.returncode, said.decode()


COMMANDS = [("show", "1"), ("search", "cho"), ("status",), ("--help",), ("show", "1", "--html")]


@pytest.mark.parametrize("words", COMMANDS)
def test_a_reader_that_went_away_is_no_bug(root: Path, words: tuple[str, ...]) -> None:
    """`| head` may close the pipe before the first line: 0, and not a word of it."""
    assert pipe(root, *words) == (0, "")


def test_a_closed_output_gives_its_number_to_no_file(root: Path) -> None:
    """`>&-`: no traceback, and the next file that is opened is not number 1."""
    assert pipe(root, "status", stream="closed") == (0, "")
    look = "import os; from archive.door import stand; stand(); f = os.open('/', 0); print(f > 2)"
    typed = ["sh", "-c", 'exec "$@" 2>&- <&-', "sh", sys.executable, "-c", look]
    assert subprocess.run(typed, stdout=subprocess.PIPE, check=True).stdout == b"True\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EROFS, "the right to write"),
        (errno.EACCES, "the right to write"),
        (errno.ENOENT, "name a place that is there"),
        (None, "make room"),
    ],
)
def test_an_error_of_the_disk_has_its_own_remedy(number: int | None, words: str) -> None:
    """What helps against a full disk does not help against missing rights."""
    error = OSError("x") if number is None else OSError(number, "x")
    assert words in remedy(error)


def test_a_row_is_a_line_where_no_terminal_is(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """However long a cell is: grep and awk read it; instants are told to the second."""
    grid = table("paper", "title")
    grid.add_row("suoi", "chợ " * 100)
    console().print(grid)
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert " 2026-02-04T01:00:00Z " in run(root, "status").output


@pytest.mark.parametrize("words", ["nan", "inf", "-inf", "1e999"])
def test_an_amount_is_a_number(words: str) -> None:
    """What click takes for a float and no clock can use is refused."""
    with pytest.raises(click.BadParameter):
        Amount(0).convert(words, None, None)
