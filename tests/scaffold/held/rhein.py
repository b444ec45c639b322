"""Held out: a German paper with semicolons in its addresses and the date in JSON-LD alone.

    /sport/der-waldlauf;art8,340001           article     /sport/;sec8     category, no further page
    /newssitemap.xml   /archiv/2026-02.xml    all stories of a month
    /bilder/der-waldlauf;gal8,340002  /autor/...;aut12   look-alikes

A kicker stands inside the h1; "vor 2 Stunden" is all the date that is shown.
"""

from __future__ import annotations

import json

from tests.gazette import feed
from tests.gazette.prose import slugify, write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote


class Rhein(Stranger):
    """Vauzbacher Landbote."""

    key = "rhein"
    language = "de"
    house = "Vauzbacher Landbote"
    size = 40  # every story of a section on its one page
    text_css = 'class="text-container"'

    def place(self, story: Story) -> str:
        zone = story.section.zone
        return f"/{story.section.slug}/{self.slug(story)};art{zone},{story.id}"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}/;sec{section.zone}"

    def list_path(self, section: Section, start: int) -> str:  # noqa: ARG002
        return self.section_path(section)

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/newssitemap.xml": lambda: self._sitemap(20),
            "/archiv/2026-02.xml": lambda: self._sitemap(999),
            "/sitemap.xml": self._index,
            "/impressum/": lambda: self._about("Impressum"),
            "/datenschutz/": lambda: self._about("Datenschutz"),
        }
        for story in self.show(self.newsroom.visible()):
            pages[self._gallery_path(story)] = lambda one=story: self._gallery(one)
            pages[self._author_path(story)] = lambda one=story: self._author(one)
        return pages

    def _gallery_path(self, story: Story) -> str:
        return f"/bilder/{self.slug(story)};gal{story.section.zone},{story.id + 1}"

    def _author_path(self, story: Story) -> str:
        return f"/autor/{slugify(story.authors[0])};aut{story.id % 50}"

    def write_robots(self) -> Answer:
        lines = [f"Sitemap: {self.base}/{one}.xml" for one in ("sitemap", "newssitemap")]
        return Answer(
            "\n".join(["User-agent: *", "Disallow: /suche", *lines]).encode(), "text/plain"
        )

    def _index(self) -> Answer:
        return feed.sitemap_index([f"{self.base}/archiv/2026-02.xml"], self.newsroom.changed())

    def _sitemap(self, count: int) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:count])]
        return feed.news_urlset(self.name, "de", rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:9])
        galleries = "".join(
            f'<a class="gal" href="{self._gallery_path(one)}"><b>Bilder: {quote(one.title)}</b></a>'
            for one in shown[:5]
        )
        return self._page(self.name, f"{self._teasers(shown)}<section>{galleries}</section>", [])

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:  # noqa: ARG002
        stories = self.show(ids)
        items = [
            {"@type": "ListItem", "position": n, "url": self.url(one)}
            for n, one in enumerate(stories, 1)
        ]
        data = [{"@type": "CollectionPage", "name": section.name},
                {"@type": "ItemList", "itemListElement": items}]  # fmt: skip
        return self._page(section.name, f"<h1>{section.name}</h1>{self._teasers(stories)}", data)

    def _teasers(self, stories: list[Story]) -> str:
        return "".join(
            f'<article class="teaser"><a href="{self.path(one)}"><span class="dach">'
            f'{quote(one.section.name)}</span><span class="head">{quote(one.title)}</span>'
            f"<p>{quote(one.lead)}</p><small>vor {one.id % 20 + 2} Stunden</small></a></article>\n"
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        news = {
            "@type": ["NewsArticle"],
            "@id": f"{self.url(story)}#a",
            "headline": story.title,
            "articleSection": story.section.name,
            "author": {"@id": "#p"},
        }
        if self.change != "dates":
            news["datePublished"] = write_instant(story.published)
        people = [{"@type": "Person", "@id": "#p", "name": ", ".join(story.authors)}]
        graph = [{"@type": "WebSite", "name": self.name}, news, *people]
        text = ""
        for number, words in enumerate(story.paragraphs):
            tag = "h2" if number in story.subheads else "p"
            text += f"<{tag}>{quote(words)}</{tag}>"
            if number == 0:
                text += '<div class="ad">Anzeige</div>'
            for one in story.images:
                if one.after == number:
                    text += f'<figure><img src="{one.path}" alt=""><figcaption>{quote(self.legend(one))}</figcaption></figure>'
        related = self.show(story.related)
        more = f"<section><h3>{self.labels['related']}</h3>{self._teasers(related)}</section>"
        main = f"""<main class="m"><h1><span class="dach">{quote(story.section.name)}</span> <span class="head">{quote(story.title)}</span></h1>
<p class="vorspann">{quote(story.lead)}</p>
<div class="autor">Von <a href="{self._author_path(story)}">{quote(", ".join(story.authors))}</a> <span>vor 2 Stunden</span></div>
<div class="text-container">{text}</div>
<div class="hinweis">Diesen Artikel teilen</div></main>{more if related else ""}"""
        return self._page(story.title, main, graph)

    def _page(self, title: str, main: str, graph: list[dict[str, object]]) -> Answer:
        menu = "".join(
            f'<a href="{self.section_path(one)}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
        script = f'<script type="application/ld+json">{data}</script>' if graph else ""
        return html(f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8">
<title>{quote(title)} | {self.name}</title>{script}</head><body>
<header><a href="/">{self.name}</a><nav>{menu}</nav></header>{main}
<footer><a href="/impressum/">Impressum</a> <a href="/datenschutz/">Datenschutz</a></footer></body></html>""")

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:5]))
        return self._page(title, f"<main><h1>{title}</h1>{words}</main>", [])

    def _gallery(self, story: Story) -> Answer:
        shots = "".join(
            f'<figure><img src="/images/b{story.id}-{n}.png" alt=""><figcaption>{n} / 8 Foto: Archiv'
            "</figcaption></figure>"
            for n in range(1, 9)
        )
        data: list[dict[str, object]] = [{"@type": "ImageGallery", "name": story.title}]
        return self._page(story.title, f"<main><h1>{quote(story.title)}</h1>{shots}</main>", data)

    def _author(self, story: Story) -> Answer:
        name = story.authors[0]
        own = [s for s in self.show(self.newsroom.visible()) if name in s.authors][:8]
        data: list[dict[str, object]] = [{"@type": "ProfilePage", "name": name}]
        bio = f"<p>{name} schreibt seit 2009 für den {self.name}.</p>"
        return self._page(name, f"<main><h1>{name}</h1>{bio}</main>{self._teasers(own)}", data)
