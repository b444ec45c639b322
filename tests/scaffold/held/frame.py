"""What every held-out paper has: addresses looked up in a table, and the relaunches of a paper.

    paper = Andino(36)              paper.relaunch("classes")   # or body, dates, lists, addresses

Each paper writes its own pages in a markup of its own; nothing but the newsroom is shared with the
other fictional papers, so that what was learned from those is no help here.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Answer, Paper, quote
from tests.gazette.prose import Section, slugify, toss, write_instant
from tests.gazette.story import Story
from tests.scaffold.habits import order

RELAUNCHES = ("classes", "body", "dates", "lists", "addresses")
NAMED = re.compile(r'\b(class|id|align|color)=(["\']?)([^"\'<>]+?)\2(?=[\s>/])', re.I)
Pages = dict[str, Callable[[], Answer]]


class Stranger(Paper):
    """A paper of no known system. ``text_css`` is the attribute that names its text's element."""

    language: ClassVar[str]
    house: ClassVar[str]
    size: ClassVar[int] = 6
    text_css: ClassVar[str]
    day_only: ClassVar[bool] = False  # its pages tell the day alone

    def __init__(self, articles: int = 36, seed: int = 3) -> None:
        room = Newsroom(seed, date(2026, 2, 2), -(-articles // 12), 12, language=self.language)
        super().__init__(room, name=self.house)
        self.change = ""
        self._slugs: dict[int, str] = {}
        self._table: tuple[int, Pages] = (-1, {})

    def relaunch(self, change: str) -> None:
        """Change the paper from now on; ValueError for what is none of RELAUNCHES."""
        if change not in RELAUNCHES:
            raise ValueError(f"no relaunch {change!r}; there are {RELAUNCHES}")
        with self._lock:
            self.change = change
            self._pages.clear()
            self._table = (-1, {})

    # -- what a paper gives ---------------------------------------------------------------------

    @abstractmethod
    def place(self, story: Story) -> str:
        """The path of a story before any relaunch."""

    @abstractmethod
    def section_path(self, section: Section) -> str:
        """The path of a category."""

    @abstractmethod
    def list_path(self, section: Section, start: int) -> str:
        """The path of the page of a category that begins with its entry ``start``."""

    @abstractmethod
    def write_front(self) -> Answer:
        """The front page."""

    @abstractmethod
    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        """A page of a category."""

    @abstractmethod
    def write_story(self, story: Story) -> Answer:
        """The page of an article."""

    def add_pages(self) -> Pages:
        """What else there is: pages that are no articles, feeds, sitemaps."""
        return {}

    # -- what it shares ---------------------------------------------------------------------------

    def path(self, story: Story) -> str:
        if self.change == "addresses":
            return f"/x/{story.published:%Y%m%d}/{toss(story.id):x}/{self.slug(story)}.php"
        return self.place(story)

    def slug(self, story: Story) -> str:
        """The words of a story's address, its number added where two have the same."""
        if not self._slugs:
            twins: dict[str, list[int]] = {}
            for one in filter(None, map(self.newsroom.recall, self.newsroom.ids())):
                twins.setdefault(slugify(one.title) or "n", []).append(one.id)
            for words, ids in twins.items():
                self._slugs |= {one: words if n == 1 else f"{words}-{n}"
                                for n, one in enumerate(ids, 1)}  # fmt: skip
        return self._slugs[story.id]

    def following(self, section: Section, start: int) -> str | None:
        """The path of the next page of a category."""
        rest = self.newsroom.visible(section)[start + self.size :]
        return self.list_path(section, start + self.size) if rest else None

    def dated(self, markup: str) -> str:
        """Markup that holds the date of an article, gone with a relaunch of dates."""
        return "" if self.change == "dates" else markup

    def listed(self, stories: list[Story]) -> list[Story]:
        """What a list shows: nothing after a relaunch of lists."""
        return [] if self.change == "lists" else stories

    def _route(self, target: str) -> Answer | None:
        if target.startswith("/images/"):
            return self.picture_answer(target)
        if self._table[0] != self.newsroom.revision:
            self._slugs.clear()
            pages = {order(path): page for path, page in self._tabulate().items()}
            self._table = (self.newsroom.revision, pages)
        page = self._table[1].get(order(target))
        return None if page is None else self._change(page())

    def _tabulate(self) -> Pages:
        pages: Pages = {"/": self.write_front, "/robots.txt": self.write_robots}
        pages |= self.add_pages()
        for section in self.newsroom.sections:
            ids = self.newsroom.visible(section)
            for start in range(0, max(len(ids), 1), self.size):
                shown = ids[start : start + self.size]
                pages[self.list_path(section, start)] = lambda a=section, b=shown, c=start: (
                    self.write_list(a, b, c)
                )
        for story in self.show(self.newsroom.visible()):
            pages[self.path(story)] = lambda one=story: self.write_story(one)
        return pages

    def write_robots(self) -> Answer:
        """robots.txt: all open."""
        return Answer(b"User-agent: *\nDisallow: /admin/\n", "text/plain")

    def _change(self, answer: Answer) -> Answer:
        if not answer.type.startswith("text/html") or self.change not in ("classes", "body"):
            return answer
        page = answer.body.decode("latin-1")
        if self.change == "body":
            page = page.replace(self.text_css, 'class="q7-neu"')
        else:
            page = redress(page)
        return replace(answer, body=page.encode("latin-1"))

    def profile(self, base_url: str | None = None) -> str:
        return f'home = "{base_url or self.base}/"\n'

    def tell(self, story: Story) -> dict[str, Any]:
        told = super().tell(story)
        told["published"] = write_instant(story.published.replace(second=0))
        if self.day_only:
            told["published"] = f"{story.published:%Y-%m-%d}"
        text = f"{story.lead}\n{told['text']}"
        return {**told, "modified": None, "tags": [], "agency": None, "lead": None, "text": text}


def redress(page: str) -> str:
    """A page with classes and ids that mean nothing, divs as sections, and two more elements
    around everything and around every headline."""
    page = NAMED.sub(lambda found: f'{found[1]}="u{toss("neu", found[3]):x}"', page)
    page = re.sub(r"<(/?)div\b", r"<\1section", page)
    page = re.sub(r"<(/?)(?:ul|ol|li|article|aside|main)\b", r"<\1div", page)
    page = re.sub(r"(<body\b[^>]*>)", r'\1<div class="kx1"><div class="kx2">', page, flags=re.I)
    return re.sub(r"(</body>)", r"</div></div>\1", page, flags=re.I)


def html(text: str, coding: str = "utf-8") -> Answer:
    """A page of HTML whose coding only its head tells."""
    return Answer(text.encode(coding, "xmlcharrefreplace"), "text/html")


__all__ = ["RELAUNCHES", "Answer", "Pages", "Section", "Story", "Stranger", "html", "quote"]
