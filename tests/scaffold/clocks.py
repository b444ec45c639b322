"""Papers whose dates are a trap: each writes an article's instant its own way in each place.

    Clocked.make(Dating("vi", stamp=write_false))       "14:05Z" for 14:05 in Hanoi

``stamp`` is what JSON-LD has, ``shown`` what a reader sees, ``fed`` what the feed says; where one
is missing that place says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from tests.gazette import feed
from tests.gazette.paper import Answer, quote
from tests.gazette.prose import write_instant
from tests.gazette.story import Story

from .habits import Habits
from .tongues import write_date
from .unseen import Unseen

Write = Callable[[datetime], str]


@dataclass(frozen=True)
class Dating:
    """How one paper writes its dates."""

    language: str
    stamp: Write | None = None
    shown: Write | None = None  # markup
    fed: Write | None = None
    foot: str = ""
    meta: dict[str, Write] = field(default_factory=dict)
    told: Write = lambda at: write_instant(at.replace(second=0))


def write_half(at: datetime) -> str:
    """True of some articles and false of the others, as two editors of one system write."""
    return write_false(at) if at.minute % 4 else write_true(at)


def write_false(at: datetime) -> str:
    """The paper's own clock with a Z behind it."""
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"


def write_true(at: datetime) -> str:
    """The instant in UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def write_gmt(at: datetime) -> str:
    """The instant as a feed has it, in GMT."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


class Clocked(Unseen):
    """A paper that dates its articles so."""

    dating: Dating

    @classmethod
    def make(cls, dating: Dating, articles: int = 24, seed: int = 5) -> Clocked:
        """Return a paper of about ``articles`` stories."""
        announce = frozenset(("feed",)) if dating.fed else frozenset[str]()
        habits = Habits(dating.language, "/{section}/{slug}-{id}", "/{slug}", "?p={n}",
                        structured=dating.stamp is not None, announce=announce)  # fmt: skip
        paper = cls(habits, articles, seed)
        paper.dating = dating
        return paper

    def _head(self, story: Story) -> str:
        head = super()._head(story)
        stamp = self.dating.stamp
        if stamp is not None:
            head = head.replace(write_instant(story.published), stamp(story.published))
        rows = (f'<meta property="{name}" content="{write(story.published)}">\n'
                for name, write in self.dating.meta.items())  # fmt: skip
        return head + "".join(rows)

    def _write_inner(self, story: Story) -> str:
        inner = super()._write_inner(story)
        shown = quote(write_date(self.habits.language, story.published))
        date = self.dress.tag("time", "date", shown)
        assert date in inner
        own = self.dating.shown(story.published) if self.dating.shown else ""
        return inner.replace(date, own)

    def _page(self, title: str, head: str, main: str, *, bare: bool = False) -> Answer:
        return super()._page(title, head, main + self.dating.foot, bare=bare)

    def _announce(self, target: str) -> Answer | None:
        if target != "/umpan.xml" or self.dating.fed is None:
            return None
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible())]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed(), self.dating.fed)

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "published": self.dating.told(story.published)}
