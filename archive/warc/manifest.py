"""The list of closed files, ``warc/manifest.jsonl``: what each was when it was closed.

One line a file, only ever added to::

    {"bytes":73400320,"file":"warc/gazette/gazette-...warc.gz","records":1205,"sha256":"<hex>"}

The line is written after the file has its final name. A crash between the two is healed by
recovery, which adds a line only for a file whose own seal is true: an unknown or damaged file is
never made legitimate. A power cut may leave a line's end without its beginning (zeros where a
sector did not arrive): such a last line is cut off, too. Rejected: a table in SQLite (the index
may be deleted at any time), and ``sha256sum`` format (no place for the count and the size, which
show a vanished tail at once).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.errors import StorageError
from archive.warc.disk import Disk, write_all

NAME = "warc/manifest.jsonl"


@dataclass(frozen=True, slots=True)
class Line:
    """What a closed file was. ``file`` is relative to the archive, with slashes."""

    file: str
    bytes: int
    sha256: str
    records: int


def read_manifest(root: Path) -> tuple[list[Line], list[int]]:
    """The lines in file order, and the numbers (from 1) of lines that cannot be read."""
    try:
        text = (root / NAME).read_bytes()
    except FileNotFoundError:
        return [], []
    lines, broken = [], []
    for number, raw in enumerate(text.split(b"\n")[:-1], 1):
        line = parse_line(raw)
        if line is None:
            broken.append(number)
        else:
            lines.append(line)
    if not text.endswith(b"\n") and text:
        broken.append(text.count(b"\n") + 1)
    return lines, broken


def parse_line(raw: bytes) -> Line | None:
    """One line of the manifest, or None."""
    try:
        line = Line(**json.loads(raw))
    except (ValueError, TypeError):
        return None
    kinds = (line.file, str), (line.bytes, int), (line.sha256, str), (line.records, int)
    return line if all(type(value) is kind for value, kind in kinds) else None


def print_line(line: Line) -> bytes:
    """The one spelling of a line."""
    return json.dumps(asdict(line), sort_keys=True, separators=(",", ":")).encode() + b"\n"


def add_line(root: Path, line: Line, disk: Disk) -> None:
    """Add a line durably. A torn last line (a crash, a power cut, a full disk) is cut off first.

    Raises StorageError; the manifest then is what it was before.
    """
    path = root / NAME
    try:
        disk.make_folders(path.parent)
        fresh = not path.exists()
        handle = disk.open(path)
        try:
            append_line(path, print_line(line), handle, disk)
        finally:
            disk.close(handle)
        if fresh:
            disk.sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{NAME} cannot be written ({error})", "make room on the disk and run again"
        ) from error


def append_line(path: Path, data: bytes, handle: int, disk: Disk) -> None:
    """Write after the last whole line; on OSError the file is cut back to it."""
    whole = find_end(path.read_bytes())
    if disk.size(handle) > whole:
        disk.truncate(handle, whole)
    try:
        write_all(disk, handle, data, whole)
        disk.sync_data(handle)
    except OSError:
        disk.truncate(handle, whole)
        raise


def find_end(text: bytes) -> int:
    """Where the last line that was written whole ends. A line with zeros in it was not: JSON has
    none, a sector that never reached the disk has nothing else."""
    end = text.rfind(b"\n") + 1
    while end and b"\0" in (line := text[text.rfind(b"\n", 0, end - 1) + 1 : end]):
        end -= len(line)
    return end


def cut_torn(root: Path, disk: Disk) -> None:
    """Cut off what a crash left of a last line, durably. Raises OSError."""
    path = root / NAME
    if not path.exists() or find_end(path.read_bytes()) == path.stat().st_size:
        return
    handle = disk.open(path)
    try:
        disk.truncate(handle, find_end(path.read_bytes()))
        disk.sync_data(handle)
    finally:
        disk.close(handle)


def hash_file(path: Path, count: int | None = None) -> tuple[str, int]:
    """SHA-256 (hexadecimal) and number of a file's bytes, or of its first ``count`` bytes."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20 if count is None else min(1 << 20, count - size)):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
