"""A fictional paper of the card system (shared/sites/sites.md, "card"), traps included.

    /<slug>-<7 digits>.html   article             /Kinh-te, /kinh-te   category, 12 stories
    /list-post-by-category?page=2&limit=12&category_id=42&...   the pages after it, JSON
    /rss/home.rss             feed

Traps, each of which ``without=[...]`` turns off: ``mixed-case`` (one category under two
spellings), ``capital-slug`` (older articles begin with a capital), ``relative`` (the JSON's
addresses have neither host nor slash), ``zone-after-date`` ("[GMT+7]" behind the date),
``lead-inside`` (the lead is the first bold paragraph of the text, nowhere else).
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qs

from . import feed
from .paper import Answer, dump, quote
from .prose import Section
from .story import Picture, Story
from .system import System, meta


class CardPaper(System):
    """A paper on the card system."""

    key = platform = "card"
    title = "Báo Nậm Khuôn"
    first_id = 3_161_421
    size = 12
    sections = ("kinh-te",)
    menu = "/{slug}"
    traps = frozenset(("mixed-case", "capital-slug", "relative", "zone-after-date", "lead-inside"))
    pagers = frozenset(("more",))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/rss/home\.rss": "rss",
        r"/list-post-by-category\?(.*)": "more",
        r"/[^/?]+-(\d{7})\.html(?:\?.*)?": "article",
        r"(/images/.+\.png)": "picture_answer",
        r"/([A-Za-z-]+)": "category",
    }

    def path(self, story: Story) -> str:
        slug = story.slug
        if "capital-slug" in self.active and story.id % 4 == 0:
            slug = slug.capitalize()
        return f"/{slug}-{story.id}.html"

    def section_path(self, section: Section) -> str:
        path = super().section_path(section)
        return path[:1] + path[1:].capitalize() if "mixed-case" in self.active else path

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Cùng chuyên mục", self.newsroom.earlier(story.id, 3))]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "breadcrumbs": ["Trang chủ", story.section.name]}

    def category(self, slug: str) -> Answer | None:
        """The first page of a section, under either spelling."""
        section = self.find_section(slug.lower())
        if section is None or (slug != section.slug and "mixed-case" not in self.active):
            return None
        stories, number, last = self.cut(section)
        rows = self._items([one.id for one in stories])
        more = "" if self.varied else _MORE.replace("{zone}", str(section.zone))
        main = f"""<h1 class="main-title">{quote(section.name)}</h1>
<div class="list-content">
{rows}</div>{more}{self.turn(self.section_path(section), number, last)}"""
        return self.list_answer(self._frame(section.name, "", main))

    def more(self, query: str) -> Answer | None:
        """A page of the JSON pager: twelve stories, from page 1 on."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        zones = {str(one.zone): one for one in self.newsroom.sections}
        section = zones.get(asked.get("category_id", ""))
        if section is None:
            return None
        size, number = int(asked.get("limit", 12)), int(asked.get("page", 1))
        ids = self.newsroom.visible(section)[(number - 1) * size : number * size]
        return dump({"status": 1, "data": [self._entry(one) for one in self.show(ids)]})

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        return self.answer_story(self.newsroom.recall(int(number)))

    def rss(self) -> Answer:
        """The one feed: the newest three."""
        entries = self.entries(self.newsroom.visible()[:3])
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def _entry(self, story: Story) -> dict[str, Any]:
        link = self.path(story)
        return {
            "id": story.id,
            "title": story.title,
            "link": link.removeprefix("/") if "relative" in self.active else self.base + link,
            "thumb": self.image(story),
            "desc": story.lead,
            "date": f"{story.published:%d/%m/%Y %H:%M}",
        }

    def _frame(self, title: str, head: str, main: str) -> str:
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} | {quote(self.name)}</title>
{head}</head><body><header><a class="logo" href="/">{quote(self.name)}</a>
<nav class="navbar"><ul>{self.links(' class="nav-item"')}</ul></nav></header>
<div class="ads-zone-group" data-zone="1"></div>
<main class="container">
{main}</main>
<footer><p>{quote(self.name)}. Tổng biên tập: Tẩn Thị Lan. Hotline: 0206 111 111</p></footer>
</body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            image = f'<img src="{one.images[0].path}">' if one.images else ""
            rows.append(
                f'<article class="card"><a class="card-img" href="{href}">{image}</a>'
                f'<div class="card-content"><h3 class="card-title"><a href="{href}">{title}</a>'
                f'</h3><p class="card-text">{quote(one.lead)}</p></div></article>\n'
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {
            "og:type": "article",
            "og:title": story.title,
            "og:url": self.url(story),
            "og:image": self.image(story),
        }
        return meta(rows) + f'<link rel="canonical" href="{self.url(story)}">\n'

    def _write(self, story: Story) -> str:
        zone = " [GMT+7]" if "zone-after-date" in self.active else ""
        lead, inside = f'<p class="sapo">{quote(story.lead)}</p>\n', ""
        if "lead-inside" in self.active:
            lead, inside = "", f"<p><strong>{quote(story.lead)}</strong></p>\n"
        section = story.section
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f'<div class="main-title">{label}</div>{rows}' if rows else ""
        return f"""<div class="breadcrumbs"><ol class="breadcrumb">
<li><a href="/">Trang chủ</a></li>
<li><a href="/{section.slug}">{quote(section.name)}</a></li></ol></div>
<div class="detail-news"><h1 class="name">{quote(story.title)}</h1>
<div class="date">{story.published:%d/%m/%Y %H:%M}{zone}</div>
{lead}<div class="detail auto-gallery" id="content-detail">
{inside}{self._body(story)}</div>
<div class="pseudonym">{quote(", ".join(story.authors))}</div></div>
<div class="block-news-list">{related}</div>
"""

    def _body(self, story: Story) -> str:
        def write(number: int, words: str) -> str:
            return f"<h3>{words}</h3>\n" if number in story.subheads else f"<p>{words}</p>\n"

        return self.weave(story, write, self._picture)

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{picture.path}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        caption = f"<figcaption>{legend}</figcaption>" if legend else ""
        return f"<figure>{image}{caption}</figure>\n"


_MORE = """<button class="btn-load-more">Xem thêm</button>
<script>var page = 1; function loadMore() { page++; $.ajax({url: '/list-post-by-category',
data: {page: page, limit: 12, category_id: {zone}, show_thumb: true, show_desc: true}}); }</script>
"""

paper = CardPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
