"""Lists by month behind an entry of the menu, and what of pages is their frame."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from crawler.scaffold.archives import rank_date, write_pattern
from crawler.scaffold.clues import Clue
from crawler.scaffold.menus import find_shared

BASE = "https://paper.test"


@given(st.integers(1990, 2090), st.integers(1, 12), st.integers(1990, 2090), st.integers(1, 12))
def test_the_newest_month_ranks_first(year: int, month: int, other: int, second: int) -> None:
    """Wherever the year stands, in the path or in the query."""
    for form in ("/archives.asp?m={m}&y={y}", "/archiv/{y}/{m}/", "/{y}-{m:02}.html"):
        one, two = (
            rank_date(BASE + form.format(y=y, m=m)) for y, m in ((year, month), (other, second))
        )
        assert (one < two) is ((year, month) < (other, second))


def test_the_regex_matches_the_index_and_every_month() -> None:
    """And nothing else, such as a month's article."""
    clues = [Clue(f"{BASE}/archives.asp?an=2026&mois={n}") for n in (1, 2)]
    pattern = re.compile(write_pattern(f"{BASE}/archives.asp", clues))
    for path in ("/archives.asp", "/archives.asp?an=2019&mois=11"):
        assert pattern.search(BASE + path)
    for path in (
        "/archives.asp?id=5",
        "/viewnews.asp?id=340001",
        "/archives.asp?an=2026&mois=2&p=2",
    ):
        assert not pattern.search(BASE + path)


def test_pages_without_a_menu_do_not_hide_it() -> None:
    """A page for printers has no link but the one back: what all others share is the frame."""
    menu = [Clue(f"{BASE}/rubrik-{n}/") for n in range(3)]
    pages = [[*menu, Clue(f"{BASE}/a-{n}.html")] for n in range(4)]
    assert find_shared([*pages, [Clue(f"{BASE}/a-1.html")]]) == {one.url for one in menu}
    assert find_shared(pages[:1]) == set()
