"""Held out: a Spanish paper of divs, whose lists go on by fragments of HTML.

    /nota/340001-la-cooperativa/            article; the first h1 is the breadcrumb
    /seccion/24-horas                       category
    /ajax/notas?seccion=24-horas&desde=6    what its button fetches: a fragment
    /autor/... /tema/7-... /fotos/340002-... /video/340003-...   look-alikes

The head holds a clock; dates are in words, their offset is told by the feed alone.
"""

from __future__ import annotations

from tests.gazette import feed
from tests.gazette.prose import slugify, toss

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

DAYS = ("Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo")
MONTHS = ("enero", "febrero", "marzo")


class Andes(Stranger):
    """El Tacuaral."""

    key = "andes"
    language = "es"
    house = "El Tacuaral"
    text_css = 'class="cuerpo-nota"'

    def place(self, story: Story) -> str:
        return f"/nota/{story.id}-{self.slug(story)}/"

    def section_path(self, section: Section) -> str:
        return f"/seccion/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        if start == 0:
            return self.section_path(section)
        return f"/ajax/notas?seccion={section.slug}&desde={start}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rss.xml": self._feed,
            "/institucional/quienes-somos": self._about,
            "/institucional/publicidad": self._about,
        }
        for story in self.show(self.newsroom.visible()):
            words = self.slug(story)
            for who in story.authors:
                pages[f"/autor/{slugify(who)}"] = lambda name=who: self._author(name)
            for tag in story.tags:
                pages[self._topic_path(tag)] = lambda name=tag: self._topic(name)
            pages[f"/fotos/{story.id + 1}-{words}/"] = lambda one=story: self._photos(one)
            pages[f"/video/{story.id + 2}-{words}/"] = lambda one=story: self._video(one)
        return pages

    def _topic_path(self, tag: str) -> str:
        return f"/tema/{toss(tag) % 97}-{slugify(tag)}/"

    def write_front(self) -> Answer:
        shown = self.show(self.newsroom.visible()[:12])
        media = "".join(
            f'<div class="mm"><a href="/{kind}/{one.id + n}-{self.slug(one)}/">'
            f'<img src="/images/{one.id}.png" alt=""><span>{quote(one.title)}</span></a></div>'
            for one in shown[:4]
            for n, kind in ((1, "fotos"), (2, "video"))
        )
        return self._page(self.name, f'{self._cards(shown)}<div class="multimedia">{media}</div>')

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        cards = self._cards(self.show(ids))
        url = self.following(section, start)
        more = f'<a class="ver-mas" href="#" data-ruta="{quote(url)}">Ver más</a>' if url else ""
        if start:
            return html(cards + more)
        return self._page(section.name, f'<h1 class="rotulo">{section.name}</h1>{cards}{more}')

    def _cards(self, stories: list[Story]) -> str:
        rows = "".join(
            f'<div class="caja"><div class="volanta">{quote(one.section.name)}</div>'
            f'<div class="t2"><a href="{self.path(one)}">{quote(one.title)}</a></div>'
            f'<div class="bajada">{quote(one.lead)}</div></div>\n'
            for one in self.listed(stories)
        )
        return f'<div class="grilla">{rows}</div>'

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{DAYS[at.weekday()]}, {at.day} de {MONTHS[at.month - 1]} de {at.year} · {at:%H:%M} hs."
        tags = " ".join(f'<a href="{self._topic_path(t)}">{quote(t)}</a>' for t in story.tags)
        by = ", ".join(f'<a href="/autor/{slugify(a)}">{quote(a)}</a>' for a in story.authors)
        text = ""
        for number, words in enumerate(story.paragraphs):
            if number in story.subheads:
                text += f'<div class="intertitulo"><strong>{quote(words)}</strong></div>'
            else:
                text += f"<div>{quote(words)}</div>"
            text += "".join(self._figure(one) for one in story.images if one.after == number)
        related = "".join(
            f'<div class="r1"><a href="{self.path(one)}">{quote(one.title)}</a></div>'
            for one in self.show(story.related)
        )
        more = f'<div class="rel"><div>{self.labels["related"]}</div>{related}</div>'
        main = f"""<h1 class="miga"><a href="/">Inicio</a> » <a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></h1>
<div class="nota"><h2 class="titular">{quote(story.title)}</h2>
<div class="bajada-nota">{quote(story.lead)}</div>
<div class="firma">Por {by}{self.dated(f' <span class="cuando">{shown}</span>')}</div>
<div class="compartir">Compartir en Facebook Compartir en WhatsApp</div>
{"".join(self._figure(one) for one in story.images if one.after < 0)}
<div class="cuerpo-nota">{text}</div>
<div class="temas">{self.labels["tags"]} {tags}</div></div>{more if related else ""}
{self._cards(self.show(self.newsroom.visible()[:5]))}"""
        return self._page(story.title, main)

    def _figure(self, picture: object) -> str:
        legend = quote(self.legend(picture))  # type: ignore[arg-type]
        caption = f'<div class="epigrafe">{legend}</div>' if legend else ""
        return f'<div class="foto"><img src="{picture.path}" alt="">{caption}</div>'  # type: ignore[attr-defined]

    def _page(self, title: str, main: str) -> Answer:
        now = self.newsroom.now
        clock = f"{DAYS[now.weekday()]} {now.day} de {MONTHS[now.month - 1]} de {now.year} | 18:22"
        menu = "".join(
            f'<a href="{self.section_path(one)}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        return html(f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{quote(title)} | {self.name}</title>
<link rel="alternate" type="application/rss+xml" href="/rss.xml"></head>
<body><div class="cinta"><div class="hoy">{clock}</div><div class="clima">31°</div></div>
<div class="logo"><a href="/">{self.name}</a></div><div class="barra">{menu}</div>
{main}
<div class="pie"><a href="/institucional/quienes-somos">Quiénes somos</a>
<a href="/institucional/publicidad">Publicidad</a> © {self.name}</div></body></html>""")

    def _feed(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:10])]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def _about(self) -> Answer:
        words = "".join(
            f"<div>{quote(s.lead)}</div>" for s in self.show(self.newsroom.visible()[:4])
        )
        return self._page("Quiénes somos", f"<h1>Quiénes somos</h1>{words}")

    def _author(self, name: str) -> Answer:
        own = [s for s in self.show(self.newsroom.visible()) if name in s.authors][:6]
        bio = f"{name} escribe en {self.name} desde 2011. {own[0].paragraphs[0]}"
        return self._page(name, f'<h1>{name}</h1><div class="bio">{bio}</div>{self._cards(own)}')

    def _topic(self, tag: str) -> Answer:
        own = [s for s in self.show(self.newsroom.visible()) if s.id % 4 == len(tag) % 4][:6]
        return self._page(tag, f"<h1>{quote(tag)}</h1>{self._cards(own)}")

    def _photos(self, story: Story) -> Answer:
        shots = "".join(
            f'<div class="foto"><img src="/images/g{story.id}-{n}.png" alt=""><div class="epigrafe">'
            f"Foto {n} de 9</div></div>"
            for n in range(1, 10)
        )
        return self._page(story.title, f'<h2 class="titular">{quote(story.title)}</h2>{shots}')

    def _video(self, story: Story) -> Answer:
        player = '<div class="reproductor"><video src="/v.mp4"></video></div>'
        return self._page(story.title, f'<h2 class="titular">{quote(story.title)}</h2>{player}')
