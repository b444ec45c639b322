"""A fictional paper of the fck system (shared/sites/sites.md, "fck"), traps included.

    /<slug>-a<id>.html   article       /kinh-te/, /kinh-te/?p=2&d=   category, 4 stories
    /print/<slug>-a<id>.html   its print form      /rss/subcate/kinh-te/   feed of a section
    /image/news/2026/20260205/<name>.jpg           pictures, linked relative to the base

Traps, each of which ``without=[...]`` turns off: ``crumb-h1`` (the first h1 is the breadcrumb),
``base`` (base href names the template folder), ``day-only`` (the date in JSON-LD has no time),
``junk`` (the description in the head is a line of the text with a plus sign), ``no-lead`` (some
articles have none), ``initials`` (the author is the last, right-aligned paragraph, with the
source in brackets), ``tables`` (picture and caption are two rows of a table).
"""

from __future__ import annotations

import json
from typing import Any, ClassVar

from . import feed
from .paper import Answer, quote
from .prose import toss
from .story import Picture, Story
from .system import System, meta

TEMPLATES = "/static/templates/version1/homepage/"


class FckPaper(System):
    """A paper on the fck system."""

    key = platform = "fck"
    title = "Báo Bạch Đàn"
    first_id = 216_001
    traps = frozenset(("crumb-h1", "base", "day-only", "junk", "no-lead", "initials", "tables"))
    pagers = frozenset(("paged",))
    turning = "word"
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/rss/subcate/([a-z-]+)/": "rss",
        r"/[^/?]+-a(\d+)\.html(?:\?.*)?": "article",
        r"/print/[^/?]+-a(\d+)\.html": "printed",
        r"(/image/news/.+\.jpg)": "picture_answer",
        r"/([a-z-]+)/\?p=(\d+)&d=": "paged",
        r"/([a-z-]+)/": "category",
    }

    def path(self, story: Story) -> str:
        return f"/{story.slug}-a{story.id}.html"

    def picture_path(self, picture: Picture) -> str:
        year, month, _, name = picture.path.removeprefix("/images/").split("/")
        day = f"{year}{month}{toss(name) % 28 + 1:02}"
        return f"/image/news/{year}/{day}/{name.removesuffix('.png')}.jpg"

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [
            ("Đọc thêm", story.related),
            ("Tiêu điểm", self.newsroom.earlier(story.id, 3, same=False)),
        ]

    def tell(self, story: Story) -> dict[str, Any]:
        told = super().tell(story)
        return {
            **told,
            "lead": None if self._is_leadless(story) else story.lead,
            "agency": story.agency if self._signs(story) else None,
            "breadcrumbs": [story.section.name],
        }

    def home(self) -> Answer:
        """The front page: the newest three."""
        rows = self._items(self.newsroom.visible()[:3])
        return self.list_answer(self._frame(self.name, "", f"<ul>{rows}</ul>"))

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
        links = "" if self.varied else f'<a href="/{slug}/?p={number + 1}&amp;d=">Xem thêm</a>'
        title = f'<h1><a href="/{slug}/">{quote(section.name)}</a></h1>'
        main = f"""<div class="titlecate">{title}</div>
<ul class="cate-content-list-item">
{rows}</ul><div class="paging">{links if number < last else ""}</div>
{self.turn(f"/{slug}/", number, last)}"""
        return self.list_answer(self._frame(section.name, "", main))

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        return self.answer_story(self.newsroom.recall(int(number)))

    def printed(self, number: str) -> Answer | None:
        """The print form of an article."""
        story = self.newsroom.find(int(number))
        if story is None:
            return None
        head = f'<head><meta charset="utf-8"><title>In bài - {quote(story.title)}</title></head>'
        body = f"<h1>{quote(story.title)}</h1>{self._body(story)}"
        return Answer(f"<!DOCTYPE html>\n<html>{head}<body>{body}</body></html>".encode())

    def rss(self, slug: str) -> Answer | None:
        """The feed of a section: the newest two."""
        section = self.find_section(slug)
        if section is None:
            return None
        entries = self.entries(self.newsroom.visible(section)[:2])
        return feed.rss(self.name, self.base, entries, self.newsroom.changed())

    def _frame(self, title: str, head: str, main: str) -> str:
        feeds = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="/rss/subcate/{one.slug}/">\n'
            for one in self.newsroom.sections
        )
        base = f'<base href="{self.base}{TEMPLATES}">\n' if "base" in self.active else ""
        return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8">{base}<title>{quote(title)}</title>
