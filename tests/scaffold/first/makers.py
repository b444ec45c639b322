"""Papers of makers of sites and of shop-floor systems: Blogger, Wix, Bitrix, October."""

from __future__ import annotations

from datetime import timedelta

from .frame import Answer, Fresh, Section, Story, html, link, quote, slugify


class Bitacora(Fresh):
    """Blogger-like, Spanish: two-row tables for pictures, the platform as the declared author, the
    writer in the last line, older entries before an instant."""

    key, language, house = "bitacora", "es", "La Bitácora del Valle"
    text_css = 'class="post-body entry-content"'

    def place(self, story: Story) -> str:
        return f"/{story.published:%Y/%m}/{self.slug(story)}.html"

    def section_path(self, section: Section) -> str:
        return f"/search/label/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        if not start:
            return path
        last = self.newsroom.find(self.newsroom.visible(section)[start - 1])
        at = last.published.replace(microsecond=0) if last else ""
        return f"{path}?updated-max={str(at).replace(' ', 'T').replace('+', '%2B')}&max-results=6"

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        older = f'<span id="blog-pager-older-link"><a class="blog-pager-older-link" href="{quote(url)}">Entradas antiguas</a></span>' if url else ""  # fmt: skip
        return f'<div class="blog-pager" id="blog-pager">{older}</div>'

    def card(self, story: Story) -> str:
        return f'<div class="post hentry"><h3 class="post-title entry-title">{link(self.path(story), story.title)}</h3><div class="snippet">{quote(story.lead)}</div></div>'

    def write_story(self, story: Story) -> Answer:
        tags = ", ".join(f'<a href="/search/label/{slugify(t)}" rel="tag">{quote(t)}</a>' for t in story.tags)  # fmt: skip
        shot = '<table align="center" cellpadding="0" class="tr-caption-container"><tbody><tr><td><a href="{src}"><img src="{src}"></a></td></tr><tr><td class="tr-caption" style="text-align: center;">{said}</td></tr></tbody></table>'
        main = f"""<div class="date-outer"><h2 class="date-header"><span>{story.published:%d/%m/%Y}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{quote(story.title)}</h3>
<div class="post-body entry-content"><div>{quote(story.lead)}</div>{self.body(story, "<div>{}</div>", shot, "<div><b>{}</b></div>")}<div style="text-align:right"><i>Por {quote(" y ".join(story.authors))}</i></div></div>
<div class="post-footer"><span class="post-author vcard">Publicado por <span class="fn"><a href="https://www.blogger.example/profile/7781" rel="author"><span>Blogger</span></a></span></span>
<span class="post-timestamp">en <abbr class="published" title="{story.published:%Y-%m-%dT%H:%M:%S%z}">{story.published:%H:%M}</abbr></span><span class="post-labels">Etiquetas: {tags}</span></div></div></div>
<div class="PopularPosts"><h2>Entradas populares</h2>{self.cards(self.others(story, 3))}</div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html dir="ltr"><head><meta charset="utf-8"><meta content="blogger" name="generator"><title>{self.house}: {quote(title)}</title>{head}</head>
<body><div class="header">{link("/", self.house)}</div><div class="tabs"><ul><li>{self.menu("</li><li>")}</li></ul></div><div class="main">{main}</div></body></html>""")


class Vitrine(Fresh):
    """Wix-like, French: opaque classes, divs and spans, names joined by "et" behind a glyph."""

    key, language, house = "vitrine", "fr", "La Vitrine du Causse"
    text_css = 'class="sx8kQ"'

    def place(self, story: Story) -> str:
        return f"/post/{self.slug(story)}"

    def section_path(self, section: Section) -> str:
        return f"/blog/categories/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        path = self.section_path(section)
        return f"{path}/page/{start // 6 + 1}" if start else path

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<nav aria-label="Pagination"><a data-hook="pagination__next" aria-label="Page suivante" href="{url}"><svg></svg></a></nav>' if url else ""  # fmt: skip

    def card(self, story: Story) -> str:
        return f'<div class="pJ2 k9"><a class="O16KGI" href="{self.path(story)}"><div class="bD0"><h2 class="t77"><p>{quote(story.title)}</p></h2><div class="e1X">{quote(story.lead)}</div></div></a></div>'

    def write_story(self, story: Story) -> Answer:
        tags = "".join(f'<li class="Zu1"><a class="Zu2" href="/blog/tags/{slugify(t)}">{quote(t)}</a></li>' for t in story.tags)  # fmt: skip
        shot = '<div class="gRP"><div class="hW9"><img src="{src}" alt=""></div><div class="m3C"><span>{said}</span></div></div>'
        stamp = f"{story.published:%d/%m/%Y} à {story.published:%Hh%M}"
        main = f"""<div class="aPq"><ul class="vv"><li><span title="x">{stamp}</span></li><li><span>{2 + story.id % 4} min de lecture</span></li></ul><h1 class="qq4"><span>{quote(story.title)}</span></h1>
<div class="u0L"><a href="/profile/{slugify(story.authors[0])}/profile"><span>{quote(" et ".join(story.authors))}</span></a></div>
<div class="sx8kQ"><div class="r1"><span>{quote(story.lead)}</span></div>{self.body(story, '<div class="r1"><span>{}</span></div>', shot, '<h2 class="r2"><span>{}</span></h2>')}</div>
<nav aria-label="tags"><ul class="Zu0">{tags}</ul></nav></div><div class="yy1"><div class="yy2">Posts récents</div>{self.cards(self.others(story, 3))}</div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>{quote(title)}</title><meta name="generator" content="Wix.com Website Builder">{head}</head>
<body><div id="SITE_CONTAINER"><div class="h1P">{link("/", self.house)}{self.menu()}</div>{main}<div class="f9">©2026 {self.house}</div></div></body></html>""")


