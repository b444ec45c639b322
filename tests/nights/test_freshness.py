"""When articles are asked for again, and which sitemaps save the asking."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.index.addresses import Announced
from archive.instants import to_text
from archive.records import Link
from crawler.walk.freshness import Habit, Known, find_due, is_due, is_sampled, learn_habit
from crawler.walk.signals import find_children, find_returned
from tests.archive.nightly import make_index

from .ledger import DAY, SITE, Ledger

HOUR = timedelta(hours=1)
ICT = timezone(7 * HOUR)
T = datetime(2026, 3, 2, 20, tzinfo=UTC)
CALM = next(f"http://p/{n}.html" for n in range(999) if not is_sampled(f"http://p/{n}.html", 20))
DRAWN = next(f"http://p/{n}.html" for n in range(999) if is_sampled(f"http://p/{n}.html", 20))


def live(nights: int, **fields: object) -> list[int]:
    """Return on which nights an article that came out 10 hours before the first is asked again."""
    known = Known(url=CALM, published=T - 10 * HOUR, fetched=T)
    known = Known(**{**{name: getattr(known, name) for name in known.__slots__}, **fields})  # type: ignore[arg-type]
    asked: list[int] = []
    for night in range(1, nights):
        if is_due(known, T + night * DAY):
            asked.append(night)
            changed: dict[str, object] = {"fetched": T + night * DAY}
            if known.gone:  # three signs over 48 hours, as archive/index/ledger.py has it
                changed["is_doubted"] = len(asked) < 2
            known = Known(**{name: getattr(known, name) for name in known.__slots__} | changed)
    return asked


def test_an_article_is_asked_nightly_and_then_ever_more_rarely() -> None:
    """Two nights in a row, then at about ten and forty days, and so on for a year."""
    assert live(1000) == [1, 2, 10, 42, 170, 682]


def test_a_trusted_sitemap_saves_the_asking() -> None:
    """One that would tell of an edit and still names the article: nothing is asked but a sample."""
    assert live(1000, is_told=True, is_listed=True) == []
    assert live(1000, is_told=True, is_listed=True, url=DRAWN)[0] == 1
    assert live(40, is_listed=True) == [1, 2], "it tells of the old, and not yet of tonight's"


def test_signs_of_removal_are_followed_up() -> None:
    """Asked again a day and two days after the first sign, then at four times the time gone."""
    assert live(60, gone=T, is_doubted=True)[:4] == [1, 2, 10, 50]
    late = Known(
        url=CALM, published=T - 300 * DAY, fetched=T, gone=T, is_doubted=True, is_listed=True
    )
    assert is_due(late, T + DAY), "whatever its age"


def test_two_signs_in_time_are_one_too_few() -> None:
    """A night without an answer does not end the matter after 48 hours."""
    known = Known(url=CALM, published=T - 9 * DAY, fetched=T + 2 * DAY, gone=T, is_doubted=True)
    assert is_due(known, T + 3 * DAY)


@given(st.integers(0, 30 * 24), st.integers(-900, 900 * 24))
def test_never_twice_within_a_night_and_never_blind(age: int, since: int) -> None:
    """Nothing is due within 20 hours; a last fetch in the future is no reason to wait."""
    known = Known(url=CALM, published=T - age * HOUR, fetched=T)
    if since < 0:
        assert is_due(known, T + since * HOUR)
    elif since < 20:
        assert not is_due(known, T + since * HOUR)


def test_a_paper_that_edits_old_articles_is_asked_more_often() -> None:
    """Where every fifth ask of an old article paid, the next one comes sooner."""
    known = Known(url=CALM, published=T - 4 * DAY, fetched=T)
    assert not is_due(known, T + 4 * DAY, Habit(growth=3))
    assert is_due(known, T + 4 * DAY, Habit(growth=0.6))


def test_habits_are_learned_from_versions_and_asks() -> None:
    """40 asks of old articles and ten new versions: a growth of .48, cut to .5."""
    ledger = Ledger()
    ledger.add_crawls(10)
    (crawl_id,) = ledger.db.execute("SELECT max(crawl_id) FROM crawls").fetchone()
    for number in range(40):
        ledger.add_article(f"http://p/{number}.html", [], night=0)
        ledger.db.execute(
            "INSERT INTO captures (site, url, kind, captured_at, status, warc_file, warc_offset, "
            "warc_length, record_id, crawl_id) VALUES (?, ?, 'response', ?, 200, '', ?, 0, '', ?)",
            (SITE, f"http://p/{number}.html", to_text(ledger.night(9)), number, crawl_id),
        )
        if number < 10:
            at = to_text(ledger.night(9))
            ledger.add_version(number + 1, 2, at, at)
    assert learn_habit(ledger.db, SITE, ledger.night(10)) == Habit(growth=0.5)
    assert learn_habit(ledger.db, SITE, ledger.night(200)) == Habit(), "after 90 days forgotten"


def test_what_a_list_names_anew_is_asked() -> None:
    """An article with a sign of removal is back, perhaps, where a list names it that did not when
    it was last read; a list that never let go of it says nothing."""
    ledger = Ledger()
    lists = {"category": "https://x.test/tin/", "feed": "https://x.test/rss"}
    urls = [f"https://x.test/bai-{n}.html" for n in range(3)]
    for url in urls:
        ledger.add_article(url, list(lists.items()), night=0)
    later = to_text(ledger.night(2))
    ledger.db.execute("UPDATE articles SET gone_at = ? WHERE url <> ?", (later, urls[2]))
    ledger.db.execute(
        "UPDATE sightings SET last_seen_at = ? WHERE channel = 'feed' OR address_id <> "
        "(SELECT id FROM addresses WHERE url = ?)",
        (later, urls[0]),
    )
    for channel, source in lists.items():
        named = [
            Announced(url, Link(url, channel, n, "article"))  # type: ignore[arg-type]
            for n, url in enumerate(urls)
        ]
        expected = {urls[0]} if channel == "category" else set()
        assert find_returned(ledger.db, source, named) == expected
    front = [Announced(urls[1], Link(urls[1], "home", 0, "article"))]
    assert find_returned(ledger.db, "https://x.test/", front) == {urls[1]}


def test_what_moved_is_asked_where_it_is() -> None:
    """An old address that only leads to the new one is not due by itself; while the article stands
    nowhere else it is."""
    ledger = Ledger()
    old, new = (f"https://x.test/{name}" for name in ("baca.php?id=7", "artikel/7/air"))
    for url in (old, new):
        ledger.add_article(url, [], night=0)
    ledger.db.execute("UPDATE addresses SET article_id = 1")
    ledger.db.execute("UPDATE addresses SET reason = 'http 301 to ' || ? WHERE url = ?", (new, old))

    def list_due() -> set[str]:
        return {known.url for known in find_due(ledger.db, SITE, ledger.night(1), ICT)}

    assert list_due() == {new}
    ledger.db.execute("UPDATE addresses SET state = 'failed' WHERE url = ?", (new,))
    assert list_due() == {old, new}


def test_a_file_of_an_index_that_was_missing_for_a_night_is_asked_again() -> None:
    """Whether the index dates it or not; what never gave a page is not, nor more than a few."""
    db = make_index()
    index = "https://nui.test/sitemap.xml"
    files = [("news", "gone", True), ("never", "gone", False), ("tags", "fetched", True)]
    files += [(f"2026-{month}", "gone", True) for month in range(1, 9)]
    for number, (name, state, was_open) in enumerate(files, start=1):
        url = f"https://nui.test/{name}.xml"
        db.execute(
            "INSERT INTO addresses (id, site, url, role, state, depth, first_seen_at, "
            "last_seen_at) VALUES (?, 'nui', ?, 'sitemap', ?, 0, '', '')",
            (number, url, state),
        )
        db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, date_raw, "
            "first_seen_at, last_seen_at) VALUES (?, 'sitemap', ?, 0, ?, '', '')",
            (number, index, "2026-03-04" if name == "2026-8" else None),
        )
        db.execute(
            "INSERT INTO captures (site, url, kind, captured_at, status, warc_file, warc_offset, "
            "warc_length, record_id) VALUES ('nui', ?, 'response', '', ?, 'f', ?, 1, ?)",
            (url, 200 if was_open else 404, number, str(number)),
        )
    found = [url.rpartition("/")[2] for url in find_children(db, index)]
    assert found == ["tags.xml", "2026-6.xml", "2026-7.xml", "2026-8.xml", "news.xml"]


HOMELY = [("home", "http://p/"), ("feed", "http://p/feed")]


def list_due_at(ledger: Ledger, night: float) -> set[str]:
    """Return what is due on a night."""
    return {known.url for known in find_due(ledger.db, SITE, ledger.night(night), ICT)}


def date_all(ledger: Ledger, on: str | None) -> None:
    """Let all articles be dated so by their pages."""
    ledger.db.execute("UPDATE articles SET date_published = ?, published_on = ?", (on, on))


@pytest.mark.parametrize("on", ["2025-03-06", "2027-03-06", None])
def test_what_is_new_on_a_list_is_young_whatever_its_date(on: str | None) -> None:
    """A clock a year back, a year ahead, no date at all: asked on the next two nights, then as a
    new article is; on a night after the list was first read."""
    ledger = Ledger()
    ledger.add_crawls(5)
    ledger.add_article("http://p/old.html", HOMELY, night=0)
    ledger.add_article("http://p/new.html", HOMELY, night=4)
    date_all(ledger, on)
    assert "http://p/new.html" in list_due_at(ledger, 5)
    for fetched in (5, 6):
        ledger.db.execute(
            "UPDATE addresses SET fetched_at = ? WHERE url = 'http://p/new.html'",
            (to_text(ledger.night(fetched + 0.002)),),
        )
        due = [
            night
            for night in range(fetched + 1, 40)
            if list_due_at(ledger, night) & {"http://p/new.html"}
        ]
        assert due[0] == (6 if fetched == 5 else 13)


@pytest.mark.parametrize(
    ("channel", "source", "page"),
    [
        ("home", "http://p/", 1),  # the first crawl
        ("category", "http://p/news?page=7", 7),
        ("sitemap", "http://p/map-1999", 1),
        ("category", "backfill", 1),
        ("related", "http://p/1.html", 1),
        ("import", "http://p/1.html", 1),
    ],
)
def test_old_stock_keeps_its_age(channel: str, source: str, page: int) -> None:
    """What a first crawl, a further page, a sitemap read for the first time, a backfill, an import
    or a link brings of last year is not asked the next night."""
    ledger = Ledger()
    ledger.add_crawls(5)
    ledger.add_list(source, "category" if page > 1 else "home", asked=4, page=page)
    if page > 1 or source == "backfill":  # read before, on an earlier night
        ledger.add_article("http://p/before.html", [(channel, source)], night=1)
    ledger.add_article("http://p/stock.html", [(channel, source)], night=4)
    date_all(ledger, "2025-03-06")
    assert "http://p/stock.html" not in list_due_at(ledger, 5)


def test_boxes_of_old_stories_are_found_out() -> None:
    """Where forty old stories that lists turned up were asked and none had changed, one in four
    is asked; one change, and all are."""
    ledger = Ledger()
    ledger.add_crawls(8)
    for number in range(48):
        night = 1 + number // 8
        ledger.add_article(f"http://p/{number}.html", HOMELY, night=night, fetched=night + 1)
    date_all(ledger, "2025-03-06")
    for number in range(12):
        ledger.add_article(f"http://p/new-{number}.html", HOMELY, night=7)
    ledger.db.execute("UPDATE articles SET date_published = '2025-03-06' WHERE url LIKE '%new%'")
    assert 1 <= sum("new" in url for url in list_due_at(ledger, 8)) <= 6
    ledger.db.execute("UPDATE articles SET versions = 2 WHERE id = 1")
    assert sum("new" in url for url in list_due_at(ledger, 8)) == 12
