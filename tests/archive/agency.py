"""Stories of a news agency and what papers do to them, with the truth: pairs that are one story
and pairs that only look like it. A small grammar of our own; the same seed gives the same words.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

WORDS = tomllib.loads(Path(__file__).with_name("agency.toml").read_text("utf-8"))
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Text:
    """A story as one paper prints it."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]

    @property
    def body(self) -> str:
        """Paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Pair:
    """Two texts, what was done, and whether they are one story."""

    kind: str
    one: Text
    other: Text
    same: bool


def write(chance: Random, language: str, pattern: str) -> str:
    """Return a pattern with its slots filled; a slot with a capital begins a sentence."""

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name in "dmnk":
            top = {"d": 28, "m": 12, "n": 980, "k": 40}[name]
            return str(chance.randint(1, top))
        chosen = write(chance, language, draw(chance, language, name.lower()))
        return chosen[0].upper() + chosen[1:] if name[0].isupper() else chosen

    return SLOT.sub(fill, pattern)


def draw(chance: Random, language: str, name: str) -> str:
    """Return one of a slot's words."""
    return chance.choice(WORDS[language][name])


def say(chance: Random, language: str, sentences: int) -> str:
    """Return a paragraph."""
    patterns = [draw(chance, language, "sentence") for _ in range(sentences)]
    return " ".join(write(chance, language, pattern) for pattern in patterns)


def tell(chance: Random, language: str, paragraphs: int = 7) -> Text:
    """Return a story of its own."""
    return Text(
        write(chance, language, draw(chance, language, "headline")),
        say(chance, language, 1),
        tuple(say(chance, language, chance.randint(2, 3)) for _ in range(paragraphs)),
    )


Edit = Callable[[Random, str, Text], Text]


def keep(_chance: Random, _language: str, text: Text) -> Text:
    """Print it as it came."""
    return text


def retitle(chance: Random, language: str, text: Text) -> Text:
    """Write another headline."""
    return replace(text, title=write(chance, language, draw(chance, language, "headline")))


def shorten(_chance: Random, _language: str, text: Text) -> Text:
    """Cut it from the end: two thirds are left."""
    return replace(text, paragraphs=text.paragraphs[: len(text.paragraphs) * 2 // 3])


def halve(chance: Random, language: str, text: Text) -> Text:
    """Leave half of it, with a headline of one's own."""
    left = replace(text, paragraphs=text.paragraphs[: (len(text.paragraphs) + 1) // 2])
    return retitle(chance, language, left)


def excerpt(_chance: Random, _language: str, text: Text) -> Text:
    """Leave lead and two paragraphs of seven."""
    return replace(text, paragraphs=text.paragraphs[:2])


def reorder(chance: Random, _language: str, text: Text) -> Text:
    """Put the paragraphs in another order."""
    return replace(text, paragraphs=tuple(chance.sample(text.paragraphs, len(text.paragraphs))))


def localise(chance: Random, language: str, text: Text) -> Text:
    """Write a lead and a first paragraph about one's own province, and another headline."""
    local = (say(chance, language, 3), *text.paragraphs)
    return replace(retitle(chance, language, text), lead=say(chance, language, 1), paragraphs=local)


def sign(chance: Random, language: str, text: Text) -> Text:
    """Credit the agency in other words, at both ends."""
    credit = draw(chance, language, "credit")
    return replace(
        text, lead=f"({credit}) - {text.lead}", paragraphs=(*text.paragraphs, f"{credit}.")
    )


def mistype(chance: Random, _language: str, text: Text, share: float = 0.04) -> Text:
    """Mistype words: two letters change places, or one is lost."""

    def spoil(word: str) -> str:
        if len(word) < 3 or chance.random() >= share:
            return word
        at = chance.randrange(len(word) - 1)
        return word[:at] + word[at + 1] + word[at] * chance.randint(0, 1) + word[at + 2 :]

    return _map(text, lambda part: " ".join(map(spoil, part.split(" "))))


def strip(_chance: Random, _language: str, text: Text) -> Text:
    """Lose the accents, as old systems do."""

    def plain(part: str) -> str:
        letters = unicodedata.normalize("NFD", part.replace("đ", "d").replace("Đ", "D"))
        return "".join(c for c in letters if unicodedata.category(c) != "Mn")

    return _map(text, plain)


def respell(_chance: Random, _language: str, text: Text) -> Text:
    """Place tones by the other school, decompose letters, shout the headline."""

    def swap(part: str) -> str:
        for one, other in (("òa", "oà"), ("ủy", "uỷ"), ("óa", "oá"), ("ỏe", "oẻ"), ("ùy", "uỳ")):
            part = part.replace(one, other)
        return unicodedata.normalize("NFD", part)

    return replace(_map(text, swap), title=text.title.upper())


def adopt(chance: Random, language: str, text: Text) -> Text:
    """All at once: cut, another headline, a local paragraph, a credit, some typing errors."""
    changed = sign(chance, language, retitle(chance, language, shorten(chance, language, text)))
    local = replace(changed, paragraphs=(say(chance, language, 2), *changed.paragraphs))
    return mistype(chance, language, local, 0.01)


def rewrite(chance: Random, language: str, text: Text) -> Text:
    """Write a third of the paragraphs anew."""
    return replace(
        text,
        paragraphs=tuple(
            say(chance, language, 3) if number % 3 == 2 else paragraph
            for number, paragraph in enumerate(text.paragraphs)
        ),
    )


def _map(text: Text, change: Callable[[str], str]) -> Text:
    return Text(change(text.title), change(text.lead), tuple(map(change, text.paragraphs)))


EDITS: dict[str, Edit] = {
    "as it came": keep,
    "other headline": retitle,
    "shortened to 2/3": shorten,
    "half, other headline": halve,
    "lead and 2 of 7": excerpt,
    "reordered": reorder,
    "local lead": localise,
    "other credit": sign,
    "typing errors, 4 %": mistype,
    "accents lost": strip,
    "other spelling": respell,
    "a third rewritten": rewrite,
    "all at once": adopt,
}


def follow(chance: Random, language: str) -> tuple[Text, Text]:
    """Two days of one event: the second repeats two paragraphs of background."""
    first = tell(chance, language)
    second = tell(chance, language)
    background = first.paragraphs[-2:]
    return first, replace(second, paragraphs=(*second.paragraphs[:5], *background))


def end_alike(chance: Random, language: str) -> tuple[Text, Text]:
    """Two stories with the same long ending: an appeal, an address, a telephone number."""
    ending = (say(chance, language, 3), say(chance, language, 2))
    one, other = tell(chance, language, 4), tell(chance, language, 4)
    return tuple(replace(t, paragraphs=t.paragraphs + ending) for t in (one, other))  # type: ignore[return-value]


def round_up(chance: Random, language: str) -> tuple[Text, Text]:
    """The week's six stories on one page, in full, and one of them."""
    stories = [tell(chance, language, 4) for _ in range(6)]
    parts = tuple(line for s in stories for line in (s.title, s.lead, *s.paragraphs))
    return stories[2], Text(write(chance, language, "{place}, {d}/{m}"), "", parts)


def strangers(chance: Random, language: str) -> tuple[Text, Text]:
    """Two stories."""
    return tell(chance, language), tell(chance, language)
