"""What came of reading a paper's captures again: counted as it comes, said at the end.

Kept apart from the reading itself (crawler/reread.py), which knows pages and nothing of words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.records import Impostor, Reading

FIELDS = (
    *("title", "lead", "body", "authors", "agency", "section", "breadcrumbs", "tags"),
    *("date_published", "date_modified", "language", "is_free"),
)


@dataclass(frozen=True, slots=True)
class Before:
    """What a capture was read as."""

    status: str
    impostor: Impostor | None
    warnings: tuple[str, ...]
    article_id: int | None
    words: dict[str, Any]


@dataclass
class Reread:
    """What came of reading a paper's captures again."""

    site: str
    pages: int = 0  # read again
    released: int = 0  # could not be read before, and were now
    quarantined: int = 0  # still, or newly, not what they claim
    unread: int = 0  # no article, and no impostor either
    new_articles: int = 0
    changed: int = 0  # articles of which a field differs now
    fields: dict[str, int] = field(default_factory=dict)  # how often each of them does
    impostors: dict[str, int] = field(default_factory=dict)
    returned: list[str] = field(default_factory=list)  # whose believed removal was taken back
    withdrawn: int = 0  # taken for an article before, and known now for what they are
    lost: list[str] = field(default_factory=list)  # addresses whose article is not read any more
    damage: list[str] = field(default_factory=list)
    strange: int = 0  # of another layout, and left as a profile read them that was not kept
    left: int = 0  # not come to: the run was interrupted

    def note(
        self, url: str, before: Before, after: Before, reading: Reading, *, is_new: bool
    ) -> None:
        """Count a capture that was read as ``before`` and is read as ``after`` now."""
        self.pages += 1
        self.new_articles += is_new
        was_read = before.article_id is not None
        if reading.impostor is not None:
            self.quarantined += 1
            _add(self.impostors, reading.impostor)
        elif is_released(before, reading):
            self.released += 1
        elif reading.article is None and reading.role == "article":
            self.unread += 1
        if was_read and (reading.impostor is not None or reading.role == "part"):
            self.withdrawn += 1
        elif was_read and reading.article is None:
            self.lost.append(url)
        elif was_read:
            differing = [n for n in FIELDS if before.words[n] != after.words[n]]
            self.changed += bool(differing)
            for name in differing:
                _add(self.fields, name)


def _add(counts: dict[str, int], name: str) -> None:
    counts[name] = counts.get(name, 0) + 1


def is_released(before: Before, reading: Reading) -> bool:
    """Whether a capture that could not be read was read now."""
    if reading.article is not None:
        return before.article_id is None
    return reading.status == "ok" and before.status != "ok"


def exit_of(told: Reread) -> int:
    """Return the exit code: 130 when interrupted, 3 when a record or an article was lost."""
    if told.left:
        return 130
    return 3 if told.damage or told.lost else 0


def say(told: Reread) -> Iterator[str]:
    """Yield lines for people."""
    if not (told.pages or told.damage or told.strange or told.left):
        yield f"{told.site}: nothing to read again; the present profile and reader have read all"
        return
    yield (
        f"{told.site}: {told.pages} pages read again, {told.released} released "
        f"({told.new_articles} new articles), {told.quarantined} still quarantined, "
        f"{told.changed} articles changed"
    )
    for name, number in told.fields.items():
        yield f"  {name}: {number} changed"
    for kind, number in told.impostors.items():
        yield f"  {kind}: {number} quarantined"
    if told.withdrawn:
        yield f"  {told.withdrawn} pages were taken for articles before: withdrawn"
    if told.strange:
        yield (
            f"  {told.strange} pages of another layout stay as they were read: read.body matches "
            "nothing on them, and the profile that did was not kept"
        )
    if told.unread:
        yield f"  {told.unread} pages without an article: correct [read], or look at one"
    for url in told.returned:
        yield f"  ! no longer removed: {url}: look with `khobao history` whether that is so"
    for url in told.lost:
        yield f"  ! no article any more at {url}: what was read before stays; correct the profile"
    for words in told.damage:
        yield f"  ! {words}"
    if told.left:
        yield f"  ! interrupted, {told.left} pages left: run it again, it goes on there"
