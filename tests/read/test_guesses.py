"""Last resorts: trafilatura's author is asked for only where it can find one."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from trafilatura.metadata import extract_author

from crawler.read.guesses import guess_names

_VALUES = st.sampled_from(
    [
        *("author", "AuthorName", "post-author-name", "byl", "byline", "Byline", "BBL", "username"),
        *("zuozhe", "bianji", "xiaobian", "channel-name", "submitted-by", "posted-by", "writer"),
        *("screenname", "journalist-name", "AuthorCard", "me", "story", "auteur", "title", "text"),
        *("sidebar", "date"),  # what it passes over; comments, which we leave, are tested below
    ]
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "rel", "itemprop", "data-testid", "data-component", "name"]),
    _VALUES,
    max_size=2,
)
_ELEMENTS = st.tuples(
    st.sampled_from(["a", "div", "p", "span", "h3", "author", "li", "rel", "time", "figure"]),
    _ATTRIBUTES,
    st.sampled_from(["Jane Roe", "me", "By John Doe", ""]),
)


@given(st.lists(_ELEMENTS, max_size=5))
def test_nothing_is_missed_where_trafilatura_is_not_asked(
    elements: list[tuple[str, dict[str, str], str]],
) -> None:
    """A page without the names that its expressions look for gives it no author either."""
    body = lxml.html.Element("body")
    for tag, attributes, words in elements:
        element = lxml.html.Element(tag, attributes)
        element.text = words
        body.append(element)
    found = extract_author(body)
    assert guess_names(body) == [name.strip() for name in (found or "").split(";") if name.strip()]


_NESTED = st.recursive(
    st.lists(_ELEMENTS, max_size=1),
    lambda inner: st.lists(st.tuples(_ELEMENTS, inner), max_size=3),
    max_leaves=12,
)


@given(_NESTED)
def test_it_finds_the_same_without_the_rest_of_the_page(
    forest: list[Any],
) -> None:
    """Names within names, within what it passes over, and beside other text."""
    body = lxml.html.Element("body")
    _plant(body, forest)
    before, found = lxml.html.tostring(body), extract_author(body)
    assert guess_names(body) == [name.strip() for name in (found or "").split(";") if name.strip()]
    assert lxml.html.tostring(body) == before


def _plant(parent: lxml.html.HtmlElement, forest: list[Any]) -> None:
    for tree in forest:
        (tag, attributes, words), inner = tree if isinstance(tree[0], tuple) else (tree, [])
        element = lxml.html.Element(tag, attributes)
        element.text, element.tail = words, words[::-1]
        parent.append(element)
        _plant(element, inner)


def test_who_comments_is_no_author() -> None:
    """Nobody named among comments; what holds the headline too is the page."""
    comment = '<div class="comments"><p class="author">Jane Roe</p></div>'
    assert guess_names(lxml.html.fromstring(f"<body><h1>A</h1>{comment}</body>")) == []
    whole = comment.replace("<p", "<h1>A</h1><p", 1)
    assert guess_names(lxml.html.fromstring(f"<body>{whole}</body>")) == ["Jane Roe"]


@pytest.mark.parametrize(
    "name", ["มานพ สุขสวัสดิ์", "अनीता देवी", "রহিমা বানু", "மீனா குமாரி", "សុខ ចាន់ធី", "سَالِمٌ"]
)
def test_a_name_keeps_the_marks_at_its_end(name: str) -> None:
    """trafilatura strips what is no letter; the vowel and the silencer at a name's end are none."""
    page = f'<body><span class="writer">{name}</span></body>'
    assert guess_names(lxml.html.fromstring(page)) == [name]
