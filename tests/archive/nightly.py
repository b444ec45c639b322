"""A paper's nights as rows of an index, made in memory: years of them in seconds, from one seed.

`Paper` crawls itself night after night; a `Night` says how that night differs from a quiet one.
Rows are written as archive/index would write them; tests/road/test_broken.py goes the whole road.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from archive import schema
from archive.health import Finding, find_problems
from archive.holidays import is_holiday
from archive.instants import to_text

BEGUN = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)  # Tuesday 02:30 in Hà Nội
WEEK = (1.0, 1.05, 1.0, 1.1, 1.0, 0.7, 0.5)  # Monday to Sunday
CATEGORIES = 4
ROOM = 60  # entries of the feed


@dataclass
class Night:
    """How a night differs from a quiet one; shares are of the night's articles."""

    articles: float = 1.0  # times the usual number
    lacks: dict[str, float] = field(default_factory=dict)  # field -> share that lacks it
    shorter: float = 0.0  # share of texts cut to a third
    length: float = 1.0
    same: float = 0.0  # share whose text is one prompt
    template: str = "old"
    place: str = "profile"  # where headline, date and text are found: "seen", "url" ...
    desk: bool = False  # who has no author has the newsroom's byline
    titled: float = 0.0  # share whose headline is the paper's name
    slogan: float = 0.0  # share whose lead is the paper's slogan
    precision: str = "minute"
    aged: int = 0  # days by which dates are misread
    impostor: str | None = None  # every article page is one
    listed: dict[int, int] = field(default_factory=dict)  # category -> links on it
    home: int = 40  # links on the front page
    frozen: bool = False  # the feed names nothing new
    resting: bool = False  # the feed is not asked
    failed: float = 0.0  # share of answers
    outcome: str = "finished"
    profile: str = "p1"
    warnings: str = "[]"  # of the articles' readings
    raw: str = "%d/%m/%Y 20:15"  # dates as the pages write them


