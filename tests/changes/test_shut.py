"""A paper that answers every page as if it were gone has taken nothing away."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.shut import LEAST
from archive.instants import to_text
from tests.archive.makers import SITE
from tests.changes.night import HOST, Night, live

PAGES = [f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(LEAST + 2)]


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    made = Night(tmp_path)
    made.announce(*PAGES)
    yield from live(made)


def crawl(night: Night, gone: int) -> None:
    """Live one crawl, in which the first pages come back as soft-404, the others soundly."""
    at = night.pass_time(24)
    crawl_id = f"suoi-{at:%Y%m%d}"
    night.archive.close_site("suoi")
    night.archive.open_site(SITE, crawl_id=crawl_id, info={"software": "test"})
    start = {"crawl_id": crawl_id, "site": SITE, "started_at": to_text(at), "seeds": []}
    start["software"] = "test"
    night.archive.note("suoi", "crawl-start", start)
    for n, url in enumerate(PAGES):
        if n < gone:
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
