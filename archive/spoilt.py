"""What is to be told of a night whose pages came spoilt, and of which the archive makes good.

by halves    the text is the last thing on the page: a cache's half, with its tags closed
             (archive/index/halves.py); an alarm, the articles are asked for again
escaped      markup that came as text and was read as markup (crawler/read/escaped.py); a note
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from archive.finding import Finding
from archive.index.halves import count_halves

LEAST = 3  # pages of escaped markup: one may be an editor's mistake
REMEDY = (
    "look at the paper in a browser: its server or the line is at fault, not the profile; they are "
    "asked for again by themselves"
)
LOOK = "look at one with `khobao show`; if it reads well, nothing"

_ESCAPED = """
SELECT count(DISTINCT c.url) FROM captures c JOIN readings r ON r.capture_id = c.id
WHERE c.crawl_id IN (SELECT value FROM json_each(?)) AND r.role = 'article'
AND instr(r.warnings, '"markup-escaped')
"""


def tell_halves(db: sqlite3.Connection, crawls: Sequence[str]) -> Iterator[Finding]:
    """Yield what is to be said of half pages in some crawls that are judged together."""
    counts = [count_halves(db, crawl_id, "bare") for crawl_id in crawls]
    halves, read = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0)
    if halves:
        words = f"{halves} of {read} article pages ended with their text, or within it"
        yield Finding("broken", words, REMEDY)


def tell_escaped(db: sqlite3.Connection, crawls: Sequence[str]) -> Iterator[Finding]:
    """Yield what is to be said of texts whose markup came escaped."""
    (number,) = db.execute(_ESCAPED, (json.dumps(list(crawls)),)).fetchone()
    if number >= LEAST:
        words = f"{number} article pages had their markup escaped, and were read as what it says"
        yield Finding("escaped", words, LOOK)
