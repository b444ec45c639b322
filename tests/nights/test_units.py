"""What crawler/README.md tells an operator to install: systemd units, a crontab line, [notify]."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler import cli, config
from tests.road.vault import ROOT

README = (ROOT / "crawler" / "README.md").read_text(encoding="utf-8")
UNITS = dict(re.findall(r"^```ini\n# /etc/systemd/system/(\S+)\n(.+?)^```$", README, re.M | re.S))
SPAN = re.compile(r"(\d+)(s|min|h)")
SECONDS = {"s": 1, "min": 60, "h": 3600}


def read_unit(name: str) -> configparser.ConfigParser:
    """Return a unit of the README as systemd reads it."""
    unit = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(UNITS[name])
    return unit


def count_seconds(text: str) -> int:
    """Return a time span of systemd in seconds."""
    found = SPAN.fullmatch(text)
    assert found, text
    return int(found[1]) * SECONDS[found[2]]


def parse_command(command: str) -> click.Context:
    """Return the context of a command line of ours; it must be one `khobao` understands."""
    program, name, *options = shlex.split(command)
    assert program.endswith("/bin/khobao") and program.startswith("/")
    return cli.main.commands[name].make_context(name, options)


def test_the_service_ends_before_the_next() -> None:
    """It runs `khobao run` with a time budget below its own limits and below the timer's hour;
    75 is no failure; SIGTERM has longer than the ten seconds it takes."""
    service = read_unit("khobao.service")["Service"]
    minutes = parse_command(service["ExecStart"]).params["minutes"]
    assert service["Type"] == "oneshot" and service["SuccessExitStatus"] == "75"
    assert minutes * 60 < count_seconds(service["TimeoutStartSec"])
    assert count_seconds(service["TimeoutStopSec"]) > 10
    assert service["Environment"].startswith("KHOBAO_ARCHIVE=/")
    assert service["ReadWritePaths"] == service["Environment"].partition("=")[2]
    timer = read_unit("khobao.timer")
    assert timer["Timer"]["OnCalendar"] == "*-*-* *:17:00"
    assert minutes * 60 + count_seconds(timer["Timer"]["RandomizedDelaySec"]) < 3600
    assert timer["Install"]["WantedBy"] == "timers.target"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """`systemd-analyze verify` finds nothing wrong, with the program that is here."""
    khobao = str(Path(sys.executable).with_name("khobao"))
    for name, text in UNITS.items():
        (tmp_path / name).write_text(text.replace("/opt/khobao/.venv/bin/khobao", khobao))
    done = subprocess.run(
        ["systemd-analyze", "verify", *(str(tmp_path / name) for name in sorted(UNITS))],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    wrong = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
    assert done.returncode == 0 and wrong == [], done.stderr
    calendar = read_unit("khobao.timer")["Timer"]["OnCalendar"]
    subprocess.run(["systemd-analyze", "calendar", calendar], check=True, capture_output=True)


def test_the_example_of_notify_is_read() -> None:
    """The words of the README are words of khobao.toml."""
    (text,) = re.findall(r"^```toml\n(\[notify\]\n.+?)^```$", README, re.M | re.S)
    notify = config.parse(text).notify
    assert notify.mail_to == ("ops@example.org",) and notify.smtp_tls == "starttls"
