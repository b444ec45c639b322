"""Reads captures again that are held: what a crash left unread, what another reader read.

Decision: both go through the plan as pages do that have just come, so that what they announce is
judged and noted the same way; no request is sent.
"""

from __future__ import annotations

import logging
import sqlite3
from typing import TYPE_CHECKING

from archive.index.addresses import find_address
from archive.index.articles import find_article
from archive.index.captures import find_referred
from archive.index.parts import lacks_parts
from archive.records import Capture, Reading
from crawler.walk.joined import read_stored
from crawler.walk.stored import load_page, load_task

if TYPE_CHECKING:
    from crawler.walk.plan import Plan

logger = logging.getLogger(__name__)


async def read_unread(plan: Plan) -> None:
    """Read what a crash left kept but unread, and follow the redirects among it."""
    rows = plan.db.execute(
        "SELECT c.id, a.id FROM captures c JOIN addresses a ON a.url = c.url "
        "LEFT JOIN readings r ON r.capture_id = c.id "
        "WHERE c.site = ? AND (c.status IN (200, 203) OR c.location IS NOT NULL OR (c.status = 304 "
        "AND EXISTS (SELECT 1 FROM parts p WHERE p.capture_id = c.refers_to))) "
        "AND r.capture_id IS NULL AND c.kind IN ('response', 'revisit') ORDER BY c.id",
        (plan.site.key,),
    ).fetchall()
    for capture_id, address_id in rows:
        task = load_task(plan.db, address_id)
        page, capture = load_page(plan.archive, capture_id, task.role, task.page)
        if capture.status in (200, 203, 304):
            await plan.read(page, capture, task)
        elif plan.spider.judge.spell(capture.location or "") != task.url:
            plan.follow_redirect(capture, task)
    if rows:
        logger.info("read %d pages that an interrupted run had kept", len(rows))


async def align(plan: Plan, address: str, reading: Reading) -> None:
    """Read the version we hold again when another reader, profile or template made it.

    Otherwise words that our own change of rules adds or drops would pass for the paper's. An
    article that has moved is found as the index will find it, by its number or its redirect. So is
    a version of which a further page never came: today's is taken for it, since nobody knows that
    it ever had other words.
    """
    if reading.article is None:
        return
    article_id = find_article(
        plan.db,
        site=plan.site.key,
        address=address,
        identity=plan.site.identity(address),
        article=reading.article,
    )
    row = plan.db.execute(
        "SELECT v.capture_id, v.extractor, v.profile, v.template, coalesce(r.address, c.url) "
        "FROM articles a JOIN versions v ON v.article_id = a.id AND v.version = a.version "
        "JOIN captures c ON c.id = v.capture_id LEFT JOIN readings r ON r.capture_id = c.id "
        "WHERE a.id = ?",
        (article_id,),
    ).fetchone()
    used = (reading.extractor, reading.profile, reading.template)
    if row is None or (row[1:4] == used and not lacks_parts(plan.db, row[0])):
        return
    address = row[4]  # it may have stood elsewhere then
    address_id = find_address(plan.db, address)
    if address_id is None:
        return
    task = load_task(plan.db, address_id)
    held, capture = await read_stored(
        plan.gathering.reader, row[0], task.role, task.page, spare=_list_spare(plan.db, reading)
    )
    if held.article is not None:
        announced = plan.spider.judge.judge(held.links, task.depth)
        plan.archive.add(
            capture,
            held,
            announced,
            address=address,
            identity=plan.site.identity(address),
            depth=task.depth,
        )


def _list_spare(db: sqlite3.Connection, reading: Reading) -> dict[str, Capture]:
    """Return the captures of the further pages of a reading, by address."""
    found: dict[str, Capture] = {}
    for part in reading.parts:
        place = None if part.file is None else {"file": part.file, "offset": part.offset}
        if part.record_id or place:
            capture = find_referred(db, part.record_id, place)
            found |= {part.url: capture} if capture else {}
    return found
