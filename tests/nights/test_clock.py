"""The clocks of lists: who is a witness, who echoes, and when nobody is to be believed."""

from __future__ import annotations

import ast
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.walk.clock import MONTH, WEEK, Clock, Listed, choose_witnesses, find_wait, learn
from crawler.walk.seeds import list_alarmed
from tests.archive.nightly import make_index
from tests.road.vault import ROOT

from .ledger import DAY, SITE, Ledger

HOME, FEED, MAP = "http://p/", "http://p/feed", "http://p/map"
TOLD = "https://nui/dat/"
NEWS, SPORT = "http://p/news", "http://p/sport"
ROLES = {HOME: "home", FEED: "feed", MAP: "sitemap", NEWS: "category", SPORT: "category"}


def make_paper(nights: int, *, own: dict[int, str] | None = None) -> Ledger:
    """Four articles a night in the sitemap, the feed and a category; ``own``: nights on which one
    more comes in that list alone."""
    ledger = Ledger()
    ledger.add_crawls(nights)
    for url, role in ROLES.items():
        ledger.add_list(url, role, asked=nights - 1)
    for night in range(nights):
        for number in range(4):
            category = NEWS if number % 2 else SPORT
            lists = [("sitemap", MAP), ("feed", FEED), ("category", category)]
            ledger.add_article(
                f"http://p/{night}-{number}.html", lists, night=night, position=number
            )
        if own and night in own:
            ledger.add_article(
                f"http://p/{night}-own.html", [("category", own[night])], night=night
            )
    return ledger


def learn_at(ledger: Ledger, night: float) -> Clock:
    """Return the clocks as of a night."""
    return learn(ledger.db, SITE, ledger.night(night), pages=3)


def test_everything_is_asked_until_something_is_known() -> None:
    """On the first nights no list rests."""
    clock = learn_at(make_paper(3), 3)
    assert all(clock.is_due(url) for url in ROLES) and not clock.waits


def test_the_sitemap_is_the_witness_and_the_others_rest() -> None:
    """The list that announced all is asked each night, with the front page; categories that echo
    it rest for half of the time they did."""
    clock = learn_at(make_paper(10), 10)
    assert clock.witnesses == {HOME, MAP}
    assert set(clock.waits) == {FEED, NEWS, SPORT}
    assert clock.waits[NEWS] == 5 * DAY
    assert not clock.is_due(NEWS) and clock.is_due(MAP) and clock.is_due("http://p/unknown")


def test_a_category_that_brings_its_own_is_asked_each_night() -> None:
    """One article that no witness had, two nights ago: the category rests no more."""
    clock = learn_at(make_paper(12, own={10: SPORT}), 12)
    assert clock.is_due(SPORT) and not clock.is_due(NEWS)


def test_a_list_that_is_a_day_late_is_no_witness() -> None:
    """A sitemap that names articles a night after the feed does is not believed to be first."""
    ledger = Ledger()
    ledger.add_crawls(10)
    for url, role in ROLES.items():
        ledger.add_list(url, role, asked=9)
    for night in range(9):
        for number in range(4):
            url = f"http://p/{night}-{number}.html"
            ledger.add_article(url, [("feed", FEED)], night=night)
            ledger.db.execute(
                "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
                "last_seen_at) SELECT id, 'sitemap', ?, 0, ?, ? FROM addresses WHERE url = ?",
                (MAP, *[ledger.night(night + 1).strftime("%Y-%m-%dT%H:%M:%S.%fZ")] * 2, url),
            )
    assert learn_at(ledger, 10).witnesses == {HOME, FEED}


def test_doubt() -> None:
    """A witness without an answer, one that announces news only, and news that does not come."""
    clock = learn_at(make_paper(10), 10)
    assert clock.find_doubt(4, (), ()) == ""
    assert "no answer" in clock.find_doubt(4, {MAP}, ())
    assert clock.find_doubt(4, {NEWS}, {FEED}) == ""
    assert "nothing known" in clock.find_doubt(4, (), {MAP})
    assert clock.expected < 5, "four a night: that none comes may be chance"
    late = learn_at(make_paper(10), 12)
    assert "expected" in late.find_doubt(0, (), ())


def test_lists_are_known_in_any_spelling() -> None:
    """A paper whose lists answer under another scheme or host than the profile's: who announced
    what is known all the same."""
    ledger = make_paper(10)
    ledger.db.execute("UPDATE sightings SET source = replace(source, 'http://p', 'https://www.p')")
    assert learn_at(ledger, 10).waits == learn_at(make_paper(10), 10).waits


