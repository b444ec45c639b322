"""A fictional BLOX (TownNews) paper in English (shared/sites/sites.md, 7), traps included.

    /news/<slug>/article_<uuid>.html   article          /news/   section: the newest four
    /search/?f=rss&t=article&c=news&l=50               feed of a section
    /tncms/sitemap/editorial.xml -> editorial.xml?year=2026&month=2 (not padded)
    /tncms/sitemap/news.xml   news sitemap (48 hours)   /site/terms.html   no article

Traps, each of which ``without=[...]`` turns off: ``paywall`` (all but the first paragraphs is in
``.subscriber-only`` and hidden; isAccessibleForFree is false), ``inline-asset`` (another story
inside the text), ``promo`` (a prompt to subscribe inside the text), ``email-byline`` ("By Ann Lee
ann.lee@..."), ``most-popular`` (a box of other stories before the text).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any, ClassVar

from . import feed
from .paper import Answer, quote
from .prose import slugify, toss, write_instant
from .story import Picture, Story
from .system import System, meta
from .variation import rename

FREE = 2  # paragraphs before the wall


class BloxPaper(System):
    """A paper on BLOX."""

    key = platform = "blox"
    title = "The Wexmoor Ledger"
    language, region, timezone = "en", "US", "America/New_York"
    first_id = 70_001
    turning = "next"
    traps = frozenset(("paywall", "inline-asset", "promo", "email-byline", "most-popular"))
    pagers = frozenset(("sitemap", "news_sitemap"))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/search/\?f=rss&t=article&c=([a-z]+)(?:&.*)?": "rss",
        r"/tncms/sitemap/editorial\.xml(?:\?year=(\d{4})&month=(\d\d?))?": "sitemap",
        r"/tncms/sitemap/news\.xml": "news_sitemap",
        r"/site/terms\.html": "terms",
        r"/[a-z]+/[^/?]+/article_([0-9a-f-]{36})\.html(?:\?.*)?": "article",
        r"(/content/.+\.jpg)": "picture_answer",
        r"/([a-z-]+)/": "category",
    }

    def uuid(self, story_id: int) -> str:
        """Return the identity of a story."""
        digits = "".join(f"{toss('uuid', number, story_id):08x}" for number in range(4))
        return "-".join((digits[:8], digits[8:12], f"11f0-{digits[12:16]}", digits[16:28]))

    def path(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.slug}/article_{self.uuid(story.id)}.html"

    def picture_path(self, picture: Picture) -> str:
        name = picture.path.rpartition("/")[2].removesuffix(".png")
        return f"/content/tncms/assets/v3/editorial/{toss(name):08x}/{name}.image.jpg"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Related to this story", story.related)]

    def inline(self, story: Story) -> Story | None:
        """Return the story in a box inside the text."""
        if "inline-asset" not in self.active or toss("inline", story.id) % 2:
            return None
        return next(iter(self.show(self.newsroom.earlier(story.id, 4)[3:])), None)

    def tell(self, story: Story) -> dict[str, Any]:
        return self.tell_whole(story, self.inline(story))

    def category(self, slug: str) -> Answer | None:
        """A section: its newest four; only the redesigned paper turns its pages."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section)
        rows = self._items([one.id for one in stories]) + self.turn(f"/{slug}/", number, last)
        feeds = (
            '<link rel="alternate" type="application/rss+xml" '
            f'href="/search/?f=rss&amp;t=article&amp;c={slug}&amp;l=50">\n'
        )
        main = f'<h1 class="section-title">{section.name}</h1><div class="card-grid">{rows}</div>'
        return self.list_answer(self._frame(section.name, feeds, main))

    def article(self, uuid: str) -> Answer | None:
        """An article, or what became of it."""
        ids = {self.uuid(one): one for one in self.newsroom.ids()}
        return self.answer_story(self.newsroom.recall(ids.get(uuid, 0)))

    def rss(self, slug: str) -> Answer | None:
        """The feed of a section: the newest two."""
        section = self.find_section(slug)
        if section is None:
            return None
        entries = self.entries(self.newsroom.visible(section)[:2])
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def sitemap(self, year: str | None, month: str | None) -> Answer | None:
        """The index of months, or the articles of one."""
        dates = {one: self.newsroom.published(one) for one in self.newsroom.visible()}
        if year is None or month is None:
            months = dict.fromkeys((at.year, at.month) for at in dates.values())
            place = f"{self.base}/tncms/sitemap/editorial.xml"
            urls = [f"{place}?year={y}&month={m}" for y, m in months]
            return feed.sitemap_index(urls, self.newsroom.changed())
        wanted = (int(year), int(month))
        ids = [one for one, at in dates.items() if (at.year, at.month) == wanted]
        return feed.urlset(self.entries(ids), self.newsroom.changed())

    def news_sitemap(self) -> Answer:
        """The news sitemap: the last 48 hours."""
        since = self.newsroom.now - timedelta(hours=48)
        ids = [one for one in self.newsroom.visible() if self.newsroom.published(one) >= since]
        entries = self.entries(ids)
        return feed.news_urlset(self.name, self.language, entries, self.newsroom.changed())

    def terms(self) -> Answer:
        """A page that is no article."""
        words = "<h1>Terms of use</h1><p>By reading this site you agree to read it kindly.</p>"
        return self.list_answer(self._frame("Terms of use", "", words))

    def robots(self) -> Answer:
        if self.varied:
            return super().robots()
        maps = "".join(
            f"Sitemap: {self.base}/tncms/sitemap/{name}.xml\n" for name in ("editorial", "news")
        )
        return Answer(f"User-agent: *\nDisallow: /users/\n{maps}".encode(), "text/plain")

    def _frame(self, title: str, head: str, main: str) -> str:
        return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{quote(title)} | {quote(self.name)}</title>
