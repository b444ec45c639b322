"""The Harbour Ledger: no sitemap; a feed and paged categories; no number in its addresses.

    /news/2026/03/04/council-asks-again/    /section/news/page/2/    /feed.xml

Its profile has no CSS words. Pages count views and show the newest of the section beside.
"""

from __future__ import annotations

import json
import re

from .paper import NOT_FOUND, Paper, quote, write_feed
from .piece import Piece
from .web import Answer, Validators

PIECE = re.compile(r"/(\w+)/(\d{4}/\d\d/\d\d)/([a-z0-9-]+)/")
LIST = re.compile(r"/section/(\w+)/(?:page/(\d+)/)?")


class Harbour(Paper):
    """An English paper of a port; see the module."""

    key = "harbour"
    name = "The Harbour Ledger"
    language = "en"
    timezone = "Europe/London"
    sections = (("news", "News"), ("business", "Business"), ("sport", "Sport"))
    validators: Validators = "modified"

    def path(self, piece: Piece, slug: str) -> str:
        """Return /<section>/<date>/<slug>/; slugs are unique."""
        section = self.sections[piece.find_section(self.now)][0]
        return f"/{section}/{self.local(piece.at):%Y/%m/%d}/{slug}/"

    def find(self, path: str) -> Piece | None:
        """Find by date and slug, an old one too."""
        match = PIECE.fullmatch(path)
        if match is None:
            return None
        for piece in self.pieces:
            if f"{self.local(piece.at):%Y/%m/%d}" == match[2] and match[3] in (
                piece.slug,
                piece.find_slug(self.now),
            ):
                return piece
        return None

    def write_list(self, path: str) -> Answer | None:
        """Front page, sections, feed."""
        if path == "/":
            lead, rest = self.list_pieces()[:1], self.list_pieces()[1:24]
            return Answer(self._frame("Home", self._cards(lead, "h2") + self._cards(rest, "h3")))
        if path == "/feed.xml":
            return write_feed(self, self.list_pieces()[:15])
        if match := LIST.fullmatch(path):
            slugs = [slug for slug, _ in self.sections]
            if match[1] not in slugs:
                return None
            number, page = slugs.index(match[1]), int(match[2] or 1)
            shown, more = self.turn(self.list_pieces(number), page)
            older = f"/section/{match[1]}/page/{page + 1}/"
            turn = f'<a class="older" rel="next" href="{older}">Older stories</a>' if more else ""
            name = self.sections[number][1]
            return Answer(self._frame(name, f"<h1>{name}</h1>{self._cards(shown, 'h3')}{turn}"))
        return None

    def write_gone(self) -> str:
        """The frame with a notice and the newest stories."""
        newest = self._cards(self.list_pieces()[:5], "h4")
        return self._frame(NOT_FOUND["en"], f"<h1>{NOT_FOUND['en']}</h1>{newest}")

    def write_piece(self, piece: Piece) -> str:
        """The page of a piece."""
        words, at = piece.say(self.now), self.local(piece.find_date(self.now))
        author, (name, caption) = piece.find_author(self.now), piece.find_picture(self.now)
        half = len(words.paragraphs) // 2
        texts = "".join(
            f"<p>{quote(text)}</p>"
            + ('<div class="promo">Sign up to our briefing</div>' if n == half else "")
            for n, text in enumerate(words.paragraphs)
        )
        beside = "".join(
            f'<li><a href="{self.url(p)}">{quote(p.say(self.now).title)}</a></li>'
            for p in self.list_beside(piece)
        )
        about = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": words.title,
            "description": words.lead,
            "datePublished": at.isoformat(timespec="seconds"),
            "dateModified": self.local(piece.find_change(self.now)).isoformat(timespec="seconds"),
            "author": [{"@type": "Person", "name": author}],
        }
        head = (
            f'<meta property="og:title" content="{quote(words.title)}">'
            f'<meta name="description" content="{quote(words.lead)}">'
            f'<script type="application/ld+json">{json.dumps(about)}</script>'
        )
        picture = (
            f'<figure><img src="/media/{name}.jpg" alt=""><figcaption>{quote(caption or "")}'
            "</figcaption></figure>"
            if name
            else ""
        )
        inner = (
            f"<article><header><h1>{quote(words.title)}</h1>"
            f'<p class="standfirst">{quote(words.lead)}</p><div class="by">By {quote(author)}'
            f"<time>{at:%d %B %Y, %H:%M}</time> <span>@VIEWS@ views</span></div></header>{picture}"
            f'<div class="copy">{texts}</div></article>'
            f'<section class="more"><h2>More from this section</h2><ul>{beside}</ul></section>'
        )
        return self._frame(words.title, inner, head)

    def profile(self) -> str:
        """Where its lists are, and no more."""
        lists = json.dumps([f"/section/{slug}/" for slug, _ in self.sections])
        return (
            f'title = "{self.name}"\nhome = "{self.base}/"\nlanguage = "en"\n'
            f'timezone = "{self.timezone}"\n\n[walk]\ncategories = {lists}\n'
            'feeds = ["/feed.xml"]\npager = "next-link"\n\n[manners]\ndelay = 0.0\n'
        )

    def _cards(self, pieces: list[Piece], level: str) -> str:
        return "".join(
            f'<div class="card"><{level}><a href="{self.url(p)}">{quote(p.say(self.now).title)}</a>'
            f"</{level}><p>{quote(p.say(self.now).lead)}</p></div>"
            for p in pieces
        )

    def _frame(self, title: str, inner: str, head: str = "") -> str:
        menu = "".join(f'<a href="/section/{slug}/">{name}</a> ' for slug, name in self.sections)
        return (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
            f"<title>{quote(title)} | "
            f'{self.name}</title>{head}</head><body><div id="top">{menu}</div>{inner}'
            f'<div class="foot">{self.name} · Terms · <a href="/about/">About us</a></div>'
            "</body></html>"
        )
