"""Sentences from word lists: the same generator gives the same words, in any of the languages.

Patterns hold ``{slots}``: a number or date made here, else a list of ``words/<language>.toml``,
whose entries may hold slots again. Rejected: Markov chains over real papers (copied text, and no
way to say what a sentence should hold).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
import zlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

SLOT = re.compile(r"\{(\w+)\}")
WORDS = Path(__file__).with_name("words")


@dataclass(frozen=True)
class Section:
    """A category of a paper: ``zone`` is its number in the publishing system."""

    name: str
    slug: str
    zone: int
    themes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Language:
    """The words of one language and the sections of its papers."""

    code: str
    zone: timezone
    bind: frozenset[str]
    byline: str
    agencies: tuple[str, ...]
    labels: dict[str, str]
    lists: dict[str, list[str]]
    general: dict[str, Any]
    sections: tuple[Section, ...]


@cache
def load_language(code: str) -> Language:
    """Return the language of ``words/<code>.toml``; FileNotFoundError if there is none."""
    raw = tomllib.loads((WORDS / f"{code}.toml").read_text("utf-8"))
    hours = int(raw["utc_offset"][:3])
    sections = (
        {**one, "themes": tuple(one["themes"]), "titles": tuple(one["titles"])}
        for one in raw["sections"]
    )
    return Language(
        code=raw["language"],
        zone=timezone(timedelta(hours=hours)),
        bind=frozenset(raw["bind"]),
        byline=raw["byline"],
        agencies=tuple(raw["agency"]),
        labels=raw["labels"],
        lists=raw["lists"],
        general=raw["general"],
        sections=tuple(Section(**one) for one in sections),
    )


@dataclass
class Writer:
    """Fills patterns for one story: what is bound stays the same throughout it."""

    language: Language
    random: Random
    serial: int
    on: date
    bound: dict[str, str] = field(default_factory=dict)

    def fill(self, pattern: str) -> str:
        """Return ``pattern`` with every slot filled, its first letter in upper case."""
        text = SLOT.sub(self._fill_slot, pattern)
        return text[:1].upper() + text[1:]

    def choose(self, key: str) -> str:
        """Return one filled entry of the general list ``key``."""
        return self.fill(self.random.choice(self.language.general[key]))

    def _fill_slot(self, match: re.Match[str]) -> str:
        name = match[1]
        if name in self.bound:
            return self.bound[name]
        word = self._make_number(name) or SLOT.sub(
            self._fill_slot, self.random.choice(self.language.lists[name])
        )
        if name in self.language.bind:
            self.bound[name] = word
        return word

    def _make_number(self, name: str) -> str | None:
        draw = self.random.randrange
        match name:
            case "small":
                return str(draw(2, 30))
            case "count":
                return str(draw(31, 990))
            case "thousands":
                return f"{draw(1, 99)}.{draw(1000):03}"
            case "money" | "pct":
                return f"{draw(1, 98)},{draw(1, 10)}"
            case "hour":
                return str(draw(5, 18))
            case "serial":
                return str(self.serial)
            case "year":
                return str(self.on.year)
            case "date":
                day = self.on - timedelta(days=draw(0, 9))
                return f"{day.day}/{day.month}"
            case "date_long":
                day = self.on - timedelta(days=draw(20, 900))
                return f"{day.day}/{day.month}/{day.year}"
            case "theme_up":
                theme = self.bound["theme"]
                return theme[:1].upper() + theme[1:]
        return None


def slugify(text: str, words: int = 14) -> str:
    """Return ``text`` as an address part: no tones, đ as d, ß as ss, hyphens, 14 words at most."""
    text = text.replace("đ", "d").replace("Đ", "D").replace("ß", "ss")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower())[:words])


def write_instant(instant: datetime) -> str:
    """Return ``instant`` as RFC 3339 with its offset, seconds precision."""
    return instant.isoformat(timespec="seconds")


def toss(*parts: object) -> int:
    """Return a number that depends on ``parts`` alone: choices that every run makes alike."""
    return zlib.crc32("|".join(map(str, parts)).encode())
