"""Lists that lost their articles: which is a fault, which is a quiet day, which is a season's."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from archive.emptied import find_emptied
from archive.health import examine
from archive.instants import to_text
from archive.lists import find_lists
from archive.report.tongue import is_known
from archive.shrunk import find_shrunk
from archive.still import Still, find_still
from tests.archive.nightly import make_index

BEGUN = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
HOME, FEED, MAP = "https://nui/", "https://nui/rss", "https://nui/tin.xml"
NEWS, SPORT, LAND = "https://nui/tin/", "https://nui/the-thao/", "https://nui/dat/"


@dataclass
class Desk:
    """The lists of a paper as rows of an index: night after night, what each names."""

    db: sqlite3.Connection = field(default_factory=make_index)
    at: datetime = BEGUN
    nights: list[str] = field(default_factory=list)
    serial: int = 0

    def __post_init__(self) -> None:
        self.db.execute("PRAGMA foreign_keys = OFF")

    def crawl(self, *, after: float = 1.0) -> str:
        """Begin a night's crawl, some days after the last."""
        self.at += timedelta(days=after if self.nights else 0)
        self.nights.insert(0, f"n{len(self.nights)}")
        row = (
            self.nights[0],
            "nui",
            to_text(self.at),
            None,
            "finished",
            "t",
            "p1",
            "{}",
            "[]",
            "[]",
        )
        self.db.execute("INSERT INTO crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        return self.nights[0]

    def read(
        self,
        role: str,
        url: str,
        named: range,
        *,
        source: str = "",
        page: int = 1,
        status: int = 200,
    ) -> None:
        """Read a list that names the articles of some numbers; ``source``: who leads to it."""
        at, crawl_id = to_text(self.at), self.nights[0]
        self._announce(url, role, source or "profile", page=page)
        self.serial += 1
        self.db.execute(
            "INSERT INTO captures (id, site, crawl_id, url, kind, captured_at, status, warc_file, "
            "warc_offset, warc_length, record_id) VALUES (?, 'nui', ?, ?, 'response', ?, ?, 'f', "
            "?, 1, ?)",
            (self.serial, crawl_id, url, at, status, self.serial, str(self.serial)),
        )
        if status != 200:
            return
        self.db.execute(
            "INSERT INTO readings (capture_id, role, status, extractor, profile, listed) "
            "VALUES (?, ?, 'ok', 't', 'p1', ?)",
            (self.serial, role, len(named)),
        )
        for number in named:
            self._announce(f"https://nui/{number}.html", "article", url)

    def _announce(self, url: str, role: str, source: str, *, page: int = 1) -> None:
        at = to_text(self.at)
        self.db.execute(
            "INSERT OR IGNORE INTO addresses (site, url, role, state, depth, page, first_seen_at, "
            "last_seen_at) VALUES ('nui', ?, ?, 'fetched', 0, ?, ?, ?)",
            (url, role, page, at, at),
        )
        (number,) = self.db.execute("SELECT id FROM addresses WHERE url = ?", (url,)).fetchone()
        channel = "feed" if source == FEED else "sitemap" if source == MAP else "category"
        self.db.execute(
            "INSERT INTO sightings (address_id, channel, source, position, first_seen_at, "
            "last_seen_at) VALUES (?, ?, ?, 0, ?, ?) ON CONFLICT DO UPDATE SET "
            "last_seen_at = excluded.last_seen_at",
            (number, channel, source, at, at),
        )

    def date(self, numbers: range, *, days_ago: int) -> None:
        """Make articles of some addresses, published some days before now."""
        on = (self.at - timedelta(days=days_ago)).date().isoformat()
        for number in numbers:
            url = f"https://nui/{number}.html"
            self.db.execute(
                "INSERT INTO articles (id, site, url, version, versions, capture_id, title, body, "
                "word_count, text_sha256, words_sha256, extractor, profile, published_on, "
                "first_seen_at, last_seen_at) VALUES (?, 'nui', ?, 1, 1, 1, 'T', 'B', 1, '', '', "
                "'t', 'p1', ?, '', '')",
                (number, url, on),
            )
            self.db.execute("UPDATE addresses SET article_id = ? WHERE url = ?", (number, url))

    def shrunk(self) -> list[tuple[str, int, float]]:
        """What is told of front page, feeds and sitemaps: address, now, usually."""
        found = find_shrunk(self.db, "nui", self.nights[0])
        return [(one.url, one.now, one.usual) for one in found]

    def emptied(self) -> dict[str, str]:
        """What is told of categories: address -> why, "season" for a note."""
        found = find_lists(self.db, "nui", self.nights, self.nights).empty
        return {one.url: "season" if one.is_dormant else one.why for one in found}


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [(30, 0, True), (30, 3, True), (30, 10, False), (8, 2, False), (2, 0, False), (0, 0, False)],
)
def test_a_front_page_that_lost_its_links(before: int, now: int, told: bool) -> None:
    """None, or a tenth of them, on the second night; a third is a quiet morning, and one that
    never named any is drawn by script."""
    desk = Desk()
    desk.crawl()
    desk.read("home", HOME, range(before))
    desk.crawl()
    desk.read("home", HOME, range(now))
    assert desk.shrunk() == ([(HOME, now, float(before))] if told else [])


