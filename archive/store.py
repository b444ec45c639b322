"""The one door for writers: exchanges and readings go to the WARC first, then into the index.

The order of every step (design/capture.md, crash order)::

    open      lock the folder · close what a crash left open · index what lies beyond the last
              committed byte
    keep      append the exchange's records to the WARC · rows in the open transaction
    add       append the reading as a metadata record · rows in the open transaction
    commit    fdatasync the WARC files · COMMIT        (every second, 50 records or 16 MiB)
    close     commit · fsync and rename the WARC files · give the lock back

One write transaction stays open between two commits: there is one writer, readers of a WAL file
never wait for it, and each step sees the rows of the one before. Rejected: a queue of rows in
memory (dedup would not see the batch that is being written), autocommit (an fsync a row).

A disk that refuses once ends the run: the open transaction is rolled back and nothing is committed
any more, because a later commit would say that the file is indexed beyond the records that failed.
What the WARC files hold beyond the last commit is indexed by the next run.
"""

from __future__ import annotations

import contextlib
import socket
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from archive.batch import Batch
from archive.catchup import catch_up
from archive.connection import INDEX, connect, disconnect, explain
from archive.entry import make_entry
from archive.errors import StorageError
from archive.events import heal
from archive.folders import find_newest, make_folders
from archive.index.addresses import Announced
from archive.index.apply import Applied, Context, apply
from archive.index.crawls import note_file
from archive.lock import Lock
from archive.originals import find_original
from archive.records import Capture, Exchange, Reading
from archive.warc.compose import compose
from archive.warc.event import event
from archive.warc.record import Record
from archive.warc.recovery import Recovered, recover
from archive.warc.writer import Writer, ignore_step


def utc_now() -> datetime:
    """Return the present instant: the default clock, which tests replace."""
    return datetime.now(UTC)


def new_urn() -> str:
    """Return a fresh record identity: the default source, which tests replace."""
    return f"urn:uuid:{uuid.uuid4()}"


