"""The archive's commands: what they take, what they print. It only dispatches."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from archive.connection import INDEX, connect
from archive.days import DayError
from archive.desk import changes_command, clusters_command, health_command, history_command
from archive.door import (
    EPILOG,
    Codes,
    Door,
    UsageError,
    archive_option,
    console,
    find_archive,
    table,
)
from archive.errors import ArchiveError, LockedError
from archive.explain import explain, print_explained
from archive.exports.export import FORMATS, export
from archive.exports.selection import ExportError
from archive.find import check_site, find
from archive.instants import to_seconds
from archive.page import open_page
from archive.printing import print_article
from archive.query import QueryError, hint
from archive.report.command import report_command
from archive.search import search
from archive.shortfall import completeness_command
from archive.show import describe, pick_capture, print_text
from archive.status import gather
from archive.warc.record import print_record

Folder = Path | None


class ArchiveDoor(Door):
    """Adds the errors of what people type: queries, dates, formats."""

    codes: Codes = (
        (UsageError, 2),
        (QueryError, 2),
        (DayError, 2),
        (ExportError, 2),
        (LockedError, 75),
        (ArchiveError, 5),
    )


@click.group(cls=ArchiveDoor, epilog=EPILOG)
@archive_option
@click.pass_context
def main(context: click.Context, folder: Folder) -> None:
    """What the archive holds: find it, show it, give it out, check it."""
    context.obj = {"folder": folder}


@main.command("search")
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@click.option("--site", help="Only this paper.")
@click.option("--from", "since", metavar="D", help="Published on or after: YYYY[-MM[-DD]].")
@click.option("--to", "until", metavar="D", help="Published on or before: YYYY[-MM[-DD]].")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@archive_option
def search_command(
    words: tuple[str, ...],
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    as_json: bool,
    folder: Folder,
) -> None:
    """Find articles by their words, with or without accents.

    Words must all occur; "a phrase" in quotes; -word excludes; OR between words; word* for
    beginnings. Words typed with accents put exact matches first.
    """
    db = connect(find_archive(folder) / INDEX)
    check_site(db, site)
    query = " ".join(words)
    hits = search(db, query, site=site, since=since, until=until, limit=limit)
    if as_json:
        for hit in hits:
            click.echo(json.dumps(asdict(hit), ensure_ascii=False))
        return
    out = console()
    for hit in hits:
        out.print(f"[bold]{hit.id}[/]  {hit.date_published or 'no date'}  {hit.site}", style=None)
        out.print(f"    {hit.title}", markup=False)
        out.print(f"    {hit.url}", markup=False)
        out.print(f"    {hit.snippet}", markup=False)
    if not hits:
        out.print(f"nothing found{hint(query)}", markup=False)


@main.command("show")
@click.argument("what", metavar="URL-OR-ID")
@click.option("--version", "number", type=int, help="A version's number; else the latest.")
@click.option("--text", "form", flag_value="text", help="Title, lead and text only.")
@click.option("--html", "form", flag_value="html", help="The page's bytes, as the server sent it.")
@click.option("--warc", "form", flag_value="warc", help="The WARC record.")
@click.option("--json", "form", flag_value="json", help="All fields as JSON.")
@click.option("--explain", "why", is_flag=True, help="Where each field came from, what was cut.")
@archive_option
def show_command(
    what: str, number: int | None, form: str | None, why: bool, folder: Folder
) -> None:
    """Show an article: what was read, its versions, where its bytes lie."""
    if why and form not in (None, "json"):
        raise UsageError(f"--explain and --{form} exclude each other: give one of them")
    root = find_archive(folder)
    db = connect(root / INDEX)
    meant = find(db, what)
    if why:
        told = explain(db, meant, number)
        lines = [json.dumps(told, ensure_ascii=False, indent=1)] if form else print_explained(told)
        for line in lines:
            click.echo(line)
    elif form in ("html", "warc"):
        page = open_page(db, root, pick_capture(db, meant, number))
        data = page.content if form == "html" else print_record(page.record)
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    elif form == "text":
        click.echo(print_text(db, meant, number))
    else:
        description = describe(db, meant, number)
        if form == "json":
            click.echo(json.dumps(description, ensure_ascii=False, indent=1))
            return
        for line in print_article(description):
            click.echo(line)


@main.command("export")
@click.argument("format", type=click.Choice(FORMATS), metavar="FORMAT")
@click.option("-o", "--output", default="-", show_default=True, help="A file; - for stdout.")
@click.option("--site", help="Only this paper.")
@click.option("--from", "since", metavar="D", help="Published on or after: YYYY[-MM[-DD]].")
@click.option("--to", "until", metavar="D", help="Published on or before: YYYY[-MM[-DD]].")
@click.option("--query", help="Only articles that `search` would find.")
@click.option("--all-versions", is_flag=True, help="A record a version, not an article.")
@archive_option
def export_command(
    format: str,
    output: str,
    site: str | None,
    since: str | None,
    until: str | None,
    query: str | None,
    all_versions: bool,
    folder: Folder,
) -> None:
    """Write articles as a dataset; the same archive gives the same bytes."""
    db = connect(find_archive(folder) / INDEX)
    check_site(db, site)
    number = export(
        db,
        format,
        "-" if output == "-" else Path(output),
        site=site,
        since=since,
        until=until,
        query=query,
        all_versions=all_versions,
    )
    click.echo(f"{number} records written to {output}", err=True)


@main.command("verify")
@click.option("--since", metavar="D", help="Only files with captures since: YYYY-MM-DD.")
@click.option("--sample", type=click.IntRange(1), help="Only this many captures.")
@click.option("--seed", default=0, show_default=True, help="Which captures --sample draws.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a problem, then a summary.")
@archive_option
def verify_command(
    since: str | None, sample: int | None, seed: int, as_json: bool, folder: Folder
) -> None:
    """Check the WARC files against themselves and the index against the files.

    Exits 3 on damage. What was damaged when it was imported is told as known, and is no failure.
    """
    from archive.verdict import Verdict, find_index, show_progress
    from archive.warc.verify import verify_archive

    root = find_archive(folder)
    verdict = Verdict(as_json=as_json)
    with show_progress("verify") as progress:
        for problem in verify_archive(
            root,
            find_index(root),
            sample=sample,
            seed=seed,
            since=read_instant(since) if since else None,
            progress=progress,
            checked=verdict.checked,
        ):
            verdict.tell(problem)
    verdict.close()
    sys.exit(3 if verdict.damage else 0)


def read_instant(text: str) -> datetime:
    """Return the instant at which an ISO 8601 day or instant begins, in UTC. Raises UsageError."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"not a day: {text!r}; write it as 2026-01-31") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


