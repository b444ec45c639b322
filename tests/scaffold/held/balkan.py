"""Held out: a Bulgarian paper whose addresses are a date and a transliterated slug, no number.

    /2026/02/02/novi-oreshets-vlaga-18-miliona/            article
    /2026/02/02/novi-oreshets-vlaga-18-miliona/komentari/  its comments   /amp/  /pechat/  its twins
    /foto/2026/02/02/novi-oreshets-vlaga-18-miliona/       its pictures
    /novini/ikonomika/  /novini/ikonomika/2/               category, and a later page of it
    /2026/02/02/  /avtor/rumen-chavdarski/  /etiket/patishta/  look-alikes
    /sitemap-news.xml                                      what is new

Dates as "02 февруари 2026, понеделник, 14:35 ч.", og:type is "website" everywhere.
"""

from __future__ import annotations

from datetime import date

from tests.gazette import feed
from tests.gazette.prose import slugify

from .frame import Answer, Pages, Section, Story, Stranger, html, quote

LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъьюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "ts",
            "ch",
            "sh",
            "sht",
            "a",
            "y",
            "yu",
            "ya",
        ],
        strict=True,
    )
)
DAYS = ("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя")
MONTHS = ("януари", "февруари", "март")


def write_latin(words: str) -> str:
    """Cyrillic words as addresses have them."""
    return slugify("".join(LATIN.get(letter, letter) for letter in words.lower()))


