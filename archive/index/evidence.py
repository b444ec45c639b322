"""What captures say of an article: it was there, it seemed to be gone, it led elsewhere.

    sound   a reading that is the article's, at an address
    sign    404, 410, another article at its address (anew.py), a redirect to a front page, a
            category page, an error page, another article or another page of the paper
            (target.py), a page quarantined as a soft 404,
            or as a list or a page that keeps nothing of the article, headed as something else, or
            451 where others answer (turned.py)
    led     a redirect to another address of the article, or of one with the same words; or for good
            (301, 308) to one nobody asked for that carries the article's own slug or number, as
            those of a paper that was merged into another do

Everything else (no answer, 403, 429, 5xx, a captcha, a redirect to a login) says nothing either
way and is not listed. A redirect is followed through the captures of its targets, as they were
within a day. A redirect to the same address in another spelling (http, www, final slash) is none.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from archive.fingerprint import is_same_story, make_fingerprint
from archive.fold import fold
from archive.index import turned
from archive.index.namesake import is_namesake
from archive.index.shut import is_shut
from archive.index.target import FOR_GOOD, Landing, judge_target
from archive.urls import AddressError, canonical, key

GONE = (404, 410)
SAID = (*GONE, turned.WITHHELD)  # statuses that may tell of a removal
SIGNS = ("soft-404", *turned.KINDS)  # impostors that may tell of a removal
HOPS = 10
ANOTHER = "redirect to another article"
ERROR_PAGE = re.compile(
    r"(?:error|loi)?[-_/]?(?:404|410)|(?:page[-_]?)?not[-_]?found|(?:error|loi)|"
    r"khong[-_]?tim[-_]?thay(?:[-_]?trang)?"
)
ARTICLE_LIKE = re.compile(r"\d{4,}|(?:-[^-]+){4,}|\.s?html?$")  # the last part of a path
FRONT = re.compile(r"/(?:(?:index|default|home|trang-chu)(?:\.\w{2,5})?/?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One capture that says something of an article."""

    at: str
    capture_id: int
    place: tuple[str, int]  # file and offset, for the order of captures of one instant
    address: str  # key of the address (archive/urls.py)
    kind: Literal["sound", "sign", "led"]
    version: int | None = None  # of a sound one
    words: str = ""  # of a sign: what was seen; where one led


@dataclass(frozen=True, slots=True)
class Seen:
    """A row of captures with its reading."""

    id: int
    url: str
    at: str
    file: str
    offset: int
    status: int | None
    location: str | None
    impostor: str | None
    version: int | None
    other: bool = False  # it was read as another article


COLUMNS = "c.id, c.url, c.captured_at, c.warc_file, c.warc_offset, c.status, c.location, r.impostor"


def fold_url(url: str) -> str:
    """Return what all spellings of an address share; of what is no address, the text itself."""
    try:
        return key(url)
    except AddressError:
        return url


def spell(url: str) -> list[str]:
    """Return the spellings of an address under which a capture of it may stand."""
    bare = fold_url(url)
    path, mark, query = bare.partition("?")
    found = [
        f"{scheme}://{www}{end}{mark}{query}"
        for scheme in ("https", "http")
        for www in ("", "www.")
        for end in (path, path + "/")
    ]
    return list(dict.fromkeys([url, *found]))


def gather(db: sqlite3.Connection, article_id: int) -> list[Item]:
    """Return the evidence of an article, oldest first.

    Readings without a text are left out where others have one: they say that a page was not
    understood, not that its words were taken away.
    """
    sound = list(_gather_sound(db, article_id))
    urls = {url for seen, address in sound for url in (seen.url, address)}
    homes = {fold_url(address) for _, address in sound}
    items = [
        Item(s.at, s.id, (s.file, s.offset), fold_url(address), "sound", s.version)
        for s, address in sound
    ]
    for seen in _gather_other(db, article_id, urls):
        if (home := fold_url(seen.url)) in homes:
            kind, words = _judge(db, article_id, seen)
            if kind:
                place = (seen.file, seen.offset)
                items.append(Item(seen.at, seen.id, place, home, kind, None, words))
    return sorted(items, key=lambda item: (item.at, item.place, item.capture_id))


