"""Where an export goes: a file that is there whole or not at all, a stream, or standard output.

A file is written beside its place, synced and renamed over it, so neither a full disk nor a killed
process leaves half a dataset under the name of a whole one. What is no regular file (a pipe,
/dev/null) is written to directly: renaming over /dev/null would replace the device.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from archive.exports.selection import ExportError

STDOUT = "-"


@contextmanager
def open_target(path: Path) -> Iterator[BinaryIO]:
    """Give a stream for ``path``, or for standard output when it is ``-``.

    A file appears under its name when the block ends without an error; a symbolic link stays one,
    its target is replaced. Raises ExportError for a folder, or where the folder is missing.
    """
    if str(path) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    place = path.resolve()
    if place.is_dir():
        raise ExportError(f"{path} is a folder", "name a file in it with -o")
    if not place.parent.is_dir():
        raise ExportError(f"the folder {place.parent} is not there", "make it, or name another -o")
    if place.exists() and not place.is_file():
        with place.open("wb") as stream:
            yield stream
        return
    with _write_beside(place) as stream:
        yield stream


@contextmanager
def _write_beside(place: Path) -> Iterator[BinaryIO]:
    draft = place.with_name(f".{place.name}.{os.getpid()}.partial")
    try:
        with draft.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
