"""Recordings of what crawls, imports, rebuilds and repairs do to an archive, and how they go on.

record   the command runs with witness.so loaded
replay   all calls played onto what was there before give the real folder, byte for byte
leave    one of the states in which a power cut, or a kill, at some call leaves the archive
"""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.connection import connect
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server

from .doomed import die
from .platter import File, Folder, Platter, keep_all, load, survive
from .recorded import TABLES
from .remains import ONE_READER, count_missing
from .vault import ROOT, Vault, clean_environment
from .witness import Call, Kind, environment, read_log

ARTICLES = 30
NAMING = (Kind.RENAME, Kind.UNLINK, Kind.OPEN, Kind.MKDIR)
ORDERING = (Kind.SYNC, Kind.TRUNCATE)


@dataclass
class Recording:
    """What a program did to an archive: the folder before, its calls, what it held at the end."""

    before: Path
    calls: list[Call]
    held: dict[str, list[str]]  # rows that were committed before it began
    kept: dict[str, list[str]]  # rows at the end, in the order in which they were committed

    def cut(self, chance: random.Random, until: str = "ended") -> int:
        """Draw a place in the log, at the latest where a step is told for the first time: a third
        anywhere, a third beside a sync, a third just after a name came, went or changed."""
        end = next(n for n, call in enumerate(self.calls) if call.step == until)
        kinds = chance.choice(((), ORDERING, NAMING))
        seams = [n for n, call in enumerate(self.calls[:end]) if call.kind in kinds]
        if seams:
            return chance.choice(seams) + (chance.randrange(2) if kinds == ORDERING else 1)
        return chance.randrange(end + 1)

    def promised(self, cut: int) -> dict[str, set[str]]:
        """Return the rows that were committed, and therefore durable, before the cut."""
        counts = dict.fromkeys(TABLES, 0)
        for call in self.calls[:cut]:
            if call.kind == Kind.MARK and TABLES[0] in call.mark:
                counts = call.mark
        return {name: {*self.held[name], *self.kept[name][: counts[name]]} for name in TABLES}

    def leave(self, cut: int, target: Path, chance: random.Random | None) -> None:
        """Make one of the states that a power cut at this place may leave; without chance the
        one that a kill leaves."""
        platter = Platter(self.before)
        for call in self.calls[:cut]:
            platter.do(call)
        if chance is None:
            keep_all(platter.root, target)
        else:
            survive(platter.root, target, chance)


@contextlib.contextmanager
def serve(tmp_path: Path) -> Iterator[tuple[Vault, ManyPaper]]:
    """Serve a paper and give a fresh archive that may dial it."""
    paper = ManyPaper(ARTICLES)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        yield vault, paper


