"""Health: quiet papers raise no alarm, broken ones do, and a new habit is believed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.crawled import find_present
from archive.habits import (
    Share,
    find_band,
    is_flood,
    is_low,
    is_odd,
    learn_early,
    learn_rate,
    learn_share,
    make_blocks,
    tail_of_share,
)
from archive.health import examine, find_problems
from archive.holidays import NEW_YEARS, is_holiday
from archive.report.tongue import is_known
from archive.traits import find_usual, rank
from tests.archive.nightly import Night, Paper, count_kinds, make_index

QUIET = 40  # nights before something breaks

BREAKAGES = {
    "selector gone": (Night(lacks={"article": 1.0}), "unread"),
    "dates gone": (Night(lacks={"date": 1.0}), "field"),
    "leads gone": (Night(lacks={"lead": 1.0}), "field"),
    "half of the texts lost": (Night(lacks={"text": 0.6}), "field"),
    "texts cut": (Night(shorter=1.0), "length"),
    "teasers alone": (Night(length=0.06), "length"),
    "one category empty": (Night(listed={2: 0}), "category"),
    "one category thin": (Night(listed={1: 2}), "category"),
    "all captcha": (Night(impostor="captcha"), "wall"),
    "all soft 404": (Night(impostor="soft-404"), "quarantine"),
    "front page empty": (Night(home=0), "list"),
    "front page thin": (Night(home=4), "list"),
    "feed frozen": (Night(frozen=True), "feed"),
    "no article": (Night(articles=0.0), "volume"),
    "new template": (Night(template="new"), "template"),
    "prompt as text": (Night(same=1.0), "same-text"),
    "headlines are the paper's name": (Night(titled=1.0), "same-title"),
    "places less sure": (Night(place="seen"), "place"),
    "leads are the paper's": (Night(slogan=1.0), "field"),
    "dates guessed": (Night(place="htmldate"), "field"),
    "dates of long ago": (Night(aged=400), "field"),
    "dates of days to come": (Night(aged=-400), "field"),
    "answers failed": (Night(failed=0.9), "answers"),
}


@pytest.mark.parametrize("rate", [30, 2])
def test_quiet_months_raise_no_alarm(rate: float) -> None:
    """A month and a half of a paper of 30 and of 2 articles a day, from its first night on."""
    paper = Paper(rate=rate, seed=5)
    paper.run(45)
    assert paper.found == [], count_kinds(paper.found)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 13))
def test_quiet_quarters_raise_almost_no_alarm(seed: int) -> None:
    """At most one alarm in 100 nights of five papers of any size; each seed is another quarter."""
    found = []
    for rate in (60, 30, 8, 2, 0.3):
        paper = Paper(rate=rate, seed=seed, authors=(0.2, 0.6, 0.95)[seed % 3])
        paper.run(100)
        found += paper.found
    assert len(found) <= 1, count_kinds(found)


@pytest.fixture(scope="module")
def quiet() -> bytes:
    """The index of a paper after QUIET quiet nights."""
    paper = Paper(rate=25, seed=11)
    paper.run(QUIET, judged=False)
    return _save(paper)


def _save(paper: Paper) -> bytes:
    paper.db.execute("COMMIT")
    return paper.db.serialize()


@pytest.mark.parametrize("name", BREAKAGES)
def test_breakages_are_seen_the_same_night(quiet: bytes, name: str) -> None:
    """Each breakage is found in its first night, under its kind, in words that end in a remedy."""
    night, kind = BREAKAGES[name]
    paper = _continue(quiet)
    kinds = paper.run(1, night)
    assert kind in kinds
    assert all(is_known(f.words) and is_known(f.remedy) for f in paper.found), paper.found
    again = find_problems(paper.db, paper.key, paper.at, outcome="finished")
    assert [finding.kind for finding in again] == kinds


def test_what_a_crawl_told_of_its_profile_is_told_by_health(quiet: bytes) -> None:
    """Once, until the profile is mended; and a crawl begun a moment after the clock that both were
    given is the last one."""
    paper = _continue(quiet)
    asked_at = paper.at - timedelta(seconds=9)
    paper.run(1)
    said = "read.body matched nothing on 9 article pages: the layout changed; look at one"
    paper.db.execute(
        "UPDATE crawls SET problems = ? WHERE started_at = (SELECT max(started_at) FROM crawls)",
        (json.dumps([said, said, "12 of 20 article pages were quarantined as soft-404: look"]),),
    )
    now = find_present(paper.db, asked_at)
    told = find_problems(paper.db, paper.key, now)
    assert {(one.kind, f"{one.words}: {one.remedy}") for one in told} == {("told", said)}
    paper.db.execute("UPDATE sites SET profile = 'p2'")
    assert find_problems(paper.db, paper.key, now) == []
    assert find_present(paper.db, asked_at - timedelta(hours=1)) == asked_at - timedelta(hours=1)


def test_what_an_interrupted_crawl_saw_is_told_by_the_next(quiet: bytes) -> None:
    """Its walls are told by the crawl after it, which asked for other things, and by no third."""
    paper = _continue(quiet)
    paper.crawl(Night(impostor="captcha", outcome="interrupted"), judged=False)
    assert "wall" in paper.run(1)
    assert "wall" not in paper.run(1)


@pytest.mark.parametrize("is_conflict", [False, True])
def test_dates_ahead_are_told_as_that(quiet: bytes, is_conflict: bool) -> None:
    """Pages that date themselves 400 days ahead have a date, whether it is believed or the day of
    their address is: told is by how much, once."""
    paper = _continue(quiet)
    paper.crawl(Night(place="url" if is_conflict else "profile", aged=0 if is_conflict else -400))
    if is_conflict:
        ahead = (paper.at + timedelta(days=399)).date()
        words = f"date-conflict: url says {paper.day}, meta:x {ahead}T17:08:05+07:00; the address "
        paper.db.execute(
            "UPDATE readings SET warnings = ? WHERE article_id IS NOT NULL AND capture_id IN "
            "(SELECT id FROM captures WHERE crawl_id = (SELECT max(crawl_id) FROM crawls))",
            (json.dumps([f"{words}is believed"]),),
        )
    told = find_problems(paper.db, paper.key, paper.at, outcome="finished")
    assert [one.kind for one in told if "date" in one.words] == ["field"]
    assert re.search(r"\b(399|400|401) days ahead", told[0].words), told


SECOND = {
    "selector gone": "unread",
    "dates gone": "field",
    "leads gone": "field",
    "teasers alone": "length",
    "new template": "template",
    "prompt as text": "same-text",
    "headlines are the paper's name": "same-title",
    "places less sure": "place",
    "leads are the paper's": "field",
    "dates guessed": "field",
    "dates of long ago": "field",
}


@pytest.fixture(scope="module")
def begun() -> bytes:
    """The index of a paper that was crawled once."""
    paper = Paper(rate=60, seed=11)
    paper.run(1, judged=False)
    return _save(paper)


@pytest.mark.parametrize("name", SECOND)
def test_breakages_are_seen_in_the_second_night_ever(begun: bytes, name: str) -> None:
    """One night of sixty articles is enough to tell what turned around in a night of a dozen."""
    paper = Paper(rate=60, seed=12)
    paper.db = make_index()
    paper.db.execute("COMMIT")
    paper.db.deserialize(begun)
    paper.move(1)
    night, kind = BREAKAGES[name]
    assert kind in paper.run(1, replace(night, articles=0.3))
    assert all(finding.words and finding.remedy for finding in paper.found)


SOUND = {
    "two articles": Night(articles=0.12),
    "a supplement": Night(articles=3.0),
    "one article without anything": Night(
        articles=0.04, lacks=dict.fromkeys(("lead", "author"), 1)
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_what_is_rare_and_sound(quiet: bytes, name: str) -> None:
    """A night of two articles, of three times as many, or of one that has nothing: no alarm; few
    articles are worth a note."""
    paper = _continue(quiet)
    paper.run(2, judged=False)  # to the night after a Monday
    assert paper.run(1, SOUND[name]) == []
    notes = examine(paper.db, paper.key, paper.at, outcome="finished").notes
    assert [note.kind for note in notes] in ([], ["volume"])


def test_three_days_of_few_articles_are_told(quiet: bytes) -> None:
    """One is a note; at the third it is an alarm."""
    paper = _continue(quiet)
    paper.run(2, judged=False)
    nights = [paper.run(1, Night(articles=0.12)) for _ in range(3)]
    assert "volume" not in nights[0] and "volume" in nights[2]


def test_quiet_weekends_raise_no_alarm() -> None:
    """A paper that all but rests from Friday night to Monday, from its first night on; a news
    sitemap that names two days is all but empty then."""
    paper = Paper(rate=15, seed=9, week=(1.0, 1.0, 1.0, 1.0, 1.0, 0.02, 0.02))
    paper.run(24)
    assert paper.found == [], count_kinds(paper.found)


def test_better_places_are_no_fault() -> None:
    """Articles that stood where a reader sees them, and are declared now, wake nobody."""
    paper = Paper(rate=25, seed=5)
    paper.run(20, Night(place="seen"), judged=False)
    paper.run(2, Night(place="json-ld"))
    assert paper.found == [], count_kinds(paper.found)


def _continue(data: bytes) -> Paper:
    paper = Paper(rate=25, seed=12)
    paper.db = make_index()
    paper.db.execute("COMMIT")
    paper.db.deserialize(data)
    paper.move(QUIET)
    return paper


def test_authors_gone_are_seen_within_days(quiet: bytes) -> None:
    """Where only six of ten articles had one, three nights are enough to see that none has."""
    paper = _continue(quiet)
    kinds = [kind for _ in range(3) for kind in paper.run(1, Night(lacks={"author": 1.0}))]
    assert "field" in kinds


def test_a_small_paper_made_anew_is_told_at_once() -> None:
    """Five articles a day, all in a layout never seen: told in the first three nights, then it is
    the paper's; told again only by another one."""
    paper = Paper(rate=7, seed=8)
    paper.run(14)
    assert paper.found == [], count_kinds(paper.found)
    anew = [paper.run(1, Night(template="anew")) for _ in range(7)]
    assert all("template" in kinds for kinds in anew[:3])
    assert anew[-1] == []


