"""Held out: an Indonesian portal whose lists load on by a cursor in JSON, with a JSON Feed.

    /berita/d-340001/koperasi-tani            article      /kanal/ekonomi       category
    /api/v1/berita?kanal=ekonomi&cursor=Mzg   {"data": {"items": [...], "next_cursor": ...}}
    /foto/d-340002/...  /tag/jalan-desa  /penulis/12  /indeks   look-alikes
    /feed.json

"ADVERTISEMENT" and "Baca juga" stand between paragraphs; dates as "Senin, 02 Feb 2026 14:05 WIB".
"""

from __future__ import annotations

import base64
import json

from tests.gazette.paper import dump
from tests.gazette.prose import slugify, write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = ("Jan", "Feb", "Mar")


class Rimba(Stranger):
    """KabarRimba."""

    key = "rimba"
    language = "id"
    house = "KabarRimba"
    text_css = 'class="itp_bodycontent x1"'

    def place(self, story: Story) -> str:
        return f"/berita/d-{story.id}/{self.slug(story)}"

    def section_path(self, section: Section) -> str:
        return f"/kanal/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        if start == 0:
            return self.section_path(section)
        cursor = base64.urlsafe_b64encode(f"o{start:04}x".encode()).decode()
        return f"/api/v1/berita?kanal={section.slug}&cursor={cursor}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/feed.json": self._feed,
            "/indeks": self._index,
            "/redaksi": lambda: self._about("Redaksi"),
            "/pedoman-media-siber": lambda: self._about("Pedoman Media Siber"),
        }
        for story in self.show(self.newsroom.visible()):
            pages[self._photo_path(story)] = lambda one=story: self._photos(one)
            pages[f"/penulis/{story.id % 40}"] = lambda one=story: self._collect(one.authors[0])
            for tag in story.tags:
                pages[f"/tag/{slugify(tag)}"] = lambda one=tag: self._collect(one)
        return pages

    def _photo_path(self, story: Story) -> str:
        return f"/foto/d-{story.id + 1}/{self.slug(story)}"

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:12])
        photos = "".join(
            f'<div class="ph"><a href="{self._photo_path(one)}">Foto: {quote(one.title)}</a></div>'
            for one in shown[:6]
        )
        return self._page(self.name, self._cards(shown) + photos)

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        url, stories = self.following(section, start), self.listed(self.show(ids))
        if start:
            items = [{"id": s.id, "judul": s.title, "url": self.url(s), "tgl": write_instant(s.published)}
                     for s in stories]  # fmt: skip
            cursor = url.partition("cursor=")[2] if url else None
            return dump({"status": 200, "data": {"items": items, "next_cursor": cursor}})
        loader = f'<div id="muat" data-api="{quote(url)}" data-cursor="1"></div>' if url else ""
        head = f'<h2 class="kn">{quote(section.name)}</h2>'
        return self._page(section.name, head + self._cards(stories) + loader)

    def _cards(self, stories: list[Story]) -> str:
        return "".join(
            f'<article class="ls"><a href="{self.path(one)}" dtr-id="{one.id}"><img src="/images/i{one.id}.png">'
            f'<h3 class="tt">{quote(one.title)}</h3></a><p>{quote(one.lead)}</p>'
            f"<span>{one.id % 50 + 2} menit yang lalu</span></article>\n"
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{DAYS[at.weekday()]}, {at:%d} {MONTHS[at.month - 1]} {at.year} {at:%H:%M} WIB"
        text = f"<p><strong>Rimbaraya</strong> - {quote(story.lead)}</p>"
        for number, words in enumerate(story.paragraphs):
            tag = "h3" if number in story.subheads else "p"
            text += f"<{tag}>{quote(words)}</{tag}>"
            if number == 0:
                text += '<p class="ads">ADVERTISEMENT</p><p class="ads">SCROLL TO CONTINUE WITH CONTENT</p>'
            if number == 1:
                for one in self.show(self.newsroom.earlier(story.id, 2)[1:]):
                    text += f'<table class="lx"><tr><td><b>Baca juga:</b> <a href="{self.path(one)}">{quote(one.title)}</a></td></tr></table>'
            for one in story.images:
                if one.after == number:
                    text += f'<table><tr><td><img src="{one.path}"></td></tr><tr><td class="cp">{quote(self.legend(one))}</td></tr></table>'
        tags = " ".join(f'<a href="/tag/{slugify(t)}">{quote(t)}</a>' for t in story.tags)
        related = self.show(story.related)
        more = f"<h4>{self.labels['related']}</h4>{self._cards(related)}" if related else ""
        main = f"""<article class="dt"><h1 class="dt-t">{quote(story.title)}</h1>
<div class="dt-a">{quote(story.authors[0])} - {self.name}</div>{self.dated(f'<div class="dt-d">{shown}</div>')}
<div class="sh">Bagikan</div><div class="itp_bodycontent x1">{text}</div><div class="tg">{tags}</div></article>{more}"""
        return self._page(story.title, main)

    def _page(self, title: str, main: str) -> Answer:
        menu = "".join(
            f'<a href="{self.base}{self.section_path(one)}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        return html(f"""<!DOCTYPE html><html lang="id-ID"><head><meta charset="utf-8">
<title>{quote(title)}</title>
<link rel="alternate" type="application/feed+json" href="/feed.json"></head><body>
<div class="hd"><a href="/">{self.name}</a></div><div class="nv">{menu}<a href="/indeks">Indeks</a></div>
{main}<div class="ft"><a href="/redaksi">Redaksi</a> <a href="/pedoman-media-siber">Pedoman</a></div>
</body></html>""")

    def _feed(self) -> Answer:
        items = [
            {
                "id": str(s.id),
                "url": self.url(s),
                "title": s.title,
                "date_published": write_instant(s.published),
            }
            for s in self.show(self.newsroom.visible()[:8])
        ]
        data = {"version": "https://jsonfeed.org/version/1.1", "title": self.name, "items": items}
        return Answer(json.dumps(data, ensure_ascii=False).encode(), "application/feed+json")

    def _index(self) -> Answer:
        return self._page(
            "Indeks", f"<h2>Indeks</h2>{self._cards(self.show(self.newsroom.visible()[:10]))}"
        )

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page(title, f"<h1>{title}</h1>{words}")

    def _collect(self, title: str) -> Answer:
        shown = self._cards(self.show(self.newsroom.visible()[:9]))
        return self._page(title, f"<h1>{quote(title)}</h1>{shown}")

    def _photos(self, story: Story) -> Answer:
        shots = "".join(
            f'<figure><img src="/images/f{story.id}-{n}.png"></figure>' for n in range(7)
        )
        return self._page(story.title, f'<h1 class="dt-t">Foto: {quote(story.title)}</h1>{shots}')
