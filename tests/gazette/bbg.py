"""A fictional paper of the bbg system (shared/sites/sites.md, "bbg"), traps included.

    /<slug>--postid<id>.bbg, /<slug>.bbg    articles, some without an id
    /kinh-te       category: all that it shows is on one page

Traps, each of which ``without=[...]`` turns off: ``visit-clock`` (the header shows when the page
was asked for, before any date), ``no-id`` (a third of the addresses hold none), ``bare-text``
(paragraphs are text between empty p elements, in some articles), ``signature`` (the author is the
last, right-aligned paragraph and nowhere else), ``pipe-date`` ("18:27 | 05/02/2026").
"""

from __future__ import annotations

from typing import Any, ClassVar

from .paper import Answer, quote
from .prose import slugify, toss
from .story import Picture, Story
from .system import System, meta

DAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


class BbgPaper(System):
    """A paper on the bbg system."""

    key = platform = "bbg"
    title = "Báo Bắc Khê"
    first_id = 449_001
    menu = "/{slug}"
    size = 20
    turning = "word"
    traps = frozenset(("visit-clock", "no-id", "bare-text", "signature", "pipe-date"))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/([^/?]+)\.bbg(?:\?.*)?": "article",
        r"(/images/.+\.png)": "picture_answer",
        r"/([a-z-]+)": "category",
    }

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.size = 4 if self.varied else self.size

    def path(self, story: Story) -> str:
        return f"/{self.stem(story)}.bbg"

    def stem(self, story: Story) -> str:
        """Return the name of a story's page, with its id or, for some, without."""
        if "no-id" in self.active and toss("no-id", story.id) % 3 == 0:
            return f"{story.slug}-{slugify(story.section.name)}"
        return f"{story.slug}--postid{story.id}"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Tin liên quan", story.related)]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "breadcrumbs": [story.section.name]}

    def category(self, slug: str) -> Answer | None:
        """A section: its newest twenty."""
        section = self.find_section(slug)
        if section is None:
            return None
        stories, number, last = self.cut(section)
        rows = self._items([one.id for one in stories])
        main = f"""<h2 class="cate-title">{quote(section.name)}</h2>
<div class="news-list">
{rows}</div>{self.turn(f"/{slug}", number, last)}"""
        return self.list_answer(self._frame(section.name, "", main))

    def article(self, stem: str) -> Answer | None:
        """An article, or what became of it."""
        return self.answer_story(self.recall(f"/{stem}.bbg"))

    def _frame(self, title: str, head: str, main: str) -> str:
        now = self.now()
        clock = f"Thứ {DAYS[now.weekday()]}" if now.weekday() < 6 else "Chủ nhật"
        clock = f'<div class="top-time">{clock}, {now:%d/%m/%Y - %H:%M}</div>'
        clock = clock if "visit-clock" in self.active else ""
        return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{quote(title)} - {quote(self.name)}</title>
{head}</head><body><form id="aspnetForm" action="./">
<input type="hidden" name="__VIEWSTATE" value="">
<div class="header">{clock}<a href="/">{quote(self.name)}</a>
<ul class="nav-main">{self.links()}</ul></div>
<div class="main-content">
{main}</div>
<div class="footer">{quote(self.name)}. Cơ quan chủ quản: Tỉnh ủy Bắc Khê</div>
</form></body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            image = f'<img src="{one.images[0].path}">' if one.images else ""
            rows.append(
                f'<div class="news-item"><a class="thumb" href="{href}">{image}</a>'
                f'<a class="font-tin-doc" href="{href}">{title}</a>'
                f'<p class="news-desc">{quote(one.lead)}</p></div>\n'
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        rows = {"og:title": story.title, "og:url": self.url(story), "og:image": self.image(story)}
        return meta({"description": story.lead}, "name") + meta({"og:type": "article", **rows})

    def _write(self, story: Story) -> str:
        section = story.section
        form = "%H:%M | %d/%m/%Y" if "pipe-date" in self.active else "%d/%m/%Y %H:%M"
        byline = "" if "signature" in self.active else self._sign(story, "author")
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        related = f"<h3>{label}</h3>{rows}" if rows else ""
        return f"""<div class="bread"><a href="/{section.slug}">{quote(section.name)}</a></div>
<div class="news-details"><h1 class="news-details__title">{quote(story.title)}</h1>
<div class="news-details__time">{story.published.strftime(form)}</div>{byline}
<div class="news_detail_sapo"><p>{quote(story.lead)}</p></div>
<div id="news-detail" class="news-details__content link_content">
{self._body(story)}</div>
<div class="share"><span>Chia sẻ:</span> <a href="https://facebook.test/share">Facebook</a></div>
<div class="news-related__list">{related}</div></div>
"""

    def _sign(self, story: Story, css: str) -> str:
        return f'<p class="{css}">{quote(", ".join(story.authors))}</p>'

    def _body(self, story: Story) -> str:
        bare = "bare-text" in self.active and toss("bare", story.id) % 3 == 0

        def write(number: int, words: str) -> str:
            inner = f"<strong>{words}</strong>" if number in story.subheads else words
            return f"<p></p>\n{inner}\n" if bare else f"<p>{inner}</p>\n"

        body = self.weave(story, write, self._picture)
        if "signature" in self.active:
            names = quote(", ".join(story.authors))
            body += f'<p style="text-align: right;"><strong>{names}</strong></p>\n'
        return body

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{picture.path}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        under = f'<p class="caption"><em>{legend}</em></p>' if legend else ""
        return f'<div class="image-box">{image}{under}</div>\n'


paper = BbgPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
