"""Fixity over time: what the manifest says of each closed file against what lies on the disk.

A file is told apart by its bytes: gone, changed, longer than it was, or there under another name.
Lines that say the same twice, or are spelt as we never write them, are told too, since a list that
somebody edits is no witness. The order of the lines says nothing and is not judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from archive.warc.manifest import NAME, Line, hash_file, parse_line, print_line
from archive.warc.problem import Problem, report

ANY = -1
"""The number of records in a line that does not say it (an import event)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read of a file: SHA-256 (hexadecimal), bytes, records."""

    sha256: str
    bytes: int
    records: int


def read_listing(root: Path, *, live: bool) -> tuple[list[Line], list[Problem]]:
    """The lines of the manifest, and what is wrong with them by themselves.

    ``live``: a writer may be in the middle of its last line.
    """
    try:
        data = (root / NAME).read_bytes()
    except FileNotFoundError:
        return [], []
    except OSError as error:
        return [], [report(NAME, None, "manifest", f"it cannot be read ({error.strerror})")]
    raws = data.split(b"\n")
    torn = raws.pop()
    lines, problems, at = [], [], 0
    for number, raw in enumerate(raws, 1):
        line = parse_line(raw)
        if line is None or not is_inside(line.file):
            problems.append(report(NAME, at, "manifest", f"line {number} cannot be read"))
        else:
            lines.append(line)
            if print_line(line) != raw + b"\n":
                words = f"line {number} is not spelt as we write it"
                problems.append(report(NAME, at, "manifest", words))
        at += len(raw) + 1
    if torn and not live:
        problems.append(report(NAME, at, "manifest", f"line {len(raws) + 1} is torn"))
    return lines, problems


def is_inside(name: str) -> bool:
    """Whether a name is one of a file under warc/."""
    parts = PurePosixPath(name).parts
    return len(parts) > 1 and parts[0] == "warc" and ".." not in parts


def join_lines(listed: list[Line], imported: list[Line]) -> tuple[dict[str, Line], list[Problem]]:
    """What is known of each file, and where two lines, or a line and an import, disagree."""
    known: dict[str, Line] = {}
    problems = []
    for line in listed:
        if line.file in known:
            words = f"{line.file} has two lines"
            if line != known[line.file]:
                words += ", which disagree"
            problems.append(report(NAME, None, "manifest", words))
        known.setdefault(line.file, line)
    for line in imported:
        first = known.setdefault(line.file, line)
        if (first.bytes, first.sha256) != (line.bytes, line.sha256):
            words = f"the line of {line.file} is not what was imported"
            problems.append(report(NAME, None, "manifest", words))
    return known, problems


class Fixity:
    """Holds lines against files; what was hashed while it was read is not hashed again."""

    def __init__(self, root: Path, seen: Mapping[str, Seen], *, every: bool) -> None:
        """``every``: hash files that are not in ``seen`` too."""
        self._root, self._seen, self._every = root, seen, every

    def compare(self, known: Mapping[str, Line], files: list[str]) -> Iterator[Problem]:
        """Each line against its file, then the files that have no line."""
        unknown = [n for n in files if n not in known and not n.endswith(".open")]
        moved = {
            line.file: new
            for line, new in find_moved(self._root, known.values(), unknown, self._seen)
        }
        for line in known.values():
            if new := moved.get(line.file):
                yield report(line.file, None, "renamed", f"the file is called {new} now")
            else:
                yield from self.check_line(line)
        for name in unknown:
            if name not in moved.values():
                words = "no manifest line or import knows this file"
                yield report(name, None, "unlisted", words)

    def check_line(self, line: Line) -> Iterator[Problem]:
        """One line against its file: size, SHA-256, number of records."""
        path = self._root / line.file
        if not path.exists() and path.with_name(path.name + ".open").exists():
            return  # told as left open; once it is closed again its bytes are judged
        if not path.is_file():
            yield report(line.file, None, "vanished", "the file is gone")
            return
        size = path.stat().st_size
        seen = self._seen.get(line.file)
        if size != line.bytes:
            words = f"the file has {size} bytes, it had {line.bytes} when it was closed"
            code = "appended" if size > line.bytes and self.starts_true(line) else "changed"
            yield report(line.file, min(size, line.bytes), code, words)
        elif (found := seen or (look(path) if self._every else None)) is None:
            return
        elif found.sha256 != line.sha256:
            words = "the file is not what it was when it was closed (SHA-256)"
            yield report(line.file, 0, "changed", words)
        elif seen and line.records not in (ANY, seen.records):
            words = f"the line of {line.file} says {line.records} records, it has {seen.records}"
            yield report(NAME, None, "manifest", words)

    def starts_true(self, line: Line) -> bool:
        """Whether a file that became longer begins with all that it was."""
        return hash_file(self._root / line.file, line.bytes)[0] == line.sha256


def find_moved(
    root: Path, lines: Iterable[Line], unknown: list[str], seen: Mapping[str, Seen] | None = None
) -> list[tuple[Line, str]]:
    """Lines whose file is gone while its bytes lie under a name that nothing knows."""
    gone = [line for line in lines if not (root / line.file).exists()]
    if not gone:
        return []
    found = {}
    for name in unknown:
        if one := (seen or {}).get(name) or look(root / name):
            found[one.sha256, one.bytes] = name
    pairs = [(line, found.get((line.sha256, line.bytes))) for line in gone]
    return [(line, name) for line, name in pairs if name]


def look(path: Path) -> Seen | None:
    """Digest and size of a file; None if it cannot be read."""
    try:
        _, digest, size = hash_twice(path, 0)
    except OSError:
        return None
    return Seen(digest, size, ANY)


def hash_twice(path: Path, at: int) -> tuple[str, str, int]:
    """SHA-256 of a file's first ``at`` bytes and of all of it, and its size, in one reading."""
    digest, size, before = hashlib.sha256(), 0, hashlib.sha256().hexdigest()
    with path.open("rb") as file:
        while piece := file.read(min(1 << 20, at - size) if size < at else 1 << 20):
            digest.update(piece)
            size += len(piece)
            before = digest.hexdigest() if size == at else before
    return before, digest.hexdigest(), size
