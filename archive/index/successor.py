"""Finds the paper's same piece at another address: where one went that died without a word, and
what a page at a new address is of what is held.

At papers without ids nothing in two addresses says that they are one article's. The piece tells:
the same words, or nearly, published at the same minute, first seen after the old address was last
seen sound and no later than AFTER its first sign: what comes back later was removed. A date to the
day is not enough by itself for words that come again every day (weather, draws, prices): there the
headline has to be the same too, and the text a long one.

    successor   of a removed article: another one of its paper. The first version counts, so that
                later edits take nothing back
    twin        of a page at an address that holds no article yet: a paper made anew lists new
                addresses before anybody has asked the old ones. Held since before the crawl that
                first heard of the address, or the address ends alike: then it is one article
                with two addresses, whatever the old one answers. Where the paper gives both a
                number, and not the same, the slug has to say so too; where there is no date, the
                slug and every word

What a paper puts up twice in one night under two names is two articles (clusters.py); words that
come again with another date are another piece. Its own paper alone is looked through, since a
rebuild reads one paper after the other. Rejected: merging the two rows once the redirect is seen
(both were cited by then), the pairs of clusters.py (which texts of a crowd are paired hangs on
other papers), asking the old address first (a night of three hundred new addresses would wait).
"""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit

from archive.digests import text_digest
from archive.fingerprint import make_fingerprint, measure_overlap
from archive.fold import fold
from archive.index.namesake import is_namesake
from archive.instants import from_text, to_text
from archive.records import Article

NEARLY = 0.85  # of the runs of four words of either text stand in the other
LONG = 60  # words, from which a text dated to the day says which piece it is
SHORT = 25  # below, words say nothing
AMP = re.compile(r"/(?:amp|print)/?$|\.amp(?=\.html?$)", re.IGNORECASE)  # a page's twin
WORD = re.compile(r"\w+")  # as content.py counts them
CROWD = 400  # articles of a day that are looked at: systems that were moved date all alike
AFTER = timedelta(hours=44)  # two nights: a removal is believed no sooner

_PIECE = """
SELECT a.site, v.title, v.lead, v.body, v.word_count, v.date_published, v.date_precision,
  v.published_on, (SELECT max(c.captured_at) FROM readings r JOIN captures c ON c.id = r.capture_id
    WHERE r.article_id = a.id AND r.status = 'ok' AND c.captured_at < ?)
FROM articles a JOIN versions v ON v.article_id = a.id AND v.version = ? WHERE a.id = ?
"""
_OTHERS = """
SELECT a.id, a.url, a.first_seen_at, v.title, v.lead, v.body, v.word_count, v.date_published,
  v.date_precision
FROM articles a JOIN versions v ON v.article_id = a.id
WHERE a.site = ? AND a.published_on = ? AND a.first_seen_at > ? AND a.first_seen_at <= ?
  AND a.id <> ?
  AND v.version = (SELECT min(version) FROM versions o WHERE o.article_id = a.id)
ORDER BY a.first_seen_at, a.id
"""

_HELD = """
SELECT id, url, identity, first_seen_at < :first, title, lead, body, word_count, date_published,
  date_precision FROM articles
WHERE ((site = :site AND published_on = :day) OR (text_sha256 = :text AND site = :site))
AND word_count BETWEEN :words * :nearly AND :words / :nearly
ORDER BY text_sha256 = :text DESC, id LIMIT :crowd
"""
_FIRST = """
SELECT coalesce((SELECT max(started_at) FROM crawls WHERE site = ? AND started_at <= first_seen_at),
  first_seen_at) FROM addresses WHERE url = ?
"""


@dataclass(frozen=True, slots=True)
class Successor:
    """The article that a dead address's words are found in."""

    article_id: int
    url: str
    first_seen_at: str


@dataclass(frozen=True, slots=True)
class _Piece:
    title: str
    lead: str | None
    body: str
    words: int
    published: str | None
    precision: str | None


def find_successor(
    db: sqlite3.Connection, article_id: int, version: int | None, gone_at: str
) -> Successor | None:
    """Return the article that is, elsewhere in its paper, the one gone since ``gone_at`` with the
    words of ``version``; the first that was seen."""
    row = db.execute(_PIECE, (gone_at, version, article_id)).fetchone()
    if row is None or row[-2] is None or row[-1] is None:
        return None
    site, *said, day, seen_at = row
    piece = _Piece(*said)
    until = to_text(from_text(gone_at) + AFTER)
    rows = db.execute(_OTHERS, (site, day, seen_at, until, article_id))
    for found, url, first_seen_at, *other in rows:
        if _is_same(piece, _Piece(*other)):
            return Successor(found, url, first_seen_at)
    return None


