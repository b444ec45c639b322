"""A fictional Indonesian paper that cuts its articles into pages, in any of the usual ways.

    /berita/4100N/<slug>.html        page 1; N at ?page=N, ?hlm=N, /N, /page/N/, -N.html ...
    /                                all articles, those of ``announced`` by page 2
    /terbaru                         the same

Every page repeats headline, date, byline, picture and the box of related articles; ``pager`` says
how pages are named: "numbers", "next" (the word alone), "window" (1, this one's neighbours, last),
"rel" (link rel=next alone), "whole" (numbers and "Tampilkan semua" at ?page=all).
``noise`` adds what looks like a pager and is none: of comments, of a gallery, of other articles.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from .paper import Answer

Form = Callable[[str, int], str]
FORMS: dict[str, Form] = {
    "query": lambda path, n: f"{path}?page={n}",
    "own word": lambda path, n: f"{path}?hlm={n}",
    "segment": lambda path, n: f"{path}/{n}",
    "page segment": lambda path, n: f"{path.removesuffix('.html')}/page/{n}/",
    "dash": lambda path, n: f"{path.removesuffix('.html')}-{n}.html",
    "underscore": lambda path, n: f"{path.removesuffix('.html')}_{n}.html",
    "comma": lambda path, n: f"{path.removesuffix('.html')},{n}.html",
    "halaman": lambda path, n: f"{path}/halaman/{n}",
}
SUBJECTS = (
    *("Jembatan gantung dibangun kembali", "Kopi lereng timur dilelang", "Perahu dayung tua"),
    *("Sekolah malam dibuka di balai", "Pasar ikan pindah ke dermaga", "Hutan bakau ditanami"),
)
PLACES = ("Muara Senja", "Tanjung Rawi", "Bukit Lantera", "Sungai Awan", "Pulau Kerani")
SAID = (
    "Warga {p} berkumpul sejak pagi untuk menyaksikan pekerjaan yang sudah ditunggu {n} bulan.",
    "Kepala dusun menghitung ada {n} keluarga yang akan memakai tempat ini setiap hari.",
    "Biaya sebesar {n} juta rupiah dikumpulkan dari iuran nelayan dan bantuan perantau di {p}.",
    "Menurut seorang guru, anak-anak dari {p} tidak perlu lagi berjalan {n} kilometer.",
    "Pekerjaan berikutnya dimulai {n} hari lagi, setelah air sungai di {p} turun.",
    "Seorang pedagang berkata bahwa pembeli dari {p} bertambah {n} orang dalam sepekan.",
)


@dataclass
class Piece:
    """An article: its pages are lists of paragraphs."""

    number: int
    title: str
    at: datetime
    pages: list[list[str]] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The address of page 1."""
        slug = self.title.lower().replace(" ", "-")
        return f"/berita/{self.number}/{slug}.html"

    @property
    def text(self) -> str:
        """The text of all pages."""
        return "\n".join(line for page in self.pages for line in page)


