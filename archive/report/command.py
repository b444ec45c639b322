"""`khobao report`: writes the page or the text; what it needs is imported when it is typed."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from pathlib import Path

import click

from archive.clock import find_clock
from archive.connection import INDEX, connect
from archive.days import parse
from archive.door import UsageError, archive_option, find_archive
from archive.report.tongue import LANGUAGES, Language

LONGEST = 3_653  # days: beyond ten years no line of a drawing is wider than a hair


@click.command("report")
@click.option("--since", metavar="D", help="From this day on: YYYY[-MM[-DD]].  [default: 30 days]")
@click.option("-o", "--output", default="-", show_default=True, help="A file; - for stdout.")
@click.option("--text", "as_text", is_flag=True, help="A short text for mail, not a page.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of its words.",
)
@archive_option
def report_command(
    since: str | None, output: str, as_text: bool, language: Language, folder: Path | None
) -> None:
    """Write what the nights brought: one page for people, to read, print or mail.

    What is broken stands first, with its remedy; then what to do next, each paper's articles a day
    beside what is usual, how politely it was asked, and how long the disk lasts.
    """
    from archive.crawled import find_present
    from archive.exports.target import open_target
    from archive.report.facts import gather
    from archive.report.page import write_page
    from archive.report.text import write_text

    now = find_clock(os.environ)()
    first = read_since(since, now) if since else None
    root = find_archive(folder)
    db = connect(root / INDEX)
    try:
        now = find_present(db, now)
        facts = gather(db, root, now, first)
    finally:
        db.close()
    written = write_text(facts, language) if as_text else write_page(facts, language)
    if output == "-":
        click.echo(written, nl=False)
        return
    with open_target(Path(output)) as stream:
        stream.write(written.encode())
    click.echo(f"report written to {output}", err=True)


def read_since(text: str, now: datetime) -> date:
    """Return the first day of a report. Raises DayError, and UsageError for a day to come or one
    that is too far back."""
    first = parse(text).first
    if first > now.date() + timedelta(days=1):
        raise UsageError(f"{first} is still to come: begin the report on a day gone by")
    if (now.date() - first).days > LONGEST:
        least = now.date() - timedelta(days=LONGEST)
        raise UsageError(f"a report is of ten years at most: begin it on {least} or later")
    return first