<link rel="stylesheet" href="{TEMPLATES}css/style.css">
{feeds}{head}</head><body><div id="header"><a href="/"><img src="{TEMPLATES}images/logo.png"></a>
<span>Đọc báo giấy Online</span></div>
<div id="menu"><ul>{self.links()}</ul></div>
<div id="wrapper">
{main}</div>
<div id="footer"><p>{quote(self.name)} - Giấy phép số 00/GP-BTTTT. Tòa soạn: đường Ven Sông</p>
</div>
</body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            image = f'<img src="{self._src(one.images[0])}">' if one.images else ""
            rows.append(
                f'<li class="item"><div class="b-img"><a href="{href}">{image}</a></div>'
                f'<div class="b-content"><h3><a class="title" href="{href}">{title}</a></h3>'
                f"<p>{quote(one.lead)}</p></div></li>\n"
            )
        return "".join(rows)

    def _src(self, picture: Picture) -> str:
        """A picture as the page links it: up from the template folder where that is the base."""
        path = self.picture_path(picture)
        return f"../../../..{path}" if "base" in self.active else path

    def _head(self, story: Story) -> str:
        said = f"+ {story.section.name}:" if "junk" in self.active else story.lead
        moment = story.published
        day_only = "day-only" in self.active
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "datePublished": f"{moment:%Y-%m-%d}" if day_only else moment.isoformat(),
            "publisher": {"@type": "Organization", "name": self.name},
        }
        rows = {"og:title": story.title, "og:type": "article", "og:image": self.image(story)}
        text = json.dumps(data, ensure_ascii=False)
        script = f'<script type="application/ld+json">{text}</script>\n'
        about = {"og:url": self.url(story), "og:description": said, **rows}
        return meta({"description": said}, "name") + meta(about) + script

    def _write(self, story: Story) -> str:
        tag = "h1" if "crumb-h1" in self.active else "div"
        section = f'<a href="/{story.section.slug}/">{quote(story.section.name)}</a>'
        desc = "" if self._is_leadless(story) else f"<p>{quote(story.lead)}</p>"
        byline = ""
        if not self._signs(story):
            byline = f'<p class="author ignore">{quote(", ".join(story.authors))}</p>\n'
        boxes = [
            f'<div class="{css}"><h3>{label}</h3><ul>{self._items(ids)}</ul></div>\n'
            for css, (label, ids) in zip(
                ("detail-related", "box160"), self.blocks(story), strict=True
            )
            if self.show(ids)
        ]
        return f"""<div class="titlecate"><{tag}>{section}</{tag}></div>
<div class="detail-title"><h1 class="fw700">{quote(story.title)}</h1></div>
<div class="pubdate">{story.published:%d/%m/%Y - %H:%M}</div>
<a class="print" href="/print{self.path(story)}">In bài</a>
<div class="detail-desc">{desc}</div>
<div id="newscontents"><div class="content-fck">
{self._body(story)}</div></div>
{byline}<div id="linkshare"><span>Chia sẻ bài viết</span> <a href="https://zalo.test/">Zalo</a></div>
{boxes[0] if boxes else ""}<div id="comment"><h3>BÌNH LUẬN</h3><form>
<input type="hidden" name="txtnewsid" value="{story.id}"><textarea></textarea>
<button>Gửi ý kiến</button></form></div>
{"".join(boxes[1:])}"""

    def _is_leadless(self, story: Story) -> bool:
        return "no-lead" in self.active and toss("lead", story.id) % 4 == 0

    def _signs(self, story: Story) -> bool:
        """Whether the author stands at the end of the text, not in an element of its own."""
        return "initials" in self.active and toss("initials", story.id) % 2 == 0

    def _body(self, story: Story) -> str:
        def write(number: int, words: str) -> str:
            inner = f"<strong>{words}</strong>" if number in story.subheads else words
            return f'<p style="text-align: justify;">{inner}</p>\n'

        body = self.weave(story, write, self._picture)
        if self._signs(story):
            source = f" (Theo {story.agency})" if story.agency else ""
            name = quote(", ".join(story.authors) + source)
            body += f'<p style="text-align: right;"><strong>{name}</strong></p>\n'
        return body

    def _picture(self, picture: Picture) -> str:
        image = f'<img src="{self._src(picture)}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        if "tables" in self.active:
            row = f"<tr><td><p>{legend}</p></td></tr>" if legend else ""
            return f'<table class="tblImg"><tbody><tr><td>{image}</td></tr>{row}</tbody></table>\n'
        caption = f"<figcaption>{legend}</figcaption>" if legend else ""
        return f"<figure>{image}{caption}</figure>\n"


paper = FckPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
