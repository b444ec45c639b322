"""The part of an article that shows why it was found, as plain text on one line.

FTS5's own snippet() cuts it, since it knows which tokens matched. Asked for its best column it
picks the headline, which every list of hits shows anyway; so lead and body are preferred.
"""

from __future__ import annotations

import re
import sqlite3

from archive.match import Match

TOKENS = 32
"""Length of a snippet: 32 Vietnamese syllables are about 150 characters, two lines in a list."""

# Within SQLite matched words stand between STX and ETX, control characters that no paper writes;
# one in a page would misplace a mark and do nothing worse. Brackets and <b> occur in real text.
OPEN, CLOSE = "\x02", "\x03"
MARKED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")


def cut(db: sqlite3.Cursor, match: Match, article: int, marks: tuple[str, str]) -> str:
    """Return the snippet of an article that ``match`` found; "…" stands where text was left out."""
    columns = ", ".join(
        f"snippet({match.table}, {column}, '{OPEN}', '{CLOSE}', '…', {TOKENS})"
        for column in (1, 2, 0)  # lead, body, title
    )
    parts = db.execute(
        f"SELECT {columns} FROM {match.table} WHERE {match.table} MATCH ? AND rowid = ?",
        (match.expression, article),
    ).fetchone()
    lead, body, title = (" ".join((part or "").split()) for part in parts)
    best = max(lead, body, key=_count_words)
    return _mark(best if _count_words(best) else title, marks)


def _count_words(text: str) -> int:
    """Number of different words and phrases that are marked."""
    return len({found.lower() for found in MARKED.findall(text)})


def _mark(text: str, marks: tuple[str, str]) -> str:
    return text.replace(OPEN, marks[0]).replace(CLOSE, marks[1])