@main.command("repair")
@archive_option
def repair_command(folder: Folder) -> None:
    """Mend what can be mended without inventing anything, and say what was done.

    Files that a crash left open are closed, tails that are no record move to .torn, the manifest
    and the index are made again from what proves itself. Exits 3 if something is left.
    """
    from archive.repair import repair
    from archive.verdict import show_progress

    root = find_archive(folder)
    with show_progress("repair") as progress:
        repaired = repair(root, progress=progress)
    for words in repaired.done:
        click.echo(f"done: {words}")
    for words in repaired.refused:
        click.echo(f"not done: {words}")
    for problem in repaired.left:
        click.echo(f"{'known' if problem.known else 'left'}: {problem}")
    if not repaired.done and not repaired.refused and repaired.whole:
        click.echo("there is nothing to repair")
    elif repaired.whole:
        click.echo("`khobao verify` finds nothing wrong any more")
    sys.exit(0 if repaired.whole else 3)


@main.command("status")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@archive_option
def status_command(as_json: bool, folder: Folder) -> None:
    """What is held of each paper, how the last crawl ended, what needs a look."""
    root = find_archive(folder)
    status = gather(root)
    if as_json:
        click.echo(json.dumps(status, ensure_ascii=False))
        return
    out = console()
    grid = table("site", "articles", "versions", "captures", "newest", "last crawl", "outcome")
    for paper in status["sites"]:
        counts = (str(paper[name]) for name in ("articles", "versions", "captures"))
        last = to_seconds(paper["last_crawl"] or "-")
        grid.add_row(paper["site"], *counts, paper["newest"] or "-", last, paper["outcome"] or "-")
    out.print(grid)
    for name in ("archive", "warc_files", "warc_bytes", "index_bytes", "free_bytes", "writer"):
        out.print(f"{name:<12}{status[name]}", markup=False)
    for problem in status["problems"]:
        out.print(f"! {problem}", markup=False)


for _command in (clusters_command, history_command, changes_command, health_command):
    main.add_command(_command)
main.add_command(completeness_command)
main.add_command(report_command)
