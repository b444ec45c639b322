"""The ledger: every announced article once, under its day, with what became of it and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.backlog import Backlog, Month, ThinDay, find_oldest, find_thin, list_backlog
from archive.completeness import describe, keep_ledger
from archive.days import Days
from archive.fates import read_said
from archive.index.addresses import Announced
from archive.paperday import find_zone
from archive.rebuild import rebuild
from archive.records import Date, Link, Reading
from archive.store import Archive, connect
from archive.walked import Walked, find_covered, find_start, subtract

from .makers import CRAWL, Clock, make_exchange, make_failure, make_link, make_reading, open_archive

HOST = "https://suoi.test"
LIST = f"{HOST}/kinh-te/"
D = date(2026, 2, 4)


def announce(archive: Archive, source: str, *items: Announced) -> None:
    """Have a page announce addresses."""
    capture = archive.keep("suoi", make_exchange(source, source.encode(), at=archive.now()))
    reading = Reading("category", "ok", "test/1", "0")
    archive.add(capture, reading, items, address=source)


def item(name: str, channel: str = "category", skip: str | None = None, **more: str) -> Announced:
    """An announced article."""
    link: Link = make_link(f"{HOST}/{name}.html", channel=channel, **more)
    return Announced(link.url, link, skip)


def fetch(
    archive: Archive, name: str, *, day: str | None = "2026-02-04", **reading: object
) -> None:
    """Ask for an article, and read it."""
    url = f"{HOST}/{name}.html"
    capture = archive.keep("suoi", make_exchange(url, name.encode(), at=archive.now()))
    published = Date(day, "day", day, "test") if day else None
    read = make_reading(text=f"Bài {name}.", published=published, **reading)
    archive.add(capture, read, address=url)


def end(archive: Archive, outcome: str = "finished") -> None:
    """End the crawl."""
    data = {"crawl_id": CRAWL, "ended_at": "2026-02-04T02:00:00.000000Z", "outcome": outcome}
    archive.note("suoi", "crawl-end", {**data, "counts": {}, "problems": []})


def fill(root: Path, outcome: str = "finished") -> None:
    """An archive with an article of every fate."""
    with open_archive(root, Clock()) as archive:
        names = ("read", "other", "gone", "failed", "late", "moved", "old")
        announce(archive, LIST, *map(item, names))
        announce(
            archive,
            f"{HOST}/feed.xml",
            item("read", "feed"),
            item("late", "feed", date_raw="Tue, 03 Feb 2026 23:30:00 +0700"),
            item("deep", "feed", "deeper than 20 links"),
            item("denied", "feed", "denied by the profile: x"),
            item("cut", "feed"),
        )
        elsewhere = make_link("https://elsewhere.test/", role="other")
        announce(archive, LIST, Announced(elsewhere.url, elsewhere, "off-site"))
        fetch(archive, "read")
        fetch(archive, "other", day=None)
        fetch(archive, "old", day="2026-01-20")
        for name, status in (("gone", 410), ("moved", 301)):
            fields = (("Location", f"{HOST}/read.html"),) if status == 301 else ()
            url = f"{HOST}/{name}.html"
            made = make_exchange(url, b"", at=archive.now(), status=status, fields=fields)
            capture = archive.keep("suoi", made)
        link = make_link(f"{HOST}/read.html", channel="redirect")
        archive.add(
            capture,
            Reading("article", "ok", "test/1", "0"),
            [Announced(link.url, link)],
            address=f"{HOST}/moved.html",
        )
        archive.keep("suoi", make_failure(f"{HOST}/failed.html", archive.now()))
        archive.note(
            "suoi", "skips", {"skips": [{"url": f"{HOST}/late.html", "reason": "robots.txt"}]}
        )
        end(archive, outcome)


def test_every_fate(tmp_path: Path) -> None:
    """Each article counts once under its day: the paper's own, the feed's, or when it was seen;
    an address that moved is its target; the fates sum up; a rebuild tells the same."""
    fill(tmp_path)
    db = connect(tmp_path / "index.db")
    ledger = keep_ledger(db, "suoi", date(2026, 1, 1))
    days = {day.day: day for day in ledger.days}
    assert days[date(2026, 1, 20)].fates == {"read": 1}
    assert days[date(2026, 2, 3)].fates == {"refused": 1}
    assert days[date(2026, 2, 3)].kinds == {("refused", "robots"): 1}
    today = days[D]
    assert today.fates == {"read": 2, "gone": 1, "failed": 1, "refused": 3, "missing": 1}
    assert today.kinds["refused", "caps"] == today.kinds["refused", "scope"] == 1
    assert today.kinds["refused", "profile"] == 1
    assert today.announced == 8 and today.fetched == 3 and today.undated == 7
    assert (today.by["category"], today.by["feed"]) == (5, 4)
    assert len(days) == 16 and days[date(2026, 1, 25)].announced == 0
    told = [describe(day) for day in ledger.days]
    db.close()
    (tmp_path / "index.db").unlink()
    rebuild(tmp_path)
    again = keep_ledger(connect(tmp_path / "index.db"), "suoi", date(2026, 1, 1))
    assert [describe(day) for day in again.days] == told


def test_what_the_last_crawl_says_of_what_is_missing(tmp_path: Path) -> None:
    """After a crawl that reached its limit an announced article is refused by a cap, and is on the
    list to backfill."""
    fill(tmp_path, "capped")
    db = connect(tmp_path / "index.db")
    assert keep_ledger(db, "suoi").total.kinds["refused", "caps"] == 2
    backlog = list_backlog(db, "suoi")
    assert {i.url.removeprefix(HOST) for i in backlog.waiting} == {"/cut.html", "/failed.html"}
    assert backlog.months == (), "one article of a month may be dated wrong"


def test_the_days_to_backfill() -> None:
    """All that waits lies in them, and the last month as far as the first crawl: to its first day
    its lists would not be walked."""
    months = Month("2025-12", 4, 0), Month("2026-02", 2, 0)
    backlog = Backlog((), (), months, date(2026, 2, 11))
    assert backlog.span() == Days(date(2025, 12, 1), date(2026, 2, 10))
    assert replace(backlog, months=months[:1]).span().last == date(2025, 12, 31)
    thin = ThinDay(date(2026, 3, 1), 0, 9.0, 1.0)
    assert replace(backlog, thin=(thin,)).span().last == thin.day


def test_what_a_crawl_left_that_was_shut_out(tmp_path: Path) -> None:
    """After a crawl that met walls an announced article is missing, with that reason, and is on
    the list to backfill."""
    fill(tmp_path, "walled")
    db = connect(tmp_path / "index.db")
    assert keep_ledger(db, "suoi").total.kinds["missing", "shut out"] == 1
    waiting = {
        item.url.removeprefix(HOST): item.reason for item in list_backlog(db, "suoi").waiting
    }
    assert "was shut out" in str(waiting["/cut.html"])


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2026-02-03T18:30:00Z", "2026-02-04"),
        ("2026-02-03T18:30:00+07:00", "2026-02-03"),
        ("2026-02-03", "2026-02-03"),
        ("2026-02-03T23:59", "2026-02-03"),
        ("Tue, 03 Feb 2026 18:30:00 GMT", "2026-02-04"),
        ("hôm qua", None),
        ("2026-02-31", None),
        ("", None),
    ],
)
def test_days_of_lists(tmp_path: Path, raw: str, day: str | None) -> None:
    """What a feed or a sitemap says is the paper's own day, in whatever zone it says it."""
    fill(tmp_path)
    found = read_said(raw, find_zone(connect(tmp_path / "index.db"), "suoi"))
    assert (found.isoformat() if found else None) == day


