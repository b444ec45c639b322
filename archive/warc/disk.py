"""What the writer asks of a disk, in one small object, so that tests can hand in a failing one.

Rejected: patching ``os`` in tests (tests then depend on which call the code happens to use), and
buffered files (a short write at a full disk leaves bytes in a buffer that close() tries again).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol


class Disk(Protocol):
    """The operations that reach the disk. Each raises OSError; a write may be short."""

    def make_folders(self, folder: Path) -> None: ...
    def create(self, path: Path) -> int: ...
    def open(self, path: Path) -> int: ...
    def size(self, handle: int) -> int: ...
    def write(self, handle: int, data: memoryview, offset: int) -> int: ...
    def truncate(self, handle: int, size: int) -> None: ...
    def sync_data(self, handle: int) -> None: ...
    def sync(self, handle: int) -> None: ...
    def close(self, handle: int) -> None: ...
    def rename(self, old: Path, new: Path) -> None: ...
    def remove(self, path: Path) -> None: ...
    def sync_folder(self, folder: Path) -> None: ...


class OsDisk:
    """The real disk: each method is one system call, or the few that make its promise."""

    def make_folders(self, folder: Path) -> None:
        """Make a folder with its parents, each new one durable in its parent."""
        if folder.is_dir():
            return
        self.make_folders(folder.parent)
        folder.mkdir(exist_ok=True)
        self.sync_folder(folder.parent)

    def create(self, path: Path) -> int:
        """A handle on a new file; FileExistsError where there is one."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)

    def open(self, path: Path) -> int:
        """A handle on a file, made empty where there is none."""
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def size(self, handle: int) -> int:
        """Bytes in the file."""
        return os.fstat(handle).st_size

    def write(self, handle: int, data: memoryview, offset: int) -> int:
        """Write at an offset; gives how many bytes were taken. The offset, not the end of the
        file, so that a write after a truncate cannot leave a hole."""
        return os.pwrite(handle, data, offset)

    def truncate(self, handle: int, size: int) -> None:
        """Cut the file."""
        os.ftruncate(handle, size)

    def sync_data(self, handle: int) -> None:
        """Bytes and length are durable (fdatasync)."""
        os.fdatasync(handle)

    def sync(self, handle: int) -> None:
        """Bytes, length and times are durable (fsync)."""
        os.fsync(handle)

    def close(self, handle: int) -> None:
        """Give the handle back."""
        os.close(handle)

    def rename(self, old: Path, new: Path) -> None:
        """Give the file its new name, which must be free."""
        if new.exists():
            raise FileExistsError(f"{new} is there already")
        old.rename(new)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def sync_folder(self, folder: Path) -> None:
        """The names in a folder are durable."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sync_file(disk: Disk, path: Path) -> None:
    """The bytes of a file that somebody else wrote are durable. Raises OSError."""
    handle = disk.open(path)
    try:
        disk.sync(handle)
    finally:
        disk.close(handle)


def write_all(disk: Disk, handle: int, data: bytes, offset: int) -> None:
    """Write all of ``data``: one call, and more only after a short write. Raises OSError."""
    rest = memoryview(data)
    while rest:
        count = disk.write(handle, rest, offset)
        if count <= 0:
            raise OSError("the disk takes no more bytes and does not say why")
        rest, offset = rest[count:], offset + count
