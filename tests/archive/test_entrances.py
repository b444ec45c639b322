"""Lists that a profile names: which gave no page in a crawl, and which lead elsewhere now."""

from __future__ import annotations

from typing import Any

import pytest

from archive.entrances import find_entrances, tell_entrances
from archive.health import examine
from archive.report.tongue import is_known
from tests.archive.nightly import CATEGORIES, Paper, make_index

HOME = "https://nui.test/"
NEWS = "https://nui.test/tin"
FEED = "https://nui.test/rss"
FILE = "https://nui.test/sitemap-news.xml"
INDEX = "https://nui.test/sitemap.xml"
Answer = tuple[Any, ...]  # status, failure, location; of a reading role, status, listed
OK: Answer = (200, None, None)


def crawl(
    *nights: dict[str, Answer], named: tuple[str, ...] = (HOME, NEWS, FEED), judged: int = 1
) -> list[str]:
    """Return the kinds told of the last of some crawls, the ``judged`` last ones together; each
    word is one the report knows. FILE is a sitemap that INDEX names, that one robots.txt."""
    db = make_index()
    db.execute("PRAGMA foreign_keys = OFF")
    for number, url in enumerate((HOME, NEWS, FEED), start=1):
        db.execute(
            "INSERT INTO addresses (id, site, url, role, state, depth, first_seen_at, "
            "last_seen_at) VALUES (?, 'nui', ?, 'category', 'fetched', 0, '', '')",
            (number, url),
        )
        channel = "start" if url in named else "category"
        db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
            "last_seen_at) VALUES (?, ?, '', 0, '', '')",
            (number, channel),
        )
    for number, url, channel, source in ((9, FILE, "sitemap", INDEX), (8, INDEX, "robots", HOME)):
        db.execute(
            "INSERT INTO addresses (id, site, url, role, state, depth, first_seen_at, "
            "last_seen_at) VALUES (?, 'nui', ?, 'sitemap', 'fetched', 0, '', '')",
            (number, url),
        )
        db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
            "last_seen_at) VALUES (?, ?, ?, 0, '', '')",
            (number, channel, source),
        )
    serial = 0
    for night, answers in enumerate(nights):
        for url, (status, failure, location, *read) in answers.items():
            serial += 1
            db.execute(
                "INSERT INTO captures (site, crawl_id, url, kind, captured_at, status, failure, "
                "location, warc_file, warc_offset, warc_length, record_id) "
                "VALUES ('nui', ?, ?, 'response', ?, ?, ?, ?, 'f', ?, 1, ?)",
                (str(night), url, f"{night:03}", status, failure, location, serial, str(serial)),
            )
            if read:
                db.execute(
                    "INSERT INTO readings (capture_id, role, status, listed, extractor, profile, "
                    "impostor) VALUES (?, ?, ?, ?, '', '', ?)",
                    (serial, *(*read, None)[:4]),
                )
    last = [str(len(nights) - 1 - back) for back in range(judged)]
    told = list(tell_entrances(find_entrances(db, "nui", last)))
    assert all(is_known(words) and is_known(remedy) for _, words, remedy in told)
    return [kind for kind, _, _ in told]


SOUND = {HOME: OK, NEWS: OK, FEED: OK}


@pytest.mark.parametrize(
    ("url", "answer", "kinds"),
    [
        (HOME, (500, None, None), ["list"]),
        (FEED, (404, None, None), ["list"]),
        (NEWS, (None, "timeout", None), ["list"]),
        (NEWS, (403, None, None), ["list"]),
        (NEWS, (301, None, HOME), ["moved"]),
        (NEWS, (302, None, "https://bien.test/"), ["moved"]),
        (HOME, (301, None, "https://bien.test/"), ["moved"]),
        (NEWS, (301, None, "https://nui.test/tin-tuc"), []),
        (NEWS, (301, None, "http://www.nui.test/tin/"), []),
        (HOME, (302, None, "https://nui.test/index.html"), []),
        (NEWS, (304, None, None), []),
    ],
)
def test_one_entrance(url: str, answer: Answer, kinds: list[str]) -> None:
    """What shut or leads away is told the same night; another spelling or name is not."""
    assert crawl(SOUND, {**SOUND, url: answer}) == kinds


