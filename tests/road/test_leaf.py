"""What a backfill makes of a page of a list before it asks for anything."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.days import Days
from archive.period import read_period
from archive.records import Link
from crawler.walk.leaf import Item, Leaf, find_falling
from crawler.walk.spans import Bounds, bound_entries, read_address
from spiders.catalog import Catalog

NOVEMBER = Days(date(2025, 11, 1), date(2025, 11, 30))
TODAY = date(2026, 2, 1)
SITE = Catalog(None).get(sorted(Catalog(None).keys())[0])


def make_leaf(signs: str, **fields: object) -> Leaf:
    """A page of articles: i(n), n(ew), o(ld), ? unknown, x asked for and unknown."""
    verdicts = {"i": "in", "n": "new", "o": "old"}
    items = [Item(str(k), verdicts.get(s), tried=s == "x") for k, s in enumerate(signs)]  # type: ignore[arg-type]
    return Leaf(1, "u", items, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("signs", "inferred"),
    [
        ("???n", "nnnn"),
        ("o???", "oooo"),
        ("i??i", "iiii"),
        ("n??i", "n??i"),
        ("i??o", "i??o"),
        ("?i?n?", "?inn?"),
        ("x?n", "nnn"),
    ],
)
def test_neighbours_tell(signs: str, inferred: str) -> None:
    """In a list of the newest first, what stands above a newer article is newer, below an older one
    older, between two of the wanted days of them; nothing else is inferred."""
    leaf = make_leaf(signs)
    leaf.infer()
    letters = {"in": "i", "new": "n", "old": "o", None: "?"}
    assert "".join(letters[item.verdict] for item in leaf.items) == inferred


@pytest.mark.parametrize(
    ("signs", "probe"), [("????", "3"), ("???i", "0"), ("i??o", "2"), ("xxxx", None), ("??x", "1")]
)
def test_what_is_asked_first(signs: str, probe: str | None) -> None:
    """The last article first, then the first, then one between; none twice."""
    found = make_leaf(signs).choose()
    assert (found.url if found else None) == probe


def test_out_of_order() -> None:
    """A page that is newer than the one before it is told; an empty month between two is not."""
    days = [date(2025, 11, 30) - timedelta(days=n) for n in range(10)]
    above = Leaf(1, "u", [Item(str(n), "in", day) for n, day in enumerate(days)])
    later = [day - timedelta(days=70) for day in days]
    below = Leaf(2, "v", [Item(str(n), "old", day) for n, day in enumerate(later)])
    assert not below.rises(above) and above.rises(below)
    assert make_leaf("iiio").rises(make_leaf("oooo"))
    assert not make_leaf("oooi").rises(make_leaf("oooo"))


@given(st.lists(st.integers(0, 9), max_size=8))
def test_longest_falling_part(steps: list[int]) -> None:
    """It never rises, keeps the order, and is as long as the longest there is."""
    days = [date(2026, 1, 1) + timedelta(days=n) for n in steps]
    found = find_falling(days)
    assert all(a >= b for a, b in itertools.pairwise(found))
    rest = iter(days)
    assert all(day in rest for day in found)
    best = [1] * len(days)
    for k, day in enumerate(days):
        best[k] += max((best[j] for j in range(k) if days[j] >= day), default=0)
    assert len(found) == max(best, default=0)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("/sitemaps/news-2026-2.xml", "2026-02-01", "2026-02-28"),
        ("/sitemap-article-2026-02-04.xml", "2026-02-04", "2026-02-04"),
        ("/sitemap-202402.xml.gz", "2024-02-01", "2024-02-29"),
        ("/sitemap.xml?m=20240229", "2024-02-29", "2024-02-29"),
        ("/sitemap-2024.xml", None, None),
        ("/sitemap-12.xml", None, None),
        ("/sitemap-2024-13.xml", None, None),
        ("/sitemap-20240231.xml", None, None),
        ("/2024/05/sitemap.xml", None, None),
    ],
)
def test_periods(name: str, first: str | None, last: str | None) -> None:
    """A sitemap's name is believed where it is a day or a month of the calendar."""
    found = read_period(f"https://p.test{name}")
    assert (found and found.first.isoformat(), found and found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/tin/2025/11/07/x.html", "2025-11-07"),
        ("/tin/2025-11/x-12.html", "2025-11-01"),
        ("/kinh-te/202511/x-0123/", "2025-11-01"),
        ("/x-20251107101500123.htm", "2025-11-07"),
        ("/x-post2025110.html", None),
        ("/nam-2025/99/x.html", None),
    ],
)
def test_addresses(path: str, first: str | None) -> None:
    """A date in an article's address is believed where it stands as one."""
    found = read_address(f"https://p.test{path}").first
    assert (found and found.isoformat()) == first


def judge(name: str, dates: list[str | None], wanted: Days = NOVEMBER) -> list[str | None]:
    """What a sitemap says of its entries."""
    links = [
        Link(f"https://p.test/a-{n}.html", "sitemap", n, "article", date_raw=raw)
        for n, raw in enumerate(dates)
    ]
    _, bounds = bound_entries(f"https://p.test/{name}", links, SITE, TODAY)
    return [said.judge(wanted) or ("may" if said.may(wanted) else None) for said in bounds]


def test_dates_of_sitemaps() -> None:
    """lastmod says "not after", and nothing where all entries have one or it is to come; the name
    of the file goes before it, unless its entries belie it."""
    assert judge("map-1.xml", ["2025-10-01", "2025-11-05", "2025-12-05"]) == ["old", "may", None]
    assert judge("map-1.xml", ["2025-10-01"] * 9) == [None] * 9
    assert judge("map-1.xml", ["2025-11-09", "2026-05-05"]) == [None, None]
    assert judge("tin-2025-11.xml", [TODAY.isoformat()] * 9) == ["in"] * 9
    assert judge("tin-2025-11.xml", [None] * 3) == ["in"] * 3
    assert judge("tin-2025-10.xml", ["2025-11-09"] * 3) == ["old"] * 3
    partly = Days(date(2025, 11, 10), date(2025, 11, 20))
    told = judge("tin-2025-11.xml", ["2025-11-05", "2025-11-15", "2026-01-05"], partly)
    assert told == ["old", "may", None]
    assert judge("map-2025-1.xml", ["2024-05-01", "2024-07-02", "2025-11-03"])[0] == "old"
    assert Bounds().judge(NOVEMBER) is None and not Bounds().may(NOVEMBER)
