"""Papers that nobody has seen: every habit of a paper drawn or named, every class name made up.

    Unseen(Habits("id", place="/{slug}", pager="?awal={start}", markup="table"))

A paper has a front page, categories with a pager, articles, pages about itself and, as its habits
say, a feed, a sitemap, AMP and print twins, tag pages under an article's address, galleries. No
class or id says what it is for: what is learned here is learned from the pages themselves.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from tests.gazette import feed
from tests.gazette.paper import Answer, dump, quote
from tests.gazette.prose import Section, toss, write_instant
from tests.gazette.story import Picture, Story

from .habits import join, order
from .places import MORE, SIZE, Places
from .tongues import write_date


class Unseen(Places):
    """A paper of these habits. ``layout`` seeds its class names: another number is a redesign."""

    key: ClassVar[str] = "unseen"

    # -- addresses --------------------------------------------------------------------------------

    def _route(self, target: str) -> Answer | None:
        target = order(target)
        if target == "/":
            return self._front()
        if target == "/robots.txt":
            return self._robots()
        if target in ("/umpan.xml", "/peta.xml"):
            return self._announce(target)
        if target.startswith("/images/"):
            return self.picture_answer(target)
        return self._find_list(target) or self._find_story(target) or self._find_other(target)

    def _find_story(self, target: str) -> Answer | None:
        for story in self.show(self.newsroom.visible()):
            path = self.path(story)
            if target == order(path):
                return self._write_story(story)
            if "amp" in self.habits.extras and target == f"/amp{path}":
                return self._write_amp(story)
            if "print" in self.habits.extras and target == order(join(path, "?cetak=1")):
                return self._write_print(story)
        return None

    def _find_list(self, target: str) -> Answer | None:
        for section in self.newsroom.sections:
            ids = self.newsroom.visible(section)
            for start, url in self._list_pages(section).items():
                if target == order(url):
                    return self._write_list(section, ids[start : start + SIZE], start)
            for start, url in self._list_pages(section, MORE).items():
                if self._loads and target == order(url):
                    return self._load_more(section, ids[start : start + SIZE], start)
        return None

    def _find_other(self, target: str) -> Answer | None:
        tongue = self.tongue
        if target in tongue.notices:
            words = " ".join(self.newsroom.find(i).lead for i in self.newsroom.visible()[:3])  # type: ignore[union-attr]
            return self._page(
                tongue.notices[target], "", f"<h1>{tongue.notices[target]}</h1><p>{words}</p>"
            )
        for number, tag in enumerate(self._tags()):
            if "tags" in self.habits.extras and target == self._tag_path(number, tag):
                return self._write_tag(number, tag)
        for story in self.show(self.newsroom.visible()[:6]):
            if "galleries" in self.habits.extras and target == self._gallery_path(story):
                return self._write_gallery(story)
        return None

    # -- pages ------------------------------------------------------------------------------------

    def _page(self, title: str, head: str, main: str, *, bare: bool = False) -> Answer:
        menu = " ".join(
            f'<a href="{quote(self.section_path(one))}">{quote(one.name)}</a>'
            for one in self.newsroom.sections
        )
        notices = " ".join(
            f'<a href="{url}">{name}</a>' for url, name in self.tongue.notices.items()
        )
        nav = "nav" if self.habits.markup == "semantic" else "div"
        top = f'<a href="/">{quote(self.name)}</a><{nav} {self.dress.css("menu")}>{menu}</{nav}>'
        if self.habits.markup == "table":
            top = f"<table><tr><td {self.dress.css('menu')}>{menu}</td></tr></table>"
        foot = f"<div {self.dress.css('foot')}>© {quote(self.name)} {notices}</div>"
        tags = ""
        if "tags" in self.habits.extras:
            rows = [
                f'<a href="{self._tag_path(n, t)}">{quote(t)}</a>'
                for n, t in enumerate(self._tags())
            ]
            tags = f"<div {self.dress.css('tags')}>{' '.join(rows)}</div>"
        rss = '<link rel="alternate" type="application/rss+xml" href="/umpan.xml">'
        lang = f' lang="{self.newsroom.language.code}"' if self.habits.structured else ""
        frame = main if bare else f"{top}\n{tags}\n{main}\n{foot}"
        return Answer(
            f"""<!DOCTYPE html>
