"""Finds the next page of a category, as pure functions on address and text.

Kinds, from the profile's word ``walk.pager``: ``none``; ``next-link`` (the page's rel=next, which
the crawler resolves in its one parse); ``query:page`` (?page=2); ``query:p&d=`` (?p=2&d=);
``offset:start:20`` (?start=20); ``offset:P{n}:20`` (/P20, then /P40);
``path:trang-{n}.html``; or a platform's name, whose module in platforms/ has ``make(profile)``.
Rejected: pagers that fetch (untestable without a server) and a class per newspaper.
"""

from __future__ import annotations

import importlib
import re
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from spiders.profile import Profile


class PagerError(Exception):
    """A category page that its pager does not understand; the message ends with the remedy."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a JSON list page; ``url`` is absolute, the rest as written there."""

    url: str
    title: str | None = None
    summary: str | None = None
    date_raw: str | None = None
    image: str | None = None


def make_entry(home: str, url: str, *said: object) -> Entry:
    """An Entry of JSON values (title, summary, date, image): addresses joined to the front page,
    nothing as ``None``. An address that cannot be joined stays as written: its role is "other".
    """
    texts = [None if value is None or value == "" else str(value) for value in said]
    title, summary, date_raw, image = texts
    return Entry(_join(home, url), title, summary, date_raw, image and _join(home, image))


def _join(home: str, url: str) -> str:
    try:
        return urljoin(home, url)
    except ValueError:
        return url


@dataclass(frozen=True, slots=True)
class Fragment:
    """A JSON list page whose items are HTML, to be read like a category page at ``base``."""

    html: str
    base: str


class Pager(Protocol):
    """How the pages of a category follow each other."""

    @property
    def kind(self) -> str:
        """The profile's word."""
        ...

    @property
    def repeats(self) -> int:
        """How many pages repeat the category page itself, before new entries come.

        A crawl allows itself that many pages more, and does not stop at them because they bring
        nothing new.
        """
        ...

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that are asked for pages besides the paper's own, as in ``domains``."""
        ...

    @property
    def headers(self) -> dict[str, str]:
        """Request headers without which the pager's own addresses do not answer."""
        ...

    def following(self, url: str, text: str, number: int) -> str | None:
        """The address of page ``number + 1``, given page ``number`` (from 1; 1 is the HTML page)
        with its address and decoded content; ``None`` past the end or where there is none.

        Raises PagerError when the page is not what the pager was written for.
        """
        ...

    def entries(self, url: str, text: str) -> list[Entry] | Fragment | None:
        """What a JSON page lists; ``None`` for HTML, whose links are read by CSS.

        Raises PagerError for JSON that is broken or of an unknown shape.
        """
        ...

    def origin(self, url: str) -> str | None:
        """The category whose page this address is (2 and on); the address itself where it does
        not tell; ``None`` if it is no page of this pager."""
        ...

    def read_number(self, url: str) -> int | None:
        """The number that an address tells of itself as a page of a category, from 2 on; ``None``
        where it is no such page, or the pager's addresses do not say."""
        ...


def make_pager(profile: Profile) -> Pager:
    """The pager that the profile's ``walk.pager`` names."""
    word = profile.walk.pager
    kind, _, rest = word.partition(":")
    if kind in ("none", "next-link"):
        return Still(word)
    if kind == "query":
        name, *constant = rest.split("&")
        return Query(word, name, constant=tuple(constant))
    if kind == "offset":
        name, _, step = rest.rpartition(":")
        if "{n}" in name:
            return Path(word, name, int(step))
        return Query(word, name, int(step))
    if kind == "path":
        return Path(word, rest)
    pager: Pager = importlib.import_module(f"spiders.platforms.{word}").make(profile)
    return pager


class Plain:
    """Pagers whose pages are asked for as readers ask."""

    __slots__ = ()

    @property
    def headers(self) -> dict[str, str]:
        """None are needed."""
        return {}

    def read_number(self, url: str) -> int | None:  # noqa: ARG002
        """``None``: keys and cursors count nothing."""
        return None


@dataclass(frozen=True, slots=True)
class Served(Plain):
    """Pagers whose pages come from a JSON folder: the paper's front page, and that folder."""

    home: str
    api: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """The host of the JSON pages."""
        return (urlsplit(self.api).netloc,)


