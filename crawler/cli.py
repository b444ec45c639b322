"""The front door `khobao`: the archive's commands and the crawler's. It only dispatches.

Scrapy and trafilatura are imported where a crawl or an import begins: loading them takes 0.8 s,
and `khobao search` is typed by people who wait for it.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive import cli as archive_cli
from archive.cli import ArchiveDoor
from archive.clock import make_clock, read_start
from archive.connection import INDEX
from archive.door import (
    EPILOG,
    Amount,
    Codes,
    UsageError,
    archive_option,
    find_archive,
    find_root,
    hush,
)
from archive.folders import make_folders
from archive.lock import Lock
from crawler import config as config_file
from crawler.backfill import backfill_command
from crawler.check.command import check_command
from crawler.config import TEMPLATE, ConfigError
from crawler.identity import check_identity
from crawler.papers import choose_sites, read_sites, say_plan
from crawler.rereading import reread_command
from crawler.scaffold.ends import NotUnderstood, Unavailable
from crawler.scaffold.place import find_place
from crawler.sites import sites_command
from crawler.version import VERSION
from crawler.wire.proxy import ProxyError
from spiders.catalog import Catalog, UnknownSite
from spiders.profile import ProfileError

if TYPE_CHECKING:
    from crawler.importing import Imported
    from crawler.session import Report

Folder = Path | None


class FrontDoor(ArchiveDoor):
    """Adds the errors of khobao.toml and of profiles."""

    codes: Codes = (
        (ConfigError, 2),
        (ProfileError, 2),
        (UnknownSite, 2),
        (ProxyError, 2),
        (NotUnderstood, 3),
        (Unavailable, 4),
        *ArchiveDoor.codes,
    )


@click.group(cls=FrontDoor, epilog=EPILOG)
@click.version_option(VERSION, prog_name="khobao")
@archive_option
@click.pass_context
def main(context: click.Context, folder: Folder) -> None:
    """Kho Báo, the newspaper vault: crawl regional papers, keep them, find them again."""
    context.obj = {"folder": folder}


for command in (
    *archive_cli.main.commands.values(),
    *(sites_command, backfill_command, check_command, reread_command),
):
    main.add_command(command)


@main.command("init")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), required=False)
@archive_option
def init_command(directory: Folder, folder: Folder) -> None:
    """Make an archive's folder with a commented khobao.toml."""
    root = directory or find_root(folder)
    make_folders(root)
    target = root / "khobao.toml"
    if target.exists():
        click.echo(f"{target} is there already and stays as it is")
        return
    part = target.with_name(f"{target.name}.part")  # a half one would stay as it is for ever
    part.write_text(TEMPLATE, encoding="utf-8")
    part.replace(target)
    click.echo(f"made {root}; now say in {target} who you are, then `khobao crawl SITE`")


def open_catalog(root: Path) -> Catalog:
    """Return the shipped papers and the archive's own."""
    return Catalog(root / "sites")


@main.command("crawl")
@click.argument("sites", nargs=-1, metavar="[SITE...]")
@click.option("--all", "everything", is_flag=True, help="Every site of the archive's catalog.")
@click.option("--max-pages", type=click.IntRange(1), help="Requests a site (robots.txt apart).")
@click.option("--max-minutes", type=Amount(0, min_open=True), help="Minutes a site.")
@click.option(
    "--recheck",
    type=Amount(0, 36_500),
    metavar="DAYS",
    help="Also ask again for every article first seen in the last DAYS days.",
)
@click.option("--all-lists", is_flag=True, help="Ask every list too, whatever its clock says.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site.")
@archive_option
def crawl_command(
    sites: tuple[str, ...],
    everything: bool,
    max_pages: int | None,
    max_minutes: float | None,
    recheck: float | None,
    all_lists: bool,
    as_json: bool,
    folder: Folder,
) -> None:
    """Crawl papers: only what is new or due is asked for; safe to start again at any time."""
    root = find_root(folder)
    if bool(sites) == everything:
        raise UsageError("name the sites to crawl, or --all; `khobao sites` lists them")
    config = config_file.load(root / "khobao.toml")
    catalog = open_catalog(root)
    keys = list(dict.fromkeys(catalog.keys() if everything else sites))
    check_identity(config, [catalog.get(key) for key in keys], root / "khobao.toml")
    with Lock(root) as lock:  # before Scrapy is loaded: of two that start together one leaves soon
        from crawler.run import crawl, obey_sigterm
        from crawler.session import Session

        obey_sigterm()
        session = Session(
            root,
            config,
            max_pages=max_pages,
            max_minutes=max_minutes,
            recheck_days=recheck,
            ask_all=all_lists,
            lock=lock,
            simulated=read_start(os.environ),
        )
        for name, damage in session.archive.damage:
            where = f"{name} at byte {damage.offset}"
            click.echo(f"{where}: {damage.reason}; run `khobao verify`", err=True)
        sys.exit(crawl(session, catalog, keys, lambda report: say_report(report, as_json)))