<link rel="stylesheet" href="https://bloximages.test/shared-content/art/tncms/templates/site.css">
{head}</head><body class="tnt-site"><header id="site-header"><a href="/">{quote(self.name)}</a>
<nav id="main-navigation"><ul>{self.links(' class="tnt-section"')}</ul></nav></header>
<div id="main-page-container">
{main}</div>
<footer id="site-footer"><p>&copy; {quote(self.name)}, 14 Grange Road</p>
<a href="/site/terms.html">Terms of use</a></footer></body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href = self.path(one)
            rows.append(
                f'<article class="tnt-asset-type-article card" id="card-{self.uuid(one.id)}">'
                f'<h3 class="tnt-headline"><a class="tnt-asset-link" href="{href}">'
                f'{quote(one.title)}</a></h3><div class="card-lead"><p class="tnt-summary">'
                f"{quote(one.lead)}</p></div></article>\n"
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {
            "og:type": "article",
            "og:title": story.title,
            "og:description": story.lead,
            "og:url": self.url(story),
            "og:image": self.image(story),
            "og:section": story.section.name,
        }
        named = {
            "description": story.lead,
            "author": ", ".join(story.authors),
            "keywords": ", ".join(story.tags),
        }
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": write_instant(story.published),
            "dateModified": write_instant(story.modified),
            "description": story.lead,
            "keywords": list(story.tags),
            "articleSection": story.section.slug,
            "author": [{"@type": "Person", "name": one} for one in story.authors],
            "publisher": {"@type": "Organization", "name": self.name},
            "mainEntityOfPage": self.url(story),
        }
        if "paywall" in self.active:
            part = {"@type": "WebPageElement", "isAccessibleForFree": False}
            data["isAccessibleForFree"] = False
            name = "subscriber-only"
            data["hasPart"] = {**part, "cssSelector": f".{rename(name) if self.varied else name}"}
        script = f'<script type="application/ld+json">{json.dumps(data)}</script>\n'
        canonical = f'<link rel="canonical" href="{self.url(story)}">\n'
        return meta(named, "name") + meta(rows) + canonical + script

    def _write(self, story: Story) -> str:
        names = quote(" and ".join(story.authors))
        mail = f" {slugify(story.authors[0])}@wexmoorledger.test"
        at = story.published
        popular = self._items(self.newsroom.earlier(story.id, 3, same=False))
        if "most-popular" not in self.active or not popular:
            popular = ""
        else:
            popular = f'<div class="block most-popular"><h3>Most Popular</h3>{popular}</div>\n'
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f'<div id="asset-below"><h3>{label}</h3>{rows}</div>' if rows else ""
        tags = " ".join(f'<a href="/search/?k={slugify(t)}">{quote(t)}</a>' for t in story.tags)
        section = f'<a href="/{story.section.slug}/">{story.section.name}</a>'
        return f"""<ol class="breadcrumb"><li><a href="/">Home</a></li><li>{section}</li></ol>
{popular}<article class="asset"><header class="asset-header">
<h1 class="headline"><span>{quote(story.title)}</span></h1>
<h2 class="subhead"><span>{quote(story.lead)}</span></h2>
<div class="meta"><ul class="list-inline"><li><span class="tnt-byline">By {names}\
{mail if "email-byline" in self.active else ""}</span></li>
<li><time class="tnt-date asset-date" datetime="{write_instant(at)}">{at:%b} {at.day}, {at.year}\
</time></li></ul></div></header>
<div id="article-body" class="asset-content"><div class="asset-body">
{self._body(story)}</div></div>
<div class="asset-tags"><h4>Tags</h4>{tags}</div></article>
{related}"""

    def _body(self, story: Story) -> str:
        inline = self.inline(story)
        wall = "paywall" in self.active

        def write(number: int, words: str) -> str:
            line = f"<p>{words}</p>\n"
            if number in story.subheads:
                line = f"<h3>{words}</h3>\n"
            if wall and number >= FREE:
                line = f'<div class="subscriber-only" style="display:none">{line}</div>\n'
            if number == 0 and inline:
                line += (
                    f'<div class="inline-asset inline-editorial-article '
                    f'tnt-inline-asset"><h4>Read more</h4><a href="{self.path(inline)}">'
                    f"{quote(inline.title)}</a><p>{quote(inline.lead)}</p></div>\n"
                )
            return line + (_PROMO if number == 1 and "promo" in self.active else "")

        return self.weave(story, write, self._picture)

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{self.picture_path(picture)}" alt="{quote(self.alt(picture))}">'
        caption, credit = picture.caption, picture.credit
        words = f'<span class="caption-text"><p>{quote(caption)}</p></span>' if caption else ""
        if credit:
            words += (
                f'<span class="credit"><span class="tnt-byline asset-byline">{quote(credit)}'
                "</span></span>"
            )
        under = f'<figcaption class="caption">{words}</figcaption>' if words else ""
        return f'<figure class="photo">{image}{under}</figure>\n'

    def credit(self, picture: Picture) -> str | None:
        return picture.credit


_PROMO = """<div class="subscription-promo"><p>Support local news: subscribe for $1 a week.</p>
<a href="/users/subscribe/">Subscribe</a></div>
"""

paper = BloxPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