def _gather_sound(db: sqlite3.Connection, article_id: int) -> Iterator[tuple[Seen, str]]:
    rows = db.execute(
        f"SELECT {COLUMNS}, v.version, coalesce(r.address, c.url), v.body <> '' "
        "FROM readings r JOIN captures c ON c.id = r.capture_id "
        "JOIN versions v ON v.article_id = r.article_id AND v.version = r.version "
        "WHERE r.article_id = ? AND r.status = 'ok'",
        (article_id,),
    ).fetchall()
    full = any(row[-1] for row in rows)
    for *columns, address, has_text in rows:
        if has_text or not full:
            yield Seen(*columns), address


def _gather_other(db: sqlite3.Connection, article_id: int, urls: Iterable[str]) -> Iterator[Seen]:
    """Yield the captures of the article's addresses that were not read as the article."""
    known = db.execute("SELECT url FROM addresses WHERE article_id = ?", (article_id,))
    exact = {*urls, *(url for (url,) in known)}
    spelled = sorted({one for url in exact for one in spell(url)})
    for start in range(0, len(spelled), 400):  # under SQLite's oldest limit of values
        some = spelled[start : start + 400]
        rows = db.execute(
            f"SELECT {COLUMNS}, NULL, r.article_id IS NOT NULL "
            "FROM captures c LEFT JOIN readings r ON r.capture_id = c.id "
            f"WHERE c.url IN ({','.join('?' * len(some))}) AND c.method = 'GET' AND "
            f"(c.status IN {SAID} OR c.location IS NOT NULL "
            f"OR r.impostor IN {SIGNS} OR r.article_id <> ?) AND r.article_id IS NOT ?",
            (*some, article_id, article_id),
        ).fetchall()
        yield from (Seen(*row) for row in rows if not row[-1] or row[1] in exact)


def _judge(
    db: sqlite3.Connection, article_id: int, seen: Seen
) -> tuple[Literal["sign", "led"] | None, str]:
    if seen.other:
        return "sign", "another article at its address"
    if seen.status in GONE:
        return "sign", f"http {seen.status}"
    if seen.status == turned.WITHHELD and turned.is_withheld(db, article_id, seen.id):
        return "sign", f"http {seen.status}"
    if seen.impostor == "soft-404":
        return (None, "") if _is_shut(db, seen) else ("sign", "soft 404")
    if seen.impostor in turned.KINDS and turned.is_turned(db, article_id, seen.id):
        return "sign", "a list page" if seen.impostor == turned.KIND else "another page"
    if seen.location:
        kind, words = _follow(db, article_id, seen)
        if kind == "sign" and not words.startswith(ANOTHER) and _is_shut(db, seen):
            return None, ""
        return kind, words
    return None, ""


def _is_shut(db: sqlite3.Connection, seen: Seen) -> bool:
    row = db.execute("SELECT crawl_id FROM captures WHERE id = ?", (seen.id,)).fetchone()
    return is_shut(db, row[0])


def _follow(
    db: sqlite3.Connection, article_id: int, seen: Seen
) -> tuple[Literal["sign", "led"] | None, str]:
    """Say where a redirect leads in the end."""
    source, target, status = seen.url, seen.location or "", seen.status
    passed = {fold_url(seen.url)}
    for _ in range(HOPS):
        bare = fold_url(target)
        if bare in passed:
            return None, ""  # another spelling of the same address, or a circle
        passed.add(bare)
        if _leads_to(db, article_id, target):
            return "led", target
        if what := _name_place(db, seen.url, target):
            return "sign", f"redirect to {what} ({target})"
        if (other := _is_other(db, article_id, target)) is not None:
            return ("sign", f"{ANOTHER} ({target})") if other else ("led", target)
        landing = _find_landing(db, source, target, seen.at)
        if landing is None:
            known = status in FOR_GOOD and is_namesake(seen.url, target)
            return ("led", target) if known else (None, "")
        if landing.status in GONE or landing.impostor == "soft-404":
            told = f"http {landing.status}" if landing.status in GONE else "a soft 404"
            return "sign", f"redirect to a page that is gone ({told}, {target})"
        if not landing.location:
            kind = judge_target(db, article_id, seen.url, target, status, landing)
            return kind, target if kind == "led" else f"redirect to another page ({target})"
        source, target, status = landing.url, landing.location, landing.status
    return None, ""


