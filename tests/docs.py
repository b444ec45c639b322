"""Writes what the READMEs say of the code: `python -m tests.docs`, which is `make docs`.

A README marks a place with ``<!-- generated: NAME -->`` and ``<!-- end -->``; ``BLOCKS`` has what
stands between, by name (spiders/tables.py fills them in). Transcripts are typed anew
(tests/transcript.py) and replaced where they say something else. tests/test_docs.py compares.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click

from archive import cli as archive_cli
from archive import schema
from archive.door import EXITS
from archive.exports.record import FIELDS
from archive.tables import words_columns
from crawler import cli
from crawler.config import Config
from spiders import strict, tables
from tests.road.vault import ROOT
from tests.transcript import Desk, Step, normalise, rewrite

# In the order in which their transcripts are typed.
READMES = tuple(
    ROOT / name
    for name in ("README.md", "archive/README.md", "spiders/README.md", "crawler/README.md")
)
WIDTH = 96  # of a command's help
_COLUMN = re.compile(r"^ +(\w+) +(TEXT|INTEGER|BLOB)\b([^-]*)(?:-- *(.*))?$")
_HEAD = re.compile(r"CREATE (?:TABLE|VIEW) \w+ .*?-- *(.*)")
_REFERENCE = re.compile(r"REFERENCES (\w+)\((\w+)\)")


def help_of(door: click.Group, name: str, words: str) -> str:
    """Return what ``words NAME --help`` prints, as a code block."""
    outer = click.Context(door, info_name=words)
    context = click.Context(
        door.commands[name], info_name=name, parent=outer, max_content_width=WIDTH
    )
    context.terminal_width = WIDTH
    return fence(context.get_help())


def fence(text: str) -> str:
    """Return a code block."""
    return f"```text\n{text.rstrip()}\n```\n"


def open_empty() -> sqlite3.Connection:
    """Return an index without rows."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    schema.ensure(db)
    return db


def list_schema(db: sqlite3.Connection, kind: str) -> dict[str, str]:
    """Return the CREATE statements of the house's tables or views by name, in their order."""
    rows = db.execute("SELECT name, sql FROM sqlite_master WHERE type = ? ORDER BY rowid", (kind,))
    return {name: sql for name, sql in rows if "_fts" not in name and "_exact" not in name}


def schema_tables() -> str:
    """Return a section a table: what it holds, its columns with their comments."""
    db = open_empty()
    shared = words_columns()
    parts = []
    for name, sql in list_schema(db, "table").items():
        columns = list_columns(db, name, sql)
        note = ""
        if name == "versions":
            columns = [row for row in columns if row[0].strip("`") not in shared]
            note = f"\nAnd the columns of `articles` from `{shared[0]}` to `{shared[-1]}`.\n"
        table = tables.print_table(("column", "type", "meaning"), columns)
        parts.append(f"### `{name}`: {read_head(sql)}\n\n{table}{note}")
    return "\n".join(parts)


def read_head(sql: str) -> str:
    """Return the comment in the first line of a CREATE statement. Raises LookupError."""
    found = _HEAD.match(sql)
    if found is None:
        raise LookupError(f"no comment says what this is: {sql.splitlines()[0]}")
    return found[1]


def list_columns(db: sqlite3.Connection, name: str, sql: str) -> list[tuple[str, str, str]]:
    """Return name, type and meaning of each column, as the CREATE statement says them."""
    said = {found[1]: found for line in sql.splitlines() if (found := _COLUMN.match(line))}
    rows = []
    for _, column, kind, required, default, key in db.execute(f"PRAGMA table_info({name})"):
        _, _, rest, comment = said[column].groups()
        reference = _REFERENCE.search(rest)
        target = f"`{reference[1]}.{reference[2]}`" if reference else ""
        meaning = "; ".join(filter(None, (target, comment))).replace("<", r"\<")
        shown = kind if required or key or default else f"{kind} or NULL"
        rows.append((f"`{column}`", shown, meaning))
    return rows


def schema_views() -> str:
    """Return a table of the views: what each tells, its columns."""
    db = open_empty()
    rows = []
    for name, sql in list_schema(db, "view").items():
        columns = [f"`{row[1]}`" for row in db.execute(f"PRAGMA table_info({name})")]
        rows.append((f"`{name}`", read_head(sql), ", ".join(columns)))
    return tables.print_table(("view", "what it tells", "columns"), rows)


def exit_codes() -> str:
    """Return the table of exit codes."""
    return tables.print_table(("code", "means"), [(str(c), words) for c, words in EXITS.items()])


def config_words() -> str:
    """Return the table of the words of khobao.toml."""
    return tables.print_words(strict.describe(Config))


def record_fields() -> str:
    """Return the fields of an exported record, in their order."""
    return ", ".join(f"`{field}`" for field in FIELDS) + "\n"


BLOCKS: dict[str, Callable[[], str]] = {
    **tables.BLOCKS,
    "tables": schema_tables,
    "views": schema_views,
    "exits": exit_codes,
    "config": config_words,
    "record": record_fields,
}
for _name in archive_cli.main.commands:
    BLOCKS[f"help archive {_name}"] = partial(help_of, archive_cli.main, _name, "python -m archive")
for _name in cli.main.commands:
    BLOCKS[f"help khobao {_name}"] = partial(help_of, cli.main, _name, "khobao")


def renew_transcripts(desk: Desk, text: str) -> str:
    """Type a README's transcripts and return its text with what they say now."""

    def renew(step: Step) -> str:
        said = desk.type(step.command)
        return step.says if normalise(said) == normalise(step.says) else said

    return rewrite(text, renew)


def main() -> None:
    """Write all READMEs anew."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        try:
            for path in READMES:
                if path.parent.name == "crawler":
                    desk.live_on()
                text = renew_transcripts(desk, path.read_text(encoding="utf-8"))
                path.write_text(tables.fill(text, BLOCKS), encoding="utf-8")
        finally:
            desk.close()


if __name__ == "__main__":
    main()
