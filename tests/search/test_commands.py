"""What people type wrong at the archive's commands: an answer in words, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
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
