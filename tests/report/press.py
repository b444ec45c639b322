"""Archives of invented papers, written night by night through the archive's own door.

A `Title` says how many articles a paper has on which weekday and what goes wrong when; `print_run`
lets the nights pass. All of it follows from a seed: the same archive to the byte of its facts.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive.index.addresses import Announced
from archive.instants import to_text
from archive.records import Date, Link, Role
from archive.store import Archive
from tests.archive.makers import Clock, make_exchange, make_ids, make_link, make_reading

ENDED = datetime(2026, 6, 30, 19, 30, tzinfo=UTC)  # Wednesday 1 July, 02:30 in Hà Nội
WEEK = (1.0, 1.05, 1.0, 1.1, 1.0, 0.7, 0.5)  # Monday to Sunday
FIRST = "Đoạn một của bài {n}: vụ này được 48 tấn.\nĐoạn hai kể chuyện chợ."
TEXTS = {
    "": FIRST,
    "headline": FIRST,
    "text": FIRST.replace("48 tấn", "84 tấn"),
    "correction": f"{FIRST}\nĐính chính: bản trước ghi nhầm sản lượng, tòa soạn xin lỗi.",
    "cosmetic": FIRST.replace("chuyện", "chuyên"),
}
BUSY = (("Retry-After", "8"),)


@dataclass
class Title:
    """A paper: ``rate`` articles on a Monday; functions of the nights left say what goes wrong."""

    key: str
    title: str
    rate: float = 12.0
    seed: int = 1
    times: Callable[[int], float] = lambda _left: 1.0  # articles of a day, times usual
    crawled: Callable[[int], bool] = lambda _left: True
    problems: Callable[[int], Sequence[str]] = lambda _left: ()
    notes: Callable[[int], Sequence[str]] = lambda _left: ()
    outcome: Callable[[int], str | None] = lambda _left: "finished"
    busy: Callable[[int], bool] = lambda _left: False  # one answer is 429
    impatient: bool = False  # and is asked again too soon
    edited: Callable[[int], str] = lambda _left: ""  # how the newest article of before is edited
    gone: Callable[[int], bool] = lambda _left: False  # the third article answers 404
    missed: int = 0  # articles a night that are announced and never asked for
    names: Sequence[str] = ("Bản tin số {n}: lúa về kho", "Chợ phiên thứ {n} mở lại")
    zone: str = "Asia/Ho_Chi_Minh"
    language: str = "vi"
    home: str | None = None
    articles: list[tuple[int, str]] = field(default_factory=list)  # (number, url)

    @property
    def site(self) -> dict[str, object]:
        """The columns of ``sites``."""
        return {
            "site": self.key,
            "title": self.title,
            "home": self.home or f"https://{self.key}.test/",
            "domain": f"{self.key}.test",
            "language": self.language,
            "timezone": self.zone,
            "profile": "0123456789abcdef",
        }


def print_run(root: Path, titles: Sequence[Title], nights: int, ended: datetime = ENDED) -> None:
    """Write so many nights of some papers, the last one beginning at ``ended``."""
    clock = Clock(ended - timedelta(days=nights - 1), tick=False)
    ids = make_ids()
    archive = Archive(root, now=clock, new_id=lambda: next(ids), host="test")
    with archive:
        for left in range(nights - 1, -1, -1):
            clock.at = ended - timedelta(days=left)
            for title in titles:
                if title.crawled(left):
                    _crawl(archive, clock, title, left)


def _crawl(archive: Archive, clock: Clock, title: Title, left: int) -> None:
    begun = clock.at
    crawl_id = f"{title.key}-{begun:%Y%m%dT%H%M%S}.000000Z"
    archive.open_site(title.site, crawl_id=crawl_id, info={"software": "test"})
    started = {"crawl_id": crawl_id, "started_at": to_text(begun), "software": "test"}
    archive.note(title.key, "crawl-start", {**started, "site": title.site, "seeds": []})
    desk = _Desk(archive, clock, title, random.Random(f"{title.seed} {left}"))
    day = (begun + timedelta(hours=7)).date() - timedelta(days=1)
    desk.edit(title.edited(left), day)
    desk.publish(day, round(title.rate * WEEK[day.weekday()] * title.times(left)))
    if title.busy(left):
        desk.meet_busy()
    if title.gone(left):
        desk.ask(title.articles[2][1], b"gone", status=404)
    outcome = title.outcome(left)
    if outcome is not None:
        ended = desk.sum_up(crawl_id, outcome, title.problems(left))
        archive.note(title.key, "crawl-end", {**ended, "notes": list(title.notes(left))})
    archive.close_site(title.key)


class _Desk:
    """One night of one paper."""

    def __init__(self, archive: Archive, clock: Clock, title: Title, dice: random.Random) -> None:
        self.archive, self.clock, self.title, self.dice = archive, clock, title, dice
        self.requests = self.bytes = 0

    def ask(self, url: str, body: bytes, **changes: object) -> object:
        self.clock.move(seconds=round(self.dice.uniform(1.0, 1.6), 3))
        self.requests += 1
        self.bytes += len(body)
        exchange = make_exchange(url, body, at=self.clock.at, **changes)  # type: ignore[arg-type]
        return self.archive.keep(self.title.key, exchange)

    def publish(self, day: date, usual: int) -> None:
        """Find the articles of a day on the category page, and keep each."""
        number = max(0, round(self.dice.gauss(usual, usual**0.5 / 2))) if usual else 0
        known = len(self.title.articles)
        host = f"https://{self.title.key}.test"
        found = [(known + n, f"{host}/bai-{known + n}.html") for n in range(number)]
        self.title.articles += found
        missed = [
            f"{host}/bo-lo-{known + n}.html" for n in range(self.title.missed if number else 0)
        ]
        urls = [*(url for _, url in found), *missed]
        links = [make_link(url, position=n) for n, url in enumerate(urls)]
        self._keep_list(f"{host}/tin", links)
        self._keep_list(
            f"{host}/rss", [link for link in links if zlib.crc32(link.url.encode()) % 5], "feed"
        )
        for n, url in found:
            self._keep_article(n, url, day)

    def _keep_list(self, url: str, links: Sequence[Link], role: Role = "category") -> None:
        capture = self.ask(url, f"<p>{self.clock.at} {len(links)}".encode())
        reading = make_reading("-", "-")
        links = [replace(link, channel=role) for link in links]
        listed = type(reading)(role, "ok", "test/1", "0123456789abcdef", tuple(links))
        announced = [Announced(link.url, link) for link in links]
        self.archive.add(capture, listed, announced, address=url)  # type: ignore[arg-type]

    def edit(self, how: str, day: date) -> None:
        """Ask again for the newest article of the nights before, which was edited."""
        if how and self.title.articles:
            n, url = self.title.articles[-1]
            self._keep_article(n, url, day - timedelta(days=1), how)

    def _keep_article(self, n: int, url: str, day: date, how: str = "") -> None:
        capture = self.ask(url, f"<h1>{n}</h1>{'lúa ' * 200}{n}{how}".encode())
        hour, minute = 6 + self.dice.randrange(15), self.dice.randrange(60)
        at = f"{day}T{hour:02}:{minute:02}:00+07:00"
        title = self.title.names[n % len(self.title.names)].format(n=n)
        if how == "headline":
            title = f"{title}, nông dân vui mùng"
        reading = make_reading(
            title, TEXTS[how].format(n=n), published=Date(at, "minute", at, "test")
        )
        self.archive.add(capture, reading, address=url, identity=f"{self.title.key}:{n}")  # type: ignore[arg-type]

    def meet_busy(self) -> None:
        """Be told to wait, and wait or not."""
        url = f"https://{self.title.key}.test/tin?trang=2"
        self.ask(url, b"busy", status=429, fields=(("Content-Type", "text/plain"), *BUSY))
        self.clock.move(seconds=1 if self.title.impatient else 9)
        self.ask(url, b"<p>late</p>")

    def sum_up(self, crawl_id: str, outcome: str, problems: Sequence[str]) -> dict[str, object]:
        """Return the crawl's end."""
        return {
            "crawl_id": crawl_id,
            "ended_at": to_text(self.clock.at),
            "outcome": outcome,
            "counts": {"requests": self.requests, "bytes": self.bytes, "refused": 2},
            "problems": list(problems),
        }


