"""Holds an index against the WARC files while they are read: by itself, row by row, as a whole.

First the index alone (SQLite's own check, schema, search indexes), then each record as it is met
(the twin takes it in), then what is left: records without a row, rows without a record, files
indexed to a wrong place, and every table against the twin's (archive/twin.py).
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from archive.twin import Twin, check_index, copy_index, judge_version
from archive.warc.fixity import Seen
from archive.warc.inventory import FOREIGN
from archive.warc.ledger import Ledger
from archive.warc.problem import Problem, report
from archive.warc.reader import Found
from archive.warc.rows import Rows
from archive.warc.scan import Missing

NO_DAMAGE = frozenset(("row", "not-indexed", "behind", "index", "import", "stray", "manifest"))
"""Problems that leave the WARC files as they were: the index can still be held against them."""


@dataclass(slots=True)
class Checked:
    """What was looked at, and in words what was not. ``rows`` are captures of the index."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    rows: int = 0
    left_out: list[str] = field(default_factory=list)


def is_indexed(name: str) -> bool:
    """Whether the records of a file are indexed for themselves, and not because an import event
    names it."""
    return name.count("/") == 2 and name.endswith(".warc.gz") and not name.startswith(FOREIGN)


class Collation:
    """One index beside the files of its archive; ``live`` where a crawl is writing both.

    ``rows`` is None where there is no index that can be used; ``scratch`` takes the copies.
    """

    def __init__(
        self, root: Path, ledger: Ledger, checked: Checked, scratch: Path, *, live: bool
    ) -> None:
        self._root, self._ledger, self._checked, self._scratch = root, ledger, checked, scratch
        self._live = live
        self.rows: Rows | None = None
        self._twin: Twin | None = None
        self._committed: dict[str, int] = {}
        self._told: set[tuple[object, ...]] = set()  # places of rows that were found wrong
        self._damaged = False  # the files are not what they were: their twin would not be either

    def close(self) -> None:
        """Let go of the index."""
        if self.rows:
            self.rows.close()

    def note(self, problem: Problem) -> Problem:
        """Remember what a problem of the files means for the comparison; return it."""
        if not problem.known and problem.code not in NO_DAMAGE:
            self._damaged = True
        if problem.code == "row":
            self._told.add((problem.file, problem.offset))
        return problem

    def open(self, path: Path | None, *, copy: bool) -> Iterator[Problem]:
        """Look at the index by itself; one that can be used is held against the files later."""
        if path is None:
            self._checked.left_out.append("the index")
            return
        name = path.name
        try:
            if not path.is_file():
                raise sqlite3.DatabaseError("it is not there")
            if words := judge_version(path):
                code = "newer-index" if "newer" in words else "index"
                yield report(name, None, code, words)
                self._checked.left_out.append("the index, which this khobao did not make")
                return
            if copy:
                copy_index(path, self._scratch / "copy.db")
                path = self._scratch / "copy.db"
                broken = [report(name, None, "index", words) for words in check_index(path)]
                yield from broken
                if not broken:
                    self._twin = Twin(self._scratch / "twin.db", self._root)
            self.rows = Rows(path)
            self._committed = self.rows.committed()
        except (sqlite3.Error, OSError) as error:
            self.rows = self._twin = None
            self._checked.left_out.append("the index, which can not be read")
            yield report(name, None, "index", f"the index cannot be read ({error})")

    def give(self, name: str, item: Found) -> Problem | None:
        """Let the twin have a record of ours that the index should have by now."""
        if self._twin is None or not is_indexed(name):
            return None
        if self._live and item.offset + item.length > self._committed.get(name, 0):
            return None
        words = self._twin.add(name, item)
        return report(name, item.offset, "event", words) if words else None

    def check(
        self, missing: list[Missing], seen: dict[str, Seen], since: datetime | None
    ) -> Iterator[Problem]:
        """All that can be told once the files were read; ``missing`` are the records that had no
        row, ``seen`` what each file is."""
        if self.rows:
            yield from self._check_missing(missing)
            if since is None:
                yield from self._check_committed(seen)
            yield from self._check_rows(self.rows, since)
        if self._twin:
            yield from self._check_twin(self._twin)

    def _check_rows(self, rows: Rows, since: datetime | None) -> Iterator[Problem]:
        """Rows whose record was not met where they say it lies."""
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
            yield self.note(report(name, None, "vanished", words))

    def _is_there(self, name: str) -> bool:
        return any((self._root / one).is_file() for one in (name, name + ".open"))

    def _check_missing(self, found: list[Missing]) -> Iterator[Problem]:
        """Records without a row, one by one, or told at once where a whole file has none."""
        missing: dict[str, list[Missing]] = {}
        for one in found:
            name, _, end, *_ = one
            if not (self._live and end > self._committed.get(name, 0)):
                missing.setdefault(name, []).append(one)
        self._damaged = self._damaged or bool(missing)
        for name, records in missing.items():
            if name not in self._committed and len(records) > 1 and not name.startswith(FOREIGN):
                words = f"none of its {len(records)} captures has a row in the index"
                yield report(name, None, "not-indexed", words)
                continue
            for _, offset, _, identity, url in records:
                words = f"{identity} ({url}) has no row in the index"
                yield report(name, offset, "not-indexed", words)

    def _check_committed(self, files: dict[str, Seen]) -> Iterator[Problem]:
        """``warc_files.committed``: a byte where a record ends, and the last one."""
        for name, end in self._committed.items():
            seen = files.get(name)
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
            self._checked.left_out.append(words + "are damaged or not indexed to their end")
            return
        for found in twin.compare(self._scratch / "copy.db"):
            if found.table == "captures" and found.key[:2] in self._told:
                continue
            key = ", ".join(str(part) for part in found.key)
            yield report("index.db", None, "row", f"table {found.table}, {key}: {found.words}")
