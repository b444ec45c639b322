"""The quarter's plot: which pieces come out, and what happens to each, by a seed.

A piece has one fate at most, so that each turn is seen by itself (``undone`` and ``twice`` are two
turns, ``reposted`` too); one turn in ten comes within a minute of a night's run. Two in five turns
fall on pieces older than two days, when crawls ask for them ever more rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tests.gazette.prose import Writer, load_language, slugify
from tests.gazette.story import write_story

from .edits import edit, mistype
from .paper import Paper
from .piece import BESIDE, WORDS, Happened, Piece, Turn, Way, Words

BACKLOG = 12  # days of pieces before the first night
FATES: Mapping[Happened, float] = {
    "blank": 0.02,
    "cosmetic": 0.03,
    "headline": 0.03,
    "text": 0.05,
    "both": 0.02,
    "correction": 0.03,
    "removed": 0.04,
    "flicker": 0.015,
    "moved": 0.01,
    "undone": 0.02,
    "twice": 0.02,
    "resited": 0.01,
    "reposted": 0.01,
    "resorted": 0.01,
    "byline": 0.01,
    "picture": 0.01,
    "caption": 0.01,
    "touched": 0.01,
    "redated": 0.01,
}
WAYS: tuple[Way, ...] = ("404", "410", "front", "soft")
FIRST = {"banmai": 204_001, "harbour": 1, "lembah": 1_401, "cuabien": 50_101}
DAY = timedelta(days=1)
SIGNED = {
    "banmai": ("Đoàn Hải Yến", "Vương Khắc Tiệp"),
    "harbour": ("Imogen Tarrant", "Callum Reith"),
    "lembah": ("Wulan Prasetya", "Yoga Adinata"),
    "cuabien": ("Mạc Thị Sen", "Phùng Bá Lộc"),
}
BELOW = {
    "banmai": "Hàng {n} của khu phố vào buổi sáng.",
    "harbour": "Berth {n} on a grey morning.",
    "lembah": "Gang {n} pada pagi hari.",
    "cuabien": "Bến số {n} lúc tàu về.",
}
NIGHT = time(3, 15)  # by the operator's clock
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = (*range(5, 23), 7, 8, 9, 10, 14, 15, 16)


@dataclass(frozen=True)
class Span:
    """The days of the quarter."""

    first: date
    nights: int

    @property
    def last(self) -> date:
        """The day of the last night."""
        return self.first + self.nights * DAY


def write_paper(
    paper: Paper, span: Span, seed: int, *, until: date | None = None, per_day: int = 7
) -> None:
    """Fill a paper with the pieces of the quarter and of BACKLOG days before, with their fates.

    ``until``: the day after its last one.
    """
    number = FIRST[paper.key]
    day = span.first - BACKLOG * DAY
    while day < min(until or span.last, span.last):
        random = Random(f"{seed}:{paper.key}:{day}")
        weekend = day.weekday() >= 5
        count = random.randint(per_day - 2, per_day + 2) // (2 if weekend else 1)
        midnight = datetime.combine(day, time(), paper.zone)
        minutes = sorted(random.sample([h * 60 + m for h in HOURS for m in range(60)], count))
        for minute in minutes:
            at = midnight + timedelta(minutes=minute, seconds=random.randrange(60))
            piece = _write_piece(paper, number, at, Random(f"{seed}:{paper.key}:{number}"))
            paper.pieces.append(piece)
            number += random.randrange(1, 4)
        day += DAY
    paper.pieces.sort(key=lambda piece: piece.at)


def _write_piece(paper: Paper, number: int, at: datetime, random: Random) -> Piece:
    language = load_language(paper.language)
    writer = Writer(language, random, number, at.date())
    story = write_story(writer, random.choice(language.sections), at)
    slug = f"{slugify(story.title, 9)}-{random.randrange(16**4):04x}"
    words = Words(story.title, story.lead, story.paragraphs)
    author, picture = story.authors[0], f"a{number:06}" if random.random() < 0.8 else None
    section = random.randrange(len(paper.sections))
    captions = [image.caption for image in story.images if image.caption]
    caption = captions[0] if captions and picture else None
    piece = Piece(paper.key, number, at, section, slug, words, author, picture, caption)
    return _add_fate(piece, paper, random)


def _add_fate(piece: Piece, paper: Paper, random: Random) -> Piece:
    kind = random.choices([*FATES, None], [*FATES.values(), 1 - sum(FATES.values())])[0]
    if kind is None:
        return piece
    young = random.random() < 0.6
    at = piece.at + timedelta(hours=random.uniform(1, 46) if young else random.uniform(60, 900))
    if random.random() < 0.1:
        at = max(_snap(at, random), piece.at + timedelta(minutes=1))
    if kind in ("undone", "twice"):
        return _change_twice(piece, kind, at, paper.language, random)
    if kind in WORDS:
        return _change_words(piece, kind, at, paper.language, random)
    if kind in BESIDE:
        piece.turns.extend(_change_beside(piece, kind, at, random))
    else:
        piece.turns.extend(_change_place(piece, kind, at, len(paper.sections), random))
    return piece


def _snap(at: datetime, random: Random) -> datetime:
    """Return an instant within a minute of the run of that night."""
    night = datetime.combine(at.astimezone(ZONE).date(), NIGHT, ZONE)
    return night + timedelta(seconds=random.randrange(-60, 61))


def _change_twice(
    piece: Piece, kind: Happened, at: datetime, language: str, random: Random
) -> Piece:
    """Add an edit and another one some hours later, or one that takes the first one back."""
    kinds: tuple[Happened, ...] = ("headline", "text", "correction")
    first = random.choice(kinds)
    words = edit(piece.words, first, language, random)
    later = at + timedelta(hours=random.uniform(0.2, 30))
    if kind == "undone":
        second = "text" if first == "correction" else first
        turns = [Turn(at, first, words), Turn(later, second, piece.words)]
    else:
        second = random.choice(kinds if first != "correction" else kinds[:1])
        turns = [Turn(at, first, words), Turn(later, second, edit(words, second, language, random))]
    return replace(piece, turns=turns)


def _change_beside(piece: Piece, kind: Happened, at: datetime, random: Random) -> Iterator[Turn]:
    """Yield a turn that leaves every word of headline, lead and text as it is."""
    other = SIGNED[piece.paper][random.randrange(len(SIGNED[piece.paper]))]
    match kind:
        case "byline":
            yield Turn(at, "byline", author=other)
        case "picture" if piece.caption:  # what nothing is said of is not taken for its own
            yield Turn(at, "picture", picture=f"b{piece.number:06}")
        case "caption" if piece.caption:
            yield Turn(at, "caption", caption=BELOW[piece.paper].format(n=random.randrange(2, 30)))
        case "touched":
            yield Turn(at, "touched")
        case "redated":
            yield Turn(at, "redated")


def _change_words(
    piece: Piece, kind: Happened, at: datetime, language: str, random: Random
) -> Piece:
    """Add an edit; for a cosmetic one the piece comes out with a slip that the edit mends."""
    if kind == "cosmetic":
        spoiled = mistype(piece.words, random)
        if spoiled is None:
            return piece
        return replace(piece, words=spoiled, turns=[Turn(at, kind, piece.words)])
    if kind == "blank":
        spaced = tuple(
            text.replace(", ", ",  ").replace(" – ", " \u2013\u00a0")
            for text in piece.words.paragraphs
        )
        return replace(piece, turns=[Turn(at, kind, replace(piece.words, paragraphs=spaced))])
    return replace(piece, turns=[Turn(at, kind, edit(piece.words, kind, language, random))])


def _change_place(
    piece: Piece, kind: Happened, at: datetime, sections: int, random: Random
) -> Iterator[Turn]:
    if kind == "resorted":
        yield Turn(at, kind, section=(piece.section + 1) % sections)
    elif kind == "removed":
        yield Turn(at, kind, way=random.choice(WAYS))
        if random.random() < 0.35:
            yield Turn(at + timedelta(hours=random.uniform(100, 300)), "back")
    elif kind == "flicker":
        yield Turn(at, kind, until=at + DAY)
    elif piece.paper != "lembah":  # whose addresses have no slug
        slug = f"{piece.slug}-tin-moi"
        if kind == "reposted":
            yield Turn(at, "removed", way="404")
            at += timedelta(hours=random.uniform(100, 200))
        yield Turn(at, kind, slug=slug)
