"""What broke is told with its dates long after it was mended, and nothing else is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from archive.report.faults import split
from archive.report.nights import Night, Nights
from archive.report.page import write_page
from archive.report.span import Paper, Span
from archive.report.spells import draw_spells, list_spells, order_spells
from archive.report.text import write_text
from archive.report.tongue import Tongue, is_known
from crawler.walk.checks import explain_failure
from crawler.walk.tally import Tally
from tests.report.conftest import Printed

START = datetime(2026, 3, 1, 20, tzinfo=UTC)
PAPER = Paper("nui", "Báo Núi", None, "vi", UTC)
WALL = "{} of 20 article pages came back as captcha: nothing on them was read or followed: wait"
EMPTY = "no article links on the category page https://nui.test/tin: look whether it moved"


def make_nights(*told: tuple[str | None, tuple[str, ...]]) -> Nights:
    """A crawl a night; the last one is an hour old."""
    crawls = [
        Night(str(n), START + timedelta(days=n), None, outcome, problems)
        for n, (outcome, problems) in enumerate(told)
    ]
    crawls.reverse()
    return Nights(crawls[0], tuple(crawls))


def make_span(nights: Nights) -> Span:
    """The days up to an hour after the last crawl."""
    assert nights.last is not None
    now = nights.last.started_at + timedelta(hours=1)
    return Span(date(2026, 3, 1), now.date(), now)


SOUND = ("finished", ())


def test_a_spell_has_its_dates() -> None:
    """Nights that told the same with other numbers are one spell, which ended with the first crawl
    that told it no more; what it told besides on one night is another."""
    walls = [("finished", (WALL.format(n), *((EMPTY,) if n == 8 else ()))) for n in (7, 8, 9)]
    nights = make_nights(SOUND, *walls, SOUND, SOUND)
    found = list_spells(PAPER, nights, make_span(nights))
    days = [(spell.began_at.day, spell.crawls, spell.ended_at) for spell in order_spells(found)]
    assert days == [
        (3, 1, START + timedelta(days=3)),
        (2, 3, START + timedelta(days=4)),
    ]
    assert "captcha" in found[1].words[0] or "captcha" in found[0].words[0]


def test_a_killed_crawl_ends_nothing_and_is_told() -> None:
    """The night between two walls that was killed is a trouble of its own; one that runs is
    none; what the last crawl told lasts and stands first."""
    wall = ("finished", (WALL.format(5),))
    nights = make_nights(wall, (None, ()), wall, (None, ()))
    found = order_spells(list_spells(PAPER, nights, make_span(nights)))
    assert [(spell.crawls, spell.ended_at) for spell in found] == [
        (2, None),
        (1, found[1].began_at),
    ]
    assert "killed" in found[1].words[0]


def test_one_run_that_was_killed_is_one_line() -> None:
    """Of several papers, each begun at its own minute; the next night's is another."""
    nights = make_nights((None, ()), (None, ()), SOUND)
    other = Paper("bien", "Báo Biển", None, "vi", UTC)
    later = Nights(
        nights.last,
        tuple(replace(n, started_at=n.started_at + timedelta(minutes=9)) for n in nights.crawls),
    )
    span = make_span(nights)
    found = order_spells([*list_spells(PAPER, nights, span), *list_spells(other, later, span)])
    assert [(spell.paper, spell.others) for spell in found] == [(PAPER, (other,))] * 2
    assert "and 1 more" in (draw_spells(found, Tongue("en")) or "")


def test_nothing_broke() -> None:
    """Sound nights make no spell, and no section."""
    nights = make_nights(SOUND, SOUND)
    assert list_spells(PAPER, nights, make_span(nights)) == []
    assert draw_spells((), Tongue("en")) is None


def test_page_and_mail_tell_them(printed: Printed) -> None:
    """The list that was lost for three nights stands on the page and in the mail, in both
    languages."""
    for language, said in (("en", "What broke, and when"), ("vi", "Đã hỏng gì, khi nào")):
        page, text = (write(printed.facts, language) for write in (write_page, write_text))
        assert said in page and said in text
        row = page.partition(said)[2].partition("</table>")[0]
        assert "https://nui.test/tin" in row


CAUSES = [
    ({"robots_unavailable": {"a": "http 503"}}, "robots.txt could not be read (http 503)"),
    ({"robots_unavailable": {"a": "timeout"}}, "robots.txt could not be read (timeout)"),
    ({"statuses": Counter({"500": 3, "403": 1, "timeout": 2})}, "http 403, 500, timeout"),
    ({"statuses": Counter({"dns": 3, "refused": 1})}, "no connection (dns, refused)"),
    ({"refused": 1}, "robots.txt forbids it"),
    ({}, "nothing was asked for"),
]


@pytest.mark.parametrize(("counted", "said"), CAUSES)
@pytest.mark.parametrize("outcome", ["refused", "unreachable", "blocked"])
def test_why_a_paper_was_not_crawled(counted: dict[str, Any], said: str, outcome: str) -> None:
    """The reason goes into what broke and when, in words that every language of the report knows:
    robots.txt, the statuses, no connection; several of them too."""
    spider: Any = SimpleNamespace(tally=Tally(**counted))
    (problem,) = explain_failure(spider, outcome)
    nights = make_nights(SOUND, (outcome, (problem,)))
    (spell,) = list_spells(PAPER, nights, make_span(nights))
    assert spell.words == (f"not crawled: {said}",)
    assert all(is_known(words) for words in (*spell.words, split(problem).remedy))
    vietnamese = Tongue("vi").sentence(spell.words[0])
    assert vietnamese is not None and vietnamese.startswith("không thu thập được")
