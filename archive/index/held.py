"""What was held at an address before a capture: what a reading of it is doubted by, or kept from.

One question of every doubt (stranger, walled, halves, unfound, masthead, clocked), so that they all
mean the same version: the one that was last seen, of those that were first seen before the capture
was made. An older capture that is read again is judged as it was.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Literal

from archive.index.bare import split_story
from archive.instants import to_text
from archive.records import Capture, Date

_HELD = """
SELECT v.title, coalesce(v.lead, ''), v.body, v.word_count, v.profile, v.sources, v.warnings,
  coalesce(t.trace ->> '$.shown', '[]'),
  v.date_published, v.date_precision, v.date_published_raw
FROM versions v LEFT JOIN traces t ON t.capture_id = v.capture_id
WHERE v.article_id = coalesce((SELECT article_id FROM addresses WHERE url = ?1),
  (SELECT id FROM articles WHERE url = ?1))
AND v.first_seen_at < ?2 AND v.{} <> '' ORDER BY v.last_seen_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A version that is held, as far as a reading is compared with it; ``shown`` is the JSON of
    what its trace shows."""

    title: str
    lead: str
    body: str
    words: int
    profile: str
    sources: dict[str, str]
    warnings: tuple[str, ...]
    shown: str
    published: Date | None

    def sentences(self) -> list[str]:
        """Return its lead and text by sentences, as a reading's are split."""
        return split_story(self.lead, self.body)


def find_held(
    db: sqlite3.Connection,
    capture: Capture,
    address: str,
    having: Literal["title", "body", "date_published"],
) -> Held | None:
    """Return the version held at a canonical address before a capture, the last seen one that has
    a title, text or date; None where there is none."""
    row = db.execute(_HELD.format(having), (address, to_text(capture.captured_at))).fetchone()
    if row is None:
        return None
    title, lead, body, words, profile, sources, warnings, shown, day, precision, raw = row
    read_from = json.loads(sources or "{}")
    published = Date(day, precision, raw, read_from.get("published", "")) if day else None
    return Held(
        title,
        lead,
        body,
        words,
        profile,
        read_from,
        tuple(json.loads(warnings or "[]")),
        shown,
        published,
    )
