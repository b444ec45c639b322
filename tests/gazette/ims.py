"""A fictional paper of the old ims system (shared/sites/sites.md, "ims"), traps included.

    /42/340001/<slug with its marks>.aspx   article     /42/kinh-te.aspx   category
    /42/kinh-te.aspx?page=2                 its pages   /rss/42.rss        feed of a section
    /NewsImg/2_2026/<id>_<name>.jpg         pictures

Traps, each of which ``without=[...]`` turns off: ``nfd-slug`` (addresses hold Vietnamese letters,
their marks apart, percent-encoded), ``utf16`` (feeds are UTF-16 with a byte order mark, pages are
UTF-8), ``pm24`` ("05-02-2026 - 17:09 PM"), ``dateline``, ``bare-text`` (paragraphs are text
between empty p elements), ``viewstate`` (a hidden field of kilobytes before everything).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, ClassVar
from urllib.parse import quote as encode

from . import feed
from .paper import Answer, quote
from .prose import Section, toss
from .story import Picture, Story
from .system import System, meta


class ImsPaper(System):
    """A paper on the ims system."""

    key = platform = "ims"
    title = "Báo Suối Trám"
    traps = frozenset(("nfd-slug", "utf16", "pm24", "dateline", "bare-text", "viewstate"))
    pagers = frozenset(("paged",))
    routes: ClassVar = {
        r"/": "home",
        r"/robots\.txt": "robots",
        r"/rss/(\d+)\.rss": "rss",
        r"/\d+/(\d{5,})/[^/?]+\.aspx(?:\?.*)?": "article",
        r"(/NewsImg/.+\.jpg)": "picture_answer",
        r"/(\d+)/[a-z-]+\.aspx\?page=(\d+)": "paged",
        r"/(\d+)/[a-z-]+\.aspx": "category",
    }

    def path(self, story: Story) -> str:
        return f"/{story.section.zone}/{story.id}/{self.name_page(story)}.aspx"

    def name_page(self, story: Story) -> str:
        """Return the name of a story's page: its title with all its marks, or its slug."""
        if "nfd-slug" not in self.active:
            return story.slug
        words = re.findall(r"\w+", story.title)[:10]
        return encode(unicodedata.normalize("NFD", "-".join(words)))

    def section_path(self, section: Section) -> str:
        return f"/{section.zone}/{section.slug}.aspx"

    def picture_path(self, picture: Picture) -> str:
        year, month, _, name = picture.path.removeprefix("/images/").split("/")
        number, _, rest = name.removeprefix("dsc").removesuffix(".png").partition("-")
        return f"/NewsImg/{int(month)}_{year}/{number}_anh{rest}.jpg"

    def dateline(self, story: Story) -> str | None:
        return "STĐT" if "dateline" in self.active and toss("line", story.id) % 2 else None

    def blocks(self, story: Story) -> list[tuple[str, tuple[int, ...]]]:
        return [("Các tin khác", self.newsroom.earlier(story.id, 4))]

    def tell(self, story: Story) -> dict[str, Any]:
        return {**super().tell(story), "breadcrumbs": [story.section.name]}

    def category(self, zone: str) -> Answer | None:
        """The first page of a section."""
        return self.paged(zone, None)

    def paged(self, zone: str, given: str | None) -> Answer | None:
        """A page of a section; after the last one empty pages."""
        section = next((one for one in self.newsroom.sections if one.zone == int(zone)), None)
        if section is None:
            return None
        stories, number, last = self.cut(section, given)
        path = self.section_path(section)
        rows = self._items([one.id for one in stories])
        numbers = " ".join(
            f'<a href="{path}?page={n}">{n}</a>'
            for n in range(1, last + 1)
            if n != number and not self.varied
        )
        main = f"""<div class="CateName">{quote(section.name)}</div>
{rows}<div class="Paging">{numbers}</div>{self.turn(path, number, last)}"""
        return self.list_answer(self._frame(section.name, "", main))

    def article(self, number: str) -> Answer | None:
        """An article, or what became of it."""
        return self.answer_story(self.newsroom.recall(int(number)))

    def rss(self, zone: str) -> Answer | None:
        """The feed of a section: the newest two."""
        section = next((one for one in self.newsroom.sections if one.zone == int(zone)), None)
        if section is None:
            return None
        entries = self.entries(self.newsroom.visible(section)[:2])
        answer = feed.rss(self.name, self.base, entries, self.newsroom.changed())
        return feed.widen(answer) if "utf16" in self.active else answer

    def _frame(self, title: str, head: str, main: str) -> str:
        state = f"{toss(title):08x}" * 300 if "viewstate" in self.active else ""
        feeds = "".join(
            f'<link rel="alternate" type="application/rss+xml" href="/rss/{one.zone}.rss" />\n'
            for one in self.newsroom.sections
        )
        return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" \
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{quote(title)}</title>
{feeds}{head}</head><body><form method="post" action="" id="form1">
<div><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{state}" /></div>
<div id="Header"><a href="/"><img src="/Includes/logo.gif" alt="{quote(self.name)}" /></a></div>
<div id="Menu"><ul>{self.links()}</ul></div>
<div id="Main">
{main}</div>
<div id="Footer"><p>{quote(self.name)}. Tổng biên tập: Đinh Thế Phước. Hotline: 0216 000 000</p>
</div></form></body></html>
"""

    def _items(self, ids: tuple[int, ...] | list[int]) -> str:
        rows = []
        for one in self.show(ids):
            href, title = self.path(one), quote(one.title)
            src = self.picture_path(one.images[0]) if one.images else ""
            image = f'<img src="{src}" alt="" />' if src else ""
            rows.append(
                f'<div class="NewsItem">{image}<a class="NewsTitle" href="{href}">{title}</a>'
                f'<div class="NewsLead">{quote(one.lead)}</div></div>\n'
            )
        return "".join(rows)

    def _head(self, story: Story) -> str:
        return meta({"description": story.lead}, "name")

    def _write(self, story: Story) -> str:
        form = "%d-%m-%Y - %H:%M %p" if "pm24" in self.active else "%d/%m/%Y %H:%M"
        lead = quote(story.lead)
        if marker := self.dateline(story):
            lead = f"{marker} - {lead}"
        section = story.section
        label, ids = self.blocks(story)[0]
        rows = self._items(ids)
        others = f'<div class="OtherNews"><div class="Label">{label}</div>{rows}</div>'
        return f"""<div class="Path"><a href="{self.section_path(section)}">{section.name}</a></div>
