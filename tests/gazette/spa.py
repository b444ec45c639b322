"""A fictional paper whose lists exist as JSON only (shared/sites/sites.md, "spa").

    /tin-bai/kinh-te/<slug>     article, rendered on the server       /tin-tuc/kinh-te   an empty
    category page: a script fills it from
    /api/web/menu-get-list                                            the categories
    /api/web/article-get-news-by-category-slug?category_slug=kinh-te&limit=20    their articles

The API has its own host in the world; here it is the paper's. Traps, each of which
``without=[...]`` turns off: ``parts`` (the JSON has slugs from which the address is made, no
address), ``other-type`` (some articles are of another type, which is the first part of their
address), ``status`` (what is wrong is told by "status": 0 under HTTP 200).
"""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import parse_qs

from .paper import Answer, dump, quote
from .prose import toss
from .story import Picture, Story
from .system import System, meta


class SpaPaper(System):
    """A paper that shows its lists by script."""

    key = platform = "spa"
    title = "Báo Mường Sậy"
    menu = "/tin-tuc/{slug}"
    turning = "next"
    traps = frozenset(("parts", "other-type", "status"))
    pagers = frozenset(("menu_list", "more"))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/api/web/menu-get-list": "menu_list",
        r"/api/web/article-get-news-by-category-slug\?(.*)": "more",
        r"/tin-tuc/([a-z-]+)": "category",
        r"(/images/.+\.png)": "picture_answer",
        r"(/(?:tin-bai|phong-su)/[a-z-]+/[^/?]+)(?:\?.*)?": "article",
    }

    def path(self, story: Story) -> str:
        return f"/{self.kind(story)}/{story.section.slug}/{story.slug}"

    def kind(self, story: Story) -> str:
        """Return the type of a story: the first part of its address."""
        other = "other-type" in self.active and toss("type", story.id) % 5 == 0
        return "phong-su" if other else "tin-bai"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Tin cùng chuyên mục", self.newsroom.earlier(story.id, 3))]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "tags": list(story.tags)}

    def category(self, slug: str) -> Answer | None:
        """A section: empty; after the redesign rendered on the server."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section)
        rows = self._items([one.id for one in stories]) if self.varied else ""
        rows += self.turn(f"/tin-tuc/{slug}", number, last)
        main = f'<h1 class="category-name">{quote(section.name)}</h1><div id="list">{rows}</div>'
        return self.list_answer(self._frame(section.name, "", main))

    def menu_list(self) -> Answer:
        """The categories."""
        rows = [{"menu_name": s.name, "menu_slug": s.slug} for s in self.newsroom.sections]
        return dump({"status": 1, "data": {"list": rows}})

    def more(self, query: str) -> Answer:
        """The newest ``limit`` articles of a category; status 0 for one that is not."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        section = self.find_section(asked.get("category_slug", ""))
        if section is None:
            wrong = {"status": 0, "message": "category not found"}
            return dump(wrong) if "status" in self.active else Answer(b"{}", status=404)
        size, page = int(asked.get("limit", 10)), int(asked.get("page", 1))
        ids = self.newsroom.visible(section)[(page - 1) * size : page * size]
        return dump({"status": 1, "data": {"list": [self._entry(s) for s in self.show(ids)]}})

    def article(self, path: str) -> Answer | None:
        """An article."""
        return self.answer_story(self.recall(path))

    def _entry(self, story: Story) -> dict[str, Any]:
        entry = {
            "article_title": story.title,
            "article_slug": story.slug,
            "category_slug": story.section.slug,
            "article_type_slug": self.kind(story),
            "article_summary": story.lead,
            "article_thumb": story.images[0].path if story.images else None,
        }
        return entry if "parts" in self.active else {**entry, "url": self.path(story)}

    def _frame(self, title: str, head: str, main: str) -> str:
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} | {quote(self.name)}</title>
{head}</head><body><div id="__next"><header><a href="/">{quote(self.name)}</a>
<nav><ul>{self.links()}</ul></nav></header><main>
{main}</main>
<footer><p>{quote(self.name)}. Giấy phép số 00/GP-BTTTT</p></footer></div>
<script src="/_next/static/chunks/main.js"></script></body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            image = f'<img src="{one.images[0].path}">' if one.images else ""
            rows.append(
                f'<div class="post-item"><a href="{self.path(one)}">{image}'
                f"<h3>{quote(one.title)}</h3></a><p>{quote(one.lead)}</p></div>\n"
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {"og:title": story.title, "og:url": self.url(story), "og:image": self.image(story)}
        return meta({"description": story.lead}, "name") + meta({"og:type": "article", **rows})

    def _write(self, story: Story) -> str:
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f"<h3>{label}</h3>{rows}" if rows else ""
        tags = " ".join(f"<span>{quote(tag)}</span>" for tag in story.tags)
        section = quote(story.section.name)
        return f"""<div class="breadcrumb"><a href="/">Trang chủ</a>
<a href="/tin-tuc/{story.section.slug}">{section}</a></div>
<h1 class="article-title">{quote(story.title)}</h1>
<div class="article-info"><span class="article-author">{quote(", ".join(story.authors))}</span>
<span class="article-date">{story.published:%d/%m/%Y %H:%M}</span></div>
<div class="article-summary">{quote(story.lead)}</div>
<div class="editor-content">
{self._body(story)}</div>
<div class="article-tags"><b>{self.labels["tags"]}</b> {tags}</div>
<div class="article-related">{related}</div>
"""

    def _body(self, story: Story) -> str:
        def write(number: int, words: str) -> str:
            return f"<h2>{words}</h2>\n" if number in story.subheads else f"<p>{words}</p>\n"

        return self.weave(story, write, self._picture)

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{picture.path}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        caption = f"<figcaption>{legend}</figcaption>" if legend else ""
        return f'<figure class="image">{image}{caption}</figure>\n'


paper = SpaPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
