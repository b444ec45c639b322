"""Whether an article's address shows something else now, in its place: a sign of its removal.

Some papers answer for what they took away with 200 and what others read ("here is what you may
like"), or with a notice: such pages are quarantined as ``list-page`` and ``other-page``. That alone
is no sign, since a relaunch makes both of sound pages. It is one where the page is headed as
something else than the article ever was, and the same crawl read others of the paper's articles
soundly, MOST times as many as it quarantined so. Rejected: the page's words (a reading that failed
has none), waiting for a wording (soft-404 is that; no list of them is whole).
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata

from archive.records import Impostor

KIND: Impostor = "list-page"
OTHER: Impostor = "other-page"  # stranger.py
KINDS = (KIND, OTHER)
WITHHELD = 451  # for legal reasons
HEADED = "; headed: "  # in a quarantined reading's evidence: what the page is headed, folded
SAME = 0.6  # share of a headline's words that a heading of the same article has
MOST = 2
_WORD = re.compile(r"\w+")


def is_turned(db: sqlite3.Connection, article_id: int, capture_id: int) -> bool:
    """Say whether a capture that was quarantined so shows that an article is gone."""
    crawl_id, warnings = db.execute(
        "SELECT c.crawl_id, r.warnings FROM captures c JOIN readings r ON r.capture_id = c.id "
        "WHERE c.id = ?",
        (capture_id,),
    ).fetchone()
    headed = read_headed(warnings)
    if not headed or crawl_id is None:
        return False
    titles = db.execute("SELECT title FROM versions WHERE article_id = ?", (article_id,))
    for (title,) in titles.fetchall():
        words = find_words(title)
        if len(words & headed) >= SAME * len(words):
            return False
    sound, lists = db.execute(
        "SELECT coalesce(sum(r.article_id <> ?), 0), coalesce(sum(r.impostor IN (?, ?)), 0) "
        "FROM captures c JOIN readings r ON r.capture_id = c.id WHERE c.crawl_id = ?",
        (article_id, *KINDS, crawl_id),
    ).fetchone()
    return bool(sound >= MOST * lists)


def list_turned(db: sqlite3.Connection, crawl_id: str) -> list[str]:
    """Return the addresses that a crawl saw show something else, or withheld: what the rest of it
    says of them is known once it is over."""
    rows = db.execute(
        "SELECT DISTINCT c.url FROM captures c LEFT JOIN readings r ON r.capture_id = c.id "
        f"WHERE c.crawl_id = ? AND (r.impostor IN {KINDS} OR c.status = ?) ORDER BY c.url",
        (crawl_id, WITHHELD),
    )
    return [str(url) for (url,) in rows]


def is_withheld(db: sqlite3.Connection, article_id: int, capture_id: int) -> bool:
    """Say whether a capture with status 451 (RFC 7725) speaks of this article alone: the same crawl
    read others soundly, MOST times as many as it was refused so. A paper that answers a whole
    country so has taken nothing away."""
    sound, withheld = db.execute(
        "SELECT coalesce(sum(r.article_id <> ?), 0), coalesce(sum(c.status = ?), 0) "
        "FROM captures n JOIN captures c ON c.crawl_id = n.crawl_id "
        "LEFT JOIN readings r ON r.capture_id = c.id WHERE n.id = ?",
        (article_id, WITHHELD, capture_id),
    ).fetchone()
    return bool(sound >= MOST * withheld)


def read_headed(warnings: str | None) -> set[str]:
    """Return the words of what a page is headed, of a reading that tells it (HEADED)."""
    told = json.loads(warnings or "[]")
    return next((find_words(one.partition(HEADED)[2]) for one in told if HEADED in one), set())


def find_words(text: str) -> set[str]:
    """Return the words of a text without case and accents, as headings are kept."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return set(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
