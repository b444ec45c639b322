"""The Solar Hijri calendar of Iran and Afghanistan: its months' names and its days as ours.

    28 آبان 1405 · 28 عقرب 1405 · 28 لړم 1405        2026-11-19

Leap years by the cycle of 33 (years whose remainder is 1, 5, 9, 13, 17, 22, 26 or 30), which gives
the days that Iran's calendar had and will have from 1343 to 1472 (K. M. Borkowski, "The Persian
calendar for 3000 years", Earth, Moon and Planets 74, 1996). Years above LAST are left: 1441 and
later are this day's years of the lunar calendar (Arabia), and no paper dates twenty years ahead.
Rejected: jdatetime, a dependency for these forty lines.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

FIRST, LAST = 1343, 1430  # 1964 to 2051
_LEAP = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_KNOWN_YEAR, _KNOWN = 1403, date(2024, 3, 20)  # its first day
_NAMES = """
فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند
حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت
وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب
"""  # of Iran, Afghanistan (Dari) and Afghanistan (Pashto)
_AS_PERSIAN = str.maketrans("يىك", "ییک")  # as Arabic keyboards write them
_MONTHS = {
    name: month for line in _NAMES.split("\n") for month, name in enumerate(line.split(), start=1)
}
_LETTERS = {"ی": "[یيى]", "ک": "[کك]"}
_NAME = "|".join(
    "".join(_LETTERS.get(letter, letter) for letter in name)
    for name in sorted(_MONTHS, key=len, reverse=True)
)
DAY_MONTH_YEAR = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s+({_NAME})(?:[\s\u200c]*ماه)?[\s،,]+(\d{{4}})(?!\d)"
)


def find_solar_month(word: str) -> int:
    """The month (1 to 12) of a name that DAY_MONTH_YEAR found."""
    return _MONTHS[word.translate(_AS_PERSIAN)]


def make_solar_day(year: int, month: int, day: int) -> date | None:
    """The day of our calendar, or None for what is no day of a year from FIRST to LAST."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12):
        return None
    length = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if not 1 <= day <= length:
        return None
    before = 31 * (month - 1) - max(0, month - 7)
    return _find_new_year(year) + timedelta(days=before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP


def _find_new_year(year: int) -> date:
    low, high = sorted((year, _KNOWN_YEAR))
    days = 365 * (high - low) + sum(map(_is_leap, range(low, high)))
    return _KNOWN + timedelta(days=days if year >= _KNOWN_YEAR else -days)
