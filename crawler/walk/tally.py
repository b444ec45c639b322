"""What one run over one paper counted, and what it makes of that: the run's outcome."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from archive.records import WALLS, Capture, Exchange, Reading

MOVED = (301, 302, 303, 307, 308)
CHALLENGE = 202  # no server sends a page so; firewalls do, with a script to prove oneself by
DENIED = (401, 403, 429, 451, CHALLENGE)


@dataclass
class Tally:
    """Counts of a run; plain numbers that go into the crawl's row and its WARC record."""

    asked: int = 0  # tasks handed out
    requests: int = 0  # exchanges, robots.txt included
    answers: int = 0  # 2xx and 304
    unchanged: int = 0  # 304 and identical payloads that were read before
    refused: int = 0  # forbidden by robots.txt
    trapped: int = 0  # not asked for, since they look like traps
    bytes: int = 0  # received
    seconds: float = 0.0  # spent waiting for answers
    articles_new: int = 0
    articles_changed: int = 0
    pages_read: int = 0
    bugs: int = 0  # answers whose handling raised: exit code 1
    without_text: int = 0  # article pages in which no article was found
    statuses: Counter[str] = field(default_factory=Counter)
    read_statuses: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    empty_categories: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)  # what a backfill counts besides
    impostors: Counter[str] = field(default_factory=Counter)  # quarantined pages, by kind
    walls_in_row: int = 0  # pages of walls since the last page that was read
    denied_in_row: int = 0  # answers that forbid asking (DENIED) since the last that did not
    doubt: str = ""  # why the lists that rest were asked after all
    robots_unavailable: dict[str, str] = field(default_factory=dict)

    def note(self, capture: Capture, exchange: Exchange, *, is_page: bool) -> None:
        """Count an exchange."""
        self.requests += 1
        self.bytes += len(exchange.response or b"")
        self.seconds += exchange.seconds
        if is_page:
            self.statuses[str(capture.status or capture.failure)] += 1
            self.answers += capture.status in (200, 203, 304)
            if capture.status is not None:
                self.denied_in_row = self.denied_in_row + 1 if capture.status in DENIED else 0

    def note_reading(self, reading: Reading) -> None:
        """Count what a page was read as."""
        self.pages_read += 1
        self.read_statuses[reading.status] += 1
        if reading.impostor is not None:  # what a wall lacks says nothing of the paper's pages
            self.impostors[reading.impostor] += 1
        else:
            self.warnings.update(warning.partition(":")[0] for warning in reading.warnings)
        self.walls_in_row = self.walls_in_row + 1 if reading.impostor in WALLS else 0

    def judge(self) -> str | None:
        """Return why the site could not be crawled (``refused``, ``blocked``, ``unreachable``),
        or None when at least one page was answered, if by a redirect."""
        if self.answers or any(str(status) in self.statuses for status in MOVED):
            return None  # a paper that only redirects is there: where it leads is told
        if self.refused:
            return "unreachable" if self.robots_unavailable else "refused"
        if any(str(status) in self.statuses for status in DENIED):
            return "blocked"
        return "unreachable"

    def counts(self) -> dict[str, object]:
        """Return the counts as plain data, for the crawl's row."""
        return {
            "requests": self.requests,
            "answers": self.answers,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "trapped": self.trapped,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "articles_new": self.articles_new,
            "articles_changed": self.articles_changed,
            "pages_read": self.pages_read,
            "without_text": self.without_text,
            "bugs": self.bugs,
            "statuses": dict(sorted(self.statuses.items())),
            "readings": dict(sorted(self.read_statuses.items())),
            "warnings": dict(sorted(self.warnings.items())),
            **self.more,
            "impostors": dict(sorted(self.impostors.items())),
            **({"all_lists": self.doubt} if self.doubt else {}),
        }
