"""Learns at the end of a crawl which lines many pages of a site share: the site's template.

    survey   the latest 200 articles as they were read: which lines do several of them have
    look     up to 32 of these pages are read again: what do the lines stand in
    turns    slots whose lines are others at each look are learned likewise (crawler/turns.py)
    keep     an event ``template`` in the WARC file, which the next crawls' readings use and name
    mend     what holds a line that was learned just now is read again (crawler/reread.py)

The first crawl of a paper, the largest of all, would be the one that never profits without that.
The survey costs milliseconds and no page is read again where nothing is shared, or nothing else
than when it was learned last. What a template has cut is in the trace of the reading and counts
as being there: else it would be forgotten as soon as it works.

A line in a box of its own is the paper's from three articles and a twentieth of them on. A line
that stands among the paragraphs might have been typed: an agency's standing sentence, the
beginning of a series, the sub-heads of a recipe or a horoscope. It is the paper's where half of the
latest articles have it, and never as a first line. Decision: shares and not counts alone, since a
paper of 200 articles a day has three of everything. Rejected: learning from the pages alone
(reading 200 pages again each night takes 16 s of CPU a paper), from the texts alone (a box and a
paragraph are the same there), and lists of phrases (wording.toml has those).
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.index.templates import Learned, find_template
from archive.instants import to_text
from archive.store import Archive
from crawler.read.clean import key
from crawler.read.extractor import name_extractor
from crawler.read.pool import Pool
from crawler.read.template import (
    FIGURE,
    NONE,
    REASON,
    Line,
    Template,
    fold_counter,
    name_template,
    spell_tags,
)
from crawler.turns import (
    Found,
    Seen,
    choose_seen,
    list_seen,
    list_slots,
    list_unread,
    pick_slots,
    sort_lines,
)
from crawler.walk.stored import load_page

if TYPE_CHECKING:
    from spiders.site import Site

logger = logging.getLogger(__name__)

ELSEWHERE = "other-layout"  # warning of what the profile named in it did not understand (eras.py)
LATEST = 200  # articles that are compared; the sort takes 0.1 s on a paper of 50,000
ENOUGH = 10  # articles of a site before anything is learned
PLAIN = 20  # articles before a line among the paragraphs is
MOST = 32  # pages that are read again: about 2.5 s of CPU
UNREAD = 3  # pages without lines, which may have taken 20 s each, before learning stops
EACH = 4  # of them for one line
MANY, SHARE = 3, 0.05  # articles that carry a boxed line, and their share of those compared
HALF = 0.5  # share of articles that carry a line among the paragraphs
KEPT = 200  # lines of a template
_NAME = 100  # letters of a folded line that name it in the survey
_CUT = 150  # letters of a line that are folded: traces hold 160


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it was read: the capture, the day of it, the names of its lines."""

    capture_id: int
    day: str
    lines: frozenset[str]


def load_template(db: sqlite3.Connection, site: str) -> Template:
    """The template that readings of a site use: the one learned last, NONE without one."""
    return _make_template(find_template(db, site))


def load_latest(db: sqlite3.Connection, site: str, profile: str) -> Template:
    """The template that was learned last with a profile, NONE without one."""
    return _make_template(find_template(db, site, profile))


def _make_template(learned: Learned | None) -> Template:
    if learned is None or not learned.lines:
        return NONE
    return Template(learned.digest, frozenset(sign for sign, _, _ in learned.lines))


def list_held(db: sqlite3.Connection, site: str, before: Template = NONE) -> list[int]:
    """The captures of a site's versions that hold a line which its template has and ``before`` had
    not, and that were not read with it: what the template did not cut then, it will not now. All
    that were read without a slot which it has learned: what stood there is not known by its words.
    None in which another layout was found to stand.
    """
    learned = find_template(db, site)
    if learned is None:
        return []
    fresh = [line for line in learned.lines if line[0] not in before.signatures]
    slots = {sign for sign, _, _ in list_slots(learned)} - before.signatures
    elsewhere = f"{ELSEWHERE}: {learned.profile}"
    unread = list(list_unread(db, site, slots, elsewhere))
    names = {_name_line(words) for sign, _, words in fresh if sign not in slots}
    if not names:
        return unread
    rows = db.execute(
        "SELECT v.capture_id, v.body, v.tags "
        "FROM articles a JOIN versions v ON v.article_id = a.id "
        "JOIN readings r ON r.capture_id = v.capture_id WHERE a.site = ? "
        "AND v.template IS NOT ? AND instr(r.warnings, ?) = 0 ORDER BY v.capture_id",
        (site, learned.digest, elsewhere),
    )
    holding = (
        capture_id
        for capture_id, body, tags in rows
        if names & {*_name_lines(body, None), _name_line(spell_tags(json.loads(tags)))}
    )
    return sorted({*unread, *holding})


async def learn_site(
    archive: Archive, pool: Pool, site: Site, now: datetime, *, into: str | None = None
) -> None:
    """Learn a site's template again if what its articles share has changed, and write it down.

    ``into``: the open site whose WARC file takes the event. Raises ArchiveError, PoolError.
    """
    stored = list_stored(archive.db, site.key)
    shared = count_shared(stored)
    digest = _digest_survey(shared)
    last = find_template(archive.db, site.key)
    made = (name_extractor(), site.digest)
    turning = choose_seen(list_seen(archive.db, site.key))
    if last is None and not (shared or turning):
        return
    is_known = last is not None and (last.extractor, last.profile, last.survey) == (*made, digest)
    slots = await _find_slots(archive, pool, site, turning, list_slots(last))
    if is_known and slots == list_slots(last):
        return
    chosen = [one.capture_id for one in choose_pages(stored, shared)]
    pages = await _read_again(archive, pool, site, chosen)
    known = {slot for slot, _, _ in slots}
    plain = [[line for line in lines if line.slot not in known] for lines in pages]
    lines = [*slots, *pick_lines(plain, shared, len(stored))]
    archive.note(
        into or site.key,
        "template",
        {
            "site": site.key,
            "learned_at": to_text(now),
            "digest": name_template(frozenset(sign for sign, _, _ in lines)),
            "pages": len(stored),
            "first_on": min((one.day for one in stored), default=None),
            "last_on": max((one.day for one in stored), default=None),
            "extractor": made[0],
            "profile": made[1],
            "survey": digest,
            "lines": [list(line) for line in lines],
        },
    )


