"""How long a report takes: `python -m tests.bench.bench_report [papers] [days] [articles a day]`.

Rows are written straight into an index (64 papers of 365 days and 100 articles by default, of
which 5 % have a second version and as many were missed), then the facts are gathered and written,
and each section is timed by itself.
"""

from __future__ import annotations

import cProfile
import io
import json
import pstats
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from archive.connection import INDEX, connect
from archive.instants import to_text
from archive.report.facts import gather
from archive.report.page import write_page
from archive.report.text import write_text

NOW = datetime(2026, 6, 30, 20, tzinfo=UTC)
BODY = "Đoạn tin về mùa màng và đường sá. " * 60  # some 2.8 kB


def main() -> None:
    """Make the index, print the seconds."""
    given = [int(word) for word in sys.argv[1:4]]
    papers, days, articles = given + [64, 365, 100][len(given) :]
    with tempfile.TemporaryDirectory(dir=Path.cwd().parent) as folder:
        root = Path(folder)
        begun = time.perf_counter()
        fill(root, papers, days, articles)
        size = (root / INDEX).stat().st_size / 1e9
        print(f"made in {time.perf_counter() - begun:.0f} s, index {size:.1f} GB")
        db = connect(root / INDEX)
        for since in (None, NOW.date() - timedelta(days=days - 1)):
            profile = cProfile.Profile()
            begun = time.perf_counter()
            facts = profile.runcall(gather, db, root, NOW, since, free_bytes=10**11)
            gathered = time.perf_counter() - begun
            begun = time.perf_counter()
            page, text = write_page(facts), write_text(facts)
            written = time.perf_counter() - begun
            print(
                f"since {facts.span.since}: gathered in {gathered:.1f} s, written in "
                f"{written:.2f} s, page {len(page.encode()) / 1e6:.2f} MB, text {len(text)} letters"
            )
            print(list_costs(profile))
        db.close()


def list_costs(profile: cProfile.Profile) -> str:
    """Return the seconds of the functions that gather."""
    out = io.StringIO()
    pstats.Stats(profile, stream=out).sort_stats("cumulative").print_stats(
        "gather_|find_faults|find_problems|list_nights|list_items|find_lists|estimate"
    )
    return "\n".join(
        line for line in out.getvalue().splitlines() if "report/" in line or "archive/" in line
    )


def fill(root: Path, papers: int, days: int, articles: int) -> None:
    """Write the rows of so many papers."""
    (root / "warc").mkdir()
    db = connect(root / INDEX, write=True)
    for name in ("added", "removed", "changed"):
        db.execute(f"DROP TRIGGER articles_{name}")
    db.execute("PRAGMA synchronous = OFF")
    dice = random.Random(1)
    for number in range(papers):
        db.execute("BEGIN")
        fill_paper(db, f"bao{number:02}", number, days, articles, dice)
        db.execute("COMMIT")
    db.close()


def fill_paper(
    db: sqlite3.Connection, key: str, number: int, days: int, articles: int, dice: random.Random
) -> None:
    """Write the rows of one paper, night by night."""
    insert(
        db,
        "sites",
        [
            {
                "site": key,
                "title": f"Báo {number}",
                "domain": f"{key}.test",
                "profile": "p",
                "timezone": "Asia/Ho_Chi_Minh",
            }
        ],
    )
    first = number * days * articles * 2
    for night in range(days):
        at = NOW - timedelta(days=days - 1 - night, hours=1)
        crawl_id = f"{key}-{at:%Y%m%d}"
        counts = {"requests": articles + 20, "bytes": articles * 60_000, "refused": 1}
        insert(
            db,
            "crawls",
            [
                {
                    "crawl_id": crawl_id,
                    "site": key,
                    "started_at": to_text(at),
                    "ended_at": to_text(at + timedelta(minutes=9)),
                    "outcome": "finished",
                    "software": "test",
                    "profile": "p",
                    "counts": json.dumps(counts),
                }
            ],
        )
        day = (at + timedelta(hours=7)).date() - timedelta(days=1)
        fill_night(db, key, crawl_id, at, day, first + night * articles * 2 + 1, articles, dice)


