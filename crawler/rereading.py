"""`khobao reread`: the words of the command line; what it does is imported when it is typed."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import click

from archive.cli import read_instant
from archive.clock import read_start
from archive.door import UsageError, archive_option, find_archive
from archive.lock import Lock
from crawler import config as config_file
from crawler.recount import exit_of, say
from spiders.catalog import Catalog


@click.command("reread")
@click.argument("site")
@click.option("--quarantined", "chosen", flag_value="quarantined", help="What could not be read.")
@click.option("--since", metavar="D", help="Captures since: YYYY-MM-DD.")
@click.option("--all", "chosen", flag_value="all", help="Every capture.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@archive_option
def reread_command(
    site: str, chosen: str | None, since: str | None, as_json: bool, folder: Path | None
) -> None:
    """Read captures again with the present profile and reader; no request is sent.

    Without an option: what could not be read. What the present profile and reader have read
    already is passed over, so a run that was interrupted goes on where it stopped. What holds a
    line that many pages share is always read again if that was learned since.
    """
    if chosen and since:
        raise UsageError(f"--since and --{chosen} exclude each other: give one of them")
    instant = read_instant(since) if since else None
    root = find_archive(folder)
    config = config_file.load(root / "khobao.toml")
    paper = Catalog(root / "sites").get(site)
    with Lock(root) as lock:
        from crawler.reread import reread
        from crawler.session import Session

        session = Session(root, config, lock=lock, simulated=read_start(os.environ))
        told = reread(session, paper, since=instant, everything=chosen == "all")
    if as_json:
        click.echo(json.dumps(asdict(told), ensure_ascii=False))
    else:
        click.echo("\n".join(say(told)))
    sys.exit(exit_of(told))