def test_dates_that_lose_their_time_are_told(quiet: bytes) -> None:
    """Where all articles had a time of day, a night of bare days is another layout; a paper that
    never wrote one wakes nobody."""
    assert _continue(quiet).run(1, Night(precision="day")) == ["field"]
    paper = Paper(rate=20, seed=9)
    paper.run(12, Night(precision="day"))
    assert paper.found == [], count_kinds(paper.found)


def test_a_paper_that_is_taken_in_twice_is_told() -> None:
    """A paper whose addresses changed within its profile's pattern: all that it shows is new, and
    has the texts of what is held."""
    paper = Paper(rate=20, seed=6)
    paper.run(2)
    (most,) = paper.db.execute("SELECT max(id) FROM articles").fetchone()
    paper.crawl(Night(), judged=False)
    held = paper.db.execute("SELECT text_sha256 FROM articles ORDER BY id").fetchone()
    for table, name in (("articles", "id"), ("versions", "article_id")):
        paper.db.execute(f"UPDATE {table} SET text_sha256 = ? WHERE {name} > ?", (*held, most))
    found = find_problems(paper.db, paper.key, paper.at - timedelta(hours=1), outcome="finished")
    assert [finding.kind for finding in found] == ["same-text"]
    assert "walk.article" in found[0].remedy


