"""The commands that tell what became of articles and papers: clusters, history, changes, health.

What each does is imported when it is typed: 0.15 s of every other command's start.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.clock import find_clock
from archive.connection import INDEX, connect
from archive.door import archive_option, find_archive
from archive.find import check_site, find
from archive.records import CHANGES


@click.command("clusters")
@click.option("--since", metavar="D", help="Only with an article of this day or later.")
@click.option("--site", help="Only with an article of this paper.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@archive_option
def clusters_command(
    since: str | None, site: str | None, as_json: bool, folder: Path | None
) -> None:
    """Stories that stand at several addresses: who was first, what each changed.

    In several papers, as agencies' stories do, or twice in one. With --site and --since both, an
    article of that paper since that day is wanted. The newest stories come first.
    """
    from archive.printing import print_story
    from archive.scope import choose
    from archive.story import list_stories

    db = connect(find_archive(folder) / INDEX)
    check_site(db, site)
    found = False
    for story in list_stories(db, choose(site, since, None)):
        found = True
        lines = [json.dumps(story, ensure_ascii=False)] if as_json else print_story(story)
        for line in lines:
            click.echo(line)
    if not found and not as_json:
        click.echo("no story stands at two addresses")


@click.command("history")
@click.argument("what", metavar="URL-OR-ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, every changed sentence.")
@archive_option
def history_command(what: str, as_json: bool, folder: Path | None) -> None:
    """Tell an article's story: announced, published, changed, removed, moved, back again.

    Each chapter has its date in the paper's time zone and the capture that shows it.
    """
    from archive.history import tell
    from archive.telling import print_history

    db = connect(find_archive(folder) / INDEX)
    story = tell(db, find(db, what))
    if as_json:
        click.echo(json.dumps(story, ensure_ascii=False, indent=1))
        return
    for line in print_history(story):
        click.echo(line)


@click.command("changes")
@click.option("--since", metavar="D", required=True, help="On or after: YYYY[-MM[-DD]].")
@click.option("--to", "until", metavar="D", help="On or before: YYYY[-MM[-DD]].")
@click.option("--site", help="Only this paper.")
@click.option("--kind", type=click.Choice(CHANGES), help="Only these.", metavar="KIND")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@archive_option
def changes_command(
    since: str,
    until: str | None,
    site: str | None,
    kind: str | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """List what happened to articles, newest first.

    KIND is cosmetic, headline, text, correction, removed, moved or back. A removal counts from its
    first sign and is listed once it is believed. Moves of five articles and more of a paper in a
    day are one line, unless KIND or JSON is asked for.
    """
    from archive.changelist import list_changes
    from archive.telling import print_changes

    db = connect(find_archive(folder) / INDEX)
    check_site(db, site)
    rows = list_changes(db, since=since, until=until, site=site, kind=kind)
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    for line in print_changes(rows, fold=kind is None):
        click.echo(line)
    if not rows:
        click.echo("nothing changed")


@click.command("health")
@click.argument("site", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paper.")
@archive_option
def health_command(site: str | None, as_json: bool, folder: Path | None) -> None:
    """Say what broke, by what each paper's last crawl brought beside the nights before.

    Exits 3 if something did. With a SITE also what is usual, and what can not be judged yet.
    """
    from archive.crawled import find_present
    from archive.health import examine
    from archive.printing import print_health

    db = connect(find_archive(folder) / INDEX)
    check_site(db, site)
    known = [key for (key,) in db.execute("SELECT site FROM sites ORDER BY site")]
    now = find_present(db, find_clock(os.environ)())
    told = [examine(db, key, now) for key in ([site] if site else known)]
    for health in told:
        if as_json:
            click.echo(json.dumps(asdict(health), ensure_ascii=False))
        else:
            for line in print_health(asdict(health), whole=site is not None):
                click.echo(line)
    sys.exit(3 if any(health.findings for health in told) else 0)
