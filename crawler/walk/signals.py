"""What a list says of articles it announced before: changed, or no longer there.

A sitemap's ``lastmod`` and a feed's date are the cheapest news of an edit: one request tells of
hundreds. They are believed unless a list gives itself away: one that dates nearly everything
today was generated today, and says nothing about its articles.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from archive.index.addresses import Announced
from archive.instants import from_text
from archive.records import Reading
from crawler.walk.moments import is_after, read_moment

RETRIED = 3  # files of an index that did not answer, asked for whenever it is
MANY = 20  # below this many changes, asking for all of them is cheaper than doubting


def find_changed(
    db: sqlite3.Connection, source: str, announced: Sequence[Announced]
) -> frozenset[str]:
    """Return the addresses that ``source`` announced before with another date or headline."""
    changed = set()
    for item in announced:
        row = db.execute(
            "SELECT s.date_raw, s.title FROM sightings s JOIN addresses a ON a.id = s.address_id "
            "WHERE a.url = ? AND s.channel = ? AND s.source = ?",
            (item.address, item.link.channel, source),
        ).fetchone()
        if row and _differs(item, row[0], row[1]):
            changed.add(item.address)
    return frozenset(changed)


def find_newer(
    db: sqlite3.Connection, announced: Sequence[Announced], at: datetime, zone: tzinfo
) -> frozenset[str]:
    """Return the addresses that a trusted sitemap, read at ``at``, dates after our last fetch.

    What changed between the fetch of an article and the first time this list named it has no
    earlier date to differ from. A date in the future is no news.
    """
    newer = set()
    for item in announced:
        claim = read_moment(item.link.date_raw, zone) if item.link.role == "article" else None
        if claim is None or is_after(claim, at, zone):
            continue
        row = db.execute(
            "SELECT fetched_at FROM addresses WHERE url = ? AND article_id IS NOT NULL "
            "AND fetched_at IS NOT NULL",
            (item.address,),
        ).fetchone()
        if row and is_after(claim, from_text(row[0]), zone):
            newer.add(item.address)
    return frozenset(newer)


def find_returned(
    db: sqlite3.Connection, source: str, announced: Sequence[Announced]
) -> frozenset[str]:
    """Return the addresses of articles with a sign of removal that a list names anew.

    It did not name them when it was last read, so the paper may have put them back. Lists that go
    on naming what is gone say nothing.
    """
    (read_at,) = db.execute(
        "SELECT max(last_seen_at) FROM sightings WHERE source = ?", (source,)
    ).fetchone()
    returned = set()
    for item in announced:
        if item.link.role != "article":
            continue
        row = db.execute(
            "SELECT s.last_seen_at, s.dropped_at FROM addresses a "
            "JOIN articles r ON r.id = a.article_id LEFT JOIN sightings s "
            "ON s.address_id = a.id AND s.source = ? AND s.channel = ? "
            "WHERE a.url = ? AND r.gone_at IS NOT NULL",
            (source, item.link.channel, item.address),
        ).fetchone()
        # A sitemap's entries are noted once and when they go, other lists' at each reading.
        is_map = item.link.channel == "sitemap"
        if row and (row[0] is None or row[1] is not None or (row[0] < read_at and not is_map)):
            returned.add(item.address)
    return frozenset(returned)


def _differs(item: Announced, date: str | None, title: str | None) -> bool:
    link = item.link
    # Dates on category pages are often relative ("5 phút trước"): no news.
    dated = link.channel in ("feed", "sitemap") and date and link.date_raw
    if dated and link.date_raw != date:
        return True
    if link.channel not in ("feed", "category") or not title or not link.title:
        return False
    return not _is_cut_of(title, link.title) and not _is_cut_of(link.title, title)


def _is_cut_of(short: str, long: str) -> bool:
    """Say whether ``short`` is ``long``, or its beginning as lists print it (with dots)."""
    stem = " ".join(short.split()).rstrip(". …")
    return " ".join(long.split()).startswith(stem)


def is_trusted(announced: Sequence[Announced], changed: frozenset[str], at: datetime) -> bool:
    """Say whether a sitemap's dates tell anything, given what seems to have changed at ``at``."""
    if len(changed) < MANY or len(changed) * 2 < len(announced):
        return True
    today = at.astimezone(UTC).strftime("%Y-%m-%d")
    dates = [i.link.date_raw or "" for i in announced if i.address in changed]
    return sum(date.startswith(today) for date in dates) * 10 < len(dates) * 9


