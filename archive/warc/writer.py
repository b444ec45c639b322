"""Records of one site go into WARC files: a group stays in one file, full files are closed.

    warc/<site>/<site>-<timestamp>-<serial>-<host>.warc.gz[.open]

The name follows ISO 28500:2017, Annex C. Each file begins with a warcinfo record and every other
record names it (WARC-Warcinfo-ID), so a record that is found alone tells where it came from.

A rebuild reads the files in the order of their names, which has to be that of writing: where the
clock was set back, the timestamp of a name is that of the newest file and a second (dates in
records stay the clock's). Rejected: the order of WARC-Date, which would be as wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from archive.digests import sha256_of
from archive.errors import StorageError
from archive.records import Place
from archive.warc.disk import Disk, OsDisk
from archive.warc.event import print_date
from archive.warc.fields import MEDIA_TYPE, print_fields
from archive.warc.record import Record, bracket, serialise
from archive.warc.seal import MARK
from archive.warc.volume import Volume

MAX_SERIAL = 99_999
FORM = "%Y%m%d%H%M%S"


def ignore_step(name: str) -> None:
    """The hook of a run that nobody kills."""


class Writer:
    """Appends groups of records for one site; one writer per site and archive at a time."""

    def __init__(
        self,
        root: Path,
        site: str,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        host: str,
        info: Mapping[str, str | Sequence[str]],
        max_size: int = 2**30,
        disk: Disk | None = None,
        step: Callable[[str], None] = ignore_step,
        newest: str = "",
    ) -> None:
        """Touches nothing on the disk; the first ``write`` makes the first file.

        ``info`` becomes the warcinfo record's fields, in its order; a sequence repeats a field.
        ``newest``: the latest timestamp in the names of the archive's files; no name is before it.
        Raises ValueError for a site or host that has no letter or digit to name a file with.
        """
        self._root, self._site, self._host = root, make_slug(site), make_slug(host)
        self._now, self._new_id = now, new_id
        self._info = info
        self._max_size = max_size
        self._disk = disk or OsDisk()
        self._step = step
        self._newest = newest
        self._serial = 0
        self._volume: Volume | None = None
        self._warcinfo = ""

    def write(self, records: Sequence[Record]) -> tuple[Place, ...]:
        """Append a group, whole, to one file, and say where each record lies. Not yet durable.

        Raises StorageError: none of the group is in the file. If it was raised by the close of a
        full file, or by a sync, then all since the last good ``sync`` may be lost as well.
        """
        if not records:
            return ()
        if self._volume and self._volume.size >= self._max_size:
            self.close()
        volume = self._volume or self._open()
        members = [serialise(self._sign(record)) for record in records]
        lead = [] if volume.size else [serialise(self._describe(volume.file))]
        try:
            at = volume.append(lead + members)
        except StorageError:
            self._drop_dead()
            raise
        at += sum(map(len, lead))
        places = []
        for member in members:
            places.append(Place(volume.file, at, len(member)))
            at += len(member)
        return tuple(places)

    def sync(self) -> None:
        """Everything written is durable (fdatasync), or StorageError: the file is given up, all
        since the last good sync may be lost, and the next ``write`` begins another file."""
        if self._volume:
            try:
                self._volume.sync()
            finally:
                self._drop_dead()

    def close(self) -> None:
        """Seal the file, give it its final name, list it in the manifest. Raises StorageError."""
        volume, self._volume = self._volume, None
        if volume and volume.size:
            volume.close(self._warcinfo, at=self._now(), new_id=self._new_id)
        elif volume:
            volume.discard()

    def _drop_dead(self) -> None:
        if self._volume and self._volume.dead:
            self._volume = None

    def _open(self) -> Volume:
        stamp = self._now().strftime(FORM)
        if stamp < self._newest:
            stamp = (datetime.strptime(self._newest, FORM) + timedelta(seconds=1)).strftime(FORM)
        while self._serial <= MAX_SERIAL:
            name = f"{self._site}-{stamp}-{self._serial:05d}-{self._host}.warc.gz"
            self._serial += 1
            try:
                file = f"warc/{self._site}/{name}"
                self._volume = Volume(self._root, file, self._disk, self._step)
            except FileExistsError:
                continue
            self._warcinfo = bracket(self._new_id())
            return self._volume
        raise StorageError(
            f"no file name is left for {self._site} at {stamp}", "close the writer and run again"
        )

    def _sign(self, record: Record) -> Record:
        return replace(record, headers=(*record.headers, ("WARC-Warcinfo-ID", self._warcinfo)))

    def _describe(self, file: str) -> Record:
        name = file.rpartition("/")[2]
        facts = [("format", "WARC File Format 1.1"), ("seal", MARK)]
        for key, value in self._info.items():
            values = [value] if isinstance(value, str) else value
            facts.extend((key, one) for one in values)
        block = print_fields(facts)
        headers = (
            ("WARC-Record-ID", self._warcinfo),
            ("WARC-Date", print_date(self._now())),
            ("WARC-Filename", name),
            ("Content-Type", MEDIA_TYPE),
            ("WARC-Block-Digest", sha256_of(block)),
        )
        return Record("warcinfo", headers, block)


def make_slug(name: str) -> str:
    """A name made fit for a file name: lower case, ``[a-z0-9.-]``, no dot in front."""
    slug = re.sub(r"[^a-z0-9.]+", "-", name.lower()).strip("-.")[:80]
    slug = re.sub(r"\.{2,}", ".", slug)
    if not slug:
        raise ValueError(f"no file can be named after {name!r}")
    return slug
