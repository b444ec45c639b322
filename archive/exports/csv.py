"""CSV by RFC 4180, for spreadsheets: a row a record, arrays as JSON text, null as nothing.

UTF-8 **with** a byte order mark: without one Excel on Windows reads Vietnamese as windows-1252.
pandas, R's readr, DuckDB and sqlite-utils skip it; Python wants ``encoding="utf-8-sig"``.

Text that a spreadsheet would run as a formula (it begins with = + - @, a tab or a carriage return,
after any number of apostrophes) gets one apostrophe before it: headlines come from the open web,
and ``=HYPERLINK(...)`` is one. Taking one apostrophe from such a cell gives the text again, so
nothing is lost (CWE-1236). Rejected: leaving formulas in. JSON Lines has the text untouched, and
tells null from "" too: programs should read that.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from typing import BinaryIO

from archive.exports.record import FIELDS, Record

FORMULA = re.compile(r"'*[=+\-@\t\r]")


def write_csv(records: Iterable[Record], stream: BinaryIO) -> int:
    """Write a header line and ``records`` to ``stream``; return how many records there were."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    try:
        rows = csv.writer(text)  # the dialect "excel" is RFC 4180: CRLF, quotes doubled
        rows.writerow(FIELDS)
        count = 0
        for record in records:
            rows.writerow([format_cell(value) for value in record.values()])
            count += 1
        return count
    finally:
        text.detach()  # the stream is the caller's to close


def format_cell(value: object) -> str:
    """Return a value as the text of a cell."""
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if FORMULA.match(value) else value
        case int() if not isinstance(value, bool):
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)
