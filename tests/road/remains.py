"""What must be true of an archive whose crawl was killed, and a server that tells when to kill."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from warcio.checker import Checker

from archive.dump import dump
from archive.rebuild import rebuild
from archive.records import Place
from archive.store import Archive, connect
from archive.urls import canonical
from archive.warc.manifest import read_manifest
from archive.warc.reader import read_at
from archive.warc.verify import verify_archive
from tests.gazette.paper import Answer
from tests.gazette.server import Server, Site

from .vault import Vault

ONE_READER = "[crawl]\nworkers = 1\n"  # starting a second one costs more than small papers
BATCH = 25  # exchanges: a batch is 50 records, an exchange at least two


class Watched:
    """A paper that counts its answers and tells when a certain one has been asked for."""

    def __init__(self, paper: Site) -> None:
        self.paper = paper
        self.reached = threading.Event()
        self._lock = threading.Lock()
        self._left = -1

    @property
    def base(self) -> str:
        """The paper's own address."""
        return self.paper.base

    @base.setter
    def base(self, value: str) -> None:
        self.paper.base = value

    def now(self) -> datetime:
        """Return the instant the paper lives in."""
        return self.paper.now()

    def expect(self, requests: int) -> threading.Event:
        """Return an event that is set when so many further requests have come in."""
        with self._lock:
            self.reached = threading.Event()
            self._left = requests
        return self.reached

    def answer(self, target: str) -> Answer | None:
        """Let the paper answer."""
        with self._lock:
            self._left -= 1
            if self._left == 0:
                self.reached.set()
        return self.paper.answer(target)


def find_problems(vault: Vault) -> list[str]:
    """Return what ``verify`` says of closed files: those that are renamed and in the manifest.

    A kill between the rename and the manifest's line leaves a file that the next run lists; what
    lies beyond the last commit is indexed by it, too.
    """
    index = vault.root / "index.db"
    found = verify_archive(vault.root, index if index.is_file() else None)
    closed = {line.file for line in read_manifest(vault.root)[0]}
    return [str(p) for p in found if p.file in closed and p.code != "not-indexed"]


def recover(vault: Vault) -> None:
    """Do what the next run does first, and check that all is well then."""
    with Archive(vault.root) as archive:
        assert archive.damage == []
    check_whole(vault)


def check_whole(vault: Vault) -> None:
    """No file is open or torn apart, every row's record is there, all verifies."""
    assert list(vault.root.rglob("*.open")) == []
    assert [str(p) for p in verify_archive(vault.root, vault.root / "index.db")] == []
    db = connect(vault.root / "index.db")
    for row in db.execute("SELECT warc_file, warc_offset, warc_length, record_id FROM captures"):
        assert read_at(vault.root, Place(*row[:3])).id == row[3]
    db.close()
    check_foreign(vault.root)


def check_foreign(root: Path) -> None:
    """Every WARC file passes warcio's check."""
    for path in sorted(root.glob("warc/*/*.warc.gz")):
        checker = _Quiet()
        checker.process_one(str(path))
        assert checker.exit_value == 0, f"{path} fails warcio check"


class _Quiet(Checker):
    """warcio's `check` command without its options."""

    def __init__(self) -> None:
        self.verbose = False
        self.inputs: list[str] = []
        self.exit_value = 0


def check_rebuild(vault: Vault) -> None:
    """The index equals the one made again from the WARC files."""
    db = connect(vault.root / "index.db")
    before = list(dump(db))
    db.close()
    rebuild(vault.root)
    db = connect(vault.root / "index.db")
    after = list(dump(db))
    db.close()
    assert sorted(set(before) ^ set(after)) == []
    assert before == after


def count_repeats(server: Server) -> int:
    """Return how often an article was asked for again."""
    counts = Counter(path for path in server.paths() if path.endswith(".html"))
    return sum(number - 1 for number in counts.values())


def check_articles(vault: Vault, urls: Iterable[str]) -> None:
    """Every article is in the index, once."""
    held = [url for (url,) in vault.query("SELECT url FROM articles")]
    wanted = {canonical(url) for url in urls}
    assert len(held) == len(set(held))
    assert wanted - set(held) == set()
