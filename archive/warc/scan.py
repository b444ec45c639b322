"""One WARC file read from end to end, with all that can be said of it by itself.

A file is ours if its warcinfo or its last record says so, or if it is named as ours are; the
files of others are held to the standard only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from archive.errors import DamageError
from archive.warc.event import event_of
from archive.warc.fields import parse_fields
from archive.warc.ledger import Ledger
from archive.warc.manifest import Line, hash_file
from archive.warc.problem import Problem, report
from archive.warc.reader import Damage, Found, iterate
from archive.warc.record import Record
from archive.warc.rows import Rows, compare_row, is_capture
from archive.warc.rules import check_record
from archive.warc.seal import seal_of, serialise_seal

Missing = tuple[str, int, str, str | None]
"""File, offset, identity and target of a record that has no row in the index."""


def ignore_offset(offset: int) -> None:
    """The progress that nobody watches."""


class Scan:
    """One reading of one file, with all that can be said of it."""

    def __init__(self, path: Path, name: str, ledger: Ledger, rows: Rows | None = None) -> None:
        self.path, self.name = path, name
        self._ledger, self._rows = ledger, rows
        self._own = is_own_name(path)
        self._open = path.name.endswith(".open")
        self._warcinfo: str | None = None
        self._last: Found | Damage | None = None
        self._count = 0
        self.writing = False  # a live writer holds the archive
        self.imports: list[Line] = []
        self.missing: list[Missing] = []
        self.tell: Callable[[int], None] = ignore_offset

    def run(self) -> Iterator[Problem]:
        """Every problem, in file order."""
        size = self.path.stat().st_size
        for item in iterate(self.path):
            self._last = item
            self.tell(item.offset)
            if isinstance(item, Damage):
                yield from self._judge_damage(item, size)
            else:
                yield from self._judge_record(item)
        if size == 0 and not self.writing:
            yield report(self.name, 0, "empty", "the file is empty")
        if self._own and not self._open:
            yield from self._judge_seal(size)

    def _judge_damage(self, item: Damage, size: int) -> Iterator[Problem]:
        if not (self._open and item.offset + item.length == size):
            yield report(self.name, item.offset, "framing", item.reason)
        elif not self.writing:
            words = f"a crash left {item.length} bytes that are no whole record ({item.reason})"
            yield report(self.name, item.offset, "unfinished", words)

    def _judge_record(self, item: Found) -> Iterator[Problem]:
        record, at = item.record, item.offset
        if self._count == 0:
            self._own = self._own or claims_seal(record)
        self._count += 1
        if self._own and self._count == 1 and record.type != "warcinfo":
            yield report(self.name, at, "warcinfo", "the first record is no warcinfo")
        if not item.addressable:
            words = "several records share one gzip member, none can be read by itself"
            yield report(self.name, at, "shared-member", words)
        for breach in check_record(record, own=self._own):
            yield report(self.name, at, *breach)
        yield from self._judge_warcinfo(record, at)
        self._ledger.add(self.name, item, own=self._own)
        self._note_import(record)
        if self._rows and is_capture(record):
            yield from self._judge_row(self._rows, item)

    def _judge_warcinfo(self, record: Record, at: int) -> Iterator[Problem]:
        if record.type == "warcinfo" and self._warcinfo is None:
            self._warcinfo = record.id
        elif self._own and record.header("WARC-Warcinfo-ID") != self._warcinfo:
            words = "the record does not name the warcinfo of its file"
            yield report(self.name, at, "warcinfo", words)

    def _judge_row(self, rows: Rows, item: Found) -> Iterator[Problem]:
        row = rows.find(self.name, item.offset, item.record.id)
        if row is None:
            self.missing.append((self.name, item.offset, item.record.id, item.record.url))
            return
        if row.place.length != item.length:
            words = f"row {row.id}: warc_length is {row.place.length}, the record has {item.length}"
            yield report(self.name, item.offset, "row", words)
        for words in compare_row(row, item.record):
            yield report(self.name, item.offset, "row", f"row {row.id}: {words}")

    def _judge_seal(self, size: int) -> Iterator[Problem]:
        last = self._last
        seal = seal_of(last.record) if isinstance(last, Found) else None
        if not isinstance(last, Found) or seal is None:
            words = "the seal that ends each of our files is missing: its end was cut off"
            yield report(self.name, size, "seal", words)
            return
        self._ledger.end(self.name, last.offset, recovered=seal.recovered)
        if (seal.records, seal.bytes) != (self._count - 1, last.offset):
            words = f"sealed were {seal.records} records in {seal.bytes} bytes, there are "
            yield report(
                self.name, last.offset, "seal", f"{words}{self._count - 1} in {last.offset}"
            )
        if hash_file(self.path, last.offset)[0] != seal.sha256:
            words = "the bytes before the seal are not those that were sealed"
            yield report(self.name, last.offset, "seal", words)
        if read_tail(self.path, last.offset) != serialise_seal(last.record):
            yield report(self.name, last.offset, "seal", "the seal is not spelt as we write it")

    def _note_import(self, record: Record) -> None:
        try:
            event = event_of(record)
        except DamageError:
            return  # its block digest has been judged already
        if event and event[0] == "import":
            data = event[1]
            digest = str(data.get("sha256", "")).removeprefix("sha256:")
            self.imports.append(Line(str(data.get("file")), int(data.get("size", -1)), digest, -1))


def is_own_name(path: Path) -> bool:
    """Whether a file is named as the writer names them: ``<site>/<site>-<timestamp>-<serial>-``."""
    rest = path.name.removeprefix(path.parent.name + "-")
    stamp, _, tail = rest.partition("-")
    digits = len(stamp) == 14 and stamp.isdigit() and tail[:5].isdigit() and tail[5:6] == "-"
    return rest != path.name and digits


def claims_seal(record: Record) -> bool:
    """Whether a warcinfo says that its file ends with a seal of ours."""
    return record.type == "warcinfo" and dict(parse_fields(record.block)).get("seal") is not None


def read_tail(path: Path, at: int) -> bytes:
    """The bytes of a file from ``at`` on, which are few behind a seal's offset."""
    with path.open("rb") as file:
        file.seek(at)
        return file.read(1 << 20)
