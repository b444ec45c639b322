"""A fictional paper of no known platform: clean HTML5, in Vietnamese, Indonesian or German.

    /<section>/<year>/<month>/<slug>-<id>.html   article
    /<section>?page=2                            category, 10 stories, rel=next
    /feed.xml  /news-sitemap.xml (all visible stories)  /robots.txt

``structured=False`` leaves out JSON-LD, OpenGraph and every other meta field: what remains are a
title, a visible date in the country's form, and paragraphs; the truth is then to the minute, with
no date of modification and no tags in the head.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, ClassVar

from . import feed
from .newsroom import Newsroom
from .paper import Answer, Paper, quote
from .prose import Section, slugify, write_instant
from .story import Picture, Story

SIZE = 10
PLACES = {
    "vi": ("Báo Phú Đằng", "VN", "Asia/Ho_Chi_Minh", "%d/%m/%Y %H:%M"),
    "id": ("Harian Rimbaraya", "ID", "Asia/Jakarta", "%d/%m/%Y %H:%M"),
    "de": ("Weidentaler Bote", "DE", "Europe/Berlin", "%d.%m.%Y, %H:%M"),
}


class PlainPaper(Paper):
    """A paper that follows the standards, or with ``structured=False`` says nothing of itself."""

    key = "plain"
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/feed\.xml": "rss",
        r"/news-sitemap\.xml": "sitemap",
        r"/[a-z-]+/\d{4}/\d\d/[^/?]+-(\d+)\.html(?:\?.*)?": "article",
        r"(/images/.+\.png)": "picture_answer",
        r"/([a-z-]+)(?:\?page=(\d+))?": "category",
    }

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        name: str | None = None,
        base: str = "http://paper.test",
        without: Iterable[str] = (),
        structured: bool = True,
    ) -> None:
        usual, self.region, self.timezone, self.form = PLACES[newsroom.language.code]
        super().__init__(newsroom, name=name or usual, base=base, without=without)
        self.structured = structured

    def path(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.published:%Y/%m}/{story.slug}-{story.id}.html"

    def tell(self, story: Story) -> dict[str, Any]:
        told = {**super().tell(story), "breadcrumbs": [self.labels["home"], story.section.name]}
        if not self.structured:
            told["published"] = write_instant(story.published.replace(second=0))
            told["modified"] = None
        return told

    def home(self) -> Answer:
        """The front page: the newest fifteen."""
        ids = self.newsroom.visible()[:15]
        return self._page(self.name, "", self._list(self.show(ids)))

    def category(self, slug: str, number: str | None) -> Answer | None:
        """A page of a section; there is none after the last."""
        section = next((one for one in self.newsroom.sections if one.slug == slug), None)
        page = int(number or 1)
        if section is None or page < 1:
            return None
        ids = self.newsroom.visible(section)
        if page > 1 and not ids[(page - 1) * SIZE :]:
            return None
        shown = self.show(ids[(page - 1) * SIZE : page * SIZE])
        main = f"<h1>{quote(section.name)}</h1>\n{self._list(shown)}"
        head = ""
        if len(ids) > page * SIZE:
            following = f"{self.base}/{slug}?page={page + 1}"
            head = f'<link rel="next" href="{following}">\n'
            main += f'<nav><a rel="next" href="{following}">{page + 1}</a></nav>\n'
        return self._page(section.name, head, main)

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        story_id = int(number)
        story = self.newsroom.find(story_id)
        if story is None:
            gone = self._page("404", "", f"<p>{self.labels['gone']}</p>")
            return self.miss(story_id, gone.body.decode())
        head = self._head(story) if self.structured else ""
        page = self._page(story.title, head, self._write_article(story))
        return Answer(page.body, modified=self.date_page([story_id, *story.related]))

    def rss(self) -> Answer:
        """The one feed: the newest thirty."""
        entries = [feed.announce(self, s) for s in self.show(self.newsroom.visible()[:30])]
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def sitemap(self) -> Answer:
        """The news sitemap."""
        entries = [feed.announce(self, one) for one in self.show(self.newsroom.visible())]
        code = self.newsroom.language.code
        return feed.news_urlset(self.name, code, entries, self.newsroom.changed())

    def robots(self) -> Answer:
        """robots.txt: all open, one sitemap."""
        text = f"User-agent: *\nDisallow: /intern/\n\nSitemap: {self.base}/news-sitemap.xml\n"
        return Answer(text.encode(), "text/plain; charset=utf-8")

    def profile(self, base_url: str | None = None) -> str:
        base = base_url or self.base
        host = base.partition("//")[2]
        place = rf"https?://{host}".replace(".", r"\.")
        sections = [f'"{base}/{one.slug}"' for one in self.newsroom.sections]
        longest = max((len(self.newsroom.visible(s)) for s in self.newsroom.sections), default=0)
        return f"""\
