"""Held out: papers of known systems after another redesign than the one the program was built on.

    make_cousin("epi", 36)        epi onecms vnpt ims wordpress card fck

Every class and id becomes an opaque word of CSS modules, lists and sections become divs, tables of
a layout stay, the generator and what names the system in the head goes, and the lists are turned
by path: /kinh-te/trang-2, with numbers alone. Addresses and structured data stay the system's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from tests.gazette.paper import Answer, Paper
from tests.gazette.platforms import PLATFORMS
from tests.gazette.prose import toss, write_instant
from tests.gazette.story import Story

from .frame import RELAUNCHES, redress

TURNED = re.compile(r"(/[^?]*?)/?trang-(\d+)/?")
NAMED = re.compile(r'\b(class|id)="([^"<>]+)"')
TELLING = re.compile(r"<meta\b[^>]*\b(?:generator|copyright)\b[^>]*>|<!--.*?-->", re.S | re.I)
ASSETS = re.compile(r'<(?:link\b[^>]*\brel="(?:stylesheet|https://api\.w\.org/)"[^>]*>'
                    r'|script\b[^>]*\bsrc="[^"]*"[^>]*></script>)')  # fmt: skip
DATED = re.compile(
    r'<meta[^>]*(?:published|pubdate|modified|date)[^>]*>|"date\w+": *"[^"]*",?'
    r"|<time\b.*?</time>|\b\d{1,2}[/-]\d{1,2}[/-]20\d\d\b|\b\d{1,2}:\d{2}(?::\d\d)?\b",
    re.I | re.S,
)
LINKS = re.compile(r'<a\b[^<>]*\bhref="([^"<>]*)"[^<>]*>.*?</a>', re.S)


def make_cousin(name: str, articles: int = 36) -> Paper:
    """Return the cousin of a system's paper: the class is made once for each system."""
    paper = PLATFORMS[name](3, articles, varied=True, without=["ghosts"] if name == "epi" else [])
    paper.__class__ = _derive(type(paper))
    paper.change, paper.is_story = "", False
    return paper  # type: ignore[no-any-return]


@cache
def _derive(kind: type[Paper]) -> type[Paper]:
    return type(f"Cousin{kind.__name__}", (_Cousin, kind), {})


class _Cousin(Paper):
    """What a cousin does other than its system. ``change`` is a relaunch, as of a Stranger;
    ``is_story``: what is asked for is an article, whatever its page declares."""

    change: str
    is_story: bool

    def relaunch(self, change: str) -> None:
        """Change the paper from now on; ValueError for what is none of RELAUNCHES."""
        if change not in RELAUNCHES:
            raise ValueError(f"no relaunch {change!r}; there are {RELAUNCHES}")
        with self._lock:
            self.change = change
            self._pages.clear()

    def turn(self, path: str, number: int, last: int) -> str:
        if last < 2:
            return ""
        stem = path.rstrip("/")
        rows = [f'<a href="{stem}/trang-{n}">{n}</a>' for n in range(2, last + 1) if n != number]
        return f"<div>{' '.join(rows)}</div>\n"

    def path(self, story: Story) -> str:
        if self.change == "addresses":
            return f"/x/{story.published:%Y%m%d}/{toss(story.id):x}/{story.slug}.php"
        return super().path(story)  # type: ignore[safe-super]

    def _route(self, target: str) -> Answer | None:
        stories = self.show(self.newsroom.visible())
        self.is_story = any(self.path(story) == target for story in stories)
        if self.change == "addresses":
            for story in stories:
                if self.path(story) == target:
                    change, self.change = self.change, ""
                    old = super().path(story)  # type: ignore[safe-super]
                    self.change = change
                    return super()._route(old)
        if found := TURNED.fullmatch(target):
            for tail in ("", "/", ".html"):
                page = super()._route(f"{found[1]}{tail}?trang={found[2]}")
                if page is not None and page.status == 200:
                    return page
            return None
        return super()._route(target)

    def _dress(self, answer: Answer | None) -> Answer | None:
        if answer is None or not answer.type.startswith("text/html") or answer.status != 200:
            return answer
        page = ASSETS.sub("", TELLING.sub("", answer.body.decode()))
        page = NAMED.sub(lambda found: f'{found[1]}="{_mask(found[2])}"', page)
        page = re.sub(r"<(/?)(?:ul|ol|li|section|article|aside)\b", r"<\1div", page)
        return replace(answer, body=self._change(page).encode())

    def _change(self, page: str) -> str:
        if self.change == "classes":
            return redress(page.encode().decode("latin-1")).encode("latin-1").decode()
        if self.change == "body" and self.is_story:
            return re.sub(r'class="m(\w)', r'class="w\1', page)
        if self.change == "dates" and self.is_story:
            return DATED.sub("", page)
        if self.change == "lists" and not self.is_story:
            stories = [self.path(one) for one in self.show(self.newsroom.visible())]
            return LINKS.sub(
                lambda link: "" if any(one in link[1] for one in stories) else link[0], page
            )
        return page

    def tell(self, story: Story) -> dict[str, Any]:
        told = super().tell(story)
        told["published"] = write_instant(story.published.replace(second=0))
        text = f"{told['lead']}\n{told['text']}" if told["lead"] else told["text"]
        return {**told, "lead": None, "text": text}


@cache
def _mask(names: str) -> str:
    """An opaque word for each class."""
    return " ".join(f"m{toss('mask', one) % 46656:x}_{len(one)}" for one in names.split())