LOST = (
    "no article links on the category page https://nui.test/tin: look whether it moved, then "
    "correct walk.categories or read.listing in the profile"
)
QUIET = (
    "3 articles of 2026-02-10, usually 18: look at the paper's category pages; if this is its "
    "habit, say so in [expect]"
)
EDITS = {2: "headline", 4: "text", 7: "correction", 11: "cosmetic", 15: "headline"}
HOSTILE = (
    '</title><script>document.title="taken"</script>',
    '"><img src=x onerror=alert(1)> & <b>đậm</b>',
    "\u202eأخبار اليوم\u202d من الجبل",
    "Dài " * 2_500,
    "\x00\x1b[31m\ufffe\u2028 lạ",
)


def list_titles() -> list[Title]:
    """Four papers: one is well, one lost its list, one is hostile, one was not visited lately."""
    return [
        Title(
            "suoi",
            "Báo Suối Bạc",
            18,
            1,
            busy=lambda left: left in (3, 12),
            edited=lambda left: EDITS.get(left, ""),
            gone=lambda left: left < 8,
            missed=1,
            notes=lambda left: (QUIET,) if left == 0 else (),
        ),
        Title(
            "nui",
            "Báo Núi Xanh",
            14,
            2,
            times=lambda left: 0.0 if left < 3 else 1.0,
            problems=lambda left: (LOST,) if left < 3 else (),
        ),
        Title(
            "bien",
            'Báo "Biển" <i>& Đảo</i> ' + "rất dài " * 12,
            9,
            3,
            times=lambda left: 2.4 if left == 9 else 0.2 if left == 17 else 1.0,
            names=HOSTILE,
            edited=lambda left: "headline" if left == 5 else "",
            busy=lambda left: left == 1,
            impatient=True,
        ),
        Title("dong", "Đồng Ngàn", 6, 4, crawled=lambda left: left > 5),
    ]