def _is_other(db: sqlite3.Connection, article_id: int, target: str) -> bool | None:
    """Say whether an address is that of another story; None where no other article is known there.

    Under one headline and with (nearly) the same words it is the same story, whatever dates the
    two pages show."""
    spelled = spell(_canonical(target))
    rows = db.execute(
        "SELECT DISTINCT o.id, o.title, o.lead, o.body FROM addresses d "
        "JOIN articles o ON o.id = d.article_id "
        f"WHERE d.url IN ({','.join('?' * len(spelled))}) AND o.id <> ?",
        (*spelled, article_id),
    ).fetchall()
    same = any(_is_story(db, article_id, *row[1:]) for row in rows)
    return not same if rows else None


def _is_story(
    db: sqlite3.Connection, article_id: int, title: str, lead: str | None, body: str
) -> bool:
    """Say whether any version of an article was headed so and tells the same story."""
    theirs = make_fingerprint(title, lead, body)
    held = db.execute(
        "SELECT title, lead, body FROM versions WHERE article_id = ?", (article_id,)
    ).fetchall()
    for ours in held:
        if fold(ours[0]) == fold(title):
            found = make_fingerprint(*ours)
            if found is not None and theirs is not None and is_same_story(found, theirs):
                return True
    return False


def _leads_to(db: sqlite3.Connection, article_id: int, target: str) -> bool:
    """Say whether an address is the article's, or that of one with its words."""
    spelled = spell(_canonical(target))
    marks = ",".join("?" * len(spelled))
    row = db.execute(
        f"SELECT 1 FROM addresses d JOIN articles o ON o.id = d.article_id, articles a "
        f"WHERE d.url IN ({marks}) AND a.id = ? AND (o.id = a.id OR "
        "(o.text_sha256 = a.text_sha256 AND a.body <> '') OR "
        "(o.title = a.title AND o.date_published = a.date_published)) LIMIT 1",
        (*spelled, article_id),
    ).fetchone()
    return row is not None


def _name_place(db: sqlite3.Connection, url: str, target: str) -> str | None:
    """Return what kind of page an address is that is no article's successor, or None.

    By its form, else by the role the ledger knows it in.
    """
    try:
        here, there = urlsplit(canonical(url)), urlsplit(canonical(target))
    except AddressError:
        return None
    if not there.query and FRONT.fullmatch(there.path):
        return "the front page"
    path = there.path.rstrip("/")
    last = path.rpartition("/")[2]
    if ERROR_PAGE.fullmatch(last.lower().partition(".")[0]):
        return "an error page"
    if path and here.path.startswith(f"{path}/") and not ARTICLE_LIKE.search(last):
        return "a category page"
    spelled = spell(_canonical(target))
    row = db.execute(
        f"SELECT min(role) FROM addresses WHERE url IN ({','.join('?' * len(spelled))}) "
        "AND role IN ('home', 'category')",
        spelled,
    ).fetchone()
    return {"home": "the front page", "category": "a category page"}.get(row[0])


def _canonical(url: str) -> str:
    try:
        return canonical(url)
    except AddressError:
        return url


def _find_landing(db: sqlite3.Connection, source: str, target: str, at: str) -> Landing | None:
    """Return what the capture of a redirect's target found that is nearest to an instant; the
    target in the spelling of its paper, where the redirect has been read."""
    known = db.execute(
        "SELECT a.url FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE s.source = ? AND s.channel = 'redirect' AND s.spelled = ?",
        (source, target),
    ).fetchone()
    spelled = spell(known[0] if known else _canonical(target))
    row = db.execute(
        "SELECT c.url, c.status, c.location, r.role, r.impostor, r.warnings FROM captures c "
        "LEFT JOIN readings r ON r.capture_id = c.id "
        f"WHERE c.url IN ({','.join('?' * len(spelled))}) AND c.status IS NOT NULL "
        "AND abs(julianday(c.captured_at) - julianday(?)) <= 1 "
        "ORDER BY abs(julianday(c.captured_at) - julianday(?)), c.captured_at, c.id LIMIT 1",
        (*spelled, at, at),
    ).fetchone()
    return Landing(*row) if row else None