async def _find_slots(
    archive: Archive, pool: Pool, site: Site, turning: Sequence[Seen], known: list[Found]
) -> list[Found]:
    """The slots that were learned before, and those that are found on pages of some articles."""
    for one in turning:
        pages = await _read_again(archive, pool, site, one.captures)
        one.pages = [sort_lines(lines) for lines in pages]
    whole = [one for one in turning if len(one.pages) == len(one.captures)]
    names = {slot for slot, _, _ in known}
    return [*known, *(slot for slot in pick_slots(whole) if slot[0] not in names)]


async def _read_again(
    archive: Archive, pool: Pool, site: Site, chosen: Sequence[int]
) -> list[tuple[Line, ...]]:
    """The lines of kept pages; a record that is damaged or not there is passed over: `khobao
    verify` tells of it, and it is no reason to end a night with an error."""
    pages = []
    for one in chosen:
        try:
            page, _ = load_page(archive, one, "article")
        except (ArchiveError, OSError) as error:
            logger.warning("nothing is learned from %s", error)
            continue
        pages.append(await pool.list_lines(page, site))
        if sum(not lines for lines in pages) >= UNREAD:
            break
    return pages


def list_stored(db: sqlite3.Connection, site: str) -> list[Stored]:
    """The latest articles of a site as they were read, newest capture first; none below ENOUGH."""
    rows = db.execute(
        "SELECT a.capture_id, c.captured_at, a.body, a.tags, t.trace FROM articles a "
        "JOIN captures c ON c.id = a.capture_id LEFT JOIN traces t ON t.capture_id = a.capture_id "
        "WHERE a.site = ? AND a.body <> '' ORDER BY c.captured_at DESC, a.id DESC LIMIT ?",
        (site, LATEST),
    ).fetchall()
    if len(rows) < ENOUGH:
        return []
    tagged = [_name_line(spell_tags(json.loads(tags))) for _, _, _, tags, _ in rows]
    stored = [
        Stored(capture_id, at[:10], _name_lines(body, trace) | {name})
        for (capture_id, at, body, _, trace), name in zip(rows, tagged, strict=True)
    ]
    rare = {"", *_list_rare(stored, set(tagged))}
    return [replace(one, lines=one.lines - rare) for one in stored]


def _list_rare(stored: Sequence[Stored], names: set[str]) -> Iterator[str]:
    """The names that fewer than half of the articles have: these tags are their own."""
    counts = Counter(name for one in stored for name in one.lines & names)
    yield from (name for name in names if counts[name] < HALF * len(stored))


def _name_lines(body: str, trace: str | None) -> frozenset[str]:
    """The names of the lines of a text, and of those that a template took out of it."""
    cuts = json.loads(trace).get("cuts", ()) if trace and f'["{REASON}"' in trace else ()
    lines = [*body.split("\n"), *(text for step, text in cuts if step == REASON)]
    return frozenset(name for line in lines if len(name := _name_line(line)) > 3)


def _name_line(text: str) -> str:
    return fold_counter(key(text[:_CUT]))[:_NAME]


def count_shared(stored: Sequence[Stored]) -> dict[str, int]:
    """How many articles have a line, of those that enough have to be looked at."""
    counts: dict[str, int] = {}
    for one in stored:
        for name in one.lines:
            counts[name] = counts.get(name, 0) + 1
    least = max(MANY, SHARE * len(stored))
    kept = [(name, count) for name, count in counts.items() if count >= least]
    return dict(sorted(kept, key=lambda item: (-item[1], item[0]))[:KEPT])


def _digest_survey(shared: dict[str, int]) -> str:
    return hashlib.sha256("\n".join(sorted(shared)).encode()).hexdigest()[:16]


def choose_pages(stored: Sequence[Stored], shared: dict[str, int]) -> list[Stored]:
    """The pages that are read again: of each shared line, the most common first, the newest."""
    chosen: dict[int, Stored] = {}
    for name in shared:
        carriers = [one for one in stored if name in one.lines]
        held = sum(one.capture_id in chosen for one in carriers)
        for one in carriers:
            if held >= EACH or len(chosen) >= MOST:
                break
            if one.capture_id not in chosen:
                chosen[one.capture_id] = one
                held += 1
    return list(chosen.values())


def pick_lines(
    pages: Sequence[Sequence[Line]], shared: dict[str, int], compared: int
) -> list[tuple[str, int, str]]:
    """(signature, articles, words) of the lines that are the paper's: seen in the same place on
    MANY of the pages, and on as many articles as a line in such a place needs."""
    seen: dict[str, list[Line]] = {}
    for lines in pages:
        for line in {one.signature: one for one in lines}.values():
            seen.setdefault(line.signature, []).append(line)
    found = []
    for signature, lines in sorted(seen.items()):
        name = _name_line(lines[0].words)
        count = shared.get(name, 0)
        half = compared >= PLAIN and count >= HALF * compared and FIGURE not in name
        often = count > 0 if lines[0].boxed else half
        if len(lines) >= MANY and often:
            found.append((signature, count, lines[0].words))
    return sorted(found, key=lambda line: (-line[1], line[2], line[0]))
