"""Which article a person means: by id, by address in any spelling, by an address it once had."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from archive.door import UsageError
from archive.urls import AddressError, canonical, key

NUMBER = re.compile(r"[0-9]{1,18}")
"""An id: what SQLite can compare, and int() can read (isdigit() takes ² for one)."""


@dataclass(frozen=True, slots=True)
class Meant:
    """An article's id, or None where only captures of an address are held."""

    article_id: int | None
    url: str


def find(db: sqlite3.Connection, words: str) -> Meant:
    """Return what ``words`` (an id or an address) name. Raises UsageError."""
    if NUMBER.fullmatch(words.strip()):
        row = db.execute("SELECT id, url FROM articles WHERE id = ?", (int(words),)).fetchone()
        if row is None:
            raise UsageError(f"no article {words}: `khobao search` shows the ids there are")
        return Meant(row[0], row[1])
    try:
        address = canonical(words if "://" in words else f"https://{words}")
    except AddressError as error:
        raise UsageError(
            f"{error}: give an article's id or its address as the paper writes it"
        ) from error
    return _find_address(db, address) or _find_captures(db, address) or _give_up(words)


def _find_address(db: sqlite3.Connection, address: str) -> Meant | None:
    for url in _spellings(address):
        row = db.execute(
            "SELECT article_id, url FROM addresses WHERE url = ? AND article_id IS NOT NULL "
            "UNION ALL SELECT id, url FROM articles WHERE url = ? OR canonical_url = ? LIMIT 1",
            (url, url, url),
        ).fetchone()
        if row:
            return Meant(row[0], row[1])
    return _find_part(db, _spellings(address))


def _find_part(db: sqlite3.Connection, spelled: list[str]) -> Meant | None:
    """Return the article of which one of the addresses is a further page."""
    row = db.execute(
        "SELECT a.id, a.url FROM parts p JOIN readings r ON r.capture_id = p.capture_id "
        f"JOIN articles a ON a.id = r.article_id WHERE p.url IN ({','.join('?' * len(spelled))}) "
        "ORDER BY a.id LIMIT 1",
        spelled,
    ).fetchone()
    return Meant(*row) if row else None


def _find_captures(db: sqlite3.Connection, address: str) -> Meant | None:
    for url in _spellings(address):
        row = db.execute("SELECT url FROM captures WHERE url = ? LIMIT 1", (url,)).fetchone()
        if row:
            return Meant(None, row[0])
    return None


def _spellings(address: str) -> list[str]:
    """Return the spellings people type for one address: scheme, ``www.``, final slash."""
    bare = key(address)
    path, mark, query = bare.partition("?")
    ends = [path, path + "/"]
    return [
        address,
        *(
            f"{scheme}://{www}{end}{mark}{query}"
            for scheme in ("https", "http")
            for www in ("", "www.")
            for end in ends
        ),
    ]


def _give_up(words: str) -> Meant:
    raise UsageError(f"nothing is held of {words}: `khobao search` finds articles by their words")


def check_site(db: sqlite3.Connection, site: str | None) -> None:
    """Raise UsageError for a paper of which nothing is held: no hits would be a silent answer."""
    known = [key for (key,) in db.execute("SELECT site FROM sites ORDER BY site")]
    if site is not None and site not in known:
        raise UsageError(f"nothing is held of {site!r}; held are: {', '.join(known) or 'none'}")
