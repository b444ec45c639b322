"""The quarter's plot: which pieces come out, and what happens to each, by a seed.

A piece has one fate at most, so that each turn is seen by itself; two in five turns fall on pieces
older than two days, when crawls ask for them ever more rarely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from tests.gazette.prose import Writer, load_language, slugify
from tests.gazette.story import write_story

from .edits import edit, mistype
from .paper import Paper
from .piece import WORDS, Happened, Piece, Turn, Way, Words

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
}
WAYS: tuple[Way, ...] = ("404", "410", "front", "soft")
FIRST = {"banmai": 204_001, "harbour": 1, "lembah": 1_401, "cuabien": 50_101}
DAY = timedelta(days=1)
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
    piece = Piece(paper.key, number, at, section, slug, words, author, picture)
    return _add_fate(piece, paper.language, random)


def _add_fate(piece: Piece, language: str, random: Random) -> Piece:
    kind = random.choices([*FATES, None], [*FATES.values(), 1 - sum(FATES.values())])[0]
    if kind is None:
        return piece
    young = random.random() < 0.6
    at = piece.at + timedelta(hours=random.uniform(1, 46) if young else random.uniform(60, 900))
    if kind in WORDS:
        return _change_words(piece, kind, at, language, random)
    piece.turns.extend(_change_place(piece, kind, at, random))
    return piece


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


def _change_place(piece: Piece, kind: Happened, at: datetime, random: Random) -> Iterator[Turn]:
    if kind == "removed":
        yield Turn(at, kind, way=random.choice(WAYS))
        if random.random() < 0.35:
            yield Turn(at + timedelta(hours=random.uniform(100, 300)), "back")
    elif kind == "flicker":
        yield Turn(at, kind, until=at + DAY)
    elif piece.paper != "lembah":  # whose addresses have no slug
        yield Turn(at, kind, slug=f"{piece.slug}-tin-moi")
