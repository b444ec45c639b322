"""A paper of no known system whose addresses, menu and pager are what a test wants them to be.

    OddPaper.make("id", form="/baca/{id}", menu="/rubrik/{slug}", pager="?hal={n}")

``form`` makes an article's address of {id}, {slug}, {section}, {year}, {month}, ``menu`` a
category's of {slug} and {place}; ``pager`` is what follows it for page {n} ({start}: its first
entry's number). ``announce`` switches feed and sitemap off: the lists are then all there is.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Self

from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Answer, quote
from tests.gazette.plain import PlainPaper
from tests.gazette.prose import Section
from tests.gazette.story import Story

SIZE = 6


class OddPaper(PlainPaper):
    """A plain paper under other addresses."""

    place: str
    menu: str
    pager: str
    announce: bool

    @classmethod
    def make(
        cls,
        language: str,
        *,
        form: str,
        menu: str,
        pager: str,
        articles: int = 48,
        seed: int = 11,
        structured: bool = False,
        announce: bool = True,
        button: bool = False,
    ) -> Self:
        """Return a paper of about ``articles`` stories; ``button``: no links to later pages but a
        button's data-url."""
        newsroom = Newsroom(seed, date(2026, 1, 31), -(-articles // 12), 12, language=language)
        paper = cls(newsroom, structured=structured)
        paper.place, paper.menu, paper.pager = form, menu, pager
        paper.announce, paper.button = announce, button
        return paper

    button: bool

    def path(self, story: Story) -> str:
        words = {
            "id": story.id,
            "slug": story.slug,
            "section": story.section.slug,
            "year": f"{story.published:%Y}",
            "month": f"{story.published:%m}",
        }
        return self.place.format(**words)

    def section_path(self, section: Section) -> str:
        """The address of a category."""
        place = self.newsroom.sections.index(section) + 1
        return self.menu.format(slug=section.slug, place=place)

    def _route(self, target: str) -> Answer | None:
        """Categories and articles by their own addresses, the rest as ever."""
        for section in self.newsroom.sections:
            if (number := self._find_page(self.section_path(section), target)) is not None:
                return self._list_section(section, number)
        for one in self.newsroom.visible():
            story = self.newsroom.find(one)
            if story is not None and self.path(story) == target:
                return super().article(str(story.id))
        if not self.announce and target in ("/feed.xml", "/news-sitemap.xml"):
            return None
        if target in ("/", "/robots.txt", "/feed.xml", "/news-sitemap.xml"):
            return super()._route(target)
        return self._show_notice(target)

    def robots(self) -> Answer:
        return super().robots() if self.announce else Answer(b"User-agent: *\nDisallow:\n")

    def _find_page(self, path: str, target: str) -> int | None:
        if target == path:
            return 1
        form = re.escape(self._join(path, self.pager))
        form = form.replace(r"\{n\}", r"(\d+)").replace(r"\{start\}", r"(\d+)")
        if found := re.fullmatch(form, target):
            number = int(found[1])
            return number // SIZE + 1 if "{start}" in self.pager else number
        return None

    def _join(self, path: str, tail: str) -> str:
        """The address of a later page: after the path, or after its query."""
        if "?" in path and tail.startswith("?"):
            return f"{path}&{tail[1:]}"
        return path.removesuffix(".html") + tail if ".html" in tail else path.rstrip("/") + tail

    def _list_section(self, section: Section, number: int) -> Answer | None:
        ids = self.newsroom.visible(section)
        shown = self.show(ids[(number - 1) * SIZE : number * SIZE])
        if not shown:
            return None
        main = f"<h1>{quote(section.name)}</h1>\n{self._list(shown)}"
        return self._page(section.name, "", main + self._turn(section, number, len(ids)))

    def _turn(self, section: Section, number: int, count: int) -> str:
        last = -(-count // SIZE)
        urls = {
            n: self._join(self.section_path(section), self.pager.format(n=n, start=(n - 1) * SIZE))
            for n in range(2, last + 1)
        }
        if self.button and number < last:
            return f'<button class="mehr" data-url="{urls[number + 1]}">+</button>'
        links = "".join(f'<a href="{url}">{n}</a> ' for n, url in urls.items() if n != number)
        return f'<div class="strip">{links}</div>'

    def _page(self, title: str, head: str, main: str) -> Answer:
        page = super()._page(title, head, main).body.decode()
        for section in self.newsroom.sections:
            page = page.replace(f'href="/{section.slug}"', f'href="{self.section_path(section)}"')
        notices = '<a href="/tentang-kami.html">Tentang</a> <a href="/kontak">Kontak</a>'
        page = page.replace("<footer>", f"<footer>{notices} ")
        if not self.announce:
            page = page.replace(
                '<link rel="alternate" type="application/rss+xml" href="/feed.xml">', ""
            )
        return Answer(page.encode(), modified=self.newsroom.changed())

    def _show_notice(self, target: str) -> Answer | None:
        """A page about the paper itself: a long text that is no article."""
        if target not in ("/tentang-kami.html", "/kontak"):
            return None
        words = "".join(
            f"<p>{quote(self.newsroom.find(i).lead)}</p>" for i in self.newsroom.visible()[:3]
        )  # type: ignore[union-attr]
        return self._page("Tentang", "", f"<h1>Tentang kami</h1>{words}")


PAPERS: dict[str, dict[str, Any]] = {
    "number-alone": {
        "language": "id", "form": "/baca/{id}", "menu": "/rubrik/{slug}", "pager": "?hal={n}",
    },
    "query": {
        "language": "vi", "form": "/xem.aspx?muc={section}&so={id}", "menu": "/muc.aspx?ma={place}",
        "pager": "?trang={n}",
    },
    "slug-at-root": {
        "language": "id", "form": "/{slug}/", "menu": "/rubrik/{slug}/", "pager": "/halaman/{n}/",
        "announce": False,
    },
    "slug-in-section": {
        "language": "de", "form": "/{section}/{slug}", "menu": "/{slug}", "pager": "?seite={n}",
        "announce": False,
    },
    "id-before-slug": {
        "language": "vi", "form": "/tin/{id}/{slug}", "menu": "/chuyen-trang/{slug}",
        "pager": "?start={start}", "announce": False,
    },
    "category-with-number": {
        "language": "de", "form": "/{slug}-{id}.html", "menu": "/{slug}-{place}.html",
        "pager": "-p{n}.html", "announce": False,
    },
    "button": {
        "language": "id", "form": "/{year}/{month}/{slug}.html", "menu": "/{slug}/",
        "pager": "/page/{n}/", "announce": False, "button": True,
    },
}  # fmt: skip
"""Papers by name, with what OddPaper.make takes."""


def make_odd(name: str, articles: int = 48) -> OddPaper:
    """Return the paper of that name."""
    return OddPaper.make(**PAPERS[name], articles=articles)
