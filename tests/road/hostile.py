"""A paper among whose true articles stand bombs and traps: what a hostile or broken site sends.

Every page of the paper gets the links of the chosen dangers; their addresses look like the
paper's own articles or categories, since others are not asked for anyway.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache

from tests.gazette.around import Around
from tests.gazette.paper import Answer, redirect
from tests.gazette.plain import PlainPaper
from tests.read.bombs import BOMBS

PREFIX = "/thoi-su/2026/01/"
MIB = 2**20
ENTRIES = {
    "redirect-category": "/chuyen-muc-1",
    "calendar-category": "/lich-viec-1",
    "relative": "/kho/",
    "soup": "/loc?sort=a",
    "tags": "/the-1",
    "search": "/tim?q=tin",
    "last-page": "/cu?page=1",
    "same-page": "/mai",
}
"""Where the traps that look like lists begin."""


@cache
def make_gzip_bomb(mebibytes: int = 900) -> bytes:
    """Return a gzip file of under 1 MB that holds so many MiB of zeros (RFC 1952).

    One block is repeated: a full flush ends on a byte and forgets what was before.
    """
    block = bytes(16 * MIB)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    number = mebibytes // 16
    crc = 0
    for _ in range(number):
        crc = zlib.crc32(block, crc)
    tail = crc.to_bytes(4, "little") + (number * len(block) % 2**32).to_bytes(4, "little")
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    return head + packed * number + b"\x03\x00" + tail


class HostilePaper(Around[PlainPaper]):
    """A plain paper with dangers, by name; ``asked`` counts the requests for each."""

    def __init__(self, paper: PlainPaper, dangers: Iterable[str]) -> None:
        super().__init__(paper)
        self.dangers = frozenset(dangers)
        self.asked: dict[str, int] = {}
        self.count = 0
        self.routes: dict[str, tuple[str, Callable[[re.Match[str]], Answer | None]]] = {
            "gzip": (PREFIX + r"bom-gzip-(\d+)\.html", self.answer_gzip),
            "attributes": (PREFIX + r"bom-thuoc-tinh-(\d+)\.html", self.answer_attributes),
            "paragraphs": (PREFIX + r"bom-doan-(\d+)\.html", self.answer_paragraphs),
            "huge": (PREFIX + r"bom-lon-(\d+)\.html", self.answer_huge),
            "surrogate": (PREFIX + r"bom-chu-(\d+)\.html", self.answer_surrogate),
            "redirect-article": (PREFIX + r"chuyen-(\d+)\.html", self.answer_redirect),
            "redirect-category": (r"/chuyen-muc-(\d+)", self.answer_moving_category),
            "calendar": (PREFIX + r"lich-ngay-(\d+)\.html", self.answer_calendar),
            "calendar-category": (r"/lich-[a-z]+-(\d+)", self.answer_day),
            "relative": (r"(/(?:kho/)+)", self.answer_relative),
            "soup": (r"/loc\?(.*)", self.answer_soup),
            "session": (r"(/[^?]*)\?(?:.*&)?sid=\w+.*", self.answer_session),
            "session-path": (r"/\(S\(\w+\)\)(/.*)", self.answer_session),
            "soft-404": (PREFIX + r"khong-thay-([0-9a-f]+)-94\d+\.html", self.answer_soft),
            "comments": (r"(/.+-(\d+)\.html)\?binh-luan=(\d+)", self.answer_comments),
            "counter": (PREFIX + r"dem-95(\d+)\.html\?lan=(\d+)", self.answer_counter),
            "refresh": (PREFIX + r"lam-moi-96(\d+)\.html", self.answer_refresh),
            "parsers": (PREFIX + r"bom-may-(\d+)-98\d\d\d\d\.html", self.answer_parser),
            "tags": (r"/the-([0-9a-f]+)", self.answer_tag),
            "search": (r"/tim\?q=(\w+)", self.answer_search),
            "last-page": (r"/cu\?page=(\d+)", self.answer_last),
            "same-page": (r"/mai(?:\?page=(\d+))?", self.answer_same),
            "print": (r"/in-bai(/.+\.html)", self.answer_session),
            "amp": (r"(/.+\.html)\?amp=1", self.answer_session),
            "capitals": (r"(/[A-Z].*)", self.answer_capitals),
            "slash": (r"(/.+\.html)/", self.answer_session),
        }

    def answer(self, target: str) -> Answer | None:
        """Answer as a danger does, else as the paper does with the dangers' links added."""
        self.count += 1
        for name in self.dangers & self.routes.keys():
            rule, route = self.routes[name]
            if match := re.fullmatch(rule, target):
                self.asked[name] = self.asked.get(name, 0) + 1
                return route(match)
        found = self.paper.answer(target)
        if found is None or not found.type.startswith("text/html") or found.status != 200:
            return found
        return replace(found, body=self._add_links(found.body), modified=None)

    def _add_links(self, body: bytes) -> bytes:
        text = body.decode()
        if "session" in self.dangers:
            number = self.count
            text = re.sub(
                r'href="(/[^"?]+\.html)"',
                lambda m: f'href="{m[1]}?sid={number * 7919:x}"',
                text,
            )
        text = self._add_twins(text)
        links = "".join(
            f'<li><h2><a href="{url}">Tin {url}</a></h2></li>' for url in self.entries()
        )
        return text.replace("</main>", f"<ol>{links}</ol></main>").encode()

    def _add_twins(self, text: str) -> str:
        """Give every article's link its other addresses, as the dangers have them."""
        session = f"/(S({self.count * 7919:024x}))"
        twins: dict[str, Callable[[str], str]] = {
            "session-path": lambda url: session + url,
            "comments": lambda url: f"{url}?binh-luan=1",
            "print": lambda url: f"/in-bai{url}",
            "amp": lambda url: f"{url}?amp=1",
            "capitals": lambda url: url.upper(),
            "slash": lambda url: f"{url}/",
        }
        active = [twins[name] for name in sorted(self.dangers & twins.keys())]

        def add(match: re.Match[str]) -> str:
            return match[0] + "".join(f'<a href="{twin(match[1])}">Tin</a>' for twin in active)

        return re.sub(r'<a href="(/[^"?(]+-\d+\.html)">[^<]*</a>', add, text)

    def entries(self) -> list[str]:
        """Return the addresses by which one gets into each danger."""
        ways = {
            "gzip": PREFIX + "bom-gzip-900001.html",
            "attributes": PREFIX + "bom-thuoc-tinh-900002.html",
            "paragraphs": PREFIX + "bom-doan-900003.html",
            "huge": PREFIX + "bom-lon-900004.html",
            "surrogate": PREFIX + "bom-chu-900006.html",
            "redirect-article": PREFIX + "chuyen-910000.html",
            "calendar": PREFIX + "lich-ngay-920000.html",
            "soft-404": PREFIX + f"khong-thay-{self.count * 7919:010x}-940000.html",
            "counter": PREFIX + "dem-950000.html?lan=1",
            "refresh": PREFIX + "lam-moi-960000.html",
            **ENTRIES,
        }
        urls = [ways[name] for name in sorted(self.dangers & ways.keys())]
        if "parsers" in self.dangers:
            urls += [f"{PREFIX}bom-may-{n}-98{n:04}.html" for n in range(len(BOMBS))]
        return urls

    def answer_parser(self, match: re.Match[str]) -> Answer:
        """One of the pages that are made to stop a reader."""
        bomb = list(BOMBS.values())[int(match[1])](1.0)
        fields = tuple((k, v) for k, v in bomb.headers if k.lower() != "content-type")
        return Answer(bomb.payload, headers=fields, coded=True)

    def answer_gzip(self, _: re.Match[str]) -> Answer:
        """917 KB that are 900 MiB."""
        fields = (("Content-Encoding", "gzip"),)
        return Answer(make_gzip_bomb(), headers=fields, coded=True)

    def answer_attributes(self, _: re.Match[str]) -> Answer:
        """One tag with 40,000 attributes: lxml takes 22 s."""
        words = " ".join(f'thuoc{n}="{n}"' for n in range(40_000))
        return page(f"<div {words}>Đoạn văn trong bom.</div>")

    def answer_paragraphs(self, _: re.Match[str]) -> Answer:
        """100,000 paragraphs: trafilatura takes more than 25 s."""
        return page("".join(f"<p>Đoạn thứ {n} của trang dài.</p>" for n in range(100_000)))

    def answer_huge(self, _: re.Match[str]) -> Answer:
        """50 MB of text."""
        line = "<p>Trang này không có hồi kết.</p>\n".encode()
        return Answer(b"<html><body>" + line * (50_000_000 // len(line)), coded=True)

    def answer_surrogate(self, _: re.Match[str]) -> Answer:
        """Half characters, NUL and other impossible text, in JSON-LD and in the page."""
        text = '{"@type":"NewsArticle","headline":"Tin \\ud800 x","articleBody":"\\udfff \\u0000"}'
        body = f'<script type="application/ld+json">{text}</script><h1>Tin &#xD800; &#0; x</h1>'
        return page(body + "<p>Một đoạn văn có đủ chữ để được coi là bài báo, \x00 và hơn.</p>" * 5)

    def answer_redirect(self, match: re.Match[str]) -> Answer:
        """Another address that looks like an article, for ever."""
        return redirect(f"{self.base}{PREFIX}chuyen-{int(match[1]) + 1}.html", 302)

    def answer_moving_category(self, match: re.Match[str]) -> Answer:
        """Another address that looks like a category, for ever."""
        return redirect(f"{self.base}/chuyen-muc-{int(match[1]) + 1}", 302)

    def answer_calendar(self, match: re.Match[str]) -> Answer:
        """A day without news, which links to the days around it."""
        day = int(match[1])
        links = [f'<a href="{PREFIX}lich-ngay-{n}.html">{n}</a>' for n in (day + 1, day + 2)]
        listed = f"<ul><li>{'</li><li>'.join(links)}</li></ul>"
        return page(
            f"<h1>Lịch</h1><aside class='tin-lien-quan'><h2>Tin liên quan</h2>{listed}</aside>"
        )

    def answer_day(self, match: re.Match[str]) -> Answer:
        """The same, with addresses that look like categories."""
        day = int(match[1])
        links = [f'<a href="/lich-viec-{n}">{n}</a>' for n in (day + 1, day + 2)]
        return page(f"<h1>Lịch</h1><nav>{' '.join(links)}</nav>")

    def answer_relative(self, match: re.Match[str]) -> Answer:
        """A relative link without a leading slash: one segment more each time."""
        where = match[1]
        name = f"{PREFIX[1:]}tin-lac-duong-930000.html"
        return page(f'<h1>{where}</h1><ul><li><a href="kho/">Kho</a> <a href="{name}">Tin</a></ul>')

    def answer_soup(self, match: re.Match[str]) -> Answer:
        """A list that can be sorted and filtered in endless ways."""
        asked = match[1]
        keys = [f"{name}={value}" for name in ("sort", "loc", "trang", "xem") for value in "abc"]
        links = "".join(f'<li><a href="/loc?{asked}&amp;{key}">{key}</a></li>' for key in keys)
        return page(f"<h1>Lọc</h1><ul>{links}</ul>")

    def answer_session(self, match: re.Match[str]) -> Answer | None:
        """The page itself, whose links have a session of their own."""
        return self.answer(match[1])

    def answer_soft(self, match: re.Match[str]) -> Answer:
        """ "Not found" with status 200, and fresh links of its kind in the box of related news."""
        first, count = int(match[1], 16) * 31, self.count
        urls = [f"{PREFIX}khong-thay-{first + n:x}-94{count}{n}.html" for n in range(5)]
        links = "".join(f'<li><a href="{url}">Tin khác</a></li>' for url in urls)
        box = f'<aside class="tin-lien-quan"><h2>Tin liên quan</h2><ul>{links}</ul></aside>'
        return page(f"<h1>Không tìm thấy trang</h1><p>Địa chỉ này không có bài.</p>{box}")

    def answer_comments(self, match: re.Match[str]) -> Answer | None:
        """The article again, with another page of comments and a link to the next."""
        found = self.answer(match[1])
        if found is None:
            return None
        number = int(match[3]) + 1
        link = f'<p>Bình luận {number}</p><a href="{match[1]}?binh-luan={number}">Xem thêm</a>'
        return replace(found, body=found.body.replace(b"</main>", f"{link}</main>".encode()))

    def answer_counter(self, match: re.Match[str]) -> Answer:
        """The same address with a counter one higher."""
        return redirect(f"{self.base}{PREFIX}dem-95{match[1]}.html?lan={int(match[2]) + 1}", 302)

    def answer_refresh(self, match: re.Match[str]) -> Answer:
        """A page that sends browsers on by a meta refresh, for ever."""
        target = f"{PREFIX}lam-moi-96{int(match[1]) + 1:04}.html"
        return page(f'<meta http-equiv="refresh" content="0;url={target}"><h1>Xin chờ</h1>')

    def answer_tag(self, match: re.Match[str]) -> Answer:
        """A cloud of tags, each with a cloud of its own, and a few true articles."""
        number = int(match[1], 16)
        links = "".join(f'<a href="/the-{number * 7 + n:x}">thẻ {n}</a> ' for n in range(7))
        return page(f"<h1>Thẻ {number}</h1><nav>{links}</nav>{self._list_some()}")

    def answer_search(self, match: re.Match[str]) -> Answer:
        """Results of a search, with searches that others made."""
        links = "".join(f'<a href="/tim?q={match[1]}{c}">{match[1]}{c}</a> ' for c in "abc")
        return page(f"<h1>Tìm: {match[1]}</h1><nav>{links}</nav>{self._list_some()}")

    def answer_last(self, match: re.Match[str]) -> Answer:
        """A pager without an end: behind the last page comes the last page again."""
        return self._paged("/cu", int(match[1]))

    def answer_same(self, match: re.Match[str]) -> Answer:
        """A pager whose every page is the first, byte for byte but for the link to the next."""
        return self._paged("/mai", int(match[1] or 1))

    def _paged(self, path: str, number: int) -> Answer:
        following = f'<a rel="next" href="{path}?page={number + 1}">Trang sau</a>'
        return page(f"<h1>Tin cũ</h1>{self._list_some()}<nav>{following}</nav>")

    def _list_some(self) -> str:
        room = self.paper.newsroom
        paths = [self.paper.path(one) for one in self.paper.show(room.visible()[-4:])]
        return "<ul>" + "".join(f'<li><a href="{path}">Tin</a></li>' for path in paths) + "</ul>"

    def answer_capitals(self, match: re.Match[str]) -> Answer | None:
        """The page, whatever the case of its address: as servers on Windows do."""
        return self.answer(match[1].lower())


def page(body: str) -> Answer:
    """Return a page of the paper around a body."""
    return Answer(
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tin</title></head>'
        f"<body><main>{body}</main></body></html>".encode("utf-8", "surrogatepass")
    )
