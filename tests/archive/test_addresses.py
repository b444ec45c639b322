"""Addresses that an earlier profile had no use for, and a mended one has."""

from __future__ import annotations

import pytest

from archive.index.addresses import Announced, announce
from tests.archive.makers import make_link
from tests.archive.nightly import make_index

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
