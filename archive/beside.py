"""What readers see of an article beside its words, and what changed of it between two readings.

    authors    the names of the byline, as a set: order and case are looks
    captions   what is said below a picture that both have, its credit with it
    picture    the main one, the first; by the name of its file, since the same picture comes in
               many sizes and from many hosts
    date       the day it was published, where it was put right: the new day fits the first sight
               of the article better, or there was none, or it was the page's clock

A shift is ``sure`` where both sides say something at the same place of the page. Where one side is
silent a reader may have missed it, and another picture may be the page's and not the article's (a
teaser, an advertisement): what tells an edit then is that the paper's other pages went on as they
were (archive/index/siblings.py). Names from another place of the page than before are the reader's
second choice, not the paper's: they are compared, and not sure, where some came or went and the
others stayed. Rejected: days that move away from the first
sight (pages that date themselves by the hour of the visit make a version a night), pictures other
than the
first (teasers in the text turn every night), their order and number (lazy loading), and names of
files without their size alone where those are numbers (`640.jpg`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from archive.fold import fold, join
from archive.records import Image

Field = Literal["authors", "captions", "picture", "date"]
FIELDS: tuple[Field, ...] = ("authors", "captions", "picture", "date")
NEAR = 2  # days by which a date that was put right fits better at least
SHORTEST = 5  # letters of a file's name that name a picture without its folder
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|bmp|tiff?|heic|jfif)(?=$|[^a-z])", re.I)
SIZE = re.compile(
    r"(?:^|[-_.,@~])(?:\d{2,4}[x_]\d{2,4}|[wh][-_]?\d{2,4}|\d{2,4}[wp]|[1-4]x|scaled|thumb(?:nail)?"
    r"|small|medium|large|full|crop(?:ped)?|resized?)(?=$|[-_.,@~])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a version shows; ``place``: where its authors stood, ``text``: all its words; ``day``:
    when it was published by its page, ``day_place``: where that stood, ``seen``: when it was read.
    """

    authors: tuple[str, ...]
    place: str
    images: tuple[Image, ...]
    text: str
    day: str = ""
    day_place: str = ""
    seen: str = ""
    date: str = ""  # with its time
    is_doubted: bool = False  # that date (archive/index/clocked.py)


@dataclass(frozen=True, slots=True)
class Shift:
    """What gave way to what, as a page writes it; one side may be empty."""

    pairs: tuple[tuple[str, str], ...]
    sure: bool


def compare_beside(old: Beside, new: Beside) -> dict[Field, Shift]:
    """Return what changed, by field; nothing where nothing did or nobody can say."""
    found: dict[Field, Shift | None] = {
        "authors": _compare_authors(old, new),
        "captions": _compare_captions(old, new),
        "picture": _compare_picture(old.images, new.images),
        "date": _compare_date(old, new),
    }
    return {field: shift for field, shift in found.items() if shift is not None}


def _compare_authors(old: Beside, new: Beside) -> Shift | None:
    ours, theirs = ({join(fold(name)) for name in side.authors} for side in (old, new))
    same = old.place == new.place
    if ours == theirs or not (same or ours <= theirs or theirs <= ours):
        return None
    sure = same and bool(ours and theirs)
    return Shift(((", ".join(old.authors), ", ".join(new.authors)),), sure)


def _compare_captions(old: Beside, new: Beside) -> Shift | None:
    """Compare what is said below the pictures that both have.

    What moved between caption and text is the reader's: it took the one for the other.
    """
    ours, theirs = _name_pictures(old.images), _name_pictures(new.images)
    pairs: list[tuple[str, str]] = []
    for name, image in ours.items():
        if name in theirs:
            before, after = _say(image), _say(theirs[name])
            if sorted(fold(before)) != sorted(fold(after)):
                if _is_within(before, new.text) or _is_within(after, old.text):
                    return None
                pairs.append((before, after))
    return Shift(tuple(pairs), all(a and b for a, b in pairs)) if pairs else None


def _compare_picture(old: Sequence[Image], new: Sequence[Image]) -> Shift | None:
    if not old and not new:
        return None
    ours, theirs = _name_pictures(old), _name_pictures(new)
    if (ours and next(iter(ours)) in theirs) or (theirs and next(iter(theirs)) in ours):
        return None
    return Shift(((old[0].url if old else "", new[0].url if new else ""),), False)


def _compare_date(old: Beside, new: Beside) -> Shift | None:
    """Compare the days that two readings give, from one place of the page; told is what the paper
    put right, sure where both give one."""
    if old.is_doubted or new.is_doubted:
        right = old.is_doubted and not new.is_doubted and new.date not in ("", old.date)
        return Shift(((old.date, new.date),), sure=True) if right else None
    day, seen = _read_day(new.day), _read_day(old.seen)
    if day is None or seen is None or new.day == old.day:
        return None
    if not old.day:
        return Shift((("", new.day),), sure=False) if abs((day - seen).days) <= NEAR else None
    before = _read_day(old.day)
    if before is None or old.day_place != new.day_place:
        return None
    if abs((day - seen).days) + NEAR > abs((before - seen).days):
        return None
    return Shift(((old.day, new.day),), sure=True)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _say(image: Image) -> str:
    return " ".join(filter(None, (image.caption, image.credit)))


def _is_within(words: str, text: str) -> bool:
    return bool(words) and join(fold(words)) in join(fold(text))


def _name_pictures(images: Sequence[Image]) -> dict[str, Image]:
    named: dict[str, Image] = {}
    for image in images:
        named.setdefault(name_picture(image.url), image)
    return named


def name_picture(url: str) -> str:
    """Return what names a picture at whatever host and in whatever size: its file's name, with its
    folder where that says little; of a script's address what it is asked for. Never raises."""
    try:
        parts = urlsplit(url)
        asked = parse_qsl(parts.query)
    except ValueError:
        return url
    inner = next((value for _, value in asked if PICTURE.search(value) and "/" in value), None)
    if inner is not None and inner != url:
        return name_picture(inner)
    segments = [part for part in unquote(parts.path).split("/") if part]
    if not segments or not (PICTURE.search(segments[-1]) or "." not in segments[-1]):
        told = [f"{key}={value}" for key, value in asked if len(value) >= SHORTEST]
        return "&".join([*segments[-1:], *sorted(told)]).lower() or url
    name = _strip(segments[-1])
    for folder in reversed(segments[:-1]):
        if len(name.replace("/", "")) >= SHORTEST:
            break
        name = "/".join(filter(None, (_strip(folder), name)))
    return name or url


def _strip(segment: str) -> str:
    bare = PICTURE.split(segment.lower())[0]
    while (shorter := SIZE.sub("", bare)) != bare:
        bare = shorter
    return bare


def describe(shifts: Mapping[Field, Shift]) -> dict[str, Any]:
    """Return a row's details of shifts, ready for JSON: ``fields``, and each as [before, after]."""
    details: dict[str, Any] = {"fields": list(shifts)} if shifts else {}
    for field, shift in shifts.items():
        details[field] = [list(pair) for pair in shift.pairs]
    return details


NAMES: dict[Field, str] = {
    "authors": "byline",
    "captions": "caption",
    "picture": "picture",
    "date": "date",
}


def say_shifts(detail: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (name, before, after) of what a row's details tell, in words for people."""
    for field in FIELDS:
        for before, after in detail.get(field, ()):
            yield NAMES[field], before, after
