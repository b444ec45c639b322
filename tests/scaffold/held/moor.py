"""Held out: a German paper of nothing but divs, half of whose pages have JSON-LD.

    /lokales/radweg-843-einwande-340010.html                  article
    /lokales/liveticker-radweg-843-einwande-340011.html       its live ticker: LiveBlogPosting
    /lokales/bilderstrecke-radweg-843-einwande-340012.html    its gallery: ImageGallery
    /lokales/  /lokales/?seite=2                              category, and a later page of it

og:type is "article" on all three kinds, their markup is one, and all are announced alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from tests.gazette.prose import toss, write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote


class Moor(Stranger):
    """Moorhusener Tageszeitung."""

    key = "moor"
    language = "de"
    house = "Moorhusener Tageszeitung"
    size = 8
    text_css = 'class="c-b__w"'

    def place(self, story: Story) -> str:
        return f"/{story.section.slug}/{self.slug(story)}-{story.id}.html"

    def _live_path(self, story: Story) -> str:
        return f"/{story.section.slug}/liveticker-{self.slug(story)}-{story.id + 1}.html"

    def _album_path(self, story: Story) -> str:
        return f"/{story.section.slug}/bilderstrecke-{self.slug(story)}-{story.id + 2}.html"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        page = f"?seite={start // self.size + 1}" if start else ""
        return f"{self.section_path(section)}{page}"

    def _has_ticker(self, story: Story) -> bool:
        return toss("live", story.id) % 6 == 0

    def _has_album(self, story: Story) -> bool:
        return toss("shots", story.id) % 4 == 0

    def _is_told(self, story: Story) -> bool:
        """Whether the pages of a story have JSON-LD."""
        return story.id // 3 % 2 == 1

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/impressum.html": lambda: self._about("Impressum"),
            "/kontakt.html": lambda: self._about("Kontakt"),
        }
        for story in self.show(self.newsroom.visible()):
            if self._has_ticker(story):
                pages[self._live_path(story)] = lambda one=story: self._ticker(one)
            if self._has_album(story):
                pages[self._album_path(story)] = lambda one=story: self._album(one)
        return pages

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:8])
        return self._page(self.name, f'<div class="l-g">{self._cards(shown)}</div>')

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        older = self.following(section, start)
        turn = f'<div class="c-p"><a href="{older}">Ältere Artikel</a></div>' if older else ""
        head = f'<div class="c-s"><h1>{quote(section.name)}</h1></div>'
        return self._page(
            section.name, f'<div class="l-g">{head}{self._cards(self.show(ids))}{turn}</div>'
        )

    def _cards(self, stories: Iterable[Story], *, others: bool = True) -> str:
        rows = []
        for one in self.listed(list(stories)):
            rows.append(self._card(self.path(one), one.section.name, one.title, one))
            if others and self._has_ticker(one):
                title = f"{one.title} im Ticker"
                rows.append(self._card(self._live_path(one), "Liveticker", title, one))
            if others and self._has_album(one):
                title = f"Die Bilder: {one.title}"
                rows.append(self._card(self._album_path(one), "Bilder", title, one))
        return "\n".join(rows)

    def _card(self, path: str, kicker: str, title: str, story: Story) -> str:
        return (
            f'<div class="c-t"><div class="c-t__i"><a href="{path}"><img src="/images/m{story.id}.png" alt=""></a></div>'
            f'<div class="c-t__c"><div class="c-t__k">{quote(kicker)}</div>'
            f'<a class="c-t__h" href="{path}"><div>{quote(title)}</div></a>'
            f'<div class="c-t__l">{quote(story.lead)}</div></div></div>'
        )

    def write_story(self, story: Story) -> Answer:
        text = self._pictures(story, -1)
        for number, words in enumerate(story.paragraphs):
            css = "c-b__h" if number in story.subheads else "c-b__p"
            text += f'<div class="{css}">{quote(words)}</div>{self._pictures(story, number)}'
            if number == 1:
                text += '<div class="c-ad"><div>Anzeige</div></div>'
        people = [{"@type": "Person", "name": one} for one in story.authors]
        data = {"@type": "NewsArticle", "headline": story.title, "author": people}
        if self.change != "dates":
            data["datePublished"] = write_instant(story.published)
        return self._write(story, self.path(story), story.section.name, story.title, text, data)

    def _pictures(self, story: Story, after: int) -> str:
        return "".join(
            f'<div class="c-f"><div><img src="{one.path}" alt="{quote(self.alt(one))}"></div>'
            f'<div class="c-f__c">{quote(self.legend(one))}</div></div>'
            for one in story.images
            if one.after == after
        )

    def _ticker(self, story: Story) -> Answer:
        text = "".join(
            f'<div class="c-b__e"><div class="c-b__z">{story.published.hour % 20 + 3 - n}:{n * 11 + 10} Uhr</div>'
            f'<div class="c-b__p">{quote(words)}</div></div>'
            for n, words in enumerate(story.paragraphs[:4])
        )
        title = f"{story.title} im Ticker"
        data = {
            "@type": "LiveBlogPosting",
            "headline": title,
            "datePublished": write_instant(story.published),
        }
        return self._write(story, self._live_path(story), "Liveticker", title, text, data)

    def _album(self, story: Story) -> Answer:
        text = "".join(
            f'<div class="c-f"><div><img src="/images/g{story.id}-{n}.png" alt=""></div>'
            f'<div class="c-f__c">Bild {n} von 7: Foto: Archiv</div></div>'
            for n in range(1, 8)
        )
        title = f"Die Bilder: {story.title}"
        data = {"@type": "ImageGallery", "name": story.title}
        return self._write(story, self._album_path(story), "Bilder", title, text, data)

    def _write(
        self, story: Story, path: str, kicker: str, title: str, text: str, data: dict[str, Any]
    ) -> Answer:
        at = story.published
        related = self.show(story.related)
        more = (
            f'<div class="c-r"><div class="c-r__h">Mehr zum Thema</div>{self._cards(related, others=False)}</div>'
            if related
            else ""
        )
        main = f"""<div class="c-a"><div class="c-a__k">{quote(kicker)}</div><h1 class="c-a__h">{quote(title)}</h1>
