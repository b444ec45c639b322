"""Held out: Khmer papers' way with WordPress: plain permalinks, everything in the query.

    /?p=340001                article        /?cat=5  /?cat=5&paged=2      category
    /?page_id=2  /?author=3  /?tag=...  /?m=202602  /?attachment_id=340002   look-alikes
    /?feed=rss2

No generator, no API link; the only instant is a meta in UTC, the shown date has Khmer numerals.
"""

from __future__ import annotations

from datetime import UTC

from tests.gazette import feed
from tests.gazette.prose import write_instant

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

MONTHS = ("មករា", "កុម្ភៈ", "មីនា")
NUMERALS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


class Mekong(Stranger):
    """ទន្លេថ្លា."""

    key = "mekong"
    language = "km"
    house = "សារព័ត៌មានទន្លេថ្លា"
    text_css = 'class="td-txt prose"'

    def place(self, story: Story) -> str:
        return f"/?p={story.id}"

    def section_path(self, section: Section) -> str:
        return f"/?cat={section.zone}"

    def list_path(self, section: Section, start: int) -> str:
        page = f"&paged={start // self.size + 1}" if start else ""
        return f"/?cat={section.zone}{page}"

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/?feed=rss2": self._feed,
            "/?page_id=2": self._about,
            "/?page_id=9": self._about,
            "/?m=202602": lambda: self._archive("កុម្ភៈ ២០២៦"),
        }
        for number in range(1, 4):
            pages[f"/?author={number}"] = lambda n=number: self._archive(f"អ្នកនិពន្ធ {n}")
            pages[f"/?tag=phum-{number}"] = lambda n=number: self._archive(f"ភូមិ {n}")
        for story in self.show(self.newsroom.visible()):
            pages[f"/?attachment_id={story.id + 1}"] = lambda one=story: self._picture(one)
        return pages

    def write_front(self) -> Answer:
        return self._page(self.name, self._cards(self.show(self.newsroom.visible()[:12])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        older = self.following(section, start)
        turn = f'<div class="nl"><a href="{quote(older)}">«</a></div>' if older else ""
        head = f'<header class="ah"><h1>{quote(section.name)}</h1></header>'
        return self._page(section.name, head + self._cards(self.show(ids)) + turn)

    def _cards(self, stories: list[Story]) -> str:
        return "".join(
            f'<div id="post-{one.id}" class="loop-box"><a class="im" href="{self.path(one)}">'
            f'<img src="/wp-content/uploads/2026/02/{one.id}.jpg" alt=""></a>'
            f'<h3 class="et"><a href="{self.path(one)}">{quote(one.title)}</a></h3>'
            f'<span class="au"><a href="/?author={one.id % 3 + 1}">{quote(one.authors[0])}</a></span>'
            f'<div class="ex">{quote(one.lead)}</div></div>\n'
            for one in self.listed(stories)
        )

    def write_story(self, story: Story) -> Answer:
        at = story.published
        shown = f"{at.day} {MONTHS[at.month - 1]} {at.year}".translate(NUMERALS)
        instant = write_instant(at.astimezone(UTC))
        head = self.dated(f'<meta property="article:published_time" content="{instant}" />')
        head += f'<meta property="og:title" content="{quote(story.title)}" /><meta property="og:type" content="article" />'
        text = ""
        for number, words in enumerate((story.lead, *story.paragraphs)):
            text += f"<p>{quote(words)}</p>\n"
            for one in story.images[:1]:
                if number == 1:
                    legend = quote(self.legend(one))
                    text += (
                        f'<div class="wpc"><a href="/?attachment_id={story.id + 1}">'
                        f'<img src="{one.path}" alt=""></a><p class="wpct">{legend}</p></div>'
                    )
        tags = " ".join(f'<a href="/?tag=phum-{n}">ភូមិ {n}</a>' for n in range(1, 3))
        related = self.show(story.related)
        more = (
            f'<h4 class="rt">{self.labels["related"]}</h4>{self._cards(related)}' if related else ""
        )
        main = f"""<div class="crumbs"><a href="/">ទំព័រដើម</a> › <a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></div>
<h1 class="et1">{quote(story.title)}</h1>
<div class="mt">{quote(", ".join(story.authors))}{self.dated(f" - {shown}")} <b>{story.id % 900}</b></div>
<div class="td-txt prose">{text}</div>
<div class="tg">{tags}</div>{more}
<div class="cm"><h4>មតិយោបល់</h4><p>{quote(story.paragraphs[0][:30])}</p></div>"""
        return self._page(story.title, main, head)

    def _page(self, title: str, main: str, head: str = "") -> Answer:
        menu = "".join(
            f'<li class="mi"><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        return html(f"""<!doctype html><html lang="km"><head><meta charset="utf-8">
<title>{quote(title)} &#8211; {quote(self.name)}</title>
<link rel="alternate" type="application/rss+xml" href="{self.base}/?feed=rss2" />{head}</head>
<body class="hm"><div class="lg"><a href="/">{quote(self.name)}</a></div><ul class="mn">{menu}</ul>
<div class="pg">{main}</div>
<div class="sb"><a href="/?m=202602">កុម្ភៈ ២០២៦</a> <a href="/?tag=phum-1">ភូមិ ១</a></div>
<div class="ft"><a href="/?page_id=2">អំពីយើង</a> <a href="/?page_id=9">ទំនាក់ទំនង</a></div></body></html>""")

    def _feed(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:8])]
        return feed.rss(self.name, self.base, rows, self.newsroom.changed())

    def _about(self) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:4]))
        return self._page(
            "អំពីយើង", f'<h1 class="et1">អំពីយើង</h1><div class="td-txt prose">{words}</div>'
        )

    def _archive(self, title: str) -> Answer:
        shown = self._cards(self.show(self.newsroom.visible()[:8]))
        return self._page(title, f'<header class="ah"><h1>{title}</h1></header>{shown}')

    def _picture(self, story: Story) -> Answer:
        main = f'<h1 class="et1">DSC{story.id}</h1><div class="td-txt prose"><img src="/images/{story.id}.png" alt=""></div>'
        return self._page(f"DSC{story.id}", main)
