"""One WARC file read from end to end, with all that can be said of it by itself.

A file is ours if its warcinfo or its last record says so, or if it is named as ours are; the
files of others are held to the standard only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.errors import DamageError
from archive.warc.event import EVENT_TYPE, event_of
from archive.warc.fields import parse_fields
from archive.warc.fixity import ANY, Seen, hash_twice
from archive.warc.inventory import FOREIGN
from archive.warc.ledger import Ledger
from archive.warc.manifest import Line
from archive.warc.problem import Problem, report
from archive.warc.reader import Damage, Found, iterate
from archive.warc.record import Record
from archive.warc.rows import Rows, compare_row, is_capture
from archive.warc.rules import check_record
from archive.warc.seal import seal_of, serialise_seal

IMPORTS = "warc/imports/"
Missing = tuple[str, int, int, str, str | None]
"""File, offset, end, identity and target of a record that has no row in the index."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an event of ours says of a file of others: its bytes, and where they were damaged."""

    line: Line
    damaged_at: frozenset[int]


def ignore_offset(offset: int) -> None:
    """The progress that nobody watches."""


def ignore_item(item: Found) -> None:
    """What is done with a record that nobody asked for."""


class Scan:
    """One reading of one file, with all that can be said of it."""

    def __init__(self, path: Path, name: str, ledger: Ledger, rows: Rows | None = None) -> None:
        self.path, self.name = path, name
        self._ledger, self._rows = ledger, rows
        self._own = is_own_name(path)
        self._foreign = name.startswith(FOREIGN)
        self._open = path.name.endswith(".open")
        self._warcinfo: str | None = None
        self._last: Found | Damage | None = None
        self.records = 0
        self.writing = False  # a live writer holds the archive
        self.known = False  # the bytes are those that were imported
        self.known_at: frozenset[int] = frozenset()  # where there was damage then
        self.imports: list[Import] = []
        self.missing: list[Missing] = []
        self.seen: Seen | None = None
        self.tell: Callable[[int], None] = ignore_offset
        self.give: Callable[[Found], None] = ignore_item

    def run(self) -> Iterator[Problem]:
        """Every problem, in file order. Raises FileNotFoundError if the file is not there."""
        try:
            yield from self._read()
        except FileNotFoundError:
            raise
        except OSError as error:
            at = self._last.offset if self._last else 0
            words = f"the file cannot be read ({error.strerror})"
            yield report(self.name, at, "unreadable", words)

    def _read(self) -> Iterator[Problem]:
        size = self.path.stat().st_size
        for item in iterate(self.path):
            self._last = item
            self.tell(item.offset)
            if isinstance(item, Damage):
                yield from self._judge_damage(item, size)
            else:
                yield from self._judge_record(item)
                self.give(item)
        if self._open and not self.writing and not isinstance(self._last, Damage):
            words = f"a crash left it open, with {self.records} whole records"
            yield report(self.name, size, "unfinished", words)
        elif size == 0 and not self.writing:
            yield report(self.name, 0, "empty", "the file is empty")
        if not self._open:
            yield from self._judge_end(size)

    def _say(self, at: int, code: str, words: str) -> Problem:
        known = self.known or (code == "framing" and at in self.known_at)
        return report(self.name, at, code, words, known=known)

    def _judge_damage(self, item: Damage, size: int) -> Iterator[Problem]:
        if not (self._open and item.offset + item.length == size):
            yield self._say(item.offset, "framing", item.reason)
        elif not self.writing:
            words = f"a crash left {item.length} bytes that are no whole record ({item.reason})"
            yield report(self.name, item.offset, "unfinished", words)

    def _judge_record(self, item: Found) -> Iterator[Problem]:
        record, at = item.record, item.offset
        if self.records == 0:
            self._own = self._own or claims_seal(record)
        self.records += 1
        if not item.addressable:
            words = "several records share one gzip member, none can be read by itself"
            yield self._say(at, "shared-member", words)
        for breach in check_record(record, own=self._own):
            yield self._say(at, *breach)
        yield from self._judge_warcinfo(record, at)
        # What was imported may hold the records of another file of ours, or half of an exchange.
        self._ledger.add(self.name, item, own=self._own and not self._foreign)
        yield from self._note_import(record, at)
        # Of files of others only what was captured is indexed, not the failures they may tell of.
        if self._rows and is_capture(record) and not (self._foreign and record.type == "metadata"):
            yield from self._judge_row(self._rows, item)

    def _judge_warcinfo(self, record: Record, at: int) -> Iterator[Problem]:
        if self._own and self.records == 1 and record.type != "warcinfo":
            yield self._say(at, "warcinfo", "the first record is no warcinfo")
        if record.type == "warcinfo" and self._warcinfo is None:
            self._warcinfo = record.id
            named = record.header("WARC-Filename")
            if self._own and not self._foreign and named != self.name.rpartition("/")[2]:
                yield self._say(at, "warcinfo", f"the file was written under the name {named}")
        elif self._own and record.header("WARC-Warcinfo-ID") != self._warcinfo:
            words = "the record does not name the warcinfo of its file"
            yield self._say(at, "warcinfo", words)

    def _judge_row(self, rows: Rows, item: Found) -> Iterator[Problem]:
        row = rows.find(self.name, item.offset, item.record.id)
        end = item.offset + item.length
        if row is None:
            self.missing.append((self.name, item.offset, end, item.record.id, item.record.url))
            return
        if row.place.length != item.length:
            words = f"row {row.id}: warc_length is {row.place.length}, the record has {item.length}"
            yield report(self.name, item.offset, "row", words)
        for words in compare_row(row, item.record):
            yield report(self.name, item.offset, "row", f"row {row.id}: {words}")

    def _judge_end(self, size: int) -> Iterator[Problem]:
        """The seal, and on the way the digest of the whole file."""
        last = self._last
        before, whole, read = hash_twice(self.path, last.offset if last else 0)
        self.seen = Seen(whole, read, self.records)
        if not self._own:
            return
        seal = seal_of(last.record) if isinstance(last, Found) else None
        if not isinstance(last, Found) or seal is None:
            words = "the seal that ends each of our files is missing: its end was cut off"
            yield self._say(size, "seal", words)
            return
        self._ledger.end(self.name, last.offset, recovered=seal.recovered)
        if (seal.records, seal.bytes) != (self.records - 1, last.offset):
            words = f"sealed were {seal.records} records in {seal.bytes} bytes, there are "
            words += f"{self.records - 1} in {last.offset}"
            yield self._say(last.offset, "seal", words)
        if before != seal.sha256:
            words = "the bytes before the seal are not those that were sealed"
            yield self._say(last.offset, "seal", words)
        if read_tail(self.path, last.offset) != serialise_seal(last.record):
            yield self._say(last.offset, "seal", "the seal is not spelt as we write it")

    def _note_import(self, record: Record, at: int) -> Iterator[Problem]:
        try:
            event = event_of(record)
        except DamageError as error:
            yield self._say(at, "event", error.what)
            return
        if event and event[0] == "import" and self._own:
            self.imports.append(read_import(event[1]))
        elif event is None and self._own and record.type == "metadata":
            kind = record.header("Content-Type") or ""
            if kind.startswith("application/vnd.khobao.") and not EVENT_TYPE.match(kind):
                yield self._say(at, "event", f"no event of ours is called {kind}")


def read_import(data: dict[str, Any]) -> Import:
    """What an import event says; one that says nothing fits no file."""
    digest = str(data.get("sha256", "")).removeprefix("sha256:")
    size = data.get("size")
    line = Line(str(data.get("file")), size if isinstance(size, int) else ANY, digest, ANY)
    damage = data.get("damage") or []
    return Import(line, frozenset(one["offset"] for one in damage if isinstance(one, dict)))


def read_imports(root: Path, files: list[str]) -> Iterator[Import]:
    """What the import events of an archive say, from these of its files that hold them."""
    for name in files:
        if name.startswith(IMPORTS):
            scan = Scan(root / name, name, Ledger())
            for _ in scan.run():
                pass  # what is wrong with the file is told when it is checked itself
            yield from scan.imports


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
