"""The clock of a paper and the order of day and month, with what speaks for them."""

from __future__ import annotations

import pytest

from archive.records import Article, Date
from crawler.scaffold.clock import learn_order, learn_zone


def make_article(value: str, raw: str, source: str = "json-ld", **sources: str) -> Article:
    """Return an article with a date of publication."""
    date = Date(value, "minute", raw, source)
    return Article("Title", "Text", published=date, sources={**sources})


WINTER = make_article("2026-02-03T08:00:00+01:00", "2026-02-03T08:00:00+01:00")
SUMMER = make_article("2026-07-03T08:00:00+02:00", "2026-07-03T08:00:00+02:00")
EAST = make_article("2026-02-03T08:00:00+07:00", "2026-02-03T08:00:00+07:00")
SHOWN = make_article("2026-02-03T08:00:00+07:00", "2026-02-03T01:00:00Z", offset="seen")
SILENT = make_article("2026-02-03T08:00:00+00:00", "03/02/2026 08:00", "seen")
NAMED = make_article("2026-02-03T08:00:00+00:00", "03/02/2026 08:00 WITA", "seen")
ZONES = [
    ([WINTER, SUMMER], "x.test", "de", ("Europe/Berlin", "seen")),
    ([EAST], "x.test", "vi", ("Asia/Ho_Chi_Minh", "seen")),
    ([EAST], "x.test", "id", ("Asia/Jakarta", "seen")),
    ([SHOWN], "x.test", "vi", ("Asia/Ho_Chi_Minh", "seen")),
    ([NAMED], "x.test", "id", ("Asia/Makassar", "seen")),
    ([EAST], "x.test", "eo", ("Etc/GMT-7", "guess")),
    ([SILENT], "paper.pl", "de", ("Europe/Warsaw", "guess")),
    ([SILENT], "x.test", "id", ("Asia/Jakarta", "guess")),
    ([SILENT], "x.test", "fr", ("Europe/Paris", "guess")),
    ([SILENT], "x.test", "es", None),
]


@pytest.mark.parametrize(("articles", "host", "language", "expected"), ZONES)
def test_a_zone_is_seen_or_guessed(
    articles: list[Article], host: str, language: str, expected: tuple[str, str] | None
) -> None:
    """Offsets and abbreviations are evidence; a country or a language only lets one guess."""
    found = learn_zone(articles, [], host, language)
    assert (found and (found.value, found.trust)) == expected


ORDERS = [
    (["25/02/2026", "03/04/2026"], SILENT, "vi", ("DMY", "seen")),
    (["02/25/2026"], SILENT, "en", ("MDY", "seen")),
    (["03/02/2026"], EAST, "en", ("DMY", "seen")),
    (["02/03/2026"], EAST, "en", ("MDY", "seen")),
    (["2026-02-03", "2026-02-04"], EAST, "ko", ("YMD", "seen")),
    (["03/04/2026"], SILENT, "id", ("DMY", "guess")),
    (["03/04/2026"], SILENT, "en", None),
    (["25/02/2026", "02/25/2026"], SILENT, "vi", None),
    ([], SILENT, "vi", None),
]


@pytest.mark.parametrize(("dates", "article", "language", "expected"), ORDERS)
def test_an_order_is_seen_or_guessed(
    dates: list[str], article: Article, language: str, expected: tuple[str, str] | None
) -> None:
    """A number above twelve, or the day in ISO 8601, is evidence; contradiction is none."""
    found = learn_order([("\n".join(dates), article)], language)
    assert (found and (found.value, found.trust)) == expected
