"""Health: what breaks is told in its first night, under its kind, in words that end in a remedy."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.crawled import find_present
from archive.health import examine, find_problems
from archive.nights import tell_form
from archive.report.tongue import is_known
from tests.archive.nightly import Night, Paper, count_kinds, go_on, make_index, save

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
    "all soft 404": (Night(impostor="soft-404"), "wall"),
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
    "dates are the clock": (Night(warnings='["date-clock: published x is now"]'), "dating"),
    "dates hours ahead": (
        Night(warnings='["date-ahead: published x (y) is 7 h after the capture"]'),
        "dating",
    ),
    "dates in another order": (Night(raw="%m/%d/%Y 8:15 PM"), "dating"),
    "a false zone": (Night(warnings='["date-zone: json-ld says x"]'), "dating"),
    "answers failed": (Night(failed=0.9), "answers"),
}


@pytest.mark.parametrize("name", BREAKAGES)
def test_breakages_are_seen_the_same_night(quiet: bytes, name: str) -> None:
    """Each breakage is found in its first night, under its kind, in words that end in a remedy."""
    night, kind = BREAKAGES[name]
    paper = go_on(quiet)
    kinds = paper.run(1, night)
    assert kind in kinds
    assert all(is_known(f.words) and is_known(f.remedy) for f in paper.found), paper.found
    again = find_problems(paper.db, paper.key, paper.at, outcome="finished")
    assert [finding.kind for finding in again] == kinds


def test_what_a_crawl_told_of_its_profile_is_told_by_health(quiet: bytes) -> None:
    """Once, until the profile is mended; and a crawl begun a moment after the clock that both were
    given is the last one."""
    paper = go_on(quiet)
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
    paper = go_on(quiet)
    paper.crawl(Night(impostor="captcha", outcome="interrupted"), judged=False)
    assert "wall" in paper.run(1)
    assert "wall" not in paper.run(1)


@pytest.mark.parametrize("is_conflict", [False, True])
def test_dates_ahead_are_told_as_that(quiet: bytes, is_conflict: bool) -> None:
    """Pages that date themselves 400 days ahead have a date, whether it is believed or the day of
    their address is: told is by how much, once."""
    paper = go_on(quiet)
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
    return save(paper)


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


def test_three_days_of_few_articles_are_told(quiet: bytes) -> None:
    """One is a note; at the third it is an alarm."""
    paper = go_on(quiet)
    paper.run(2, judged=False)
    nights = [paper.run(1, Night(articles=0.12)) for _ in range(3)]
    assert "volume" not in nights[0] and "volume" in nights[2]


def test_authors_gone_are_seen_within_days(quiet: bytes) -> None:
    """Where only six of ten articles had one, three nights are enough to see that none has."""
    paper = go_on(quiet)
    kinds = [kind for _ in range(3) for kind in paper.run(1, Night(lacks={"author": 1.0}))]
    assert "field" in kinds


def test_dates_that_lose_their_time_are_told(quiet: bytes) -> None:
    """Where all articles had a time of day, a night of bare days is another layout; a paper that
    never wrote one wakes nobody."""
    assert go_on(quiet).run(1, Night(precision="day")) == ["field"]
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


def test_another_form_of_dates_is_a_note_where_it_names_the_month(quiet: bytes) -> None:
    """ "Nov 23, 2026 20:15" can be read one way only; the night after it is the paper's own."""
    paper = go_on(quiet)
    for count in (1, 0):
        assert paper.run(1, Night(raw="%b %d, %Y 20:15")) == []
        notes = examine(paper.db, paper.key, paper.at, outcome="finished").notes
        told = [note.words for note in notes if note.kind == "dating"]
        assert len(told) == count and all(map(is_known, told))


def test_the_form_of_a_date_leaves_out_what_changes_with_the_day() -> None:
    """Months, weekdays and figures of one or two make no other form; order signs do."""
    assert tell_form("Thứ Hai, 3/11/2026 9:05") == tell_form("Chủ nhật, 13/11/2026 19:05")
    assert tell_form("Nov. 3, 2026") == tell_form("March 13, 2026") == "a 9, Y"
    assert len({tell_form(raw) for raw in ("2026-11-03T09:05:00Z", "2026-11-03", "3-11-2026")}) == 3