@pytest.mark.parametrize("rate", [7, 40])
def test_a_mended_profile_is_silent_of_what_it_was_mended_for(rate: int) -> None:
    """After a relaunch the profile is learned anew and the archive read again with it: the layout
    is known from its first crawl on; the next one is told again."""
    paper = Paper(rate=rate, seed=8)
    paper.run(14)
    assert "template" in paper.run(1, Night(template="anew"))
    for table in ("readings", "versions", "articles"):
        paper.db.execute(f"UPDATE {table} SET profile = 'p2'")
    paper.found.clear()
    paper.run(6, Night(template="anew", profile="p2"))
    assert "template" not in count_kinds(paper.found)
    assert "template" in paper.run(1, Night(template="third", profile="p2"))


def test_a_feed_can_not_name_more_than_it_holds(quiet: bytes) -> None:
    """After nights that were missed many articles are new, and the feed names the newest alone."""
    paper = _continue(quiet)
    paper.move(3)
    assert "feed" not in paper.run(1, Night(articles=5.0))


@pytest.mark.parametrize("outcome", ["capped", "interrupted"])
def test_what_was_not_seen_is_not_judged(quiet: bytes, outcome: str) -> None:
    """A crawl that was capped or interrupted early raises no alarm about what it did not see."""
    paper = _continue(quiet)
    paper.run(3, Night(articles=0.05, outcome=outcome))
    assert paper.found == [], count_kinds(paper.found)
    health = examine(paper.db, paper.key, paper.at)
    assert any(outcome in words for words in health.unjudged)


