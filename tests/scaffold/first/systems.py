"""Papers of known systems, as these write their pages: Drupal, Joomla, TYPO3, Ghost."""

from __future__ import annotations

from .frame import Answer, Fresh, Section, Story, html, link, quote, slugify


class Drava(Fresh):
    """Drupal, Czech: fields with labels, views with authors on their cards, ?page=1 from zero."""

    key, language, house = "drava", "cs", "Listy od Drávy"
    text_css = 'class="field field--name-body"'
    kinds = frozenset(("photos", "brief"))

    def place(self, story: Story) -> str:
        return f"/clanek/{self.slug(story)}"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        return f"/{section.slug}?page={start // 6}" if start else f"/{section.slug}"

    def card(self, story: Story) -> str:
        return (
            f'<div class="views-row"><div class="views-field views-field-title"><span class="field-content">'
            f'{link(self.path(story), story.title)}</span></div><div class="views-field views-field-uid">'
            f'<span class="field-content">{quote(story.authors[0])}</span></div></div>'
        )

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        more = f'<li class="pager__item pager__item--next"><a href="{url}" rel="next" title="Přejít na další stránku"><span class="visually-hidden">Následující stránka</span>››</a></li>'
        return f'<nav class="pager"><ul>{more}</ul></nav>' if url else ""

    def write_story(self, story: Story) -> Answer:
        names = " a ".join(story.authors)
        tags = "".join(f'<div class="field__item">{link(f"/stitky/{slugify(t)}", t)}</div>' for t in story.tags)  # fmt: skip
        shot = (
            '<div class="media media--type-image"><div class="field field--name-field-media-image">'
            '<img src="{src}" width="800" height="500" alt=""></div><div class="field field--name-field-popisek">{said}</div></div>'
        )
        main = f"""<h1 class="page-header"><span>{quote(story.title)}</span></h1>
<article class="node node--type-article"><div class="node__meta">
<div class="field field--name-field-datum"><time datetime="{story.published:%Y-%m-%dT%H:%M:%S%z}">{story.published:%d.%m.%Y %H:%M}</time></div>
<div class="field field--name-field-kdo field--label-inline"><div class="field__label">Autor:</div><div class="field__item">{quote(names)}</div></div></div>
<div class="field field--name-field-perex"><p>{quote(story.lead)}</p></div>
<div class="field field--name-body">{self.body(story, "<p>{}</p>", shot)}</div>
<div class="field field--name-field-stitky field--label-above"><div class="field__label">Štítky</div><div class="field__items">{tags}</div></div></article>
<div class="views-element-container block"><h2>Další články</h2><div class="view-content">{self.cards(self.others(story))}</div></div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="cs"><head><meta charset="utf-8"><meta name="Generator" content="Drupal 10 (https://www.drupal.org)">
<title>{quote(title)} | {self.house}</title>{head}</head><body class="path-node"><header>{link("/", self.house)}<nav><ul><li>{self.menu("</li><li>")}</li></ul></nav></header>
<main>{main}</main><footer>{link("/kontakt", "Kontakt")}</footer></body></html>""")