def record(library: Path, vault: Vault, *words: str) -> Recording:
    """Run a command on an archive and return what it did, after proof that nothing is missed."""
    root = vault.root
    before, log = root.with_name(f"{root.name}-before"), root.with_name(f"{root.name}-log")
    shutil.copytree(root, before)
    done = subprocess.run(
        [sys.executable, "-m", "tests.road.recorded", *words],
        cwd=ROOT,
        env={
            **clean_environment(),
            "KHOBAO_ARCHIVE": str(root),
            **environment(library, root, log),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    calls = read_log(log, root)
    platter = Platter(before)
    for call in calls:
        platter.do(call)
    assert flatten(platter.root) == flatten(load(root)), "the log does not tell all"
    return Recording(before, calls, rows_of(before), rows_of(root))


def flatten(folder: Folder, prefix: str = "") -> dict[str, bytes | None]:
    """Return name -> bytes of all files, None for folders, as a program sees them."""
    found: dict[str, bytes | None] = {}
    for name, node in folder.content().items():
        if isinstance(node, File):
            found[prefix + name] = node.content()
        else:
            found[prefix + name] = None
            found |= flatten(node, f"{prefix}{name}/")
    return found


def rows_of(root: Path) -> dict[str, list[str]]:
    """Return the rows that must not be lost, in the order of their commits."""
    with copied_index(root) as index:
        db = connect(index, write=True)
        captures = db.execute("SELECT record_id FROM captures ORDER BY id").fetchall()
        articles = db.execute("SELECT url FROM articles ORDER BY id").fetchall()
        db.close()
    return {"captures": [one for (one,) in captures], "articles": [one for (one,) in articles]}


@contextlib.contextmanager
def copied_index(root: Path) -> Iterator[Path]:
    """Give a copy of an index with its logs, since SQLite writes wherever it looks."""
    copy = root.with_name(f"{root.name}-index")
    copy.mkdir()
    for name in ("index.db", "index.db-wal", "index.db-journal"):
        if (root / name).is_file():
            shutil.copyfile(root / name, copy / name)
    yield copy / "index.db"
    shutil.rmtree(copy)


# -- what is recorded -----------------------------------------------------------------------------


@dataclass
class Scene:
    """A recording, up to which step it is worth to be cut, and what goes on from a state of it."""

    recording: Recording
    go_on: Callable[[Path], list[str]]  # what is wrong in the end, in words
    until: str = "ended"
    undone: str = ""  # files at which ``verify`` may point until the command is given again

    def is_undone(self, problem: str) -> bool:
        """Say whether a problem is no damage, but work that only its user can order again."""
        said = ("has no row in the index", "knows this file", "an interrupted import")
        unfinished = bool(self.undone) and problem.startswith(self.undone)
        return unfinished and any(words in problem for words in said)


Stage = Callable[[Path, Path, int], contextlib.AbstractContextManager[Scene]]
"""From the recorder, an empty folder and a seed to a scene."""


@contextlib.contextmanager
def first_crawl(library: Path, tmp_path: Path, _: int) -> Iterator[Scene]:
    """The first crawl of an archive: folders, index and files are made under way."""
    with serve(tmp_path) as (vault, paper):
        yield Scene(record(library, vault, "crawl", "paper"), crawl_on(paper))


@contextlib.contextmanager
def second_crawl(library: Path, tmp_path: Path, seed: int) -> Iterator[Scene]:
    """The crawl after a kill: it closes a torn file and indexes what was not committed."""
    with serve(tmp_path) as (vault, paper):
        die(vault, ("torn", "warc-written", "renamed", "settled")[seed % 4], 2 + seed % 2)
        yield Scene(record(library, vault, "crawl", "paper"), crawl_on(paper))


@contextlib.contextmanager
def recovery(library: Path, tmp_path: Path, seed: int) -> Iterator[Scene]:
    """The recovery of a power cut."""
    chance = random.Random(seed)
    with serve(tmp_path) as (vault, paper):
        first = record(library, vault, "crawl", "paper")
        state = Vault.at(tmp_path / "again")
        while not list(state.root.rglob("*.open")):  # there has to be something to recover
            shutil.rmtree(state.root, ignore_errors=True)
            first.leave(first.cut(chance), state.root, chance)
        yield Scene(record(library, state, "crawl", "paper"), crawl_on(paper), until="opened")


@contextlib.contextmanager
def rebuild(library: Path, tmp_path: Path, _: int) -> Iterator[Scene]:
    """`khobao rebuild` of an archive whose last crawl was killed with rows in its log only, and
    others in the database only, which lie on its pages otherwise than in a new one: that log
    beside the new index would garble it."""
    with serve(tmp_path) as (vault, paper):
        crawl_and_die(vault)
        yield Scene(record(library, vault, "rebuild"), crawl_on(paper))


@contextlib.contextmanager
def repair(library: Path, tmp_path: Path, _: int) -> Iterator[Scene]:
    """`khobao repair` of the same."""
    with serve(tmp_path) as (vault, paper):
        crawl_and_die(vault)
        yield Scene(record(library, vault, "repair"), crawl_on(paper))


@contextlib.contextmanager
def importing(library: Path, tmp_path: Path, _: int) -> Iterator[Scene]:
    """`khobao import` of another archive's file. Cut between the copy and its rows, it leaves a
    file of which ``verify`` says that it is not indexed, and the same import goes on with it."""
    with serve(tmp_path) as (vault, paper):
        vault.crawl("paper")
        (held,) = (vault.root / "warc" / "paper").glob("*.warc.gz")
        other = Vault(tmp_path / "other", words=ONE_READER)
        other.add_site("paper", paper.profile())
        recording = record(library, other, "import", str(held))
        yield Scene(recording, import_again(held, recording), undone="warc/foreign/")


STAGES: dict[str, Stage] = {
    "first-crawl": first_crawl,
    "second-crawl": second_crawl,
    "recovery": recovery,
    "rebuild": rebuild,
    "repair": repair,
    "import": importing,
}


def crawl_and_die(vault: Vault) -> None:
    """Leave rows in the index and others in its log, and a file open."""
    vault.crawl("paper", "--max-pages", "15")
    db = connect(vault.root / "index.db", write=True)
    db.execute("VACUUM")
    db.close()
    die(vault, "index-committed", 1)


def crawl_on(paper: ManyPaper) -> Callable[[Path], list[str]]:
    """Return what crawls a state to its end and says what is missing then."""

    def go_on(root: Path) -> list[str]:
        vault = Vault.at(root)
        report = vault.crawl("paper")[0]
        missing, twice = count_missing(vault, paper.urls())
        said = [] if report["outcome"] == "finished" else [f"the next crawl: {report}"]
        return said + ([f"{missing} articles missing, {twice} twice"] if missing or twice else [])

    return go_on


def import_again(file: Path, recording: Recording) -> Callable[[Path], list[str]]:
    """Return what imports the file again and says what is not as after the first time."""

    def go_on(root: Path) -> list[str]:
        Vault.at(root).run("import", str(file))
        held = rows_of(root)
        return [
            f"{name} differ: {sorted({*rows} ^ {*held[name]})[:3]}"
            for name, rows in recording.kept.items()
            if sorted(rows) != sorted(held[name])
        ]

    return go_on