def test_the_first_night_ever() -> None:
    """Nothing is learned yet and that is said; captchas and empty categories are told at once."""
    paper = Paper(rate=20, seed=3)
    assert paper.run(1) == []
    health = examine(paper.db, paper.key, paper.at)
    assert any("three weeks" in words for words in health.unjudged)
    assert Paper(rate=20, seed=3).run(1, Night(impostor="captcha")) == ["wall"]
    assert Paper(rate=20, seed=3).run(1, Night(listed={0: 0})) == ["category"]
    assert examine(paper.db, "nobody", paper.at).unjudged == ["nothing: it was never crawled"]


def test_a_feast_week_without_an_article() -> None:
    """A week of Tết in which nothing appears wakes nobody; the same week in June does."""
    paper = Paper(rate=20, seed=4)
    new_year = next(day for day in NEW_YEARS if day.year == 2027)
    paper.move((new_year - paper.day).days - 45)
    paper.run(43, judged=False)
    paper.run(8, Night(articles=0.0))
    assert paper.found == [], count_kinds(paper.found)
    other = Paper(rate=20, seed=4)
    other.run(43, judged=False)
    assert "volume" in other.run(1, Night(articles=0.0))


def test_a_feast_nobody_listed() -> None:
    """A day on which all papers of the archive fall silent is a feast, not four breakages."""
    papers = [Paper(rate=12, seed=20, key="a")]
    papers += [
        Paper(rate=20, seed=20 + n, key=key, db=papers[0].db) for n, key in enumerate("bcde", 1)
    ]
    for number in range(45):
        for paper in papers:
            paper.run(1, Night(articles=0.0) if number == 44 else None)
    assert [f for paper in papers[-1:] for f in paper.found] == []


def test_a_paper_of_two_articles_a_week() -> None:
    """It is silent for days, and nobody is woken; after weeks of silence somebody is."""
    paper = Paper(rate=0.35, seed=6)
    paper.run(90, judged=False)
    silent = [paper.run(1, Night(articles=0.0)) for _ in range(40)]
    assert "silence" in silent[-1] and "silence" not in silent[3]


def test_slow_change_is_no_breakage() -> None:
    """Texts that grow by one percent a night are a habit that changes, not a fault."""
    paper = Paper(rate=25, seed=7)
    paper.run(50, lambda number: Night(length=1.01**number), judged=False)
    paper.run(10, lambda number: Night(length=1.01 ** (50 + number)))
    assert paper.found == [], count_kinds(paper.found)


