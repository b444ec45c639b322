"""Held out: a Spanish paper on a system of nodes, of which every page answers twice.

    /content/la-cooperativa-de-riego-busca-40-brazos    article   (canonical)
    /node/340001                                        the same page, linked from blocks
    /print/340001  /node/340001/enviar                  its twins
    /secciones/economia  /secciones/economia?page=1     category, and its second page
    /taxonomy/term/17  /users/rosaura-quintel  /content/quienes-somos   look-alikes
    /rss.xml                                            its entries are nodes

"Enviado por ROSAURA QUINTEL el Lun, 02/02/2026 - 06:51" in one line, RDFa on the headline.
"""

from __future__ import annotations

from tests.gazette import feed
from tests.gazette.prose import slugify, toss

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

DAYS = ("Lun", "Mar", "Mié", "Jue", "Vie", "Sáb", "Dom")


class Ribera(Stranger):
    """El Ribereño."""

    key = "ribera"
    language = "es"
    house = "El Ribereño"
    text_css = 'class="field field-name-body"'

    def place(self, story: Story) -> str:
        return f"/content/{self.slug(story)}"

    def _node(self, story: Story) -> str:
        return f"/node/{story.id}"

    def section_path(self, section: Section) -> str:
        return f"/secciones/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        page = f"?page={start // self.size}" if start else ""
        return f"{self.section_path(section)}{page}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/rss.xml": self._feed,
            "/content/quienes-somos": lambda: self._about("Quiénes somos"),
            "/content/publicidad-y-tarifas-del-diario": lambda: self._about("Publicidad"),
        }
        for story in self.show(self.newsroom.visible()):
            pages[self._node(story)] = lambda one=story: self.write_story(one)
            pages[f"/print/{story.id}"] = lambda one=story: self._print(one)
            pages[f"/node/{story.id}/enviar"] = lambda one=story: self._send(one)
            for tag in story.tags:
                pages[self._term(tag)] = lambda one=tag: self._collect(one)
            for name in story.authors:
                pages[f"/users/{slugify(name)}"] = lambda one=name: self._collect(one)
        return pages

    def _term(self, tag: str) -> str:
        return f"/taxonomy/term/{toss(tag) % 900 + 10}"

    def _feed(self) -> Answer:
        rows = [
            feed.Entry(self.base + self._node(s), s.title, s.lead, s.published, s.published)
            for s in self.show(self.newsroom.visible()[:10])
        ]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        return self._page(self.name, self._teasers(self.show(self.newsroom.visible()[:10])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        older = self.following(section, start)
        turn = f'<li class="pager-next"><a title="Ir a la página siguiente" href="{older}">siguiente ›</a></li>'
        head = f'<h1 class="title" id="page-title">{quote(section.name)}</h1>'
        rows = self._teasers(self.show(ids))
        return self._page(
            section.name, f'{head}{rows}<ul class="pager">{turn if older else ""}</ul>'
        )

    def _teasers(self, stories: list[Story]) -> str:
        return "".join(
            f'<div id="node-{one.id}" class="node node-teaser"><h2><a href="{self.path(one)}">{quote(one.title)}</a></h2>'
            f'<div class="content"><p>{quote(one.lead)}</p></div>'
            f'<ul class="links inline"><li><a href="{self.path(one)}" title="{quote(one.title)}">Leer más</a></li></ul></div>\n'
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        when = f"el {DAYS[at.weekday()]}, {at:%d/%m/%Y} - {at:%H:%M}"
        names = " y ".join(
            f'<a href="/users/{slugify(one)}" class="username">{quote(one.upper())}</a>'
            for one in story.authors
        )
        tags = "".join(f'<li><a href="{self._term(t)}">{quote(t)}</a></li>' for t in story.tags)
        related = self.show(story.related)
        more = ""
        if related:
            rows = "".join(
                f'<li><a href="{self._node(one)}">{quote(one.title)}</a></li>' for one in related
            )
            more = (
                f'<div class="block-views"><h2>{self.labels["related"]}</h2><ul>{rows}</ul></div>'
            )
        main = f"""<div class="breadcrumb"><a href="/">Inicio</a> » <a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></div>
<h1 class="title" id="page-title">{quote(story.title)}</h1>
<div id="node-{story.id}" class="node node-full" about="{self.path(story)}" typeof="sioc:Item foaf:Document"><span property="dc:title" content="{quote(story.title)}"></span>
<div class="submitted">Enviado por {names} {self.dated(when)}</div>
<div class="content"><div class="field field-name-body">{self._text(story)}</div><ul class="terms">{tags}</ul></div>
<ul class="links inline"><li><a href="/print/{story.id}">Versión para imprimir</a></li><li><a href="/node/{story.id}/enviar">Enviar por correo</a></li></ul></div>{more}"""
        head = f'<link rel="canonical" href="{self.path(story)}"><link rel="shortlink" href="{self._node(story)}">'
        return self._page(story.title, main, head)

    def _text(self, story: Story) -> str:
        text = f"<p>{quote(story.lead)}</p>\n"
        for number, words in enumerate(story.paragraphs):
            tag = "h3" if number in story.subheads else "p"
            text += f"<{tag}>{quote(words)}</{tag}>\n"
            for one in story.images:
                if one.after == number:
                    text += f'<div class="media-image"><img src="{one.path}" alt=""><div class="pie">{quote(self.legend(one))}</div></div>'
        return text

    def _page(self, title: str, main: str, head: str = "") -> Answer:
        menu = "".join(
            f'<li class="leaf"><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        read = "".join(
            f'<li><a href="{self._node(one)}">{quote(one.title)}</a></li>'
            for one in self.listed(self.show(self.newsroom.visible()[3:8]))
        )
        return html(f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8">
<title>{quote(title)} | {quote(self.name)}</title><link rel="alternate" type="application/rss+xml" href="/rss.xml">{head}</head>
<body class="html not-front"><div id="header"><a href="/">{quote(self.name)}</a></div><ul id="main-menu" class="links">{menu}</ul>
<div id="main">{main}</div><div class="sidebar"><div class="block"><h2>Lo más leído</h2><ul>{read}</ul></div></div>
<div id="footer"><a href="/content/quienes-somos">Quiénes somos</a> <a href="/content/publicidad-y-tarifas-del-diario">Publicidad</a></div></body></html>""")

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:3]))
        return self._page(
            title,
            f'<h1 class="title" id="page-title">{title}</h1><div class="field field-name-body">{words}</div>',
        )

    def _collect(self, title: str) -> Answer:
        shown = self._teasers(self.show(self.newsroom.visible()[:7]))
        return self._page(title, f'<h1 class="title" id="page-title">{quote(title)}</h1>{shown}')

    def _print(self, story: Story) -> Answer:
        return html(f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{quote(story.title)}</title></head>
<body><p>Publicado en {quote(self.name)}</p><h1>{quote(story.title)}</h1><div>{self._text(story)}</div>
<p>URL de origen: <a href="{self.path(story)}">{self.base}{self.path(story)}</a></p></body></html>""")

    def _send(self, story: Story) -> Answer:
        main = f'<h1 class="title" id="page-title">Enviar</h1><form>{quote(story.title)} <input name="para"></form>'
        return self._page("Enviar", main)
