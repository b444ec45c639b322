"""Is everything still there, and is it what it was: files, records, and the index over them.

    framing       every byte of a file belongs to a whole record
    digests       of blocks, payloads, and the seal over all bytes of a file of ours
    fields        what ISO 28500:2017 and design/capture.md ask for
    references    concurrent-to pairs, revisit targets, identities
    fixity        the manifest: sizes, SHA-256, files that vanished or came from nowhere
    index         each row reads back to its record, each record has its row

Rejected: ``warcio check``, which looks at digests alone (it passed 21 of 25 cut files), and a
quick mode that trusts file times.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from archive.errors import DamageError
from archive.lock import is_held
from archive.warc import manifest
from archive.warc.ledger import Ledger
from archive.warc.manifest import Line, hash_file, read_manifest
from archive.warc.problem import Problem, report
from archive.warc.reader import read_at
from archive.warc.rows import Rows, compare_row
from archive.warc.rules import check_record
from archive.warc.scan import Missing, Scan, is_own_name

__all__ = ["Problem", "verify_archive", "verify_file"]

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much: bytes, or rows where rows are sampled."""


def verify_file(path: Path) -> Iterator[Problem]:
    """Every problem that a WARC file shows by itself, in file order, then across its records.

    Targets of revisits in other files are not looked for. Raises OSError only.
    """
    ledger = Ledger()
    scan = Scan(path, path.as_posix(), ledger)
    yield from scan.run()
    for breach in ledger.compare(complete=False):
        yield report(*breach)


def verify_archive(
    root: Path,
    db_path: Path | None,
    *,
    sample: int | None = None,
    since: datetime | None = None,
    progress: Progress | None = None,
) -> Iterator[Problem]:
    """Every problem of an archive; with ``db_path`` None the index is left out.

    ``since`` reads only the files that hold captures from that instant on, ``sample`` only so
    many captures, evenly spread; vanished and resized files are noticed in either case.
    """
    rows = None
    try:
        rows = Rows(db_path) if db_path else None
        survey = Survey(root, rows, progress)
        if sample is not None and rows:
            yield from survey.check_fixity(frozenset())
            yield from survey.check_sample(sample, since)
        else:
            yield from survey.check_files(since)
    except sqlite3.Error as error:
        name = db_path.name if db_path else "the ledger"
        yield report(name, 0, "index", f"the index cannot be read ({error})")
    finally:
        if rows:
            rows.close()


def ignore_progress(done: int, total: int) -> None:
    """The progress that nobody watches."""


class Survey:
    """One archive with its manifest and its index."""

    def __init__(self, root: Path, rows: Rows | None, progress: Progress | None) -> None:
        self._root, self._rows = root, rows
        self._progress: Progress = progress or ignore_progress
        self._ledger = Ledger()
        self._imports: list[Line] = []
        self._missing: list[Missing] = []

    def check_files(self, since: datetime | None) -> Iterator[Problem]:
        """Read files whole, then hold records, manifest and index against each other."""
        names = list_files(self._root)
        if since and self._rows:
            recent = {row.place.file for row in self._rows.walk(since)}
            names = [name for name in names if name.removesuffix(".open") in recent]
        sizes = [(self._root / name).stat().st_size for name in names]
        done, total = 0, sum(sizes)
        for name, size in zip(names, sizes, strict=True):
            yield from self._scan(name, done, total)
            done += size
            self._progress(done, total)
        for breach in self._ledger.compare(complete=since is None):
            yield report(*breach)
        yield from self.check_fixity(frozenset(names) if since else None)
        if self._rows:
            yield from self._check_rows(self._rows, since)

    def _scan(self, name: str, done: int, total: int) -> Iterator[Problem]:
        final = name.removesuffix(".open")
        path = self._root / (name if (self._root / name).exists() else final)
        scan = Scan(path, final, self._ledger, self._rows)
        scan.writing = is_held(self._root)
        scan.tell = lambda offset: self._progress(done + offset, total)
        yield from scan.run()
        self._imports += scan.imports
        self._missing += scan.missing

    def _check_rows(self, rows: Rows, since: datetime | None) -> Iterator[Problem]:
        """Records without a row, and rows whose record was not met where they say it lies.

        The first are asked for again: a running crawl commits a second after it has written.
        """
        for name, offset, identity, url in self._missing:
            if not (rows.find(name, offset, identity) or is_held(self._root)):
                words = f"{identity} ({url}) has no row in the index"
                yield report(name, offset, "not-indexed", words)
        for row in rows.walk(since):
            if not self._ledger.has(row.place.file, row.place.offset, row.record_id):
                words = f"row {row.id} ({row.url}): there is no such record"
                yield report(row.place.file, row.place.offset, "row", words)

    def check_sample(self, count: int, since: datetime | None) -> Iterator[Problem]:
        """Read some captures by their rows."""
        rows = self._rows.sample(count, since) if self._rows else []
        for number, row in enumerate(rows, 1):
            place = row.place
            try:
                record = read_at(self._root, place)
            except DamageError as error:
                words = f"row {row.id} ({row.url}): {error.what}"
                yield report(place.file, place.offset, "framing", words)
                continue
            finally:
                self._progress(number, len(rows))
            for code, words in check_record(record, own=is_own_name(self._root / place.file)):
                yield report(place.file, place.offset, code, words)
            for words in compare_row(row, record):
                yield report(place.file, place.offset, "row", f"row {row.id}: {words}")

    def check_fixity(self, hashed: frozenset[str] | None) -> Iterator[Problem]:
        """The manifest against the disk; SHA-256 only of the files in ``hashed`` (None: all)."""
        lines, broken = read_manifest(self._root)
        for number in broken:
            words = f"line {number} cannot be read"
            if not (number == len(lines) + len(broken) and is_held(self._root)):
                yield report(manifest.NAME, 0, "manifest", words)
        known: dict[str, Line] = {}
        for line in [*lines, *self._imports]:
            first = known.setdefault(line.file, line)
            if (first.bytes, first.sha256) != (line.bytes, line.sha256):
                words = f"two lines disagree on {line.file}"
                yield report(manifest.NAME, 0, "manifest", words)
        for line in known.values():
            yield from self._check_line(line, hashed is None or line.file in hashed)
        if hashed is None and not is_held(self._root):
            for name in list_files(self._root):
                if name not in known and not name.endswith(".open"):
                    words = "no manifest line or import knows this file"
                    yield report(name, 0, "unlisted", words)

    def _check_line(self, line: Line, hashed: bool) -> Iterator[Problem]:
        path = self._root / line.file
        if not path.is_file():
            yield report(line.file, 0, "vanished", "the file is gone")
        elif (size := path.stat().st_size) != line.bytes:
            words = f"the file has {size} bytes, it had {line.bytes} when it was closed"
            yield report(line.file, min(size, line.bytes), "changed", words)
        elif hashed and hash_file(path)[0] != line.sha256:
            words = "the file is not what it was when it was closed (SHA-256)"
            yield report(line.file, 0, "changed", words)


def list_files(root: Path) -> list[str]:
    """Every WARC file of an archive, relative to it, in the order of names."""
    folder = root / "warc"
    found = [*folder.rglob("*.warc"), *folder.rglob("*.warc.gz"), *folder.rglob("*.open")]
    return sorted(path.relative_to(root).as_posix() for path in found)
