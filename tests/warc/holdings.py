"""Looks into an archive that is about to be spoiled, and keeps its manifest in step."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

from archive.warc.manifest import NAME
from archive.warc.reader import Found, iterate
from archive.warc.record import Record
from archive.warc.seal import seal_of

Kind = Callable[[Path, random.Random], str]


def own(root: Path) -> list[Path]:
    """The archive's own WARC files."""
    return [path for path in sorted(root.glob("warc/*/*.warc.gz")) if path.parent.name != "foreign"]


def pick(root: Path, dice: random.Random) -> Path:
    """One WARC file, ours or another's."""
    return dice.choice(sorted(root.glob("warc/*/*.warc.gz")))


def parts_of(path: Path) -> list[bytes]:
    """The bytes of each record."""
    data = path.read_bytes()
    found = [item for item in iterate(path) if isinstance(item, Found)]
    return [data[item.offset : item.offset + item.length] for item in found]


def records_of(path: Path) -> list[Record]:
    """The records but for the seal."""
    found = [item.record for item in iterate(path) if isinstance(item, Found)]
    return [record for record in found if seal_of(record) is None]


def lines_of(root: Path) -> list[bytes]:
    return (root / NAME).read_bytes().splitlines(keepends=True)


def write_lines(root: Path, lines: list[bytes]) -> None:
    (root / NAME).write_bytes(b"".join(lines))


def drop_line(root: Path, path: Path) -> None:
    write_lines(root, [one for one in lines_of(root) if path.name.encode() not in one])


def copy_estate(source: Path, target: Path) -> Path:
    """A fresh copy, links as links."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(source, target, symlinks=True)
    return target
