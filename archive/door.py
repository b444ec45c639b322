"""The command line's frame: one archive option, one table of exit codes, errors for people.

Used by `python -m archive` and by `khobao`, so that both answer alike. An expected error is one
line on stderr that ends with the remedy; an unexpected one keeps its traceback and exits 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.box import ROUNDED
from rich.console import Console
from rich.table import Table

from archive.errors import ArchiveError, LockedError

EXITS = {
    0: "done",
    1: "a bug",
    2: "usage or configuration",
    3: "finished, but a check failed",
    4: "the site could not be crawled (unreachable, refused by robots.txt, blocked)",
    5: "storage (disk, database, WARC)",
    75: "another run holds the archive",
    130: "interrupted",
}
EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code:>3}  {words}" for code, words in EXITS.items())
DEFAULT = "khobao-archive"


Codes = tuple[tuple[type[Exception], int], ...]
"""Which error ends with which exit code; the first kind that fits."""


class UsageError(Exception):
    """What was asked can not be done as it was asked; the message ends with the remedy."""


class Door(click.Group):
    """A group of commands whose errors become exit codes. ``codes`` adds a room's own errors."""

    codes: Codes = (
        (UsageError, 2),
        (LockedError, 75),
        (ArchiveError, 5),
    )

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run and exit; never returns unless ``standalone_mode`` is off."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.Abort:
            code = 130
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except KeyboardInterrupt:
            code = 130
        except BrokenPipeError:
            hush()
            code = 0
        except Exception as error:
            code = self._explain(error)
        sys.exit(code if isinstance(code, int) else 0)

    def _explain(self, error: Exception) -> int:
        for kind, code in self.codes:
            if isinstance(error, kind):
                click.echo(f"khobao: {error}", err=True)
                return code
        if isinstance(error, OSError):
            click.echo(f"khobao: {error}; make room or mend the disk, then run again", err=True)
            return 5
        raise error


def hush() -> None:
    """Print no more: our reader went away (`| head`), and Python would complain of it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def archive_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--archive`` to a command; it may also stand before the command's name."""
    return click.option(
        "--archive",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        help=f"The archive's folder (else KHOBAO_ARCHIVE, else ./{DEFAULT}).",
    )(function)


def find_root(folder: Path | None) -> Path:
    """Return the archive's folder: the option's, else KHOBAO_ARCHIVE's, else the default."""
    context = click.get_current_context()
    while folder is None and context.parent is not None:
        context = context.parent
        folder = (context.obj or {}).get("folder")
    return folder or Path(os.environ.get("KHOBAO_ARCHIVE") or DEFAULT)


def find_archive(folder: Path | None) -> Path:
    """Return the folder of an archive that is there. Raises UsageError."""
    root = find_root(folder)
    if not (root / "index.db").is_file() and not (root / "warc").is_dir():
        raise UsageError(
            f"no archive at {root}: make one with `khobao init {root}`, or name another with "
            "--archive or KHOBAO_ARCHIVE"
        )
    return root


def table(*headers: str) -> Table:
    """Return a table with lines on a terminal, and columns of plain text elsewhere."""
    return Table(*headers, box=ROUNDED if sys.stdout.isatty() else None, pad_edge=False)


def console() -> Console:
    """Return where people read: colours and boxes on a terminal, plain text elsewhere."""
    wide = None if sys.stdout.isatty() else 200
    return Console(width=wide, highlight=False, soft_wrap=not sys.stdout.isatty())