@pytest.mark.parametrize(("role", "url"), [("feed", FEED), ("sitemap", MAP)])
@pytest.mark.parametrize(("days_ago", "news", "told"), [(9, 0, True), (1, 0, False), (1, 3, True)])
def test_a_list_that_names_the_last_days(
    role: str, url: str, days_ago: int, news: int, told: bool
) -> None:
    """Empty: a fault where it reached back for days, or where other lists brought news; one that
    names the last hours alone rests on a quiet day."""
    desk = Desk()
    desk.crawl()
    desk.read(role, url, range(20))
    desk.date(range(20), days_ago=days_ago)
    desk.crawl()
    desk.read("category", NEWS, range(50, 50 + news))
    desk.read(role, url, range(0))
    assert bool(desk.shrunk()) == told


def test_a_list_that_is_empty_now_and_then() -> None:
    """A feed that was empty in one night of five may be so again."""
    desk = Desk()
    for night in range(10):
        desk.crawl()
        desk.read("feed", FEED, range(0 if night % 5 == 4 else 10))
        desk.date(range(0 if night else 10), days_ago=9)
    desk.crawl()
    desk.read("feed", FEED, range(0))
    assert desk.shrunk() == []


def test_lists_of_the_same_links() -> None:
    """Two categories that show only what is read most were emptied; a section and its only part,
    which always showed the same, were not."""
    desk = Desk()
    desk.crawl()
    desk.read("category", NEWS, range(24))
    desk.read("category", SPORT, range(20, 44))
    assert desk.emptied() == {}
    desk.crawl()
    desk.read("category", NEWS, range(20, 24))
    desk.read("category", SPORT, range(20, 24))
    assert desk.emptied() == {NEWS: "every page", SPORT: "every page"}
    same = Desk()
    for _ in range(2):
        same.crawl()
        same.read("category", NEWS, range(24))
        same.read("category", SPORT, range(24))
    assert same.emptied() == {}


@pytest.mark.parametrize(("days", "others", "why"), [(20, 12, "season"), (3, 12, ""), (20, 0, "")])
def test_a_season_that_is_over(days: int, others: int, why: str) -> None:
    """A category that brought nothing for a week and is emptied is a note; one that was at work,
    or the last of several that are all empty, is an alarm."""
    desk = Desk()
    desk.crawl()
    for number, url in enumerate((NEWS, SPORT, LAND)):
        desk.read("category", url, range(100 * number, 100 * number + 12))
    desk.crawl(after=days)
    desk.read("category", NEWS, range(others))
    desk.read("category", SPORT, range(100, 100 + others))
    desk.read("category", LAND, range(0))
    assert desk.emptied()[LAND] == why
    health = examine(desk.db, "nui", desk.at)
    told, noted = ([f.words for f in some] for some in (health.findings, health.notes))
    assert any(LAND in words for words in (noted if why else told))
    assert all(is_known(words) for words in (*told, *noted))


