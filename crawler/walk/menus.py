"""Which lists a page leads to that lists lists: the front page, and the menu of a JSON API.

Decision: they are asked for again although the page that names them is the same as yesterday. A
front page that scripts fill and a menu never change, and what they lead to does every hour.
Rejected: category pages as such pages too (each carries the whole menu, every night).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from archive.index.addresses import Announced
from archive.index.frontier import Task
from archive.records import Capture
from spiders.site import Site


def is_menu(db: sqlite3.Connection, capture: Capture, task: Task) -> bool:
    """Say whether the lists that a page names are walked because it names them."""
    if task.role != "category":
        return task.role == "home"
    mime = capture.mime or _recall_mime(db, capture.url)
    return mime.endswith("json")


def _recall_mime(db: sqlite3.Connection, url: str) -> str:
    """What an address last sent: a 304 does not say it (RFC 9110, 15.4.5)."""
    row = db.execute(
        "SELECT mime FROM captures WHERE url = ? AND mime IS NOT NULL ORDER BY id DESC LIMIT 1",
        (url,),
    ).fetchone()
    return row[0] if row else ""


def list_announced(announced: Iterable[Announced]) -> list[tuple[str, str]]:
    """Return the feeds and categories of a page that was read just now, each with its role."""
    return [
        (item.address, item.link.role)
        for item in announced
        if item.skip is None and item.link.role in ("feed", "category")
    ]


def find_lists(db: sqlite3.Connection, source: str) -> list[tuple[str, str]]:
    """Return the feeds and categories that a page names, each with its role, as last announced."""
    return db.execute(
        "SELECT a.url, a.role FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE s.source = ? AND a.role IN ('feed', 'category') "
        "AND a.state NOT IN ('skipped', 'gone') AND s.dropped_at IS NULL GROUP BY a.url "
        "ORDER BY min(a.id)",
        (source,),
    ).fetchall()


def find_fillers(db: sqlite3.Connection, source: str) -> list[str]:
    """Return what fills a category page that never listed an article: it is the same every night,
    and what a script puts into it is not."""
    rows = db.execute(
        "SELECT a.url FROM sightings s JOIN addresses a ON a.id = s.address_id WHERE s.source = ?1 "
        "AND s.channel = 'category' AND a.role = 'category' AND a.page = 2 "
        "AND a.state NOT IN ('skipped') AND (SELECT max(r.listed) FROM captures c "
        "JOIN readings r ON r.capture_id = c.id WHERE c.url = ?1) = 0 ORDER BY a.id",
        (source,),
    )
    return [url for (url,) in rows]


def is_wanted(site: Site, source: str, role: str) -> bool:
    """Say whether a list is walked that a page of the role ``source`` names: of a JSON menu always,
    of the front page where the profile lists none."""
    walk = site.profile.walk
    if source != "home":
        return True
    if role == "feed":
        return not walk.feeds
    return not walk.categories or bool(walk.category)


def lists_any(capture: Capture, announced: Iterable[Announced]) -> bool:
    """Say whether a category page lists what it should. A JSON menu lists categories and no
    article; a page of HTML has its menu on it always."""
    as_json = (capture.mime or "").endswith("json")
    listed = ("article", "category") if as_json else ("article",)
    return any(item.link.role in listed for item in announced)


def is_sure(db: sqlite3.Connection, site: Site, url: str) -> bool:
    """Say whether a category is one beyond doubt: the profile names it otherwise than by a guess,
    or it announced articles before. A guess may be the page of the paper's own address."""
    walk = site.profile.walk
    if site.role(url) == "category" and site.declares(url):
        return True
    if site.trusted("walk.category") != "guess" and any(rule.search(url) for rule in walk.category):
        return True
    row = db.execute(
        "SELECT 1 FROM sightings s JOIN addresses a ON a.id = s.address_id "
        "WHERE s.source = ? AND a.role = 'article' LIMIT 1",
        (url,),
    ).fetchone()
    return row is not None