def test_a_relaunch_is_told_and_then_believed(quiet: bytes) -> None:
    """A new template that reads well is told for three nights, then it is the paper's own."""
    paper = _continue(quiet)
    nights = [paper.run(1, Night(template="new")) for _ in range(5)]
    assert ["template" in kinds for kinds in nights] == [True, True, True, False, False]


def test_a_new_profile_starts_anew(quiet: bytes) -> None:
    """Without leads for good: the alarm lasts while the profile stays, and ends with a new one."""
    paper = _continue(quiet)
    broken = Night(lacks={"lead": 1.0})
    assert "field" in paper.run(3, broken)
    mended = Night(lacks={"lead": 1.0}, profile="p2")
    assert [kind for _ in range(5) for kind in paper.run(1, mended)] == []


def test_a_feed_that_rested_did_not_stand_still(quiet: bytes) -> None:
    """What was new on nights on which a feed was not asked says nothing of it; what is new on
    those on which it answered does."""
    paper = _continue(quiet)
    for _ in range(3):
        assert "feed" not in paper.run(4, Night(resting=True))
        assert "feed" not in paper.run(1)
    assert "feed" in paper.run(2, Night(frozen=True))


def test_a_feed_is_held_against_the_nights_of_its_profile(quiet: bytes) -> None:
    """A profile that has more found elsewhere makes the feed's share smaller, and no alarm."""
    paper = _continue(quiet)
    assert "feed" in paper.run(2, Night(frozen=True))
    paper = _continue(quiet)
    mended = Night(frozen=True, profile="p2")
    assert "feed" not in {kind for _ in range(4) for kind in paper.run(1, mended)}


def test_a_new_habit_is_believed_after_weeks(quiet: bytes) -> None:
    """A field that is gone for good, under the same profile, is normal after three weeks."""
    paper = _continue(quiet)
    broken = Night(lacks={"lead": 1.0})
    assert all("field" in paper.run(1, broken) for _ in range(3))
    paper.run(6, broken, judged=False)
    assert "field" in paper.run(1, broken), "ten nights are no habit yet"
    paper.run(13, broken, judged=False)
    assert "field" not in paper.run(1, broken)


# -- the numbers ----------------------------------------------------------------------------------


def test_the_first_nights_are_one_block() -> None:
    """Below twenty articles nothing is known; above, what turned around is odd and a half is not;
    a night that has what a fifth had before needs a dozen articles."""
    assert learn_early([(0, 12), (0, 7)]) is None
    none, fifth = learn_early([(0, 36)]), learn_early([(7, 35)])
    assert none is not None and fifth is not None
    assert is_odd((5, 5), none) and not is_odd((2, 2), none) and not is_odd((9, 20), none)
    assert is_odd((12, 12), fifth) and not is_odd((9, 9), fifth)


@pytest.mark.parametrize(
    ("place", "sure"),
    [("profile:date", 3), ("json-ld", 2), ("meta:date", 2), ("seen", 1), ("url", 0), ("", 0)],
)
def test_places_have_a_rank(place: str, sure: int) -> None:
    """What the profile names is surer than what a page declares, what is seen, a guess."""
    assert rank(place) == sure


def test_what_is_usual_is_what_most_reach() -> None:
    """Four of five say how sure a place is; one in five may be a guess."""
    assert find_usual([3] * 8 + [0] * 2) == 3 and find_usual([3] * 7 + [0] * 3) == 0
    assert find_usual([]) is None


