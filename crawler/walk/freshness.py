"""When an article is asked for again: nightly while its paper may edit it, then ever more rarely.

    a sign of removal     every night until it is believed or refuted (archive/index/changes.py);
                          then at 4 times the time it was gone, since what is gone may come back
    a second address      at the first one, once, whatever its age: whether it leads there
    younger than 2 days   every night, so that an edit is seen within 24 hours
    older                 when the time since the last fetch exceeds ``growth`` times its age then:
                          3 on a paper that leaves old articles alone (asked at about 10, 40, 160
                          days), less where asking paid in the last 90 days
    a year old            no more

An article's age counts from the day its page says, or from when a list first named it among its
news, whichever is later: a paper whose clock was a year back for a day edits those stories like the
others, and puts their dates right. News is what the first page of a list names that was read
before; so a paper's old stock (its first crawl, a backfill, an import, a category that is new to
the profile) keeps its age; where its pages say none a sitemap's date stands for it, and what only
further pages, links or a backfill name counts as old. Boxes that turn up old stories are found out
by their asks: after STRAYS without a change one in four is asked.

A sitemap makes most of this needless, only while its dates followed every change (witness.py) and
it was answered: it does the nightly asking, and as long as it still names an article with its date
also the asking of the old. Without dates it tells of removals only: the old are asked all the same,
or a picture changed on the fifth day is never seen. One article in 20, chosen by its address, is
asked whatever lists say (the young ones once): that is how a list that falls silent is found out.

Never within 20 hours, so that a nightly run asks once a night also when it starts a little early.
A last fetch that lies in the future is a clock that was wrong: the article is due.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from archive.index.unconfirmed import find_left, find_unconfirmed
from archive.instants import from_text, to_text
from crawler.walk.moments import end_of, is_settled, read_moment

SHORTEST = timedelta(hours=20)
WATCH = timedelta(hours=48)  # how long papers edit what they have printed
LONGEST = timedelta(days=365)
MOST_GROWTH, LEAST_GROWTH = 3.0, 0.5
WORTH = 0.12  # growth times the share of asks that pay: one in 25 at the slowest rhythm
SAMPLE = 20  # of so many articles, one is asked whatever lists say
STILL = 300  # asks of young articles without one change, after which a quarter is asked
STRAYS = 40  # asks of articles that are dated long before a list named them among its news
ODD = timedelta(days=2)  # between the day a page says and its first sight, before that is odd
LISTED = timedelta(days=35)  # a sitemap answered within that time still speaks for its articles
LEARNED = timedelta(days=90)
ASKS = """
SELECT c.captured_at, a.first_seen_at FROM crawls n JOIN captures c ON c.crawl_id = n.crawl_id
JOIN addresses d ON d.url = c.url JOIN articles a ON a.id = d.article_id
WHERE n.site = ? AND n.started_at >= ? AND c.status IN (200, 304, 404, 410)
AND c.captured_at > a.first_seen_at
"""
STRAYED = """
SELECT count(*), coalesce(sum(versions > 1 OR gone_at IS NOT NULL), 0) FROM articles
WHERE site = ? AND first_seen_at >= ? AND published_on < date(first_seen_at, '-3 days')
AND julianday(last_seen_at) - julianday(first_seen_at) > 0.5
"""
SIGHTINGS = """
SELECT s.channel IN ('home', 'category', 'feed', 'sitemap') AND coalesce(l.page, 1) = 1
  AND s.source <> 'backfill' AS is_first_page,
  julianday(s.first_seen_at) - julianday(?) < 0.5 AND EXISTS (SELECT 1 FROM sightings o
    WHERE o.source = s.source AND o.first_seen_at < s.first_seen_at),
  CASE WHEN s.channel = 'sitemap' THEN s.date_raw END
FROM sightings s LEFT JOIN addresses l ON l.url = s.source WHERE s.address_id = ?
"""
PAID = """
SELECT v.first_seen_at, a.first_seen_at FROM articles a JOIN versions v ON v.article_id = a.id
WHERE a.site = ? AND v.first_seen_at >= ? AND v.version > 1
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the index says of an article's address."""

    url: str
    published: datetime  # when it came out, as far as we know
    fetched: datetime
    gone: datetime | None = None  # first sign of its removal
    is_doubted: bool = False  # such a sign is not confirmed, or whether it moved
    is_told: bool = False  # a trusted sitemap would tell of an edit
    is_listed: bool = False  # such a sitemap still names it


