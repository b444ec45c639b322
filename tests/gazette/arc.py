"""A fictional Arc XP paper in English (shared/sites/sites.md, 7), traps included.

    /news/2026/02/05/<slug>/   article                    /news/   section: the newest four
    /arc/outboundfeeds/rss/?outputType=xml                feed, whole texts in content:encoded
    /arc/outboundfeeds/sitemap-index/?outputType=xml -> .../sitemap/?outputType=xml&from=6
    /arc/outboundfeeds/news-sitemap/?outputType=xml       news sitemap (48 hours)
    /pf/api/v3/content/fetch/story-feed?query={"offset":4,"section":"/news"}   a list's next page

Traps, each of which ``without=[...]`` turns off: ``script-only`` (the text of some articles is in
Fusion.globalContent alone, the page shows a skeleton), ``utc`` (all instants are UTC, so that an
evening's story has the next day's date), ``interstitial`` (a link line within the content),
``gallery`` (other stories' contents in Fusion.contentCache, before the page's own), ``no-ld`` (no
JSON-LD at all).
"""

from __future__ import annotations

import json
from datetime import UTC, timedelta
from typing import Any, ClassVar
from urllib.parse import unquote

from . import feed
from .paper import Answer, dump, quote
from .prose import slugify, toss
from .story import Picture, Story
from .system import System, meta

SHARE = 6  # articles in one sitemap


