"""Dates that are a page's clock, or lie ahead: what is held stays, and is put right when it can be.

    date-clock   the very instant of the capture, give or take NOW: a template that prints the
                 present where the date stood, unless the story came out in that minute
    date-ahead   hours after the capture: a server in another zone, a clock that goes wrong
    date-zone    a stamp's clock is the one that readers see, its zone is not the paper's: one of
                 both is false (crawler/read/offsets.py); date-local where it is known which

They are warnings of a reading. Such a date never takes the place of one that is held without such a
doubt; a new article keeps it, since nothing better is known, and gives it up for the first other
one that its page shows (beside.py: a version that differs in its date, told as ``cosmetic``). Until
then its page is asked for whole, since a server's 304 means the words (crawler/walk/plan.py).
Decided where a reading is added (archive/store.py). Rejected: no date at all (the day is nearly
always right), the date of the list (a feed's is as often the day of an update).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from archive.index.held import find_held
from archive.records import Capture, Reading

CLOCK, AHEAD = "date-clock", "date-ahead"
ZONE, LOCAL = "date-zone", "date-local"
NOW = timedelta(seconds=90)  # a page of minutes, and clocks that differ
LONG = timedelta(hours=2)  # ahead; summer time that was forgotten is one, and told by nobody


def is_doubted(warnings: Iterable[str]) -> bool:
    """Say whether a reading's warnings doubt its date."""
    return _has(warnings, CLOCK, AHEAD)


def keep_date(db: sqlite3.Connection, capture: Capture, reading: Reading, address: str) -> Reading:
    """Return a reading as it is, or with the date that is held in place of a doubtful one."""
    article = reading.article
    if article is None or not _has(reading.warnings, CLOCK, AHEAD, ZONE):
        return reading
    held = find_held(db, capture, address, "date_published")
    if held is None or held.published is None or is_doubted(held.warnings):
        return reading
    proof = tuple(one for one in held.warnings if one.startswith(f"{LOCAL}:"))
    if not is_doubted(reading.warnings) and not (
        proof and article.published is not None and article.published.raw == held.published.raw
    ):
        return reading  # a doubt of the zone alone: the same stamp was proved false before
    said = f"date-kept: {held.published.value} is held, and the page's is doubtful"
    sources = {**article.sources, "published": held.published.source}
    article = replace(article, published=held.published, sources=sources)
    left = (one for one in reading.warnings if not _has([one], CLOCK, AHEAD, ZONE))
    return replace(reading, article=article, warnings=(*left, *proof, said))


def _has(warnings: Iterable[str], *codes: str) -> bool:
    return any(one.startswith(tuple(f"{code}:" for code in codes)) for one in warnings)
