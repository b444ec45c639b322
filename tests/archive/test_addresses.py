"""Addresses that an earlier profile had no use for, and a mended one has; those of two papers."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from archive.events import pack
from archive.index.addresses import Announced, announce
from archive.instants import to_text
from tests.archive.makers import (
    SITE,
    Clock,
    check_rebuild,
    make_exchange,
    make_failure,
    make_link,
    open_archive,
)
from tests.archive.nightly import make_index

FRONT = "https://suoi.test/"
URL = "https://nui.test/artikel/1402/air-bersih"


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("no article by its address", "announced"),
        ("denied by the profile: /artikel/", "announced"),
        ("robots.txt disallows it", "skipped"),
        ("trap: the path repeats itself", "skipped"),
    ],
)
def test_what_was_skipped_is_taken_up(reason: str, state: str) -> None:
    """A list that names it again under a profile that knows it makes it an article to ask for;
    what robots.txt or a trap forbade stays forbidden."""
    db = make_index()
    source, at = "https://nui.test/rss", "2026-03-02T20:15:00Z"
    skipped = Announced(URL, make_link(URL, role="other"), skip=reason)
    for item in (skipped, Announced(URL, make_link(URL))):
        announce(db, [item], site="nui", source=source, at=at, depth=1)
    row = db.execute("SELECT state, role, reason FROM addresses").fetchone()
    expected = ("announced", "article", None) if state == "announced" else (state, "other", reason)
    assert row == expected


@pytest.mark.parametrize("answers", list(product("asf", repeat=3)))
@pytest.mark.parametrize("tick", [0, 1])
def test_two_papers_ask_for_one_front_page(tmp_path: Path, answers: str, tick: int) -> None:
    """Two crawls ask for the same address in turns, or in the same instant: what is written down
    of it is the same when their files are read one after the other."""
    clock = Clock()
    archive = open_archive(tmp_path, clock)
    other = {**SITE, "site": "alt"}
    archive.open_site(other, crawl_id="alt-1", info={"software": "test"})
    begin: dict[str, Any] = {"started_at": to_text(clock.at), "software": "test"}
    begin["seeds"] = [pack(make_link(FRONT, role="home"))]
    for site, crawl_id in ((SITE, "suoi-1"), (other, "alt-1")):
        archive.note(site["site"], "crawl-start", {**begin, "crawl_id": crawl_id, "site": site})
    for number, answer in enumerate(answers):
        clock.move(seconds=tick)
        site = ("suoi", "alt")[number % 2]
        if answer == "f":
            exchange = make_failure(FRONT, at=clock.at)
        else:
            status = 200 if answer == "a" else 503
            exchange = make_exchange(FRONT, b"front %d" % number, at=clock.at, status=status)
        archive.keep(site, exchange)
    archive.close()
    check_rebuild(tmp_path)
