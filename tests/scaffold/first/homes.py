"""Papers that were made at home: PHP tables, a Vietnamese one without classes, a theme, a portal."""

from __future__ import annotations

from .frame import Answer, Fresh, Section, Story, html, link, quote, slugify


class Kiremit(Fresh):
    """Home-made PHP, Turkish: tables, tags as plain words, the author in the last line with
    initials in brackets."""

    key, language, house = "kiremit", "tr", "Kiremit Gazetesi"
    text_css = "id=haber"

    def place(self, story: Story) -> str:
        return f"/haber.php?id={story.id}"

    def section_path(self, section: Section) -> str:
        return f"/liste.php?kat={self.newsroom.sections.index(section) + 1}"

    def list_path(self, section: Section, start: int) -> str:
        return (
            f"{self.section_path(section)}&s={start // 6 + 1}"
            if start
            else self.section_path(section)
        )

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<center><a href="{quote(url)}">Sonraki sayfa</a></center>' if url else ""

    def card(self, story: Story) -> str:
        return f'<table width=100%><tr><td><a href="{self.path(story)}"><b>{quote(story.title)}</b></a><br>{quote(story.lead)}</td></tr></table>'

    def write_story(self, story: Story) -> Answer:
        shot = '<table align=center><tr><td><img src="{src}"></td></tr><tr><td>{said}</td></tr></table>'
        short = "".join(word[0] for word in story.authors[0].split())
        sign = f"{' ve '.join(story.authors)} ({short})"
        main = f"""<table width=600><tr><td><h1>{quote(story.title)}</h1><font size=1>{story.published:%d.%m.%Y %H:%M}</font><p><b>{quote(story.lead)}</b></p>
<div id=haber>{self.body(story, "<p>{}</p>", shot, "<p><b>{}</b></p>")}<p>{quote(sign)}</p></div><p>Etiketler: {quote(", ".join(story.tags))}</p></td></tr></table>
<table><tr><td><b>Çok okunanlar</b></td></tr><tr><td>{"<br>".join(link(self.path(one), one.title) for one in self.others(story))}</td></tr></table>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<html><head><meta charset="utf-8"><title>{quote(title)} - {self.house}</title>{head}</head><body><table width=900><tr><td>{link("/", self.house)} | {self.menu(" | ")}</td></tr></table>
{main}<hr>{self.house} {link("/kunye.php", "Künye")}</body></html>""")


class Langque(Fresh):
    """Home-made, Vietnamese, no classes: two-row tables, "Từ khóa:", older news before a day."""

    key, language, house = "langque", "vi", "Làng Quê Online"
    text_css = 'id="nd"'
    kinds = frozenset(("photos", "brief", "clip"))

    def place(self, story: Story) -> str:
        return f"/tin/{story.id}-{self.slug(story)}.htm"

    def section_path(self, section: Section) -> str:
        return f"/muc/{section.slug}.htm"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        if not start:
            return path
        last = self.newsroom.find(self.newsroom.visible(section)[start - 1])
        return f"{path}?d={last.published:%Y-%m-%d-%H-%M-%S}" if last else path

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<p align="right"><a href="{quote(url)}">Xem thêm tin cũ hơn</a></p>' if url else ""

    def card(self, story: Story) -> str:
        return f'<div><a href="{self.path(story)}"><img src="/images/t{story.id}.jpg" width="90" height="60"></a><a href="{self.path(story)}">{quote(story.title)}</a><p>{quote(story.lead)}</p></div>'

    def write_story(self, story: Story) -> Answer:
        shot = '<table border="0" align="center"><tbody><tr><td><img src="{src}" width="500"></td></tr><tr><td><p>{said}</p></td></tr></tbody></table>'
        clip = '<p><b>Xem video:</b></p><p><iframe src="https://player.example/4" width="560"></iframe></p>' if self.kind(story) == "clip" else ""  # fmt: skip
        main = f"""<h1>{quote(story.title)}</h1><div>{story.published:%d/%m/%Y, %H:%M}</div><div id="nd"><p><b>{quote(story.lead)}</b></p>{clip}
{self.body(story, "<p>{}</p>", shot, "<p><b>{}</b></p>")}<p align="right"><b>{quote(" và ".join(story.authors))}</b></p></div><div>Từ khóa: {quote(", ".join(story.tags))}</div>
<div><b>Tin cùng chuyên mục</b></div><ul>{"".join(f"<li>{link(self.path(one), one.title)}</li>" for one in self.others(story))}</ul>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{quote(title)} | {self.house}</title>{head}</head><body><div>{link("/", self.house)}</div><div>{self.menu(" ")}</div>
<div>{main}</div><div>Bản quyền {self.house}. {link("/lien-he.htm", "Liên hệ")}</div></body></html>""")


