"""JSON list pages of no known system: their articles, their HTML, the page after them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.listing import read_listing, turn_listing
from spiders.pager import Entry, Fragment
from spiders.profile import load
from spiders.site import Site

SITE = Site("suoi", load('home = "https://suoi.test/"\n'))
PAGE = "https://suoi.test/muat?rubrik=a&awal=6"
STORY = "/a/tin-nong-ve-con-suoi-340001.html"
TITLE = "Tin nóng về con suối"
LISTED = [
    ({"isi": [{"judul": TITLE, "tautan": STORY, "nomor": 7}]}, TITLE),
    ([{"link": f"https://suoi.test{STORY}", "title": {"rendered": "x"}}], None),
    ({"a": {"b": {"c": [{"x": "/anh/1.jpg", "y": STORY, "z": TITLE}]}}}, TITLE),
]


@pytest.mark.parametrize(("data", "title"), LISTED)
def test_objects_with_the_address_of_an_article_are_entries(data: object, title: str) -> None:
    """Whatever the keys are called, and wherever the objects stand."""
    entry = Entry(f"https://suoi.test{STORY}", title)
    assert read_listing(SITE, PAGE, json.dumps(data)) == [entry]


def test_html_within_json_is_a_fragment() -> None:
    """A piece of HTML is read as the category page it belongs to."""
    html = f'<div><a href="{STORY}">x</a></div>'
    assert read_listing(SITE, PAGE, json.dumps({"html": html})) == Fragment(html, PAGE)


TURNS = [
    (PAGE, 2, {}, "https://suoi.test/muat?rubrik=a&awal=12"),
    ("https://suoi.test/muat?awal=12", 3, {}, "https://suoi.test/muat?awal=18"),
    ("https://suoi.test/l?page=2&c=9", 2, {}, "https://suoi.test/l?page=3&c=9"),
    (PAGE, 2, {"next": "/muat?sau=340001"}, "https://suoi.test/muat?sau=340001"),
    ("https://suoi.test/l?c=991", 2, {}, None),
    (
        "https://suoi.test/l?k=a&cursor=bzA",
        2,
        {"next_cursor": "bzE"},
        "https://suoi.test/l?k=a&cursor=bzE",
    ),
    ("https://suoi.test/l?k=a&cursor=bzA", 2, {"next_cursor": None}, None),
    (
        "https://suoi.test/l?after=x1",
        2,
        {"endCursor": "x2", "after": "x3"},
        "https://suoi.test/l?after=x3",
    ),
    ("https://suoi.test/l/2", 2, {}, None),
]


@pytest.mark.parametrize(("url", "number", "data", "expected"), TURNS)
def test_the_page_after_is_named_or_counted(
    url: str, number: int, data: dict[str, str], expected: str | None
) -> None:
    """What the page names comes first; a page number is counted on by one, an offset by its step;
    a number that is neither is left alone."""
    assert turn_listing(url, json.dumps(data), number) == expected


@given(st.text(max_size=300), st.integers(1, 9))
def test_anything_may_come(text: str, number: int) -> None:
    """No text breaks the reader."""
    read_listing(SITE, PAGE, text)
    turn_listing(PAGE, text, number)
