"""`khobao sites`: the papers that can be crawled, how well they are known, and where they moved.

Kept apart from cli.py, which only dispatches: this command alone puts what profiles say beside
what an archive holds. An archive is not needed; without one the columns that it fills are empty.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from archive.connection import INDEX, connect
from archive.door import archive_option, console, find_root, table
from archive.instants import to_seconds
from spiders.catalog import Catalog
from spiders.moves import list_moves
from spiders.site import Site
from spiders.tables import count_trust

Row = dict[str, Any]
SUCCESS = ("finished", "capped")  # outcomes after which the paper's news is held


@click.command("sites")
@click.option("--moves", is_flag=True, help="The map of moves: old hosts, and where they lead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site, or a move.")
@archive_option
def sites_command(moves: bool, as_json: bool, folder: Path | None) -> None:
    """List the papers that can be crawled, how well they are known, and what is held of them.

    An answer of a profile is seen (on the paper's own pages), its family's habit, or a guess:
    "trust" counts the best and the worst of them.
    """
    root = find_root(folder)
    sites, errors = Catalog(root / "sites").all()
    db = connect(root / INDEX) if (root / INDEX).is_file() else None
    gather: Callable[[Sequence[Site], sqlite3.Connection | None], list[Row]]
    gather = gather_moves if moves else gather_sites
    rows = gather(sites, db)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        print_rows([row if moves else shorten(row) for row in rows])
    for error in errors:
        click.echo(str(error), err=True)
    sys.exit(2 if errors else 0)


def gather_sites(sites: Sequence[Site], db: sqlite3.Connection | None) -> list[Row]:
    """Return a row a paper; ``last_crawl`` is the start of the last one that succeeded."""
    articles = _pairs(db, "SELECT site, count(*) FROM articles GROUP BY site")
    marks = ", ".join("?" * len(SUCCESS))
    query = f"SELECT site, max(started_at) FROM crawls WHERE outcome IN ({marks}) GROUP BY site"
    crawls = _pairs(db, query, SUCCESS)
    now = {site.key: site.profile.province for site in sites}
    return [
        {
            "site": site.key,
            "title": site.title,
            "province": site.profile.province or site.profile.region,
            "province_now": now.get(site.profile.merged_into or site.key),
            "former": list(site.profile.former),
            "region": site.profile.region,
            "merged_into": site.profile.merged_into,
            "platform": site.platform,
            "trust": count_trust(site),
            "home": site.profile.home,
            "articles": articles.get(site.key, 0),
            "last_crawl": crawls.get(site.key),
        }
        for site in sites
    ]


def gather_moves(sites: Sequence[Site], db: sqlite3.Connection | None) -> list[Row]:
    """Return a row for every move of the profiles, then for every redirect between hosts that an
    archive holds and no profile knows."""
    redirects = count_redirects(db)
    rows = [
        {
            "from": move.old,
            "to": move.new,
            "site": move.site,
            "into": move.into,
            "reason": move.reason,
            "trust": move.trust,
            "redirects": redirects.pop((move.old, move.new), 0),
        }
        for move in list_moves(sites)
    ]
    owner = {host: site.key for site in sites for host in (*site.profile.domains, *_home(site))}
    for (old, new), count in sorted(redirects.items()):
        owners = {"site": owner.get(old), "into": owner.get(new)}
        more = {"reason": "redirect", "trust": "seen", "redirects": count}
        rows.append({"from": old, "to": new, **owners, **more})
    return rows


def count_redirects(db: sqlite3.Connection | None) -> Counter[tuple[str, str]]:
    """Return how many addresses of one host an archive saw lead to another, "www." apart."""
    found: Counter[tuple[str, str]] = Counter()
    if db is None:
        return found
    query = (
        "SELECT DISTINCT url, location FROM captures "
        "WHERE location IS NOT NULL AND status BETWEEN 300 AND 399"
    )
    for url, location in db.execute(query):
        old, new = urlsplit(url).netloc, urlsplit(location).netloc
        if new and old.removeprefix("www.") != new.removeprefix("www."):
            found[old, new] += 1
    return found


def shorten(row: Row) -> Row:
    """Return what of a paper's row fits on a line: the province with its name of today, trust as
    "9 seen, 7 guess"."""
    then, now = row["province"], row["province_now"]
    counts = row["trust"]
    ends = dict.fromkeys((next(iter(counts), ""), next(reversed(counts), "")))
    return {
        "site": row["site"],
        "title": row["title"],
        "province": f"{then} (now {now})" if now and now != then else then,
        "platform": row["platform"],
        "trust": ", ".join(f"{counts[mark]} {mark}" for mark in ends if mark),
        "home": row["home"],
        "articles": row["articles"],
        "last crawl": row["last_crawl"] and to_seconds(row["last_crawl"]),
    }


def print_rows(rows: Sequence[Row]) -> None:
    """Print rows of equal keys as a table."""
    grid = table(*(rows[0] if rows else ()))
    for row in rows:
        grid.add_row(*("-" if value is None else str(value) for value in row.values()))
    console().print(grid)


def _home(site: Site) -> tuple[str, ...]:
    return (urlsplit(site.profile.home).netloc, *site.profile.moved_from)


def _pairs(db: sqlite3.Connection | None, query: str, values: Sequence[str] = ()) -> dict[str, Any]:
    """Return the first two columns of a query; nothing without an archive."""
    return dict(db.execute(query, values).fetchall()) if db is not None else {}
