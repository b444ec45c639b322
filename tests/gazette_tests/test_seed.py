"""The client's example, and one of our own words, as pages."""

from __future__ import annotations

import html

import pytest

from tests.gazette import seed

from .browse import plain_text


def test_own_example_reads_back() -> None:
    """A text of our own words in the example's structure becomes a page that holds its parts."""
    check_example(seed.own_text())


def test_client_example_reads_back() -> None:
    """The client's text becomes a page with its parts: title to eight links."""
    try:
        text = seed.read_seed()
    except FileNotFoundError:
        pytest.skip(f"the client's text is not on this machine: {seed.SEED}")
    check_example(text)


def check_example(text: str) -> None:
    """Two pictures, one caption, five paragraphs, eight related items, each title twice."""
    page = seed.build_seed_page(text).decode("utf-8")
    told = seed.tell_seed(text)
    words = plain_text(page)
    assert len(told["paragraphs"]) == 5 and len(told["related"]) == 8
    assert [bool(one["caption"]) for one in told["images"]] == [True, False]
    assert f'sapo cms-desc">{html.escape(told["lead"])}<' in page
    for one in told["paragraphs"]:
        assert f"<p>{html.escape(one)}</p>" in page
    for one in told["related"]:
        assert page.count(html.escape(one["title"])) >= 2 and one["summary"] in words
    for line in text.splitlines():
        assert line.strip() in plain_text(html.unescape(page)) or line.strip() in page
    assert seed.build_seed_page(text) == page.encode()


def test_wrong_example_is_refused() -> None:
    """A text without the label lines is an error, not a page with wrong parts."""
    with pytest.raises(ValueError, match="label"):
        seed.parse_seed(seed.own_text().replace("Tin cùng chuyên mục", "Tin khác"))