@dataclass
class Paper:
    """A paper with a seed; ``rate`` articles on a Monday, ``authors`` the share that has one."""

    rate: float = 30.0
    seed: int = 1
    authors: float = 0.6
    key: str = "suoi"
    language: str = "vi"
    keeps_feasts: bool = True
    templates: int = 2
    week: tuple[float, ...] = WEEK
    db: sqlite3.Connection = field(default_factory=lambda: make_index())
    at: datetime = BEGUN
    found: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._fed = 0  # articles of the night that the feed names
        self.dice = random.Random(self.seed)
        self._ids = 1_000_000 * self.seed
        self.db.execute(
            "INSERT INTO sites VALUES (?, 'Báo', 'https://x/', 'x', 'VN-02', NULL, ?, "
            "'Asia/Ho_Chi_Minh', NULL, 'p1', NULL)",
            (self.key, self.language),
        )

    def run(
        self,
        nights: int,
        change: Callable[[int], Night] | Night | None = None,
        *,
        judged: bool = True,
    ) -> list[str]:
        """Crawl for some nights; return the kinds found in the last one, all are in ``found``."""
        last: list[Finding] = []
        for number in range(nights):
            night = change(number) if callable(change) else change or Night()
            last = self.crawl(night, judged=judged)
            self.found += last
        return [finding.kind for finding in last]

    def crawl(self, night: Night, *, judged: bool = True) -> list[Finding]:
        """Crawl once and judge the night; the clock moves to the next."""
        crawl_id = f"{self.key}-{self.at:%Y%m%dT%H%M%S}"
        row = (
            crawl_id,
            self.key,
            to_text(self.at),
            None,
            None,
            "test",
            night.profile,
            "{}",
            "[]",
            "[]",
        )
        self.db.execute("INSERT INTO crawls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._list_categories(crawl_id, night)
        if not night.resting:
            self._capture(crawl_id, f"https://{self.key}/rss", "feed", listed=ROOM)
        self._capture(crawl_id, f"https://{self.key}/", "home", listed=night.home)
        self._fed = 0
        for _ in range(self._draw(night)):
            self._add(crawl_id, night)
        self._capture(crawl_id, f"https://{self.key}/moi.xml", "sitemap", listed=self._count_late())
        found: list[Finding] = []
        if judged:
            found = find_problems(self.db, self.key, self.at, outcome=night.outcome)
        self.db.execute(
            "UPDATE crawls SET outcome = ?, ended_at = started_at WHERE crawl_id = ?",
            (night.outcome, crawl_id),
        )
        self.at += timedelta(days=1)
        return found

    def move(self, nights: int) -> None:
        """Let nights pass that this paper did not see, or that its index holds already."""
        self.at += timedelta(days=nights)

    @property
    def day(self) -> date:
        """Yesterday, by the paper's clock: the day that a night's crawl brings."""
        return (self.at + timedelta(hours=7)).date() - timedelta(days=1)

    def _count_late(self) -> int:
        """The articles of the last two days, which is all that a news sitemap names."""
        since = (self.day - timedelta(days=2)).isoformat()
        (number,) = self.db.execute(
            "SELECT count(*) FROM articles WHERE site = ? AND published_on >= ?", (self.key, since)
        ).fetchone()
        return int(number)

    def _draw(self, night: Night) -> int:
        mean = self.rate * self.week[self.day.weekday()] * night.articles
        if self.keeps_feasts and is_holiday(self.day, self.language, "VN-02"):
            mean *= 0.15
        mean *= self.dice.gammavariate(12, 1 / 12)  # days differ more than dice do
        return sum(self.dice.random() < mean / 400 for _ in range(400))

    def _list_categories(self, crawl_id: str, night: Night) -> None:
        for number in range(CATEGORIES):
            url = f"https://{self.key}/muc-{number}/"
            self.db.execute(
                "INSERT OR IGNORE INTO addresses (site, url, role, state, depth, first_seen_at, "
                "last_seen_at) VALUES (?, ?, 'category', 'fetched', 0, '', '')",
                (self.key, url),
            )
            listed = night.listed.get(number, 20 + self.dice.randrange(6))
            self._capture(crawl_id, url, "category", listed=listed)

    def _capture(self, crawl_id: str, url: str, role: str, **fields: object) -> int:
        self._ids += 1
        status = fields.pop("http", 200)
        self.db.execute(
            "INSERT INTO captures (id, site, crawl_id, url, kind, captured_at, status, warc_file, "
            "warc_offset, warc_length, record_id) VALUES (?, ?, ?, ?, ?, ?, ?, 'f', ?, 1, ?)",
            (
                *(self._ids, self.key, crawl_id, url, "response" if status else "failure"),
                *(to_text(self.at), status, self._ids, str(self._ids)),
            ),
        )
        if status == 200:
            values = {"status": "ok", "extractor": "t", "profile": "p1", "listed": 0, **fields}
            names = ("capture_id", "role", *values)
            marks = ", ".join("?" * len(names))
            self.db.execute(
                f"INSERT INTO readings ({', '.join(names)}) VALUES ({marks})",
                (self._ids, role, *values.values()),
            )
        return self._ids

    def _add(self, crawl_id: str, night: Night) -> None:
        """One article page: an answer that failed, an impostor, no article, or one."""
        dice = self.dice
        url = f"https://{self.key}/bai-{self._ids}.html"
        if dice.random() < night.failed:
            self._capture(crawl_id, url, "article", http=None)
            return
        if night.impostor:
            self._capture(crawl_id, url, "article", status="quarantined", impostor=night.impostor)
            return
        if dice.random() < night.lacks.get("article", 0.01):
            self._capture(crawl_id, url, "article")
            return
        kind = f"{night.template}-{dice.randrange(self.templates)}"
        capture = self._capture(
            *(crawl_id, url, "article"),
            layout=kind,
            profile=night.profile,
            warnings=night.warnings,
        )
        self._write(capture, url, night)

    def _write(self, capture: int, url: str, night: Night) -> None:
        dice, lacks = self.dice, night.lacks
        has = {
            "lead": dice.random() > lacks.get("lead", 0.1),
            "text": dice.random() > lacks.get("text", 0.02),
            "date": dice.random() > lacks.get("date", 0.01),
            "author": dice.random() > lacks.get("author", 1 - self.authors),
            "section": dice.random() > lacks.get("section", 0.03),
            "picture": dice.random() > lacks.get("picture", 0.15),
        }
        words = max(15, int(dice.lognormvariate(6, 0.6) * night.length))
        if dice.random() < night.shorter:
            words //= 3
        text = f"t{capture}"
        if dice.random() < night.same:
            text, words = "prompt", 40
        lead = "Slogan" if night.slogan and dice.random() < night.slogan else f"L{capture}"
        named = "profile:x" if night.place == "profile" else night.place
        on = (self.day - timedelta(days=night.aged)).isoformat() if has["date"] else None
        is_desk = night.desk and not has["author"]
        row = {
            "title": "Báo" if night.titled and dice.random() < night.titled else f"T{capture}",
            "sources": json.dumps(
                {
                    "title": named,
                    "text": named,
                    **({"published": named} if on else {}),
                    **({"authors": "meta:author, a desk"} if is_desk else {}),
                }
            ),
            "lead": lead if has["lead"] else None,
            "body": text if has["text"] else "",
            "authors": '["A"]' if has["author"] else "[]",
            "section": "S" if has["section"] else None,
            "date_published": on,
            "date_precision": night.precision if on else None,
            "published_on": on,
            "date_published_raw": self.day.strftime(night.raw) if on else None,
            "word_count": words,
            "text_sha256": text if has["text"] else "",
            "words_sha256": f"w{capture}",
            "extractor": "t",
            "profile": night.profile,
            "capture_id": capture,
            "first_seen_at": to_text(self.at),
            "last_seen_at": to_text(self.at),
        }
        article = {"id": capture, "site": self.key, "url": url, "version": 1, "versions": 1, **row}
        self._insert("articles", article)
        self._insert("versions", {"article_id": capture, "version": 1, **row})
        self.db.execute("UPDATE readings SET article_id = ? WHERE capture_id = ?", (capture,) * 2)
        if has["picture"]:
            image = (capture, 1, 0, "https://x/1.jpg")
            self.db.execute(
                "INSERT INTO images (article_id, version, position, url) VALUES (?, ?, ?, ?)", image
            )
        self._announce(capture, url, night)

    def _announce(self, article: int, url: str, night: Night) -> None:
        at = to_text(self.at)
        self._insert(
            "addresses",
            {
                "id": article,
                "site": self.key,
                "url": url,
                "role": "article",
                "state": "fetched",
                "depth": 1,
                "article_id": article,
                "first_seen_at": at,
                "last_seen_at": at,
            },
        )
        sources = [("category", f"https://{self.key}/muc-{article % CATEGORIES}/")]
        named = not (night.frozen or night.resting)
        if named and self.dice.random() < 0.8 and self._fed < ROOM:
            self._fed += 1
            sources.append(("feed", f"https://{self.key}/rss"))
        for channel, source in sources:
            self._insert(
                "sightings",
                {
                    "address_id": article,
                    "channel": channel,
                    "source": source,
                    "position": 0,
                    "first_seen_at": at,
                    "last_seen_at": at,
                },
            )

    def _insert(self, table: str, row: dict[str, object]) -> None:
        marks = ", ".join("?" * len(row))
        self.db.execute(
            f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values())
        )


def make_index() -> sqlite3.Connection:
    """Make an empty index in memory, without the triggers that search needs."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.ensure(db)
    for name in ("added", "removed", "changed"):
        db.execute(f"DROP TRIGGER articles_{name}")
    db.execute("BEGIN")
    return db


def count_kinds(found: Sequence[Finding]) -> str:
    """The kinds of some findings with their numbers, as JSON, for a failing test's message."""
    kinds: dict[str, int] = {}
    for finding in found:
        kinds[finding.kind] = kinds.get(finding.kind, 0) + 1
    return json.dumps(dict(sorted(kinds.items())))


QUIET = 40  # nights before something breaks


def save(paper: Paper) -> bytes:
    """The bytes of a paper's index."""
    paper.db.execute("COMMIT")
    return paper.db.serialize()


def go_on(data: bytes) -> Paper:
    """A paper whose index is these bytes, on the day after QUIET nights."""
    paper = Paper(rate=25, seed=12)
    paper.db = make_index()
    paper.db.execute("COMMIT")
    paper.db.deserialize(data)
    paper.move(QUIET)
    return paper
