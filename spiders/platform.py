"""Reads the shared answers of a publishing system: ``platforms/<name>.toml`` and its pager.

A platform's file is a profile without a paper, plus ``title`` and ``[fingerprint]`` (by what a
page of the system is recognised; data for `khobao new`). Systems are found by looking into the
folder: no registry to keep.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "platforms"


class Platform(NamedTuple):
    """A publishing system: its name for people, its answers, and its fingerprints."""

    name: str
    title: str
    answers: dict[str, Any]  # tables as in a profile; to be copied, not changed
    fingerprint: dict[str, tuple[str, ...]]  # regexes by where they look; probe, places: paths


@cache
def platform_names() -> tuple[str, ...]:
    """The publishing systems that are known, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def pager_names() -> tuple[str, ...]:
    """The systems whose category pages need code of their own."""
    return tuple(name for name in platform_names() if (FOLDER / f"{name}.py").is_file())


@cache
def load_platform(name: str) -> Platform:
    """The platform of that name. Raises KeyError for one that is not in the folder."""
    if name not in platform_names():
        raise KeyError(name)
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    title = str(data.pop("title"))
    marks = {sign: tuple(regexes) for sign, regexes in data.pop("fingerprint").items()}
    return Platform(name, title, data, marks)
