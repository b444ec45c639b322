"""Reads an article out of the archive as a crawl does: all its pages, each from its own capture.

A further page's capture is the one that was read with the first; where there is none yet, the one
that is nearest in time after it, within the hours that one visit may take. Rejected: the latest
capture of an address (the pages of two nights in one text would be an edition that never was).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from archive.index.captures import load_capture
from archive.instants import to_text
from archive.records import Capture, Part, Reading, Role
from archive.store import Archive
from crawler.learn import load_latest
from crawler.read.joint import Joint
from crawler.read.page import Page
from crawler.read.pool import Pool
from crawler.read.template import Template
from crawler.walk.eras import list_eras, mark, misses
from crawler.walk.judge import Judge
from crawler.walk.stored import load_page
from spiders.site import Site

VISIT = timedelta(hours=12)  # pages of one visit are asked within minutes; runs last hours
FOREIGN = "warc/foreign/"


@dataclass(frozen=True, slots=True)
class Reader:
    """What reading a paper's pages out of an archive takes."""

    archive: Archive
    pool: Pool
    judge: Judge
    template: Template
    era: Site | None = None  # whose layout rules are used; None: the present ones

    async def read(self, page: Page) -> Reading:
        """Return what a page says; its article's further pages as the archive spells them."""
        reading = await self.pool.read(page, self.era or self.judge.site, self.template)
        spelled = [(part, self.judge.spell_part(part.url)) for part in reading.parts]
        parts = tuple(replace(part, url=url) for part, url in spelled if url)
        return replace(reading, parts=parts) if parts else reading


async def read_stored(
    reader: Reader,
    capture_id: int,
    role: Role,
    number: int = 1,
    *,
    spare: Mapping[str, Capture] | None = None,
    bare: bool = True,
) -> tuple[Reading, Capture]:
    """Return what a capture says, with the further pages of its article, and the capture.

    ``spare``: captures that stand in for pages which were never kept. ``bare``: as eras.py has it,
    a profile that names no body may read it. Raises DamageError when a record is not what the
    index says.
    """
    page, capture = load_page(reader.archive, capture_id, role, number)
    reader, reading = await _read_by_date(reader, page, capture_id, bare=bare)
    if reading.article is None or not reading.parts:
        return reading, capture
    joint = Joint(capture.url, reading)
    while parts := joint.list_next():
        for part in parts:
            found = find_part(reader.archive.db, capture, part.url) or (spare or {}).get(part.url)
            if found is None:
                joint.miss(part, "it is not held")
            else:
                joint.take(cite(part, found), await read_part(reader, joint, part, found))
    return joint.finish(), capture


async def _read_by_date(
    reader: Reader, page: Page, capture_id: int, *, bare: bool
) -> tuple[Reader, Reading]:
    """Return what a page says by the rules that find its text, and the reader that has them."""
    db, present = reader.archive.db, reader.judge.site
    reading = await reader.read(page)
    if not misses(reading, present):
        return reader, reading
    spare = None
    for era in list_eras(db, present, capture_id):
        older = replace(reader, era=era, template=load_latest(db, era.key, era.digest))
        found = await older.read(page)
        if found.article is not None and era.profile.read.body and not misses(found, era):
            return older, mark(found, present)
        if bare and found.article is not None and not era.profile.read.body and spare is None:
            spare = older, mark(found, present)
    return spare or (reader, reading)


async def read_part(reader: Reader, joint: Joint, part: Part, capture: Capture) -> Reading:
    """Return what a further page of an article says. Raises DamageError."""
    page, _ = load_page(reader.archive, capture.id, "article", part.number or 1)
    return await reader.read(replace(page, url=part.url, origin=joint.url))


def cite(part: Part, capture: Capture) -> Part:
    """Return the part with where it was read from."""
    place = capture.place if capture.place.file.startswith(FOREIGN) else None
    return replace(
        part,
        record_id=capture.record_id or None,
        file=place.file if place else None,
        offset=place.offset if place else None,
    )


def find_part(db: sqlite3.Connection, first: Capture, url: str) -> Capture | None:
    """Return the capture of a further page that belongs to that of a first page."""
    row = db.execute(
        "SELECT part_id FROM parts WHERE capture_id = ? AND url = ? AND part_id IS NOT NULL",
        (first.id, url),
    ).fetchone()
    row = (
        row
        or db.execute(
            "SELECT id FROM captures WHERE url = ? AND captured_at >= ? AND captured_at <= ? AND "
            "(status IN (200, 203) OR kind = 'resource' OR (status = 304 AND kind = 'revisit')) "
            "AND (kind <> 'revisit' OR refers_to IS NOT NULL) AND truncated IS NULL "
            "ORDER BY captured_at, id LIMIT 1",
            (url, to_text(first.captured_at), to_text(first.captured_at + VISIT)),
        ).fetchone()
    )
    return load_capture(db, row[0]) if row else None