@main.command("run")
@click.argument("sites", nargs=-1, metavar="[SITE...]")
@click.option(
    "--minutes", type=Amount(0, min_open=True), help="Ended after so many, at the latest."
)
@click.option("--plan", "only_plan", is_flag=True, help="Say what is due, and when; ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a site.")
@archive_option
def run_command(
    sites: tuple[str, ...],
    minutes: float | None,
    only_plan: bool,
    as_json: bool,
    folder: Folder,
) -> None:
    """Crawl the papers that are due, within the time there is: what cron and systemd start.

    Safe to start at any moment. Without SITE: the papers of [run] in khobao.toml, else those
    crawled before or added to sites/. Says nothing when nothing is due.
    """
    root = find_root(folder)
    start = read_start(os.environ)
    config = config_file.load(root / "khobao.toml")
    catalog = open_catalog(root)
    if only_plan:
        say_plan(root, config, catalog, sites, make_clock(start)(), as_json=as_json)
        return
    keys = choose_sites(root, config, catalog, sites)
    check_identity(config, read_sites(catalog, keys)[0], root / "khobao.toml")
    with Lock(root) as lock:
        from crawler.night import Night, keep_night
        from crawler.run import obey_sigterm

        obey_sigterm()
        night = Night(
            root,
            config,
            make_clock(start),
            start,
            minutes or config.run.minutes,
            lambda report: say_report(report, as_json),
        )
        sys.exit(keep_night(night, catalog, keys, lock))


def say_report(report: Report, as_json: bool) -> None:
    """Print how the crawl of a site ended. A night goes on where nobody listens any more: its log,
    its mail and its exit code tell too."""
    try:
        print_report(report, as_json)
    except BrokenPipeError:
        hush()


def print_report(report: Report, as_json: bool) -> None:
    """Print a line and its problems, or an object."""
    from crawler.run import exit_of

    if as_json:
        data = {**asdict(report), "exit_code": exit_of(report)}
        click.echo(json.dumps(data, ensure_ascii=False))
        return
    counts = report.counts
    click.echo(
        f"{report.site}: {report.outcome}; {counts.get('requests', 0)} requests, "
        f"{counts.get('articles_new', 0)} new articles, "
        f"{counts.get('articles_changed', 0)} changed, {counts.get('unchanged', 0)} unchanged, "
        f"{counts.get('bytes', 0)} bytes"
    )
    for problem in report.problems:
        click.echo(f"  ! {problem}")


@main.command("new")
@click.argument("url")
@click.option(
    "--dir",
    "directory",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the profile is written (else the archive's sites/).",
)
@click.option("--key", help="The site's key (else its host's name).")
@click.option("--delay", type=Amount(0), default=1.0, help="Seconds between requests, at least.")
@click.option("--force", is_flag=True, help="Write over a profile that is there.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@archive_option
def new_command(
    url: str,
    directory: Folder,
    key: str | None,
    delay: float,
    force: bool,
    as_json: bool,
    folder: Folder,
) -> None:
    """Look at an unknown paper and write a profile that says what it trusts.

    About thirty requests are sent; robots.txt is obeyed, nothing is archived.
    """
    root = find_root(folder)
    config = config_file.load(root / "khobao.toml")
    place = find_place(url, key, directory or root / "sites", open_catalog(root), force=force)
    check_identity(config, [place.site], root / "khobao.toml")
    from crawler.scaffold.scaffold import survey_paper, write_site
    from crawler.scaffold.tell import describe, write_report

    found = survey_paper(place.url, place.site.key, config, delay=delay)
    files = write_site(found, place.path)
    if as_json:
        click.echo(json.dumps(describe(found, place.path, files), ensure_ascii=False))
    else:
        click.echo(write_report(found, place.path, files))


@main.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--site", help="Whose pages these are; else their hosts decide.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@archive_option
def import_command(
    files: tuple[Path, ...], site: str | None, as_json: bool, folder: Folder
) -> None:
    """Take in WARC files made by others: kept as they came, indexed, read."""
    root = find_root(folder)
    config = config_file.load(root / "khobao.toml")
    with Lock(root) as lock:
        from crawler.importing import import_files
        from crawler.session import Session

        whole = import_files(
            Session(root, config, lock=lock, simulated=read_start(os.environ)),
            open_catalog(root),
            list(files),
            site=site,
            say=lambda imported: say_import(imported, as_json),
        )
    sys.exit(0 if whole else 3)


def say_import(imported: Imported, as_json: bool) -> None:
    """Print what came of an imported file."""
    if as_json:
        click.echo(json.dumps(asdict(imported), ensure_ascii=False))
        return
    if imported.known:
        click.echo(f"{imported.file}: held already, nothing to do")
        return
    click.echo(
        f"{imported.file}: {imported.records} records, {imported.captures} captures, "
        f"{imported.articles} articles read"
    )
    unread = sum(imported.statuses.values()) - imported.statuses.get("ok", 0)
    if unread:
        click.echo(f"  ! {unread} pages could not be read: SELECT * FROM quarantine names them")
    for damage in imported.damage:
        click.echo(f"  ! at byte {damage.offset}, {damage.length} bytes: {damage.reason}")


@main.command("rebuild")
@archive_option
def rebuild_command(folder: Folder) -> None:
    """Make index.db again from the WARC files alone."""
    from archive.rebuild import rebuild

    root = find_archive(folder)
    rebuilt = rebuild(root)
    click.echo(f"{INDEX} made again from {rebuilt.files} WARC files, {rebuilt.records} records")
    for name, damage in rebuilt.damage:
        click.echo(f"! {name} at byte {damage.offset}: {damage.reason}; restore it from a copy")
    sys.exit(3 if rebuilt.damage else 0)
