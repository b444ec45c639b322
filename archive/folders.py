"""The folders of an archive, and which WARC files in them are its own."""

from __future__ import annotations

import re
from pathlib import Path

from archive.warc.disk import OsDisk
from archive.warc.inventory import age_of

STAMP = re.compile(r"[0-9]{14}")


def make_folders(root: Path) -> None:
    """Make the folders of an empty archive, each durable in its parent. Raises OSError.

    Folders that are there are synced all the same: whoever made them may have been killed before
    it came to that, and a name that is lost takes every synced byte behind it along.
    """
    disk = OsDisk()
    for name in ("warc", "sites", "logs"):
        disk.make_folders(root / name)
    for folder in (root.parent, root, root / "warc"):
        disk.sync_folder(folder)


def own_files(root: Path) -> list[tuple[str, Path]]:
    """Return (name, path) of the archive's own closed WARC files, oldest first."""
    folder = root / "warc"
    paths = [p for p in folder.glob("*/*.warc.gz") if p.parent.name != "foreign"]
    names = sorted((age_of(path.name), path.relative_to(root).as_posix(), path) for path in paths)
    return [(name, path) for _, name, path in names]


def find_newest(root: Path) -> str:
    """Return the latest timestamp (YYYYMMDDhhmmss) that the name of an own file has, or ""."""
    stamps = (age_of(name).partition("-")[0] for name, _ in own_files(root))
    return max((stamp for stamp in stamps if STAMP.fullmatch(stamp)), default="")
