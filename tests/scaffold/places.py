"""Where a paper that nobody has seen keeps its pages: their addresses, as its habits say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Paper
from tests.gazette.prose import Section, slugify
from tests.gazette.story import Story

from .habits import Dress, Habits, join
from .tongues import TONGUES

SIZE = 6
MORE = "/muat?rubrik={slug}&awal={start}"  # the JSON of a list's next entries


class Places(Paper):
    """The addresses of a paper of these habits. ``layout`` seeds its class names."""

    key: ClassVar[str] = "unseen"

    def __init__(self, habits: Habits, articles: int = 48, seed: int = 5, layout: int = 1) -> None:
        days = -(-articles // 12)
        room = Newsroom(seed, date(2026, 2, 2), days, 12, language=habits.language)
        self.tongue = TONGUES[habits.language]
        super().__init__(room, name=self.tongue.name)
        self.habits = habits
        self.dress = Dress(habits.markup, layout)
        self.old = frozenset(room.ids()[: len(room.ids()) // 2]) if habits.before else frozenset()

    def redesign(self, **habits: Any) -> None:
        """Give the paper other classes, and these habits instead of its own."""
        with self._lock:
            self.habits = replace(self.habits, **habits)
            self.dress = Dress(self.habits.markup, self.dress.layout + 1)
            self._pages.clear()

    def path(self, story: Story) -> str:
        slug = story.slug if len(story.slug) > 12 else f"{story.section.slug}-{story.id}"
        place = self.habits.before if story.id in self.old else self.habits.place
        return place.format(
            id=story.id,
            slug=slug,
            Slug=slug.title().replace("-", "_"),
            section=story.section.slug,
            y=f"{story.published:%Y}",
            m=f"{story.published:%m}",
            d=f"{story.published:%d}",
        )

    def section_path(self, section: Section) -> str:
        """The address of a category."""
        number = self.newsroom.sections.index(section) + 1
        return self.habits.menu.format(slug=section.slug, n=number)

    def _list_pages(self, section: Section, form: str | None = None) -> dict[int, str]:
        """The pages of a category: the place of the first entry, and the address."""
        ids, path = self.newsroom.visible(section), self.section_path(section)
        pages = {} if form else {0: path}
        for start in range(SIZE, len(ids), SIZE):
            words = {"n": start // SIZE + 1, "start": start, "last": ids[start - 1]}
            tail = self.habits.pager if form is None else form
            if tail != "json":
                url = tail.format(slug=section.slug, **words)
                pages[start] = url if form else join(path, url)
        return pages

    def _tags(self) -> list[str]:
        found = [theme for section in self.newsroom.sections for theme in section.themes]
        return [f"{theme} {self.newsroom.now.year}" for theme in found]

    def _tag_path(self, number: int, tag: str) -> str:
        """A tag page's address: an article's form, with the tag's words."""
        story = self.newsroom.find(self.newsroom.visible()[0])
        assert story is not None
        words = f"{slugify(tag)}-{slugify(self.name)}-{slugify(self.tongue.all_about)}"
        return self.path(replace(story, id=7001 + number, slug=words))

    def _gallery_path(self, story: Story) -> str:
        return f"/{self.tongue.gallery}/{story.slug}-{story.id + 1}"

    @property
    def _loads(self) -> bool:
        return self.habits.pager == "json"
