"""Lists that rest are looked at by turns: what dies is found out in time, whatever the paper."""

from __future__ import annotations

import pytest

from crawler.walk.clock import LOOKS, WEEK, find_turn

from .rounds import FEED, INDEX, MAP, Rounds


def test_a_list_that_died_is_asked_by_the_next_night() -> None:
    """Six categories and an index at a paper of thirty stories a day: each is asked in the night of
    its death or the next, for no further page and not one story missed."""
    paper = Rounds(lambda _day: 30, lists=("http://p/", FEED, MAP, INDEX))
    paper.run(range(18))
    for url in (*paper.categories, INDEX):
        assert all((paper.find_told(url, night) or 0) <= 1 for night in range(17))
        assert paper.find_longest(url, 4) == 2
    looked = [paper.requests[night] - 3 for night in range(8, 18)]
    assert sum(looked) <= 4.2 * len(looked), "home, feed and map apart"
    assert paper.list_missed(17) == []


@pytest.mark.parametrize(
    ("per_day", "sections", "nights"), [(3, 6, 2), (30, 6, 2), (30, 20, 6), (30, 60, 7), (60, 8, 1)]
)
def test_how_long_a_death_can_hide(per_day: int, sections: int, nights: int) -> None:
    """No list is left alone for longer than find_turn says, from three stories a day to sixty,
    from six categories to sixty: a week at most."""
    paper = Rounds(lambda _day: per_day, sections=sections)
    paper.run(range(20))
    longest = max(paper.find_longest(url, 6) for url in paper.categories)
    assert longest <= nights <= WEEK.days
    assert find_turn(sections + 1, per_day) <= nights
    assert paper.list_missed(19) == []


def test_a_round_is_as_long_as_its_lists_are_many() -> None:
    """Twice LOOKS: every second night; a paper of many stories looks at all each night."""
    assert [find_turn(n, 30) for n in (1, LOOKS, 2 * LOOKS, 20, 500)] == [1, 1, 2, 5, 7]
    assert find_turn(20, 140) == 1


def test_a_weekly_paper() -> None:
    """Twenty stories on one day of seven: every list within two nights, none missed."""
    paper = Rounds(lambda day: 20 if day % 7 == 0 else 0)
    paper.run(range(50))
    assert max(paper.find_longest(url, 20) for url in paper.categories) <= 2
    assert paper.list_missed(49) == []


def test_a_week_of_holidays() -> None:
    """At Tết nothing comes for a week: every list is asked in each of those nights, and when
    the paper is back they rest again; none missed."""
    paper = Rounds(lambda day: 0 if 12 <= day < 19 else 30)
    paper.run(range(28))
    assert set(range(13, 20)) <= set(paper.doubts) and not set(range(21, 28)) & set(paper.doubts)
    assert paper.list_missed(27) == []
    assert max(paper.requests[night] for night in range(22, 28)) <= 9


@pytest.mark.parametrize("back", [0.04, 0.9, 9.3])
def test_a_clock_that_was_set_back(back: float) -> None:
    """By an hour (the end of summer time), nearly a day, nine days: what is answered in
    the future is asked at once, and no list is lost sight of."""
    paper = Rounds(lambda _day: 30)
    paper.run(range(20, 32))
    paper.run([32 - back + night for night in range(4)])
    for url in paper.categories:
        assert len([night for night in paper.asked[url][-4:] if night >= 32 - back - 1]) >= 2
    known = {url for (url,) in paper.ledger.db.execute("SELECT url FROM addresses")}
    assert {story.url for story in paper.stories[-90:-30]} <= known
