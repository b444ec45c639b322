"""`make scorecard`: runs the rows' tests, prints the table, and says where and with what.

    python -m tests.scorecard [--quick] [--row N]... [--write]

`--quick` takes the smaller counts that are part of `make test`. `--write` puts the rows that were
run in full into the table of archive/README.md, each with its day; the others stay as they are.
Exit code: pytest's, and 3 if a row did not pass.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "archive" / "README.md"
HEAD = ("#", "test", "passes", "reached", "verdict", "seconds", "command", "form")
TOOLS = ("scrapy", "trafilatura", "warcio", "fastwarc", "cdxj-indexer")
_BLOCK = re.compile(r"(<!-- scorecard -->\n).*?(<!-- end -->)", re.DOTALL)


def main(words: list[str]) -> int:
    """Run, print, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.scorecard")
    parser.add_argument("--quick", action="store_true", help="the smaller counts of `make test`")
    parser.add_argument("--row", action="append", default=[], help="only this row")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    options = parser.parse_args(words)
    if options.write and options.quick:
        parser.error("the README shows the full form: leave --quick out")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        code = run(options.quick, options.row, out)
        rows = json.loads(out.read_text(encoding="utf-8")) if out.is_file() else []
    if options.row:
        rows = [row for row in rows if row[0] in options.row]
    form = f"{'quick' if options.quick else 'full'}, {datetime.now(UTC):%Y-%m-%d}"
    rows = [[*row, form] for row in rows]
    where = tell_where()
    sys.stdout.write(f"\n{print_table(rows)}\n{time.monotonic() - begun:.0f} s. {where}")
    if options.write and rows:
        readme = README.read_text(encoding="utf-8")
        table = print_table(replace_rows(readme, rows))
        README.write_text(_BLOCK.sub(lambda m: f"{m[1]}{table}\n{where}{m[2]}", readme), "utf-8")
    if code == 0 and not all(row[4] == "passed" for row in rows):
        return 3
    return code


def run(quick: bool, rows: list[str], out: Path) -> int:
    """Run the tests behind the rows; return pytest's exit code."""
    marks = "row and not slow" if quick else "row"
    chosen = [word for row in rows for word in ("--row", row)]
    cores = str(os.cpu_count() or 1)
    command = [sys.executable, "-m", "pytest", "-q", "-m", marks, "-n", cores]
    command += ["--dist", "worksteal", "--scorecard", str(out), *chosen]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def print_table(rows: list[list[str]]) -> str:
    """Return the rows as a Markdown table."""
    table = [HEAD, tuple("---" for _ in HEAD), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in table)


def replace_rows(readme: str, rows: list[list[str]]) -> list[list[str]]:
    """Return the README's rows with the new ones in their places, by number."""
    found = _BLOCK.search(readme)
    lines = found[0].splitlines() if found else []
    shown = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| \d+ \|", line)]
    table = {int(row[0]): row for row in [*shown, *rows]}
    return [table[number] for number in sorted(table)]


def tell_where() -> str:
    """Return a line with the machine's kind and the versions."""
    tools = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in TOOLS)
    return (
        f"On {os.cpu_count()} cores: Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {platform.system()} {platform.release().split('-')[0]}, "
        f"{tools}.\n"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
