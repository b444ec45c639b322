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
from archive.index.content import describe_content
from archive.index.parts import lacks_parts
from archive.records import Capture, Reading
from crawler.learn import ELSEWHERE
from crawler.walk.eras import is_lost, misses
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
    """Read the versions we hold again when another reader, profile or template made them.

    Otherwise words that our own change of rules adds or drops would pass for the paper's. All of
    them, or what was told between two could be told no more. An article that has moved is found as
    the index will find it, by its number or its redirect. So is a version of which a further page
    never came: today's is taken for it, since nobody knows that it ever had other words. Where
    today's page has no body of the profile's either, it is a page of the kind that has none.
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
    spare = _list_spare(plan.db, reading)
    bare = not misses(reading, plan.site)
    for capture_id, held_at in _list_unlike(plan.db, article_id, reading):
        await _read_version(plan, capture_id, held_at, spare, bare=bare)
    for capture_id, held_at, words in _list_last(plan.db, article_id, reading):
        await _read_version(plan, capture_id, held_at, spare, words=words)


def _list_unlike(
    db: sqlite3.Connection, article_id: int | None, reading: Reading
) -> list[tuple[int, str]]:
    """Return the captures of an article's versions that were not read as today's page is, with the
    addresses where they stood: the newest, and those before it that can be."""
    rows = db.execute(
        "SELECT v.capture_id, coalesce(r.address, c.url), v.version = a.version, "
        "v.extractor = ?1 AND ((v.profile = ?2 AND v.template IS ?3) OR instr(r.warnings, ?4)) "
        "FROM articles a JOIN versions v ON v.article_id = a.id "
        "JOIN captures c ON c.id = v.capture_id LEFT JOIN readings r ON r.capture_id = c.id "
        "WHERE a.id = ?5 ORDER BY v.version",
        (
            *(reading.extractor, reading.profile, reading.template),
            *(f"{ELSEWHERE}: {reading.profile}", article_id),
        ),
    ).fetchall()
    return [
        (capture_id, address)
        for capture_id, address, is_newest, is_alike in rows
        if not is_alike or (is_newest and lacks_parts(db, capture_id))
    ]


def _list_last(
    db: sqlite3.Connection, article_id: int | None, reading: Reading
) -> list[tuple[int, str, str]]:
    """Return the capture that last showed the newest version, its address and the version's words,
    where today's rules could not read the version's own capture: if they find the same words on
    that one, both can be compared (archive/index/comparable.py)."""
    return db.execute(
        "SELECT r.capture_id, coalesce(r.address, c.url), v.words_sha256 "
        "FROM articles a JOIN versions v ON v.article_id = a.id AND v.version = a.version "
        "JOIN readings r ON r.article_id = a.id AND r.version = v.version "
        "JOIN captures c ON c.id = r.capture_id WHERE a.id = ?1 AND c.status IN (200, 203) "
        "AND v.capture_id <> c.id AND v.profile <> ?2 AND NOT EXISTS (SELECT 1 FROM readings o "
        "WHERE o.article_id = a.id AND o.words_sha256 = v.words_sha256 "
        "AND o.extractor = ?3 AND o.profile = ?2 AND o.template IS ?4) "
        "ORDER BY c.captured_at DESC, c.id DESC LIMIT 1",
        (article_id, reading.profile, reading.extractor, reading.template),
    ).fetchall()


async def _read_version(
    plan: Plan,
    capture_id: int,
    address: str,
    spare: dict[str, Capture],
    *,
    bare: bool = True,
    words: str | None = None,
) -> None:
    """Read a capture of a version again and store what it says now; if that has to be certain
    ``words``, only where it is."""
    address_id = find_address(plan.db, address)
    if address_id is None:
        return
    task, reader = load_task(plan.db, address_id), plan.gathering.reader
    held, capture = await read_stored(
        reader, capture_id, task.role, task.page, spare=spare, bare=bare
    )
    if held.article is None or is_lost(plan.db, capture_id, held, plan.site):
        return
    if words not in (None, describe_content(plan.db, capture, held)["words_sha256"]):
        return
    plan.archive.add(
        capture,
        held,
        plan.spider.judge.judge(held.links, task.depth),
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
