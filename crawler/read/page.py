"""A fetched page on its way to being read: what the wire said, and what the walk took it for.

Decision: the payload stays content-encoded here, because unpacking is where bombs go off and
belongs into the killable worker; handing over decoded text was rejected for that reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archive.records import Role


@dataclass(frozen=True, slots=True)
class Page:
    """One response, ready to be read anywhere: live, from a WARC file, or in a test."""

    url: str  # absolute, as requested
    status: int
    headers: tuple[tuple[str, str], ...]  # response fields in wire order and case, latin-1
    payload: bytes  # without transfer coding, with content coding
    role: Role  # what the walk took the address for
    captured_at: datetime  # aware UTC; layout rules are chosen by it
    page_number: int = 1  # of a category: 1 is its first page
    origin: str | None = None  # of a further page of an article: the first one's address
    is_cut: bool = False  # the wire says that the end of the payload did not come

    def header(self, name: str) -> str | None:
        """Return the first value of the field `name` (case does not matter), or None."""
        wanted = name.lower()
        return next((value for field, value in self.headers if field.lower() == wanted), None)
