"""Logs of runs and the line on a terminal."""

from __future__ import annotations

import io
import json
import logging
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.log import close_log, open_log
from crawler.progress import Pace, Progress, cut, measure, write_span


def test_a_line_is_an_object_with_its_data(tmp_path: Path) -> None:
    """Message, level, an instant in UTC, and what was given beside the message."""
    handler = open_log(tmp_path / "logs", "run-20260302T201500.jsonl", keep=3)
    log = logging.getLogger("crawler.test")
    try:
        log.info("báo: %s", "finished", extra={"data": {"site": "báo", "counts": {"requests": 3}}})
        try:
            raise ValueError("oops")
        except ValueError:
            log.exception("a bug")
    finally:
        close_log(handler)
    first, second = (json.loads(line) for line in (tmp_path / "logs").glob("*").__next__().open())
    assert first["site"] == "báo" and first["counts"] == {"requests": 3}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", first["at"])
    assert second["level"] == "error" and "ValueError" in second["traceback"]


def test_the_newest_logs_are_kept(tmp_path: Path) -> None:
    """By when they were written, whatever a clock that was wrong named them; others stay."""
    for number in range(6):
        path = tmp_path / f"crawl-203{number}0302T201500.jsonl"
        path.write_text("{}\n")
        os.utime(path, (1_700_000_000 - number, 1_700_000_000 - number))
    (tmp_path / "notes.txt").write_text("mine")
    close_log(open_log(tmp_path, "run-20200101T000000.jsonl", keep=3))
    assert {path.name for path in tmp_path.iterdir()} == {
        "notes.txt",
        "run-20200101T000000.jsonl",
        "crawl-20300302T201500.jsonl",
        "crawl-20310302T201500.jsonl",
    }


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_ends_the_log_and_not_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said once on stderr; so is a folder that can not be made."""
    (tmp_path / "run-20260302T201500.jsonl").symlink_to("/dev/full")
    handler = open_log(tmp_path, "run-20260302T201500.jsonl", keep=3)
    for _ in range(3):
        logging.getLogger("crawler.test").warning("lost")
    close_log(handler)
    assert capsys.readouterr().err.count("No space left on device") == 1
    (tmp_path / "logs").write_text("a file")
    close_log(open_log(tmp_path / "logs", "run-20260302T201500.jsonl", keep=3))
    assert "goes on without a log" in capsys.readouterr().err


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_for_terminals() -> None:
    """A file, a pipe and a dumb terminal get nothing."""
    pace = Pace("paper", 30, 60, 30.0)
    for stream, term in ((io.StringIO(), "xterm"), (Terminal(), "dumb"), (Terminal(), "")):
        progress = Progress(stream, {"TERM": term} if term else {})
        progress.show([pace])
        progress.clear()
        assert stream.getvalue() == ""
    terminal = Terminal()
    progress = Progress(terminal, {"TERM": "xterm"})
    progress.show([pace] * 6)
    progress.clear()
    assert "paper 30/90 pages, 1.0/s, 60 s left" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


@settings(max_examples=50)
@given(st.text(max_size=60), st.integers(0, 40))
def test_lines_fit(text: str, width: int) -> None:
    """Whatever the letters: never wider than the terminal."""
    assert sum(map(measure, cut(text, width))) <= max(width, 0)


def test_spans() -> None:
    """Times as people say them."""
    spans = [write_span(n) for n in (0, 89, 90, 3500, 3600, 7500)]
    assert spans == ["0 s", "89 s", "2 min", "58 min", "1 h 00 min", "2 h 05 min"]