class ArcPaper(System):
    """A paper on Arc XP."""

    key = platform = "arc"
    title = "Tallis County Courier"
    language, region, timezone = "en", "US", "America/New_York"
    first_id = 90_001
    turning = "numbers"
    traps = frozenset(("script-only", "utc", "interstitial", "gallery", "no-ld"))
    pagers = frozenset(("sitemap_index", "sitemap", "news_sitemap", "more"))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/arc/outboundfeeds/rss/\?outputType=xml": "rss",
        r"/arc/outboundfeeds/sitemap-index/\?outputType=xml": "sitemap_index",
        r"/arc/outboundfeeds/sitemap/\?outputType=xml(?:&from=(\d+))?": "sitemap",
        r"/arc/outboundfeeds/sitemap/\?from=(\d+)&outputType=xml": "sitemap",
        r"/arc/outboundfeeds/news-sitemap/\?outputType=xml": "news_sitemap",
        r"/pf/api/v3/content/fetch/story-feed\?query=(.*)": "more",
        r"(/[a-z]+/\d{4}/\d\d/\d\d/[^/?]+/)(?:\?.*)?": "article",
        r"(/resizer/.+\.jpg)": "picture_answer",
        r"/([a-z-]+)/": "category",
    }

    def path(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.published:%Y/%m/%d}/{story.slug}/"

    def picture_path(self, picture: Picture) -> str:
        name = picture.path.rpartition("/")[2].removesuffix(".png")
        return f"/resizer/v2/{toss(name):08X}{name.upper()}.jpg"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [(self.labels["related"], story.related)]

    def inline(self, story: Story) -> Story | None:
        """Return the story that a line of its own within the text leads to."""
        if "interstitial" not in self.active or toss("inline", story.id) % 2:
            return None
        return next(iter(self.show(self.newsroom.earlier(story.id, 4)[3:])), None)

    def credit(self, picture: Picture) -> str | None:
        return picture.credit

    def stamp(self, story: Story) -> str:
        """Return when a story was published, as the system writes it."""
        if "utc" in self.active:
            return story.published.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return story.published.isoformat()

    def tell(self, story: Story) -> dict[str, Any]:
        inline = self.inline(story)
        at = story.published.astimezone(UTC) if "utc" in self.active else story.published
        return {
            **super().tell(story),
            "published": at.isoformat(),
            "modified": at.isoformat(),
            "tags": list(story.tags),
            "inline": [{"url": self.url(inline), "title": inline.title}] if inline else [],
        }

    def category(self, slug: str) -> Answer | None:
        """A section: its newest four; the rest by script, or in the redesign by pages."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section)
        rows = self._items([one.id for one in stories]) + self.turn(f"/{slug}/", number, last)
        held = {"_id": f"/{slug}", "name": section.name, "node_type": "section"}
        main = f'<h1 class="b-section-title">{section.name}</h1><div class="b-results">{rows}</div>'
        return self.list_answer(self._frame(section.name, "", main, held))

    def more(self, query: str) -> Answer | None:
        """The JSON of a list's next page."""
        asked = json.loads(unquote(query))
        section = self.find_section(str(asked.get("section", "")).strip("/"))
        if section is None:
            return None
        start = int(asked.get("offset", 0))
        stories = self.show(self.newsroom.visible(section)[start : start + self.size])
        return dump({"content_elements": [self._content(one) for one in stories]})

    def article(self, path: str) -> Answer | None:
        """An article."""
        return self.answer_story(self.recall(path))

    def rss(self) -> Answer:
        """The feed: the newest three."""
        entries = self.entries(self.newsroom.visible()[:3])
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def sitemap_index(self) -> Answer:
        """The index: a sitemap for every six articles."""
        place = f"{self.base}/arc/outboundfeeds/sitemap/?outputType=xml"
        starts = range(0, len(self.newsroom.visible()), SHARE)
        urls = [place + (f"&from={start}" if start else "") for start in starts]
        return feed.sitemap_index(urls, self.newsroom.changed())

    def sitemap(self, given: str | None) -> Answer:
        """Six articles from the one asked for."""
        start = int(given or 0)
        ids = self.newsroom.visible()[start : start + SHARE]
        return feed.urlset(self.entries(ids), self.newsroom.changed())

    def news_sitemap(self) -> Answer:
        """The news sitemap: the last 48 hours."""
        since = self.newsroom.now - timedelta(hours=48)
        ids = [one for one in self.newsroom.visible() if self.newsroom.published(one) >= since]
        entries = self.entries(ids)
        return feed.news_urlset(self.name, self.language, entries, self.newsroom.changed())

    def robots(self) -> Answer:
        if self.varied:
            return super().robots()
        names = ("sitemap-index", "news-sitemap")
        maps = "".join(
            f"Sitemap: {self.base}/arc/outboundfeeds/{name}/?outputType=xml\n" for name in names
        )
        return Answer(f"User-agent: *\nDisallow: /pf/api/\n{maps}".encode(), "text/plain")

    def _frame(
        self, title: str, head: str, main: str, content: dict[str, Any] | None = None
    ) -> str:
        content = content or {}
        held = json.dumps(content).replace("</", "<\\/")
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{quote(title)} - {quote(self.name)}</title>
<link rel="stylesheet" href="/pf/dist/components/combinations/default.css?d=49">
<link rel="alternate" type="application/rss+xml" href="/arc/outboundfeeds/rss/?outputType=xml">
{head}</head><body><div id="fusion-app"><header class="b-header"><a href="/">{quote(self.name)}</a>
<nav class="b-nav"><ul>{self.links()}</ul></nav></header>
<main class="b-main">
{main}</main>
<footer class="b-footer"><p>&copy; {quote(self.name)}</p></footer></div>
<script id="fusion-metadata" type="application/javascript">window.Fusion=window.Fusion||{{}};\
Fusion.arcSite="courier";Fusion.contextPath="/pf";Fusion.deployment="49";{self._cache(content)}\
Fusion.globalContent={held};Fusion.globalContentConfig={{"source":"content-api"}};</script>
</body></html>
"""

    def _cache(self, content: dict[str, Any]) -> str:
        """The contents that other boxes of the page asked for."""
        if "gallery" not in self.active or "headlines" not in content:
            return ""
        other = [self._content(one) for one in self.show(self.newsroom.visible()[:2])]
        cached = {"story-feed": {"q": {"data": {"content_elements": other}}}}
        return f"Fusion.contentCache={json.dumps(cached)};".replace("</", "<\\/")

    def answer_story(self, story: Story | None) -> Answer | None:
        if story is None or self.newsroom.find(story.id) is None:
            return super().answer_story(story)
        content, main = self._content(story), self._write(story)
        return self.story_answer(story, self._frame(story.title, self._head(story), main, content))

    def _content(self, story: Story) -> dict[str, Any]:
        """A story as the content API gives it."""
        data: dict[str, Any] = {
            "_id": f"{toss('arc', story.id):08X}",
            "type": "story",
            "canonical_url": self.path(story),
            "website_url": self.path(story),
            "headlines": {"basic": story.title, "meta_title": ""},
            "subheadlines": {"basic": story.lead},
            "description": {"basic": story.lead},
            "credits": {"by": [{"type": "author", "name": one} for one in story.authors]},
            "display_date": self.stamp(story),
            "first_publish_date": self.stamp(story),
            "last_updated_date": self.stamp(story),
            "taxonomy": {
                "primary_section": {
                    "_id": f"/{story.section.slug}",
                    "name": story.section.name,
                },
                "tags": [{"text": one, "slug": slugify(one)} for one in story.tags],
            },
            "content_elements": self._elements(story),
        }
        return data

    def _elements(self, story: Story) -> list[dict[str, Any]]:
        elements = [self._element(one) for one in story.images if one.after < 0]
        inline = self.inline(story)
        for number, text in enumerate(story.paragraphs):
            if number in story.subheads:
                elements.append({"type": "header", "level": 2, "content": quote(text)})
            else:
                elements.append({"type": "text", "content": quote(text)})
            if number == 0 and inline:
                link = {"type": "interstitial_link", "content": inline.title}
                elements.append({**link, "url": self.path(inline)})
            elements += [self._element(one) for one in story.images if one.after == number]
        return elements

    def _element(self, picture: Picture) -> dict[str, Any]:
        return {
            "type": "image",
            "url": self.base + self.picture_path(picture),
            "caption": picture.caption or "",
            "alt_text": self.alt(picture),
            "credits": {"by": [{"type": "author", "name": picture.credit}]}
            if picture.credit
            else {},
        }

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            rows.append(
                f'<article class="b-promo"><h2 class="c-heading"><a class="c-link" '
                f'href="{self.path(one)}">{quote(one.title)}</a></h2>'
                f'<p class="c-paragraph">{quote(one.lead)}</p></article>\n'
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {
            "og:type": "article",
            "og:title": story.title,
            "og:description": story.lead,
            "og:url": self.url(story),
            "og:image": self.image(story),
            "article:section": story.section.name,
        }
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": self.stamp(story),
            "author": [{"@type": "Person", "name": one} for one in story.authors],
        }
        script = f'<script type="application/ld+json">{json.dumps(data)}</script>\n'
        canonical = f'<link rel="canonical" href="{self.url(story)}">\n'
        keywords = {"description": story.lead, "keywords": ",".join(story.tags)}
        said = meta(keywords, "name") + meta(rows) + canonical
        return said if "no-ld" in self.active else said + script

    def _write(self, story: Story) -> str:
        at = story.published
        body = self._body(story)
        if "script-only" in self.active and toss("skeleton", story.id) % 3 == 0:
            body = '<div class="b-skeleton"><span></span><span></span></div>\n'
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f'<div class="b-related"><h3>{label}</h3>{rows}</div>' if rows else ""
        tags = " ".join(f'<span class="c-tag">{quote(tag)}</span>' for tag in story.tags)
        section = f'<a class="c-overline" href="/{story.section.slug}/">{story.section.name}</a>'
        return f"""{section}
