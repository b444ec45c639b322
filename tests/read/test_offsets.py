"""Stamps whose zone is false, true, or not to be told: by what the page and its capture say."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml.html import HtmlElement, fromstring

from archive.index.clocked import LOCAL, ZONE
from crawler.read.facts import Facts
from crawler.read.metadata import read_facts
from crawler.read.offsets import is_stamp
from crawler.read.sheet import Sheet
from spiders import profile
from spiders.site import Site

CLOCK = "2026-11-20T14:05:00"
OWN, LATER = f"{CLOCK}+07:00", "2026-11-20T21:05:00+07:00"
NEXT_DAY = datetime(2026, 11, 21, tzinfo=UTC)
AN_HOUR_LATER = datetime(2026, 11, 20, 8, 5, tzinfo=UTC)  # 15:05 in Hanoi
SHOWN = "20/11/2026 14:05"


def write_page(stamp: str, shown: str, meta: str = "", time: str = "") -> HtmlElement:
    """An article that says when it was published in each of these places."""
    data = {"@type": "NewsArticle", "headline": "A bridge over the river", "datePublished": stamp}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>' if stamp else ""
    if meta:
        head += f'<meta property="article:published_time" content="{meta}">'
    line = f'<time datetime="{time}">{shown}</time>' if time else f"<span>{shown}</span>"
    text = (
        "<p>The mayor opened the new bridge over the river on the day of the market, she said.</p>"
    )
    return fromstring(
        f"<html lang=vi><head>{head}</head><body><article><h1>A bridge over the river</h1>"
        f"<div>{line}</div>{text * 4}</article></body></html>"
    )


def read(page: HtmlElement, at: datetime = NEXT_DAY, zone: str = "Asia/Ho_Chi_Minh",
         **words: Any) -> Facts:  # fmt: skip
    made, problems = profile.build({"home": "https://x.test/", "timezone": zone, "read": words})
    assert made is not None, problems
    return read_facts(Sheet(page, "https://x.test/a", Site("x", made), at))


Z = f"{CLOCK}Z"
PAGES = {
    "the same clock is a doubt": (write_page(Z, SHOWN), NEXT_DAY, LATER, ZONE),
    "of the future": (write_page(Z, SHOWN), AN_HOUR_LATER, OWN, LOCAL),
    "of the future, an element": (write_page("", SHOWN, time=Z), AN_HOUR_LATER, OWN, LOCAL),
    "a meta says +07:00": (write_page(Z, SHOWN, OWN), NEXT_DAY, OWN, LOCAL),
    "a false offset": (write_page(f"{CLOCK}+00:00", SHOWN), NEXT_DAY, LATER, ZONE),
    "another false offset": (write_page(f"{CLOCK}+02:00", SHOWN, OWN), NEXT_DAY, OWN, LOCAL),
    "true": (write_page(Z, "20/11/2026 21:05"), NEXT_DAY, LATER, ""),
    "true, of the page's future": (write_page(Z, "20/11/2026 21:05"), AN_HOUR_LATER, LATER, ""),
    "the page says UTC": (write_page(Z, f"{SHOWN} GMT"), NEXT_DAY, LATER, ""),
    "the page shows UTC": (write_page(Z, SHOWN, LATER), NEXT_DAY, LATER, ""),
    "another clock": (write_page(Z, "20/11/2026 16:40"), NEXT_DAY, LATER, ""),
    "no clock": (write_page(Z, "20/11/2026"), NEXT_DAY, LATER, ""),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_zone_is_believed_until_it_is_proved_false(name: str) -> None:
    """The same minute on stamp and page is told; another stamp, or the capture, decides."""
    page, at, value, code = PAGES[name]
    facts = read(page, at)
    assert facts.published is not None
    shown = datetime.fromisoformat(facts.published.value)
    assert shown == datetime.fromisoformat(value)
    told = [words for words in facts.warnings if words.startswith(("date-zone", "date-local"))]
    assert [words.partition(":")[0] for words in told] == ([code] if code else [])


def test_a_profile_knows_whether_a_zone_is_false() -> None:
    """Named places are read as the paper's clock, changes too; none: the zone is true; either way
    without a word. What reads as no stamp keeps its zone."""
    page = write_page(Z, SHOWN)
    for places, value in ((["json-ld"], OWN), ([], LATER), (["meta"], LATER)):
        facts = read(page, AN_HOUR_LATER, local_stamps=places)
        assert facts.published is not None and facts.published.value == value
        assert not any(words.startswith("date-zone") for words in facts.warnings)
    true = read(write_page(Z, "20/11/2026 21:05"), NEXT_DAY, local_stamps=["json-ld"])
    assert true.published is not None and true.published.value == LATER  # this page proves it
    assert is_stamp("2026-11-20 14:05:00+0000") and not is_stamp("20/11/2026 14:05 GMT+7")


def test_a_paper_at_utc_or_of_an_unknown_clock_is_left_alone() -> None:
    """14:05Z beside 14:05 is what a paper in Lisbon writes in winter."""
    for zone in ("Europe/Lisbon", "Africa/Abidjan"):
        facts = read(write_page(Z, SHOWN), AN_HOUR_LATER, zone)
        assert facts.published is not None and not facts.warnings, zone
        assert datetime.fromisoformat(facts.published.value) == datetime.fromisoformat(Z)
