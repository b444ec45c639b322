"""What the papers of the smaller publishing systems share: short lists, dates to the minute.

They differ in addresses and markup, which their modules hold; a list shows ``size`` stories, so
that a dozen stories make a second page. Their profile is the least that one can say of a paper
of a known system; ``bare`` does not even name the system.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Self

from . import feed
from .newsroom import Newsroom
from .paper import Answer, Paper, quote
from .prose import Section, write_instant
from .story import Picture, Story

SECTIONS = {
    "vi": ("kinh-te", "xa-hoi", "the-thao"),
    "id": ("ekonomi", "pendidikan", "olahraga"),
    "en": ("news", "business", "sports"),
}


class System(Paper):
    """A paper of one publishing system, its stories those of a few sections."""

    title: ClassVar[str]
    platform: ClassVar[str]
    language: ClassVar[str] = "vi"
    region: ClassVar[str] = "VN"
    timezone: ClassVar[str] = "Asia/Ho_Chi_Minh"
    first_id: ClassVar[int] = 340_001
    size: ClassVar[int] = 4
    sections: ClassVar[tuple[str, ...] | None] = None
    menu: ClassVar[str] = "/{slug}/"

    def __init__(self, newsroom: Newsroom, *, name: str | None = None, **options: Any) -> None:
        super().__init__(newsroom, name=name or self.title, **options)

    @classmethod
    def make(
        cls,
        seed: int = 7,
        articles: int = 60,
        *,
        per_day: int = 6,
        start: date = date(2026, 2, 3),
        sections: Sequence[str] | None = None,
        **options: Any,
    ) -> Self:
        """Return a paper of about ``articles`` stories, ``per_day`` a day."""
        newsroom = Newsroom(
            seed,
            start,
            -(-articles // per_day),
            per_day,
            language=cls.language,
            sections=sections or cls.sections or SECTIONS[cls.language],
            first_id=cls.first_id,
        )
        return cls(newsroom, **options)

    def tell(self, story: Story) -> dict[str, Any]:
        return self._tell_least(story)

    def _tell_least(self, story: Story) -> dict[str, Any]:
        return {
            **super().tell(story),
            "published": write_instant(story.published.replace(second=0)),
            "modified": None,
            "agency": None,
            "tags": [],
            "breadcrumbs": [self.labels["home"], story.section.name],
            "inline": [],
        }

    def tell_whole(self, story: Story, inline: Story | None) -> dict[str, Any]:
        """What a page says that declares instants and tags, and links to ``inline`` in its text."""
        return {
            **self._tell_least(story),
            "published": write_instant(story.published),
            "modified": write_instant(story.modified),
            "tags": list(story.tags),
            "inline": [{"url": self.url(inline), "title": inline.title}] if inline else [],
        }

    def home(self) -> Answer:
        """The front page: the newest three."""
        rows = self._items(self.newsroom.visible()[:3])
        return self.list_answer(self._frame(self.name, "", rows))

    def section_path(self, section: Section) -> str:
        """Return the path of a section's list."""
        return self.menu.format(slug=section.slug)

    def find_section(self, slug: str) -> Section | None:
        """Return the section of that slug."""
        return next((one for one in self.newsroom.sections if one.slug == slug), None)

    def recall(self, path: str) -> Story | None:
        """Return the story whose page is, or was, at ``path``: for addresses without an id."""
        stories = map(self.newsroom.recall, reversed(self.newsroom.ids()))
        return next((one for one in stories if one and self.path(one) == path), None)

    def answer_story(self, story: Story | None) -> Answer | None:
        """Return the page of a story that ``recall`` gave, or what became of it."""
        if story is None:
            return None
        if self.newsroom.find(story.id) is None:
            return self.miss(story.id, self._frame("404", "", self.labels["gone"]))
        page = self._frame(story.title, self._head(story), self._write(story))
        return self.story_answer(story, page)

    @abstractmethod
    def _items(self, ids: Iterable[int]) -> str:
        """Return the list of some stories."""

    @abstractmethod
    def _frame(self, title: str, head: str, main: str) -> str:
        """Return a whole page."""

    @abstractmethod
    def _head(self, story: Story) -> str:
        """Return what the head of a story's page says of it."""

    @abstractmethod
    def _write(self, story: Story) -> str:
        """Return the main part of a story's page."""

    def cut(self, section: Section | None, given: object = None) -> tuple[list[Story], int, int]:
        """Return the stories of one page of a list, its number and the last page's."""
        number = int(str(given)) if given else self.turned
        ids = self.newsroom.visible(section)
        shown = self.show(ids[(number - 1) * self.size : number * self.size])
        return shown, number, -(-len(ids) // self.size)

    def picture_path(self, picture: Picture) -> str:
        """Return the path of a picture."""
        return picture.path

    def weave(
        self,
        story: Story,
        paragraph: Callable[[int, str], str],
        picture: Callable[[Picture], str],
    ) -> str:
        """Return a story's body: its paragraphs and pictures in their order, each as written by
        the paper; ``paragraph`` is given number and escaped text.
        """
        parts = [picture(one) for one in story.images if one.after < 0]
        for number, text in enumerate(story.paragraphs):
            parts.append(paragraph(number, quote(text)))
            parts += [picture(one) for one in story.images if one.after == number]
        return "".join(parts)

    def links(self, css: str = "") -> str:
        """Return the links of the menu."""
        return "".join(
            f'<li{css}><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )

    def list_answer(self, page: str) -> Answer:
        """Return a page that changes whenever anything does."""
        return Answer(page.encode(), modified=self.newsroom.changed())

    def story_answer(self, story: Story, page: str) -> Answer:
        """Return the page of a story with its date."""
        shown = [story.id, *(one for _, ids in self.blocks(story) for one in ids)]
        return Answer(page.encode(), modified=self.date_page(shown))

    def entries(self, ids: Iterable[int]) -> list[feed.Entry]:
        """Return what feeds and sitemaps say of ``ids``."""
        return [
            replace(feed.announce(self, one), image=self.image(one) or None)
            for one in self.show(ids)
        ]

    def image(self, story: Story) -> str:
        """Return the whole address of a story's first picture, or nothing."""
        return self.base + self.picture_path(story.images[0]) if story.images else ""

    def robots(self) -> Answer:
        """robots.txt: all open."""
        return Answer(b"User-agent: *\nDisallow:\n", "text/plain; charset=utf-8")

    def profile(self, base_url: str | None = None) -> str:
        base = base_url or self.base
        host = base.partition("//")[2]
        return f"""\
title = "{self.name}"
home = "{base}/"
domains = ["{host}"]
language = "{self.language}"
timezone = "{self.timezone}"
platform = "{self.platform}"
[manners]
delay = 0.0
"""

    def _tell_picture(self, picture: Picture) -> dict[str, str | None]:
        told = super()._tell_picture(picture)
        return {**told, "url": self.base + self.picture_path(picture)}


def meta(rows: dict[str, str], kind: str = "property") -> str:
    """Return meta elements, those without content left out."""
    return "".join(
        f'<meta {kind}="{name}" content="{quote(text)}">\n' for name, text in rows.items() if text
    )
