"""What the archive doubts of a reading, by what it holds of the article, in this order.

    opened     a page that breaks off
    stranger   a page that keeps nothing of the article
    halves     its beginning, where nothing stands behind it any more
    walled     the beginning that a wall leaves of it
    unfound    what is left where the profile's body is not found for a night
    masthead   the paper's name where the headline stood
    clocked    the page's clock where the date stood

Asked where a reading is added (archive/store.py), so that the WARC record has what came of it, and
a crawl, an import and `khobao reread` decide alike.
"""

from __future__ import annotations

import sqlite3

from archive.index.clocked import keep_date
from archive.index.halves import doubt_cut
from archive.index.masthead import keep_headline
from archive.index.opened import doubt_open
from archive.index.stranger import doubt
from archive.index.unfound import doubt_unfound
from archive.index.walled import UNCONFIRMED, doubt_walled
from archive.records import Capture, Reading


def weigh(db: sqlite3.Connection, capture: Capture, reading: Reading, address: str) -> Reading:
    """Return a reading as it is, quarantined, emptied, or with a headline or date that is held."""
    reading = doubt_open(db, capture, reading)
    reading = doubt(db, capture, reading, address)
    reading = doubt_cut(db, capture, reading, address)
    reading = _doubt_left(db, capture, reading, address)
    reading = keep_headline(db, capture, reading, address)
    return keep_date(db, capture, reading, address)


def _doubt_left(
    db: sqlite3.Connection, capture: Capture, reading: Reading, address: str
) -> Reading:
    """Doubt what is left of a text; a wall is known for one before a profile's miss."""
    walled = doubt_walled(db, capture, reading, address)
    if walled is not reading and not walled.warnings[0].startswith(UNCONFIRMED):
        return walled
    unfound = doubt_unfound(db, capture, reading, address)
    return walled if unfound is reading else unfound
