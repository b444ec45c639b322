"""Last resorts: trafilatura's author is asked for only where it can find one."""

from __future__ import annotations

import lxml.html
from hypothesis import given
from hypothesis import strategies as st
from trafilatura.metadata import extract_author

from crawler.read.guesses import guess_names

_VALUES = st.sampled_from(
    [
        *("author", "AuthorName", "post-author-name", "byl", "byline", "Byline", "BBL", "username"),
        *("zuozhe", "bianji", "xiaobian", "channel-name", "submitted-by", "posted-by", "writer"),
        *("screenname", "journalist-name", "AuthorCard", "me", "story", "auteur", "title", "text"),
    ]
)
_ATTRIBUTES = st.dictionaries(
    st.sampled_from(["class", "id", "rel", "itemprop", "data-testid", "data-component", "name"]),
    _VALUES,
    max_size=2,
)
_ELEMENTS = st.tuples(
    st.sampled_from(["a", "div", "p", "span", "h3", "author", "li", "rel"]),
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
