"""Held out: a French paper that tells the day alone, and whose readers write under the articles.

    /article/2026/02/02/la-cooperative_340001_3.html       article
    /economie/  /economie/2/        category; no word or rel on the numbers
    /blog/2026/02/02/...  /dossier/la-cooperative_77_3.html  /diaporama/...  look-alikes
    /atom.xml  /rdf.xml (RSS 1.0)

Comments carry later dates and long sentences.
"""

from __future__ import annotations

from tests.gazette.prose import write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

MONTHS = ("janvier", "février", "mars")


class Ouest(Stranger):
    """La Dépêche du Vauzois."""

    key = "ouest"
    language = "fr"
    house = "La Dépêche du Vauzois"
    text_css = 'class="zz-corps"'
    day_only = True

    def place(self, story: Story) -> str:
        day = f"{story.published:%Y/%m/%d}"
        return f"/article/{day}/{self.slug(story)}_{story.id}_{story.section.zone}.html"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        tail = f"{start // self.size + 1}/" if start else ""
        return self.section_path(section) + tail

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rdf.xml": self._rdf,
            "/atom.xml": self._atom,
            "/mentions-legales/": self._about,
        }
        for story in self.show(self.newsroom.visible()[:7]):
            pages[self._topic_path(story)] = lambda one=story: self._topic(one)
            pages[self._slides_path(story)] = lambda one=story: self._slides(one)
        return pages

    def _topic_path(self, story: Story) -> str:
        return f"/dossier/{self.slug(story)}_{story.id % 90}_{story.section.zone}.html"

    def _slides_path(self, story: Story) -> str:
        day = f"{story.published:%Y/%m/%d}"
        return f"/diaporama/{day}/{self.slug(story)}_{story.id + 1}_{story.section.zone}.html"

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:13])
        extra = "".join(
            f'<p class="d"><a href="{self._topic_path(s)}">Dossier</a> '
            f'<a href="{self._slides_path(s)}">En images : {quote(s.title)}</a></p>'
            for s in shown[:5]
        )
        return self._page(self.name, self._river(shown) + extra)

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:  # noqa: ARG002
        count = -(-len(self.newsroom.visible(section)) // self.size)
        turn = "".join(
            f'<a class="n" href="{self.list_path(section, n * self.size)}">{n + 1}</a>'
            for n in range(count)
        )
        main = f'<p class="surtitre">{section.name}</p>{self._river(self.show(ids))}<p>{turn}</p>'
        return self._page(section.name, main)

    def _river(self, stories: list[Story]) -> str:
        return "".join(
            f'<div class="zz-t"><a href="{self.path(one)}"><em>{quote(one.section.name)}</em>'
            f"<strong>{quote(one.title)}</strong></a><p>{quote(one.lead)}</p></div>\n"
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"Publié le {at.day} {MONTHS[at.month - 1]} {at.year}"
        text = "".join(f"<p>{quote(words)}</p>" for words in story.paragraphs)
        pictures = "".join(
            f'<div class="zz-im"><img src="{one.path}" alt=""><span>{quote(self.legend(one))}</span></div>'
            for one in story.images
        )
        later = (at.day + 2) % 27 + 1
        comments = "".join(
            f'<div class="avis"><b>lecteur{n}</b> <i>{later} {MONTHS[at.month - 1]} {at.year} à 10h0{n}</i>'
            f"<p>{quote(story.paragraphs[0])} Franchement, je n'en crois rien, et mes voisins "
            f"non plus ; on en reparlera à la prochaine réunion, n° {n}.</p></div>"
            for n in range(1, 4)
        )
        related = self.show(story.related)
        more = f"<h4>{self.labels['related']}</h4>{self._river(related)}" if related else ""
        main = f"""<div class="zz-a"><p class="surtitre"><a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></p>
<h1>{quote(story.title)}</h1><p class="zz-chapo">{quote(story.lead)}</p>
<p class="zz-sig">Par {quote(" et ".join(story.authors))}. {self.dated(shown)}</p>{pictures}
<div class="zz-corps">{text}</div></div>{more}
<div class="reactions"><h4>Vos réactions (3)</h4>{comments}</div>"""
        return self._page(story.title, main)

    def _page(self, title: str, main: str) -> Answer:
        menu = "".join(
            f'<a href="{self.section_path(one)}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        return html(f"""<!DOCTYPE html><html lang="fr-FR"><head><meta charset="utf-8">
<title>{quote(title)} - {self.name}</title>
<link rel="alternate" type="application/atom+xml" href="/atom.xml">
<link rel="alternate" type="application/rdf+xml" href="/rdf.xml"></head><body>
<div class="bandeau"><a href="/">{self.name}</a> {menu}</div>{main}
<div class="bas"><a href="/mentions-legales/">Mentions légales</a></div></body></html>""")

    def _atom(self) -> Answer:
        rows = "".join(
            f'<entry><title>{quote(s.title)}</title><link rel="alternate" href="{self.url(s)}"/>'
            f"<id>tag:vauzois,2026:{s.id}</id><updated>{write_instant(s.published)}</updated></entry>"
            for s in self.show(self.newsroom.visible()[:8])
        )
        text = (
            '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
            f"<title>{self.name}</title><id>{self.base}/</id>{rows}</feed>"
        )
        return Answer(text.encode(), "application/atom+xml")

    def _rdf(self) -> Answer:
        rows = "".join(
            f'<item rdf:about="{self.url(s)}"><title>{quote(s.title)}</title>'
            f"<link>{self.url(s)}</link></item>"
            for s in self.show(self.newsroom.visible()[:8])
        )
        text = (
            '<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/" '
            'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f'<channel rdf:about="{self.base}/"><title>{self.name}</title></channel>{rows}</rdf:RDF>'
        )
        return Answer(text.encode(), "application/rdf+xml")

    def _about(self) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page("Mentions légales", f"<h1>Mentions légales</h1>{words}")

    def _topic(self, story: Story) -> Answer:
        own = self.show(self.newsroom.visible()[:9])
        intro = f'<p class="zz-chapo">{quote(story.lead)}</p>'
        return self._page(
            "Dossier", f"<h1>Dossier : {quote(story.tags[0])}</h1>{intro}{self._river(own)}"
        )

    def _slides(self, story: Story) -> Answer:
        shots = "".join(
            f'<div class="zz-im"><img src="/images/d{story.id}-{n}.png"></div>' for n in range(7)
        )
        return self._page(story.title, f"<h1>En images : {quote(story.title)}</h1>{shots}")
