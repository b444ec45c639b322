"""Doubt a page whose markup is left open, where the pages of its paper close theirs.

A cache or a proxy may pass half a page on with an honest length: nothing of the wire tells. What is
left of it is a text that stops, or none at all; the one would be an edit when the rest is back, the
other was taken for a page without an article, and the article was never asked for again (of two
simulated quarters by an outside examiner the only articles lost). So a reading that tells of it
(crawler/read/whole.py) came not whole: ``cut``, asked for again. It is believed where it is usual,
SHARE of the SAMPLE latest article pages that were believed, where too few were read before to say,
and where the address was found so on LOOKS days before: templates of whole papers close nothing,
and a relaunch may bring one. Rejected: every page that is left open (such a paper would have no
articles at all), lengths (papers have short news).
"""

from __future__ import annotations

import sqlite3

from archive.index.bare import lay_bare
from archive.instants import to_text
from archive.records import Capture, Reading

CODE = "body-open"
SEEN, SHARE, SAMPLE = 5, 0.1, 50
LOOKS = 2

_USUAL = """
SELECT count(*), coalesce(sum(is_open), 0) FROM (SELECT instr(r.warnings, ?1) > 0 AS is_open
FROM captures c JOIN readings r ON r.capture_id = c.id WHERE c.site = ?2 AND c.id < ?3
AND r.role = 'article' AND r.status = 'ok' AND c.url <> ?4 ORDER BY c.id DESC LIMIT ?5)
"""
_BEFORE = """
SELECT count(DISTINCT date(c.captured_at)) FROM captures c
JOIN readings r ON r.capture_id = c.id
WHERE c.url = ?1 AND c.id < ?2 AND date(c.captured_at) < date(?3) AND r.status = 'cut'
AND instr(r.warnings, ?4) > 0
"""


def doubt_open(db: sqlite3.Connection, capture: Capture, reading: Reading) -> Reading:
    """Return a reading as it is, or without its article where the page broke off."""
    is_told = any(warning.startswith(f"{CODE}:") for warning in reading.warnings)
    if not is_told or reading.role != "article" or reading.status != "ok" or reading.parts:
        return reading
    read, left = db.execute(
        _USUAL, (CODE, capture.site, capture.id, capture.url, SAMPLE)
    ).fetchone()
    if read < SEEN or left > SHARE * read:
        return reading
    asked = (capture.url, capture.id, to_text(capture.captured_at), CODE)
    if db.execute(_BEFORE, asked).fetchone()[0] >= LOOKS:
        return reading
    said = "body-cut: the document is not closed, as those of the paper are"
    return lay_bare(reading, "cut", said)
