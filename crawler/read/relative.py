"""Read a date that names no year, or no day, by the instant at which its page was captured.

    17 листопада, 14:10 · November 20, 2:10 pm · 17.11., 14:10      the last such day
    Вчора, 05:18 · Hôm nay, 14:10 · Yesterday at 9 a.m.             that day, its time
    3 години тому · 3 hours ago · vor 20 Minuten                    that day, no time

The capture's instant stands in the archive, so that reading again gives the same. "3 hours ago" is
no minute, and near midnight no day either: it is left where two days could be meant. So are "2 days
ago" and words of two meanings (कल, کل). Rejected: dateparser, which asks the clock on the wall.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from crawler.read.changed import PUBLISHED, tell_kind
from crawler.read.dates import Moment, Order, parse_date
from crawler.read.months import is_calendar
from crawler.read.words import fold

LONGEST = 60  # letters of such a date with its label
_SOON = timedelta(minutes=10)  # a server's clock may be ahead of ours
_EAST = timedelta(hours=14)  # of UTC: where the paper may be whose clock is unknown
_LEAP = 9  # years back to a 29 February
_SOLAR = 622  # years between ours and the Solar Hijri calendar's, or one less
_SHORT, _MOST = 4, 5  # letters of a word beside a date ("at", "Uhr", "alle"); such words
_DAYS = """
today:yesterday heute:gestern aujourd'hui:hier aujourd’hui:hier hoy:ayer oggi:ieri hoje:ontem
avui:ahir hoxe:onte vandaag:gisteren i_dag:i_går idag:igår í_dag:í_gær tänään:eilen täna:eile
dnes:včera danes:včeraj danas:jučer danas:juče dziś:wczoraj dzisiaj:wczoraj ma:tegnap azi:ieri
šodien:vakar šiandien:vakar sot:dje bugün:dün bu_gün:dünən bugun:kecha
сьогодні:вчора сьогодні:учора сегодня:вчера днес:вчера сёння:учора денес:вчера данас:јуче
бүгін:кеше σήμερα:χθες σήμερα:χτες hôm_nay:hôm_qua hari_ini:kemarin ngayon:kahapon leo:jana
اليوم:أمس اليوم:امس امروز:دیروز היום:אתמול आज:हिजो আজ:গতকাল இன்று:நேற்று ఈరోజు:నిన్న
დღეს:გუშინ այսօր:երեկ
"""
_JOINED = "今日:昨日 今天:昨天 오늘:어제 วันนี้:เมื่อวาน ມື້ນີ້:ມື້ວານ ថ្ងៃនេះ:ម្សិលមិញ"  # no blanks between words
_UNITS = {
    "minute": r"minut|minūt|minūč|perc\b|phút|dakika|menit|хвилин|минут|мінут|хвіл|λεπτ|دقيق|دقیق"
    r"|דקות|मिनट|মিনিট|分|분|นาที|ນາທີ|នាទី|mins?\b|min\.",
    "hour": r"hours?\b|stunden?\b|heures?\b|horas?\b|\bor[ae]\b|hodin|godzin|\bure?\b|\buur\b"
    r"|\bsati?\b|\bsata\b|tim(?:mar|er|e|me)\b|tunti|giờ|tiếng|saat|\bjam\b|годин|час|гадзін|ώρ[αε]"
    r"|ساع|שעות|שעה|घंट|ঘণ্টা|時間|小时|小時|시간|ชั่วโมง|ຊົ່ວໂມງ|ម៉ោង|hrs?\b|órá|stund",
}
_AGO = re.compile(
    r"\bago\b|\bvor\b|il y a|\bhace\b|\bhá\b|\bfa\b|\bfai\b|\btemu\b|\bpřed\b|\bpred\b|\bprije\b"
    r"|\bpre\b|\bsitten\b|\bsiden\b|\bsedan\b|\bgeleden\b|\btrước\b|\blalu\b|\bönce\b|\bəvvəl\b"
    r"|тому|назад|преди|пред\b|таму|πριν|منذ|قبل|پیش|לפני|पहले|আগে|ezelőtt|ezelott|전|前"
    r"|ที่แล้ว|ก่อน|ກ່ອນ|មុន|\biliyopita\b",
    re.I,
)
_BACK = re.compile(r"(?<!\d)\d{1,2}(?!\d|[:.]\d)")
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?(?:[:hH.時时시点]|giờ)\s?\d{2}(?!\d)(?:\s?[分분]|\s?phút)?(?::\d{2})?"
)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?(?=[ap]\.?\s?m\b)", re.I)
_PARTED = re.compile(
    r"(?<![\d:])(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]"
    r"|(?<![\d:])(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})(?!\d)",
    re.I,
)
_WORD = r"[^\s\d,.:;|()/–—-]{2,16}"
_DAY_WORD = re.compile(
    rf"(?<![\d:.])(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\.?[\s-]+(?:de\s+|of\s+)?(?P<month>{_WORD})",
    re.I,
)
_WORD_DAY = re.compile(
    rf"(?P<month>{_WORD})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h])", re.I
)
_NUMBERS = re.compile(r"(?<![\d:./-])(\d{1,2})([./])\s?(\d{1,2})(?:\2(?!\d))?(?![\d:/])")


def read_relative(
    raw: str, at: datetime, order: Order | None = None, *, named: bool = False
) -> Moment | None:
    """What a short line says at ``at`` (the capture, aware, in the paper's zone; UTC where that is
    unknown), or None. The line holds nothing but the date and its label. Without a time a day's
    word ("today") is read only where a profile says that a date stands there (``named``)."""
    text = fold(raw)
    if len(text) > LONGEST or _YEAR.search(text) or tell_kind(text) == "changed":
        return None
    if told := _TODAY.search(text):
        moment = _date_line(text, told, at.date() - timedelta(days=_find_back(told[0])))
        timed = moment is not None and (named or moment.clock is not None)
        return moment if timed and moment and _is_past(moment, at) else None
    return _read_ago(text, at) or _read_yearless(text, at, order)


def _read_ago(text: str, at: datetime) -> Moment | None:
    """The day on which "3 hours ago" was, if that is one day for all that it may mean."""
    counts = _BACK.findall(text)
    if len(counts) != 1 or not _AGO.search(text) or len(text.split()) > _MOST + 1:
        return None
    unit = next((name for name, stems in _UNITS.items() if re.search(stems, text, re.I)), None)
    if unit is None:
        return None
    step = timedelta(**{f"{unit}s": 1})
    count = int(counts[0])
    days = {(at - step * back).date() for back in (count - 0.5, count + 1)}
    return Moment(days.pop()) if len(days) == 1 else None


def _read_yearless(text: str, at: datetime, order: Order | None) -> Moment | None:
    """A day and a month: the last such day that is no day to come."""
    for match, days in _list_days(text, at, order):
        told = (m for day in days if (m := _date_line(text, match, day)) and _is_past(m, at))
        latest = max(told, key=lambda moment: moment.day, default=None)
        if latest is not None and (match.re is not _NUMBERS or latest.clock is not None):
            return latest
    return None


def _list_days(
    text: str, at: datetime, order: Order | None
) -> Iterator[tuple[re.Match[str], set[date]]]:
    """The parts of a line that are a day and a month, each with that day of all years."""
    years = range(at.year + 1, at.year - _LEAP, -1)
    for match in _PARTED.finditer(text):
        month, day = match["month"] or match["m"], match["day"] or match["d"]
        yield match, set(_make_days(years, int(month), int(day)))
    told = (*years, *(year - _SOLAR for year in years))
    for match in (*_DAY_WORD.finditer(text), *_WORD_DAY.finditer(text)):
        read = (parse_date(f"{int(match['day'])} {match['month']} {year}") for year in told)
        yield match, {moment.day for moment in read if moment}
    for match in _NUMBERS.finditer(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or order == "DMY" or first > 12:
            yield match, set(_make_days(years, second, first))
        elif order == "MDY" or second > 12:
            yield match, set(_make_days(years, first, second))


def _make_days(years: range, month: int, day: int) -> Iterator[date]:
    for year in years:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _date_line(text: str, told: re.Match[str], day: date) -> Moment | None:
    """A line with ``day`` in the place of the words that tell it; None where it holds other words
    or figures than those of a time and of a label."""
    rest = f"{text[: told.start()]} | {text[told.end() :]}"
    rest = _HOUR.sub(r"\1:00 ", rest)
    moment = parse_date(f"{day.isoformat()} {rest}")
    left = re.sub(rf"\w*(?:{PUBLISHED.pattern})\w*", " ", _TIME.sub(" ", rest, count=1), flags=re.I)
    words = re.findall(r"[^\W\d_]+", left)
    strange = (word for word in words if len(word) > _SHORT and not is_calendar(word))
    if moment is None or any(map(str.isdigit, left)) or len(words) > _MOST or any(strange):
        return None
    return replace(moment, day=day, other=None)


def _is_past(moment: Moment, at: datetime) -> bool:
    """Whether a moment of the paper's clock is not after the capture."""
    until = at + (_EAST if at.tzinfo is UTC else _SOON)
    if moment.clock is None:
        return moment.day <= until.date()
    zone = moment.zone or at.tzinfo
    return datetime.combine(moment.day, moment.clock, zone) <= until


def _fill_words() -> dict[str, int]:
    pairs = (pair.split(":") for pair in f"{_DAYS} {_JOINED}".split())
    table: dict[str, int] = {}
    for now, before in pairs:
        table[now.replace("_", " ").casefold()] = 0
        table[before.replace("_", " ").casefold()] = 1
    return table


_WORDS = _fill_words()
_BOUND = frozenset(word for pair in _JOINED.split() for word in pair.split(":"))


def _find_back(word: str) -> int:
    return _WORDS[" ".join(word.casefold().split())]


def _compile_days() -> re.Pattern[str]:
    apart = sorted((w for w in _WORDS if w not in _BOUND), key=len, reverse=True)
    spaced = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in apart)
    joined = "|".join(sorted(_BOUND, key=len, reverse=True))
    return re.compile(rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])|{joined}", re.I)


_TODAY = _compile_days()
