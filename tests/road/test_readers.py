"""Readers beside a crawl: nobody meets a lock, from the first page to the last (row 8)."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.exports.export import export
from archive.find import find
from archive.page import open_page
from archive.search import search
from archive.show import describe
from archive.store import connect
from tests.archive.makers import Clock, make_exchange, open_archive
from tests.scorecard.plugin import Tally

from .remains import check_whole, serve_many
from .vault import ROOT, Vault, clean_environment


class Beside:
    """Deeds that are done again and again beside a crawl, each in a thread of its own."""

    def __init__(self) -> None:
        self.ended = threading.Event()
        self.errors: list[str] = []
        self.turns: dict[str, int] = {}
        self._threads: list[threading.Thread] = []

    def repeat(self, name: str, deed: Callable[[], None]) -> None:
        """Begin; the first error ends it."""

        def work() -> None:
            while not self.ended.is_set():
                try:
                    deed()
                except BaseException as error:
                    self.errors.append(f"{name}: {error!r}")
                    return
                self.turns[name] = self.turns.get(name, 0) + 1
                self.ended.wait(0.02)  # busy loops would starve a crawl on two cores

        thread = threading.Thread(target=work)
        thread.start()
        self._threads.append(thread)

    def stop(self) -> None:
        """Let each finish what it is at."""
        self.ended.set()
        for thread in self._threads:
            thread.join()


def read_beside(tmp_path: Path, articles: int, least_seconds: float, tally: Tally) -> None:
    """Crawl while four readers and an exporter work; nobody may meet a lock."""
    with serve_many(tmp_path / "archive", articles) as (_, vault, _):
        vault.crawl("paper", "--max-pages", "15")
        beside = Beside()
        beside.repeat("search", lambda: look(vault))
        beside.repeat("show", lambda: show(vault))
        beside.repeat("sqlite", lambda: ask_plainly(vault))
        beside.repeat("command", lambda: type_search(vault))
        beside.repeat("export", lambda: give_out(vault, tmp_path))
        begun, pages = time.monotonic(), 0
        try:
            while True:
                report = vault.crawl("paper")[0]
                pages += report["counts"]["requests"]
                assert report["outcome"] == "finished"
                if time.monotonic() - begun >= least_seconds:
                    break
        finally:
            beside.stop()
            exports = beside.turns.get("export", 0)
            tally(
                seconds=round(time.monotonic() - begun),
                queries=sum(beside.turns.values()) - exports,
                exports=exports,
                pages=pages,
                locked=sum("locked" in one for one in beside.errors),
            )
        assert beside.errors == []
        assert len(beside.turns) == 5, beside.turns
        check_whole(vault)


def look(vault: Vault) -> None:
    """Search as `khobao search` does."""
    db = connect(vault.root / "index.db")
    for query in ("nuoc sach", "Nậm Sim", '"lớp học"'):
        search(db, query)
    db.close()


def show(vault: Vault) -> None:
    """Show an article and its page as `khobao show` does."""
    db = connect(vault.root / "index.db")
    row = db.execute("SELECT id, capture_id FROM articles ORDER BY random() LIMIT 1").fetchone()
    describe(db, find(db, str(row[0])), None)
    open_page(db, vault.root, row[1])
    db.close()


def ask_plainly(vault: Vault) -> None:
    """Count with a SQLite client that waits a quarter of a second; Python's own wait 5 s.

    One that waits for nothing was refused once in 850 reads beside 40 openings (99 of 634 before
    the log was emptied at the end of a run): the first connection to a file makes the index of
    its log under an exclusive lock, which is SQLite's, not ours.
    """
    db = sqlite3.connect(f"file:{vault.root / 'index.db'}?mode=ro", uri=True, timeout=0.25)
    for table in ("captures", "articles", "addresses", "sightings"):
        db.execute(f"SELECT count(*) FROM {table}").fetchone()
    db.close()


def type_search(vault: Vault) -> None:
    """Search by the command, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "archive", "search", "nuoc sach", "--archive", str(vault.root)],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def give_out(vault: Vault, folder: Path) -> None:
    """Export everything."""
    db = connect(vault.root / "index.db")
    export(db, "jsonl", folder / "out.jsonl")
    db.close()


@pytest.mark.row(8)
def test_readers_and_a_crawl(tmp_path: Path, tally: Tally) -> None:
    """A crawl with four readers and an exporter beside it: 0 "database is locked"."""
    read_beside(tmp_path, 150, 0.0, tally)


@pytest.mark.slow
@pytest.mark.row(8)
@pytest.mark.timeout(900)
def test_readers_and_a_crawl_for_a_minute(tmp_path: Path, tally: Tally) -> None:
    """The same for a minute at least."""
    read_beside(tmp_path, 2000, 60.0, tally)


@pytest.mark.row(8)
def test_nobody_is_refused_when_a_crawl_begins_or_ends(tmp_path: Path, tally: Tally) -> None:
    """Readers that hardly wait, beside an archive that is opened and closed 40 times."""
    clock = Clock()
    open_archive(tmp_path, clock).close()
    beside = Beside()
    vault = Vault.__new__(Vault)
    vault.root = tmp_path
    for number in range(2):
        beside.repeat(f"sqlite {number}", lambda: ask_plainly(vault))
    begun = time.monotonic()
    try:
        for number in range(40):
            archive = open_archive(tmp_path, clock, prefix=str(number + 1))
            url = f"https://suoi.test/{number}.html"
            archive.keep("suoi", make_exchange(url, b"x%d" % number, at=clock()))
            archive.close()
    finally:
        beside.stop()
        tally(
            seconds=round(time.monotonic() - begun),
            queries=sum(beside.turns.values()),
            exports=0,
            pages=40,
            locked=sum("locked" in one for one in beside.errors),
        )
    assert beside.errors == []
    assert len(beside.turns) == 2
