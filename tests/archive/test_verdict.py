"""What `verify` and `repair` say to people and to programs, and how they exit."""

from __future__ import annotations

import json
import os
import pty
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.lock import Lock
from archive.warc.verify import list_files
from tests.road.vault import ROOT, clean_environment
from tests.warc.estate import FOREIGN, make_estate


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    """An archive with known damage in an imported file, and nothing else wrong."""
    return make_estate(tmp_path / "archive")


def run(root: Path, *words: str) -> Result:
    """Type a command of the archive's room."""
    return CliRunner().invoke(main, [*words, "--archive", str(root)])


def spoil(root: Path) -> Path:
    """Change a byte in the middle of a file of ours."""
    path = root / list_files(root)[0]
    data = bytearray(path.read_bytes())
    data[2000] ^= 1
    path.write_bytes(data)
    return path


def test_whole_archive(estate: Path) -> None:
    """Exit 0; what was checked is said in numbers, known damage is told and is no failure."""
    done = run(estate, "verify")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{FOREIGN} at byte ")
    assert lines[1].startswith("checked: 6 WARC files, ") and "21 captures" in lines[1]
    assert lines[-1] == "all of this is as it was written"


def test_damage(estate: Path) -> None:
    """Exit 3; each problem names file, byte and remedy, and the end says what to do."""
    path = spoil(estate)
    done = run(estate, "verify")
    assert done.exit_code == 3
    name = path.relative_to(estate).as_posix()
    assert f"{name} at byte 1" in done.stdout and "what to do:" in done.stdout
    assert "restore the file from a copy" in done.stdout


def test_json(estate: Path) -> None:
    """One object a problem a line with its fields, then one summary."""
    spoil(estate)
    done = run(estate, "verify", "--json")
    assert done.exit_code == 3
    *problems, last = [json.loads(line) for line in done.stdout.splitlines()]
    fields = {"file", "offset", "code", "message", "remedy", "known"}
    assert all(set(problem) == fields for problem in problems)
    summary = last["summary"]
    known = [problem for problem in problems if problem["known"]]
    assert (summary["known"], summary["problems"]) == (len(known), len(problems) - len(known))
    assert summary["whole"] is False and summary["checked"]["files"] == 6
    assert any("damaged" in words for words in summary["not_checked"])


def test_sample_says_what_it_left_out(estate: Path) -> None:
    """A sample is the same for the same seed, and says how much it did not look at."""
    first, again = (run(estate, "verify", "--sample", "4", "--seed", "7") for _ in range(2))
    assert first.exit_code == 0 and first.stdout == again.stdout
    assert "not checked: 17 of 21 captures" in first.stdout


def test_since(estate: Path) -> None:
    """Only files with later captures are read; a wrong day is a usage error."""
    done = run(estate, "verify", "--since", "2026-02-05")
    assert done.exit_code == 0 and "checked: 1 WARC files" in done.stdout
    assert run(estate, "verify", "--since", "yesterday").exit_code == 2


def test_no_index(estate: Path) -> None:
    """An index that is gone, junk, or another version's: exit 3 and the remedy; repair mends it,
    but for a newer khobao's."""
    index = estate / "index.db"
    index.unlink()
    done = run(estate, "verify")
    assert done.exit_code == 3 and "khobao repair" in done.stdout
    assert run(estate, "repair").exit_code == 0
    index.write_bytes(b"junk" * 5000)
    assert run(estate, "verify").exit_code == 3
    assert run(estate, "repair").exit_code == 0
    with sqlite3.connect(index) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    done = run(estate, "verify")
    assert done.exit_code == 3 and "upgrade khobao" in done.stdout


def test_empty_archive(tmp_path: Path) -> None:
    """An archive in which nothing was crawled yet is whole."""
    (tmp_path / "warc").mkdir()
    assert run(tmp_path, "verify").exit_code == 0


def test_repair_says_what_it_did(estate: Path) -> None:
    """What was done, what could not be, what is left; exit 0 only if nothing is left."""
    assert "nothing to repair" in run(estate, "repair").stdout
    (estate / "warc" / "manifest.jsonl").write_bytes(b"")
    done = run(estate, "repair")
    assert done.exit_code == 0 and "line of the manifest made from its seal" in done.stdout
    assert "finds nothing wrong any more" in done.stdout
    spoil(estate)
    done = run(estate, "repair")
    assert done.exit_code == 3 and "left: " in done.stdout


def test_repair_beside_a_crawl(estate: Path) -> None:
    """While another process writes, repair does nothing and exits 75; verify works."""
    with Lock(estate):
        assert run(estate, "repair").exit_code == 75
        done = run(estate, "verify")
    assert done.exit_code == 0 and "running crawl" in done.stdout


def test_progress_only_on_a_terminal(estate: Path) -> None:
    """The bar is drawn on a terminal's stderr; stdout has the verdict alone."""
    words = [sys.executable, "-m", "archive", "verify", "--archive", str(estate)]
    reader, terminal = pty.openpty()
    environment = {**clean_environment(), "TERM": "xterm"}
    done = subprocess.run(
        words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=terminal, check=False
    )
    os.close(terminal)
    drawn = os.read(reader, 1 << 16)
    os.close(reader)
    assert done.returncode == 0 and b"verify" in drawn and b"\x1b" in drawn
    plain = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert plain.stderr == b"" and plain.stdout == done.stdout