title = "{self.name}"
home = "{base}/"
domains = ["{host}"]
language = "{self.newsroom.language.code}"
region = "{self.region}"
timezone = "{self.timezone}"
[walk]
categories = [{", ".join(sections)}]
feeds = ["{base}/feed.xml"]
sitemaps = ["{base}/news-sitemap.xml"]
article = ['^{place}/[a-z-]+/\\d{{4}}/\\d\\d/[^/?#]+-(?P<id>\\d+)\\.html$']
pager = "next-link"
pages = {longest // SIZE + 2}
[manners]
delay = 0.0
[read]
date_order = "DMY"
"""

    def _page(self, title: str, head: str, main: str) -> Answer:
        menu = " ".join(
            f'<a href="/{one.slug}">{quote(one.name)}</a>' for one in self.newsroom.sections
        )
        body = f"""<!DOCTYPE html>
<html lang="{self.newsroom.language.code}"><head><meta charset="utf-8">
<title>{quote(title)} - {quote(self.name)}</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
{head}</head><body><header><a href="/">{quote(self.name)}</a><nav>{menu}</nav></header>
<main>
{main}</main>
<footer><small>© {quote(self.name)}</small> <a href="https://example.test/">example.test</a></footer>
</body></html>
"""
        return Answer(body.encode(), modified=self.newsroom.changed())

    def _list(self, stories: Iterable[Story]) -> str:
        rows = (
            f'<li><h2><a href="{self.path(one)}">{quote(one.title)}</a></h2>'
            f"<p>{quote(one.lead)}</p></li>\n"
            for one in stories
        )
        return f'<ol class="stories">\n{"".join(rows)}</ol>\n'

    def _head(self, story: Story) -> str:
        rows = {
            "og:type": "article",
            "og:title": story.title,
            "og:description": story.lead,
            "og:url": self.url(story),
            "og:site_name": self.name,
            "article:published_time": write_instant(story.published),
            "article:modified_time": write_instant(story.modified),
            "article:section": story.section.name,
        }
        metas = [f'<meta property="{key}" content="{quote(text)}">' for key, text in rows.items()]
        metas += [f'<meta property="article:tag" content="{quote(tag)}">' for tag in story.tags]
        metas.append(f'<link rel="canonical" href="{self.url(story)}">')
        text = json.dumps(self._describe(story), ensure_ascii=False).replace("</", "<\\/")
        return "\n".join(metas) + f'\n<script type="application/ld+json">{text}</script>\n'

    def _describe(self, story: Story) -> dict[str, Any]:
        authors = [{"@type": "Person", "name": one} for one in story.authors]
        agency = [{"@type": "Organization", "name": story.agency}] if story.agency else []
        return {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "description": story.lead,
            "url": self.url(story),
            "datePublished": write_instant(story.published),
            "dateModified": write_instant(story.modified),
            "author": authors + agency,
            "articleSection": story.section.name,
            "keywords": list(story.tags),
            "image": [self.base + one.path for one in story.images],
            "publisher": {"@type": "NewsMediaOrganization", "name": self.name},
            "isAccessibleForFree": True,
        }

    def _write_article(self, story: Story) -> str:
        tags = ", ".join(f"<span>{quote(tag)}</span>" for tag in story.tags)
        byline = quote(", ".join(story.authors))
        if story.agency:
            byline += f' <span class="agency">{quote(story.agency)}</span>'
        return f"""<nav aria-label="breadcrumb"><a href="/">{self.labels["home"]}</a> /
{self._link_section(story.section)}</nav>
<article><h1>{quote(story.title)}</h1>
<p class="lead">{quote(story.lead)}</p>
<div class="meta"><address class="byline">{byline}</address>
<time>{story.published.strftime(self.form)}</time></div>
<div class="text">
{self._write_body(story)}</div>
<p class="tags">{self.labels["tags"]} {tags}</p></article>
{self._write_related(story)}"""

    def _link_section(self, section: Section) -> str:
        return f'<a href="/{section.slug}">{quote(section.name)}</a>'

    def _write_body(self, story: Story) -> str:
        parts = [self._write_picture(one) for one in story.images if one.after < 0]
        for number, text in enumerate(story.paragraphs):
            tag = "h2" if number in story.subheads else "p"
            parts.append(f"<{tag}>{quote(text)}</{tag}>\n")
            parts += [self._write_picture(one) for one in story.images if one.after == number]
        return "".join(parts)

    def _write_picture(self, picture: Picture) -> str:
        legend = quote(self.legend(picture))
        caption = f"<figcaption>{legend}</figcaption>" if legend else ""
        image = f'<img src="{picture.path}" alt="{quote(self.alt(picture))}">'
        return f"<figure>{image}{caption}</figure>\n"

    def _write_related(self, story: Story) -> str:
        shown = self.show(story.related)
        css = f'<aside class="{slugify(self.labels["related"])}">'
        title = f"<h2>{self.labels['related']}</h2>"
        return f"{css}{title}\n{self._list(shown)}</aside>\n" if shown else ""


def paper(
    seed: int = 7,
    articles: int = 60,
    *,
    lang: str = "vi",
    per_day: int = 12,
    start: date = date(2026, 1, 31),
    sections: Sequence[str] | None = None,
    **options: Any,
) -> PlainPaper:
    """Return a paper of about ``articles`` stories in the language ``lang`` (vi, id, de)."""
    days = -(-articles // per_day)
    newsroom = Newsroom(seed, start, days, per_day, language=lang, sections=sections)
    return PlainPaper(newsroom, **options)


if __name__ == "__main__":
    from .serve import run

    run(paper)