<div class="c-a__m"><div class="c-a__p">Von {quote(" und ".join(story.authors))}</div><div class="c-a__d">{self.dated(f"{at:%d.%m.%Y}, {at:%H:%M} Uhr")}</div></div>
<div class="c-a__l">{quote(story.lead)}</div><div class="c-b"><div class="c-b__w">{text}</div></div>
<div class="c-a__s"><a href="#">Teilen</a> <a href="#">Merken</a></div></div>{more}"""
        head = f"""<link rel="canonical" href="{self.base}{path}"><meta property="og:type" content="article">
<meta property="og:title" content="{quote(title)}">"""
        if self._is_told(story):
            told = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False)
            head += f'<script type="application/ld+json">{told}</script>'
        return self._page(title, main, head)

    def _page(self, title: str, main: str, head: str = "") -> Answer:
        menu = "".join(
            f'<div><a href="{self.section_path(one)}">{quote(one.name)}</a></div>'
            for one in self.newsroom.sections
        )
        return html(f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<title>{quote(title)} | {self.name}</title>{head}</head>
<body><div class="l-t"><div><a href="/">{self.name}</a></div><div class="l-n">{menu}</div></div><div class="l-m">{main}</div>
<div class="l-f"><a href="/impressum.html">Impressum</a> <a href="/kontakt.html">Kontakt</a></div></body></html>""")

    def _about(self, title: str) -> Answer:
        words = f'<div class="c-b__p">{self.name}, Torfweg 9, Moorhusen.</div>'
        main = f'<div class="c-a"><h1 class="c-a__h">{title}</h1><div class="c-b"><div class="c-b__w">{words}</div></div></div>'
        return self._page(title, main)
