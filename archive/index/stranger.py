"""Doubt a page that keeps nothing of the article that is held at its address.

"Story withdrawn. You may like one of our other stories." stands in a shell of its own and reads as
a short article: as a version it would be an edit of the headline that the paper never made. It has
neither date nor headline nor a sentence of what was held there, and is short; so it is quarantined
as ``other-page``, with what it is headed, and turned.py judges by the rest of the crawl whether it
is a sign of removal. Decided where a reading is added (archive/store.py), so that the WARC record
has it and a crawl, an import and `khobao reread` decide alike. Rejected: more wordings of such
pages (soft-404 has them; no list is whole), and the layout (a relaunch changes it, too).
"""

from __future__ import annotations

import sqlite3

from archive.index.bare import lay_bare
from archive.index.held import Held, find_held
from archive.index.turned import HEADED, OTHER, SAME, find_words
from archive.records import Article, Capture, Reading
from archive.sentences import split_sentences

SHORT, LONG = 60, 60  # words: of what is doubted at most, of what was held at least
_SPELLED = ("htmldate", "url")
_SEEN = ("seen", "above the headline")


def doubt(db: sqlite3.Connection, capture: Capture, reading: Reading, address: str) -> Reading:
    """Return a reading as it is, or quarantined where its page keeps nothing of the article."""
    article = reading.article
    if article is None or reading.parts or len(article.text.split()) > SHORT:
        return reading
    held = find_held(db, capture, address, "body")
    if held is None or held.words < LONG or held.published is None:
        return reading
    if _is_dated(article, held.published.value) or not _is_other(article, held):
        return reading
    headed = " ".join(sorted(find_words(article.title)))
    found = f"nothing of the article that was held here is left on it{HEADED}{headed}"
    return lay_bare(reading, "quarantined", f"impostor: {OTHER}: {found}", OTHER)


def _is_dated(article: Article, day: str) -> bool:
    """Whether a page says when what stands on it was published.

    Its address and a guess say it of what stood there before; a date that is only seen, outside of
    what the profile knows, is a clock's unless it is the article's day.
    """
    found = article.published
    if found is None or found.source in _SPELLED:
        return False
    named = (article.sources.get("text") or "").startswith("profile:")
    return named or found.source not in _SEEN or found.value[:10] == day[:10]


def _is_other(article: Article, held: Held) -> bool:
    words = find_words(held.title)
    if not words or len(words & find_words(article.title)) >= SAME * len(words):
        return False
    kept = {*split_sentences(held.lead), *split_sentences(held.body)}
    ours = [*split_sentences(article.lead or ""), *split_sentences(article.text)]
    return not any(sentence in kept for sentence in ours)