def test_what_a_killed_crawl_saw_is_told_by_the_next() -> None:
    """It had asked the feed and got 404; the next one settled what was left."""
    killed, rest = {FEED: (404, None, None)}, {HOME: OK, NEWS: OK}
    assert crawl(SOUND, killed, rest) == []
    assert crawl(SOUND, killed, rest, judged=2) == ["list"]


def test_a_sitemap_that_an_index_names() -> None:
    """It gave a page before and gives none: told. One that never did is the index's affair."""
    broken: Answer = (404, None, None)
    assert crawl({**SOUND, FILE: OK}, {**SOUND, FILE: broken}) == ["list"]
    assert crawl(SOUND, {**SOUND, FILE: broken}) == []


MAP: Answer = (200, None, None, "sitemap", "ok", 7)


@pytest.mark.parametrize("url", [FEED, FILE])
@pytest.mark.parametrize(
    ("now", "kinds"),
    [
        ((200, None, None, "category", "ok", 3), ["list"]),  # a page of HTML
        ((304, None, None, "category", "ok", 0), ["list"]),  # the same, the night after
        ((200, None, None, "category", "not-text", 0), ["list"]),
        ((200, None, None, "sitemap", "empty", 0), ["list"]),
        ((200, None, None, "sitemap", "ok", 0), []),  # of stories: shrunk.py's to say
        ((200, None, None, "feed", "ok", 2), []),
        ((200, None, None, "sitemap", "quarantined", 0, "captcha"), []),  # told as a wall
        (MAP, []),
    ],
)
def test_a_list_for_machines_that_is_none_any_more(url: str, now: Answer, kinds: list[str]) -> None:
    """HTML or nothing at 200 where XML was is told like a 404; where it never was, it is not."""
    assert crawl({**SOUND, url: MAP}, {**SOUND, url: now}) == kinds
    assert crawl({**SOUND, url: now}, {**SOUND, url: now}) == []


def test_an_index_that_names_no_file_any_more() -> None:
    """It is told, also where robots.txt alone names it; one whose files are few is not."""
    bare, one = (*MAP[:5], 0), (*MAP[:5], 1)
    assert crawl({**SOUND, INDEX: MAP}, {**SOUND, INDEX: bare}) == ["list"]
    assert crawl({**SOUND, INDEX: MAP}, {**SOUND, INDEX: one}) == []
    assert crawl({**SOUND, INDEX: bare}, {**SOUND, INDEX: bare}) == []


def test_what_never_opened_or_nobody_named_is_not_told() -> None:
    """A list that never gave a page, one the profile does not name, and the last of several
    answers of one crawl."""
    broken: Answer = (404, None, None)
    assert crawl({**SOUND, FEED: broken}, {**SOUND, FEED: broken}) == []
    assert crawl(SOUND, {**SOUND, FEED: broken}, named=(HOME, NEWS)) == []
    assert crawl(SOUND) == []
    assert crawl(SOUND, SOUND) == []


@pytest.mark.parametrize("said", [False, True])
def test_a_merged_paper(said: bool) -> None:
    """All lists lead to the paper that took it over: told until the profile says so, then no
    alarm any more, neither for that nor for the articles that do not come."""
    paper = Paper(rate=20, seed=6)
    paper.run(30, judged=False)
    for number in range(CATEGORIES):
        paper.db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
            "last_seen_at) SELECT id, 'start', '', 0, '', '' FROM addresses WHERE url = ?",
            (f"https://suoi/muc-{number}/",),
        )
    paper.run(1)
    crawl_id = paper.db.execute("SELECT max(crawl_id) FROM crawls").fetchone()[0]
    paper.db.execute(
        "UPDATE captures SET status = 301, location = 'https://bien.test/' "
        "WHERE crawl_id = ? AND url LIKE '%/muc-%'",
        (crawl_id,),
    )
    if said:
        paper.db.execute("UPDATE sites SET merged_into = 'bien'")
    health = examine(paper.db, paper.key, paper.at)
    assert [f.kind for f in health.findings] == ([] if said else ["moved"])
    assert ("lists" in health.usual) == said
