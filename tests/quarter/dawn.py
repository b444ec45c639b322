"""Tin Ban Mai: complete lists, a sitemap a month with lastmod, ETags; made anew in mid-quarter.

    /doi-song/nuoc-ve-ban-204417.html    /chuyen-muc/doi-song?trang=2    /sitemap.xml

Its profile has CSS words, as an operator writes them; after `relaunch` none of them fits. It takes
over a merged paper's pieces (`guests`) under /cua-bien/.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import ClassVar

from .paper import NOT_FOUND, Paper, quote, write_sitemap
from .piece import Piece
from .web import Answer, Validators

PIECE = re.compile(r"/[a-z-]+/([a-z0-9-]+)-(\d+)\.html")
LIST = re.compile(r"/chuyen-muc/([a-z-]+)(?:\?trang=(\d+))?")
MONTH = re.compile(r"/sitemap-(\d{4}-\d\d)\.xml")


class Dawn(Paper):
    """A paper of the north; see the module."""

    key = "banmai"
    name = "Tin Ban Mai"
    language = "vi"
    timezone = "Asia/Ho_Chi_Minh"
    sections = (("doi-song", "Đời sống"), ("san-xuat", "Sản xuất"), ("to-dan-pho", "Tổ dân phố"))
    validators: Validators = "etag"
    body_of: ClassVar = {False: "div.nd-chi-tiet", True: "section.bai__than"}

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.relaunched: datetime | None = None
        self.guests: list[tuple[Paper, Piece]] = []

    @property
    def is_new(self) -> bool:
        """Whether the new layout is out."""
        return self.relaunched is not None and self.relaunched <= self.now

    def path(self, piece: Piece, slug: str) -> str:
        """Return /<section>/<slug>-<number>.html."""
        return f"/{self.sections[piece.find_section(self.now)][0]}/{slug}-{piece.number}.html"

    def find(self, path: str) -> Piece | None:
        """Find by number."""
        match = PIECE.fullmatch(path)
        if match is None:
            return None
        pieces = [*self.pieces, *(piece for _, piece in self.guests)]
        return next((p for p in pieces if p.number == int(match[2])), None)

    def answer_piece(self, piece: Piece, path: str) -> Answer:
        """A guest's address is its own."""
        if piece.paper != self.key and piece.is_there(self.now):
            return Answer(self.write_piece(piece), modified=piece.find_change(self.now))
        return super().answer_piece(piece, path)

    def write_list(self, path: str) -> Answer | None:
        """Front page, categories, sitemaps."""
        if path == "/":
            return Answer(self._frame(self.name, self._front()))
        if match := LIST.fullmatch(path):
            slugs = [slug for slug, _ in self.sections]
            if match[1] not in slugs:
                return None
            return self._category(slugs.index(match[1]), int(match[2] or 1))
        if path == "/sitemap.xml":
            months = sorted({f"{self.local(p.at):%Y-%m}" for p in self.list_pieces()})
            rows = "".join(
                f"<sitemap><loc>{self.base}/sitemap-{m}.xml</loc></sitemap>" for m in months
            )
            space = "http://www.sitemaps.org/schemas/sitemap/0.9"
            body = f'<?xml version="1.0"?><sitemapindex xmlns="{space}">{rows}</sitemapindex>'
            return Answer(body, type="application/xml")
        if match := MONTH.fullmatch(path):
            found = [p for p in self.list_pieces() if f"{self.local(p.at):%Y-%m}" == match[1]]
            return write_sitemap(self, found, dated=True)
        return None

    def write_gone(self) -> str:
        """The frame with a notice and the newest pieces."""
        return self._frame(NOT_FOUND["vi"], f"<h1>{NOT_FOUND['vi']}</h1>{self._links(None, 6)}")

    def write_piece(self, piece: Piece) -> str:
        """The page of a piece in the layout of the day."""
        words, at = piece.say(self.now), self.local(piece.find_date(self.now))
        author, section = piece.find_author(self.now), piece.find_section(self.now)
        texts = "".join(f"<p>{quote(text)}</p>" for text in words.paragraphs)
        name, caption = piece.find_picture(self.now)
        picture = f"/anh/{name}.jpg" if name else ""
        touched = piece.find_touch(self.now)
        update = f" (cập nhật {self.local(touched):%d/%m/%Y %H:%M})" if touched else ""
        if self.is_new:
            told = f"<figcaption>{quote(caption or '')}</figcaption>"
            shot = f'<figure class="bai__anh"><img src="{picture}">{told}</figure>'
            shot = shot if picture else ""
            inner = (
                f'<main class="trang"><div class="bai"><div class="bai__dau"><h1 class="bai__tua">'
                f'{quote(words.title)}</h1><ul class="bai__ky"><li>{quote(author)}</li>'
                f'<li><time datetime="{at.isoformat()}">{at:%H:%M, %d.%m.%Y}</time>{update}</li>'
                "</ul></div>"
                f'<div class="bai__mo"><strong>{quote(words.lead)}</strong></div>{shot}'
                f'<section class="bai__than"><div>{texts}</div></section></div>'
                f'<aside class="ke-ben"><h3>Đọc nhiều</h3>{self._links(section, 5)}</aside>'
                "</main>"
            )
        else:
            told = f'<div class="chu-thich">{quote(caption or "")}</div>'
            shot = f'<img class="anh" src="{picture}" alt="">{told}' if picture else ""
            inner = (
                f'<div class="cot-trai"><h1 class="tieu-de">{quote(words.title)}</h1>'
                f'<span class="gio-dang">{at:%d/%m/%Y %H:%M}{update}</span>'
                f'<p class="mo-dau">{quote(words.lead)}</p>{shot}'
                f'<div class="nd-chi-tiet">{texts}</div>'
                f'<div class="tac-gia">{quote(author)}</div>'
                f'<div class="cung-muc"><b>Tin cùng chuyên mục</b>{self._beside(piece)}</div></div>'
            )
        about = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": words.title,
            "datePublished": at.isoformat(timespec="seconds"),
            "articleSection": self.sections[section][1],
            "author": {"@type": "Person", "name": author},
        }
        data = json.dumps(about, ensure_ascii=False)
        head = (
            '<meta property="og:type" content="article">'
            f'<script type="application/ld+json">{data}</script>'
        )
        return self._frame(words.title, inner, head)

    def profile(self) -> str:
        """CSS words of the layout of the day."""
        host = self.base.partition("//")[2]
        names = (
            ("h1.bai__tua", ".bai__mo strong", "section.bai__than", ".bai__ky li:first-child")
            if self.is_new
            else ("h1.tieu-de", "p.mo-dau", "div.nd-chi-tiet", ".tac-gia")
        )
        listing = ".luoi a" if self.is_new else ".ds-tin a"
        guests = f'took_over = ["{self.guests[0][0].base[7:]}"]\n' if self.guests else ""
        return (
            f'title = "{self.name}"\nhome = "{self.base}/"\ndomains = ["{host}"]\n{guests}'
            f'language = "vi"\ntimezone = "{self.timezone}"\n\n[walk]\n'
            f"categories = {json.dumps([f'/chuyen-muc/{slug}' for slug, _ in self.sections])}\n"
            'sitemaps = ["/sitemap.xml"]\n'
            f"article = ['{self.base.replace('.', chr(92) + '.')}/[a-z-]+/[a-z0-9-]+-(?P<id>\\d+)"
            "\\.html$']\n"
            'pager = "query:trang"\n\n[manners]\ndelay = 0.0\nconcurrency = 2\n\n[read]\n'
            f'title = "{names[0]}"\nlead = "{names[1]}"\nbody = "{names[2]}"\n'
            f'author = "{names[3]}"\nlisting = "{listing}"\n'
        )

    def _category(self, section: int, page: int) -> Answer:
        shown, more = self.turn(self.list_pieces(section), page)
        slug, name = self.sections[section]
        there = f"/chuyen-muc/{slug}?trang={page + 1}"
        turn = f'<div class="trang-so"><a href="{there}">{page + 1}</a></div>' if more else ""
        return Answer(self._frame(name, f"<h2>{name}</h2>{self._write(shown)}{turn}"))

    def _front(self) -> str:
        return self._write(self.list_pieces()[:30])

    def _write(self, pieces: list[Piece]) -> str:
        rows = [
            (self.url(p), quote(p.say(self.now).title), quote(p.say(self.now).lead)) for p in pieces
        ]
        if self.is_new:
            cards = "".join(
                f'<article><a href="{url}"><h3>{title}</h3><p>{lead}</p></a></article>'
                for url, title, lead in rows
            )
            return f'<div class="luoi">{cards}</div>'
        items = "".join(
            f'<li><a href="{url}">{title}</a><p>{lead}</p></li>' for url, title, lead in rows
        )
        return f'<ul class="ds-tin">{items}</ul>'

    def _links(self, section: int | None, count: int) -> str:
        found = self.list_pieces(section)[:count]
        return "".join(
            f'<p><a href="{self.url(p)}">{quote(p.say(self.now).title)}</a></p>' for p in found
        )

    def _beside(self, piece: Piece) -> str:
        return "".join(
            f'<a href="{self.url(p)}">{quote(p.say(self.now).title)}</a>'
            for p in self.list_beside(piece)
        )

    def _frame(self, title: str, inner: str, head: str = "") -> str:
        menu = "".join(f'<a href="/chuyen-muc/{slug}">{name}</a>' for slug, name in self.sections)
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} - '
            f"{self.name}</title>{head}</head><body><nav>{menu}</nav>{inner}"
            f"<footer>© {self.name}. Giấy phép số 17/GP-TT. Điện thoại: 0200 3 555 017</footer>"
            "</body></html>"
        )
