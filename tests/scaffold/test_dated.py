"""Papers whose dates are traps: what `khobao new` learns of them, and how many are read right."""

from __future__ import annotations

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.gazette.prose import write_instant
from tests.road.scores import explain

from .clocks import Clocked, Dating, write_false, write_gmt, write_half, write_true
from .lab import try_papers


def show_vietnamese(at: datetime) -> str:
    """23/11/2026 15:04, as nobody marks it up."""
    return f'<span class="k2">{at:%d/%m/%Y %H:%M}</span>'


def show_utc(at: datetime) -> str:
    """The clock of a system that nobody set."""
    return f'<span class="k2">{at - timedelta(hours=7):%d/%m/%Y %H:%M}</span>'


def show_short(at: datetime) -> str:
    """2/3/26, 9:05 p.m."""
    half = "p.m." if at.hour >= 12 else "a.m."
    short = f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M} {half}"
    return f'<div class="k2">{short}</div>'


def show_zoned(at: datetime) -> str:
    """Feb. 3, 2026 at 9 p.m. ET"""
    half = "p.m." if at.hour >= 12 else "a.m."
    return f'<div class="k2">Feb. {at.day}, {at.year}, {at.hour % 12 or 12}:{at:%M} {half} ET</div>'


def show_ago(at: datetime) -> str:
    """What a script writes, the date in an attribute."""
    return f'<abbr class="k2" title="{write_instant(at)}">2 giờ trước</abbr>'


def to_second(at: datetime) -> str:
    return write_instant(at)


OFFICE = "1 Main St, Ferris Ridge, OH 45011"
PAPERS = {
    "false-z": Dating("vi", write_false, show_vietnamese, told=to_second),
    "false-z-fed": Dating("vi", write_false, show_vietnamese, write_gmt, told=to_second),
    "half-z": Dating("vi", write_half, show_vietnamese, told=to_second),
    "true-z": Dating("vi", write_true, show_vietnamese, told=to_second),
    "shows-utc": Dating("vi", write_true, show_utc, meta={"article:published_time": write_instant},
                        told=to_second),
    "short": Dating("en", shown=show_short, foot=f"<footer>{OFFICE}</footer>"),
    "named": Dating("en", shown=show_zoned),
    "ago": Dating("vi", shown=show_ago, told=to_second),
}  # fmt: skip

KNOWN: dict[str, dict[str, Any]] = {
    "false-z": {"read.local_stamps": ["json-ld"], "timezone": "Asia/Ho_Chi_Minh"},
    "false-z-fed": {"read.local_stamps": ["json-ld"], "timezone": "Asia/Ho_Chi_Minh"},
    "half-z": {"read.local_stamps": ["json-ld"], "timezone": "Asia/Ho_Chi_Minh"},
    "true-z": {"read.local_stamps": None, "timezone": "Asia/Ho_Chi_Minh"},
    "short": {"timezone": "America/New_York"},
    "named": {"timezone": "America/New_York"},
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PAPERS)
def test_a_trap_of_dates_is_seen_through(tmp_path: Path, name: str) -> None:
    """All dates are right to what the paper writes, and the profile says what was learned."""
    trial = try_papers(tmp_path, {name: Clocked.make(PAPERS[name])}, joined=True)[name]
    said = f"{trial.profile}\n{trial.told}\n{explain({name: trial.score})}"
    assert trial.score.share("found") >= 0.95 and trial.score.share("date") >= 0.95, said
    words = tomllib.loads(trial.profile)
    for key, value in KNOWN.get(name, {}).items():
        table, _, word = key.rpartition(".")
        assert (words.get(table, {}) if table else words).get(word) == value, (key, said)
