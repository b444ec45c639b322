"""A disk that was cut off from power: what may lie on it, given the calls that were made.

The model is harsher than any one file system, and as harsh as POSIX lets them be:

    bytes    What a file held when it was last synced is there. Of later writes and truncations
             any may have come through and any not, in any order; a write may be torn into sectors
             of 512 or 4096 bytes, of which any may be missing; the file may have grown and show
             zeros there.
    names    What a folder held when it was last synced is there. Later changes are independent of
             each other, but those to the same name keep their order, and a rename is one change.
             A synced file whose name was never synced may be gone; so may all in a new folder.

Not modelled: bytes that had been synced and go bad (that is `khobao verify`'s work), and a sector
that holds part of a write (SQLite and all journals assume power-safe sectors, too).
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from .witness import Call, Kind

SECTORS = (512, 4096)


@dataclass(slots=True)
class File:
    """A file: what is durable, and the writes (offset, data) and sizes since."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None: a truncation

    def sync(self) -> None:
        """All is durable."""
        self.durable, self.pending = self.content(), []

    def content(self) -> bytes:
        """Return what a program sees."""
        return play(self.durable, self.pending)


@dataclass(slots=True)
class Folder:
    """A folder: its durable names, and since then changes as ((name, node or None), ...)."""

    durable: dict[str, File | Folder] = field(default_factory=dict)
    pending: list[tuple[tuple[str, File | Folder | None], ...]] = field(default_factory=list)

    def sync(self) -> None:
        """All names are durable."""
        self.durable, self.pending = self.content(), []

    def content(self) -> dict[str, File | Folder]:
        """Return the names a program sees."""
        return change(self.durable, self.pending)


class Unmodelled(Exception):
    """The program did what this model knows nothing of."""


class Platter:
    """Begins as what a folder holds, all of it durable; ``do`` follows the calls."""

    def __init__(self, root: Path) -> None:
        self.root = load(root)

    def do(self, call: Call) -> None:
        """Follow one call. Raises Unmodelled."""
        match call.kind:
            case Kind.OPEN:
                self._open(call)
            case Kind.WRITE:
                self._file(call).pending.append((call.offset, call.data))
            case Kind.TRUNCATE:
                self._file(call).pending.append((call.offset, None))
            case Kind.SYNC:
                node = self._find(call.name)
                if node is not None:  # else the name is gone
                    node.sync()
            case Kind.RENAME:
                self._rename(call)
            case Kind.UNLINK | Kind.RMDIR:
                folder, name = self._place(call.name)
                folder.pending.append(((name, None),))
            case Kind.MKDIR:
                folder, name = self._place(call.name)
                folder.pending.append(((name, Folder()),))
            case Kind.MARK:
                pass
            case _:
                raise Unmodelled(repr(call)[:300])

    def _open(self, call: Call) -> None:
        if call.flags & os.O_DSYNC:
            raise Unmodelled(f"{call.name} is opened with O_SYNC or O_DSYNC")
        folder, name = self._place(call.name)
        found = folder.content().get(name)
        if found is None:
            folder.pending.append(((name, File()),))
        elif call.flags & os.O_TRUNC and isinstance(found, File):
            found.pending.append((0, None))

    def _rename(self, call: Call) -> None:
        (folder, old), (other, new) = self._place(call.name), self._place(call.other)
        if folder is not other:
            raise Unmodelled(f"{call.name} moves to another folder, {call.other}")
        folder.pending.append(((old, None), (new, folder.content()[old])))

    def _file(self, call: Call) -> File:
        found = self._find(call.name.removesuffix(" (deleted)"))
        if isinstance(found, File):
            return found
        if call.name.endswith(" (deleted)"):
            return File()  # no name leads to it any more
        raise Unmodelled(f"{call.name} is written and was never made")

    def _find(self, name: str) -> File | Folder | None:
        node: File | Folder | None = self.root
        for part in Path(name).parts:
            node = node.content().get(part) if isinstance(node, Folder) else None
        return node

    def _place(self, name: str) -> tuple[Folder, str]:
        parent, _, last = name.rpartition("/")
        folder = self._find(parent)
        if not isinstance(folder, Folder):
            raise Unmodelled(f"{name} is in no folder")
        return folder, last