def test_thin_days() -> None:
    """A day far under its weekday is thin; every Sunday is not, nor the two ends."""
    first = date(2026, 1, 1)
    days = Counter({first + timedelta(days=n): 6 if n % 7 == 3 else 30 for n in range(90)})
    days[date(2026, 2, 10)] = 4
    del days[date(2026, 3, 4)]
    days[first] = 1
    assert [(d.day, d.held) for d in find_thin(days)] == [
        (date(2026, 2, 10), 4),
        (date(2026, 3, 4), 0),
    ]
    assert find_thin(Counter()) == []


def test_the_oldest_month() -> None:
    """One article with a date of long ago does not open a past to be filled in."""
    days = Counter({date(1999, 1, 1): 1, date(2026, 1, 5): 2, date(2026, 1, 9): 1})
    assert find_oldest(days) == date(2026, 1, 1)
    assert find_oldest(Counter()) is None


def walked(page: int, newest: str, oldest: str, ended: str | None = None) -> Walked:
    """A page of a list that was walked on 5 May for March."""
    job = (date(2026, 3, 1), date(2026, 3, 31))
    days = (date.fromisoformat(newest), date.fromisoformat(oldest))
    return Walked(page, f"/tin?{page}", *days, ended, date(2026, 5, 5), job)


def test_covered_days() -> None:
    """Pages that follow each other cover what lies within them; a leap or a missing page covers
    nothing; the end of a list covers all before it."""
    pages = [walked(1, "2026-05-05", "2026-04-20"), walked(2, "2026-04-20", "2026-03-10")]
    assert find_covered(pages) == [Days(date(2026, 3, 11), date(2026, 5, 4))]
    ended = [*pages, walked(3, "2026-03-10", "2026-02-20", "range")]
    assert find_covered(ended) == [Days(date(2026, 3, 1), date(2026, 5, 4))]
    leap = [walked(1, "2026-05-05", "2026-04-20", "jump"), walked(2, "2026-02-02", "2026-01-10")]
    assert find_covered(leap) == [
        Days(date(2026, 1, 11), date(2026, 2, 1)),
        Days(date(2026, 4, 21), date(2026, 5, 4)),
    ]
    hole = [pages[0], walked(3, "2026-03-10", "2026-02-20")]
    assert find_covered(hole)[-1] == Days(date(2026, 4, 21), date(2026, 5, 4))
    assert find_covered([walked(1, "2026-05-05", "2026-05-05", "end")]) == [
        Days(date.min, date(2026, 5, 4))
    ]
    assert find_start(ended, date(2026, 3, 5)) == pages[0]
    assert find_start(pages[:1], date(2026, 3, 5)) is None


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=8),
    st.integers(0, 60),
    st.integers(0, 30),
)
def test_subtracting_days(spans: list[tuple[int, int]], start: int, length: int) -> None:
    """What is left and what is covered are the wanted days, each once."""

    def days(first: int, last: int) -> set[int]:
        return set(range(first, last + 1))

    base = date(2026, 1, 1)
    rows = [
        Walked(
            *(1, "u", base + timedelta(days=a + n), base + timedelta(days=a), "read"),
            date(2027, 1, 1),
            (base + timedelta(days=k), base),
        )
        for k, (a, n) in enumerate(spans)
    ]
    wanted = Days(base + timedelta(days=start), base + timedelta(days=start + length))
    left = subtract(wanted, find_covered(rows))
    numbers = [n for s in left for n in days((s.first - base).days, (s.last - base).days)]
    covered = set().union(*(days(a, a + n) for a, n in spans))
    assert sorted(numbers) == sorted(days(start, start + length) - covered)
