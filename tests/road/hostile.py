"""A paper among whose true articles stand bombs and traps: what a hostile or broken site sends.

Every page of the paper gets the links of the chosen dangers; their addresses look like the
paper's own articles or categories, since others are not asked for anyway.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache

from tests.gazette.paper import Answer, redirect
from tests.gazette.plain import PlainPaper

PREFIX = "/thoi-su/2026/01/"
MIB = 2**20


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


class HostilePaper:
    """A plain paper with dangers, by name; ``asked`` counts the requests for each."""

    def __init__(self, paper: PlainPaper, dangers: Iterable[str]) -> None:
        self.paper = paper
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
        }

    @property
    def base(self) -> str:
        """The paper's own address."""
        return self.paper.base

    @base.setter
    def base(self, value: str) -> None:
        self.paper.base = value

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.paper.now()

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
        links = "".join(
            f'<li><h2><a href="{url}">Tin {url}</a></h2></li>' for url in self.entries()
        )
        return text.replace("</main>", f"<ol>{links}</ol></main>").encode()

    def entries(self) -> list[str]:
        """Return the addresses by which one gets into each danger."""
        ways = {
            "gzip": PREFIX + "bom-gzip-900001.html",
            "attributes": PREFIX + "bom-thuoc-tinh-900002.html",
            "paragraphs": PREFIX + "bom-doan-900003.html",
            "huge": PREFIX + "bom-lon-900004.html",
            "surrogate": PREFIX + "bom-chu-900006.html",
            "redirect-article": PREFIX + "chuyen-910000.html",
            "redirect-category": "/chuyen-muc-1",
            "calendar": PREFIX + "lich-ngay-920000.html",
            "calendar-category": "/lich-viec-1",
            "relative": "/kho/",
            "soup": "/loc?sort=a",
        }
        return [ways[name] for name in sorted(self.dangers & ways.keys())]

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


def page(body: str) -> Answer:
    """Return a page of the paper around a body."""
    return Answer(
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Tin</title></head>'
        f"<body><main>{body}</main></body></html>".encode("utf-8", "surrogatepass")
    )
