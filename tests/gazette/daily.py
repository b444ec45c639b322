"""A fictional paper that comes out every day: what a crawl every night is measured on.

    /sitemap.xml -> /sitemap-2026-03.xml (a file a month)   and all of plain.py but its news sitemap

Its stories come out when newsrooms work (HOURS), 5 % of them are edited within two days and 1 %
deleted within ten. ``telling`` says what its sitemaps tell of edits: ``lastmod`` (the time of the
last one), ``day`` (its day), ``never`` (the time of publication, whatever happens), ``none`` (no
date), ``absent`` (no sitemap at all).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, ClassVar, Literal

from . import feed
from .newsroom import Newsroom
from .paper import Answer
from .plain import PlainPaper
from .story import Story

DAY = timedelta(days=1)
Telling = Literal["lastmod", "day", "never", "none", "absent"]
HOURS = (2, 1, 1, 1, 3, 20, 40, 60, 70, 70, 60, 60, 40, 40, 60, 60, 60, 50, 40, 40, 30, 20, 10, 5)
"""Stories by the hour of the paper's day: a quiet night, two working halves, an evening edition."""


class DailyNewsroom(Newsroom):
    """A newsroom whose stories come out by HOURS."""

    def publish(self, day: date, count: int = 12) -> tuple[int, ...]:
        """Add ``count`` stories of ``day`` and return their ids in time order."""
        random = Random(f"{self.seed}:{day}:{self._next_id}")
        midnight = datetime.combine(day, time(), self.language.zone)
        hours = random.choices(range(24), HOURS, k=count)
        seconds = sorted({hour * 3600 + random.randrange(3600) for hour in hours})
        ids = [self._add_slot(midnight + timedelta(seconds=s), random) for s in seconds]
        self._slots.sort(key=lambda slot: (slot.published, slot.id))
        self._index = {slot.id: place for place, slot in enumerate(self._slots)}
        self._note_change()
        return tuple(ids)


class DailyPaper(PlainPaper):
    """A paper of the standards with a sitemap a month."""

    key = "daily"
    routes: ClassVar = {
        r"/sitemap\.xml": "index",
        r"/sitemap-(\d{4}-\d\d)\.xml": "month",
        **{rule: name for rule, name in PlainPaper.routes.items() if "sitemap" not in rule},
    }

    def __init__(self, newsroom: Newsroom, *, telling: Telling = "lastmod", **options: Any) -> None:
        super().__init__(newsroom, **options)
        self.telling = telling

    def index(self) -> Answer | None:
        """The sitemap index: the months in which something came out, the oldest first."""
        if self.telling == "absent":
            return None
        months = sorted({f"{one.published:%Y-%m}" for one in self._visible()})
        urls = [f"{self.base}/sitemap-{month}.xml" for month in months]
        return feed.sitemap_index(urls, self.newsroom.changed())

    def month(self, month: str) -> Answer | None:
        """The sitemap of a month."""
        stories = [one for one in self._visible() if f"{one.published:%Y-%m}" == month]
        if self.telling == "absent" or not stories:
            return None
        entries = [feed.announce(self, story) for story in stories]
        if self.telling == "never":
            entries = [replace(one, modified=one.published) for one in entries]
        answer = feed.urlset(entries, self.newsroom.changed())
        text = answer.body.decode()
        for one in entries if self.telling in ("day", "none") else ():
            stamp = f"<lastmod>{one.modified.isoformat(timespec='seconds')}</lastmod>"
            day = f"<lastmod>{one.modified:%Y-%m-%d}</lastmod>" if self.telling == "day" else ""
            text = text.replace(stamp, day)
        return replace(answer, body=text.encode())

    def robots(self) -> Answer:
        """robots.txt: all open, one sitemap."""
        line = "" if self.telling == "absent" else f"\nSitemap: {self.base}/sitemap.xml\n"
        return Answer(f"User-agent: *\nDisallow: /intern/\n{line}".encode(), "text/plain")

    def profile(self, base_url: str | None = None) -> str:
        """Return the paper's profile; categories are paged as usual, not to their end."""
        lines = super().profile(base_url).splitlines()
        changed = {"sitemaps": "sitemaps = []", "pages": "pages = 3"}
        if self.telling != "absent":
            changed["sitemaps"] = f'sitemaps = ["{base_url or self.base}/sitemap.xml"]'
        return "".join(f"{changed.get(line.split(' ')[0], line)}\n" for line in lines)

    def _visible(self) -> Iterable[Story]:
        return self.show(self.newsroom.visible())


def paper(
    seed: int = 7,
    articles: int = 900,
    *,
    per_day: int = 30,
    start: date = date(2026, 3, 2),
    **options: Any,
) -> DailyPaper:
    """Return a paper of about ``articles`` stories from ``start`` on, as of its second morning."""
    newsroom = DailyNewsroom(seed, start, -(-articles // per_day), per_day)
    newsroom.stir()
    newsroom.move(datetime.combine(start + timedelta(days=1), time(3), newsroom.language.zone))
    return DailyPaper(newsroom, **options)


if __name__ == "__main__":
    from .serve import run

    run(paper, articles=900)