class Archive:
    """A folder of WARC files with its index, open for writing by this process alone.

    ``now``, ``new_id`` and ``host`` are where clock, randomness and the machine's name enter;
    ``lock`` one that the caller has taken already, which ``close`` gives back.
    Raises LockedError when another process has it, StorageError when the disk refuses.
    """

    def __init__(
        self,
        root: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_urn,
        host: str | None = None,
        warc_bytes: int = 2**30,
        step: Callable[[str], None] = ignore_step,
        lock: Lock | None = None,
    ) -> None:
        self.root = root
        self.now = now
        self._new_id = new_id
        self._host = host or socket.gethostname()
        self._warc_bytes = warc_bytes
        self._step = step
        self._writers: dict[str, tuple[Writer, Context]] = {}
        self._files: dict[str, set[str]] = {}  # written in this session, by site
        self._broken: StorageError | None = None  # why nothing may be committed any more
        self._lock = lock or Lock(root)
        if not self._lock.held:
            self._lock.__enter__()
        with contextlib.ExitStack() as undo:
            undo.callback(self._lock.__exit__, None, None, None)
            try:
                make_folders(root)
                self.recovered: list[Recovered] = recover(root)
                self._newest = find_newest(root)
                self.db = connect(root / INDEX, write=True)
                undo.callback(self.db.close)
                self._batch = Batch(now())
                self._begin()
                self.indexed_late, self.damage = catch_up(root, self.db)
            except sqlite3.Error as error:
                raise explain(root / INDEX, error) from error
            undo.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    # -- what crawlers call -------------------------------------------------------------------

    def open_site(
        self, site: Mapping[str, Any], *, crawl_id: str, info: Mapping[str, str | Sequence[str]]
    ) -> None:
        """Get ready to write for a site; the first record makes its WARC file.

        ``site`` holds the columns of ``sites``; ``info`` the fields of the warcinfo record.
        """
        key = str(site["site"])
        writer = Writer(
            self.root,
            key,
            now=self.now,
            new_id=self._new_id,
            host=self._host,
            info={"isPartOf": crawl_id, **info},
            max_size=self._warc_bytes,
            step=self._step,
            newest=self._newest,
        )
        self._writers[key] = (writer, Context(key, crawl_id, self.root))

    def keep(self, site: str, exchange: Exchange) -> Capture:
        """Append an exchange to the site's WARC and return its receipt.

        A body that is held already becomes a revisit record (ISO 28500:2017, 6.7).
        """
        records = compose(exchange, new_id=self._new_id, refers_to=find_original(self.db, exchange))
        applied = self._write(site, records)
        capture = applied[0].capture
        assert capture is not None
        return capture

    def add(
        self,
        capture: Capture,
        reading: Reading,
        announced: Iterable[Announced] = (),
        *,
        address: str,
        identity: str | None = None,
        depth: int = 0,
        page: int = 1,
        listed: int | None = None,
        into: str | None = None,
    ) -> Applied:
        """Store what a capture was read as, and the addresses it announced (canonical, judged).

        ``listed``: how many a page names where ``announced`` has only the new ones of them.
        ``into``: the open site whose WARC file takes the reading, if not the capture's.
        """
        data = make_entry(
            self.db,
            capture,
            reading,
            announced,
            address=address,
            identity=identity,
            depth=depth,
            page=page,
            listed=listed,
        )
        return self.note(
            into or capture.site,
            "reading",
            data,
            url=capture.url,
            refers_to=capture.record_id or None,
        )

    def note(
        self,
        site: str,
        kind: str,
        data: Mapping[str, Any],
        *,
        url: str | None = None,
        refers_to: str | None = None,
    ) -> Applied:
        """Append one of the events of archive/events.py to the site's WARC."""
        clean = heal({name: value for name, value in data.items() if value is not None})
        record = event(
            kind, clean, url=url, refers_to=refers_to, at=self.now(), new_id=self._new_id
        )
        return self._write(site, (record,))[0]

    def commit_if_due(self) -> bool:
        """Commit when the batch is a second old, or has 50 records or 16 MiB."""
        if self.db.in_transaction and self._batch.is_due(self.now()):
            self.commit()
            return True
        return False

    def commit(self) -> None:
        """Make everything so far outlive a power cut: WARC files first, then the index.

        Raises StorageError; nothing can be kept or committed after it.
        """
        self._check()
        try:
            for writer, _ in self._writers.values():
                writer.sync()
        except StorageError as error:
            raise self.give_up(error) from error
        self._step("warc-synced")
        self._execute("COMMIT")
        self._step("index-committed")
        self._batch = Batch(self.now())
        self._begin()

    def close_site(self, site: str) -> None:
        """Commit and close the site's WARC file; it gets its final name."""
        self.commit()
        writer, context = self._writers[site]
        try:
            writer.close()
        except StorageError as error:
            raise self.give_up(error) from error
        del self._writers[site]
        for file in self._files.pop(site, ()):
            # The seal that closes a file lies beyond the last record we indexed.
            path = self.root / file
            if path.is_file():
                size = path.stat().st_size
                note_file(self.db, file, site=site, crawl_id=context.crawl_id, committed=size)

    def close(self) -> None:
        """Commit, close all files, give the lock back. Safe to call twice.

        Raises StorageError, unless ``broken`` has said so already; the lock is given back anyway.
        """
        if not self._lock.held:
            return
        try:
            if self._broken is None:
                for site in list(self._writers):
                    self.close_site(site)
                self._execute("COMMIT")
        finally:
            self._let_go()

    @property
    def broken(self) -> StorageError | None:
        """What the disk or SQLite refused, after which nothing is written; None: all is well."""
        return self._broken

    def give_up(self, error: StorageError | sqlite3.Error) -> StorageError:
        """Roll back to the last commit and refuse to write from now on; return the error to raise.

        For callers too, who meet SQLite's errors where they read ``db``.
        """
        if isinstance(error, sqlite3.Error):
            error = explain(self.root / INDEX, error)
        if self._broken is None:
            self._broken = error
            with contextlib.suppress(sqlite3.Error):  # some errors have rolled back already
                self.db.rollback()
        return self._broken

    # -- how it is done -----------------------------------------------------------------------

    def _write(self, site: str, records: Sequence[Record]) -> list[Applied]:
        self._check()
        writer, context = self._writers[site]
        try:
            places = writer.write(records)
        except StorageError as error:
            raise self.give_up(error) from error
        self._files.setdefault(site, set()).update(place.file for place in places)
        self._step("warc-written")
        applied = []
        try:
            for record, place in zip(records, places, strict=True):
                applied.append(apply(self.db, record, place, context))
        except sqlite3.Error as error:
            raise self.give_up(error) from error
        self._batch.add(len(records), sum(place.length for place in places))
        return applied

    def _begin(self) -> None:
        self._execute("BEGIN IMMEDIATE")

    def _execute(self, statement: str) -> None:
        try:
            self.db.execute(statement)
        except sqlite3.Error as error:
            raise self.give_up(error) from error

    def _check(self) -> None:
        if self._broken is not None:
            raise self._broken

    def _let_go(self) -> None:
        """Close what is still open, as far as it can be, and give the lock back."""
        for writer, _ in self._writers.values():
            with contextlib.suppress(StorageError):  # it stays .open, for the next run's recovery
                writer.close()
        self._writers.clear()
        disconnect(self.db, self.root / INDEX)
        self._lock.__exit__(None, None, None)
