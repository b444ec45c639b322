"""Knows in which charsets languages were written before Unicode, and by which letters they show.

Decision: the language that a page or its paper's profile names is evidence against a charset in
which that language cannot be written ("planýný" is no Turkish, "Æèòåëè" no Russian). Statistics
(charset-normalizer) remain for pages that name no language; they need more text, and told 22 of
44 short foreign pages right where this tells 42.
"""

from __future__ import annotations

import re
from functools import cache

FIT = 0.95  # share of its accented letters that a text in the right charset has from its language
_CYRILLIC, _CENTRAL, _BALTIC = (
    ("cp1251", "koi8-r", "iso8859-5"),
    ("cp1250", "iso8859-2"),
    ("cp1257",),
)
_CHARSETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ru", "bg", "sr", "mk", "kk"), _CYRILLIC),
    **dict.fromkeys(("uk", "be"), ("cp1251", "koi8-u", "iso8859-5")),
    **dict.fromkeys(("cs", "sk", "sl", "hr", "pl", "hu", "ro"), _CENTRAL),
    **dict.fromkeys(("lt", "lv", "et"), _BALTIC),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256", "iso8859-6")),
    "el": ("cp1253", "iso8859-7"),
    "he": ("cp1255", "iso8859-8"),
    "th": ("cp874",),
    "tr": ("cp1254",),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
}
_SLAVIC, _ARABIC = "\u0400-\u04ff", "\u0600-\u06ff\u200c-\u200f"
_HAN = "\u3000-\u303f\u3041-\u30ff\u4e00-\u9fff\uff01-\uff5e"
_LETTERS: dict[str, str] = {
    **dict.fromkeys(("ru", "bg", "sr", "mk", "kk", "uk", "be"), _SLAVIC),
    **dict.fromkeys(("ar", "fa", "ur"), _ARABIC),
    "el": "\u0370-\u03ff",
    "he": "\u0590-\u05ff",
    "th": "\u0e00-\u0e7f",
    "ja": _HAN,
    "zh": _HAN,
    "ko": "\uac00-\ud7a3\u3000-\u303f\uff01-\uff5e",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "sl": "čšžćđ",
    "hr": "čćđšž",
    "pl": "ąćęłńóśźż",
    "hu": "áéíóöőúüű",
    "ro": "ăâîșşțţ",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "et": "äöõüšž",
    "tr": "çğıiöşüâîû\u0307",
}
_MARKS = re.compile("[\\s\x00-\x7f\xa0\xad«»„“”‘’‚–—…©®°§·•№€™´\u3000\ufeff]+")


def has(language: str) -> bool:
    """Whether the charsets of a language (two letters, ISO 639-1) are known."""
    return language in _CHARSETS


def fit(text: str, language: str) -> float:
    """Return the share of a text's letters beyond ASCII that its language has; 1.0 without any."""
    letters = _MARKS.sub("", text).lower()
    if not letters:
        return 1.0
    return len(_pattern(language).findall(letters)) / len(letters)


def choose(data: bytes, language: str) -> tuple[str, str] | None:
    """Return text and codec in which ``data`` is in the language, or None if it is in none."""
    best: tuple[float, str, str] | None = None
    for codec in _CHARSETS[language]:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        share = fit(text, language)
        rank = share - _count_odd(text, language)
        if share >= FIT and (best is None or rank > best[0]):
            best = rank, text, codec
    return (best[1], best[2]) if best else None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile(f"[{_LETTERS[language]}]")


def _count_odd(text: str, language: str) -> float:
    """Return the share of letters that speak for the language's other charset: capitals (KOI8-R
    has them where windows-1251 has small letters), rare ideographs, half-width kana."""
    letters = _MARKS.sub("", text)
    if not letters:
        return 0.0
    if language == "zh":
        return sum(not _is_common(letter) for letter in letters) / len(letters)
    return sum(letter.isupper() for letter in letters) / len(letters)


def _is_common(letter: str) -> bool:
    """Whether an ideograph is in the first level of GB 2312 or of Big5."""
    gb, big = letter.encode("gb2312", "ignore"), letter.encode("big5", "ignore")
    return b"\xa1" <= gb[:1] <= b"\xd7" or b"\xa1" <= big[:1] <= b"\xc6"