class TurnedPaper:
    """Article N has N % 4 further pages, 0 to 3."""

    def __init__(
        self, form: str = "query", *, pager: str = "numbers", articles: int = 8, noise: bool = False
    ) -> None:
        self.base = "http://paper.test"
        self.form, self.pager, self.noise = FORMS[form], pager, noise
        self.at = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
        self.pieces = [self._make(number) for number in range(articles)]
        self.announced: set[int] = set()  # articles that lists name by their page 2
        self.stalled = ""  # the path at which the server waits
        self.reached, self.released = threading.Event(), threading.Event()

    def _make(self, number: int) -> Piece:
        title = f"{SUBJECTS[number % len(SUBJECTS)]} di {PLACES[number % len(PLACES)]} {number}"
        pages = [
            [self._say(number, page, line) for line in range(4)] for page in range(1 + number % 4)
        ]
        return Piece(41000 + number * 7, title, self.at - timedelta(hours=number), pages)

    def _say(self, number: int, page: int, line: int) -> str:
        form, more = SAID[(number + page + line) % 6], SAID[(number + page * 2 + line + 3) % 6]
        count = 11 + number * 31 + page * 7 + line
        place = PLACES[(number + line) % 5]
        return f"{form.format(p=place, n=count)} {more.format(p=place, n=count + 100)}"

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.at

    def profile(self) -> str:
        """What `khobao new` would find out, and no more."""
        return (
            f'title = "Kabar Lantera"\nhome = "{self.base}/"\nlanguage = "id"\n'
            'timezone = "Asia/Jakarta"\n[walk]\ncategories = ["/terbaru"]\n'
            "article = ['/berita/(?P<id>\\d+)/']\n[read]\nrelated = \".lain\"\n"
            "[manners]\ndelay = 0.0\n"
        )

    def pages(self) -> int:
        """How many pages all articles have."""
        return sum(len(piece.pages) for piece in self.pieces)

    def answer(self, target: str) -> Answer | None:
        """Return the answer to a path with its query; None for 404."""
        if target == self.stalled:
            self.reached.set()
            self.released.wait(60)
        path = urlsplit(target).path
        if path in ("/", "/terbaru"):
            return self._wrap("Terbaru", f"<h2>Berita terbaru</h2>{self._list()}")
        for piece in self.pieces:
            for number in range(1, len(piece.pages) + 1):
                if target == (piece.path if number == 1 else self.form(piece.path, number)):
                    return self._show(piece, number)
            if target == f"{piece.path}?page=all" and self.pager == "whole":
                return self._show(piece, 0)
            if path == piece.path and set(parse_qs(urlsplit(target).query)) & {"kom", "foto"}:
                return self._show(piece, 1)
        return None

    def _list(self) -> str:
        shown = []
        for piece in self.pieces:
            path = self.form(piece.path, 2) if piece.number in self.announced else piece.path
            shown.append(f'<div class="item"><a href="{path}">{piece.title}</a></div>')
        return "".join(shown)

    def _show(self, piece: Piece, number: int) -> Answer:
        page = piece.pages[number - 1] if number else [x for one in piece.pages for x in one]
        lines = "".join(f"<p>{line}</p>" for line in page)
        others = [one for one in self.pieces if one is not piece][:3]
        related = "".join(f'<li><a href="{one.path}">{one.title}</a></li>' for one in others)
        head = f'<link rel="canonical" href="{self.base}{piece.path}">'
        if self.pager == "rel" and 0 < number < len(piece.pages):
            head += f'<link rel="next" href="{self.form(piece.path, number + 1)}">'
        return self._wrap(
            piece.title,
            f'<h1>{piece.title}</h1><div class="info">Rina Laras - {piece.at:%d/%m/%Y %H:%M} WIB'
            f'</div><figure><img src="/g/{piece.number}.jpg" alt=""><figcaption>Suasana di lapangan'
            f"</figcaption></figure><div class='isi'>{lines}</div>{self._turn(piece, number)}"
            f"{self._make_noise(piece) if self.noise else ''}"
            f'<div class="lain"><b>Berita terkait</b><ul>{related}</ul></div>',
            head,
        )

    def _turn(self, piece: Piece, number: int) -> str:
        count = len(piece.pages)
        if count < 2 or number == 0 or self.pager == "rel":
            return ""
        shown = range(1, count + 1)
        if self.pager == "window":
            shown = [n for n in shown if n in (1, number - 1, number, number + 1, count)]
        if self.pager == "next":
            shown = range(0)
        links = "".join(
            f"<b>{n}</b> " if n == number else f'<a href="{self._address(piece, n)}">{n}</a> '
            for n in shown
        )
        if number < count:
            links += f'<a href="{self._address(piece, number + 1)}">Selanjutnya</a>'
        if self.pager == "whole":
            links += f'<a href="{piece.path}?page=all">Tampilkan semua</a>'
        return f'<div class="hal">Halaman: {links}</div>'

    def _address(self, piece: Piece, number: int) -> str:
        return piece.path if number == 1 else self.form(piece.path, number)

    def _make_noise(self, piece: Piece) -> str:
        others = [one for one in self.pieces if one is not piece]
        return (
            f'<div class="komentar"><a href="{piece.path}?kom=2">2</a> '
            f'<a href="{piece.path}?kom=3">3</a></div>'
            f'<div class="galeri">1/3 <a href="{piece.path}?foto=2">Berikutnya</a></div>'
            f'<a href="{others[0].path}">Selanjutnya</a> <a href="{others[1].path}">2</a>'
        )

    def _wrap(self, title: str, main: str, head: str = "") -> Answer:
        return Answer(
            f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title} | Kabar '
            f'Lantera</title>{head}</head><body><div class="menu"><a href="/terbaru">Terbaru</a>'
            f'</div><div class="utama">{main}</div><div class="kaki">Kabar Lantera</div></body>'
            "</html>".encode()
        )
