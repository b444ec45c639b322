"""A fictional paper of the old dataimages system (shared/sites/sites.md), traps included.

    /xa-hoi/202602/<slug>-<7 digits>/   article     /xa-hoi/, /xa-hoi/?page=2   category
    /xa-hoi/index.rss                   feed of a section
    /dataimages/202602/original/images<n>_<name>.jpg    pictures

Traps, each of which ``without=[...]`` turns off: ``h2-title`` (the headline is h2#title, the h1
is the paper's name), ``dateline`` ("(GSĐT) - " before the lead), ``always`` (updatePeriod of the
feeds is a word that RSS does not know), ``table-caption`` (picture and caption are two rows),
``signature`` (the author is the last bold line), ``empty-feed`` (one section's feed has no item).
"""

from __future__ import annotations

from typing import Any, ClassVar

from . import feed
from .paper import Answer, quote
from .prose import toss
from .story import Picture, Story
from .system import System, meta


class DataimagesPaper(System):
    """A paper on the dataimages system."""

    key = platform = "dataimages"
    title = "Báo Gò Sậy"
    first_id = 2_203_904
    traps = frozenset(
        ("h2-title", "dateline", "always", "table-caption", "signature", "empty-feed")
    )
    pagers = frozenset(("paged",))
    turning = "word"
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/([a-z-]+)/index\.rss": "rss",
        r"/[a-z-]+/\d{6}/[^/?]+-(\d{7})/(?:\?.*)?": "article",
        r"(/dataimages/.+\.jpg)": "picture_answer",
        r"/([a-z-]+)/\?page=(\d+)": "paged",
        r"/([a-z-]+)/": "category",
    }

    def path(self, story: Story) -> str:
        return f"/{story.section.slug}/{story.published:%Y%m}/{story.slug}-{story.id}/"

    def picture_path(self, picture: Picture) -> str:
        year, month, _, name = picture.path.removeprefix("/images/").split("/")
        number = toss(name) % 1_000_000
        name = name.removesuffix(".png")
        return f"/dataimages/{year}{month}/original/images{number}_{name}.jpg"

    def dateline(self, story: Story) -> str | None:
        return "GSĐT" if "dateline" in self.active and toss("line", story.id) % 2 else None

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Tin liên quan", story.related)]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "breadcrumbs": [story.section.name]}

    def category(self, slug: str) -> Answer | None:
        """The first page of a section."""
        return self.paged(slug, None)

    def paged(self, slug: str, given: str | None) -> Answer | None:
        """A page of a section; after the last one empty pages."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section, given)
        rows = self._items([one.id for one in stories])
        numbers = "".join(
            f'<li><a href="/{slug}/?page={n}">{n}</a></li>'
            for n in range(1, last + 1)
            if n != number and not self.varied
        )
        main = f"""<h2 class="cate">{quote(section.name)}</h2>
<div class="list-news">
{rows}</div><ul class="pagination">{numbers}</ul>{self.turn(f"/{slug}/", number, last)}"""
        return self.list_answer(self._frame(section.name, "", main))

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        return self.answer_story(self.newsroom.recall(int(number)))

    def rss(self, slug: str) -> Answer | None:
        """The feed of a section: the newest two; of the first section nothing."""
        section = self.find_section(slug)
        if section is None:
            return None
        hollow = "empty-feed" in self.active and section == self.newsroom.sections[0]
        ids = () if hollow else self.newsroom.visible(section)[:2]
        answer = feed.rss(self.name, self.base, self.entries(ids), self.newsroom.changed())
        return feed.tune(answer, "always") if "always" in self.active else answer

    def _frame(self, title: str, head: str, main: str) -> str:
        feeds = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="/{one.slug}/index.rss" />\n'
            for one in self.newsroom.sections
        )
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{quote(title)} - {quote(self.name)}</title>
{feeds}{head}</head><body><div id="banner"><h1><a href="/">{quote(self.name)} điện tử</a></h1></div>
<div id="topnav"><ul>{self.links()}</ul></div>
<div id="page-content">
{main}</div>
<div id="footer"><p>{quote(self.name)} điện tử. Phó Tổng biên tập: Lò Seo Khoa</p></div>
</body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            src = self.picture_path(one.images[0]) if one.images else ""
            image = f'<img src="{src}" />' if src else ""
            rows.append(
                f'<div class="news-row"><a href="{href}">{image}</a>'
                f'<h3><a class="title" href="{href}">{title}</a></h3>'
                f'<span class="date">{one.published:%d/%m/%Y}</span>'
                f'<p class="intro">{quote(one.lead)}</p></div>\n'
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {"og:title": story.title, "og:url": self.url(story), "og:image": self.image(story)}
        return meta({"description": story.lead}, "name") + meta(rows)

    def _write(self, story: Story) -> str:
        section = story.section
        tag = "h2" if "h2-title" in self.active else "h1"
        lead = quote(story.lead)
        if marker := self.dateline(story):
            lead = f"({marker}) - {lead}"
        byline = ""
        if "signature" not in self.active:
            byline = f'<p class="author">{quote(", ".join(story.authors))}</p>'
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f'<div class="related"><h3>{label}</h3>{rows}</div>' if rows else ""
        return f"""<div class="navi"><a href="/{section.slug}/">{quote(section.name)}</a></div>
<{tag} id="title">{quote(story.title)}</{tag}>
<div class="page-detail-meta"><ul><li class="list-inline-item">\
{story.published:%d/%m/%Y, %H:%M}</li>
<li class="list-inline-item"><a href="javascript:window.print()">In bài</a></li></ul></div>
<div class="article_content"><div class="desc">{lead}</div>{byline}
<div id="content">
{self._body(story)}</div></div>
{related}"""

    def _body(self, story: Story) -> str:
        def write(number: int, words: str) -> str:
            inner = f"<strong>{words}</strong>" if number in story.subheads else words
            return f"<p>{inner}</p>\n"

        body = self.weave(story, write, self._picture)
        if "signature" in self.active:
            names = quote(", ".join(story.authors))
            body += f'<p align="right"><strong>{names}</strong></p>\n'
        return body

    def _picture(self, picture: Picture) -> str:
        src, alt = self.picture_path(picture), quote(self.alt(picture))
        image = f'<img src="{src}" alt="{alt}" border="0" />'
        legend = quote(self.legend(picture))
        if "table-caption" in self.active:
            row = f'<tr><td class="Image">{legend}</td></tr>' if legend else ""
            return (
                f'<table class="image center" width="500"><tbody><tr><td>{image}</td></tr>{row}'
                "</tbody></table>\n"
            )
        under = f'<p class="caption">{legend}</p>' if legend else ""
        return f'<p class="pic">{image}</p>{under}\n'


paper = DataimagesPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