<html{lang}><head><meta charset="utf-8"><title>{quote(title)} | {quote(self.name)}</title>
{rss if "feed" in self.habits.announce else ""}{head}</head><body>
{frame}
</body></html>""".encode(),
            modified=self.newsroom.changed(),
        )

    def _front(self) -> Answer:
        if self.habits.front != "html":
            body = '<div id="app"></div><script src="/app.js"></script>'
            return self._page(self.name, "", body, bare=True)
        shown = self.show(self.newsroom.visible()[:15])
        main = self._cards(shown)
        if "galleries" in self.habits.extras:
            rows = [
                f'<div><a href="{self._gallery_path(one)}">{self.tongue.gallery_of} '
                f"{quote(one.title)}</a></div>"
                for one in shown[:6]
            ]
            main += self.dress.tag("aside", "photos", "".join(rows))
        return self._page(self.name, "", main)

    def _cards(self, stories: Iterable[Story], *, role: str = "cards") -> str:
        rows = []
        for one in stories:
            link = f'<a href="{quote(self.path(one))}">{quote(one.title)}</a>'
            rows.append(
                self.dress.tag(
                    "div",
                    "card",
                    self.dress.tag("h2", "line", link)
                    + self.dress.tag("p", "brief", quote(one.lead)),
                )
            )
        return self.dress.tag("section", role, "".join(rows))

    def _write_list(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        cards = "" if self.habits.front == "scripts" else self._cards(self.show(ids))
        main = f"<h1>{quote(section.name)}</h1>{cards}"
        return self._page(section.name, "", main + self._turn(section, start))

    def _turn(self, section: Section, start: int) -> str:
        """What leads from one page of a list to the next, if there is one."""
        pages, css = self._list_pages(section), self.dress.css("more")
        following = (self._list_pages(section, MORE) if self._loads else pages).get(start + SIZE)
        if self.habits.turning == "numbers" and not self._loads:
            rows = {at // SIZE + 1: url for at, url in pages.items() if at != start}
            links = " ".join(f'<a href="{quote(url)}">{n}</a>' for n, url in rows.items())
            return f"<div {css}>{links}</div>"
        if following is None:
            return ""
        if self._loads:
            return f'<button {css} data-src="{quote(following)}">+</button>'
        if self.habits.turning == "button":
            return f"""<div {css} onclick="go('{following}')">+</div>"""
        return f'<p {css}><a href="{quote(following)}">{self.tongue.older}</a></p>'

    def _load_more(self, section: Section, ids: tuple[int, ...], start: int) -> Answer:
        rows = [
            {"judul": one.title, "tautan": self.path(one), "ringkasan": one.lead, "nomor": one.id}
            for one in self.show(ids)
        ]
        return dump(
            {
                "sukses": True,
                "isi": rows,
                "lagi": start + SIZE < len(self.newsroom.visible(section)),
            }
        )

    # -- articles ---------------------------------------------------------------------------------

    def _write_story(self, story: Story) -> Answer:
        head = self._head(story) if self.habits.structured else ""
        if "amp" in self.habits.extras:
            head += f'<link rel="amphtml" href="/amp{self.path(story)}">\n'
        side = ""
        if "sidebar" in self.habits.extras:
            side = self._cards(self.show(self.newsroom.visible()[:8]), role="side")
        main = self.dress.tag("article", "story", self._write_inner(story)) + side
        page = self._page(story.title, head, main)
        return replace(page, modified=self.date_page([story.id, *story.related]))

    def _write_inner(self, story: Story) -> str:
        tag, byline = self.dress.tag, quote(", ".join(story.authors))
        shown = quote(write_date(self.habits.language, story.published))
        tools = ""
        if "print" in self.habits.extras:
            tools += (
                f'<a href="{quote(join(self.path(story), "?cetak=1"))}">{self.tongue.print}</a> '
            )
        if "amp" in self.habits.extras:
            tools += f'<a href="/amp{quote(self.path(story))}">AMP</a>'
        related = self.show(story.related)
        more = ""
        if related:
            label = tag("div", "label", self.labels["related"])
            rows = "".join(
                tag("div", "other", f'<a href="{quote(self.path(one))}">{quote(one.title)}</a>')
                for one in related
            )
            more = tag("aside", "others", label + rows)
        meta = tag("span", "by", byline) + tag("time", "date", shown) + tools
        parts = (
            tag("h1", "title", quote(story.title)),
            tag("div", "meta", meta),
            tag("p", "lead", quote(story.lead)),
            tag("div", "text", self._write_body(story)),
            more,
        )
        return "".join(parts)

    def _write_body(self, story: Story) -> str:
        parts = [self._figure(one) for one in story.images if one.after < 0]
        for number, text in enumerate(story.paragraphs):
            parts.append(self.dress.tag("p", "para", quote(text)))
            parts += [self._figure(one) for one in story.images if one.after == number]
            if number == 1 and "inline" in self.habits.extras:
                for other in self.show(self.newsroom.earlier(story.id, 3)[2:]):
                    link = f'<a href="{quote(self.path(other))}">{quote(other.title)}</a>'
                    parts.append(f"<p><strong>{self.labels['interest']}: {link}</strong></p>")
        return "".join(parts)

    def _figure(self, picture: Picture) -> str:
        image = f'<img src="{picture.path}" alt="{quote(self.alt(picture))}">'
        legend = quote(self.legend(picture))
        caption = self.dress.tag("figcaption", "legend", legend) if legend else ""
        return f"<figure>{image}{caption}</figure>"

    def _head(self, story: Story) -> str:
        data = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": story.title,
            "description": story.lead,
            "datePublished": write_instant(story.published),
            "author": [{"@type": "Person", "name": one} for one in story.authors],
        }
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        return (
            f'<link rel="canonical" href="{quote(self.url(story))}">\n'
            f'<meta property="og:type" content="article">\n'
            f'<script type="application/ld+json">{text}</script>\n'
        )

    def _write_amp(self, story: Story) -> Answer:
        head = f'<link rel="canonical" href="{quote(self.url(story))}">\n'
        page = self._page(story.title, head, self._write_inner(story), bare=True)
        return replace(page, body=page.body.replace(b"<html", b"<html amp", 1))

    def _write_print(self, story: Story) -> Answer:
        return self._page(story.title, "", self._write_inner(story), bare=True)

    def _write_tag(self, number: int, tag: str) -> Answer:
        ids = [one for one in self.newsroom.visible() if toss(number, one) % 4 == 0]
        intro = f"{self.tongue.all_about} {tag}. {self.newsroom.find(ids[0]).lead}"  # type: ignore[union-attr]
        main = f"<h1>{quote(tag)}</h1><p>{quote(intro)}</p>{self._cards(self.show(ids[:12]))}"
        return self._page(tag, "", main)

    def _write_gallery(self, story: Story) -> Answer:
        lines = (text.partition(".")[0] for text in (*story.paragraphs, *story.paragraphs)[:8])
        shots = "".join(
            f'<figure><img src="/images/{story.id}-{n}.png" alt="">'
            f"<figcaption>{quote(line)}</figcaption></figure>"
            for n, line in enumerate(lines)
        )
        title = f"{self.tongue.gallery_of} {story.title}"
        return self._page(title, "", f"<h1>{quote(title)}</h1>{shots}")

    # -- what is announced ------------------------------------------------------------------------

    def _announce(self, target: str) -> Answer | None:
        changed = self.newsroom.changed()
        if target == "/umpan.xml" and "feed" in self.habits.announce:
            rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible()[:10])]
            return feed.rss(self.name, self.base, rows, changed)
        if target == "/peta.xml" and "sitemap" in self.habits.announce:
            rows = [feed.announce(self, one) for one in self.show(self.newsroom.visible())]
            return feed.urlset(rows, changed)
        return None

    def _robots(self) -> Answer:
        site = f"Sitemap: {self.base}/peta.xml\n" if "sitemap" in self.habits.announce else ""
        return Answer(f"User-agent: *\nDisallow: /intern/\n{site}".encode(), "text/plain")

    def profile(self, base_url: str | None = None) -> str:
        """All that is known of a paper nobody has seen."""
        return f'home = "{base_url or self.base}/"\n'

    def tell(self, story: Story) -> dict[str, Any]:
        told = super().tell(story)
        if not self.habits.structured:
            told["published"] = write_instant(story.published.replace(second=0))
        text = f"{story.lead}\n{told['text']}"
        return {**told, "modified": None, "tags": [], "agency": None, "lead": None, "text": text}
