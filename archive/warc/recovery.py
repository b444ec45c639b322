"""After a crash: every ``*.open`` file becomes a whole file, and not one byte is thrown away.

Kept is everything up to the first byte that is not part of a whole record of this very file (a
gzip member with a true checksum, framing and block digest, naming the file's own warcinfo). The
rest moves to ``<file>.torn``, or ``.torn.2`` and so on where that name is taken. Then the file is
sealed (``recovered: true``), synced and renamed, and manifest lines that a crash kept from being
written are added. Running it again, or dying in the middle of it, ends in the same state.

A group whose later members were cut stays: each record is whole and true by itself. A response
that lost its request this way still names it with WARC-Concurrent-To, and ``verify`` accepts
that for the last group of a file whose seal says ``recovered``, and nowhere else. The exchange
is not in the index (rows are written after the sync), so a crawl will fetch the page again.

Rejected: resynchronising after damage and keeping later records in the file. The file would then
hold bytes that are no record, and gzip, warcio and replay stop there. ``stranded`` counts the
whole records that went to ``.torn`` this way; ``archive.warc.reader.iterate`` reads them there.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from archive.digests import check
from archive.errors import DigestError, StorageError
from archive.warc.disk import Disk, OsDisk, sync_file, write_all
from archive.warc.manifest import NAME, Line, add_line, cut_torn, hash_file, read_manifest
from archive.warc.reader import Damage, Found, iterate
from archive.warc.record import Record
from archive.warc.seal import Seal, make_seal, seal_of, serialise_seal
from archive.warc.volume import ROOM, finish
from archive.warc.writer import ignore_step

PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was done for one file. ``file`` is its final name, relative to the archive.

    ``records`` counts the kept ones, warcinfo included and the new seal not. Nothing kept
    (``records`` 0) means that there is no file of that name.
    """

    file: str
    kept_bytes: int
    torn_bytes: int
    records: int
    stranded: int = 0


@dataclass(slots=True)
class Whole:
    """How far a file is whole, and what its end needs."""

    end: int = 0
    records: int = 0
    stranded: int = 0
    warcinfo: str | None = None
    last: Record | None = None


def recover(root: Path, *, disk: Disk | None = None) -> list[Recovered]:
    """Make every ``*.open`` under ``warc/`` whole, and complete the manifest.

    The caller holds the lock. Raises StorageError; what was not reached stays as it was.
    """
    disk = disk or OsDisk()
    done = []
    for path in sorted((root / "warc").rglob("*.open")):
        file = path.relative_to(root).as_posix().removesuffix(".open")
        try:
            done.append(recover_file(root, file, disk))
        except OSError as error:
            raise StorageError(f"{file}.open cannot be recovered ({error})", ROOM) from error
    try:
        cut_torn(root, disk)
    except OSError as error:
        raise StorageError(f"{NAME} cannot be recovered ({error})", ROOM) from error
    complete_manifest(root, disk)
    return done


def recover_file(root: Path, file: str, disk: Disk) -> Recovered:
    """Make one file whole. Raises OSError."""
    path = root / (file + ".open")
    if (root / file).exists():
        what = f"{file} and {file}.open are both there"
        raise StorageError(what, "keep the one that `khobao verify` passes, move the other away")
    size = path.stat().st_size
    whole = measure_whole(path)
    if size > whole.end:
        save_tail(path, whole.end, root / (file + ".torn"), disk)
    if whole.records:
        settle(root, file, whole, disk)
    else:
        disk.remove(path)
        disk.sync_folder(path.parent)
    return Recovered(file, whole.end, size - whole.end, whole.records, whole.stranded)


def measure_whole(path: Path) -> Whole:
    """Read up to the first damage, and count the whole records after it."""
    whole = Whole()
    intact = True
    for item in iterate(path):
        if isinstance(item, Damage) or not item.addressable:
            intact = False
        elif not intact or not belongs(item, whole):
            intact = False
            whole.stranded += 1
        else:
            whole.end = item.offset + item.length
            whole.records += 1
            whole.last = item.record
    return whole


