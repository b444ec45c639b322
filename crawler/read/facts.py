"""What a page says of its article outside of the text, and the places where it may say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lxml.html import HtmlElement

from archive.records import Date
from crawler.read.authors import Credits
from crawler.read.blocks import Block
from crawler.read.jsonld import Structured
from crawler.read.meta import Meta
from crawler.read.offsets import Stamped
from crawler.read.sheet import Sheet

Item = TypeVar("Item")


@dataclass(slots=True)
class Facts:
    """The article outside of its text; what the page does not say is None or empty."""

    title: str | None = None
    titles: tuple[str, ...] = ()  # every spelling of the headline on the page
    descriptions: tuple[str, ...] = ()
    witness: str | None = None  # JSON-LD articleBody
    published: Date | None = None
    modified: Date | None = None
    credits: Credits = field(default_factory=lambda: Credits((), None))
    house_source: str = ""  # who named the credits' houses
    desk_source: str = ""  # who names the newsroom, or the paper, as the author
    section: str | None = None
    breadcrumbs: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    publisher: str | None = None
    owners: tuple[str, ...] = ()  # names of the paper: never authors
    titled: str | None = None  # what stands last in the title element, behind the whole headline
    canonical_url: str | None = None
    images: tuple[str, ...] = ()
    is_free: bool | None = None
    walled: tuple[str, ...] = ()  # selectors of the parts that are not free
    meta_robots: str | None = None
    tdm_reservation: str | None = None
    license: str | None = None
    sources: dict[str, str] = field(default_factory=dict)  # field -> where it came from
    warnings: list[str] = field(default_factory=list)
    stamped: Stamped | None = None  # a stamp in another zone than the paper's
    claims: dict[str, list[tuple[str, str]]] = field(default_factory=dict)  # what each source says

    def list_barred(self) -> tuple[str, ...]:
        """The names that no author has."""
        return (*self.owners, self.titled) if self.titled else self.owners

    def keep(self, name: str, value: Any, source: str) -> None:
        """Set a field that is not set yet, if there is a value, and say where it came from."""
        if value and not getattr(self, name):
            setattr(self, name, value)
            self.sources[name] = source


@dataclass(frozen=True, slots=True)
class Said:
    """Where a page may say something: its JSON-LD, its head, itself."""

    structured: Structured
    meta: Meta
    head: str  # the title element
    sheet: Sheet

    def find_marked(self, test: Callable[[HtmlElement], bool], count: int) -> list[HtmlElement]:
        """The first elements with an itemprop, itemtype or rel of which ``test`` holds."""
        return list(take_first(filter(test, self.sheet.marked), count))

    def list_near(self, titles: tuple[str, ...], count: int) -> list[Block]:
        """The lines after the headline: what a reader sees there belongs to the article."""
        start = self.sheet.find_start(titles)
        return self.sheet.lines[start + 1 : start + 1 + count]


def take_first(items: Iterable[Item], count: int) -> Iterator[Item]:
    """The first ``count`` items."""
    for _, item in zip(range(count), items, strict=False):
        yield item
