"""Keep the headline that is held where a page shows the paper's name in its place.

A template that fills its headline with the paper's name does so on all pages for a night: as
versions these would be edits of every headline, and again when they are back. The name is what the
site's profile calls the paper; what an article was headed stays, with a warning of the reading.
Decided where a reading is added (archive/store.py), so that the WARC record has it. Rejected:
quarantine (text and date are sound, and may have been edited), a headline that many pages share
(the first of a night would pass).
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from archive.classify import Wording
from archive.index.held import find_held
from archive.index.turned import find_words
from archive.records import Capture, Reading

MORE = 1  # word that a page has around the name: an article, "online"


def keep_headline(
    db: sqlite3.Connection, capture: Capture, reading: Reading, address: str
) -> Reading:
    """Return a reading as it is, or with the headline that is held in place of the paper's name."""
    article = reading.article
    if article is None or not is_name(db, capture.site, article.title):
        return reading
    held = find_held(db, capture, address, "title")
    if held is None or is_name(db, capture.site, held.title):
        return reading
    said = f"headline-name: the page shows the paper's name ({article.title}), kept what was held"
    article = replace(article, title=held.title)
    return replace(reading, article=article, warnings=(*reading.warnings, said))


def drop_name(db: sqlite3.Connection, article_id: int, old: Wording, new: Wording) -> Wording:
    """Return the older wording under the newer's headline where its own was the paper's name: an
    article that was first held on such a night was not given another."""
    (site,) = db.execute("SELECT site FROM articles WHERE id = ?", (article_id,)).fetchone()
    return replace(old, title=new.title) if is_name(db, site, old.title) else old


def is_name(db: sqlite3.Connection, site: str, title: str) -> bool:
    """Say whether a headline is the paper's name."""
    row = db.execute("SELECT title FROM sites WHERE site = ?", (site,)).fetchone()
    name, words = find_words(row[0] if row else ""), find_words(title)
    if not name or not words:
        return False
    return words == name or (len(name) > 1 and name < words and len(words - name) <= MORE)