class Jaring(Fresh):
    """Joomla, Indonesian: dl.article-info, ?start=6, captions in italics below the pictures."""

    key, language, house = "jaring", "id", "Jaring Pesisir"
    text_css = 'itemprop="articleBody"'

    def place(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.id}-{self.slug(story)}"

    def section_path(self, section: Section) -> str:
        return f"/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        return f"/{section.slug}?start={start}" if start else f"/{section.slug}"

    def card(self, story: Story) -> str:
        return f"""<div class="item"><div class="page-header"><h2 itemprop="name">{link(self.path(story), story.title)}</h2></div><p>{quote(story.lead)}</p>
<p class="readmore"><a class="btn" href="{self.path(story)}">Selengkapnya: {quote(story.title)}</a></p></div>"""

    def turn(self, section: Section, start: int) -> str:
        rows = "".join(
            f'<li><a class="pagenav" href="{self.list_path(section, at)}">{at // 6 + 1}</a></li>'
            for at in range(0, len(self.newsroom.visible(section)), 6) if at != start
        )  # fmt: skip
        return f'<div class="pagination"><ul>{rows}</ul></div>'

    def write_story(self, story: Story) -> Answer:
        tags = "".join(f'<li class="tag-{n}"><a href="/component/tags/tag/{slugify(t)}" class="label label-info">{quote(t)}</a></li>' for n, t in enumerate(story.tags))  # fmt: skip
        more = "".join(f"<li>{link(self.path(one), one.title)}</li>" for one in self.others(story))
        shot = '<p style="margin:0"><img src="{src}" alt="" border="0"></p>\n<p><em>{said}</em></p>'
        main = f"""<div class="item-page" itemscope itemtype="https://schema.org/Article"><div class="page-header"><h2 itemprop="headline">{quote(story.title)}</h2></div>
<dl class="article-info muted"><dt class="article-info-term">Detail</dt><dd class="createdby">Ditulis oleh <span>{quote(" dan ".join(story.authors))}</span></dd>
<dd class="category-name">Kategori: <a href="/{story.section.slug}">{quote(story.section.name)}</a></dd>
<dd class="published"><time datetime="{story.published:%Y-%m-%dT%H:%M:%S%z}">Diterbitkan: {story.published:%d-%m-%Y %H:%M}</time></dd><dd class="hits">Dilihat: {story.id * 37 % 900}</dd></dl>
<div itemprop="articleBody"><p><strong>{quote(story.lead)}</strong></p>{self.body(story, "<p>{}</p>", shot, "<p><strong>{}</strong></p>")}</div>
<ul class="tags inline">{tags}</ul></div><div class="moduletable"><h3>Berita Terpopuler</h3><ul class="mostread">{more}</ul></div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="id-ID"><head><meta charset="utf-8"><meta name="generator" content="Joomla! - Open Source Content Management">
<title>{quote(title)} - {self.house}</title>{head}</head><body><ul class="nav menu"><li>{self.menu("</li><li>")}</li></ul><div id="content">{main}</div><div class="footer">© {self.house}</div></body></html>""")


class Teich(Fresh):
    """TYPO3, German: p.image-caption behind the picture, a player's heading, a letter's box."""

    key, language, house = "teich", "de", "Teichlander Bote"
    text_css = 'class="news-text-wrap"'
    kinds = frozenset(("photos", "brief", "clip"))

    def place(self, story: Story) -> str:
        return f"/nachrichten/artikel/{self.slug(story)}"

    def section_path(self, section: Section) -> str:
        return f"/nachrichten/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        path = f"/nachrichten/{section.slug}"
        return f"{path}?tx_news_pi1%5BcurrentPage%5D={start // 6 + 1}" if start else path

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<ul class="f3-widget-paginator"><li class="next"><a href="{quote(url)}">nächste</a></li></ul>' if url else ""  # fmt: skip

    def card(self, story: Story) -> str:
        return f'<div class="article articletype-0"><div class="header"><h3>{link(self.path(story), story.title)}</h3></div><div class="teaser-text"><p>{quote(story.lead)}</p></div></div>'

    def write_story(self, story: Story) -> Answer:
        tags = ", ".join(quote(t) for t in story.tags)
        clip = '<div class="video-embed"><iframe src="https://player.example/9"></iframe></div>' if self.kind(story) == "clip" else ""  # fmt: skip
        shot = '<div class="mediaelement mediaelement-image"><img src="{src}" alt=""></div><p class="image-caption">{said}</p>'
        names = " und ".join(story.authors)
        main = f"""<div class="news news-single"><div class="article"><p class="datum">{story.published:%d.%m.%Y, %H:%M} Uhr</p><h1>{quote(story.title)}</h1>
<p class="von">Von {quote(names)}</p><div class="teaser-text"><p>{quote(story.lead)}</p></div><h4>Artikel anhören</h4><div class="vorlesen"><audio src="/ton/{story.id}.mp3"></audio></div>{clip}
<div class="news-text-wrap">{self.body(story, "<p>{}</p>", shot)}<div class="brief"><h4>Der Teichlander Morgen</h4><p>Jeden Werktag um sechs das Wichtigste aus der Region in Ihrem Postfach.</p>
<form><input type="email"><button>Abonnieren</button></form></div></div><p>Schlagworte: {tags}</p></div></div>
<div class="frame"><h2>Das könnte Sie auch interessieren</h2>{self.cards(self.others(story))}</div>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><meta name="generator" content="TYPO3 CMS">
<title>{quote(title)} - {self.house}</title>{head}</head><body><div id="kopf">{link("/", self.house)}<ul class="navi"><li>{self.menu("</li><li>")}</li></ul></div><div id="inhalt">{main}</div>
<div id="fuss">{link("/impressum", "Impressum")}</div></body></html>""")


