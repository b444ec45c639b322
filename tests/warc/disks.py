"""Disks that fail as told: at the n-th call of an operation, with an errno or a short write."""

from __future__ import annotations

import os
from pathlib import Path

from archive.warc.disk import OsDisk


class FailingDisk(OsDisk):
    """``fail={"write": {3: ENOSPC}}`` makes the third write fail, ``0`` stands for each one.

    ``short`` is how many bytes a write takes at most; ``room`` how many the disk takes in all,
    of which the last write takes what still fits, as a full disk does.
    """

    def __init__(
        self,
        fail: dict[str, dict[int, int]] | None = None,
        *,
        short: int | None = None,
        room: int | None = None,
    ) -> None:
        self.fail, self.short, self.room = fail or {}, short, room
        self.calls: dict[str, int] = {}

    def _meet(self, name: str) -> None:
        self.calls[name] = self.calls.get(name, 0) + 1
        plan = self.fail.get(name, {})
        number = plan.get(self.calls[name], plan.get(0))
        if number is not None:
            raise OSError(number, os.strerror(number))

    def create(self, path: Path) -> int:
        self._meet("create")
        return super().create(path)

    def write(self, handle: int, data: memoryview, offset: int) -> int:
        self._meet("write")
        if self.short is not None:
            data = data[: self.short]
        if self.room is not None:
            data = data[: self.room]
            if not data:
                raise OSError(28, os.strerror(28))
            self.room -= len(data)
        return super().write(handle, data, offset)

    def truncate(self, handle: int, size: int) -> None:
        self._meet("truncate")
        super().truncate(handle, size)

    def sync_data(self, handle: int) -> None:
        self._meet("sync_data")
        super().sync_data(handle)

    def sync(self, handle: int) -> None:
        self._meet("sync")
        super().sync(handle)

    def rename(self, old: Path, new: Path) -> None:
        self._meet("rename")
        super().rename(old, new)

    def sync_folder(self, folder: Path) -> None:
        self._meet("sync_folder")
        super().sync_folder(folder)
