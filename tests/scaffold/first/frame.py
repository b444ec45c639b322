"""What the twelve share: photo stories, briefs and clips among the articles, and the truth of each.

    photos   two paragraphs, then five pictures, each with a line that says what is seen
    brief    two sentences and nothing else
    clip     two sentences above a player

The sentences below the pictures are not the story's text but the pictures' captions.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

from tests.gazette.prose import slugify, toss
from tests.gazette.story import Picture
from tests.scaffold.held.frame import Answer, Section, Story, Stranger, html, quote

SHOTS = 5


class Fresh(Stranger):
    """A paper with stories of four kinds. ``signed`` and ``tagged``: its pages tell who wrote, and
    of what."""

    signed: ClassVar[bool] = True
    tagged: ClassVar[bool] = True
    kinds: ClassVar[frozenset[str]] = frozenset(("photos", "brief"))

    def kind(self, story: Story) -> str:
        """What a story is: about every sixth a photo story, a brief, a clip."""
        names = ("photos", "brief", "clip")
        name = names[at] if (at := toss("kind", story.id) % 18 // 2) < len(names) else ""
        return name if name in self.kinds else ""

    def told(self, story: Story) -> list[str]:
        """The paragraphs of a story below its lead."""
        kind = self.kind(story)
        if kind in ("brief", "clip"):
            return []
        plain = [w for n, w in enumerate(story.paragraphs) if n not in story.subheads]
        return plain[:2] if kind == "photos" else list(story.paragraphs)

    def shots(self, story: Story) -> list[Picture]:
        """The pictures of a story with what is written below them."""
        if self.kind(story) != "photos":
            return [one for one in story.images if self.kind(story) == "" and one.caption]
        others = self.newsroom.visible()
        at = others.index(story.id)
        pool = [w for one in self.show(others[at + 1 :] + others[:at]) for w in one.paragraphs[:1]]
        lines = [words.partition(". ")[0].rstrip(".") for words in pool[:SHOTS]]
        place = f"/images/shots/{story.id}"
        return [Picture(f"{place}-{n}.jpg", line, None, 1) for n, line in enumerate(lines)]

    def tell(self, story: Story) -> dict[str, Any]:
        told = super().tell(story)
        told["text"] = "\n".join((story.lead, *self.told(story)))
        told["images"] = [self._tell_picture(one) for one in self.shots(story)]
        told["authors"] = list(story.authors) if self.signed else []
        told["tags"] = list(story.tags) if self.tagged else []
        return told

    # -- pages ------------------------------------------------------------------------------------

    @abstractmethod
    def card(self, story: Story) -> str:
        """A story on a list."""

    @abstractmethod
    def frame(self, title: str, main: str, head: str = "") -> Answer:
        """A page."""

    def turn(self, section: Section, start: int) -> str:
        """What leads to the next page of a list."""
        url = self.following(section, start)
        return f'<div><a href="{quote(url)}">{start // self.size + 2}</a></div>' if url else ""

    def cards(self, stories: list[Story]) -> str:
        """Some stories on a list."""
        return "\n".join(map(self.card, self.listed(stories)))

    def others(self, story: Story, most: int = 4) -> list[Story]:
        """Stories that a story's page shows beside it."""
        ids = [one for one in self.newsroom.visible() if one != story.id]
        at = story.id % max(len(ids) - most, 1)
        return self.show(ids[at : at + most])

    def write_front(self) -> Answer:
        return self.frame(self.house, self.cards(self.show(self.newsroom.visible()[:14])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        main = f"<h1>{quote(section.name)}</h1>\n{self.cards(self.show(ids))}"
        return self.frame(section.name, main + self.turn(section, start))

    def menu(self, join: str = "") -> str:
        """The links to the categories."""
        return join.join(
            f'<a href="{quote(self.section_path(one))}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )

    def body(self, story: Story, line: str, shot: str, heading: str = "<h3>{}</h3>") -> str:
        """The paragraphs and pictures of a story: ``line`` and ``heading`` of {}, ``shot`` of
        {src} and {said}."""
        rows = []
        pictures = self.shots(story)
        for number, words in enumerate(self.told(story)):
            headed = number in story.subheads and self.kind(story) == ""
            rows += [self._fill(shot, one) for one in pictures if number == 0 and one.after < 0]
            rows.append((heading if headed else line).format(quote(words)))
            rows += [self._fill(shot, one) for one in pictures if one.after == number]
        return "\n".join(rows)

    def _fill(self, shot: str, picture: Picture) -> str:
        return shot.format(src=picture.path, said=quote(self.legend(picture)))


def link(path: str, words: str) -> str:
    """A link."""
    return f'<a href="{quote(path)}">{quote(words)}</a>'


__all__ = ["Answer", "Fresh", "Section", "Story", "html", "link", "quote", "slugify"]