class Balkan(Stranger):
    """Речене днес."""

    key = "balkan"
    language = "bg"
    house = "Речене днес"
    text_css = 'class="art-txt"'

    def place(self, story: Story) -> str:
        return f"/{story.published:%Y/%m/%d}/{self.slug(story)}/"

    def slug(self, story: Story) -> str:
        twins = [one for one in map(self.newsroom.recall, self.newsroom.ids())
                 if one is not None and one.title == story.title]  # fmt: skip
        number = [one.id for one in twins].index(story.id)
        return write_latin(story.title) + (f"-{number + 1}" if number else "")

    def section_path(self, section: Section) -> str:
        return f"/novini/{section.slug}/"

    def list_path(self, section: Section, start: int) -> str:
        return self.section_path(section) + (f"{start // self.size + 1}/" if start else "")

    def add_pages(self) -> Pages:
        pages: Pages = {
            "/sitemap-news.xml": self._map,
            "/za-nas/": lambda: self._about("За нас"),
            "/kontakti/": lambda: self._about("Контакти"),
        }
        for story in self.show(self.newsroom.visible()):
            path = self.path(story)
            pages[f"{path}komentari/"] = lambda one=story: self._comments(one)
            pages[f"{path}amp/"] = lambda one=story: self._bare(one, "amp")
            pages[f"{path}pechat/"] = lambda one=story: self._bare(one, "print")
            pages[f"/foto{path}"] = lambda one=story: self._album(one)
            pages[f"/{story.published:%Y/%m/%d}/"] = lambda one=story: self._day(
                one.published.date()
            )
            for tag in story.tags:
                pages[f"/etiket/{write_latin(tag)}/"] = lambda one=tag: self._collect(one)
            for name in story.authors:
                pages[f"/avtor/{write_latin(name)}/"] = lambda one=name: self._collect(one)
        return pages

    def write_robots(self) -> Answer:
        said = f"User-agent: *\nDisallow: /admin/\nSitemap: {self.base}/sitemap-news.xml\n"
        return Answer(said.encode(), "text/plain")

    def _map(self) -> Answer:
        rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:9])]
        return feed.news_urlset(self.name, "bg", rows, self.newsroom.changed())

    def write_front(self) -> Answer:
        return self._page(self.name, self._cards(self.show(self.newsroom.visible()[:10])))

    def write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        older = self.following(section, start)
        turn = f'<div class="pgn"><a href="{older}">&raquo;</a></div>' if older else ""
        head = f'<div class="hd1">{quote(section.name)}</div>'
        return self._page(section.name, f"{head}{self._cards(self.show(ids))}{turn}")

    def _cards(self, stories: list[Story]) -> str:
        return "".join(
            f'<div class="itm"><a href="{self.path(one)}"><img src="/images/b{one.id}.png" alt=""></a>'
            f'<h3><a href="{self.path(one)}">{quote(one.title)}</a></h3>'
            f'<span class="meta">{one.published:%H:%M} | <a href="{self.path(one)}komentari/">'
            f"{one.id % 7} коментара</a></span><p>{quote(one.lead)}</p></div>\n"
            for one in self.listed(stories)
        )

    def _shown(self, story: Story) -> str:
        at = story.published
        return f"{at:%d} {MONTHS[at.month - 1]} {at.year}, {DAYS[at.weekday()]}, {at:%H:%M} ч."

    def write_story(self, story: Story) -> Answer:
        related = self.show(story.related)
        more = (
            f'<div class="rel"><h4>{self.labels["related"]}</h4>{self._cards(related)}</div>'
            if related
            else ""
        )
        names = ", ".join(
            f'<a href="/avtor/{write_latin(one)}/">{quote(one)}</a>' for one in story.authors
        )
        tags = " ".join(f'<a href="/etiket/{write_latin(t)}/">{quote(t)}</a>' for t in story.tags)
        path = self.path(story)
        main = f"""<div class="crumb"><a href="/">Начало</a> / <a href="{self.section_path(story.section)}">{quote(story.section.name)}</a></div>
<h1>{quote(story.title)}</h1>
<div class="when">{self.dated(self._shown(story))} {names} <a href="{path}pechat/">печат</a> <a href="/foto{path}">галерия</a></div>
<h2 class="sub">{quote(story.lead)}</h2>
<div class="art-txt">{self._text(story)}</div>
<div class="tags">{tags}</div><div class="cmt"><a href="{path}komentari/">Коментари ({story.id % 7})</a></div>{more}"""
        head = f'<link rel="amphtml" href="{self.base}{path}amp/">'
        return self._page(story.title, main, head)

    def _text(self, story: Story) -> str:
        text = ""
        for number, words in enumerate(story.paragraphs):
            tag = "h5" if number in story.subheads else "p"
            text += f"<{tag}>{quote(words)}</{tag}>\n"
            for one in story.images:
                if one.after == number:
                    text += f'<div class="pic"><img src="{one.path}" alt=""><span>{quote(self.legend(one))}</span></div>'
        return text

    def _page(self, title: str, main: str, head: str = "") -> Answer:
        menu = "".join(
            f'<li><a href="{self.section_path(one)}">{quote(one.name)}</a></li>'
            for one in self.newsroom.sections
        )
        now = self.newsroom.now
        days = "".join(
            f'<a href="/2026/02/{day:02}/">{day}</a> '
            for day in sorted({s.published.day for s in self.show(self.newsroom.visible())})
        )
        return html(f"""<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8">
<title>{quote(title)} - {quote(self.name)}</title><meta property="og:type" content="website">{head}</head>
<body><div id="top"><a href="/">{quote(self.name)}</a> <span>{now.day} {MONTHS[now.month - 1]} {now.year}, {now:%H:%M} ч.</span></div>
<ul id="menu">{menu}</ul><div id="main">{main}</div><div id="side"><div class="cal">{days}</div></div>
<div id="foot"><a href="/za-nas/">За нас</a> <a href="/kontakti/">Контакти</a></div></body></html>""")

    def _about(self, title: str) -> Answer:
        words = "".join(f"<p>{quote(s.lead)}</p>" for s in self.show(self.newsroom.visible()[:3]))
        return self._page(title, f'<h1>{title}</h1><div class="art-txt">{words}</div>')

    def _day(self, on: date) -> Answer:
        stories = [s for s in self.show(self.newsroom.visible()) if s.published.date() == on]
        return self._page(f"{on:%d.%m.%Y}", f"<h1>{on:%d.%m.%Y}</h1>{self._cards(stories)}")

    def _collect(self, title: str) -> Answer:
        shown = self._cards(self.show(self.newsroom.visible()[:7]))
        return self._page(title, f"<h1>{quote(title)}</h1>{shown}")

    def _comments(self, story: Story) -> Answer:
        said = "".join(
            f'<div class="c"><b>гост {n}</b><p>{quote(words)}</p></div>'
            for n, words in enumerate(story.paragraphs[:2])
        )
        main = f'<h1>Коментари: {quote(story.title)}</h1><div class="art-txt">{said}</div>'
        return self._page(story.title, main)

    def _bare(self, story: Story, kind: str) -> Answer:
        return html(f"""<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8"><title>{quote(story.title)}</title></head>
<body class="{kind}"><h1>{quote(story.title)}</h1><div>{self._shown(story)}</div><h2>{quote(story.lead)}</h2>
<div class="art-txt">{self._text(story)}</div></body></html>""")

    def _album(self, story: Story) -> Answer:
        shots = "".join(
            f'<div class="pic"><img src="/images/g{story.id}-{n}.png" alt=""><span>Снимка {n} от 8</span></div>'
            for n in range(1, 9)
        )
        main = f"<h1>{quote(story.title)}</h1><h2>{quote(story.lead)}</h2>{shots}"
        return self._page(story.title, main)
