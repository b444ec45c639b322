"""Which days a sitemap is of, by its name."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from urllib.parse import urlsplit

from archive.days import Days

FIRST_YEAR, LAST_YEAR = 1990, 2099
_FILE = re.compile(r"(?<!\d)(\d{4})[-_./]?(\d\d?)(?:[-_./]?(\d\d?))?(?!\d)")


def read_period(url: str) -> Days | None:
    """Return the day or month that a sitemap's name is of: news-2026-2.xml, 2026-02-04, 202602.

    None for a year alone, which is as likely the number of a file.
    """
    parts = urlsplit(url)
    for match in _FILE.finditer(f"{parts.path.rpartition('/')[2]}?{parts.query}"):
        if found := make_days(match[1], match[2], match[3]):
            return found
    return None


def make_days(year: str, month: str, day: str | None) -> Days | None:
    """Return the day, or the month where none is given; None for what is not in the calendar."""
    if not FIRST_YEAR <= int(year) <= LAST_YEAR or not 1 <= int(month) <= 12:
        return None
    try:
        if day:
            found = date(int(year), int(month), int(day))
            return Days(found, found)
    except ValueError:
        return None
    last = monthrange(int(year), int(month))[1]
    return Days(date(int(year), int(month), 1), date(int(year), int(month), last))
