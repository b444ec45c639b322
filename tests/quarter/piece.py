"""A piece of a paper and what happens to it: its words and its place as of any instant.

Decision: a piece is a list of turns with their instants, and everything else is computed for the
instant asked, so that the truth ledger and the pages are one thing. Rejected: rendering each day's
site to a folder (the ledger would be a second book).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Happened = Literal[
    "blank", "cosmetic", "headline", "text", "both", "correction",  # its words
    "removed", "back", "flicker", "moved", "resited", "reposted", "resorted",  # its place
    "byline", "picture", "caption", "touched", "redated",  # all but its words
    "undone", "twice",  # fates of two turns
]  # fmt: skip
Way = Literal["404", "410", "front", "soft"]
"""How an address answers whose piece was taken down."""

WORDS = ("blank", "cosmetic", "headline", "text", "both", "correction")
BESIDE = ("byline", "picture", "caption", "touched", "redated")
TOLD = {
    "both": "text", "blank": None, "flicker": None, "resited": "moved", "reposted": "back",
    "resorted": "moved", "byline": "cosmetic", "picture": "cosmetic", "caption": "cosmetic",
    "touched": None, "redated": None,
}  # fmt: skip
"""What the ledger is to call a turn, where it is not the turn's own name; None: not at all."""


@dataclass(frozen=True)
class Words:
    """What a piece says."""

    title: str
    lead: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """One thing that happens to a piece."""

    at: datetime
    kind: Happened
    words: Words | None = None  # from now on
    way: Way | None = None  # of a removal
    slug: str | None = None  # of a move
    until: datetime | None = None  # of a flicker
    section: int | None = None
    author: str | None = None
    picture: str | None = None
    caption: str | None = None


@dataclass
class Piece:
    """One article; ``number`` is its paper's."""

    paper: str
    number: int
    at: datetime
    section: int
    slug: str
    words: Words
    author: str
    picture: str | None = None
    caption: str | None = None
    turns: list[Turn] = field(default_factory=list)

    def say(self, now: datetime) -> Words:
        """Return its words as of an instant."""
        said = [turn.words for turn in self.turns if turn.at <= now and turn.words]
        return said[-1] if said else self.words

    def find_way(self, now: datetime) -> Way | None:
        """Return how its address answers as of an instant, None while it is there."""
        way: Way | None = None
        for turn in self.turns:
            if turn.at > now:
                break
            if turn.kind == "removed":
                way = turn.way
            elif turn.kind in ("back", "reposted"):
                way = None
            elif turn.kind == "flicker" and turn.until and now < turn.until:
                return "404"
        return way

    def is_there(self, now: datetime) -> bool:
        """Say whether readers can see it."""
        return self.at <= now and self.find_way(now) is None

    def find_slug(self, now: datetime) -> str:
        """Return the slug of its address as of an instant."""
        moved = [turn.slug for turn in self.turns if turn.at <= now and turn.slug]
        return moved[-1] if moved else self.slug

    def is_dead(self, slug: str, now: datetime) -> bool:
        """Say whether its address with a slug was given up, with nothing that leads on."""
        turns = [turn for turn in self.turns if turn.at <= now]
        gone = any(turn.kind in ("resited", "reposted") for turn in turns)
        return gone and slug != self.find_slug(now)

    def find_section(self, now: datetime) -> int:
        """Return the section it is in as of an instant."""
        found = [t.section for t in self.turns if t.at <= now and t.section is not None]
        return found[-1] if found else self.section

    def find_author(self, now: datetime) -> str:
        """Return who has signed it as of an instant."""
        found = [turn.author for turn in self.turns if turn.at <= now and turn.author]
        return found[-1] if found else self.author

    def find_picture(self, now: datetime) -> tuple[str | None, str | None]:
        """Return its picture and what is said below, as of an instant."""
        turns = [turn for turn in self.turns if turn.at <= now]
        pictures = [self.picture, *(turn.picture for turn in turns if turn.picture)]
        captions = [self.caption, *(turn.caption for turn in turns if turn.caption)]
        return pictures[-1], captions[-1]

    def find_date(self, now: datetime) -> datetime:
        """Return when it says that it came out: papers set that anew, without a word changed."""
        return max([self.at, *(t.at for t in self.turns if t.at <= now and t.kind == "redated")])

    def find_touch(self, now: datetime) -> datetime | None:
        """Return when it says that it was updated, None where it does not say so."""
        touched = [t.at for t in self.turns if t.at <= now and t.kind == "touched"]
        return touched[-1] if touched else None

    def find_change(self, now: datetime) -> datetime:
        """Return when its words, or whether it is there, last changed."""
        return max([self.at, *(turn.at for turn in self.turns if turn.at <= now)])
