"""A fictional paper with years of history and lists that may lie: for backfills.

    /tin?trang=7            10 links, newest first      /sitemap.xml -> /maps/tin-2025-11.xml
    /tin/bai-<id>.html      an article                  /robots.txt

``dated``: the list shows the day of each article. ``lie``: "repeat" (the last page stands for any
later one), "cycle" (after the last comes the first), "jump" (every fifth page is the oldest one),
"shuffle" (pages in no order), "pinned" (a story of the first day tops every page). ``lastmod``:
"true", "today" (all alike), "early" (years before), None. ``maps``: months have a sitemap each.
``closed``: addresses of articles that robots.txt forbids.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal

from .paper import Answer

ICT = timezone(timedelta(hours=7))
PER_LIST = 10
Lie = Literal["repeat", "cycle", "jump", "shuffle", "pinned"]
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
ARTICLE = re.compile(r"/tin/bai-(\d+)\.html")
LIST = re.compile(r"/tin(?:\?trang=(\d+))?")
MAP = re.compile(r"/maps/tin-(\d{4})-(\d{1,2})\.xml")


@dataclass(frozen=True)
class Note:
    """A story: its id and when it appeared."""

    id: int
    at: datetime

    @property
    def day(self) -> date:
        """The paper's day."""
        return self.at.date()


def plan(
    first: date, last: date, per_day: int = 2, *, but: Callable[[date], bool] = lambda _: False
) -> list[Note]:
    """Return ``per_day`` stories of each day, in the order of their ids; none of days ``but``."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    slots = [
        datetime.combine(day, time(6 + n), ICT)
        for day in days
        if not but(day)
        for n in range(per_day)
    ]
    return [Note(1001 + 3 * n, at) for n, at in enumerate(slots)]


class LongPaper:
    """The stories of ``notes``, seen at noon of the day after the last."""

    def __init__(
        self,
        notes: Sequence[Note],
        *,
        base: str = "http://long.test",
        dated: bool = True,
        lie: Lie | None = None,
        lastmod: str | None = "true",
        maps: bool = False,
        closed: Sequence[int] = (),
    ) -> None:
        self.notes = sorted(notes, key=lambda note: note.at, reverse=True)
        self.base = base
        self.dated = dated
        self.lie = lie
        self.lastmod = lastmod
        self.maps = maps
        self.closed = closed

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.notes[0].at.astimezone(UTC) + timedelta(days=1)

    def path(self, note: Note) -> str:
        """Return the path of a story."""
        return f"/tin/bai-{note.id}.html"

    def within(self, first: date, last: date) -> set[str]:
        """Return the paths of the stories of some days."""
        return {self.path(note) for note in self.notes if first <= note.day <= last}

    def answer(self, target: str) -> Answer | None:
        """Return the answer to a path with its query; None where there is nothing."""
        if match := ARTICLE.fullmatch(target):
            found = next((note for note in self.notes if note.id == int(match[1])), None)
            return self._write(found) if found else None
        if match := LIST.fullmatch(target):
            return self._list(int(match[1] or 1))
        if match := MAP.fullmatch(target):
            return self._map(int(match[1]), int(match[2]))
        if target == "/robots.txt":
            rules = "".join(f"Disallow: /tin/bai-{one}.html\n" for one in self.closed)
            return Answer(f"User-agent: *\n{rules or 'Disallow:'}\n".encode(), "text/plain")
        if target == "/":
            return Answer(b'<!DOCTYPE html><title>Bao Dai</title><a href="/tin">Tin</a>')
        return self._index() if target == "/sitemap.xml" and self.maps else None

    def profile(self, base_url: str | None = None) -> str:
        """Return the paper's profile: a crawl looks at one page of its list."""
        base = base_url or self.base
        host = base.partition("//")[2]
        place = rf"https?://{host}".replace(".", r"\.")
        maps = f'"{base}/sitemap.xml"' if self.maps else ""
        return f"""\
title = "Báo Dài"
home = "{base}/"
domains = ["{host}"]
language = "vi"
timezone = "Asia/Ho_Chi_Minh"
[walk]
categories = ["{base}/tin"]
sitemaps = [{maps}]
article = ['^{place}/tin/bai-(?P<id>\\d+)\\.html$']
pager = "query:trang"
pages = 1
related = false
[manners]
delay = 0.0
"""

    def _page(self, number: int) -> Sequence[Note]:
        last = -(-len(self.notes) // PER_LIST)
        if self.lie == "repeat":
            number = min(number, last)
        elif self.lie == "cycle":
            number = (number - 1) % last + 1
        elif self.lie == "jump" and number % 5 == 0:
            number = last
        elif self.lie == "shuffle" and number <= last:
            number = number * 7919 % last + 1
        return self.notes[(number - 1) * PER_LIST : number * PER_LIST]

    def _list(self, number: int) -> Answer:
        shown = list(self._page(number))
        if self.lie == "pinned" and shown:
            shown = [self.notes[-1], *shown]
        rows = "".join(
            f'<li><h3><a href="{self.path(note)}">Bản tin số {note.id} từ huyện xa</a></h3>'
            + (f"<time>{note.at:%d/%m/%Y %H:%M}</time>" if self.dated else "")
            + "</li>\n"
            for note in shown
        )
        return Answer(f"<!DOCTYPE html><title>Tin</title><ul>{rows}</ul>".encode())

    def _index(self) -> Answer:
        months = dict.fromkeys((note.day.year, note.day.month) for note in self.notes)
        rows = "".join(
            f"<sitemap><loc>{self.base}/maps/tin-{year}-{month}.xml</loc></sitemap>\n"
            for year, month in months
        )
        body = f"{XML}<sitemapindex {SCHEMA}>{rows}</sitemapindex>"
        return Answer(body.encode(), "application/xml")

    def _map(self, year: int, month: int) -> Answer | None:
        notes = [one for one in self.notes if (one.day.year, one.day.month) == (year, month)]
        rows = "".join(
            f"<url><loc>{self.base}{self.path(note)}</loc>{self._date(note)}</url>\n"
            for note in notes
        )
        body = f"{XML}<urlset {SCHEMA}>{rows}</urlset>"
        return Answer(body.encode(), "application/xml") if notes else None

    def _date(self, note: Note) -> str:
        dates = {
            "true": note.at,
            "today": self.now().astimezone(ICT),
            "early": note.at - timedelta(days=800),
        }
        found = dates.get(self.lastmod or "")
        return f"<lastmod>{found.isoformat()}</lastmod>" if found else ""

    def _write(self, note: Note) -> Answer:
        text = f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Bản tin số {note.id} từ huyện xa</title>
<meta property="og:type" content="article">
<meta property="article:published_time" content="{note.at.isoformat()}">
</head><body><article><h1>Bản tin số {note.id} từ huyện xa</h1>
<p>Tổ công tác số {note.id} đã về các bản và ghi lại {note.id * 7 % 997} ý kiến của bà con về đường
liên thôn, nước sạch và lớp học mới dựng bên suối.</p>
<p>Theo kế hoạch mang mã M{note.id}, đoạn đường dài {note.id % 89 + 1} km sẽ được rải đá trước mùa
mưa; {note.id * 13 % 401} hộ đã góp công và góp ngày.</p></article></body></html>
"""
        return Answer(text.encode())
