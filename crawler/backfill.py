"""`khobao backfill`: fetch what a paper published in days gone by, as far as its lists still tell.

The same road, robots, rate and caps as `khobao crawl`; walk/backward.py decides what is asked.
Without --from and --to the days are those that the archive knows of: from the first of the month of
the oldest article that is held or announced with a date, to the day before today. Rejected: "all
there ever was" as the default (a paper has 100,000 articles: a year of nights).
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

import click

from archive.clock import find_clock, read_start
from archive.connection import INDEX, connect
from archive.days import Days, parse
from archive.door import Amount, UsageError, archive_option, find_root
from archive.lock import Lock
from archive.paperday import find_zone
from crawler import config as config_file
from crawler.identity import check_identity
from spiders.catalog import Catalog


@click.command("backfill")
@click.argument("site")
@click.option("--from", "since", metavar="D", help="The first day: YYYY[-MM[-DD]].")
@click.option("--to", "until", metavar="D", help="The last day: YYYY[-MM[-DD]].")
@click.option("--max-pages", type=click.IntRange(1), help="Requests (robots.txt apart).")
@click.option("--max-minutes", type=Amount(0, min_open=True), help="Minutes.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@archive_option
def backfill_command(
    site: str,
    since: str | None,
    until: str | None,
    max_pages: int | None,
    max_minutes: float | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Fetch the articles of days gone by, through sitemaps and older pages of categories.

    Safe to stop and to start again at any time: it goes on where it was, days that were walked are
    not walked again, and no article is asked for twice. `khobao completeness` says what is missing.
    """
    root = find_root(folder)
    config = config_file.load(root / "khobao.toml")
    extra = root / "sites"
    catalog = Catalog(extra if extra.is_dir() else None)
    check_identity(config, [catalog.get(site)], root / "khobao.toml")
    with Lock(root) as lock:
        days = find_days(root, site, since, until)
        from crawler.cli import say_report
        from crawler.run import crawl
        from crawler.session import Session

        session = Session(
            root,
            config,
            max_pages=max_pages,
            max_minutes=max_minutes,
            backfill=days,
            lock=lock,
            simulated=read_start(os.environ),
        )
        code = crawl(session, catalog, [site], lambda report: say_report(report, as_json))
        if not as_json:
            click.echo(tell(days, session.reports[-1].counts))
        sys.exit(code)


def find_days(root: Path, site: str, since: str | None, until: str | None) -> Days:
    """Return the days to fill in. Raises DayError for words that are none, UsageError for days in
    the wrong order, and where nothing says how far back to go."""
    db = connect(root / INDEX) if (root / INDEX).is_file() else None
    try:
        zone = find_zone(db, site) if db is not None else None
        yesterday = find_clock(os.environ)().astimezone(zone).date() - timedelta(days=1)
        last = parse(until).last if until else yesterday
        if since:
            first = parse(since).first
        else:
            from archive.backlog import count_days, find_oldest

            oldest = find_oldest(count_days(db, site)) if db is not None else None
            if oldest is None:
                raise UsageError(
                    f"nothing is held of {site!r} that would say how far back to go: "
                    "give --from, or `khobao crawl` it first"
                )
            first = oldest
    finally:
        if db is not None:
            db.close()
    if first > last:
        raise UsageError(f"--from {first} is after --to {last}: exchange them")
    return Days(first, last)


def tell(days: Days, counts: dict[str, object]) -> str:
    """Return how far a backfill came, as a line for people."""
    said = f"  {days.first} to {days.last}: {counts.get('lists', 0)} list pages walked"
    if counts.get("undated"):
        said += (
            f"; {counts['undated']} listed articles whose day no list tells are left to "
            "`khobao crawl`"
        )
    return said
