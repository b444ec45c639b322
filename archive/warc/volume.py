"""One WARC file being written: open, appended to, synced, sealed and closed.

    create (O_EXCL, .open)  →  append a group …  →  sync …  →  seal, fsync, rename, fsync folder,
                                                              manifest line

Each step has a name that is handed to ``step`` once it is done; tests kill the process there.
After any OSError the bytes on the disk are cut back to what was whole; where that fails too, or
after a failed fsync (Linux drops the dirty pages: a second fsync would lie), the volume is dead:
it stays ``.open`` for the recovery, and is never written again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from archive.errors import StorageError
from archive.warc.disk import Disk, write_all
from archive.warc.event import print_date
from archive.warc.manifest import Line, add_line
from archive.warc.seal import Seal, make_seal, serialise_seal

ROOM = "make room or check the disk, then run again: the next run recovers the file"


class Volume:
    """A file under ``root`` whose final name is ``file``; on the disk it is ``file.open``."""

    def __init__(self, root: Path, file: str, disk: Disk, step: Callable[[str], None]) -> None:
        """Make the file. Raises FileExistsError if either name is taken, else StorageError."""
        self._root, self._disk, self._step = root, disk, step
        self.file = file
        self.size = 0
        self.records = 0
        self.dead = False
        self._digest = hashlib.sha256()
        self._dirty = False
        self._path = root / (file + ".open")
        if (root / file).exists():
            raise FileExistsError(file)
        try:
            disk.make_folders(self._path.parent)
            self._handle = disk.create(self._path)
        except FileExistsError:
            raise
        except OSError as error:
            raise StorageError(f"{file}.open cannot be made ({error})", ROOM) from error
        try:
            disk.sync_folder(self._path.parent)
            disk.sync_folder(self._path.parent.parent)  # who made it may have been killed first
        except OSError as error:
            raise self._bury(error) from error
        step("created")

    def append(self, members: list[bytes]) -> int:
        """Write the members with one call and give the offset of the first.

        Raises StorageError; the file then ends where it ended before, or is dead.
        """
        data, start = b"".join(members), self.size
        self._dirty = True
        try:
            write_all(self._disk, self._handle, data, start)
        except OSError as error:
            raise self._cut_back(error) from error
        self._digest.update(data)
        self.size += len(data)
        self.records += len(members)
        self._step("appended")
        return start

    def sync(self) -> None:
        """All that was appended is durable, or StorageError and the volume is dead."""
        if not self._dirty:
            return
        try:
            self._disk.sync_data(self._handle)
        except OSError as error:
            raise self._bury(error) from error
        self._dirty = False
        self._step("synced")

    def close(self, warcinfo: str, *, at: datetime, new_id: Callable[[], str]) -> Line:
        """Seal the file, give it its final name and a line in the manifest.

        Raises StorageError; what was synced is safe, the recovery of the next run does the rest.
        """
        seal = Seal(self.records, self.size, self._digest.hexdigest(), recovered=False)
        record = make_seal(seal, warcinfo, date=print_date(at), identity=new_id())
        try:
            self.append([serialise_seal(record)])
            self._step("sealed")
            finish(self._root, self.file, self._handle, self._disk, self._step)
        except StorageError:
            self._let_go()
            raise
        except OSError as error:
            raise self._bury(error) from error
        self._let_go()
        line = Line(self.file, self.size, self._digest.hexdigest(), self.records)
        add_line(self._root, line, self._disk)
        self._step("listed")
        return line

    def discard(self) -> None:
        """Remove a file into which nothing was written. Raises StorageError."""
        try:
            self._let_go()
            self._disk.remove(self._path)
        except OSError as error:
            raise StorageError(f"{self.file}.open cannot be removed ({error})", ROOM) from error

    def _cut_back(self, error: OSError) -> StorageError:
        try:
            self._disk.truncate(self._handle, self.size)
        except OSError:
            return self._bury(error)
        return StorageError(f"{self.file}.open cannot be written ({error})", ROOM)

    def _bury(self, error: OSError) -> StorageError:
        try:
            self._let_go()
        except OSError as second:
            error.add_note(f"closing the file failed too: {second}")
        return StorageError(f"{self.file}.open is no longer written ({error})", ROOM)

    def _let_go(self) -> None:
        """Give the handle back, once."""
        if not self.dead:
            self.dead = True
            self._disk.close(self._handle)


def finish(root: Path, file: str, handle: int, disk: Disk, step: Callable[[str], None]) -> None:
    """A whole ``file.open`` becomes ``file``, durably. Raises OSError."""
    final = root / file
    disk.sync(handle)
    step("closed")
    disk.rename(root / (file + ".open"), final)
    step("renamed")
    disk.sync_folder(final.parent)
    step("settled")