def belongs(found: Found, whole: Whole) -> bool:
    """Whether a whole record is one of this file: the disk may show old blocks of another."""
    record = found.record
    if whole.warcinfo is None:
        whole.warcinfo = record.id if record.type == "warcinfo" else ""
    elif record.header("WARC-Warcinfo-ID") not in (None, whole.warcinfo):
        return False
    try:
        return check(record.header("WARC-Block-Digest") or "", record.block)
    except DigestError:
        return False


def save_tail(path: Path, at: int, torn: Path, disk: Disk) -> None:
    """Copy the bytes from ``at`` on to a ``.torn`` file, durably, and cut them off.

    The copy of a recovery that was killed is synced again: its bytes may be in memory only.
    """
    hold_tail(path, at, torn, disk)
    disk.sync_folder(torn.parent)
    handle = disk.open(path)
    try:
        disk.truncate(handle, at)
        disk.sync(handle)
    finally:
        disk.close(handle)


def hold_tail(path: Path, at: int, torn: Path, disk: Disk) -> None:
    """Put the tail into the first free ``.torn`` name, unless one holds it already."""
    number, name = 1, torn
    while name.exists():
        if same_tail(path, at, name):
            return sync_file(disk, name)
        number += 1
        name = torn.with_name(f"{torn.name}.{number}")
    return copy_tail(path, at, name, disk)


def same_tail(path: Path, at: int, torn: Path) -> bool:
    """Whether a ``.torn`` file is this very tail (the recovery itself was killed after it)."""
    if torn.stat().st_size != path.stat().st_size - at:
        return False
    with path.open("rb") as file, torn.open("rb") as copy:
        file.seek(at)
        while piece := file.read(PIECE):
            if piece != copy.read(PIECE):
                return False
    return True


def copy_tail(path: Path, at: int, torn: Path, disk: Disk) -> None:
    """Copy and sync; the copy is removed again if it cannot be completed."""
    handle = disk.create(torn)
    try:
        with path.open("rb") as file:
            file.seek(at)
            offset = 0
            while piece := file.read(PIECE):
                write_all(disk, handle, piece, offset)
                offset += len(piece)
        disk.sync(handle)
    except OSError:
        disk.remove(torn)
        raise
    finally:
        disk.close(handle)


def settle(root: Path, file: str, whole: Whole, disk: Disk) -> None:
    """Seal, sync, rename and list a file that is whole now. Raises OSError."""
    path = root / (file + ".open")
    handle = disk.open(path)
    try:
        if whole.last is None or seal_of(whole.last) is None:
            data = serialise_seal(recovery_seal(path, whole))
            try:
                write_all(disk, handle, data, whole.end)
            except OSError:
                disk.truncate(handle, whole.end)
                raise
        finish(root, file, handle, disk, ignore_step)
    finally:
        disk.close(handle)


def recovery_seal(path: Path, whole: Whole) -> Record:
    """The seal of a recovered file, the same whenever it is made.

    Its date is that of the last record that was kept: up to there the file is known to be whole.
    Its identity comes from the digest, so that a recovery that is killed and run again agrees
    with itself.
    """
    digest, size = hash_file(path)
    date = whole.last.date if whole.last else ""
    identity = uuid.uuid5(uuid.NAMESPACE_OID, f"khobao seal {digest}").urn
    seal = Seal(whole.records, size, digest, recovered=True)
    return make_seal(seal, whole.warcinfo or None, date=date, identity=identity)


def complete_manifest(root: Path, disk: Disk) -> None:
    """Add the lines of sealed files that a crash kept out of the manifest.

    A file without a true seal gets none: ``verify`` reports it as unknown.
    """
    listed = {line.file for line in read_manifest(root)[0]}
    for path in sorted((root / "warc").glob("*/*.warc.gz")):
        file = path.relative_to(root).as_posix()
        if file not in listed and (line := prove_sealed(path, file)):
            add_line(root, line, disk)


def prove_sealed(path: Path, file: str) -> Line | None:
    """The manifest line of a file whose last record is its true seal, or None."""
    last: Found | None = None
    count = 0
    for item in iterate(path):
        if isinstance(item, Damage) or not item.addressable:
            return None
        last, count = item, count + 1
    seal = seal_of(last.record) if last else None
    if last is None or seal is None or (seal.bytes, seal.records) != (last.offset, count - 1):
        return None
    if hash_file(path, last.offset)[0] != seal.sha256:
        return None
    digest, size = hash_file(path)
    return Line(file, size, digest, count)
