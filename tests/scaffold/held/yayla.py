"""Held out: a Turkish portal whose lists go on by a JSON of markup, with tickers and galleries.

    /haber/340001/yeni-karacay-sut-kooperatifi                article
    /ekonomi-haberleri                                        category
    /ajax/kategori/3?sayfa=2   {"durum": true, "html": "<div ...", "son": false}
    /foto-galeri/340002/yeni-karacay-.../1 to /6              pictures, a page for each
    /video/340003/...  /son-dakika  /etiket/...  /yazar/...   look-alikes
    /rss  (summaries, the last ten)

A ticker of breaking news is on every page, above the headline; the date in words stands beside
"Güncelleme", the lead is the h2 above the text and again its first bold paragraph.
"""

from __future__ import annotations

from tests.gazette import feed
from tests.gazette.paper import dump
from tests.gazette.prose import slugify, toss

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

MONTHS = ("Ocak", "Şubat", "Mart")


def write_plain(words: str) -> str:
    """Turkish words as addresses have them."""
    return slugify(words.replace("ı", "i").replace("İ", "i"))


class Yayla(Stranger):
    """Akyayla Postası."""

    key = "yayla"
    language = "tr"
    house = "Akyayla Postası"
    text_css = 'class="haber-metni"'

    def place(self, story: Story) -> str:
        return f"/haber/{story.id}/{write_plain(story.title)}"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}-haberleri"

    def list_path(self, section: Section, start: int) -> str:
        if start == 0:
            return self.section_path(section)
        return f"/ajax/kategori/{section.zone}?sayfa={start // self.size + 1}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rss": self._feed,
            "/son-dakika": lambda: self._collect("Son Dakika"),
            "/kunye": lambda: self._about("Künye"),
            "/iletisim": lambda: self._about("İletişim"),
        }
        for story in self.show(self.newsroom.visible()):
            for number in range(1, 7):
                path = self._gallery_path(story, number)
                pages[path] = lambda one=story, n=number: self._shot(one, n)
            pages[self._video_path(story)] = lambda one=story: self._clip(one)
            for tag in story.tags:
                pages[f"/etiket/{write_plain(tag)}"] = lambda one=tag: self._collect(one)
            for name in story.authors:
                pages[f"/yazar/{write_plain(name)}"] = lambda one=name: self._collect(one)
        return pages

    def _gallery_path(self, story: Story, number: int) -> str:
        return f"/foto-galeri/{story.id + 1}/{write_plain(story.title)}/{number}"

    def _video_path(self, story: Story) -> str:
        return f"/video/{story.id + 2}/{write_plain(story.title)}"

    def _feed(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:10])]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:12])
        strip = "".join(
            f'<div class="gi"><a href="{self._gallery_path(one, 1)}"><img src="/images/g{one.id}.png"><b>{quote(one.title)} (Galeri)</b></a></div>'
            f'<div class="gi"><a href="{self._video_path(one)}"><img src="/images/v{one.id}.png"><b>{quote(one.title)} - Video</b></a></div>'
            for one in shown[:4]
        )
        return self._page(self.name, f'<div class="liste">{self._cards(shown)}</div>{strip}')

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        cards = self._cards(self.show(ids))
        more = self.following(section, start)
        if start:
            return dump({"durum": True, "html": cards, "son": more is None})
        button = (
            f'<button class="daha" data-url="/ajax/kategori/{section.zone}" data-sayfa="2">Daha fazla</button>'
            f'<script>var sonraki = "{more}";</script>'
            if more
            else ""
        )
        head = f'<h1 class="kat">{quote(section.name)} Haberleri</h1>'
        return self._page(section.name, f'{head}<div class="liste">{cards}</div>{button}')

    def _cards(self, stories: list[Story]) -> str:
        return "".join(
            f'<div class="kutu"><a href="{self.path(one)}" title="{quote(one.title)}"><img src="/images/t{one.id}.png" alt="{quote(one.title)}">'
            f'<span class="b">{quote(one.title)}</span></a><span class="o">{quote(one.lead)}</span></div>\n'
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{at.day} {MONTHS[at.month - 1]} {at.year} {at:%H:%M}"
        later = f"{at.day} {MONTHS[at.month - 1]} {at.year} {at.hour + 1:02}:{at:%M}"
        dates = self.dated(f"<span>Giriş: {shown}</span> <span>Güncelleme: {later}</span>")
        names = ", ".join(
            f'<a href="/yazar/{write_plain(one)}">{quote(one)}</a>' for one in story.authors
        )
        related = self.show(story.related)
        more = (
            f'<div class="ilgili"><div class="bas">{self.labels["related"]}</div>{self._cards(related)}</div>'
            if related
            else ""
        )
        tags = " ".join(f'<a href="/etiket/{write_plain(t)}">{quote(t)}</a>' for t in story.tags)
        main = f"""<div class="yol"><a href="/">Ana Sayfa</a> &gt; <a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></div>
<h1 class="baslik">{quote(story.title)}</h1><h2 class="spot">{quote(story.lead)}</h2>
<div class="kunye-satir"><span class="muh">{names}</span> {dates} <a href="#y">{toss(story.id) % 40} yorum</a></div>
<div class="haber-metni">{self._text(story)}</div>
<div class="paylas">Paylaş: <a href="#f">Facebook</a> <a href="#x">X</a></div><div class="et">{tags}</div>{more}
<div id="y" class="yorumlar"><h3>Yorumlar</h3><p>Yorum yapmak için giriş yapın.</p></div>"""
        return self._page(story.title, main)

    def _text(self, story: Story) -> str:
        text = f"<p><strong>{quote(story.lead)}</strong></p>\n"
        for number, words in enumerate(story.paragraphs):
            tag = "h3" if number in story.subheads else "p"
            text += f"<{tag}>{quote(words)}</{tag}>\n"
            if number == 0:
                for one in self.show(self.newsroom.earlier(story.id, 1)):
                    text += f'<div class="ic-haber"><a href="{self.path(one)}"><img src="/images/t{one.id}.png"><span>{quote(one.title)}</span></a></div>'
            for one in story.images:
                if one.after == number:
                    text += f'<div class="gorsel"><img src="{one.path}"><em>{quote(self.legend(one))}</em></div>'
        return text

    def _page(self, title: str, main: str) -> Answer:
        menu = "".join(
            f'<li><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        ticker = "".join(
            f'<div class="sd"><i>{one.published:%H:%M}</i> <a href="{self.path(one)}">{quote(one.title)}</a></div>'
            for one in self.listed(self.show(self.newsroom.visible()[:5]))
        )
        return html(f"""<!DOCTYPE html><html lang="tr"><head><meta charset="utf-8">
<title>{quote(title)} - {quote(self.name)}</title><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>
<div class="ust"><a href="/">{quote(self.name)}</a><ul class="menu">{menu}<li><a href="/son-dakika">Son Dakika</a></li></ul></div>
<div class="serit"><b>SON DAKİKA</b>{ticker}</div>
<div class="govde">{main}</div>
<div class="alt"><a href="/kunye">Künye</a> <a href="/iletisim">İletişim</a> © 2026 {quote(self.name)}. Tüm hakları saklıdır.</div></body></html>""")

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:3]))
        return self._page(
            title, f'<h1 class="baslik">{title}</h1><div class="haber-metni">{words}</div>'
        )

    def _collect(self, title: str) -> Answer:
        shown = self._cards(self.show(self.newsroom.visible()[:8]))
        return self._page(
            title, f'<h1 class="kat">{quote(title)}</h1><div class="liste">{shown}</div>'
        )

    def _shot(self, story: Story, number: int) -> Answer:
        turn = "".join(
            f'<a href="{self._gallery_path(story, n)}">{n}</a>' for n in range(1, 7) if n != number
        )
        words = quote(story.paragraphs[0]) if number == 1 else f"{number}/6 {quote(story.title)}"
        main = f"""<h1 class="baslik">{quote(story.title)} (Galeri)</h1>
<div class="foto"><img src="/images/g{story.id}-{number}.png"><p>{words}</p></div><div class="s">{turn}</div>"""
        return self._page(story.title, main)

    def _clip(self, story: Story) -> Answer:
        main = f"""<h1 class="baslik">{quote(story.title)} - Video</h1>
<div class="oynatici" data-src="/v/{story.id}.mp4"></div><h2 class="spot">{quote(story.lead)}</h2>"""
        return self._page(story.title, main)