class Bistritsa(Fresh):
    """Bitrix, Bulgarian: news-detail, PAGEN_1, "Автор:" and "Етикети:" as plain words."""

    key, language, house = "bistritsa", "bg", "Бистришки вести"
    text_css = 'class="news-detail"'
    kinds = frozenset(("photos", "brief", "clip"))

    def place(self, story: Story) -> str:
        return f"/news/{story.section.slug}/{story.id}/"

    def section_path(self, section: Section) -> str:
        return f"/news/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        return (
            f"/news/{section.slug}/?PAGEN_1={start // 6 + 1}" if start else f"/news/{section.slug}/"
        )

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<font class="text">Новини {start + 1} - {start + 6}<br><a href="{url}">След.</a></font>' if url else ""  # fmt: skip

    def card(self, story: Story) -> str:
        return f'<p class="news-item"><span class="news-date-time">{story.published:%d.%m.%Y}</span> <a href="{self.path(story)}"><b>{quote(story.title)}</b></a><br>{quote(story.lead)}</p>'

    def write_story(self, story: Story) -> Answer:
        shot = '<div align="center"><img src="{src}" border="0"></div>\n<div align="center"><i>{said}</i></div>'
        clip = 'Вижте видеото:<br><iframe src="https://player.example/4"></iframe><br>' if self.kind(story) == "clip" else ""  # fmt: skip
        more = "".join(f"<li>{link(self.path(one), one.title)}</li>" for one in self.others(story))
        main = f"""<div class="news-detail"><span class="news-date-time">{story.published:%d.%m.%Y %H:%M}</span><h3>{quote(story.title)}</h3><p>{quote(story.lead)}</p>{clip}
{self.body(story, "<p>{}</p>", shot, "<p><b>{}</b></p>")}<div style="clear:both"></div><small>Автор: {quote(" и ".join(story.authors))}</small><br>Етикети: {quote(", ".join(story.tags))}<br></div>
<h4>Още новини</h4><ul>{more}</ul>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<html><head><meta charset="utf-8"><title>{quote(title)}</title><link href="/bitrix/templates/main/styles.css" rel="stylesheet">{head}</head>
<body><div id="header">{link("/", self.house)}</div><ul id="horizontal-multilevel-menu"><li>{self.menu("</li><li>")}</li></ul><div id="workarea">{main}</div><div id="footer">{self.house}</div></body></html>""")


class Oktober(Fresh):
    """October, Korean: a button with data-url and data-page, a clock in the lists' addresses."""

    key, language, house = "oktober", "ko", "솔마루신문"
    text_css = 'class="content"'

    def place(self, story: Story) -> str:
        return f"/news/post/{story.id}"

    def section_path(self, section: Section) -> str:
        return f"/news/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        return (
            f"/news/{section.slug}/more?page={start // 6 + 1}" if start else f"/news/{section.slug}"
        )

    def turn(self, section: Section, start: int) -> str:
        more = self.following(section, start)
        return f'<button class="btn btn-more" data-url="/news/{section.slug}/more" data-page="{start // 6 + 2}">더보기</button>' if more else ""  # fmt: skip

    def card(self, story: Story) -> str:
        return f'<div class="post-item"><h4>{link(self.path(story), story.title)}</h4><p>{quote(story.lead)}</p></div>'

    def write_story(self, story: Story) -> Answer:
        shot = '<p><img src="{src}" class="fr-fic fr-dib"></p><p><span style="color:#888;font-size:13px">{said}</span></p>'
        tags = " ".join(f'<a href="/news/tag/{quote(t)}">#{quote(t)}</a>' for t in story.tags)
        stamp = (story.published + timedelta()).strftime("%Y.%m.%d %H:%M")
        main = f"""<div class="post"><h2>{quote(story.title)}</h2><p class="info">{stamp} · <a href="/profile/{story.id}">{quote(", ".join(story.authors))}</a></p>
<div class="content"><p>{quote(story.lead)}</p>{self.body(story, "<p>{}</p>", shot, "<h4>{}</h4>")}</div><p>{tags}</p></div>
<div class="row"><h5>최신 기사</h5>{self.cards(self.others(story, 3))}</div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{quote(title)} - {self.house}</title>{head}</head>
<body><nav class="navbar">{link("/", self.house)}{self.menu()}</nav><section class="container">{main}</section><footer>{self.house}</footer><script src="/modules/system/assets/js/framework.js"></script></body></html>""")
