"""`khobao check SITE`: the words of the command line; what it does is imported when it is typed."""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import click

from archive.clock import find_clock
from archive.connection import INDEX, connect
from archive.door import UsageError, archive_option, find_archive, find_root
from crawler import config as config_file
from crawler.identity import check_identity
from spiders.catalog import Catalog


@click.command("check")
@click.argument("site")
@click.option("--from-archive", "held", is_flag=True, help="On what is held: no request is sent.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@archive_option
def check_command(site: str, held: bool, as_json: bool, folder: Path | None) -> None:
    """Look whether a profile still understands its paper; nothing is kept.

    About 20 pages are looked at, robots.txt is obeyed. Exits 3 where something no longer fits, 4
    where the paper can not be reached.
    """
    root = find_archive(folder) if held else find_root(folder)
    config = config_file.load(root / "khobao.toml")
    extra = root / "sites"
    paper = Catalog(extra if extra.is_dir() else None).get(site)
    if not held:
        check_identity(config, [paper], root / "khobao.toml")
    if held and not (root / INDEX).is_file():
        raise UsageError(f"{root} holds nothing yet: `khobao crawl {site}`, or `khobao rebuild`")
    from crawler.check.check import check_archive, check_paper

    with closing(connect(root / INDEX)) if (root / INDEX).is_file() else nullcontext() as db:
        if held and db is not None:
            checked = check_archive(paper, config, db, root, find_clock(os.environ)())
        else:
            checked = check_paper(paper, config, db, find_clock(os.environ)())
    if as_json:
        click.echo(json.dumps(checked.describe(), ensure_ascii=False))
    else:
        click.echo(checked.write_report())
    sys.exit(checked.exit_code)
