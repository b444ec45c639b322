"""Read the time of day beside a date, in the clocks and the words for parts of a day there are.

    15:04 · 15h04 · 15.04 · 3:04 p.m. · 9 a.m. · 15 Uhr · à 9h · 1505 hrs · 下午3:05 · 오후 3시 5분
    4:30 chiều · ٣:٢٥ مساءً · বিকাল ৩:০৫ · 03:05 পিএম · شام 3:05 · 晚上9:05 · रात 1:30

A word of the day says which hours it moves: "night" is 9 p.m. and 1 a.m.; twelve at noon stays.
"""

from __future__ import annotations

import re
from datetime import time

_PARTS = """
am 午前 上午 早上 清晨 오전 새벽 아침 朝 सुबह पूर्वाह्न সকাল ভোর এএম صباح ص πμ صبح A SA sáng
pm 午後 下午 傍晚 오후 저녁 शाम अपराह्न বিকাল বিকেল সন্ধ্যা পিএম مساء م μμ شام P CH chiều tối
noon 中午 दोपहर দুপুর دوپہر trưa
night 晚上 凌晨 深夜 夜 밤 रात রাত رات đêm
"""
_MOVED = {"am": (99, 99), "pm": (1, 11), "noon": (1, 4), "night": (6, 11)}
"""The first and the last hour that a word moves behind noon."""


def _fill_parts() -> dict[str, str]:
    rows = (line.split() for line in _PARTS.strip().splitlines())
    return {word: row[0] for row in rows for word in row[1:]}


_HALVES = _fill_parts()
_BEFORE = "|".join(
    sorted((w for w in _HALVES if w[0] > "\u08ff" or w in ("صبح", "شام", "دوپہر", "رات")), key=len)[
        ::-1
    ]
)
TIME = re.compile(
    rf"(?<![\d/])(?:({_BEFORE})\s*)?([01]?\d|2[0-4])\s?(?:[:hH.時时시点]|giờ)\s?"
    r"([0-5]\d|\d(?=[分분]))(?!\d)(?:[分분]|\s?phút\b)?"
    r"(?:[:.](\d{2})(?!\d)(?:[.,]\d{1,9})?)?(?:\s*([AaPp])\.?\s?[Mm]\b\.?|\s*(SA|CH)\b"
    r"|\s*(?i:(sáng|trưa|chiều|tối|đêm))\b|\s*(صباح|مساء|[صم](?!\w)|[πμ]\.\s?μ\.|पूर्वाह्न|अपराह्न"
    r"|এএম|পিএম|صبح|شام|دوپہر|رات))?"
)
_HOUR = re.compile(  # without minutes
    r"(?<![\d:./])(\d{1,2})\s?(?:([AaPp])\.?\s?[Mm]\b\.?|(?:Uhr|h)(?!\w))"
    r"|(?<![\d:./+-])([01]\d|2[0-3])([0-5]\d)\s?(?:hrs?|hours|h)\b"
)


def find_time(text: str) -> tuple[re.Match[str], time | None, bool] | None:
    """The first time of a text: where it stands, what it says (None for 24:00), and whether it is
    America's, with AM or PM; None where there is none."""
    if (match := TIME.search(text)) is not None:
        word = match[1] or (match[5] or "").upper() or match[6] or (match[7] or "").lower()
        hour = _move(int(match[2]), word or (match[8] or "").replace(".", "").replace(" ", ""))
        second = int(match[4]) if match[4] and int(match[4]) < 60 else 0
        told = None if hour == 24 else time(hour, int(match[3]), second)
        return match, told, bool(match[5]) and int(match[2]) <= 12
    if (match := _HOUR.search(text)) is not None:
        hour = int(match[1] or match[3])
        if hour > 23 or (match[2] and not 1 <= hour <= 12):
            return None
        told = time(_move(hour, (match[2] or "").upper()), int(match[4] or 0))
        return match, told, bool(match[2])
    return None


def has_second(match: re.Match[str]) -> bool:
    """Whether a time of `find_time` has its second."""
    return match.re is TIME and bool(match[4]) and int(match[4]) < 60


def _move(hour: int, word: str) -> int:
    """The hour of the day that a word for its part makes of an hour."""
    part = _HALVES.get(word)
    if part is None:
        return hour
    first, last = _MOVED[part]
    if hour == 12 and part in ("am", "night"):
        return 0
    return hour + 12 if first <= hour <= last else hour