<div class="NewsDetail"><h1 class="TitleDetail">{quote(story.title)}</h1>
<div class="DateDetail">{story.published.strftime(form)}</div>
<div class="LeadDetail">{lead}</div>
<div class="BodyDetail">
{self._body(story)}</div>
<div class="AuthorDetail">{quote(", ".join(story.authors))}</div></div>
{others if rows else ""}"""

    def _body(self, story: Story) -> str:
        bare = "bare-text" in self.active and toss("bare", story.id) % 2 == 0

        def write(number: int, words: str) -> str:
            inner = f"<b>{words}</b>" if number in story.subheads else words
            return f"<p></p>\n{inner}\n" if bare else f"<p>{inner}</p>\n"

        return self.weave(story, write, self._picture)

    def _picture(self, picture: Picture) -> str:
        src, alt = self.picture_path(picture), quote(self.alt(picture))
        legend = quote(self.legend(picture))
        row = f'<tr><td class="ImgCaption"><i>{legend}</i></td></tr>' if legend else ""
        return (
            f'<table class="ImgTable" align="center"><tbody><tr><td><img src="{src}" alt="{alt}" />'
            f"</td></tr>{row}</tbody></table>\n"
        )


paper = ImsPaper.make

if __name__ == "__main__":
    from .serve import run

    run(paper)
