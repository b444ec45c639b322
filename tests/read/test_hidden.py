"""Dates in the attributes of elements whose words are relative, or none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from crawler.read import stamps
from crawler.read.metadata import read_facts
from crawler.read.sheet import Sheet
from spiders import profile
from spiders.site import Site

TEXT = (
    "<p>The mayor opened the new bridge over the river on the day of the market, she said.</p>" * 4
)
RIGHT = "2026-11-20T14:05:00+07:00"
LINES = {
    '<abbr class="published" title="2026-11-20T14:05:00+07:00">2 hours ago</abbr>': RIGHT,
    '<time title="Nov 20, 2026 2:05 PM">2 hours ago</time>': RIGHT,
    '<span class="ago" data-timestamp="1795158300">yesterday</span>': RIGHT,
    '<span data-publish-date="2026-11-20T07:05:00Z">2 hours ago</span>': RIGHT,
    'By Ann Lee, <span title="2026-11-20 14:05"></span>': RIGHT,
    '<span title="2026-11-21 08:00">20/11/2026 14:05</span>': RIGHT,
    '<span class="updated" title="2026-11-21T08:00:00+07:00">1 hour ago</span>': None,
    '<span data-modified-date="2026-11-21T08:00:00+07:00">1 hour ago</span>': None,
    '<span data-id="1795158300">Ann Lee</span>': None,
    '<a href="/x" title="20/11/2026 14:05: the market">The market</a>': None,
    '<span title="1795158300">Ann Lee</span>': None,
}


def read(line: str, **words: object) -> str | None:
    page = (f"<html lang=vi><body><article><h1>A bridge over the river</h1><div>{line}</div>"
            f"{TEXT}</article></body></html>")  # fmt: skip
    made, _ = profile.build(
        {"home": "https://x.test/", "timezone": "Asia/Ho_Chi_Minh", "read": words}
    )
    assert made is not None
    at = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
    found = read_facts(Sheet(fromstring(page), "https://x.test/a", Site("x", made), at)).published
    return found.value if found is not None and found.precision != "day" else None


@pytest.mark.parametrize(("line", "value"), LINES.items())
def test_an_attribute_dates_what_its_words_do_not(line: str, value: str | None) -> None:
    """`title`, `data-*`: a whole date with its clock; no change's, nobody's id, no link."""
    assert read(line) == value


def test_a_profiles_element_is_asked_for_its_attributes_too() -> None:
    """Where its words are no date with a time."""
    line = '<span class="k" title="2026-11-20T14:05:00+07:00">2 hours ago</span>'
    assert read(line, date=".k") == RIGHT
    both = '<span class="k" title="2026-11-21T08:00:00+07:00">20/11/2026 14:05</span>'
    assert read(both, date=".k", date_order="DMY") == RIGHT


def test_a_line_without_such_attributes_is_not_asked_for_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether its words tell of a change took 4 % of a reading; few lines have a hidden date."""

    def refuse(element: object) -> bool:
        raise AssertionError(element)

    monkeypatch.setattr(stamps, "is_change", refuse)
    assert read('By Ann Lee, <span class="place" data-id="17">Mill Road</span>') is None
