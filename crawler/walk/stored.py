"""A page as reading takes it: as it just came off the wire, or out of the archive."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive.index.frontier import Task
from archive.page import open_page
from archive.records import Capture, Role
from archive.store import Archive
from crawler.read.page import Page

if TYPE_CHECKING:
    from scrapy.http import Response


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
        is_cut=stored.capture.truncated is not None,
    )
    return page, stored.capture


def load_task(db: sqlite3.Connection, address_id: int) -> Task:
    """Return the task of an address, without rank and tries."""
    row = db.execute(
        "SELECT id, url, role, depth, page, 0, 0 FROM addresses WHERE id = ?", (address_id,)
    ).fetchone()
    return Task(*row)


def make_page(capture: Capture, response: Response, task: Task) -> Page:
    """Return what is read: the answer as it came, content coding and all."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Page(
        url=capture.url,
        status=response.status,
        headers=headers,
        payload=response.body,
        role=task.role,
        captured_at=capture.captured_at,
        page_number=task.page,
        is_cut=capture.truncated is not None,
    )
