"""Records of an archive go out in a format, to a file: the one door of this folder.

The order is (site, url, version) and no instant of the export is written, so the same archive gives
the same bytes, whatever ids its rows have got. A format is a function in a file of its own; this
table is what ``-h`` and errors name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from archive import scope
from archive.exports.csv import write_csv
from archive.exports.jsonl import write_jsonl, write_jsonl_gz
from archive.exports.record import Record
from archive.exports.selection import ExportError, select_records
from archive.exports.target import open_target
from archive.query import compile

FORMATS: dict[str, Callable[[Iterable[Record], BinaryIO], int]] = {
    "jsonl": write_jsonl,
    "jsonl.gz": write_jsonl_gz,
    "csv": write_csv,
}


def export(
    connection: sqlite3.Connection,
    format: str,
    path: Path | str,
    *,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    query: str | None = None,
    all_versions: bool = False,
) -> int:
    """Write the chosen articles to ``path`` (``-``: standard output); return how many records.

    ``since`` and ``until`` are inclusive days of the paper (YYYY, YYYY-MM, YYYY-MM-DD); ``query``
    is in the language of archive/query.py. ``connection`` only reads. Raises ExportError,
    QueryError and DayError before anything is written, OSError and ExportError later; the file
    that was there before then stays.
    """
    write = FORMATS.get(format)
    if write is None:
        raise ExportError(f"there is no format {format!r}", f"choose one of {', '.join(FORMATS)}")
    chosen = scope.choose(site, since, until)
    asked = compile(query) if query is not None else None
    with open_target(Path(path)) as stream:
        return write(select_records(connection, chosen, asked, all_versions=all_versions), stream)