def fill_night(
    db: sqlite3.Connection,
    key: str,
    crawl_id: str,
    at: datetime,
    day: date,
    first: int,
    articles: int,
    dice: random.Random,
) -> None:
    """Write a night's captures, readings, articles, versions, addresses and sightings."""
    rows: dict[str, list[dict[str, object]]] = {}
    for offset in range(max(1, round(articles * dice.uniform(0.7, 1.1)))):
        for table, row in make_rows(key, crawl_id, at, day, first + offset, dice):
            rows.setdefault(table, []).append(row)
    for table in (
        "captures",
        "articles",
        "readings",
        "versions",
        "addresses",
        "sightings",
        "changes",
    ):
        insert(db, table, rows.get(table, []))


def make_rows(
    key: str, crawl_id: str, at: datetime, day: date, ident: int, dice: random.Random
) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the rows of one article."""
    instant, url = (
        to_text(at + timedelta(seconds=ident % 200)),
        f"https://{key}.test/bai-{ident}.html",
    )
    capture = {
        "id": ident,
        "site": key,
        "crawl_id": crawl_id,
        "url": url,
        "kind": "response",
        "captured_at": instant,
        "status": 200,
        "mime": "text/html",
        "warc_file": f"{crawl_id}.warc.gz",
        "warc_offset": ident,
        "warc_length": 9,
        "record_id": f"<urn:{ident}>",
        "payload_length": 60_000,
    }
    yield "captures", capture
    said = {
        "title": f"Tin {ident}",
        "lead": "Lời dẫn.",
        "body": f"{BODY}{ident}",
        "word_count": 500,
        "date_published": f"{day}T08:00:00+07:00",
        "date_precision": "minute",
        "published_on": day.isoformat(),
        "text_sha256": f"t{ident}",
        "words_sha256": f"w{ident}",
        "extractor": "x",
        "profile": "p",
        "authors": '["A"]',
        "section": "S",
        "capture_id": ident,
        "first_seen_at": instant,
        "last_seen_at": instant,
    }
    missed = dice.random() < 0.05
    yield (
        "addresses",
        {
            "id": ident,
            "site": key,
            "url": url,
            "role": "article",
            "depth": 1,
            "state": "announced" if missed else "fetched",
            "first_seen_at": instant,
            "last_seen_at": instant,
            "article_id": None if missed else ident,
            "capture_id": None if missed else ident,
        },
    )
    for channel, share in (("category", 0.95), ("feed", 0.8), ("sitemap", 0.9)):
        if dice.random() < share:
            yield (
                "sightings",
                {
                    "address_id": ident,
                    "channel": channel,
                    "source": f"https://{key}.test/{channel}",
                    "position": 1,
                    "first_seen_at": instant,
                    "last_seen_at": instant,
                },
            )
    if missed:
        return
    yield "articles", {"id": ident, "site": key, "url": url, "version": 1, "versions": 1, **said}
    yield "versions", {"article_id": ident, "version": 1, **said}
    yield (
        "readings",
        {
            "capture_id": ident,
            "role": "article",
            "status": "ok",
            "extractor": "x",
            "profile": "p",
            "article_id": ident,
            "version": 1,
        },
    )
    if dice.random() < 0.05:
        again = {**said, "title": f"Tin {ident} mới", "words_sha256": f"v{ident}"}
        yield "versions", {"article_id": ident, "version": 2, **again}
        yield (
            "changes",
            {
                "article_id": ident,
                "at": instant,
                "kind": "headline",
                "from_version": 1,
                "to_version": 2,
                "capture_id": ident,
            },
        )


def insert(db: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows of the same columns."""
    if rows:
        names = list(rows[0])
        marks = ", ".join("?" * len(names))
        db.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            [tuple(row.values()) for row in rows],
        )


if __name__ == "__main__":
    main()
