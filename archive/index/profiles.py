"""Rows of ``profiles``: the words of every profile that a site was read with.

The archive keeps them as they were said; what they mean is the crawler's business. An operator
changes a profile in its place (a mend, `khobao new` after a relaunch), and captures of before are
understood by the words of before alone (crawler/walk/eras.py). The digest is over the words, so an
event that is applied twice makes one row, and the order of files does not matter.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from archive.events import dump


def note_profile(db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
    """Take in an event of kind ``profile``."""
    db.execute(
        "INSERT OR IGNORE INTO profiles (site, digest, words) VALUES (?, ?, ?)",
        (data["site"], data["digest"], dump(data["words"])),
    )


def find_words(db: sqlite3.Connection, site: str, digest: str) -> dict[str, Any] | None:
    """The words of a profile of a site, None where they were not kept."""
    row = db.execute(
        "SELECT words FROM profiles WHERE site = ? AND digest = ?", (site, digest)
    ).fetchone()
    found: dict[str, Any] | None = json.loads(row[0]) if row else None
    return found
