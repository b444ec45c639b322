"""Health: quiet papers raise no alarm, nor what is rare and sound; a new habit is believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.health import examine
from archive.holidays import NEW_YEARS
from archive.report.tongue import is_known
from tests.archive.nightly import Night, Paper, count_kinds, go_on


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
    paper = go_on(quiet)
    paper.run(2, judged=False)  # to the night after a Monday
    assert paper.run(1, SOUND[name]) == []
    notes = examine(paper.db, paper.key, paper.at, outcome="finished").notes
    assert [note.kind for note in notes] in ([], ["volume"])


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


def test_a_small_paper_made_anew_is_told_at_once() -> None:
    """Five articles a day, all in a layout never seen: told in the first three nights, then it is
    the paper's; told again only by another one."""
    paper = Paper(rate=7, seed=8)
    paper.run(14)
    assert paper.found == [], count_kinds(paper.found)
    anew = [paper.run(1, Night(template="anew")) for _ in range(7)]
    assert all("template" in kinds for kinds in anew[:3])
    assert anew[-1] == []


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


def test_a_first_crawl_that_was_killed_knows_no_layout() -> None:
    """The first crawl with a mended profile is killed before or after it read anything: the next
    one is the first that tells, and is silent of what the profile was mended for."""
    for articles in (0.0, 0.3):
        paper = Paper(rate=25, seed=8)
        paper.run(14, judged=False)
        assert "template" in paper.run(1, Night(template="anew"))
        for table in ("readings", "versions", "articles"):
            paper.db.execute(f"UPDATE {table} SET profile = 'p2'")
        mended = Night(template="anew", profile="p2")
        paper.crawl(replace(mended, articles=articles), judged=False)
        paper.db.execute("UPDATE crawls SET outcome = NULL, ended_at = NULL WHERE profile = 'p2'")
        paper.at -= timedelta(hours=23)
        assert "template" not in paper.run(1, mended)
        assert "template" not in paper.run(1, mended)


def test_tonights_articles_are_counted_once() -> None:
    """Of a small paper one night alone may not be odd enough; what is told of some together counts
    tonight's articles all the same."""
    paper = Paper(rate=4, seed=11)
    paper.run(25, judged=False)
    told = 0
    for _ in range(4):
        found = [f for f in paper.crawl(Night(lacks={"date": 1.0})) if f.kind == "field"]
        (new,) = paper.db.execute(
            "SELECT count(*) FROM captures c JOIN versions v ON v.capture_id = c.id "
            "WHERE c.crawl_id = (SELECT max(crawl_id) FROM crawls)"
        ).fetchone()
        told += len(found)
        assert all(f.words.startswith(f"{new} of {new} new articles") for f in found), found
    assert told >= 2


def test_a_feed_can_not_name_more_than_it_holds(quiet: bytes) -> None:
    """After nights that were missed many articles are new, and the feed names the newest alone."""
    paper = go_on(quiet)
    paper.move(3)
    assert "feed" not in paper.run(1, Night(articles=5.0))


@pytest.mark.parametrize("outcome", ["capped", "interrupted"])
def test_what_was_not_seen_is_not_judged(quiet: bytes, outcome: str) -> None:
    """A crawl that was capped or interrupted early raises no alarm about what it did not see."""
    paper = go_on(quiet)
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
    paper = go_on(quiet)
    nights = [paper.run(1, Night(template="new")) for _ in range(5)]
    assert ["template" in kinds for kinds in nights] == [True, True, True, False, False]


def test_a_new_profile_starts_anew(quiet: bytes) -> None:
    """Without leads for good: the alarm lasts while the profile stays, and ends with a new one."""
    paper = go_on(quiet)
    broken = Night(lacks={"lead": 1.0})
    assert "field" in paper.run(3, broken)
    mended = Night(lacks={"lead": 1.0}, profile="p2")
    assert [kind for _ in range(5) for kind in paper.run(1, mended)] == []


def test_a_feed_that_rested_did_not_stand_still(quiet: bytes) -> None:
    """What was new on nights on which a feed was not asked says nothing of it; what is new on
    those on which it answered does."""
    paper = go_on(quiet)
    for _ in range(3):
        assert "feed" not in paper.run(4, Night(resting=True))
        assert "feed" not in paper.run(1)
    assert "feed" in paper.run(2, Night(frozen=True))


def test_a_mended_breakage_is_over_at_once(quiet: bytes) -> None:
    """A clock a year ahead, dates of 1970, a feed that named nothing: told while they last, and not
    by the nights before, counted together with the sound one on which they were put right."""
    far = '["date-conflict: meta says 2026-04-10, url 2027-04-11; the address is believed"]'
    for broken, kind in (
        (Night(articles=0.3, aged=20_000), "field"),
        (Night(articles=0.3, warnings=far), "field"),
        (Night(articles=0.3, frozen=True), "feed"),
    ):
        paper = go_on(quiet)
        paper.run(3, broken)
        assert kind in count_kinds(paper.found)
        paper.found.clear()
        paper.run(3, Night(articles=0.4))
        assert kind not in count_kinds(paper.found), paper.found


def test_bylines_that_name_a_desk_are_a_note(quiet: bytes) -> None:
    """All articles are the newsroom's from one night on: a habit of the paper, told as a note in
    words that say so; bylines that are gone are an alarm."""
    paper = go_on(quiet)
    assert paper.run(3, Night(lacks={"author": 1.0}, desk=True)) == []
    paper.move(-1)
    notes = examine(paper.db, paper.key, paper.at, outcome="finished").notes
    (said,) = (note for note in notes if note.kind == "field")
    assert "names a desk" in said.words and is_known(said.words) and is_known(said.remedy)
    assert "field" in go_on(quiet).run(3, Night(lacks={"author": 1.0}))


def test_a_feed_is_held_against_the_nights_of_its_profile(quiet: bytes) -> None:
    """A profile that has more found elsewhere makes the feed's share smaller, and no alarm."""
    paper = go_on(quiet)
    assert "feed" in paper.run(2, Night(frozen=True))
    paper = go_on(quiet)
    mended = Night(frozen=True, profile="p2")
    assert "feed" not in {kind for _ in range(4) for kind in paper.run(1, mended)}


def test_a_new_habit_is_believed_after_weeks(quiet: bytes) -> None:
    """A field that is gone for good, under the same profile, is normal after three weeks."""
    paper = go_on(quiet)
    broken = Night(lacks={"lead": 1.0})
    assert all("field" in paper.run(1, broken) for _ in range(3))
    paper.run(6, broken, judged=False)
    assert "field" in paper.run(1, broken), "ten nights are no habit yet"
    paper.run(13, broken, judged=False)
    assert "field" not in paper.run(1, broken)
