"""What a verifier says: which file, where, what is wrong, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "restore the file from a copy, or keep it and run `khobao repair`"
REBUILD = "run `khobao rebuild` to make the index again from the WARC files"
REMEDIES = {
    "unfinished": "run `khobao repair`, or let the next crawl recover it",
    "shared-member": "run `warcio recompress` on it and import the result instead",
    "empty": "remove it if no crawl is running",
    "unlisted": "find out where it came from; `khobao import` takes in files of others",
    "manifest": "restore warc/manifest.jsonl from a copy",
    "row": REBUILD,
    "not-indexed": REBUILD,
    "index": REBUILD,
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be. ``message`` ends with the remedy."""

    file: str
    offset: int
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} at byte {self.offset}: {self.message}"


def report(file: str, offset: int, code: str, what: str) -> Problem:
    """A problem whose message ends with the remedy for its code."""
    return Problem(file, offset, code, f"{what}; {REMEDIES.get(code, RESTORE)}")
