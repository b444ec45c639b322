"""Days on which papers publish little or nothing: nobody is woken for them.

Only feasts that stop newsrooms for days and that the calendar fixes: Christmas and New Year, the
lunar new year where it is kept, Vietnam's national days. Rejected: a holiday library (1 MB of
rules for every country, to know twenty days); learning them (one feast a year is no habit).
What is not listed here shows in the other papers of the archive (archive/volume.py).
"""

from __future__ import annotations

from datetime import date, timedelta

FIXED = frozenset(((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 2)))
VIETNAM = frozenset(((4, 30), (5, 1), (5, 2), (9, 1), (9, 2), (9, 3)))
LUNAR = ("vi", "zh", "ko")  # languages whose papers keep the lunar new year
# First day of the lunar year in UTC+7, by the calendar in force in Vietnam.
NEW_YEARS = tuple(
    date.fromisoformat(day)
    for day in (
        *("2020-01-25", "2021-02-12", "2022-02-01", "2023-01-22", "2024-02-10", "2025-01-29"),
        *("2026-02-17", "2027-02-06", "2028-01-26", "2029-02-13", "2030-02-02", "2031-01-23"),
        *("2032-02-11", "2033-01-31", "2034-02-19", "2035-02-08", "2036-01-28", "2037-02-15"),
    )
)
BEFORE, AFTER = timedelta(days=3), timedelta(days=8)


def is_holiday(day: date, language: str | None, region: str | None) -> bool:
    """Whether a paper of that language (BCP 47) and region (ISO 3166-2) may be silent on a day."""
    if (day.month, day.day) in FIXED:
        return True
    tongue = (language or "").lower().split("-")[0]
    home = (region or "").upper().startswith("VN") or tongue == "vi"
    if home and (day.month, day.day) in VIETNAM:
        return True
    return (home or tongue in LUNAR) and any(
        first - BEFORE <= day <= first + AFTER for first in NEW_YEARS
    )