class Ghostly(Fresh):
    """Ghost, English: gallery cards, a card with the writer, other cards with theirs below."""

    key, language, house = "ghostly", "en", "The Millrace"
    text_css = 'class="gh-content"'

    def place(self, story: Story) -> str:
        return f"/{self.slug(story)}/"

    def section_path(self, section: Section) -> str:
        return f"/tag/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        return f"/tag/{section.slug}/page/{start // 6 + 1}/" if start else f"/tag/{section.slug}/"

    def turn(self, section: Section, start: int) -> str:
        url = self.following(section, start)
        return f'<nav class="pagination"><a class="older-posts" href="{url}">Older Posts →</a></nav>' if url else ""  # fmt: skip

    def card(self, story: Story) -> str:
        by = link(f"/author/{slugify(story.authors[0])}/", story.authors[0])
        return f"""<article class="gh-card post"><a class="gh-card-link" href="{self.path(story)}"><h3 class="gh-card-title">{quote(story.title)}</h3><p class="gh-card-excerpt">{quote(story.lead)}</p></a>
<footer class="gh-card-meta"><span class="gh-card-author">By {by}</span></footer></article>"""

    def write_story(self, story: Story) -> Answer:
        by = ", ".join(link(f"/author/{slugify(a)}/", a) for a in story.authors)
        tags = "".join(f'<a class="post-tag" href="/tag/{slugify(t)}/">{quote(t)}</a>' for t in story.tags)  # fmt: skip
        if self.kind(story) == "photos":
            shot = '<div class="photo"><img src="{src}" loading="lazy"><p class="caption">{said}</p></div>'
        else:
            shot = '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="{src}" class="kg-image"><figcaption><span>{said}</span></figcaption></figure>'
        main = f"""<article class="gh-article post"><header><h1 class="gh-article-title">{quote(story.title)}</h1><p class="gh-article-excerpt">{quote(story.lead)}</p>
<div class="gh-article-meta"><h4 class="gh-article-author-name">{by}</h4><time class="gh-article-meta-date" datetime="{story.published:%Y-%m-%d}">{story.published:%B %d, %Y, %H:%M}</time></div></header>
<section class="gh-content">{self.body(story, "<p>{}</p>", shot)}<div class="kg-card kg-signup-card"><h2>Sign up for The Millrace</h2><p>Town meetings, tides and school scores, every Friday.</p>
<form><input type="email" placeholder="jamie@example.com"><button>Subscribe</button></form></div></section><div class="post-tags">{tags}</div></article>
<aside class="gh-readmore"><h3>Read next</h3>{self.cards(self.others(story))}</aside>"""
        return self.frame(story.title, main)

    def frame(self, title: str, main: str, head: str = "") -> Answer:
        return html(f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{quote(title)}</title><meta name="generator" content="Ghost 5.80">
<meta property="og:site_name" content="{self.house}">{head}</head><body><header id="gh-head">{link("/", self.house)}<nav>{self.menu()}</nav></header><main>{main}</main><footer>{link("/about/", "About")}</footer></body></html>""")
