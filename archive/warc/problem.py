"""What a verifier says: which file, where, what is wrong, and what to do about it.

Rejected: degrees of badness. A problem is damage, and a check that found some has failed; the one
exception is what was so already when a foreign file was taken in (``known``), since nobody can
mend it and a check that fails every night is a check that nobody reads.
"""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "restore the file from a copy; what else is in it can still be read"
REPAIR = "run `khobao repair`, which makes the index again from the WARC files"
REMEDIES = {
    "unfinished": "run `khobao repair`, or let the next crawl recover it",
    "shared-member": "run `warcio recompress` on it and import the result instead",
    "empty": "restore it from a copy, or remove it if it is none of yours",
    "unlisted": "find out where it came from; `khobao import` takes in files of others",
    "vanished": "put it back from a copy, or run `khobao rebuild` to go on without it",
    "renamed": "run `khobao repair`, which gives it its name back",
    "appended": "run `khobao repair`, which moves what was added into a .torn file",
    "import": "give the import again, which copies it anew, or delete it",
    "stray": "move it out of warc/, where only Kho Báo's own files belong",
    "unreadable": "let this user read it, or mend the disk, then check again",
    "manifest": "run `khobao repair`, or restore warc/manifest.jsonl from a copy",
    "row": REPAIR,
    "not-indexed": REPAIR,
    "behind": "run `khobao repair`, or let the next crawl index the rest",
    "index": REPAIR,
    "newer-index": "upgrade khobao, or run `khobao rebuild` with this one",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be.

    ``offset`` counts bytes, None where there is no such place. ``known``: it was so when the file
    was imported. ``message`` says what is wrong, ``remedy`` what a person can do.
    """

    file: str
    offset: int | None
    code: str
    message: str
    remedy: str
    known: bool = False

    def __str__(self) -> str:
        where = self.file if self.offset is None else f"{self.file} at byte {self.offset}"
        return f"{where}: {self.message}; {self.remedy}"


def report(file: str, offset: int | None, code: str, what: str, *, known: bool = False) -> Problem:
    """A problem with the remedy for its code."""
    remedy = REMEDIES.get(code, RESTORE)
    if known:
        remedy = "it was so when the file was imported: nothing to do, or import a better copy"
    return Problem(file, offset, code, what, remedy, known)
