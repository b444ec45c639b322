"""Held out: a French site made by a script framework, its articles named by UUIDs alone.

    /article/0b6e8c1a-...          article      /rubriques/economie    category
    /rubriques/economie?apres=0b6e8c1a-...      its further pages, behind a word
    /auteur/<uuid>  /theme/<uuid>  /live/<uuid>   look-alikes
    /sitemap-news.xml, and a data island __NEXT_DATA__ on each page

Titles and dates are in OpenGraph; classes are of CSS modules; text in nested divs of spans.
"""

from __future__ import annotations

import json
import uuid

from tests.gazette import feed
from tests.gazette.prose import write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote


def name(kind: str, words: object) -> str:
    """A UUID (RFC 9562, version 5) that depends on its words alone."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}:{words}"))


class Hexa(Stranger):
    """Vauzois+."""

    key = "hexa"
    language = "fr"
    house = "Vauzois+"
    text_css = 'class="Corps_root__x9Fq2"'

    def place(self, story: Story) -> str:
        return f"/article/{name('story', story.id)}"

    def section_path(self, section: Section) -> str:
        return f"/rubriques/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        if start == 0:
            return path
        return f"{path}?apres={name('story', self.newsroom.visible(section)[start - 1])}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/sitemap-news.xml": self._sitemap,
            "/a-propos": self._about,
            "/cgu": self._about,
        }
        for story in self.show(self.newsroom.visible()):
            for who in story.authors:
                pages[f"/auteur/{name('author', who)}"] = lambda n=who: self._collect(n)
            for tag in story.tags:
                pages[f"/theme/{name('theme', tag)}"] = lambda n=tag: self._collect(n)
            pages[f"/live/{name('live', story.id)}"] = lambda one=story: self._live(one)
        return pages

    def write_robots(self) -> Answer:
        text = f"User-agent: *\nDisallow: /compte\nSitemap: {self.base}/sitemap-news.xml\n"
        return Answer(text.encode(), "text/plain")

    def _sitemap(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:12])]
        return feed.news_urlset(self.name, "fr", rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:11])
        lives = "".join(
            f'<a href="/live/{name("live", s.id)}"><div>En direct : {quote(s.title)}</div></a>'
            for s in shown[:4]
        )
        return self._page(self.name, self._cards(shown) + lives, {"page": "/"})

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        url = self.following(section, start)
        more = f'<a class="Bouton_b__77Ax" href="{url}">Plus d\'articles</a>' if url else ""
        cards = self._cards(self.show(ids))
        return self._page(
            section.name, f"<h1>{section.name}</h1>{cards}{more}", {"page": "/rubriques"}
        )

    def _cards(self, stories: list[Story]) -> str:
        return "".join(
            f'<div class="Carte_c__aa1"><a href="{self.path(one)}"><div class="Carte_t__b2">{quote(one.title)}</div>'
            f'<div class="Carte_d__c3">{quote(one.lead)}</div></a></div>\n'
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        head = (
            f'<meta property="og:type" content="article"><meta property="og:title" content="{quote(story.title)}">'
            f'<meta property="og:url" content="{self.url(story)}">'
        )
        head += self.dated(f'<meta property="article:published_time" content="{write_instant(story.published)}">')  # fmt: skip
        text = ""
        for number, words in enumerate(story.paragraphs):
            css = "Inter_i__9" if number in story.subheads else "Para_p__1"
            text += f'<div class="{css}"><div><span>{quote(words)}</span></div></div>'
            for one in story.images:
                if one.after == number:
                    text += f'<div class="Img_r__2"><img src="{one.path}" alt=""><div class="Img_l__4">{quote(self.legend(one))}</div></div>'
        by = ", ".join(
            f'<a href="/auteur/{name("author", a)}">{quote(a)}</a>' for a in story.authors
        )
        tags = "".join(f'<a href="/theme/{name("theme", t)}">{quote(t)}</a>' for t in story.tags)
        related = self.show(story.related)
        more = f'<div class="Aussi_r__5"><div>À lire aussi</div>{self._cards(related)}</div>'
        main = f"""<div class="Art_root__8"><div class="Fil_f__1"><a href="/">Accueil</a><a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></div>
<div class="Titre_t__3"><h1>{quote(story.title)}</h1></div><div class="Chapo_c__1"><span>{quote(story.lead)}</span></div>
<div class="Sig_s__2">Par {by}</div><div class="Corps_root__x9Fq2">{text}</div><div class="Tags_t__0">{tags}</div></div>{more if related else ""}
<div class="Abo_a__6"><div>Abonnez-vous à la lettre du matin et recevez chaque jour l'essentiel de l'actualité de votre canton, gratuitement.</div></div>"""
        island = {
            "page": "/article/[id]",
            "props": {"id": name("story", story.id), "titre": story.title},
        }
        return self._page(story.title, main, island, head)

    def _page(self, title: str, main: str, island: dict[str, object], head: str = "") -> Answer:
        menu = "".join(
            f'<a class="Nav_l__1" href="{self.section_path(one)}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        data = json.dumps({"buildId": "k3Jx", **island}, ensure_ascii=False).replace("</", "<\\/")
        return html(f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{quote(title)}</title>
{head}</head><body><div id="__next"><div class="Tete_t__2"><a href="/">{self.name}</a>{menu}</div>{main}
<div class="Pied_p__3"><a href="/a-propos">À propos</a><a href="/cgu">CGU</a></div></div>
<script id="__NEXT_DATA__" type="application/json">{data}</script></body></html>""")

    def _about(self) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page("À propos", f"<h1>À propos</h1>{words}", {"page": "/a-propos"})

    def _collect(self, title: str) -> Answer:
        shown = self._cards(self.show(self.newsroom.visible()[:8]))
        return self._page(title, f"<h1>{quote(title)}</h1>{shown}", {"page": "/theme"})

    def _live(self, story: Story) -> Answer:
        main = (
            f"<h1>En direct : {quote(story.title)}</h1><div class='Live_l__1' data-src='/ws'></div>"
        )
        return self._page(story.title, main, {"page": "/live"})
