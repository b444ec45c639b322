"""A newsroom: stories that appear, change and vanish in a time that is handed in.

Everything is a function of the seed and of the calls made: ``publish``, ``edit``, ``delete`` and
``restore`` each carry an instant, and what is seen depends on ``now`` alone, so tests travel in
time in both directions. Stories are written when first asked for. Rejected: a list of finished
articles (20,000 would cost seconds and memory at start) and a clock of the machine.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Literal

from .prose import Section, Writer, load_language
from .story import Story, write_story

Departure = Literal["gone", "missing", "soft", "front"]
"""How a deleted story answers: 410, 404, 200 with a notice, a redirect to the front page."""

STRIDE = 3  # article ids are this far apart: other kinds of content take the ids between


@dataclass(frozen=True)
class Slot:
    """A place in the paper: all that is known of a story before it is written."""

    id: int
    section: int
    published: datetime


@dataclass(frozen=True)
class Event:
    """What happened to a story, and when."""

    at: datetime
    kind: Literal["edit", "delete", "restore"]
    changes: tuple[tuple[str, Any], ...] = ()
    departure: Departure = "gone"


class Newsroom:
    """Stories of ``days`` days from ``start``, ``per_day`` each, seen as of ``now``."""

    def __init__(
        self,
        seed: int,
        start: date = date(2026, 1, 26),
        days: int = 10,
        per_day: int = 12,
        *,
        language: str = "vi",
        sections: Iterable[str] | None = None,
        first_id: int = 340_001,
        now: datetime | None = None,
    ) -> None:
        self.seed = seed
        self.language = load_language(language)
        wanted = None if sections is None else set(sections)
        self.sections = tuple(
            one for one in self.language.sections if wanted is None or one.slug in wanted
        )
        self.revision = 0
        self._slots: list[Slot] = []
        self._index: dict[int, int] = {}
        self._drafts: dict[int, Story] = {}
        self._events: dict[int, list[Event]] = {}
        self._visible: dict[str, tuple[int, ...]] = {}
        self._next_id = first_id
        self._now = datetime.combine(start, time(), self.language.zone)
        for day in range(days):
            self.publish(start + timedelta(days=day), per_day)
        end = datetime.combine(start + timedelta(days=max(days, 1)), time(), self.language.zone)
        self.move(now or end)

    @property
    def now(self) -> datetime:
        """The instant as of which the paper is seen."""
        return self._now

    def move(self, now: datetime) -> None:
        """Go to another instant, later or earlier."""
        self._now = now.astimezone(self.language.zone)
        self._note_change()

    def publish(self, day: date, count: int = 12) -> tuple[int, ...]:
        """Add ``count`` stories of ``day`` (05:00 to 22:00) and return their ids in time order.

        ValueError if ``day`` is before the last day published: ids grow with time.
        """
        if self._slots and day < self._slots[-1].published.date():
            raise ValueError(f"{day} is before the last day published; publish days in order")
        random = Random(f"{self.seed}:{day}:{self._next_id}")
        opening = datetime.combine(day, time(5), self.language.zone)
        seconds = sorted(random.sample(range(17 * 3600), count))
        ids = [self._add_slot(opening + timedelta(seconds=s), random) for s in seconds]
        self._slots.sort(key=lambda slot: (slot.published, slot.id))
        self._index = {slot.id: place for place, slot in enumerate(self._slots)}
        self._note_change()
        return tuple(ids)

    def edit(self, story_id: int, *, at: datetime | None = None, **changes: Any) -> Story:
        """Change fields of a story from ``at`` (now, if not said) on; without ``changes`` its
        first paragraph after the opening one is replaced by a fresh sentence. Returns it as it
        is then. KeyError for an id that was never published.
        """
        at = at or self._now
        if not changes:
            changes = {"paragraphs": self._rewrite(story_id, at)}
        self._add_event(story_id, Event(at, "edit", tuple(changes.items())))
        return self._compose(story_id, at)

    def delete(
        self, story_id: int, *, at: datetime | None = None, departure: Departure = "gone"
    ) -> None:
        """Take a story off from ``at`` (now, if not said) on."""
        self._add_event(story_id, Event(at or self._now, "delete", departure=departure))

    def restore(self, story_id: int, *, at: datetime | None = None) -> None:
        """Put a deleted story back from ``at`` (now, if not said) on."""
        self._add_event(story_id, Event(at or self._now, "restore"))

    def stir(self, edited: float = 0.05, deleted: float = 0.01) -> dict[int, str]:
        """Give every story not yet touched its chance to be edited within two days and to be
        deleted within ten, and return id -> what will happen. Repeatable by the seed.
        """
        fates: dict[int, str] = {}
        for slot in [slot for slot in self._slots if slot.id not in self._events]:
            random = Random(f"{self.seed}:stir:{slot.id}")
            if random.random() < edited:
                self.edit(slot.id, at=slot.published + timedelta(hours=random.uniform(0.5, 47)))
                fates[slot.id] = "edit"
            elif random.random() < deleted:
                at = slot.published + timedelta(hours=random.uniform(6, 240))
                self.delete(slot.id, at=at)
                fates[slot.id] = "delete"
        return fates

    def find(self, story_id: int) -> Story | None:
        """Return the story as of now; None if unknown, not yet published or deleted."""
        place = self._index.get(story_id)
        if place is None or self._slots[place].published > self._now:
            return None
        return None if self.departure(story_id) else self._compose(story_id, self._now)

    def recall(self, story_id: int) -> Story | None:
        """Return the story as it is or, if it is gone, as it was; None if not yet published."""
        place = self._index.get(story_id)
        if place is None or self._slots[place].published > self._now:
            return None
        return self._compose(story_id, self._now)

    def departure(self, story_id: int) -> Departure | None:
        """Return how a deleted story answers now, None if it is there or never was."""
        gone: Departure | None = None
        for event in self._past(story_id):
            if event.kind != "edit":
                gone = event.departure if event.kind == "delete" else None
        return gone

    def visible(self, section: Section | None = None) -> tuple[int, ...]:
        """Return the ids readers can see now, newest first, of one section or of all."""
        key = section.slug if section else ""
        if key not in self._visible:
            end = bisect_right(self._slots, self._now, key=lambda slot: slot.published)
            number = None if section is None else self.sections.index(section)
            self._visible[key] = tuple(
                slot.id
                for slot in reversed(self._slots[:end])
                if number in (None, slot.section) and self.departure(slot.id) is None
            )
        return self._visible[key]

    def touched(self, story_id: int) -> datetime | None:
        """Return when a story last changed for its readers (deletion is a change)."""
        published = self._slots[self._index[story_id]].published
        if published > self._now:
            return None
        return max([published, *(event.at for event in self._past(story_id))])

    def published(self, story_id: int) -> datetime:
        """Return when a story appears for the first time."""
        return self._slots[self._index[story_id]].published

    def changed(self) -> datetime | None:
        """Return when anything last changed for readers: what list pages are dated by."""
        end = bisect_right(self._slots, self._now, key=lambda slot: slot.published)
        newest = [self._slots[end - 1].published] if end else []
        past = (event.at for one in self._events for event in self._past(one))
        return max([*newest, *past], default=None)

    def ids(self) -> tuple[int, ...]:
        """Return all ids ever published, future and deleted ones included, in time order."""
        return tuple(slot.id for slot in self._slots)

    def position(self, story_id: int) -> int | None:
        """Return the 0-based place of a story in its section's list, None if it is not there."""
        section = self.sections[self._slots[self._index[story_id]].section]
        ids = self.visible(section)
        return ids.index(story_id) if story_id in ids else None

    def earlier(self, story_id: int, count: int, *, same: bool = True) -> tuple[int, ...]:
        """Return up to ``count`` ids that came before a story, nearest first, of its own section
        or of the ``same=False`` others; those deleted since are left out. Boxes show these: what
        comes later does not change a page.
        """
        place = self._index[story_id]
        section = self._slots[place].section
        window = self._slots[max(0, place - 12 * count) : place]
        ids = [slot.id for slot in window if (slot.section == section) is same][: -count - 1 : -1]
        return tuple(one for one in ids if self.departure(one) is None)

    def _add_slot(self, published: datetime, random: Random) -> int:
        story_id = self._next_id
        self._next_id += STRIDE
        self._slots.append(Slot(story_id, random.randrange(len(self.sections)), published))
        return story_id

    def _add_event(self, story_id: int, event: Event) -> None:
        if story_id not in self._index:
            raise KeyError(f"story {story_id} was never published; ids() lists those that were")
        events = self._events.setdefault(story_id, [])
        events.append(event)
        events.sort(key=lambda one: one.at)
        self._note_change()

    def _note_change(self) -> None:
        self.revision += 1
        self._visible.clear()

    def history(self, story_id: int) -> tuple[Event, ...]:
        """Return what has happened to a story by now, in order."""
        return tuple(self._past(story_id))

    def _past(self, story_id: int) -> list[Event]:
        return [event for event in self._events.get(story_id, ()) if event.at <= self._now]

    def _rewrite(self, story_id: int, at: datetime) -> tuple[str, ...]:
        story = self._compose(story_id, at)
        number = len(self._events.get(story_id, ()))
        random = Random(f"{self.seed}:edit:{story_id}:{number}")
        writer = Writer(self.language, random, story_id + number, at.date())
        fresh = writer.fill(self.language.general["edit"])
        return (story.paragraphs[0], fresh, *story.paragraphs[2:])

    def _compose(self, story_id: int, at: datetime) -> Story:
        if story_id not in self._drafts:
            self._drafts[story_id] = self._draft(self._slots[self._index[story_id]])
        story = self._drafts[story_id]
        for event in self._events.get(story_id, ()):
            if event.kind == "edit" and event.at <= at:
                story = replace(story, modified=event.at, **dict(event.changes))
        return story

    def _draft(self, slot: Slot) -> Story:
        random = Random(f"{self.seed}:story:{slot.id}")
        writer = Writer(self.language, random, slot.id, slot.published.date())
        story = write_story(writer, self.sections[slot.section], slot.published)
        return replace(story, related=self._draw_related(slot, random))

    def _draw_related(self, slot: Slot, random: Random) -> tuple[int, ...]:
        earlier = self._slots[max(0, self._index[slot.id] - 60) : self._index[slot.id]]
        count = min(len(earlier), random.randrange(0, 5))
        return tuple(one.id for one in random.sample(earlier, count))