def is_whole(reading: Reading) -> bool:
    """Say whether all of a list was read: what one does not name that broke off may stand in it."""
    torn = ("sitemap-damaged", "feed-damaged", "body-short", "coding-")
    is_list = reading.status == "ok" and reading.role in ("feed", "sitemap")
    return is_list and not any(w.startswith(torn) for w in reading.warnings)


def find_known(db: sqlite3.Connection, source: str) -> frozenset[str]:
    """Return the addresses that a sitemap announces, as far as the ledger knows."""
    rows = db.execute(
        "SELECT a.url FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE s.source = ? AND s.channel = 'sitemap' AND s.dropped_at IS NULL",
        (source,),
    )
    return frozenset(url for (url,) in rows)


def find_children(db: sqlite3.Connection, source: str) -> list[str]:
    """Return the files of a sitemap index worth asking for when the index says nothing of them.

    Those without ``lastmod``: the last two in the order of the numbers in their names (a paper's
    current month, and the one before on the first night of a month), and those without numbers.
    And the last RETRIED of those that gave a page once and did not when last asked: a file that is
    missing for a night is named on.
    """
    rows = db.execute(
        "SELECT a.url, a.state, s.date_raw IS NULL, EXISTS "
        "(SELECT 1 FROM captures c WHERE c.url = a.url AND c.status IN (200, 304)) "
        "FROM sightings s JOIN addresses a ON a.id = s.address_id WHERE s.source = ? "
        "AND s.channel = 'sitemap' AND a.role = 'sitemap' AND a.state <> 'skipped' "
        "AND s.dropped_at IS NULL ORDER BY a.url",
        (source,),
    ).fetchall()
    urls = [url for url, state, is_bare, _ in rows if is_bare and state != "gone"]
    shut = [url for url, state, _, was_open in rows if state in ("gone", "failed") and was_open]
    numbered = sorted((url for url in urls if _numbers(url)), key=_numbers)
    plain = [url for url in urls if not _numbers(url)]
    again = sorted((url for url in shut if _numbers(url)), key=_numbers)[-RETRIED:]
    again += [url for url in shut if not _numbers(url)][:RETRIED]
    return list(dict.fromkeys((*numbered[-2:], *plain, *again)))


def _numbers(url: str) -> list[int]:
    """Return the numbers in a file's name: news-2026-10 comes after news-2026-9."""
    return [int(number) for number in re.findall(r"\d+", url.rpartition("/")[2])]


def find_dropped(
    db: sqlite3.Connection, source: str, announced: Sequence[Announced]
) -> tuple[list[str], list[str]]:
    """Return the addresses a sitemap no longer names, and those of them worth asking for.

    A news sitemap lets go of its oldest entries every day: no news. An entry that goes while an
    older one stays was taken out by somebody.
    """
    rows = db.execute(
        "SELECT a.url, s.date_raw FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE s.source = ? AND s.channel = 'sitemap' AND s.dropped_at IS NULL ORDER BY a.url",
        (source,),
    ).fetchall()
    there = {item.address for item in announced}
    kept = [date for url, date in rows if url in there and date]
    dropped = [(url, date) for url, date in rows if url not in there]
    odd = [url for url, date in dropped if not kept or not date or date > min(kept)]
    return [url for url, _ in dropped], odd


def is_new(db: sqlite3.Connection, url: str, started_at: str) -> bool:
    """Say whether nothing had announced an address before a run that ``started_at``: so that how
    far a run pages does not depend on which of its pages was read first."""
    row = db.execute(
        "SELECT 1 FROM addresses WHERE url = ? AND first_seen_at < ?", (url, started_at)
    ).fetchone()
    return row is None


def was_fetched(db: sqlite3.Connection, url: str) -> bool:
    """Say whether an address answered with a page when it was last asked for."""
    row = db.execute(
        "SELECT 1 FROM addresses WHERE url = ? AND state = 'fetched'", (url,)
    ).fetchone()
    return row is not None
