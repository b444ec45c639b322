"""What the quarter's papers share: pieces on lists by section and page, and how the gone answer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import ClassVar
from zoneinfo import ZoneInfo

from .piece import Piece
from .web import Answer, Validators

NOT_FOUND = {
    "vi": "Bài viết không tồn tại hoặc đã bị gỡ bỏ",
    "en": "Sorry, the page you are looking for could not be found",
    "id": "Halaman yang Anda cari tidak ditemukan",
}


class Paper(ABC):
    """A newspaper on the web as of ``now``; a subclass gives its pages and addresses."""

    key: ClassVar[str]
    name: ClassVar[str]
    language: ClassVar[str]
    timezone: ClassVar[str]
    sections: ClassVar[tuple[tuple[str, str], ...]]  # (slug, name)
    validators: Validators = "none"
    per_page: ClassVar[int] = 12

    def __init__(self, now: datetime) -> None:
        self.base = ""
        self.now = now
        self.pieces: list[Piece] = []  # in the order of their instants
        self.zone = ZoneInfo(self.timezone)

    # -- of a subclass ----------------------------------------------------------------------------

    @abstractmethod
    def path(self, piece: Piece, slug: str) -> str:
        """Return the path of a piece under a slug."""

    @abstractmethod
    def find(self, path: str) -> Piece | None:
        """Return the piece that a path means, an old one too."""

    @abstractmethod
    def write_piece(self, piece: Piece) -> str:
        """Return the page of a piece."""

    @abstractmethod
    def write_list(self, path: str) -> Answer | None:
        """Return the front page, a category page, a feed or a sitemap; None for other paths."""

    @abstractmethod
    def write_gone(self) -> str:
        """Return the page that says that there is none, in the paper's frame."""

    @abstractmethod
    def profile(self) -> str:
        """Return what the operator's sites/<key>.toml says."""

    # -- answers ----------------------------------------------------------------------------------

    def answer(self, path: str) -> Answer:
        """Return the answer to a path with its query."""
        if path == "/robots.txt":
            return Answer(self.write_robots(), type="text/plain")
        if (answer := self.write_list(path)) is not None:
            return answer
        found = self.find(path)
        if found is None or found.at > self.now:
            return Answer(self.write_gone(), 404)
        return self.answer_piece(found, path)

    def answer_piece(self, piece: Piece, path: str) -> Answer:
        """Return the answer to the address of a piece, which may be an old one, or gone."""
        way = piece.find_way(self.now)
        if way is not None:
            front = self.base + "/" if way == "front" else None
            status = {"404": 404, "410": 410, "front": 302, "soft": 200}[way]
            return Answer("" if front else self.write_gone(), status, location=front)
        right = self.path(piece, piece.find_slug(self.now))
        if right != path:
            if self.is_given_up(piece, path):
                return Answer(self.write_gone(), 404)
            return Answer(status=301, location=self.base + right)
        return Answer(self.write_piece(piece), modified=piece.find_change(self.now))

    def write_robots(self) -> str:
        """Return robots.txt."""
        return "User-agent: *\nDisallow: /noi-bo/\n"

    def is_given_up(self, piece: Piece, path: str) -> bool:
        """Say whether a path is an address of a piece that it had before it was put elsewhere."""
        slugs = [piece.slug, *(turn.slug for turn in piece.turns if turn.slug)]
        dead = [slug for slug in slugs if piece.is_dead(slug, self.now)]
        return any(self.path(piece, slug) == path for slug in dead)

    # -- what pages are made of -------------------------------------------------------------------

    def url(self, piece: Piece) -> str:
        """Return the present address of a piece."""
        return self.base + self.path(piece, piece.find_slug(self.now))

    def list_pieces(self, section: int | None = None) -> list[Piece]:
        """Return what readers see, newest first, of a section or of all."""
        return [
            piece
            for piece in reversed(self.pieces)
            if piece.is_there(self.now) and section in (None, piece.find_section(self.now))
        ]

    def turn(self, pieces: Sequence[Piece], page: int) -> tuple[list[Piece], bool]:
        """Return the pieces of a page of a list, and whether there is a next one."""
        start = (page - 1) * self.per_page
        shown = list(pieces[start : start + self.per_page])
        return shown, start + self.per_page < len(pieces)

    def list_beside(self, piece: Piece, count: int = 4) -> list[Piece]:
        """Return what a page shows beside its piece: the newest of the section, so that the block
        changes from day to day on every page."""
        section = piece.find_section(self.now)
        return [one for one in self.list_pieces(section) if one is not piece][:count]

    def local(self, at: datetime) -> datetime:
        """Return an instant on the paper's clock."""
        return at.astimezone(self.zone)


def quote(text: str) -> str:
    """Return text for HTML and XML."""
    return escape(text, quote=True)


def write_feed(paper: Paper, pieces: Sequence[Piece]) -> Answer:
    """Return an RSS feed of pieces."""
    items = "".join(
        f"<item><title>{quote(piece.say(paper.now).title)}</title>"
        f"<link>{quote(paper.url(piece))}</link><guid>{quote(paper.url(piece))}</guid>"
        f"<pubDate>{paper.local(piece.find_date(paper.now)):%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        "</item>"
        for piece in pieces
    )
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{quote(paper.name)}</title><link>{paper.base}/</link>{items}</channel></rss>"
    )
    return Answer(body, type="application/rss+xml; charset=utf-8")


def write_sitemap(paper: Paper, pieces: Sequence[Piece], *, dated: bool) -> Answer:
    """Return a sitemap of pieces, with the instant of their last change or without a date."""
    rows = "".join(
        f"<url><loc>{quote(paper.url(piece))}</loc>"
        + (f"<lastmod>{_write_change(piece, paper)}</lastmod>" if dated else "")
        + "</url>"
        for piece in pieces
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    body = f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="{space}">{rows}</urlset>'
    return Answer(body, type="application/xml")


def _write_change(piece: Piece, paper: Paper) -> str:
    return paper.local(piece.find_change(paper.now)).isoformat(timespec="seconds")
