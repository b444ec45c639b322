"""A fictional WordPress paper in Indonesian, its theme Newspack's (shared/sites/sites.md, 7).

    /2026/02/05/<slug>/     article; /?p=<id> leads there       /category/ekonomi/   category
    /category/ekonomi/page/2/      its pages, 404 after the last    /feed/, /feed/?paged=2
    /wp-json/wp/v2/posts?page=2&per_page=100                        the same as JSON
    /wp-sitemap.xml -> wp-sitemap-posts-post-1.xml, ...-taxonomies-category-1.xml, ...-users-1.xml
    /tag/<slug>/, /author/<slug>/, /2026/02/05/ (a day), /comments/feed/    no articles

Traps, each of which ``without=[...]`` turns off: ``graph`` (one JSON-LD graph of page, trail,
author and article), ``baca-juga`` (link lines in the text), ``jetpack`` (share and related blocks
within the text's element), ``prompt`` (a newsletter box in it), ``appeared`` (feed texts end with
"The post ... appeared first on"), ``date-archive`` (lists that look like dates of articles).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import parse_qs

from . import feed
from .graph import describe
from .paper import Answer, dump, quote, redirect
from .prose import slugify, toss
from .story import Picture, Story
from .system import System, meta

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"


class WordpressPaper(System):
    """A paper on WordPress."""

    key = platform = "wordpress"
    title = "Suara Rimbaraya"
    language, region, timezone = "id", "ID", "Asia/Jakarta"
    sections = ("ekonomi", "olahraga")
    first_id = 50_101
    menu = "/category/{slug}/"
    turning = "next"
    traps = frozenset(("graph", "baca-juga", "jetpack", "prompt", "appeared", "date-archive"))
    pagers = frozenset(("paged", "posts"))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/\?p=(\d+)": "short",
        r"/feed/(?:\?paged=(\d+))?": "rss",
        r"/comments/feed/": "comments",
        r"/wp-json/wp/v2/posts\?(.*)": "posts",
        r"/wp-sitemap\.xml": "sitemap",
        r"/wp-sitemap-(posts-post|taxonomies-category|users)-1\.xml": "places",
        r"/tag/([a-z0-9-]+)/": "tag",
        r"/author/([a-z0-9-]+)/": "author",
        r"/(\d{4})/(\d\d)/(\d\d)/": "day",
        r"(/\d{4}/\d\d/\d\d/[^/?]+/)(?:\?.*)?": "article",
        r"(/wp-content/uploads/.+\.jpg)": "picture_answer",
        r"/category/([a-z-]+)/page/(\d+)/": "paged",
        r"/category/([a-z-]+)/": "category",
    }

    def path(self, story: Story) -> str:
        return f"/{story.published:%Y/%m/%d}/{story.slug}/"

    def picture_path(self, picture: Picture) -> str:
        year, month, _, name = picture.path.removeprefix("/images/").split("/")
        return f"/wp-content/uploads/{year}/{month}/{name.removesuffix('.png')}.jpg"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Terkait", story.related if "jetpack" in self.active else ())]

    def inline(self, story: Story) -> Story | None:
        """Return the story that a line of its own within the text leads to."""
        if "baca-juga" not in self.active or toss("juga", story.id) % 2:
            return None
        return next(iter(self.show(self.newsroom.earlier(story.id, 5)[4:])), None)

    def tell(self, story: Story) -> dict[str, Any]:
        return self.tell_whole(story, self.inline(story))

    def category(self, slug: str) -> Answer | None:
        """The first page of a section."""
        return self.paged(slug, None)

    def paged(self, slug: str, given: str | None) -> Answer | None:
        """A page of a section; none after the last."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section, given)
        if not stories:
            return None
        links = self.turn(f"/category/{slug}/", number, last)
        if number < last and not self.varied:
            following = f"/category/{slug}/page/{number + 1}/"
            links = f"""<nav class="navigation pagination"><div class="nav-links">
<a class="next page-numbers" href="{self.base}{following}">Pos-pos lama</a></div></nav>"""
        title = f'<header class="page-header"><h1 class="page-title">{section.name}</h1></header>'
        rows = title + self._items([one.id for one in stories]) + links
        return self.list_answer(self._frame(section.name, "", rows))

    def short(self, number: str) -> Answer | None:
        """The short address of an article."""
        story = self.newsroom.find(int(number))
        return redirect(self.url(story)) if story else None

    def article(self, path: str) -> Answer | None:
        """An article."""
        return self.answer_story(self.recall(path))

    def tag(self, slug: str) -> Answer:
        """The page of a tag."""
        stories = self.show(self.newsroom.visible())
        return self._list_of(slug, [s.id for s in stories if slug in map(slugify, s.tags)])

    def author(self, slug: str) -> Answer:
        """The page of an author."""
        stories = self.show(self.newsroom.visible())
        return self._list_of(slug, [s.id for s in stories if slug in map(slugify, s.authors)])

    def day(self, year: str, month: str, day: str) -> Answer | None:
        """The list of a day."""
        if "date-archive" not in self.active:
            return None
        wanted = f"{year}-{month}-{day}"
        visible = self.newsroom.visible()
        ids = [one for one in visible if str(self.newsroom.published(one).date()) == wanted]
        return self._list_of(wanted, ids)

    def rss(self, given: str | None) -> Answer | None:
        """The feed: four a page, the newest first."""
        stories, _, last = self.cut(None, given)
        if int(given or 1) > last:
            return None
        entries = self.entries([one.id for one in stories])
        if "appeared" in self.active:
            entries = [feed.sign(one, self.name, self.base) for one in entries]
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def comments(self) -> Answer:
        """The feed of comments: addresses of articles with a fragment."""
        entries = [
            replace(one, url=f"{one.url}#comment-7")
            for one in self.entries(self.newsroom.visible()[:2])
        ]
        return feed.rss(f"Komentar: {self.name}", self.base, entries, self.newsroom.changed())

    def posts(self, query: str) -> Answer:
        """A page of the REST collection; 400 after the last."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        size, number = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        ids = self.newsroom.visible()[(number - 1) * size : number * size]
        if not ids:
            wrong = {"code": "rest_post_invalid_page_number", "data": {"status": 400}}
            return Answer(dump(wrong).body, "application/json; charset=UTF-8", 400)
        return dump([self._post(one) for one in self.show(ids)])

    def sitemap(self) -> Answer:
        """The index: articles, categories, authors."""
        kinds = ("posts-post", "taxonomies-category", "users")
        urls = [f"{self.base}/wp-sitemap-{kind}-1.xml" for kind in kinds]
        return feed.sitemap_index(urls, self.newsroom.changed())

    def places(self, kind: str) -> Answer:
        """One sitemap: only the first has articles."""
        if kind == "posts-post":
            return feed.urlset(self.entries(self.newsroom.visible()), self.newsroom.changed())
        if kind == "users":
            names = {a for s in self.show(self.newsroom.visible()) for a in s.authors}
            return feed.pages(f"{self.base}/author/{slugify(one)}/" for one in sorted(names))
        return feed.pages(self.base + self.section_path(one) for one in self.newsroom.sections)

    def robots(self) -> Answer:
        text = f"User-agent: *\nDisallow: /wp-admin/\n\nSitemap: {self.base}/wp-sitemap.xml\n"
        return Answer(text.encode(), "text/plain; charset=utf-8")

    def _post(self, story: Story) -> dict[str, Any]:
        return {
            "id": story.id,
            "date": f"{story.published:%Y-%m-%dT%H:%M:%S}",
            "link": self.url(story),
            "title": {"rendered": quote(story.title)},
            "excerpt": {"rendered": f"<p>{quote(story.lead)}</p>\n"},
        }

    def _list_of(self, title: str, ids: list[int]) -> Answer:
        rows = f'<h1 class="page-title">{quote(title)}</h1>{self._items(ids)}'
        return self.list_answer(self._frame(title, "", rows))

    def _frame(self, title: str, head: str, main: str) -> str:
        return f"""<!DOCTYPE html>
