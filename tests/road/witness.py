"""Records what a process does to the files below a folder, by a small library loaded into it.

`witness.c` is compiled when it is needed (gcc is on every machine of ours, strace is not, and
ptrace is forbidden in many containers) and loaded with LD_PRELOAD: it sees the calls of Python
and of SQLite alike. What it can not see shows in the comparison with the real folder that each
recording ends with.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).with_name("witness.c")
HEAD = struct.Struct("=IIIIQQ")


class Kind(IntEnum):
    """What was done; the numbers of witness.c, and one for the program's own marks."""

    OPEN = 1
    WRITE = 2
    TRUNCATE = 3
    SYNC = 4
    RENAME = 5
    UNLINK = 6
    MKDIR = 7
    RMDIR = 8
    FOREIGN = 9
    MARK = 100


@dataclass(frozen=True, slots=True)
class Call:
    """One call. Names are relative to the folder; ``.`` is the folder itself."""

    kind: Kind
    name: str
    other: str = ""
    flags: int = 0
    offset: int = 0
    data: bytes = b""

    @property
    def mark(self) -> dict[str, Any]:
        """What the program said of itself at this point."""
        found: dict[str, Any] = json.loads(self.data)
        return found

    @property
    def step(self) -> str | None:
        """The step that a mark tells of."""
        return self.mark["step"] if self.kind == Kind.MARK else None


def find_compiler() -> str | None:
    """Return the C compiler of this machine, if it has one."""
    return shutil.which("cc") or shutil.which("gcc")


def build(folder: Path) -> Path:
    """Compile the library into a folder."""
    library = folder / "witness.so"
    command = [find_compiler(), "-O1", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"]
    subprocess.run([str(word) for word in command], check=True, capture_output=True)
    return library


def environment(library: Path, root: Path, log: Path) -> dict[str, str]:
    """Return what a program's environment needs for it to be recorded."""
    return {"LD_PRELOAD": str(library), "WITNESS_ROOT": str(root), "WITNESS_LOG": str(log)}


def note_mark(**facts: object) -> None:
    """In a recorded program: say where it is, in the log, between its calls."""
    data = json.dumps(facts).encode()
    handle = os.open(os.environ["WITNESS_LOG"], os.O_WRONLY | os.O_APPEND)
    try:
        os.write(handle, HEAD.pack(Kind.MARK, 0, 0, 0, 0, len(data)) + data)
    finally:
        os.close(handle)


def read_log(log: Path, root: Path) -> list[Call]:
    """Return the calls in order, without those to SQLite's shared memory, which no crash keeps."""
    calls = list(_parse(log.read_bytes(), str(root.resolve())))
    return [call for call in calls if not call.name.endswith("-shm")]


def _parse(data: bytes, root: str) -> Iterator[Call]:
    at = 0
    while at < len(data):
        kind, one, two, flags, offset, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        names = data[at : at + one].decode(), data[at + one : at + one + two].decode()
        at += one + two
        name, other = (_shorten(text, root) for text in names)
        yield Call(Kind(kind), name, other, flags, offset, data[at : at + length])
        at += length


def _shorten(name: str, root: str) -> str:
    """Return a name relative to the root, its ``..`` resolved."""
    if not name.startswith("/"):
        return name
    return os.path.relpath(os.path.normpath(name), root)
