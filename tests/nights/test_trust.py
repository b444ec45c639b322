"""Which lists are believed when they name an article: trust is earned, lost and forgotten."""

from __future__ import annotations

import pytest

from archive.instants import to_text
from crawler.walk.freshness import SAMPLE, find_due, is_sampled
from crawler.walk.witness import find_trusted, judge_claim
from tests.nights.test_freshness import CALM, ICT, T

from .ledger import DAY, SITE, Ledger


@pytest.mark.parametrize(
    ("raw", "version", "published", "modified", "verdict"),
    [
        ("2026-03-02T10:00:00+07:00", 1, "2026-03-02T08:00:00+07:00", None, None),
        (
            "2026-03-02T10:00:00+07:00",
            1,
            "2026-03-02T08:00:00+07:00",
            "2026-03-02T10:00:30+07:00",
            True,
        ),
        (
            "2026-03-02T08:00:00+07:00",
            1,
            "2026-03-02T08:00:00+07:00",
            "2026-03-02T10:00:30+07:00",
            False,
        ),
        ("2026-03-02", 1, "2026-03-01", "2026-03-02T10:00:30+07:00", True),
        (
            "2026-03-02T08:00:00+07:00",
            1,
            "2026-03-02T08:00:00+07:00",
            "2026-03-02T08:00:00+07:00",
            None,
        ),
        (
            "2026-03-02T08:00:00+07:00",
            1,
            "2026-03-02T08:00:00+07:00",
            "2027-03-02T08:00:00+07:00",
            None,
        ),
        ("2026-03-03T08:00:00+07:00", 2, None, None, True),
        ("2026-03-02T08:00:00+07:00", 2, None, None, False),
        ("2026-03-02", 2, None, None, False),
        ("2026-03-03", 2, None, None, True),
        ("gestern", 2, None, None, None),
    ],
)
def test_what_a_list_knew(
    raw: str, version: int, published: str | None, modified: str | None, verdict: bool | None
) -> None:
    """A date beside the page's own date of change, or beside a change that was caught (the words
    were there on March 2 at 20:00 UTC, and others a day later)."""
    seen, before = to_text(T + DAY), to_text(T) if version > 1 else None
    assert judge_claim(raw, version, published, modified, seen, before, zone=ICT) is verdict


def make_told(changes: int, slept: int) -> Ledger:
    """A sitemap that told of so many changes and slept through so many."""
    ledger = Ledger()
    ledger.add_crawls(3)
    ledger.add_list("http://p/map", "sitemap", asked=2)
    for number in range(changes + slept):
        date = to_text(ledger.night(0.5 if number < changes else -0.5))
        url = f"http://p/{number}.html"
        ledger.add_article(url, [("sitemap", "http://p/map")], night=0, date=date)
        at = to_text(ledger.night(1))
        ledger.add_version(number + 1, 2, at, at)
    return ledger


@pytest.mark.parametrize(
    ("changes", "slept", "trusted"), [(1, 0, False), (2, 0, True), (30, 1, False), (90, 1, True)]
)
def test_trust_is_earned_and_lost(changes: int, slept: int, trusted: bool) -> None:
    """Two changes told of make a witness; one that it slept through outweighs 89."""
    ledger = make_told(changes, slept)
    assert bool(find_trusted(ledger.db, SITE, ledger.night(2), ICT)) is trusted
    assert not find_trusted(ledger.db, SITE, ledger.night(40), ICT), "after 28 days forgotten"


def test_days_are_no_instants() -> None:
    """A sitemap that dates by days says nothing of a second change on the day of our fetch."""
    ledger = Ledger()
    ledger.add_crawls(2)
    ledger.add_list("http://p/map", "sitemap", asked=1)
    urls = [f"http://p/{n}.html" for n in range(60)]
    urls = [url for url in urls if not is_sampled(url, SAMPLE)][:2]
    today = ledger.night(0).astimezone(ICT).date()
    for url, day in zip(urls, (today, today - DAY), strict=True):
        ledger.add_article(url, [("sitemap", "http://p/map")], night=0, date=day.isoformat())
    due = find_due(ledger.db, SITE, ledger.night(1), ICT, frozenset({"http://p/map"}))
    assert [known.url for known in due] == urls[:1]


MAP = "http://p/map"


def find_old(ledger: Ledger, *trusted: str) -> bool:
    """Whether the old article at CALM is due on the twelfth night."""
    due = find_due(ledger.db, SITE, ledger.night(12), ICT, frozenset(trusted))
    return CALM in {known.url for known in due}


def make_old(date: str | None) -> Ledger:
    """A sitemap, answered last night, that names two articles of nine days before."""
    ledger = Ledger()
    ledger.add_crawls(2)
    ledger.add_list(MAP, "sitemap", asked=11)
    for url in (CALM, "http://p/gone.html"):
        ledger.add_article(url, [("sitemap", MAP)], night=0, date=date, fetched=2.5)
    return ledger


def test_a_sitemap_saves_the_asking_of_the_old_by_its_dates_alone() -> None:
    """One that was never seen to tell of an edit, or names the article without a date, says
    nothing of an edit: the old are asked as if there were none."""
    dated = make_old(to_text(Ledger().night(0)))
    assert not find_old(dated, MAP), "it told of edits, and would tell"
    assert find_old(dated), "no edit was ever told by it"
    assert find_old(make_old(None), MAP), "a name without a date"


def test_a_sitemap_that_goes_on_naming_what_is_gone_saves_nothing() -> None:
    """Seen once, its naming of old articles is no reason to leave them alone."""
    ledger = make_old(to_text(Ledger().night(0)))
    assert not find_old(ledger, MAP)
    ledger.db.execute(
        "UPDATE articles SET gone_at = ? WHERE url = 'http://p/gone.html'",
        (to_text(ledger.night(2.5)),),
    )
    assert find_old(ledger, MAP)
