"""Files that cannot be read at an offset become files that can: one gzip member for each record.

For WARC files packed as a whole, and for ARC, the format of 1996 to 2009. ARC is read by warcio,
which knows its dialects and translates its one-line heads; blocks are taken as they are, byte for
byte, and written by our own serialiser. A damaged source is refused: its copy would look whole.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.errors import DamageError
from archive.warc.flow import Broken, Member
from archive.warc.reader import Damage, iterate
from archive.warc.record import Record, bracket, serialise

REMEDY = "get a whole copy of the file and convert that one"


def convert(source: Path, target: Path, *, new_id: Callable[[], str]) -> int:
    """Write the records of ``source`` to the new file ``target``; gives how many there are.

    ARC records get identities from ``new_id``, as ARC has none. Raises DamageError for a damaged
    source (``target`` is removed again), FileExistsError if there is a target, and OSError.
    """
    records = read_arc(source, new_id) if is_arc(source) else read_warc(source)
    count = 0
    with target.open("xb") as out:
        try:
            for record in records:
                out.write(serialise(record))
                count += 1
        except BaseException:
            target.unlink()
            raise
    return count


def is_arc(path: Path) -> bool:
    """Whether a file is ARC, by its name: ``.arc`` or ``.arc.gz``."""
    return path.name.lower().endswith((".arc", ".arc.gz"))


def read_warc(path: Path) -> Iterator[Record]:
    """The records of a WARC file. Raises DamageError."""
    for item in iterate(path):
        if isinstance(item, Damage):
            raise DamageError(path.name, item.offset, item.reason, REMEDY)
        yield item.record


def read_arc(path: Path, new_id: Callable[[], str]) -> Iterator[Record]:
    """The records of an ARC file as WARC records. Raises DamageError."""
    at = 0
    with path.open("rb") as file:
        try:
            for found in ArchiveIterator(open_plain(file), no_record_parse=True, arc2warc=True):
                block = found.raw_stream.read()
                if found.rec_type != "warcinfo" and len(block) != found.length:
                    raise ArchiveLoadFailed(f"{len(block)} of {found.length} bytes are there")
                fields = tuple(translate(found.rec_headers.headers, bracket(new_id())))
                at = file.tell()
                yield Record(found.rec_type, fields, block, found.rec_headers.protocol)
        except ArchiveLoadFailed as error:
            raise DamageError(path.name, at, str(error).strip(), REMEDY) from error


def open_plain(file: BinaryIO) -> BinaryIO:
    """The bytes of a file without their gzip, since warcio refuses many records in one member.

    Raises DamageError for a damaged member before any byte is given: warcio takes the EOFError of
    a cut for the end of the file.
    """
    at, size = 0, file.seek(0, 2)
    file.seek(0)
    if file.read(2) != b"\x1f\x8b":
        file.seek(0)
        return file
    while at < size:
        member = Member(file, at)
        try:
            while member.fill():
                pass
        except Broken as broken:
            raise DamageError(Path(file.name).name, at, broken.reason, REMEDY) from broken
        at = member.end or size
    file.seek(0)
    return cast(BinaryIO, gzip.open(file, "rb"))


def translate(headers: list[tuple[str, str]], identity: str) -> Iterator[tuple[str, str]]:
    """warcio's fields without those that the record itself holds, and with our identity."""
    for name, value in headers:
        if name == "WARC-Record-ID":
            yield name, identity
        elif name not in ("WARC-Type", "Content-Length"):
            yield name, value
