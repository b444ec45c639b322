"""A paper that answers every page as if it were gone has taken nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.shut import LEAST
from archive.instants import to_text
from archive.records import Reading, Role
from tests.archive.makers import SITE, make_exchange
from tests.changes.night import HOST, LIST, PROFILE, Night, live

PAGES = [f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(LEAST + 2)]
ENTRANCES: dict[str, Role] = {
    HOST + "/": "home",
    LIST: "category",
    HOST + "/van-hoa/": "category",
}


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    made = Night(tmp_path)
    made.announce(*PAGES)
    yield from live(made)


def crawl(night: Night, gone: int, asked: int = len(PAGES), *, lists: int = 0) -> None:
    """Live one crawl, in which the first pages come back as soft-404, the others soundly; before
    them the front page and lists, where they show the bytes that stand for the pages."""
    at = night.pass_time(24)
    crawl_id = f"suoi-{at:%Y%m%d}"
    night.archive.close_site("suoi")
    night.archive.open_site(SITE, crawl_id=crawl_id, info={"software": "test"})
    start = {"crawl_id": crawl_id, "site": SITE, "started_at": to_text(at), "seeds": []}
    start["software"] = "test"
    night.archive.note("suoi", "crawl-start", start)
    closed = b"<p>Trang nay da dong.</p>"
    for url, role in list(ENTRANCES.items())[:lists]:
        capture = night.archive.keep("suoi", make_exchange(url, closed, at=night.archive.now()))
        night.archive.add(capture, Reading(role, "ok", "test/1", PROFILE), [], address=url)
    for n, url in enumerate(PAGES[:asked]):
        if n < gone and lists:
            exchange = make_exchange(url, closed, at=night.archive.now())
            night.quarantine("soft-404", url, night.archive.keep("suoi", exchange))
        elif n < gone:
            night.quarantine("soft-404", url)
        else:
            text = f"Bài số {n} kể chuyện chợ phiên."
            night.sound(text, url, title=f"Bài {n}", lead=None, authors=())
    end = {"crawl_id": crawl_id, "ended_at": to_text(at), "outcome": "finished"}
    night.archive.note("suoi", "crawl-end", {**end, "counts": {}, "problems": []})


def count_gone(night: Night) -> tuple[int, int]:
    """Return how many articles have a sign of removal, and how many are removed."""
    row = night.archive.db.execute(
        "SELECT count(gone_at), count(removed_at) FROM articles"
    ).fetchone()
    return row[0], row[1]


@pytest.mark.parametrize(("gone", "signs"), [(len(PAGES), 0), (3, 3), (LEAST - 1, LEAST - 1)])
def test_soft_404_on_all_pages_is_a_wall(night: Night, gone: int, signs: int) -> None:
    """However many nights it stands; some of the pages are signs of their removal."""
    crawl(night, 0)
    crawl(night, gone)
    assert count_gone(night) == (signs, 0)
    crawl(night, gone)
    crawl(night, gone)
    assert count_gone(night) == (signs, signs)


def test_a_house_that_is_closed_stays_closed(night: Night) -> None:
    """Once all pages were gone, so are the few that later nights ask for; when the paper shows
    articles again, a page that is gone is gone."""
    crawl(night, 0)
    crawl(night, len(PAGES))
    for _ in range(4):
        crawl(night, 2, asked=2)
    assert count_gone(night) == (0, 0)
    for _ in range(3):
        crawl(night, 2)
    assert count_gone(night) == (2, 2)


def test_some_nights_of_few_pages_are_no_closed_house(night: Night) -> None:
    """Pages that are gone one by one, before any night showed that all are, are removed."""
    crawl(night, 0)
    for _ in range(3):
        crawl(night, 2, asked=2)
    assert count_gone(night) == (2, 2)


@pytest.mark.parametrize(("lists", "removed"), [(3, 0), (2, 2)])
def test_one_page_for_all_addresses_is_a_closed_house(
    night: Night, lists: int, removed: int
) -> None:
    """Also on the first nights, and of a few pages: the front page and lists show it as well."""
    night.announce(*ENTRANCES)
    crawl(night, 0)
    for _ in range(3):
        crawl(night, 2, asked=2, lists=lists)
    assert count_gone(night) == (removed, removed)
