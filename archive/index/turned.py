"""Whether an article's address shows a list now, in place of the article: a sign of its removal.

Some papers answer for what they took away with 200 and what others read ("here is what you may
like"): the reader quarantines it as ``list-page``. That alone is no sign, since a relaunch makes
lists of sound pages. It is one where the page is headed as something else than the article ever
was, and the same crawl read others of the paper's articles soundly, MOST times as many as it
quarantined so. Rejected: the page's words (a reading that failed has none), waiting for a wording
(soft-404 is that; no list of them is whole).
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata

KIND = "list-page"
HEADED = "; headed: "  # in a quarantined reading's evidence: what the page is headed, folded
SAME = 0.6  # share of a headline's words that a heading of the same article has
MOST = 2
_WORD = re.compile(r"\w+")


def is_turned(db: sqlite3.Connection, article_id: int, capture_id: int) -> bool:
    """Say whether a capture that was quarantined as a list shows that an article is gone."""
    crawl_id, warnings = db.execute(
        "SELECT c.crawl_id, r.warnings FROM captures c JOIN readings r ON r.capture_id = c.id "
        "WHERE c.id = ?",
        (capture_id,),
    ).fetchone()
    headed = _find_words(json.loads(warnings)[0].partition(HEADED)[2])
    if not headed or crawl_id is None:
        return False
    titles = db.execute("SELECT title FROM versions WHERE article_id = ?", (article_id,))
    for (title,) in titles.fetchall():
        words = _find_words(title)
        if len(words & headed) >= SAME * len(words):
            return False
    sound, lists = db.execute(
        "SELECT coalesce(sum(r.article_id <> ?), 0), coalesce(sum(r.impostor = ?), 0) "
        "FROM captures c JOIN readings r ON r.capture_id = c.id WHERE c.crawl_id = ?",
        (article_id, KIND, crawl_id),
    ).fetchone()
    return bool(sound >= MOST * lists)


def _find_words(text: str) -> set[str]:
    """Return the words of a text without case and accents, as headings are kept."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d")
    return set(_WORD.findall("".join(c for c in plain if not unicodedata.combining(c))))
