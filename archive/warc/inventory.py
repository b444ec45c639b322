"""What lies under ``warc/``: WARC files, what belongs beside them, and what nobody put there.

    warc/manifest.jsonl            the list of closed files, and what repair replaced (.torn)
    warc/<site>/*.warc.gz          ours; .open while it is written; .torn: a tail cut off
    warc/foreign/*                 files of others, under any name; .part while one is copied

Links to files are followed: an archive may spread over several disks, and fixity is judged by
bytes. Rejected: looking at known names only (a file that was put there by somebody would stand in
the archive for ever, unseen by every check).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.warc.manifest import NAME

FOREIGN = "warc/foreign/"
ENDINGS = (".warc", ".warc.gz", ".open")
INTERRUPTED = "what an interrupted import left behind"


@dataclass(slots=True)
class Inventory:
    """Names relative to the archive, with slashes. ``strays`` has words for each."""

    files: list[str] = field(default_factory=list)
    strays: list[tuple[str, str]] = field(default_factory=list)


def take_inventory(root: Path) -> Inventory:
    """Look at everything under ``warc/``. Our own files come first, the oldest first, because
    they say what is known of the others. Raises OSError for a folder that cannot be listed."""
    found = Inventory()
    for name in walk(root):
        kind = judge(root, name)
        if kind == "warc":
            found.files.append(name)
        elif kind:
            found.strays.append((name, kind))
    found.files.sort(key=lambda name: (name.startswith(FOREIGN), age_of(name), name))
    return found


def walk(root: Path) -> Iterator[str]:
    """Every name under ``warc/`` that is no folder, and folders that are named like files."""
    seen: set[tuple[int, int]] = set()

    def refuse(error: OSError) -> None:
        raise error

    top = root / "warc"
    if not top.is_dir():
        return
    for folder, names, files in os.walk(top, onerror=refuse, followlinks=True):
        here = Path(folder).stat()
        if (here.st_dev, here.st_ino) in seen:  # a link that leads back up
            names.clear()
            continue
        seen.add((here.st_dev, here.st_ino))
        odd = [name for name in names if name.endswith((*ENDINGS, ".jsonl"))]
        for name in sorted(files + odd):
            yield (Path(folder) / name).relative_to(root).as_posix()


def judge(root: Path, name: str) -> str | None:
    """``warc`` for a WARC file, None for what belongs there, else in words why it does not."""
    is_warc = name.endswith(ENDINGS) or name.startswith(FOREIGN)
    if name == NAME or (".torn" in name.rpartition("/")[2] and not name.endswith(ENDINGS)):
        return None
    if name.endswith(".part"):
        return INTERRUPTED
    try:
        mode = (root / name).stat().st_mode
    except OSError:
        return "warc" if is_warc else "it can not be looked at"  # reading it will tell why
    if not stat.S_ISREG(mode):
        return "it is named like a file of the archive and is none"
    return "warc" if is_warc else "no part of the archive"


def age_of(name: str) -> str:
    """The part of a file's name that sorts by time: <timestamp>-<serial>."""
    last = name.rpartition("/")[2].removesuffix(".open").removesuffix(".warc.gz")
    parts = last.rsplit("-", 3)
    return "-".join(parts[1:3]) if len(parts) == 4 else last