<h1 class="b-headline">{quote(story.title)}</h1>
<h2 class="b-subheadline">{quote(story.lead)}</h2>
<div class="b-byline"><span class="b-byline__names">By {quote(" and ".join(story.authors))}</span>
<time class="c-date b-date" datetime="{self.stamp(story)}">{at:%B} {at.day}, {at.year}</time></div>
<article class="b-article-body">
{body}</article>
<div class="b-tags">{tags}</div>
{related}"""

    def _body(self, story: Story) -> str:
        inline = self.inline(story)

        def write(number: int, words: str) -> str:
            line = f'<p class="c-paragraph">{words}</p>\n'
            if number in story.subheads:
                line = f'<h2 class="c-heading">{words}</h2>\n'
            if number == 0 and inline:
                line += (
                    f'<p class="c-paragraph b-article-body__interstitial-link"><a class="c-link" '
                    f'href="{self.path(inline)}">{quote(inline.title)}</a></p>\n'
                )
            return line

        return self.weave(story, write, self._picture)

    def _picture(self, picture: Picture) -> str:
        src, alt = self.base + self.picture_path(picture), quote(self.alt(picture))
        words = f'<span class="c-media-item__caption">{quote(picture.caption or "")}</span>'
        if picture.credit:
            words += f'<span class="c-media-item__credit">{quote(picture.credit)}</span>'
        under = f'<figcaption class="c-media-item__text">{words}</figcaption>'
        figure = f'<img src="{src}" alt="{alt}">{under if picture.caption else ""}'
        return f'<figure class="c-media-item">{figure}</figure>\n'


paper = ArcPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
