"""Is everything still there, and is it what it was: files, records, and the index over them.

    framing       every byte of a file belongs to a whole record
    digests       of blocks, payloads, and the seal over all bytes of a file of ours
    fields        what ISO 28500:2017 and design/capture.md ask for
    references    concurrent-to pairs, revisit targets, identities
    fixity        the manifest: sizes, SHA-256, files that vanished, moved or came from nowhere
    index         each row reads back to its record, each record has its row; then every table is
                  held against a second index, made from the files on the way (archive/twin.py)

Rejected: ``warcio check``, which looks at digests alone (it passed 21 of 25 cut files), and a
quick mode that trusts file times.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.errors import DamageError
from archive.lock import is_held
from archive.twin import Twin, check_index, copy_index, judge_version
from archive.warc.fixity import Fixity, Seen, join_lines, look, read_listing
from archive.warc.inventory import FOREIGN, take_inventory
from archive.warc.ledger import Ledger
from archive.warc.manifest import Line
from archive.warc.problem import Problem, report
from archive.warc.reader import Found, read_at
from archive.warc.rows import Row, Rows, compare_row
from archive.warc.rules import check_record
from archive.warc.scan import IMPORTS, Import, Missing, Scan, is_own_name, read_imports

__all__ = ["Checked", "Problem", "list_files", "verify_archive", "verify_file"]

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much: bytes, or rows where rows are sampled."""

NO_DAMAGE = frozenset(("row", "not-indexed", "behind", "index", "stray", "manifest"))
"""Problems that leave the WARC files as they were: the index can still be held against them."""


