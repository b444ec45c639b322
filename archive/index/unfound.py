"""Doubt a page on which the profile's own body is not found any more, nor most of the words.

When a paper's texts come by script for a night, the pages stand there with an empty box, and what
the general reader takes for the text is what is left: a standfirst, a line of the footer. As
versions these would be edits of the whole paper, and again when the texts are back. So a reading of
an article that the same profile found before, which it does not find now, and which keeps less
than half of the sentences, did not come whole: ``empty``, asked for again. It is believed where
the same crawl found others' bodies, MOST times as many: then this page is another.
Decided where a reading is added (archive/store.py), as walled.py does, so that the WARC record has
it. Rejected: the profile's miss alone (a relaunch is read well without it), waiting for a second
night (the fault may last for many).
"""

from __future__ import annotations

import json
import sqlite3

from archive.index.bare import lay_bare, split_story
from archive.index.held import find_held
from archive.index.turned import MOST
from archive.records import Capture, Reading

NAMED = "profile:"
CODE = "body-unfound"
FOUND = 3  # others at least, for a page that differs from them

_CRAWL = """
SELECT coalesce(sum(coalesce(v.sources ->> '$.text', '') LIKE 'profile:%'), 0),
coalesce(sum(instr(r.warnings, ?) > 0), 0)
FROM captures c JOIN readings r ON r.capture_id = c.id
LEFT JOIN versions v ON v.article_id = r.article_id AND v.version = r.version
WHERE c.crawl_id = ? AND c.url <> ? AND r.role = 'article'
"""


def doubt_unfound(
    db: sqlite3.Connection, capture: Capture, reading: Reading, address: str
) -> Reading:
    """Return a reading as it is, or without its article where the profile's body is gone."""
    article = reading.article
    if article is None or reading.parts or _is_named(article.sources):
        return reading
    held = find_held(db, capture, address, "body")
    if held is None or held.profile != reading.profile or not _is_named(held.sources):
        return reading
    if not _is_lost(held.sentences(), split_story(article.lead or "", article.text)):
        return reading
    found, unfound = db.execute(_CRAWL, (CODE, capture.crawl_id, capture.url)).fetchone()
    if found >= max(FOUND, MOST * (unfound + 1)):
        return reading
    said = f"{CODE}: read.body found the text that is held and nothing now: asked for again"
    return lay_bare(reading, "empty", said, reading.impostor)


def is_found(db: sqlite3.Connection, article_id: int, pair: tuple[int, int]) -> bool:
    """Say whether the profile found the newer of two versions and not the older, which has less
    than half of it: an article that was first held on such a night was not edited since."""
    old, new = (
        db.execute(
            "SELECT coalesce(lead, ''), body, sources FROM versions "
            "WHERE article_id = ? AND version = ?",
            (article_id, version),
        ).fetchone()
        for version in pair
    )
    if _is_named(json.loads(old[2])) or not _is_named(json.loads(new[2])):
        return False
    held, left = split_story(*new[:2]), split_story(*old[:2])
    return 2 * len(left) < len(held) and _is_lost(held, left)


def _is_named(sources: dict[str, str]) -> bool:
    return sources.get("text", "").startswith(NAMED)


def _is_lost(held: list[str], left: list[str]) -> bool:
    return 2 * len(set(held) & set(left)) < len(set(held))
