"""Báo Cửa Biển: a sitemap without dates, no validators; merged into another paper near the end.

    /bai-viet/tau-ve-ben-d50121    /muc/cang-ca/trang-2    /sitemap.xml

After `merged` its host answers with redirects alone: each piece to the other paper's host, all else
to that paper's front page.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from .paper import NOT_FOUND, Paper, quote, write_sitemap
from .piece import Piece
from .web import Answer

PIECE = re.compile(r"/bai-viet/([a-z0-9-]+)-d(\d+)")
LIST = re.compile(r"/muc/([a-z-]+)(?:/trang-(\d+))?")


class Estuary(Paper):
    """A paper of the coast; see the module."""

    key = "cuabien"
    name = "Báo Cửa Biển"
    language = "vi"
    timezone = "Asia/Ho_Chi_Minh"
    sections = (("cang-ca", "Cảng cá"), ("lang-nghe", "Làng nghề"))
    per_page = 10

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.merged: datetime | None = None
        self.host: Paper | None = None  # the paper it is merged into

    @property
    def is_merged(self) -> bool:
        """Whether its host only redirects."""
        return self.merged is not None and self.merged <= self.now

    def path(self, piece: Piece, slug: str) -> str:
        """Return /bai-viet/<slug>-d<number>."""
        return f"/bai-viet/{slug}-d{piece.number}"

    def find(self, path: str) -> Piece | None:
        """Find by number."""
        match = PIECE.fullmatch(path)
        if match is None:
            return None
        return next((p for p in self.pieces if p.number == int(match[2])), None)

    def answer(self, path: str) -> Answer:
        """Redirect all once merged."""
        if not self.is_merged or self.host is None or path == "/robots.txt":
            return super().answer(path)
        found = self.find(path)
        dead = found is not None and self.is_given_up(found, path)
        if found is None or dead or not found.is_there(self.now):
            return Answer(status=301, location=self.host.base + "/")
        slug = found.find_slug(self.now)
        there = f"{self.host.base}/cua-bien/{slug}-{found.number}.html"
        return Answer(status=301, location=there)

    def write_list(self, path: str) -> Answer | None:
        """Front page, sections, sitemap."""
        if path == "/":
            return Answer(self._frame(self.name, self._items(self.list_pieces()[:20])))
        if path == "/sitemap.xml":
            return write_sitemap(self, self.list_pieces(), dated=False)
        if match := LIST.fullmatch(path):
            slugs = [slug for slug, _ in self.sections]
            if match[1] not in slugs:
                return None
            number, page = slugs.index(match[1]), int(match[2] or 1)
            shown, more = self.turn(self.list_pieces(number), page)
            turn = f'<a href="/muc/{match[1]}/trang-{page + 1}">Xem thêm</a>' if more else ""
            name = self.sections[number][1]
            return Answer(self._frame(name, f"<h2>{name}</h2>{self._items(shown)}{turn}"))
        return None

    def write_gone(self) -> str:
        """The frame with a notice."""
        return self._frame("Thông báo", f'<div class="tb">{NOT_FOUND["vi"]}</div>')

    def write_piece(self, piece: Piece) -> str:
        """The page of a piece: OpenGraph, and a date in words."""
        words, at = piece.say(self.now), self.local(piece.find_date(self.now))
        author, (name, caption) = piece.find_author(self.now), piece.find_picture(self.now)
        touched = piece.find_touch(self.now)
        update = f" | Cập nhật: {self.local(touched):%d/%m/%Y - %H:%M}" if touched else ""
        texts = "".join(f'<p style="text-align:justify">{quote(t)}</p>' for t in words.paragraphs)
        told = f'<p class="chu-anh" style="text-align:center"><em>{quote(caption or "")}</em></p>'
        shot = f'<p><img src="/upload/{name}.jpg"></p>{told}' if name else ""
        beside = self._items(self.list_beside(piece, 5))
        head = (
            f'<meta property="og:title" content="{quote(words.title)}">'
            '<meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{at.isoformat(timespec="seconds")}">'
        )
        inner = (
            f'<div id="bai"><h1>{quote(words.title)}</h1><div class="ngay">{at:%d/%m/%Y - %H:%M}'
            f'{update} | Lượt xem: @VIEWS@</div><h2 class="sapo">{quote(words.lead)}</h2>'
            f'<div class="noi-dung">{shot}{texts}<p class="ky-ten"><b>{quote(author)}</b></p>'
            f'</div><div class="khac"><h3>Tin mới nhất</h3>{beside}</div></div>'
        )
        return self._frame(words.title, inner, head)

    def profile(self) -> str:
        """The form of its addresses and its lists."""
        host = self.base.partition("//")[2]
        merged = f'merged_into = "{self.host.key}"\n' if self.is_merged and self.host else ""
        lists = json.dumps([f"/muc/{slug}" for slug, _ in self.sections])
        form = rf"^{self.base.replace('.', chr(92) + '.')}/bai-viet/[a-z0-9-]+-d(?P<id>\d+)$"
        return (
            f'title = "{self.name}"\nhome = "{self.base}/"\ndomains = ["{host}"]\n{merged}'
            f'language = "vi"\ntimezone = "{self.timezone}"\n\n[walk]\ncategories = {lists}\n'
            f"sitemaps = [\"/sitemap.xml\"]\narticle = ['{form}']\n"
            'pager = "path:trang-{n}"\n\n[manners]\ndelay = 0.0\n\n[read]\n'
            'body = "div.noi-dung"\nlead = "h2.sapo"\nstrip = [".ky-ten"]\n'
        )

    def _items(self, pieces: list[Piece]) -> str:
        return "".join(
            f'<div class="muc"><a href="{self.url(p)}">{quote(p.say(self.now).title)}</a></div>'
            for p in pieces
        )

    def _frame(self, title: str, inner: str, head: str = "") -> str:
        menu = "".join(f'<li><a href="/muc/{slug}">{name}</a></li>' for slug, name in self.sections)
        return (
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{quote(title)}</title>{head}'
            f'</head><body><ul class="menu">{menu}</ul>{inner}<div class="chan">Cơ quan của nhân'
            " dân vùng cửa biển. Đang xem: @VIEWS@</div></body></html>"
        )
