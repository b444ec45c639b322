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

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.errors import DamageError
from archive.lock import is_held
from archive.warc.collate import Checked, Collation
from archive.warc.fixity import Fixity, Seen, join_lines, look, read_listing
from archive.warc.inventory import FOREIGN, INTERRUPTED, take_inventory
from archive.warc.ledger import Ledger
from archive.warc.manifest import Line
from archive.warc.problem import Problem, report
from archive.warc.reader import read_at
from archive.warc.rows import Row, Rows, compare_row
from archive.warc.rules import check_record
from archive.warc.scan import IMPORTS, Import, Missing, Scan, is_own_name, read_imports

__all__ = ["Checked", "Problem", "list_files", "verify_archive", "verify_file"]

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much: bytes, or rows where rows are sampled."""


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


def ignore_progress(done: int, total: int) -> None:
    """The progress that nobody watches."""


class Survey:
    """One archive with its manifest and its index."""

    def __init__(
        self, root: Path, progress: Progress | None, checked: Checked, scratch: Path
    ) -> None:
        self._root, self._checked = root, checked
        self._progress: Progress = progress or ignore_progress
        self._live = is_held(root)
        self._ledger = Ledger()
        self._imports: dict[str, Import] = {}
        self._imported: list[Line] = []
        self._missing: list[Missing] = []
        self._seen: dict[str, Seen] = {}
        self._files: list[str] = []
        self._troubles: list[Problem] = []
        self._index = Collation(root, self._ledger, checked, scratch, live=self._live)

    def check(
        self, db_path: Path | None, sample: int | None, seed: int, since: datetime | None
    ) -> Iterator[Problem]:
        """All that is asked for."""
        partly = sample is not None or since is not None
        try:
            yield from self._index.open(db_path, copy=not partly)
            if sample is not None and self._index.rows:
                yield from self.check_fixity(every=False)
                yield from self.check_sample(self._index.rows, sample, seed, since)
            else:
                yield from self.check_files(since)
            if self._live:
                self._leave_out("what the running crawl has not committed yet")
        finally:
            self._index.close()

    def _leave_out(self, words: str) -> None:
        self._checked.left_out.append(words)

    def check_files(self, since: datetime | None) -> Iterator[Problem]:
        """Read files whole, then hold records, manifest and index against each other."""
        inventory = take_inventory(self._root)
        for name, words in inventory.strays:
            yield report(name, None, "import" if words is INTERRUPTED else "stray", words)
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
            yield self._index.note(report(*breach))
        yield from self.check_fixity(every=since is None)
        yield from self._index.check(self._list_missing(), self._seen, since)

    def _list_missing(self) -> list[Missing]:
        """The records without a row that should have one: a file of others is indexed because an
        import names it, and one that none names is told of as a whole (archive/warc/fixity.py)."""
        return [
            one
            for one in self._missing
            if not one[0].startswith(FOREIGN) or one[0] in self._imports
        ]

    def _choose(self, names: list[str], since: datetime | None) -> list[str]:
        """The files with captures since then, and those that tell what was imported."""
        if since is None or self._index.rows is None:
            return names
        recent = {row.place.file for row in self._index.rows.walk(since)}
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

    def _scan(self, name: str, done: int, total: int) -> Iterator[Problem]:
        final = name.removesuffix(".open")
        for one in (name, final):
            scan = self._prepare(self._root / one, final)
            scan.tell = lambda offset: self._progress(done + offset, total)
            try:
                for problem in scan.run():
                    yield self._index.note(problem)
            except FileNotFoundError:
                continue  # a running crawl has just closed it
            for problem in self._take_in(scan):
                yield self._index.note(problem)
            return
        yield self._index.note(report(name, None, "unreadable", "the file is a link to nothing"))

    def _prepare(self, path: Path, name: str) -> Scan:
        scan = Scan(path, name, self._ledger, self._index.rows)
        scan.writing = self._live
        if name.startswith(FOREIGN) and name in self._imports:
            seen, told = look(path), self._imports[name]
            scan.known = seen is not None and seen.sha256 == told.line.sha256
            scan.known_at = told.damaged_at
        self._troubles = []
        scan.give = lambda item: self._troubles.extend(
            filter(None, (self._index.give(name, item),))
        )
        return scan

    def _take_in(self, scan: Scan) -> Iterator[Problem]:
        """What a file that was read tells of others, and of itself."""
        self._imported += [told.line for told in scan.imports]
        self._imports.update({told.line.file: told for told in scan.imports})
        self._missing += scan.missing
        if scan.seen:
            self._seen[scan.name] = scan.seen
        yield from self._troubles

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
            yield self._index.note(problem)
        # A running crawl may have closed a file whose line it is about to write.
        files = self._files if every and not (self._live or is_held(self._root)) else []
        for problem in Fixity(self._root, self._seen, every=every).compare(known, files):
            yield self._index.note(problem)
