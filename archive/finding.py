"""What is said of a paper's health: findings, what is usual, and what can not be judged yet.

findings   it is broken: exit code 3 and the first line of the report
notes      worth a look, and no alarm: a season's category that was emptied
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from archive.habits import Counts, Share, learn_share


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a paper: in words, and what to do."""

    kind: str  # wall, field, place, length, same-text, template, unread, quarantine, list, ...
    words: str
    remedy: str


@dataclass
class Health:
    """What the last crawl of a paper says beside the nights before it."""

    site: str
    crawl_id: str | None = None
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    usual: dict[str, str] = field(default_factory=dict)  # what is expected, in words
    unjudged: list[str] = field(default_factory=list)  # what can not be judged, and why

    def learn(
        self, name: str, nights: Sequence[Counts], say: Callable[[Share], str]
    ) -> Share | None:
        """Learn a share and write down what is usual, or that it is not known yet."""
        share = learn_share(nights)
        if share is None:
            seen = sum(total for _, total in nights)
            self.unjudged.append(f"{name}: {seen} seen so far with this profile")
        else:
            self.usual[name] = say(share)
        return share
