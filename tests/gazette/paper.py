"""What all fictional papers share: a newsroom behind routes, link spellings, and the truth.

A paper is a function from a path to an Answer at the newsroom's ``now``; the server adds HTTP.
Pages are rendered when asked for and the last few kept until the newsroom changes. Rejected: a
folder of files (no edits, no time travel, 20,000 pages to write before the first test).
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from threading import RLock
from typing import Any, ClassVar

from .newsroom import Newsroom
from .prose import write_instant
from .story import Picture, Story
from .variation import vary

KEPT_PAGES = 64
TURNED = re.compile(r"([^?]+)\?trang=(\d+)")
GHOSTS = {999_001: "gone", 999_004: "missing", 999_007: "soft"}
"""Ids of stories that never were but that a front page announces, and how they answer."""


@dataclass(frozen=True)
class Answer:
    """What a paper says to one path, before HTTP adds validators and codings."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    modified: datetime | None = None
    headers: tuple[tuple[str, str], ...] = ()
    coded: bool = False  # the body has its content coding already


Route = Callable[..., Answer | None]


class Paper(ABC):
    """A newspaper on the web. ``base`` is its address without a final slash; the server sets it.

    Subclasses give ``routes`` ("regex" -> method name; the match's groups are the arguments), a
    profile and, where it differs, the address of a story and what its page holds.

    ``varied``: the paper after a redesign (variation.py), with another pager: the methods named in
    ``pagers`` answer no more, ``?trang=2`` does, announced as ``turning`` says: page "numbers",
    the "word" for next, or rel="next" alone.
    """

    key: ClassVar[str] = "paper"
    routes: ClassVar[Mapping[str, str]] = {}
    traps: ClassVar[frozenset[str]] = frozenset()
    pagers: ClassVar[frozenset[str]] = frozenset()
    turning: ClassVar[str] = "numbers"

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        name: str,
        base: str = "http://paper.test",
        without: Iterable[str] = (),
        varied: bool = False,
    ) -> None:
        unknown = set(without) - self.traps
        if unknown:
            raise ValueError(f"no such traps: {sorted(unknown)}; there are {sorted(self.traps)}")
        self.newsroom = newsroom
        self.name = name
        self.base = base
        self.active = self.traps - set(without)
        self.varied = varied
        self.turned = 1  # the page of a list that is asked for, where the pager is another
        self.labels = newsroom.language.labels
        self._lock = RLock()
        self._pages: dict[tuple[str, str, int], Answer | None] = {}
        self._routes = [(re.compile(rule), name) for rule, name in self.routes.items()]

    def answer(self, target: str) -> Answer | None:
        """Return the answer to a path with its query; None where the paper has nothing."""
        with self._lock:
            key = (self.base, target, self.newsroom.revision)
            if key not in self._pages:
                while len(self._pages) >= KEPT_PAGES:
                    self._pages.pop(next(iter(self._pages)))
                self._pages[key] = self._route(target)
            return self._pages[key]

    def now(self) -> datetime:
        """Return the instant the paper lives in: its Date header."""
        return self.newsroom.now

    @abstractmethod
    def path(self, story: Story) -> str:
        """Return the path of a story's article page."""

    def url(self, story: Story) -> str:
        """Return the canonical address of a story."""
        return self.base + self.path(story)

    @abstractmethod
    def profile(self, base_url: str | None = None) -> str:
        """Return the paper's profile, a TOML text in the words of spiders/profile.py."""

    def dateline(self, story: Story) -> str | None:  # noqa: ARG002
        """Return the marker that stands before the lead, if this story has one."""
        return None

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        """Return the boxes of other stories on a story's page: label and ids, in page order."""
        return [(self.labels["related"], story.related)]

    def truth(self) -> list[dict[str, Any]]:
        """Return what a perfect reader finds: one dict a visible article, newest first."""
        with self._lock:
            stories = (self.newsroom.find(one) for one in self.newsroom.visible())
            return [self.tell(story) for story in stories if story is not None]

    def tell(self, story: Story) -> dict[str, Any]:
        """Return what the page of one story says, field by field, texts in NFC."""
        return {
            "id": story.id,
            "url": self.url(story),
            "title": story.title,
            "lead": story.lead,
            "dateline": self.dateline(story),
            "paragraphs": list(story.paragraphs),
            "text": "\n".join(story.paragraphs),
            "authors": list(story.authors),
            "agency": story.agency,
            "section": story.section.name,
            "tags": list(story.tags),
            "published": write_instant(story.published),
            "modified": write_instant(story.modified),
            "language": self.newsroom.language.code,
            "images": [self._tell_picture(one) for one in story.images],
            "related": self._tell_related(story),
        }

    def miss(self, story_id: int, notice: str) -> Answer:
        """Return the answer of an address that has no story now: as its deletion says, else 404."""
        known = story_id in self.newsroom.ids()
        departure = self.newsroom.departure(story_id) if known else GHOSTS.get(story_id)
        if departure == "front":
            return redirect(f"{self.base}/", 302)
        status = {"gone": 410, "soft": 200}.get(departure or "", 404)
        return Answer(notice.encode(), status=status)

    def show(self, ids: Iterable[int]) -> list[Story]:
        """Return the stories of ``ids`` that are visible now, in that order."""
        return [story for one in ids if (story := self.newsroom.find(one)) is not None]

    def date_page(self, ids: Iterable[int]) -> datetime | None:
        """Return when a page that shows ``ids`` last changed."""
        return max((at for one in ids if (at := self.newsroom.touched(one))), default=None)

    def credit(self, picture: Picture) -> str | None:
        """Return the credit as printed after the caption."""
        if picture.credit is None:
            return None
        return self.newsroom.language.byline.replace("{credit}", picture.credit)

    def alt(self, picture: Picture) -> str:
        """Return the alt text: the caption again, or the name of the file."""
        return picture.caption or picture.path.rpartition("/")[2]

    def legend(self, picture: Picture) -> str:
        """Return caption and credit as one line of text, as pages print them."""
        credit = self.credit(picture)
        if not picture.caption or not credit:
            return picture.caption or credit or ""
        full_stop = picture.caption.endswith(".")
        return f"{picture.caption} {credit}" if full_stop else f"{picture.caption} ({credit})"

    def picture_answer(self, path: str) -> Answer:
        """Return a PNG of one pixel whose colour comes from its path."""
        return Answer(draw_pixel(path), "image/png", headers=(("Cache-Control", "max-age=60"),))

    def turn(self, path: str, number: int, last: int) -> str:
        """Return the markup that leads from page ``number`` of a list to the others; only the
        redesigned paper has it, its usual self has the pager of its system.
        """
        if not self.varied or last < 2:
            return ""
        urls = {n: path if n == 1 else f"{path}?trang={n}" for n in range(1, last + 1)}
        links = [f'<a href="{url}">{n}</a>' for n, url in urls.items() if n != number]
        if number < last and self.turning == "next":
            links = [f'<a rel="next" href="{urls[number + 1]}">&rsaquo;</a>']
        elif number < last and self.turning == "word":
            links = [f'<a href="{urls[number + 1]}">{self.labels["next"]}</a>']
        return f'<div class="pagination">{" ".join(links)}</div>\n'

    def _route(self, target: str) -> Answer | None:
        self.turned = 1
        if self.varied and (found := TURNED.fullmatch(target)):
            target, self.turned = found[1], int(found[2])
        for rule, name in self._routes:
            if match := rule.fullmatch(target):
                method: Route = getattr(self, name)
                if self.varied and name in self.pagers:
                    return None
                return self._dress(method(*match.groups()))
        return None

    def _dress(self, answer: Answer | None) -> Answer | None:
        """Return the answer as it is, or redesigned if it is a page of the redesigned paper."""
        if answer is None or not self.varied or not answer.type.startswith("text/html"):
            return answer
        return replace(answer, body=vary(answer.body.decode()).encode())

    def _tell_picture(self, picture: Picture) -> dict[str, str | None]:
        return {
            "url": self.base + picture.path,
            "caption": picture.caption,
            "credit": picture.credit,
            "alt": self.alt(picture),
        }

    def _tell_related(self, story: Story) -> list[dict[str, str]]:
        found: dict[int, dict[str, str]] = {}
        for label, ids in self.blocks(story):
            for one in self.show(ids):
                found.setdefault(
                    one.id,
                    {"url": self.url(one), "title": one.title, "summary": one.lead, "block": label},
                )
        return list(found.values())


def draw_pixel(seed: str) -> bytes:
    """Return a valid PNG of one pixel (RFC 2083), its colour a digest of ``seed``."""
    colour = hashlib.blake2b(seed.encode(), digest_size=3).digest()
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" + colour)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def dump(data: Any) -> Answer:
    """Return ``data`` as a JSON answer."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return Answer(body, "application/json; charset=utf-8")


def redirect(target: str, status: int = 301) -> Answer:
    """Return a redirect to ``target``."""
    return Answer(status=status, headers=(("Location", target),))


def quote(text: str) -> str:
    """Return ``text`` for HTML and XML text and attributes."""
    return escape(text, quote=True)
