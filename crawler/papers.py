"""Which papers a run is about, and what `khobao run --plan` says of them.

Apart from night.py and without Scrapy, so that a wrong name or an archive that is held by another
run is told before 0.8 s are spent on loading it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from archive.connection import INDEX, connect
from archive.door import console, table
from archive.instants import to_seconds, to_text
from crawler.config import Config, ConfigError
from crawler.rhythm import read_rhythm
from crawler.schedule import Visit, list_due, plan_visits
from spiders.catalog import Catalog, UnknownSite
from spiders.profile import ProfileError
from spiders.site import Site
from spiders.strict import Problem

RANKS = ("no answer last time", "", "left unfinished", "never visited", "no answer for days")


def choose_sites(root: Path, config: Config, catalog: Catalog, named: Sequence[str]) -> list[str]:
    """Return the keys of the papers of a run: the named ones, else those of khobao.toml, else those
    crawled before and those of the archive's own sites/ folder.

    Raises ConfigError for words of khobao.toml about papers that are not in the catalog, and
    UnknownSite where there is no paper at all.
    """
    known = set(catalog.keys())
    path = root / "khobao.toml"
    problems = [
        Problem(f"run.{word}", f"no paper is called {key!r}; `khobao sites` lists them")
        for word, keys in (("sites", config.run.sites), ("hours", config.run.hours))
        for key in keys
        if key not in known
    ]
    if problems:
        raise ConfigError(str(path), problems, "correct these keys, or add the papers' profiles")
    chosen = list(dict.fromkeys(named or config.run.sites))
    if not chosen:
        own = [one.stem for one in sorted((root / "sites").glob("*.toml"))]
        crawled = _list_crawled(root)
        chosen = [key for key in dict.fromkeys([*crawled, *own]) if key in known]
    if not chosen:
        raise UnknownSite(
            "no paper is followed yet: name one as in `khobao run SITE`, or write "
            f"sites = [...] under [run] in {path}"
        )
    return chosen


def read_sites(
    catalog: Catalog, keys: Sequence[str]
) -> tuple[list[Site], list[tuple[str, ProfileError]]]:
    """Return the papers whose profiles can be used, and what is wrong with the others': one broken
    file does not stop the night of all. Raises UnknownSite."""
    sites, broken = [], []
    for key in keys:
        try:
            sites.append(catalog.get(key))
        except ProfileError as error:
            broken.append((key, error))
    return sites, broken


def plan_run(
    db: sqlite3.Connection | None, root: Path, config: Config, sites: Sequence[Site], now: datetime
) -> tuple[list[Visit], list[Visit]]:
    """Return the visits of papers in the order of a run: all, and those that are to be made."""
    every = timedelta(hours=config.run.every_hours)
    visits = plan_visits(db, sites, now, every=every, hours=config.run.hours)
    rhythm = read_rhythm(root / "logs", now)
    return visits, list_due(visits, now, every=every, rhythm=rhythm)


def say_plan(
    root: Path,
    config: Config,
    catalog: Catalog,
    named: Sequence[str],
    now: datetime,
    *,
    as_json: bool,
) -> None:
    """Print which papers are due at ``now``, and when the others will be."""
    sites, broken = read_sites(catalog, choose_sites(root, config, catalog, named))
    db = connect(root / INDEX) if (root / INDEX).is_file() else None
    try:
        visits, made = plan_run(db, root, config, sites, now)
    finally:
        if db is not None:
            db.close()
    due = {visit.key for visit in made}
    grid = table("paper", "last visit", "due", "why")
    for visit in visits:
        last, when = to_text(visit.last_at) if visit.last_at else None, to_text(visit.due_at)
        if as_json:
            row = {"site": visit.key, "last_at": last, "due_at": when, "due": visit.key in due}
            click.echo(json.dumps(row))
        when = "now" if visit.key in due else to_seconds(when)
        grid.add_row(visit.key, to_seconds(last or "-"), when, RANKS[visit.rank])
    if not as_json:
        console().print(grid)
    for _, error in broken:
        click.echo(str(error), err=True)


def _list_crawled(root: Path) -> list[str]:
    if not (root / INDEX).is_file():
        return []
    db = connect(root / INDEX)
    try:
        return [site for (site,) in db.execute("SELECT DISTINCT site FROM crawls ORDER BY site")]
    finally:
        db.close()
