"""Words, numbers, days and spans of time as one language writes them.

The words stand in words.toml; a phrase is looked up by its name, with ``{name}`` filled in. A
phrase of two has a form for one and one for more. English: 1,234.5 and 4 Feb 2026; Vietnamese:
1.234,5 and 4/2/2026 (day first). Rejected: locale (what is installed differs from machine to
machine), gettext (a build step for some 150 phrases).
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

Language = Literal["en", "vi"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LONGEST = 1_000  # letters of a sentence that is looked for
_VALUE = r"\S+(?:, \S+)*"  # a number, an address, some names: no blank, so nothing is tried twice
_DAY = re.compile(r"\d{4}-[01]\d-[0-3]\d")
UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


@cache
def load_words() -> dict[str, Any]:
    """Return words.toml: a table a language, and the sentences that are known in both."""
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


class Tongue:
    """How one language says things."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._words: dict[str, Any] = load_words()[language]
        self._marks = (",", ".") if language == "en" else (".", ",")

    def say(self, phrase: str, /, *, n: float | None = None, **values: object) -> str:
        """Return a phrase with its values filled in; ``n`` chooses between one and more, and is
        written as a number. Raises KeyError for a phrase that words.toml does not have."""
        found = self._words[phrase]
        if isinstance(found, list):
            found = found[0 if n == 1 else 1]
        shown = {
            key: self.number(value) if isinstance(value, int | float) else value
            for key, value in values.items()
        }
        if n is not None:
            shown["n"] = self.number(n)
        return str(found.format(**shown))

    def find(self, phrase: str, instead: str) -> str:
        """Return a phrase without values, or ``instead`` where there is none."""
        return str(self._words.get(phrase, instead))

    def number(self, value: float, digits: int = 0) -> str:
        """Return a number with its thousands apart; a whole one without digits."""
        text = f"{value:,.{digits}f}"
        thousands, point = self._marks
        return text.replace(",", "\0").replace(".", point).replace("\0", thousands)

    def short(self, value: float) -> str:
        """Return a number as exactly as it is meant: 0.4, 3.2, 41."""
        return self.number(value, 0 if value >= 10 or value == int(value) else 1)

    def share(self, part: float, whole: float) -> str:
        """Return a share in percent; of nothing it is a dash."""
        return f"{self.short(100 * part / whole)}%" if whole else "–"

    def size(self, value: float) -> str:
        """Return bytes with a decimal unit (1 kB = 1,000 B)."""
        unit = 0
        while value >= 999.5 and unit < len(UNITS) - 1:
            value, unit = value / 1000, unit + 1
        digits = 0 if unit == 0 or value >= 99.95 else 1
        return f"{self.number(value, digits)}\u00a0{UNITS[unit]}"

    def day(self, day: date) -> str:
        """Return a day with its year."""
        if self.language == "en":
            return f"{day.day}\u00a0{self._words['months'][day.month - 1]}\u00a0{day.year}"
        return f"{day.day}/{day.month}/{day.year}"

    def short_day(self, day: date) -> str:
        """Return a day without its year."""
        if self.language == "en":
            return f"{day.day}\u00a0{self._words['months'][day.month - 1]}"
        return f"{day.day}/{day.month}"

    def weekday(self, day: date) -> str:
        """Return the short name of a day's weekday."""
        return str(self._words["weekdays"][day.weekday()])

    def clock(self, instant: datetime, zone: tzinfo) -> str:
        """Return an instant by a paper's clock, to the minute."""
        local = instant.astimezone(zone)
        return f"{self.day(local.date())}, {local:%H:%M}"

    def span(self, span: timedelta) -> str:
        """Return a length of time in the unit in which people think of it."""
        seconds = span.total_seconds()
        for unit, length, most in (("second", 1, 90), ("minute", 60, 59.5), ("hour", 3600, 48)):
            if seconds < length * most:
                number = round(seconds / length)
                return self.say(f"{unit}s", n=number)
        return self.say("days", n=round(seconds / 86_400))

    def name(self, value: str) -> str:
        """Return what the archive calls by an English name, in this language: a day, a known name,
        several of them; what is not known stays as it is."""
        if self.language == "en":
            return value
        if _DAY.fullmatch(value):
            return self.day(date.fromisoformat(value))
        names = self._words["names"]
        return ", ".join(str(names.get(part, part)) for part in value.split(", "))

    def sentence(self, english: str) -> str | None:
        """Return a sentence of health or of a crawl in this language, or None if it is unknown."""
        if self.language == "en":
            return english
        if len(english) > LONGEST:
            return None
        for pattern, words in _sentences(self.language):
            if match := pattern.fullmatch(english):
                values = {key: self.name(value) for key, value in match.groupdict().items()}
                return str(words.format(**values))
        return None


def is_known(english: str) -> bool:
    """Whether words.toml has this sentence."""
    return find_pattern(english) != english


def find_pattern(english: str) -> str:
    """Return what a sentence shares with those that differ in their values alone; a sentence that
    words.toml does not have stands for itself."""
    if len(english) > LONGEST:
        return english
    found = (p.pattern for p, _ in _sentences("vi") if p.fullmatch(english))
    return next(found, english)


@cache
def _sentences(language: Language) -> list[tuple[re.Pattern[str], str]]:
    found = []
    for sentence in load_words()["sentences"]:
        parts = re.split(r"\{(\w+)\}", sentence["en"])
        pattern = "".join(
            f"(?P<{part}>{_VALUE})" if place % 2 else re.escape(part)
            for place, part in enumerate(parts)
        )
        found.append((re.compile(pattern, re.DOTALL), sentence[language]))
    return found
