"""An archive in which a test says what the paper answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from archive.index.addresses import Announced
from archive.records import Capture, Reading
from archive.store import Archive
from tests.archive.makers import (
    Clock,
    check_rebuild,
    make_exchange,
    make_link,
    make_reading,
    open_archive,
)

HOST = "https://suoi.test"
OLD, NEW = f"{HOST}/kinh-te/cho-phien-post1.html", f"{HOST}/tin/cho-phien-moi-post1.html"
LIST = f"{HOST}/kinh-te/"
PROFILE = "0123456789abcdef"
TEXTS = [
    "Sáng nay chợ phiên họp ở xã Suối Đuống. Có 12 gian hàng của bà con vùng cao.",
    "Sáng nay chợ phiên họp ở xã Suối Đuống. Có 15 gian hàng của bà con vùng cao.",
    "Sáng nay chợ phiên họp ở xã Suối Đuống. Có 15 gian hàng của bà con vùng cao. Trời mưa to.",
]


class Night:
    """An archive in which a test says what the paper answered."""

    def __init__(self, root: Path, start: datetime | None = None) -> None:
        self.root = root
        self.clock = Clock(tick=True) if start is None else Clock(start)
        self.archive: Archive = open_archive(root, self.clock)
        self.count = 0
        self.last: Capture | None = None  # the page that came last
        self.announce(OLD, LIST, HOST + "/")

    def announce(self, *urls: str) -> None:
        """Let the paper's list name addresses."""
        roles = {LIST: "category", HOST + "/": "home"}
        items = [Announced(u, make_link(u, role=roles.get(u, "article"))) for u in urls]
        capture = self.archive.keep(
            "suoi", make_exchange(HOST + "/menu", b"m", at=self.archive.now())
        )
        bare = Reading("category", "ok", "test/1", PROFILE)
        self.archive.add(capture, bare, items, address=HOST + "/menu")

    def body(self) -> bytes:
        """Return bytes that were never there."""
        self.count += 1
        return b"page %d" % self.count

    def sound(self, text: str = TEXTS[0], url: str = OLD, **fields: Any) -> int | None:
        """Let an address answer with the article."""
        capture = self.keep(url)
        fields.setdefault("title", "Chợ phiên")
        applied = self.archive.add(
            capture, make_reading(text=text, **fields), address=url, identity="suoi:1"
        )
        assert applied.outcome is not None
        return applied.outcome.article_id

    def answer(self, status: int, url: str = OLD, to: str | None = None) -> None:
        """Let an address answer with a status; a redirect is read as the crawl reads it."""
        headers = (("Location", to),) if to else ()
        exchange = make_exchange(
            url, self.body(), at=self.archive.now(), status=status, fields=headers
        )
        capture = self.archive.keep("suoi", exchange)
        if to:
            role = "home" if to == HOST + "/" else "category" if to == LIST else "article"
            link = Announced(to, make_link(to, channel="redirect", role=role))
            self.archive.add(
                capture, Reading("article", "ok", "test/1", PROFILE), [link], address=url
            )

    def keep(self, url: str) -> Capture:
        """Let an address answer with a page of its own."""
        body = self.body()
        self.last = self.archive.keep("suoi", make_exchange(url, body, at=self.archive.now()))
        return self.last

    def quarantine(
        self,
        impostor: Any,
        url: str = OLD,
        capture: Capture | None = None,
        words: str = "impostor: x: y",
    ) -> None:
        """Let an address answer with a page that claims to be the article; or ``capture`` is read
        again, and known for that."""
        reading = Reading(
            "article",
            "quarantined",
            "test/1",
            PROFILE,
            warnings=(words,),
            impostor=impostor,
        )
        self.archive.add(capture or self.keep(url), reading, address=url)

    def pass_time(self, hours: float) -> datetime:
        """Let time pass; return what it is then."""
        self.clock.move(hours=hours)
        return self.clock.at

    def rows(self) -> list[tuple[str, str, int | None, int | None]]:
        """Return (kind, at, from, to) of all changes in order."""
        return self.archive.db.execute(
            "SELECT kind, at, from_version, to_version FROM changes ORDER BY at, rowid"
        ).fetchall()

    def kinds(self) -> list[str]:
        """Return the kinds in order."""
        return [row[0] for row in self.rows()]

    def article(self) -> tuple[str | None, str | None]:
        """Return gone_at and removed_at."""
        row = self.archive.db.execute("SELECT gone_at, removed_at FROM articles").fetchone()
        return row[0], row[1]

    def end(self) -> None:
        """Close the archive; it is rebuilt, and has to be the same."""
        self.archive.close()
        check_rebuild(self.root)


AnyNight = TypeVar("AnyNight", bound=Night)


def live(night: AnyNight) -> Iterator[AnyNight]:
    """Hand an archive to a test, and end it: the body of the fixtures of these tests."""
    yield night
    night.end()