def test_what_came_in_at_once_is_not_expected_again() -> None:
    """A crawl that went on through 2,000 old articles: four a night are expected, not hundreds."""
    ledger = make_paper(10)
    for number in range(2000):
        ledger.add_article(f"http://p/old-{number}.html", [("category", SPORT)], night=1)
    assert learn_at(ledger, 10).expected == 4


def test_a_clock_that_was_wrong_does_not_silence_a_list() -> None:
    """A last visit in the future is no reason to wait for it."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    clock = Clock(now, waits={NEWS: WEEK}, asked={NEWS: now + 400 * DAY})
    assert clock.is_due(NEWS)


def test_the_first_crawl_does_not_count() -> None:
    """What only the back pages of a category had on the first night makes it no witness."""
    ledger = make_paper(10)
    for number in range(200):
        ledger.add_article(f"http://p/old-{number}.html", [("category", SPORT)], night=0)
    assert learn_at(ledger, 10).witnesses == {HOME, MAP}


def test_pages_of_a_category_count_for_it() -> None:
    """An article first seen on page 3 is its category's own."""
    ledger = make_paper(10)
    before = NEWS
    for page in (2, 3):
        url = f"{NEWS}?page={page}"
        ledger.add_list(url, "category", asked=9, page=page)
        ledger.db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
            "last_seen_at) SELECT id, 'category', ?, 0, first_seen_at, first_seen_at "
            "FROM addresses WHERE url = ?",
            (before, url),
        )
        before = url
    ledger.add_article("http://p/deep.html", [("category", before)], night=9)
    clock = learn_at(ledger, 10)
    assert clock.is_due(NEWS) and not clock.is_due(SPORT)
    assert before not in clock.waits


@given(
    st.floats(0, 400),
    st.none() | st.floats(0, 400),
    st.integers(0, 5000),
    st.integers(0, 200),
)
def test_waits_have_their_bounds(known: float, own: float | None, news: int, room: int) -> None:
    """Never longer than a week where a list still brings anything, nor than half its idle time."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    last = None if own is None else now - own * DAY
    wait = find_wait(now, known_for=known * DAY, own=last, news=news, room=room)
    assert timedelta(0) <= wait <= (WEEK if news else MONTH)
    assert wait <= known * DAY / 2 + timedelta(seconds=1)


@given(st.lists(st.sets(st.sampled_from(sorted(ROLES)), min_size=1), max_size=40))
def test_witnesses_announce_nearly_all(nights: list[set[str]]) -> None:
    """Of any announcements, the witnesses had all but a twentieth for each list left out."""
    lists = {url: Listed(role, datetime.min, datetime.min) for url, role in ROLES.items()}
    chosen = choose_witnesses(nights, lists, {HOME})
    left = [night for night in nights if not night & chosen]
    assert HOME in chosen
    assert len(left) <= max(1.0, 0.05 * len(nights)) * (len(ROLES) - len(chosen))


def test_every_session_takes_the_clock() -> None:
    """No command of crawler/ opens a session that goes by the machine's clock alone."""
    found = 0
    for path in sorted((ROOT / "crawler").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Session":
                found += 1
                assert "simulated" in {word.arg for word in node.keywords}, path.name
    assert found >= 5


@pytest.mark.parametrize(
    ("ended", "problem", "asked"),
    [
        ("2026-03-03T21:00:00.000000Z", f"no article links on the category page {TOLD}: look", 1),
        ("2026-03-03T21:00:00.000000Z", "5 of 9 new articles had no author: look", 0),
        (None, f"no article links on the category page {TOLD}: look", 0),
    ],
)
def test_a_list_that_was_told_of_is_asked_again(
    ended: str | None, problem: str, asked: int
) -> None:
    """A list in the words of the last crawl that ended is looked at whatever its clock says."""
    db = make_index()
    for day, words in ((2, "[]"), (3, json.dumps([problem]))):
        row = ("nui", f"n{day}", f"2026-03-0{day}T20:00:00.000000Z", ended, words)
        db.execute(
            "INSERT INTO crawls (site, crawl_id, started_at, ended_at, software, profile, counts, "
            "problems, notes) VALUES (?, ?, ?, ?, 't', 'p', '{}', ?, '[]')",
            row,
        )
    assert list_alarmed(db, "nui", frozenset((TOLD, "https://nui/khac/"))) == [TOLD][:asked]
