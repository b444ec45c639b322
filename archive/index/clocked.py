"""Dates that are a page's clock, or lie ahead: what is held stays, and is put right when it can be.

    date-clock   the very instant of the capture, give or take NOW: a template that prints the
                 present where the date stood, unless the story came out in that minute
    date-ahead   hours after the capture: a server in another zone, a clock that goes wrong

Both are warnings of a reading. Such a date never takes the place of one that is held without such a
doubt; a new article keeps it, since nothing better is known, and gives it up for the first other
one that its page shows (beside.py: a version that differs in its date, told as ``cosmetic``). Until
then its page is asked for whole, since a server's 304 means the words (crawler/walk/plan.py).
Decided where a reading is added (archive/store.py). Rejected: no date at all (the day is nearly
always right), the date of the list (a feed's is as often the day of an update).
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

from archive.instants import to_text
from archive.records import Capture, Date, Reading

CLOCK, AHEAD = "date-clock", "date-ahead"
NOW = timedelta(seconds=90)  # a page of minutes, and clocks that differ
LONG = timedelta(hours=2)  # ahead; summer time that was forgotten is one, and told by nobody

_HELD = """
SELECT v.date_published, v.date_precision, v.date_published_raw,
  coalesce(v.sources ->> '$.published', ''), v.warnings FROM versions v
WHERE v.article_id = coalesce((SELECT article_id FROM addresses WHERE url = ?1),
  (SELECT id FROM articles WHERE url = ?1))
AND v.first_seen_at < ?2 AND v.date_published IS NOT NULL ORDER BY v.last_seen_at DESC LIMIT 1
"""


def is_doubted(warnings: object) -> bool:
    """Say whether a reading's warnings, as JSON, doubt its date."""
    return any(
        str(one).startswith((f"{CLOCK}:", f"{AHEAD}:")) for one in json.loads(str(warnings or "[]"))
    )


def keep_date(db: sqlite3.Connection, capture: Capture, reading: Reading, address: str) -> Reading:
    """Return a reading as it is, or with the date that is held in place of a doubtful one."""
    article = reading.article
    if article is None or not is_doubted(json.dumps(reading.warnings)):
        return reading
    row = db.execute(_HELD, (address, to_text(capture.captured_at))).fetchone()
    if row is None or is_doubted(row[4]):
        return reading
    held = Date(*row[:4])
    said = f"date-kept: {held.value} is held, and the page's is doubtful"
    sources = {**article.sources, "published": held.source}
    article = replace(article, published=held, sources=sources)
    left = (one for one in reading.warnings if not is_doubted(json.dumps([one])))
    return replace(reading, article=article, warnings=(*left, said))
