"""What must be true of an archive whose crawl was killed, and a server that tells when to kill."""

from __future__ import annotations

import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from warcio.checker import Checker

from archive.connection import connect
from archive.digests import check
from archive.dump import dump
from archive.errors import DamageError
from archive.rebuild import rebuild
from archive.records import Place
from archive.store import Archive
from archive.urls import canonical
from archive.warc.http import http_of
from archive.warc.manifest import read_manifest
from archive.warc.reader import read_at
from archive.warc.verify import verify_archive
from tests.brotlied import mend
from tests.gazette.around import Around
from tests.gazette.many import ManyPaper
from tests.gazette.paper import Answer
from tests.gazette.server import Server, Site

from .vault import KHOBAO, ROOT, Vault, clean_environment

ONE_READER = "[crawl]\nworkers = 1\n"  # starting a second one costs more than small papers
BATCH = 25  # exchanges: a batch is 50 records, an exchange at least two


class Watched(Around[Site]):
    """A paper that counts its answers and tells when a certain one has been asked for."""

    def __init__(self, paper: Site) -> None:
        super().__init__(paper)
        self.reached = threading.Event()
        self._lock = threading.Lock()
        self._left = -1

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


@dataclass
class Found:
    """What there is in an archive, and what is wrong with it in words."""

    captures: int = 0  # rows whose record was read back
    orphans: list[str] = field(default_factory=list)  # rows without a readable, digest-true record
    files: int = 0  # WARC files checked
    failing: list[str] = field(default_factory=list)  # files that are open, or fail a check

    def check(self) -> None:
        """Assert that nothing is wrong, and that there was something to look at."""
        assert self.orphans == []
        assert self.failing == []


def find_problems(vault: Vault) -> list[str]:
    """Return what ``verify`` says of closed files: those that are renamed and in the manifest.

    A kill between the rename and the manifest's line leaves a file that the next run lists; what
    lies beyond the last commit is indexed by it, too.
    """
    index = vault.root / "index.db"
    found = verify_archive(vault.root, index if index.is_file() else None)
    closed = {line.file for line in read_manifest(vault.root)[0]}
    return [str(p) for p in found if p.file in closed and p.code not in ("not-indexed", "behind")]


def recover(vault: Vault) -> Found:
    """Do what the next run does first, and look at what is there then."""
    with Archive(vault.root) as archive:
        damage = [
            f"{name} at byte {where.offset}: {where.reason}" for name, where in archive.damage
        ]
    found = inspect(vault.root)
    found.failing += damage
    return found


def inspect(root: Path) -> Found:
    """Look at an archive that nobody writes: rows against records, files against their digests."""
    found = Found()
    for path in sorted(root.rglob("*.open")):
        found.failing.append(f"{path.name} is still open")
    found.failing += [str(problem) for problem in verify_archive(root, root / "index.db")]
    found.captures, found.orphans = read_rows(root, root / "index.db")
    for path in sorted(root.glob("warc/*/*.warc.gz")):
        found.files += 1
        if not passes_foreign(path):
            found.failing.append(f"{path.name} fails warcio check")
    return found


def read_rows(root: Path, index: Path) -> tuple[int, list[str]]:
    """Read the record of each row of ``captures``: how many, and what is wrong with which."""
    orphans = []
    db = connect(index)
    rows = db.execute(
        "SELECT warc_file, warc_offset, warc_length, record_id, payload_digest FROM captures"
    ).fetchall()
    db.close()
    for file, offset, length, identity, digest in rows:
        try:
            record = read_at(root, Place(file, offset, length))
        except DamageError as error:
            orphans.append(str(error))
            continue
        http = http_of(record) if record.type == "response" else None
        if record.id != identity or not check(
            record.header("WARC-Block-Digest") or "", record.block
        ):
            orphans.append(f"{file} at byte {offset} is not {identity}, or not true to its digest")
        elif http and digest and not check(digest, http.payload):
            orphans.append(f"{file} at byte {offset}: the payload is not {digest}")
    return len(rows), orphans


@contextmanager
def serve_many(root: Path, articles: int) -> Iterator[tuple[Server, Vault, ManyPaper]]:
    """Serve a paper of small pages and give an archive that may dial it."""
    paper = ManyPaper(articles)
    with Server(paper) as server:
        vault = Vault(root, server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        yield server, vault, paper


def check_whole(vault: Vault) -> Found:
    """No file is open or torn apart, every row's record is there, all verifies."""
    found = inspect(vault.root)
    found.check()
    return found


def passes_foreign(path: Path) -> bool:
    """Say whether a WARC file passes warcio's check."""
    mend()
    checker = _Quiet()
    checker.process_one(str(path))
    return checker.exit_value == 0


class _Quiet(Checker):
    """warcio's `check` command without its options."""

    def __init__(self) -> None:
        self.verbose = False
        self.inputs: list[str] = []
        self.exit_value = 0


def check_rebuild(vault: Vault) -> None:
    """The index equals the one made again from the WARC files."""
    assert compare_rebuild(vault.root) == []


def compare_rebuild(root: Path) -> list[str]:
    """Make the index again; return the lines in which the two differ."""
    dumps = []
    for again in (False, True):
        if again:
            rebuild(root)
        db = connect(root / "index.db")
        dumps.append(list(dump(db)))
        db.close()
    before, after = dumps
    return [] if before == after else sorted(set(before) ^ set(after)) or ["another order"]


def count_repeats(server: Server) -> int:
    """Return how often an article was asked for again."""
    counts = Counter(path for path in server.paths() if path.endswith(".html"))
    return sum(number - 1 for number in counts.values())


def check_articles(vault: Vault, urls: Iterable[str]) -> None:
    """Every article is in the index, once."""
    assert count_missing(vault, urls) == (0, 0)


def count_missing(vault: Vault, urls: Iterable[str]) -> tuple[int, int]:
    """Return how many articles are not in the index, and how many are there more than once."""
    held = [url for (url,) in vault.query("SELECT url FROM articles")]
    return len({canonical(url) for url in urls} - set(held)), len(held) - len(set(held))


def crawl_badly(
    vault: Vault, *, prefix: tuple[str, ...] = (), before: Callable[[], None] | None = None
) -> str:
    """Crawl where the storage fails: exit 5 and one line that ends with a remedy; return it.

    Where the disk is full for the run's log too, a line of its own may say that.
    """
    done = subprocess.run(
        [*prefix, *KHOBAO, "crawl", "paper"],
        cwd=ROOT,
        env={**clean_environment(), "KHOBAO_ARCHIVE": str(vault.root)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        preexec_fn=before,
    )
    said = done.stdout + done.stderr
    assert done.returncode == 5, said
    assert "Traceback" not in said, said
    lines = [line for line in said.splitlines() if ";" in line and "requests" not in line]
    lines = [line for line in lines if "the run goes on without a log" not in line]
    assert len(lines) == 1, said
    return lines[0].removeprefix("khobao: ").strip(" !")


def check_goes_on(vault: Vault, paper: ManyPaper) -> None:
    """The next run recovers, finds everything, and all is whole."""
    report = vault.crawl("paper")[0]
    assert report["outcome"] == "finished"
    held = {url for (url,) in vault.query("SELECT url FROM articles")}
    assert held == {canonical(url) for url in paper.urls()}
    check_whole(vault)
    assert list(vault.root.rglob("*.torn*")) == []
    check_rebuild(vault)


def check_whole_folder(root: Path) -> None:
    """Check an archive that no Vault made."""
    vault = Vault.__new__(Vault)
    vault.root = root
    check_whole(vault)
    check_rebuild(vault)