<html lang="id-ID"><head><meta charset="UTF-8"><title>{quote(title)} - {quote(self.name)}</title>
<meta name="generator" content="WordPress 6.7.1">
<link rel="stylesheet" href="/wp-content/themes/newspack-theme/style.css">
<link rel="alternate" type="application/rss+xml" title="{quote(self.name)} &raquo; Feed" \
href="{self.base}/feed/">
<link rel="alternate" type="application/rss+xml" title="{quote(self.name)} &raquo; Umpan Komentar" \
href="{self.base}/comments/feed/">
<link rel="https://api.w.org/" href="{self.base}/wp-json/">
{head}</head><body class="wp-singular newspack-theme"><header id="masthead" class="site-header">
<p class="site-title"><a href="{self.base}/" rel="home">{quote(self.name)}</a></p>
<nav class="main-navigation"><ul class="menu">{self.links(' class="menu-item"')}</ul></nav></header>
<div id="content" class="site-content"><main id="main" class="site-main">
{main}</main></div>
<footer id="colophon"><p>&copy; {quote(self.name)}. Didukung oleh WordPress</p></footer>
</body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            rows.append(
                f'<article id="post-{one.id}" class="post type-post hentry">'
                f'<h2 class="entry-title"><a href="{self.url(one)}" rel="bookmark">'
                f"{quote(one.title)}</a></h2>{self._byline(one)}"
                f'<div class="entry-content"><p>{quote(one.lead)}</p></div></article>\n'
            )
        return "".join(rows)

    def _byline(self, story: Story) -> str:
        links = " dan ".join(
            f'<span class="author vcard"><a class="url fn n" href="/author/{slugify(one)}/">'
            f"{quote(one)}</a></span>"
            for one in story.authors
        )
        at = story.published
        day = f"{at.day} {MONTHS.split()[at.month - 1]} {at.year}"
        when = f'<time class="entry-date published" datetime="{at.isoformat()}">{day}</time>'
        if "date-archive" in self.active:
            when = f'<a href="/{at:%Y/%m/%d}/">{when}</a>'
        return (
            f'<div class="entry-meta"><span class="byline"><span>oleh</span> {links}</span>'
            f'<span class="posted-on">{when}</span></div>'
        )

    def _head(self, story: Story) -> str:
        rows = {
            "og:type": "article",
            "og:title": story.title,
            "og:description": story.lead,
            "og:url": self.url(story),
            "og:site_name": self.name,
            "article:published_time": story.published.isoformat(),
            "article:modified_time": story.modified.isoformat(),
            "og:image": self.image(story),
        }
        data = json.dumps(describe(self, story), ensure_ascii=False).replace("</", "<\\/")
        return (
            meta(rows)
            + f'<link rel="canonical" href="{self.url(story)}">\n'
            + f'<link rel="shortlink" href="{self.base}/?p={story.id}">\n'
            + f'<script type="application/ld+json" class="yoast-schema-graph">{data}</script>\n'
        )

    def _write(self, story: Story) -> str:
        section = story.section
        tags = ", ".join(
            f'<a href="/tag/{slugify(tag)}/" rel="tag">{quote(tag)}</a>' for tag in story.tags
        )
        return f"""<article id="post-{story.id}" class="post type-post status-publish hentry">
<header class="entry-header"><span class="cat-links">\
<a href="/category/{section.slug}/" rel="category tag">{quote(section.name)}</a></span>
<h1 class="entry-title">{quote(story.title)}</h1>
<div class="newspack-post-subtitle">{quote(story.lead)}</div>{self._byline(story)}</header>
<div class="entry-content">
{self._body(story)}{self._jetpack(story)}</div>
<footer class="entry-footer"><span class="tags-links"><span>Tag:</span> {tags}</span></footer>
</article>
<div id="comments" class="comments-area"><h2>Tinggalkan Balasan</h2><form></form></div>
"""

    def _body(self, story: Story) -> str:
        inline = self.inline(story)

        def write(number: int, words: str) -> str:
            if number in story.subheads:
                return f'<h2 class="wp-block-heading">{words}</h2>\n'
            line = f"<p>{words}</p>\n"
            if number == 0 and inline:
                title = quote(inline.title)
                line += (
                    f'<p><strong>Baca juga: <a href="{self.url(inline)}">{title}</a></strong></p>\n'
                )
            if number == 1 and "prompt" in self.active:
                line += _PROMPT
            return line

        return self.weave(story, write, self._picture)

    def _jetpack(self, story: Story) -> str:
        if "jetpack" not in self.active:
            return ""
        rows = "".join(
            f'<div class="jp-relatedposts-post"><h4><a href="{self.url(one)}">{quote(one.title)}'
            f"</a></h4><p>{quote(one.lead)}</p></div>"
            for one in self.show(story.related)
        )
        related = (
            f'<h3 class="jp-relatedposts-headline"><em>Terkait</em></h3>{rows}' if rows else ""
        )
        return f"""<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Bagikan ini:</h3>
<ul><li><a href="https://facebook.test/share">Facebook</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts">{related}</div>
"""

    def _picture(self, picture: Picture) -> str:
        src, alt = self.picture_path(picture), quote(self.alt(picture))
        legend = quote(self.legend(picture))
        caption = f'<figcaption class="wp-element-caption">{legend}</figcaption>' if legend else ""
        image = f'<img src="{self.base}{src}" alt="{alt}" class="wp-image-{toss(src) % 999}">'
        return f'<figure class="wp-block-image size-large">{image}{caption}</figure>\n'


_PROMPT = """<div class="wp-block-newspack-newsletters-subscribe newspack-newsletters-subscribe">
<p>Dapatkan berita pilihan di surel Anda.</p>
<form><input type="email"><button>Daftar</button></form></div>
"""

paper = WordpressPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
