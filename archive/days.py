"""Days as people write them: a year, a month or a day, each a range of days.

Only ISO 8601 forms. Rejected: ``2/4/2026``, which is two different days in Vietnam and in the
United States, and guessing would answer the wrong question without a word.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from archive.errors import ArchiveError

FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


class DayError(ArchiveError):
    """Words that name no day, month or year, or days in the wrong order."""


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both ends within."""

    first: date
    last: date


def parse(text: str) -> Days:
    """Return the days of ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``. Raises DayError."""
    match = FORM.fullmatch(text.strip())
    remedy = "write a year, a month or a day, as in 2024, 2024-06 or 2024-06-28"
    if not match:
        raise DayError(f"{text!r} is not a date", remedy)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        first = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise DayError(f"{text!r} is not in the calendar ({error})", remedy) from error
    if day:
        return Days(first, first)
    end = month or 12
    return Days(first, date(year, end, monthrange(year, end)[1]))