@dataclass(frozen=True, slots=True)
class Habit:
    """How often asking again paid on this paper."""

    growth: float = MOST_GROWTH
    edits: bool = True  # whether young articles were ever seen to change
    strays: bool = True  # whether those did that are dated long before they were news


def is_due(known: Known, now: datetime, habit: Habit = Habit()) -> bool:
    """Say whether an article is to be asked for at ``now``."""
    since = now - known.fetched
    if since < timedelta(0):
        return True
    if since < SHORTEST:
        return False
    if known.is_doubted:
        return True
    if known.gone is not None:
        lasted = known.fetched - known.gone
        return lasted < LONGEST and since >= lasted * 4
    age = max(known.fetched - known.published, timedelta(0))
    if age < WATCH:
        if known.is_told:
            return age < WATCH / 2 and is_sampled(known.url, SAMPLE)
        return habit.edits or is_sampled(known.url, 4)
    if known.is_listed and not is_sampled(known.url, SAMPLE):
        return False
    return age < LONGEST and since >= age * habit.growth


def is_sampled(url: str, one_in: int) -> bool:
    """Say whether an article is one of those chosen to be asked: always the same ones."""
    return zlib.crc32(url.encode()) % one_in == 0


def find_due(
    db: sqlite3.Connection,
    site: str,
    now: datetime,
    zone: tzinfo,
    trusted: frozenset[str] = frozenset(),
) -> Iterator[Known]:
    """Yield a paper's articles that are due, the longest unseen first.

    ``trusted``: the sitemaps whose dates tell of every change.
    """
    habit = learn_habit(db, site, now)
    claims = _find_claims(db, trusted)
    listed = _find_listed(db, site, now, trusted)
    doubted = find_unconfirmed(db, site) | find_left(db, site)
    rows = db.execute(
        "SELECT d.id, d.url, d.first_seen_at, d.fetched_at, a.date_published, a.gone_at, "
        "d.reason LIKE 'http ___ to %' AND EXISTS (SELECT 1 FROM addresses o WHERE "
        "o.article_id = d.article_id AND o.id <> d.id AND o.state = 'fetched' "
        "AND o.reason IS NULL) "
        "FROM addresses d JOIN articles a ON a.id = d.article_id WHERE d.site = ? AND "
        "d.role = 'article' AND d.fetched_at IS NOT NULL AND d.state <> 'skipped' "
        "ORDER BY d.fetched_at, d.url",
        (site,),
    ).fetchall()
    for number, url, first_seen, fetched, date, gone, has_left in rows:
        if has_left and url not in doubted:
            continue  # it only leads to where the article is, which is asked there
        at = from_text(fetched)
        first = from_text(first_seen)
        published = _find_published(date, first, zone)
        if (date is None or first - published > ODD) and at - first < LEARNED:
            published = _find_youth(db, (number, url), (first, published), habit, zone)
        told = any(_is_told(raw, at, zone) for raw in claims.get(number, ()))
        known = Known(
            url=url,
            published=published,
            fetched=at,
            gone=from_text(gone) if gone else None,
            is_doubted=url in doubted,
            is_told=told,
            is_listed=number in listed,
        )
        if is_due(known, now, habit):
            yield known


def find_within(db: sqlite3.Connection, site: str, since: datetime) -> Iterator[str]:
    """Yield the addresses of articles first seen at or after ``since`` (``crawl --recheck``)."""
    rows = db.execute(
        "SELECT a.url, r.first_seen_at FROM addresses a JOIN articles r ON r.id = a.article_id "
        "WHERE a.site = ? AND a.role = 'article' AND a.state IN ('fetched', 'gone') ORDER BY a.url",
        (site,),
    )
    for url, first_seen in rows:
        if from_text(first_seen) >= since:
            yield url