class Savanna(Fresh):
    """A WordPress theme of Africa, English: "By A and B" with the desk, READ ALSO between the
    paragraphs, a prompt, pictures in paragraphs with a line in italics."""

    key, language, house = "savanna", "en", "Savanna Herald"
    text_css = 'class="entry-content"'

    def place(self, story: Story) -> str:
        return f"/{story.published:%Y/%m/%d}/{self.slug(story)}/"

    def section_path(self, section: Section) -> str:
        return f"/category/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        return f"{path}page/{start // 6 + 1}/" if start else path

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<div class="nav-previous"><a href="{url}">Older posts</a></div>' if url else ""

    def card(self, story: Story) -> str:
        return f"""<article class="post"><h2 class="entry-title">{link(self.path(story), story.title)}</h2><div class="entry-meta"><span class="author vcard"><a class="url fn n" href="/author/{slugify(story.authors[0])}/">{quote(story.authors[0])}</a></span></div><p>{quote(story.lead)}</p></article>"""

    def write_story(self, story: Story) -> Answer:
        shot = (
            '<p><img class="aligncenter size-large" src="{src}" alt=""></p>\n<p><em>{said}</em></p>'
        )
        tags = ", ".join(f'<a href="/tag/{slugify(t)}/" rel="tag">{quote(t)}</a>' for t in story.tags)  # fmt: skip
        other = self.others(story, 1)[0]
        also = f"<p><strong>READ ALSO: {link(self.path(other), other.title)}</strong></p>"
        text = self.body(story, "<p>{}</p>", shot, "<h4>{}</h4>") + also
        main = f"""<article class="post type-post"><header class="entry-header"><h1 class="entry-title">{quote(story.title)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{story.published:%Y-%m-%dT%H:%M:%S%z}">{story.published:%B %d, %Y}</time></span>
<span class="byline"> by <span class="author vcard"><a class="url fn n" href="/author/newsdesk/">Newsdesk</a></span></span></div></header>
<div class="entry-content"><p><strong>By {quote(" and ".join(story.authors))}</strong></p><p>{quote(story.lead)}</p>{text}<p>Join our WhatsApp channel to get breaking news alerts on your phone.</p></div>
<footer class="entry-footer"><span class="tags-links">Tagged {tags}</span></footer></article><section class="related"><h3>You may have missed</h3>{self.cards(self.others(story, 3))}</section>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{quote(title)} &#8211; {self.house}</title><meta name="generator" content="WordPress 6.4">
<link rel="stylesheet" href="/wp-content/themes/savanna/style.css">{head}</head><body class="wp-custom"><header>{link("/", self.house)}<nav class="main-navigation">{self.menu()}</nav></header><main>{main}</main><footer>{link("/contact/", "Contact")}</footer></body></html>""")


class Oeste(Fresh):
    """A portal of a broadcaster, Spanish: pagina-2.ghtml, short notices, clips, topics."""

    key, language, house = "oeste", "es", "Canal Oeste"
    text_css = 'class="mc-column content-text"'
    kinds = frozenset(("photos", "brief", "clip"))

    def place(self, story: Story) -> str:
        return f"/{story.section.slug}/noticia/{story.published:%Y/%m/%d}/{self.slug(story)}.ghtml"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        return f"{path}index/feed/pagina-{start // 6 + 1}.ghtml" if start else path

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<div class="load-more gui-color-primary-bg"><a href="{url}">Ver más</a></div>' if url else ""  # fmt: skip

    def card(self, story: Story) -> str:
        return f'<div class="feed-post bstn-item-shape"><a class="feed-post-link" href="{self.url(story)}"><h2><p>{quote(story.title)}</p></h2></a><div class="feed-post-body-resumo"><p>{quote(story.lead)}</p></div></div>'

    def write_story(self, story: Story) -> Answer:
        shot = '<div class="content-media"><img class="content-media__image" src="{src}"><p class="content-media__description">{said}</p></div>'
        clip = '<div class="player"><video data-id="8"></video></div>' if self.kind(story) == "clip" else ""  # fmt: skip
        tags = "".join(f'<li><a href="/todo-sobre/{slugify(t)}/">{quote(t)}</a></li>' for t in story.tags)  # fmt: skip
        ear = '<h2>Escuche la noticia</h2><div class="tts"><audio controls src="/a.mp3"></audio></div>'
        main = f"""<div class="mc-article-header"><h1 class="content-head__title">{quote(story.title)}</h1><h2 class="content-head__subtitle">{quote(story.lead)}</h2>
<div class="content__signa-share"><p class="content-publication-data__from">Por {quote(" y ".join(story.authors))}, Canal Oeste — Valdecampo</p><p class="content-publication-data__updated"><time itemprop="datePublished" datetime="{story.published:%Y-%m-%dT%H:%M:%S%z}">{story.published:%d/%m/%Y %Hh%M}</time></p></div></div>
<div class="mc-column content-text">{ear}{clip}{self.body(story, '<p class="content-text__container">{}</p>', shot, "<h2>{}</h2>")}</div><div class="entities"><span>Temas</span><ul>{tags}</ul></div>
<div class="next-article"><div>Más de Canal Oeste</div>{self.cards(self.others(story, 3))}</div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="es"><head><meta charset="utf-8"><title>{quote(title)} | {self.house}</title>{head}</head><body><div class="header-produto">{link("/", self.house)}</div>
<div class="menu-container"><ul><li>{self.menu("</li><li>")}</li></ul></div><main>{main}</main><div class="footer-site">{self.house}</div></body></html>""")
