"""Whether an address was given to another story: its number was used anew.

A paper that begins its numbering again after a migration, or fills a number that it had taken
away, shows another article at the address of one that is held. As a version it would be an edit
that nobody made, and the new story would be lost. It is another article where no sentence of any
version is left, the headline is another and so is the day of publication, which both pages say
themselves; the older one is then gone from there (evidence.py: a sign, believed as others are).
What comes back to an address finds the article it was. Decided where a reading is added
(archive/store.py), so that the WARC record has the article's number. Rejected: the words alone (a
story rewritten from one end to the other keeps its day), the day alone (papers date an update
anew), a day after the last sight of the older story (a migration brings old ones, too).
"""

from __future__ import annotations

import sqlite3

from archive.index.turned import SAME, find_words
from archive.records import Article, Capture
from archive.sentences import split_sentences

LEAST = 30  # words of a text that is a story of its own: a notice has fewer (stranger.py)
_UNSAID = ("htmldate", "url", "seen", "above the headline")  # of what stood there, or a clock's

_VERSIONS = """
SELECT title, coalesce(lead, ''), body, published_on, coalesce(sources ->> '$.published', ''),
sources ->> '$.text' FROM versions WHERE article_id = ? AND body <> ''
"""
_OTHERS = """
SELECT DISTINCT r.article_id FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.url = ? AND r.article_id IS NOT NULL AND r.article_id <> ? ORDER BY r.article_id DESC
"""


def choose(db: sqlite3.Connection, address: str, article_id: int, article: Article) -> int | None:
    """Return the article at an address that a reading is of: the one that is known there, one that
    stood there before, or None where it is a story that never did."""
    others = list_others(db, address, article_id)
    if not is_anew(db, article_id, article):
        return article_id
    return next((one for one in others if not is_anew(db, one, article)), None)


def list_others(db: sqlite3.Connection, url: str, article_id: int) -> list[int]:
    """Return the other articles that were read at an address, the latest first."""
    return [int(one) for (one,) in db.execute(_OTHERS, (url, article_id))]


def is_anew(db: sqlite3.Connection, article_id: int, article: Article) -> bool:
    """Say whether a reading is of another story than any version of an article."""
    found = article.published
    if found is None or found.source in _UNSAID or len(article.text.split()) < LEAST:
        return False
    rows = db.execute(_VERSIONS, (article_id,)).fetchall()
    ours = {*split_sentences(article.lead or ""), *split_sentences(article.text)}
    headed = find_words(article.title)
    if not rows or not headed:
        return False
    named = (article.sources.get("text") or "").startswith("profile:")
    for title, lead, body, day, source, place in rows:
        if day is None or day == found.value[:10] or source in _UNSAID:
            return False
        if (place or "").startswith("profile:") and not named:
            return False  # what the profile does not find is not believed so far
        words = find_words(title)
        if not words or len(words & headed) >= SAME * min(len(words), len(headed)):
            return False
        if not ours.isdisjoint((*split_sentences(lead), *split_sentences(body))):
            return False
    return True


def hold_address(
    db: sqlite3.Connection, capture: Capture, address: str, article_id: int, at: str
) -> None:
    """Note whose an address is: the article's that was read there last."""
    db.execute(
        "UPDATE addresses SET article_id = ?1 WHERE url = ?2 AND article_id IS NOT ?1 "
        "AND NOT EXISTS (SELECT 1 FROM captures c JOIN readings r ON r.capture_id = c.id "
        "WHERE c.url = ?3 AND c.captured_at > ?4 AND r.article_id = addresses.article_id)",
        (article_id, address, capture.url, at),
    )