def list_predecessors(db: sqlite3.Connection, article_id: int) -> list[int]:
    """Return the removed articles that a new one may be, elsewhere in their paper."""
    rows = db.execute(
        "SELECT o.id FROM articles a JOIN articles o ON o.site = a.site "
        "AND o.published_on = a.published_on AND o.id <> a.id "
        "WHERE a.id = ? AND o.removed_at IS NOT NULL AND o.last_seen_at < a.first_seen_at "
        "ORDER BY o.id",
        (article_id,),
    )
    return [int(row[0]) for row in rows]


def find_twin(
    db: sqlite3.Connection, *, site: str, address: str, identity: str | None, article: Article
) -> int | None:
    """Return the article of a paper that a page at an address new to it is, if it is one of those
    that are held; the first of them."""
    first = db.execute(_FIRST, (site, address)).fetchone()
    if first is None or not article.text:
        return None
    published = article.published
    piece = _Piece(
        *(article.title, article.lead, article.text),
        len(WORD.findall(f"{article.lead or ''} {article.text}")),
        *((published.value, published.precision) if published else (None, None)),
    )
    digest, day = text_digest(article.text), published.value[:10] if published else None
    asked = {"first": first[0], "site": site, "day": day, "text": digest, "words": piece.words}
    rows = db.execute(_HELD, {**asked, "nearly": NEARLY, "crowd": CROWD}).fetchall()
    place = AMP.sub("", address)
    for found, url, number, is_old, *held in rows:
        other = _Piece(*held)
        url, named = AMP.sub("", url), is_namesake(AMP.sub("", url), place)
        if number is not None and identity not in (None, number) and not (named and is_old):
            continue
        alike = named and _end(url) == _end(place)
        if urlsplit(url).path == urlsplit(address).path and piece.published is None:
            continue  # the query is the name, and the same words come again: "no power cut today"
        if (is_old or alike) and _is_twin(piece, other, named=named) and _is_near(piece, other):
            return int(found)
    return None


def _is_twin(one: _Piece, other: _Piece, *, named: bool) -> bool:
    """Say whether dates and headlines allow two pages to be one piece; ``named``: their
    addresses share what names it."""
    when, said = _compare_dates(one, other), fold(one.title) == fold(other.title)
    if min(one.words, other.words) < SHORT:
        return when == "same" and said and named and one.body == other.body
    if when == "unknown":
        return named and said and one.body == other.body
    return when == "same" or (when == "day" and said and min(one.words, other.words) >= LONG)


def _is_same(one: _Piece, other: _Piece) -> bool:
    if min(one.words, other.words) < SHORT:
        return False
    when, said = _compare_dates(one, other), fold(one.title) == fold(other.title)
    sure = when == "same" or (when == "day" and said and min(one.words, other.words) >= LONG)
    return sure and _is_near(one, other)


def _compare_dates(one: _Piece, other: _Piece) -> Literal["same", "day", "unknown", "apart"]:
    """Say whether two pieces name the same minute, the same day where one names no more, or not
    both a date. A layout that shows no seconds says the same minute."""
    if one.published is None or other.published is None:
        return "unknown"
    if "day" in (one.precision, other.precision):
        return "day" if one.published[:10] == other.published[:10] else "apart"
    return "same" if _read_minute(one.published) == _read_minute(other.published) else "apart"


def _read_minute(value: str) -> str:
    try:
        instant = datetime.fromisoformat(value)
    except ValueError:
        return value
    if instant.tzinfo is not None:
        instant = instant.astimezone(UTC)
    return instant.isoformat()[:16]


def _end(url: str) -> str:
    """Return the last part of an address's path, without its ending."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2].partition(".")[0].lower()


def _is_near(one: _Piece, other: _Piece) -> bool:
    """Say whether two texts are one with at most a few words changed, and the same numbers."""
    if (one.title, one.lead, one.body) == (other.title, other.lead, other.body):
        return True
    ours, theirs = (make_fingerprint(p.title, p.lead, p.body) for p in (one, other))
    if ours is None or theirs is None:
        return False
    if ours.key == theirs.key:
        return True
    overlap = measure_overlap(ours, theirs)
    alike = overlap.containment >= NEARLY and overlap.numbers >= NEARLY * overlap.pairs
    return alike and min(ours.size, theirs.size) >= NEARLY * max(ours.size, theirs.size)