def test_shares_are_learned_from_blocks() -> None:
    """Nights are joined to blocks of ten; one broken night changes nothing of what is usual."""
    assert make_blocks([(1, 4), (0, 7), (2, 9), (0, 1)]) == [(1, 11), (2, 10)]
    assert learn_share([(0, 10)] * 4) is None
    usual = learn_share([(20, 20), *[(0, 20)] * 10])
    assert usual is not None and usual.usual < 0.01


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.floats(4, 40))
def test_the_tail_is_a_probability(seen: int, usual: float, weight: float) -> None:
    """P(X >= 0) is 1, and it falls as the number grows."""
    share = Share(usual, weight, 10, 100)
    tails = [tail_of_share(odd, seen, share) for odd in range(seen + 1)]
    assert tails[0] == pytest.approx(1.0, abs=1e-6)
    assert all(a >= b for a, b in pairwise(tails))


def test_odds_need_both_size_and_certainty() -> None:
    """Three of three are enough where it never happened; one of one, or a tenth of many, is not."""
    never = learn_share([(0, 20)] * 10)
    assert never is not None
    assert is_odd((3, 3), never) and is_odd((10, 30), never)
    assert not is_odd((1, 1), never) and not is_odd((100, 1000), never)


def test_numbers_of_days() -> None:
    """A third of a steady paper's day is low, half a day of a moody one is not; floods are told."""
    steady = learn_rate([[30, 32, 29, 31, 30, 28]])
    moody = learn_rate([[10, 40, 25, 55, 15, 30]])
    assert steady is not None and moody is not None
    assert is_low(8, steady) and not is_low(20, steady) and not is_low(8, moody)
    assert is_flood(200, steady) and not is_flood(60, steady)
    low, high = find_band(steady)
    assert 0 < low < 20 and high >= 90
    assert learn_rate([[1, 2]]) is None


def test_feasts() -> None:
    """The lunar new year is kept where it is kept, Christmas everywhere."""
    first = NEW_YEARS[6]
    assert is_holiday(first, "vi", "VN") and is_holiday(first, "zh", None)
    assert not is_holiday(first, "de", "DE")
    assert is_holiday(first.replace(month=12, day=25), "de", "DE")


@pytest.mark.parametrize("rate", [7, 40])
def test_a_new_layout_and_what_it_lacks_are_one_finding(rate: int) -> None:
    """A relaunch after which no picture and no section is found: one line that names them, with
    the keys to correct, in words that the report knows."""
    paper = Paper(rate=rate, seed=8)
    paper.run(14)
    lacks = {"picture": 1.0, "section": 1.0}
    found = paper.crawl(Night(template="anew", lacks=lacks))
    if rate == 7:
        found += paper.crawl(Night(template="anew", lacks=lacks))
    assert {finding.kind for finding in found} == {"template"}, count_kinds(found)
    told = found[-1]
    assert told.words.endswith("; new articles lack section, picture")
    assert "correct read.body, read.section, read.caption in the profile" in told.remedy
    assert is_known(told.words) and is_known(told.remedy)


@pytest.mark.parametrize("kind", ["parked-domain", "login", "maintenance", "captcha"])
def test_the_remedy_for_a_wall_is_of_its_kind(kind: str) -> None:
    """Asking less often opens a captcha, and no domain that was sold; without article pages the
    lists alone are told."""
    paper = Paper(rate=20, seed=3)
    (found,) = paper.crawl(Night(impostor=kind))
    assert (kind == "captcha") == ("ask less often" in found.remedy)
    assert is_known(found.words) and is_known(found.remedy)
    paper = Paper(rate=20, seed=3)
    crawl_id = f"{paper.key}-{paper.at:%Y%m%dT%H%M%S}"
    paper.crawl(Night(articles=0.0), judged=False)
    paper.db.execute(
        "UPDATE readings SET impostor = ?, status = 'quarantined' WHERE role <> 'article'", (kind,)
    )
    at = paper.at - timedelta(hours=1)
    found = find_problems(paper.db, paper.key, at, outcome="finished")[0]
    assert found.words.startswith("7 lists (") and is_known(found.words), (crawl_id, found)
