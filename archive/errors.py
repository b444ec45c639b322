"""What can go wrong with an archive, said to people: every message ends with the remedy.

One base with a required remedy rather than bare messages: a message that only says what broke
leaves the archivist at a prompt with a broken crawl and no next step.
"""

from __future__ import annotations

import sqlite3


class ArchiveError(Exception):
    """An archive cannot do what was asked; ``remedy`` says what a person can do about it."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy


class StorageError(ArchiveError):
    """The disk refused a write or a sync: nothing since the last good sync may be counted on."""


class DamageError(ArchiveError):
    """Bytes that should be in the archive are not there, or are not what they were."""

    def __init__(self, file: str, offset: int, why: str, remedy: str) -> None:
        super().__init__(f"{file} at byte {offset}: {why}", remedy)
        self.file = file
        self.offset = offset


class LockedError(ArchiveError):
    """Another process writes this archive; ``holder`` is what it wrote into the lock file."""

    def __init__(self, holder: str) -> None:
        super().__init__(
            f"another process writes this archive ({holder})",
            "wait until it ends, or stop that process and run again",
        )
        self.holder = holder


class DigestError(ArchiveError):
    """A labelled digest names an algorithm or a spelling that is not known here."""


TROUBLE = (ArchiveError, sqlite3.DatabaseError)
"""What ends a run: the archive can not go on."""
