"""Held out: a Thai paper in nested lists, with short months and Buddhist years.

    /region/economy/news_340001          article     /region/economy      category, ?start=6
    /sitemap/index.xml -> /sitemap/news-202602.xml.gz (as gzip, whatever is accepted)
    /region/economy/clip_340002  /tag/...  /columnist/7     look-alikes

JSON-LD calls every page a WebPage; a box of popular stories stands on every page.
"""

from __future__ import annotations

import json

from tests.gazette import feed

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

MONTHS = ("ม.ค.", "ก.พ.", "มี.ค.")


class Siam(Stranger):
    """ข่าวริมโขง."""

    key = "siam"
    language = "th"
    house = "ข่าวริมโขง"
    text_css = 'class="s9-detail"'

    def place(self, story: Story) -> str:
        return f"/region/{story.section.slug}/news_{story.id}"

    def section_path(self, section: Section) -> str:
        return f"/region/{section.slug}"

    def list_path(self, section: Section, start: int) -> str:
        return f"{self.section_path(section)}{f'?start={start}' if start else ''}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/sitemap/index.xml": self._index,
            "/sitemap/news-202602.xml.gz": self._sitemap,
            "/about.html": self._about,
            "/columnist/7": lambda: self._collect("นักเขียน"),
            "/tag/rice": lambda: self._collect("ข้าว"),
            "/tag/road": lambda: self._collect("ถนน"),
        }
        for story in self.show(self.newsroom.visible()[:6]):
            pages[self._clip_path(story)] = lambda one=story: self._clip(one)
        return pages

    def _clip_path(self, story: Story) -> str:
        return f"/region/{story.section.slug}/clip_{story.id + 1}"

    def write_robots(self) -> Answer:
        text = f"User-agent: *\nAllow: /\nSitemap: {self.base}/sitemap/index.xml\n"
        return Answer(text.encode(), "text/plain")

    def _index(self) -> Answer:
        url = f"{self.base}/sitemap/news-202602.xml.gz"
        return feed.sitemap_index([url], self.newsroom.changed())

    def _sitemap(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible())]
        return feed.pack(feed.urlset(rows, self.newsroom.changed()), declared=False)

    def write_front(self) -> Answer:
        clips = "".join(
            f'<li><a href="{self._clip_path(one)}">คลิป {quote(one.title)}</a></li>'
            for one in self.show(self.newsroom.visible()[:6])
        )
        news = self._list(self.show(self.newsroom.visible()[:10]))
        return self._page(self.name, f"{news}<ul>{clips}</ul>", "/")

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        count = len(self.newsroom.visible(section))
        turn = "".join(
            f'<li><a href="{self.list_path(section, at)}">{at // self.size + 1}</a></li>'
            for at in range(0, count, self.size)
            if at != start
        )
        main = f"<h2>{quote(section.name)}</h2>{self._list(self.show(ids))}<ul class=pn>{turn}</ul>"
        return self._page(section.name, main, self.list_path(section, start))

    def _list(self, stories: list[Story]) -> str:
        rows = "".join(
            f'<li><ul class="s9-i"><li class="s9-p"><a href="{self.path(one)}">'
            f'<img src="/images/s{one.id}.png" alt="{quote(one.title)}"></a></li>'
            f'<li class="s9-t"><a href="{self.path(one)}">{quote(one.title)}</a></li>'
            f'<li class="s9-s">{quote(one.lead)}</li></ul></li>\n'
            for one in self.listed(stories)
        )
        return f'<ul class="s9-l">{rows}</ul>'

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{at.day} {MONTHS[at.month - 1]} {at.year + 543} {at:%H:%M} น."
        text = ""
        for number, words in enumerate(story.paragraphs):
            text += f'<p class="s9-x">&nbsp;&nbsp;&nbsp;{quote(words)}</p>'
            for one in story.images:
                if one.after == number:
                    text += f'<p align="center"><img src="{one.path}" alt=""></p>'
        tags = '<a href="/tag/rice">#ข้าว</a> <a href="/tag/road">#ถนน</a>'
        related = self.show(story.related)
        more = f"<h3>{self.labels['related']}</h3>{self._list(related)}" if related else ""
        main = f"""<ul class="s9-b"><li><a href="/">หน้าแรก</a></li><li><a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></li></ul>
<ul class="s9-w"><li><h1>{quote(story.title)}</h1></li>
<li class="s9-m">{self.dated(f"<span>{shown}</span>")}<span>{quote(story.authors[0])}</span><span>อ่าน {story.id % 991} ครั้ง</span></li>
<li class="s9-lead"><strong>{quote(story.lead)}</strong></li>
<li class="s9-detail">{text}</li></ul><div>{tags}</div>{more}"""
        return self._page(story.title, main, self.path(story))

    def _page(self, title: str, main: str, path: str) -> Answer:
        menu = "".join(
            f'<li><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        data = {"@context": "https://schema.org", "@type": "WebPage", "name": title, "url": path}
        popular = "".join(
            f'<li><a href="{self.path(one)}">{quote(one.title)}</a></li>'
            for one in self.show(self.newsroom.visible()[3:7])
        )
        return html(f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>{quote(title)}</title><script type="application/ld+json">{json.dumps(data)}</script></head><body>
<ul class="s9-n"><li><a href="/">{self.name}</a></li>{menu}<li><a href="/columnist/7">คอลัมน์</a></li></ul>
{main}
<ul class="s9-pop"><li>ข่าวยอดนิยม</li>{popular}</ul>
<ul class="s9-f"><li><a href="/about.html">เกี่ยวกับเรา</a></li></ul></body></html>""")

    def _about(self) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page("เกี่ยวกับเรา", f"<h1>เกี่ยวกับเรา</h1>{words}", "/about.html")

    def _collect(self, title: str) -> Answer:
        shown = self._list(self.show(self.newsroom.visible()[:9]))
        return self._page(title, f"<h1>{title}</h1>{shown}", "/tag/")

    def _clip(self, story: Story) -> Answer:
        main = f'<h1>คลิป {quote(story.title)}</h1><iframe src="https://video.test/{story.id}"></iframe>'
        return self._page(story.title, main, self._clip_path(story))
