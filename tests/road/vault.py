"""An archive of a test and the `khobao` command on it, each command a process of its own."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from archive.connection import connect

from .hatchery import hatch

ROOT = Path(__file__).parent.parent.parent
KHOBAO = [sys.executable, "-m", "crawler"]


class Vault:
    """An archive folder that may dial the given loopback ports."""

    def __init__(self, root: Path, *ports: int, words: str = "") -> None:
        self.root = root
        self.run("init")
        config = f'[network]\nallow_addresses = ["127.0.0.1"]\nallow_ports = {list(ports)}\n'
        (root / "khobao.toml").write_text(config + words, encoding="utf-8")

    @classmethod
    def at(cls, root: Path) -> Vault:
        """Return an archive that is there already, as it is."""
        vault = cls.__new__(cls)
        vault.root = root
        return vault

    def add_site(self, key: str, profile: str) -> None:
        """Put a profile into the archive's sites/ folder."""
        (self.root / "sites" / f"{key}.toml").write_text(profile, encoding="utf-8")

    def start(self, *words: str, **environ: str) -> subprocess.Popen[str]:
        """Start a command without waiting for its end."""
        return subprocess.Popen(
            [*KHOBAO, *words],
            cwd=ROOT,
            env=self._environ(environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str, code: int = 0, **environ: str) -> str:
        """Run a command to its end and return what it printed; the exit code must be ``code``.

        How long it may take is the test's own limit to say: the machine may be busy.
        """
        ended, out, err = hatch(words, self._environ(environ))
        assert ended == code, f"{words}: {ended}\n{out}\n{err}"
        return out + (err if code else "")

    def _environ(self, more: dict[str, str]) -> dict[str, str]:
        return {**clean_environment(), "KHOBAO_ARCHIVE": str(self.root), **more}

    def crawl(self, *words: str, code: int = 0, **environ: str) -> list[dict[str, Any]]:
        """Crawl and return the reports, one a site."""
        out = self.run("crawl", *words, "--json", code=code, **environ)
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")]

    def export(self, *words: str) -> list[dict[str, Any]]:
        """Return the records of `export jsonl`."""
        path = self.root / "export.jsonl"
        self.run("export", "jsonl", "-o", str(path), *words)
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of a query on the index."""
        db: sqlite3.Connection = connect(self.root / "index.db")
        try:
            return db.execute(statement, values).fetchall()
        finally:
            db.close()


def clean_environment() -> dict[str, str]:
    """Return the environment without proxies and without another archive's name."""
    dropped = ("http_proxy", "https_proxy", "all_proxy", "khobao_archive")
    return {name: value for name, value in os.environ.items() if name.lower() not in dropped}