def load(path: Path) -> Folder:
    """Return what a folder holds, all durable."""
    folder = Folder()
    for entry in path.iterdir():
        if not entry.name.endswith("-shm"):
            node = load(entry) if entry.is_dir() else File(entry.read_bytes())
            folder.durable[entry.name] = node
    return folder


def play(durable: bytes, pending: Iterable[tuple[int, bytes | None]]) -> bytes:
    """Return a file's bytes after writes and truncations; what nothing filled is zeros."""
    content = bytearray(durable)
    for offset, data in pending:
        end = offset + len(data or b"")
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        if data is None:
            del content[offset:]
        else:
            content[offset:end] = data
    return bytes(content)


def change(
    durable: dict[str, File | Folder],
    pending: Iterable[tuple[tuple[str, File | Folder | None], ...]],
) -> dict[str, File | Folder]:
    """Return a folder's names after changes."""
    names = dict(durable)
    for changes in pending:
        for name, node in changes:
            if node is None:
                names.pop(name, None)
            else:
                names[name] = node
    return names


# -- what may be left -----------------------------------------------------------------------------

Fate = Callable[[random.Random], float]
FATES: tuple[Fate, ...] = (
    lambda chance: chance.choice((0.0, 1.0)),  # nothing of a thing that was not synced, or all
    lambda chance: chance.random(),
    lambda chance: chance.choice((0.05, 0.5, 0.95)),
)
"""How likely one unsynced change is to have come through: drawn once a file and once a folder."""


def keep_all(folder: Folder, target: Path) -> None:
    """Write what a kill leaves into an empty folder: all that was done, synced or not."""
    target.mkdir(parents=True, exist_ok=True)
    for name, node in folder.content().items():
        if isinstance(node, Folder):
            keep_all(node, target / name)
        else:
            (target / name).write_bytes(node.content())


def survive(folder: Folder, target: Path, chance: random.Random) -> None:
    """Write one of the states that a power cut may leave into an empty folder."""
    target.mkdir(parents=True, exist_ok=True)
    for name, node in sorted(pick_names(folder, chance).items()):
        if isinstance(node, Folder):
            survive(node, target / name, chance)
        else:
            (target / name).write_bytes(pick_bytes(node, chance))


def pick_names(folder: Folder, chance: random.Random) -> dict[str, File | Folder]:
    """Let some of the unsynced names come through: of those that touch, the first ones."""
    likely = chance.choice(FATES)(chance)
    lost: set[str] = set()
    kept = []
    for changes in folder.pending:
        names = {name for name, _ in changes}
        if names & lost or chance.random() >= likely:
            lost |= names
        else:
            kept.append(changes)
    return change(folder.durable, kept)


def pick_bytes(file: File, chance: random.Random) -> bytes:
    """Let some of the unsynced writes come through, some torn, some as zeros only."""
    if not file.pending:
        return file.durable
    likely = chance.choice(FATES)(chance)
    kept: list[tuple[int, bytes | None]] = []
    size = 0
    for offset, data in file.pending:
        if data is None:
            if chance.random() < likely:
                kept.append((offset, None))
            continue
        fate = chance.random()
        if fate < likely:
            kept.append((offset, data))
        elif fate < likely + (1 - likely) / 2:
            kept += tear(offset, data, chance)
        if chance.random() < 0.5:
            size = max(size, offset + len(data))
    content = play(file.durable, kept)
    return content + bytes(max(0, size - len(content)))


def tear(offset: int, data: bytes, chance: random.Random) -> list[tuple[int, bytes | None]]:
    """Return the sectors of a write that came through: a beginning, an end, or any."""
    sector = chance.choice(SECTORS)
    end = offset + len(data)
    edges = [offset, *range((offset // sector + 1) * sector, end, sector), end]
    pieces: list[tuple[int, bytes | None]] = [
        (start, data[start - offset : stop - offset]) for start, stop in pairwise(edges)
    ]
    place = chance.randrange(len(pieces) + 1)
    form = chance.randrange(3)
    if form == 0:
        return pieces[:place]
    return pieces[place:] if form == 1 else [one for one in pieces if chance.random() < 0.5]
