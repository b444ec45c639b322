"""The command line's frame: one archive option, one table of exit codes, errors for people.

Used by `python -m archive` and by `khobao`, so that both answer alike. An expected error is one
line on stderr that ends with the remedy; an unexpected one keeps its traceback and exits 1.
"""

from __future__ import annotations

import errno
import math
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
        stand()
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.Abort:
            code = 130
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except KeyboardInterrupt:
            code = 130
        except Exception as error:
            code = self._explain(error)
        sys.exit(code if isinstance(code, int) else 0)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read what was typed; `--help` into a pipe that nobody reads is no bug."""
        try:
            return super().make_context(*args, **kwargs)
        except BrokenPipeError:
            hush()
            raise click.exceptions.Exit(0) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. A pipe that nobody reads any more ends it with 0; click would say 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            hush()
            return 0

    def _explain(self, error: Exception) -> int:
        for kind, code in self.codes:
            if isinstance(error, kind):
                click.echo(f"khobao: {error}", err=True)
                return code
        if isinstance(error, OSError):
            click.echo(f"khobao: {error}; {remedy(error)}", err=True)
            return 5
        raise error


def remedy(error: OSError) -> str:
    """Return what a person can do about an error of the file system."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "give the user who runs khobao the right to write there, then run again"
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.ENAMETOOLONG):
        return "name a place that is there, and that has the right kind"
    return "make room or mend the disk, then run again"


def stand() -> None:
    """Let standard streams that were closed (`>&-`) lead to nowhere.

    The next file that is opened would get their number, and what a library prints would go into a
    WARC file.
    """
    while (handle := os.open(os.devnull, os.O_RDWR)) < 3:
        os.set_inheritable(handle, True)
    os.close(handle)
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)


class Amount(click.FloatRange):
    """A number of days, minutes or seconds; click takes nan and inf for numbers."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number. Fails as click does."""
        amount = super().convert(value, param, ctx)
        if not math.isfinite(amount):
            self.fail(f"{value!r} is no amount: write a number.", param, ctx)
        return amount


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


class Printer(Console):
    """A console whose broken pipe is told as one; rich would end the process with 1."""

    def on_broken_pipe(self) -> None:
        """Leave it to the door."""
        raise BrokenPipeError


def console() -> Console:
    """Return where people read: colours and boxes on a terminal; elsewhere plain text, a row of a
    table on one line however long it is, for grep and awk."""
    wide = None if sys.stdout.isatty() else 10_000
    return Printer(width=wide, highlight=False, soft_wrap=not sys.stdout.isatty())
