"""A paper without ids that gives all its articles new addresses in one night.

paper.settle("ending")            # /muc/2026/01/slug -> /muc/2026/01/slug.html
paper.settle("folder", old=404)   # -> /tin/slug; the old ones are gone
paper.settle("host", old=200)     # -> the same paths at another host; the old ones answer too
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import ClassVar

from tests.gazette.newsroom import Newsroom
from tests.gazette.paper import Answer, redirect
from tests.gazette.plain import PlainPaper
from tests.gazette.story import Story

FORMS = {
    "": "/{section}/{month}/{slug}",
    "ending": "/{section}/{month}/{slug}.html",
    "folder": "/tin/{slug}",
}


class Resettled(PlainPaper):
    """``form``: of the addresses that its lists name; ``old``: what those of before answer."""

    routes: ClassVar = {
        **{k: v for k, v in PlainPaper.routes.items() if v != "article"},
        r"(/[a-z-]+/(?:\d{4}/\d\d/)?[^/?]+)": "place",
    }

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__(newsroom)
        self.form, self.old = "", 301

    def settle(self, form: str, *, old: int = 301) -> None:
        """Move all articles; lists name the new addresses from now on."""
        with self._lock:
            self.form, self.old = form, old
            self._pages.clear()

    def publish(self, count: int = 12) -> None:
        """Let a day pass with its new articles."""
        room = self.newsroom
        room.publish(room.now.date(), count)
        room.move(room.now + timedelta(days=1))

    def spell(self, story: Story, form: str) -> str:
        """Return the path of a story in a form."""
        return FORMS[form].format(
            section=story.section.slug,
            month=f"{story.published:%Y/%m}",
            slug=story.slug,
        )

    def path(self, story: Story) -> str:
        return self.spell(story, self.form)

    def place(self, path: str) -> Answer | None:
        """The story of a path in any form there was."""
        for story in self.show(self.newsroom.visible()):
            if path == self.path(story):
                return self.article(str(story.id))
            if path in (self.spell(story, ""), self.spell(story, "ending")):
                if self.old == 200:
                    return self.article(str(story.id))
                return redirect(self.url(story), self.old) if self.old < 400 else None
        return None

    def profile(self, base_url: str | None = None) -> str:
        text = super().profile(base_url)
        host = r"https?://[^/]+"
        place = rf"^{host}/(?:[a-z-]+/\\d{{4}}/\\d\\d|tin)/[^/?#]+$"
        return re.sub(r"article = .*", f"article = ['{place}']", text)


def make_resettled(articles: int = 24, day: date = date(2026, 1, 31)) -> Resettled:
    """A paper of twelve articles a day that has not moved yet."""
    return Resettled(Newsroom(11, day, -(-articles // 12), 12, language="vi"))