def learn_habit(db: sqlite3.Connection, site: str, now: datetime) -> Habit:
    """Return how often asking again paid on a paper in the last 90 days.

    Asked and answered: captures of an article's address after its first; paid: versions after the
    first. Under 30 asks nothing is learned.
    """
    asks, paid = {True: 0, False: 0}, {True: 0, False: 0}  # of the young, of the others
    for query, counts in ((ASKS, asks), (PAID, paid)):
        for at, first in db.execute(query, (site, to_text(now - LEARNED))):
            counts[from_text(at) - from_text(first) < WATCH + SHORTEST] += 1
    strays, changed = db.execute(STRAYED, (site, to_text(now - LEARNED))).fetchone()
    yields = paid[False] / asks[False] if asks[False] >= 30 else 0.0
    growth = WORTH / yields if yields else MOST_GROWTH
    return Habit(
        growth=max(LEAST_GROWTH, min(MOST_GROWTH, growth)),
        edits=paid[True] > 0 or asks[True] < STILL,
        strays=changed > 0 or strays < STRAYS,
    )


def _find_youth(
    db: sqlite3.Connection,
    address: tuple[int, str],
    seen: tuple[datetime, datetime],
    habit: Habit,
    zone: tzinfo,
) -> datetime:
    """Return since when an article counts as out that dates itself long before its first sight,
    or not at all. ``seen``: its first sight, and what its page says (its first sight if nothing).
    """
    (number, url), (first, published) = address, seen
    rows = db.execute(SIGHTINGS, (to_text(first), number)).fetchall()
    if any(is_first_page and is_news for is_first_page, is_news, _ in rows):
        return first if habit.strays or is_sampled(url, 4) else published
    if published < first or not rows:
        return published
    dates = [end_of(claim, zone) for *_, raw in rows if (claim := read_moment(raw, zone))]
    if dates:
        return min(first, *dates)
    return first if any(is_first_page for is_first_page, *_ in rows) else first - WATCH


def _find_published(date: str | None, first_seen: datetime, zone: tzinfo) -> datetime:
    """Return when an article came out; never later than it was seen."""
    moment = read_moment(date, zone)
    return min(end_of(moment, zone), first_seen) if moment is not None else first_seen


def _is_told(raw: str, fetched: datetime, zone: tzinfo) -> bool:
    claim = read_moment(raw, zone)
    return claim is not None and is_settled(claim, fetched, zone)


def _find_claims(db: sqlite3.Connection, trusted: frozenset[str]) -> dict[int, list[str]]:
    """Return the dates that trusted sitemaps give of addresses they name."""
    found: dict[int, list[str]] = {}
    for source in sorted(trusted):
        for number, raw in db.execute(
            "SELECT address_id, date_raw FROM sightings WHERE source = ? AND channel = 'sitemap' "
            "AND dropped_at IS NULL AND date_raw IS NOT NULL",
            (source,),
        ):
            found.setdefault(number, []).append(raw)
    return found


def _find_listed(
    db: sqlite3.Connection, site: str, now: datetime, trusted: frozenset[str]
) -> frozenset[int]:
    """Return the addresses that a trusted sitemap names with a date, which was answered lately,
    and which was never seen to go on naming what is gone."""
    named = (
        "SELECT {} FROM addresses f JOIN sightings s ON s.source = f.url "
        "WHERE f.site = ? AND f.role = 'sitemap' AND f.state = 'fetched' AND f.fetched_at >= ? "
        "AND s.channel = 'sitemap' AND s.dropped_at IS NULL AND s.date_raw IS NOT NULL"
    )
    since = to_text(now - LISTED)
    gone = (
        " AND EXISTS (SELECT 1 FROM addresses d JOIN articles a ON a.id = d.article_id "
        "WHERE d.id = s.address_id AND a.gone_at < f.fetched_at)"
    )
    stale = db.execute(named.format("DISTINCT f.url") + gone, (site, since)).fetchall()
    telling = trusted - {url for (url,) in stale}
    rows = db.execute(named.format("s.address_id, f.url"), (site, since)) if telling else ()
    return frozenset(number for number, url in rows if url in telling)
