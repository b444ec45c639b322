"""application/warc-fields: the ``name: value`` lines of warcinfo and metadata (ISO 28500, Annex A).

A value that holds a line end has it folded to one blank: continuation lines are legal, but half
the readers in the field take them for a new field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MEDIA_TYPE = "application/warc-fields"
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


def print_fields(fields: Iterable[tuple[str, str]]) -> bytes:
    """The block that holds these fields, in UTF-8."""
    lines = (f"{name}: {CONTROL.sub(' ', value).strip()}\r\n" for name, value in fields)
    return "".join(lines).encode("utf-8", "backslashreplace")


def parse_fields(block: bytes) -> tuple[tuple[str, str], ...]:
    """The fields of such a block in file order; lines without a colon are left out."""
    lines = re.sub(r"\r?\n[ \t]+", " ", block.decode("utf-8", "replace")).splitlines()
    pairs = (line.partition(":") for line in lines)
    return tuple((name.strip(), value.strip()) for name, colon, value in pairs if colon)