@pytest.mark.parametrize(
    ("status", "named", "why"), [(200, 15, None), (404, 0, "404"), (200, 0, "empty")]
)
def test_a_category_that_a_script_fills(status: int, named: int, why: str | None) -> None:
    """Its page is empty as ever: what its filler answers is judged, on the first night too."""
    desk = Desk()
    filler = "https://nui/api/tin-1.json"
    for _ in range(2):
        desk.crawl()
        desk.read("category", NEWS, range(0))
        desk.read("category", filler, range(named), source=NEWS, page=2, status=status)
        assert desk.emptied() == ({} if why is None else {NEWS: why})


def test_what_a_page_listed_itself_is_missed() -> None:
    """A page that had its own list and has none is told, whatever its second page names."""
    desk = Desk()
    for named in (20, 0):
        desk.crawl()
        desk.read("category", NEWS, range(named))
        desk.read("category", NEWS + "trang-2", range(30, 50), source=NEWS, page=2)
    assert desk.emptied() == {NEWS: ""}
    assert find_emptied(desk.db, "nui", desk.nights[0], {}) == []


@pytest.mark.parametrize(
    ("own", "named", "told"), [(True, 12, False), (True, 0, True), (False, 12, True)]
)
def test_an_index_of_months_is_a_road(own: bool, named: int, told: bool) -> None:
    """A page that never lists an article and alone leads to lists that do is no category without
    articles, nor is a month that never had any; one that leads to empty lists, or to those of the
    menu, is."""
    desk = Desk()
    index, months = "https://nui/kho", ("https://nui/kho?t=2&n=2026", "https://nui/kho?t=1&n=2026")
    for _ in range(2):
        desk.crawl()
        desk.read("category", NEWS, range(100, 120), source=HOME)
        desk.read("category", index, range(0), source=HOME)
        for month, most in zip(months, (named, 0), strict=True):
            desk.read("category", month, range(most), source=index if own else HOME)
    assert (index in desk.emptied()) is told
    assert (months[1] in desk.emptied()) is told
    words = [one.words for one in examine(desk.db, "nui", desk.at).findings]
    assert any(line.endswith(index) for line in words) is told


@pytest.mark.parametrize(
    ("is_asked", "told"), [(False, []), (True, [Still(NEWS, "category", 6, 1.0)])]
)
def test_a_killed_crawl_asked_the_list(is_asked: bool, told: list[Still]) -> None:
    """Judged with the next, by whose night the list rests: what came out after its last asking can
    not be held against it; if it was asked again, it can."""
    desk = Desk()
    for night in range(6):
        out = range(4 * night, 4 * night + 4)
        desk.crawl()
        desk.read("home", HOME, out)
        desk.read("category", NEWS, out)
        desk.date(out, days_ago=0)
    desk.crawl()  # killed behind its lists, on a night without news
    desk.read("category", NEWS, range(20, 24))
    desk.crawl()
    desk.read("home", HOME, range(24, 30))
    if is_asked:
        desk.read("category", NEWS, range(20, 24))
    desk.date(range(24, 30), days_ago=0)
    told = [Still(NEWS, "category", 6, 1.0)]
    assert list(find_still(desk.db, "nui", desk.nights[:2])) == (told if is_asked else [])


def test_a_list_that_stands_still() -> None:
    """A category page that answers with what it had: told once five articles came out that it
    ought to name, not before, and not while it is not asked; a page of picks never."""
    desk = Desk()
    for night in range(6):
        out = range(4 * night, 4 * night + 4)
        desk.crawl()
        desk.read("home", HOME, out)
        desk.read("category", NEWS, out)
        desk.read("category", SPORT, out[:1])
        desk.date(out, days_ago=0)
    told = []
    for night in (6, 7, 8):
        out = range(4 * night, 4 * night + 4)
        desk.crawl()
        desk.read("home", HOME, out)
        if night != 7:
            desk.read("category", NEWS, range(20, 24))
        desk.read("category", SPORT, range(20, 21))
        desk.date(out, days_ago=0)
        told.append(list(find_still(desk.db, "nui", desk.nights[:1])))
    assert told == [[], [], [Still(NEWS, "category", 12, 1.0)]]
    desk.db.execute("UPDATE articles SET first_seen_at = ?", (to_text(desk.at),))
    words = f"{NEWS} named 0 of the 12 newest articles, usually 100%"
    found = examine(desk.db, "nui", desk.at, outcome="finished").findings
    [finding] = [one for one in found if one.words == words]
    assert is_known(finding.words) and is_known(finding.remedy)
