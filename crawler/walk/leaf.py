"""A page of a category as a backfill weighs it: which of its articles are of the wanted days.

Lists show the newest first. So where a list gives no dates, one article that is read tells of its
neighbours: what stands between two of the wanted days is of them too, what stands above a newer one
is newer. Asked first is the last article: if it is newer than the wanted days, so is the page, and
one request has told it. What stood on an earlier page of the walk (boxes of the most read, pages
that repeat) says nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from crawler.walk.spans import Verdict

OLDER = 0.8  # share of a page's articles older than the wanted days with which it is past them
RETURNED = 0.5  # such a share after a page past them: the list came back
DATED = 2  # dates of a page from which on its middle says something
RISE, RISE_TIMES = timedelta(days=3), 3  # and times the usual step between two articles
TRIMMED = 5  # dates from which on the outermost are not believed: pinned, or dated anew


@dataclass
class Item:
    """An article that a page lists."""

    url: str
    verdict: Verdict | None = None
    day: date | None = None
    tried: bool = False  # it was asked for, and its day stays unknown


@dataclass
class Leaf:
    """A page of a list; ``items``: those that no earlier page of the walk had, in their order."""

    number: int
    url: str
    items: list[Item]
    edge: Verdict | None = None  # of the last article of the page before
    following: str | None = None
    is_empty: bool = False  # it lists no article at all
    probe: Item | None = None  # asked for to learn its day
    ended: str | None = None
    wanted: list[str] = field(default_factory=list)

    def infer(self) -> None:
        """Decide what the order of the list decides."""
        known = [n for n, item in enumerate(self.items) if item.verdict]
        for place, item in enumerate(self.items):
            if item.verdict is None:
                at = bisect_right(known, place)
                above = self.items[known[at - 1]].verdict if at else None
                below = self.items[known[at]].verdict if at < len(known) else None
                if above is None and below == self.edge:
                    above = self.edge
                item.verdict = _decide(above, below)

    def choose(self) -> Item | None:
        """Return the article to read next to learn of the others; None: nothing more to learn."""
        open_ = [item for item in self.items if item.verdict is None and not item.tried]
        if not open_:
            return None
        last = max(n for n, item in enumerate(self.items) if item is open_[-1])
        if not any(item.verdict for item in self.items[last:]):
            return open_[-1]
        first = self.items.index(open_[0])
        if not any(item.verdict for item in self.items[:first]):
            return open_[0]
        return open_[len(open_) // 2]

    @property
    def older(self) -> float | None:
        """Share of its articles that are older than the wanted days; None: nothing is known."""
        told = [item for item in self.items if item.verdict]
        return sum(item.verdict == "old" for item in told) / len(told) if told else None

    @property
    def is_older(self) -> bool:
        """Whether the page is past the wanted days."""
        return (self.older or 0.0) >= OLDER

    def rises(self, above: Leaf) -> bool:
        """Whether it is newer than the page before it, so that the list is out of order: most of
        its articles, since boxes of the newest stand on old pages too."""
        if above.is_older and self.older is not None and self.older < RETURNED:
            return True
        days = sorted(item.day for item in self.items if item.day)
        others = sorted(item.day for item in above.items if item.day)
        if min(len(days), len(others)) < DATED:
            return False
        usual = (others[-1] - others[0]) / len(others)
        return days[len(days) // 2] - others[len(others) // 2] > max(RISE, RISE_TIMES * usual)

    @property
    def span(self) -> tuple[date | None, date | None]:
        """The newest and the oldest day on the page, outliers left out."""
        days = find_falling([item.day for item in self.items if item.day])
        if len(days) >= TRIMMED:
            days = days[1:-1]
        return (days[0], days[-1]) if days else (None, None)


def find_falling(days: Sequence[date]) -> list[date]:
    """Return the longest part of a sequence that never rises (patience sorting): what is out of
    order, such as a pinned story of last year, is left out."""
    tails: list[int] = []  # by length less one: the negative of the best last day
    places: list[int] = []
    back: list[int] = []
    for place, day in enumerate(days):
        at = bisect_right(tails, -day.toordinal())
        back.append(places[at - 1] if at else -1)
        tails[at : at + 1] = [-day.toordinal()]
        places[at : at + 1] = [place]
    found: list[date] = []
    place = places[-1] if places else -1
    while place >= 0:
        found.append(days[place])
        place = back[place]
    return found[::-1]


def _decide(above: Verdict | None, below: Verdict | None) -> Verdict | None:
    if below == "new":
        return "new"
    if above == "old":
        return "old"
    return "in" if above == below == "in" else None