class Html(Plain):
    """Pagers whose pages are all HTML, on the paper's own hosts, without repetition."""

    repeats = 0
    hosts: tuple[str, ...] = ()

    def entries(self, url: str, text: str) -> None:
        """``None``: the links of such pages are read by CSS."""


@dataclass(frozen=True, slots=True)
class Still(Html):
    """No address of a next page: there is none, or the page's own rel=next says it."""

    kind: str

    def following(self, url: str, text: str, number: int) -> None:
        """``None``: nothing follows from the address."""

    def origin(self, url: str) -> None:
        """``None``: no address tells that it is a page."""


@dataclass(frozen=True, slots=True)
class Query(Html):
    """``?name=2``, or with a ``step`` of 20 ``?name=20``: the first page has no such key.

    ``constant`` pairs stand on every page but the first.
    """

    kind: str
    name: str
    step: int = 0
    constant: tuple[str, ...] = ()

    def following(self, url: str, text: str, number: int) -> str | None:
        """The same address with the next number; ``None`` after an empty page, and where the
        address has that very number although it is not the page of that number."""
        if not text.strip():
            return None
        bare, kept = self._part(url)
        value = number * self.step if self.step else number + 1
        found = f"{bare}?{'&'.join([*kept, f'{self.name}={value}', *self.constant])}"
        return None if found == url else found

    def origin(self, url: str) -> str | None:
        """The address without the key, if it has it."""
        bare, kept = self._part(url)
        whole = f"{bare}?{'&'.join(kept)}" if kept else bare
        return whole if f"{self.name}=" in url and whole != url else None

    def read_number(self, url: str) -> int | None:
        """The value of the key, or what its offset makes of it."""
        pairs = (pair.partition("=") for pair in url.partition("#")[0].partition("?")[2].split("&"))
        value = next((value for name, _, value in pairs if name == self.name), "")
        if not value.isdecimal() or len(value) > 7:
            return None
        number = int(value) // self.step + 1 if self.step else int(value)
        return number if number > 1 else None

    def _part(self, url: str) -> tuple[str, list[str]]:
        """The address before its query, and the query's pairs that are not ours, as spelled."""
        bare, _, query = url.partition("#")[0].partition("?")
        pairs = [pair for pair in query.split("&") if pair and pair not in self.constant]
        return bare, [pair for pair in pairs if pair.partition("=")[0] != self.name]


@dataclass(frozen=True, slots=True)
class Path(Html):
    """``<category>/trang-2.html``: the template after the category's path, without its ``.html``.

    A template that starts with one of ``-_.,;`` is appended without a slash. With a ``step`` of 20
    the number counts articles: ``/P20`` is page 2, ``/P40`` page 3.
    """

    kind: str
    template: str
    step: int = 0

    def following(self, url: str, text: str, number: int) -> str | None:
        """The category's address with the template for the next number; ``None`` after an empty
        page."""
        if not text.strip():
            return None
        category = (self.origin(url) or url).partition("#")[0].partition("?")[0]
        stem = re.sub(r"\.html?$", "", category.rstrip("/"), flags=re.I)
        value = number * self.step if self.step else number + 1
        return stem + self._tail().replace("{n}", str(value))

    def origin(self, url: str) -> str | None:
        """The address before what the template made, if it ends in that."""
        found = self._find_tail(url)
        return url[: found.start()] + ("/" if self._tail()[0] == "/" else "") if found else None

    def read_number(self, url: str) -> int | None:
        """The number that stands in the template's place."""
        found = self._find_tail(url)
        number = int(found[1]) if found and found.groups() and len(found[1]) < 8 else 0
        number = number // self.step + 1 if self.step else number
        return number if number > 1 else None

    def _find_tail(self, url: str) -> re.Match[str] | None:
        tail = re.escape(self._tail()).replace(re.escape("{n}"), r"(\d+)", 1)
        tail = tail.replace(re.escape("{n}"), r"\1").removesuffix("/")
        return re.search(f"{tail}/?$", url.partition("#")[0].partition("?")[0])

    def _tail(self) -> str:
        return self.template if self.template[0] in "-_./,;" else f"/{self.template}"