@dataclass(slots=True)
class Checked:
    """What was looked at, and in words what was not. ``rows`` are captures of the index."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    rows: int = 0
    left_out: list[str] = field(default_factory=list)


def verify_file(path: Path) -> Iterator[Problem]:
    """Every problem that a WARC file shows by itself, in file order, then across its records.

    Targets of revisits in other files are not looked for. Raises FileNotFoundError.
    """
    ledger = Ledger()
    scan = Scan(path, path.as_posix().removesuffix(".open"), ledger)
    yield from scan.run()
    for breach in ledger.compare(complete=False):
        yield report(*breach)


def verify_archive(
    root: Path,
    db_path: Path | None,
    *,
    sample: int | None = None,
    seed: int = 0,
    since: datetime | None = None,
    progress: Progress | None = None,
    checked: Checked | None = None,
) -> Iterator[Problem]:
    """Every problem of an archive; with ``db_path`` None the index is left out.

    ``since`` reads only the files that hold captures from that instant on, ``sample`` only so
    many captures, drawn by ``seed``; vanished and resized files are noticed in either case.
    ``checked`` is filled in on the way. Raises StorageError when there is no room for the copy of
    the index that is checked, OSError when the archive's folders can not be listed.
    """
    with TemporaryDirectory(prefix="khobao-verify-") as folder:
        survey = Survey(root, progress, checked or Checked(), Path(folder))
        yield from survey.check(db_path, sample, seed, since)


def list_files(root: Path) -> list[str]:
    """Every WARC file of an archive, relative to it; our own first, the oldest first."""
    return take_inventory(root).files


def is_indexed(name: str) -> bool:
    """Whether the records of a file are indexed for themselves, and not because an import event
    names it."""
    return name.count("/") == 2 and name.endswith(".warc.gz") and not name.startswith(FOREIGN)


def ignore_progress(done: int, total: int) -> None:
    """The progress that nobody watches."""


class Survey:
    """One archive with its manifest and its index."""

    def __init__(
        self, root: Path, progress: Progress | None, checked: Checked, scratch: Path
    ) -> None:
        self._root, self._checked, self._scratch = root, checked, scratch
        self._progress: Progress = progress or ignore_progress
        self._live = is_held(root)
        self._ledger = Ledger()
        self._rows: Rows | None = None
        self._twin: Twin | None = None
        self._committed: dict[str, int] = {}
        self._imports: dict[str, Import] = {}
        self._imported: list[Line] = []
        self._missing: list[Missing] = []
        self._seen: dict[str, Seen] = {}
        self._told: set[tuple[object, ...]] = set()  # places of rows that were found wrong
        self._files: list[str] = []
        self._troubles: list[Problem] = []
        self._damaged = False  # the files are not what they were: their twin would not be either

    def check(
        self, db_path: Path | None, sample: int | None, seed: int, since: datetime | None
    ) -> Iterator[Problem]:
        """All that is asked for."""
        partly = sample is not None or since is not None
        try:
            yield from self._open_index(db_path, copy=not partly)
            if sample is not None and self._rows:
                yield from self.check_fixity(every=False)
                yield from self.check_sample(self._rows, sample, seed, since)
            else:
                yield from self.check_files(since)
            if self._live:
                self._leave_out("what the running crawl has not committed yet")
        finally:
            if self._rows:
                self._rows.close()

    def _leave_out(self, words: str) -> None:
        self._checked.left_out.append(words)

    def _open_index(self, path: Path | None, *, copy: bool) -> Iterator[Problem]:
        """Look at the index by itself; one that can be used is held against the files later."""
        if path is None:
            self._leave_out("the index")
            return
        name = path.name
        try:
            if not path.is_file():
                raise sqlite3.DatabaseError("it is not there")
            if words := judge_version(path):
                code = "newer-index" if "newer" in words else "index"
                yield report(name, None, code, words)
                self._leave_out("the index, which this khobao did not make")
                return
            if copy:
                copy_index(path, self._scratch / "copy.db")
                path = self._scratch / "copy.db"
                broken = [report(name, None, "index", words) for words in check_index(path)]
                yield from broken
                if not broken:
                    self._twin = Twin(self._scratch / "twin.db", self._root)
            self._rows = Rows(path)
            self._committed = self._rows.committed()
        except (sqlite3.Error, OSError) as error:
            self._rows = self._twin = None
            self._leave_out("the index, which can not be read")
            yield report(name, None, "index", f"the index cannot be read ({error})")

    def check_files(self, since: datetime | None) -> Iterator[Problem]:
        """Read files whole, then hold records, manifest and index against each other."""
        inventory = take_inventory(self._root)
        for name, words in inventory.strays:
            yield report(name, None, "stray", words)
        self._files = inventory.files
        names = self._choose(inventory.files, since)
        sizes = [self._measure(name) for name in names]
        done, total = 0, sum(sizes)
        for name, size in zip(names, sizes, strict=True):
            yield from self._scan(name, done, total)
            done += size
            self._progress(done, total)
        self._checked.files, self._checked.bytes = len(names), total
        self._checked.records = self._ledger.count
        for breach in self._ledger.compare(complete=since is None):
            yield self._note(report(*breach))
        yield from self.check_fixity(every=since is None)
        if self._rows:
            yield from self._check_rows(self._rows, since)
        if self._twin:
            yield from self._check_twin(self._twin)

    def _choose(self, names: list[str], since: datetime | None) -> list[str]:
        """The files with captures since then, and those that tell what was imported."""
        if since is None or self._rows is None:
            return names
        recent = {row.place.file for row in self._rows.walk(since)}
        chosen = [
            name
            for name in names
            if name.removesuffix(".open") in recent or name.startswith(IMPORTS)
        ]
        if len(names) > len(chosen):
            words = f"{len(names) - len(chosen)} files without captures since then, but for "
            self._leave_out(words + "being there in their full size")
        self._leave_out("the tables of the index beside captures")
        return chosen

    def _measure(self, name: str) -> int:
        """Bytes of a file; 0 for one that can not be looked at, which reading it will tell."""
        try:
            return (self._root / name).stat().st_size
        except OSError:
            return 0

    def _note(self, problem: Problem) -> Problem:
        if not problem.known and problem.code not in NO_DAMAGE:
            self._damaged = True
        if problem.code == "row":
            self._told.add((problem.file, problem.offset))
        return problem

    def _scan(self, name: str, done: int, total: int) -> Iterator[Problem]:
        final = name.removesuffix(".open")
        for one in (name, final):
            scan = self._prepare(self._root / one, final)
            scan.tell = lambda offset: self._progress(done + offset, total)
            try:
                for problem in scan.run():
                    yield self._note(problem)
            except FileNotFoundError:
                continue  # a running crawl has just closed it
            for problem in self._take_in(scan):
                yield self._note(problem)
            return
        yield self._note(report(name, None, "unreadable", "the file is a link to nothing"))

    def _prepare(self, path: Path, name: str) -> Scan:
        scan = Scan(path, name, self._ledger, self._rows)
        scan.writing = self._live
        if name.startswith(FOREIGN) and name in self._imports:
            seen, told = look(path), self._imports[name]
            scan.known = seen is not None and seen.sha256 == told.line.sha256
            scan.known_at = told.damaged_at
        self._troubles = []
        scan.give = lambda item: self._give(name, item)
        return scan

    def _give(self, name: str, item: Found) -> None:
        """Let the twin have a record of ours that the index should have by now."""
        if self._twin is None or not is_indexed(name):
            return
        if self._live and item.offset + item.length > self._committed.get(name, 0):
            return
        words = self._twin.add(name, item)
        if words:
            self._troubles.append(report(name, item.offset, "event", words))

    def _take_in(self, scan: Scan) -> Iterator[Problem]:
        """What a file that was read tells of others, and of itself."""
        self._imported += [told.line for told in scan.imports]
        self._imports.update({told.line.file: told for told in scan.imports})
        self._missing += scan.missing
        if scan.seen:
            self._seen[scan.name] = scan.seen
        yield from self._troubles

    def _check_rows(self, rows: Rows, since: datetime | None) -> Iterator[Problem]:
        """Records without a row, files that are indexed to a wrong place, and rows whose record
        was not met where they say it lies."""
        yield from self._check_missing()
        if since is None:
            yield from self._check_committed()
        gone: Counter[str] = Counter()
        for row in rows.walk(since):
            self._checked.rows += 1
            if self._ledger.has(row.place.file, row.place.offset, row.record_id):
                continue
            self._told.add((row.place.file, row.place.offset))
            if self._is_there(row.place.file):
                words = f"row {row.id} ({row.url}): there is no such record"
                yield report(row.place.file, row.place.offset, "row", words)
            else:
                gone[row.place.file] += 1
        for name, number in gone.items():
            words = f"the file is not there, and {number} captures of the index lie in it"
            yield self._note(report(name, None, "vanished", words))

    def _is_there(self, name: str) -> bool:
        return any((self._root / one).is_file() for one in (name, name + ".open"))

    def _check_missing(self) -> Iterator[Problem]:
        """Records without a row, one by one, or told at once where a whole file has none."""
        missing: dict[str, list[Missing]] = {}
        for one in self._missing:
            name, _, end, *_ = one
            if not (self._live and end > self._committed.get(name, 0)):
                missing.setdefault(name, []).append(one)
        self._damaged = self._damaged or bool(missing)
        for name, found in missing.items():
            if name not in self._committed and len(found) > 1 and not name.startswith(FOREIGN):
                words = f"none of its {len(found)} captures has a row in the index"
                yield report(name, None, "not-indexed", words)
                continue
            for _, offset, _, identity, url in found:
                words = f"{identity} ({url}) has no row in the index"
                yield report(name, offset, "not-indexed", words)

    def _check_committed(self) -> Iterator[Problem]:
        """``warc_files.committed``: a byte where a record ends, and the last one."""
        for name, end in self._committed.items():
            seen = self._seen.get(name)
            if not self._ledger.ends_at(name, end) and (seen or not self._live):
                words = f"the index says that it holds {name} up to byte {end}, where no record "
                yield report("index.db", None, "row", words + "ends")
            elif seen and end < seen.bytes and not self._live:
                words = f"the index holds {end} of {seen.bytes} bytes"
                yield report(name, end, "behind", words)
                self._damaged = True

    def _check_twin(self, twin: Twin) -> Iterator[Problem]:
        """Every table against what the files make."""
        if self._damaged:
            words = "the tables of the index beside captures, since they are made of files that "
            self._leave_out(words + "are damaged or not indexed to their end")
            return
        for found in twin.compare(self._scratch / "copy.db"):
            if found.table == "captures" and found.key[:2] in self._told:
                continue
            key = ", ".join(str(part) for part in found.key)
            yield report("index.db", None, "row", f"table {found.table}, {key}: {found.words}")

    def check_sample(
        self, rows: Rows, count: int, seed: int, since: datetime | None
    ) -> Iterator[Problem]:
        """Read some captures by their rows."""
        chosen, total = rows.sample(count, since, seed=seed), rows.count
        files = set()
        for number, row in enumerate(chosen, 1):
            files.add(row.place.file)
            self._checked.bytes += row.place.length
            yield from self.check_row(row)
            self._progress(number, len(chosen))
        self._checked.rows = self._checked.records = len(chosen)
        self._checked.files = len(files)
        if total > len(chosen):
            words = f"{total - len(chosen)} of {total} captures (another --seed draws others)"
            self._leave_out(words)
        self._leave_out("what lies between the captures, but for the size of each file")
        self._leave_out("the tables of the index beside captures")

    def check_row(self, row: Row) -> Iterator[Problem]:
        """One row against the record that it names."""
        place = row.place
        try:
            record = read_at(self._root, place)
        except (DamageError, OSError) as error:
            what = error.what if isinstance(error, DamageError) else str(error)
            words = f"row {row.id} ({row.url}): {what}"
            yield report(place.file, place.offset, "framing", words)
            return
        for code, words in check_record(record, own=is_own_name(self._root / place.file)):
            known = self._is_as_imported(place.file)
            yield report(place.file, place.offset, code, words, known=known)
        for words in compare_row(row, record):
            yield report(place.file, place.offset, "row", f"row {row.id}: {words}")

    def _is_as_imported(self, name: str) -> bool:
        """Whether a file of others has the bytes that an import event of ours names."""
        if not name.startswith(FOREIGN):
            return False
        if name not in self._seen:
            if not self._imports:
                told_by = read_imports(self._root, list_files(self._root))
                self._imports = {told.line.file: told for told in told_by}
            if found := look(self._root / name):
                self._seen[name] = found
        told, seen = self._imports.get(name), self._seen.get(name)
        return told is not None and seen is not None and told.line.sha256 == seen.sha256

    def check_fixity(self, *, every: bool) -> Iterator[Problem]:
        """The manifest against the disk; ``every``: SHA-256 of files that were not read too."""
        listed, problems = read_listing(self._root, live=self._live)
        known, more = join_lines(listed, self._imported)
        for problem in [*problems, *more]:
            yield self._note(problem)
        # A running crawl may have closed a file whose line it is about to write.
        files = self._files if every and not (self._live or is_held(self._root)) else []
        for problem in Fixity(self._root, self._seen, every=every).compare(known, files):
            yield self._note(problem)
