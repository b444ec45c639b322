"""The manifest after a power cut: half lines go, whole lines stay."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.lock import Lock
from archive.warc.disk import OsDisk
from archive.warc.manifest import NAME, Line, add_line, find_end, print_line, read_manifest
from archive.warc.recovery import recover

LINES = [Line(f"warc/gazette/{number}.warc.gz", 9, "ab" * 32, 3) for number in range(3)]


def write(root: Path, *tails: bytes) -> Path:
    """Write a manifest that ends with what a cut has left."""
    (root / "warc").mkdir()
    path = root / NAME
    path.write_bytes(b"".join([*map(print_line, LINES[:2]), *tails]))
    return path


@pytest.mark.parametrize("cut", range(1, len(print_line(LINES[2])), 11))
@pytest.mark.parametrize("part", ["beginning", "end", "nothing"])
def test_a_line_of_which_a_part_arrived_goes(tmp_path: Path, cut: int, part: str) -> None:
    """Whichever part of the last line is on the disk, with zeros for the rest or without: the
    recovery cuts it off and leaves the lines before it."""
    line = print_line(LINES[2])
    zeros = bytes(len(line))
    torn = {
        "beginning": line[:cut],
        "end": zeros[:cut] + line[cut:],
        "nothing": zeros[:cut],
    }
    write(tmp_path, torn[part])
    with Lock(tmp_path):
        recover(tmp_path)
    assert read_manifest(tmp_path) == (LINES[:2], [])


def test_a_line_is_added_after_the_last_whole_one(tmp_path: Path) -> None:
    """What a cut left is cut off before the next line is written."""
    write(tmp_path, bytes(60) + b'"}\n')
    add_line(tmp_path, LINES[2], OsDisk())
    assert read_manifest(tmp_path) == (LINES, [])


def test_a_damaged_line_is_not_swept_away(tmp_path: Path) -> None:
    """A whole last line that cannot be read is no half line: it stays, and is told."""
    path = write(tmp_path, b'{"file": "what is this"}\n')
    with Lock(tmp_path):
        recover(tmp_path)
    assert read_manifest(tmp_path) == (LINES[:2], [3])
    assert find_end(path.read_bytes()) == path.stat().st_size
