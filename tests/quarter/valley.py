"""Kabar Lembah: a feed and one paged index, dates in words; its addresses change in mid-quarter.

    /baca.php?id=1402    /indeks.php?hal=2    /rss.php      and after `rebuilt`, with 301 from the
    old ones: /artikel/1402/air-bersih-di-lembah

Tables for layout, no metadata at all, an advertisement in the text that is another each time.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from .paper import NOT_FOUND, Paper, quote, write_feed
from .piece import Piece
from .web import Answer

OLD = re.compile(r"/baca\.php\?id=(\d+)")
NEW = re.compile(r"/artikel/(\d+)/[a-z0-9-]+")
LIST = re.compile(r"/indeks\.php(?:\?hal=(\d+))?")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September"),
    *("Oktober", "November", "Desember"),
)


class Valley(Paper):
    """An Indonesian paper of a valley; see the module."""

    key = "lembah"
    name = "Kabar Lembah"
    language = "id"
    timezone = "Asia/Jakarta"
    sections = (("umum", "Umum"), ("niaga", "Niaga"))
    per_page = 15

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self.rebuilt: datetime | None = None

    @property
    def is_new(self) -> bool:
        """Whether the new addresses are out."""
        return self.rebuilt is not None and self.rebuilt <= self.now

    def path(self, piece: Piece, slug: str) -> str:
        """Return the address of the day."""
        if self.is_new:
            return f"/artikel/{piece.number}/{slug}"
        return f"/baca.php?id={piece.number}"

    def find(self, path: str) -> Piece | None:
        """Find by number, old addresses too."""
        match = OLD.fullmatch(path) or (NEW.fullmatch(path) if self.is_new else None)
        if match is None:
            return None
        return next((p for p in self.pieces if p.number == int(match[1])), None)

    def write_list(self, path: str) -> Answer | None:
        """Front page, index, feed."""
        if path == "/":
            return Answer(self._frame(self.name, self._rows(self.list_pieces()[:10])))
        if path == "/rss.php":
            return write_feed(self, self.list_pieces()[:20])
        if match := LIST.fullmatch(path):
            page = int(match[1] or 1)
            shown, more = self.turn(self.list_pieces(), page)
            turn = f'<a href="/indeks.php?hal={page + 1}">Berikutnya</a>' if more else ""
            return Answer(self._frame("Indeks berita", self._rows(shown) + turn))
        return None

    def write_gone(self) -> str:
        """The frame with a notice."""
        return self._frame("Tidak ditemukan", f"<h2>{NOT_FOUND['id']}</h2>")

    def write_piece(self, piece: Piece) -> str:
        """The page of a piece, in tables."""
        words, at = piece.say(self.now), self.local(piece.find_date(self.now))
        author, (name, caption) = piece.find_author(self.now), piece.find_picture(self.now)
        day = f"{DAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]} {at.year} | {at:%H:%M} WIB"
        texts = [f"<p>{quote(text)}</p>" for text in (words.lead, *words.paragraphs)]
        texts.insert(2, '<div class="iklan"><a href="/iklan/klik?@VIEWS@">Promo @VIEWS@</a></div>')
        told = f'<br><i class="ket">{quote(caption or "")}</i><br>'
        shot = f'<img src="/foto/{name}.jpg">{told}' if name else ""
        beside = "".join(
            f'<br>&raquo; <a href="{self.url(p)}">{quote(p.say(self.now).title)}</a>'
            for p in self.list_beside(piece, 3)
        )
        inner = (
            f'<table width="100%"><tr><td class="isi"><h1>{quote(words.title)}</h1>'
            f'<div class="tanggal">{day}</div>{shot}<div class="teks">{"".join(texts)}</div>'
            f'<div class="penulis">Penulis: {quote(author)}</div></td>'
            f'<td class="samping"><b>Berita terkait</b>{beside}</td></tr></table>'
        )
        return self._frame(words.title, inner)

    def profile(self) -> str:
        """The form of its addresses and where the date stands."""
        base = self.base.replace(".", r"\.")
        forms = [rf"^{base}/baca\.php\?id=(?P<id>\d+)$"]
        if self.is_new:
            forms.append(rf"^{base}/artikel/(?P<id>\d+)/")
        listed = ", ".join(f"'{form}'" for form in forms)
        return (
            f'title = "{self.name}"\nhome = "{self.base}/"\nlanguage = "id"\n'
            f'timezone = "{self.timezone}"\n\n[walk]\ncategories = {json.dumps(["/indeks.php"])}\n'
            f'feeds = ["/rss.php"]\narticle = [{listed}]\npager = "query:hal"\n\n'
            '[manners]\ndelay = 0.0\n\n[read]\ndate = ".tanggal"\nbody = ".teks"\n'
            'strip = [".iklan"]\ncaption = ".ket"\n'
        )

    def _rows(self, pieces: list[Piece]) -> str:
        rows = "".join(
            f"<tr><td>{self.local(p.find_date(self.now)):%d/%m %H:%M}</td><td>"
            f'<a href="{self.url(p)}">'
            f"{quote(p.say(self.now).title)}</a></td></tr>"
            for p in pieces
        )
        return f"<table>{rows}</table>"

    def _frame(self, title: str, inner: str) -> str:
        return (
            f'<html lang="id"><head><meta charset="utf-8"><title>{quote(title)}</title></head>'
            f"<body>"
            f'<div class="atas"><a href="/">Beranda</a> | <a href="/indeks.php">Indeks</a></div>'
            f"{inner}<hr><small>{self.name}, Jalan Sungai 4. Pengunjung: @VIEWS@</small>"
            "</body></html>"
        )
