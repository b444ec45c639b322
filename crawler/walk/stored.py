"""A page out of the archive, as it came off the wire: what reading again works on."""

from __future__ import annotations

from archive.page import open_page
from archive.records import Capture, Role
from archive.store import Archive
from crawler.read.page import Page


def load_page(
    archive: Archive, capture_id: int, role: Role, number: int = 1
) -> tuple[Page, Capture]:
    """Return the page that a capture holds (or, for a revisit, stands for) and the capture.

    Raises DamageError when the record is not what the index says.
    """
    stored = open_page(archive.db, archive.root, capture_id)
    http = stored.http
    page = Page(
        url=stored.capture.url,
        status=http.status if http else 200,
        headers=http.headers
        if http
        else (("Content-Type", stored.record.header("Content-Type") or ""),),
        payload=stored.payload,
        role=role,
        captured_at=stored.capture.captured_at,
        page_number=number,
    )
    return page, stored.capture
