"""Power cuts, and kills at any call: the log of a real command is cut anywhere, and what is left
is opened as the next run opens it.

    cut      recording.py draws a place in the log; everything synced before it is there, and of
             the rest whatever platter.py draws (a power cut), or all (a kill)
    judge    rows have their records, the next run's recovery opens the archive, all verifies,
             nothing committed is lost, a rebuild is the same; some go on to the end
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.connection import connect
from archive.errors import ArchiveError
from tests.scorecard.plugin import Tally

from .recording import STAGES, Recording, Scene, copied_index, rows_of
from .remains import Found, compare_rebuild, inspect, read_rows, recover
from .vault import Vault
from .witness import Kind, build, find_compiler

pytestmark = pytest.mark.skipif(
    find_compiler() is None, reason="no C compiler to build the recorder with"
)
EVERY = 20  # states from which one goes on: starting a process costs as much as three states


@dataclass
class Judged:
    """What came of some states."""

    states: int = 0
    captures: int = 0
    files: int = 0
    orphans: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, found: Found, breaches: list[str], where: str) -> None:
        """Count one state."""
        self.states += 1
        self.captures += found.captures
        self.files += found.files
        self.orphans += len(found.orphans)
        if breaches:
            self.broken.append(f"{where}: {breaches}")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The recorder."""
    return build(tmp_path)


def find_breaches(root: Path, promised: dict[str, set[str]]) -> tuple[Found, list[str]]:
    """Open a state as the next run does, and say in words how it breaks the law."""
    remains, said = Found(), []
    try:
        said += [f"before the recovery: {one}" for one in find_rootless(root)]
        remains = recover(Vault.at(root))
        said += remains.failing + remains.orphans
        said += check_database(root)
        held = rows_of(root)
        for name, rows in promised.items():
            if lost := rows - set(held[name]):
                said.append(f"{len(lost)} committed {name} are lost, as {sorted(lost)[:2]}")
        said += [f"rebuild differs: {line[:300]}" for line in compare_rebuild(root)[:3]]
    except (ArchiveError, sqlite3.Error, OSError, ValueError) as error:
        said.append(f"{type(error).__name__}: {error}")
    return remains, said


def find_rootless(root: Path) -> list[str]:
    """Return the rows that lie on the disk before their records do."""
    with copied_index(root) as index:
        connect(index, write=True).close()
        return read_rows(root, index)[1]


def check_database(root: Path) -> list[str]:
    """Return what SQLite finds wrong with the index."""
    db = connect(root / "index.db")
    try:
        said = [one for (one,) in db.execute("PRAGMA integrity_check") if one != "ok"]
        said += [f"foreign key: {row}" for row in db.execute("PRAGMA foreign_key_check")]
        for name in ("articles_fts", "articles_exact"):
            db.execute(f"SELECT count(*) FROM {name} WHERE {name} MATCH 'số'").fetchone()
    finally:
        db.close()
    return said


def judge(scene: Scene, cuts: Iterator[tuple[int, random.Random | None]]) -> Judged:
    """Cut at places; a chance says what a power cut leaves, None that it was a kill."""
    judged = Judged()
    for number, (cut, chance) in enumerate(cuts):
        state = scene.recording.before.with_name(f"state-{number}")
        scene.recording.leave(cut, state, chance)
        found, breaches = find_breaches(state, scene.recording.promised(cut))
        undone = [one for one in breaches if scene.is_undone(one)]
        if undone == breaches and (undone or number % EVERY == 1):
            breaches = scene.go_on(state) + inspect(state).failing
        judged.add(found, breaches, f"state {number}, cut {cut}")
        shutil.rmtree(state)
    return judged


def draw_cuts(scene: Scene, states: int, seed: int) -> Iterator[tuple[int, random.Random]]:
    """Yield places for power cuts."""
    for number in range(states):
        chance = random.Random(f"{seed} {number}")
        yield scene.recording.cut(chance, scene.until), chance


def spread_kills(recording: Recording, kills: int, seed: int) -> Iterator[tuple[int, None]]:
    """Yield places for kills, evenly spread over the log from a place that the seed gives."""
    every = len(recording.calls) / kills
    for number in range(kills):
        yield int((number + random.Random(f"{seed} {number}").random()) * every), None


# -- power cuts -----------------------------------------------------------------------------------

CUTS = {"second-crawl": 20, "rebuild": 6, "import": 6}  # a quick state costs 0.4 s, a stage 5
RECORDINGS = {
    "first-crawl": 4,
    "second-crawl": 4,
    "recovery": 2,
    "rebuild": 1,
    "repair": 1,
    "import": 1,
}


def cut_power(
    library: Path, tmp_path: Path, stage: str, states: int, seed: int, tally: Tally
) -> None:
    """Cut the power in so many places of one recording."""
    with STAGES[stage](library, tmp_path, seed) as scene:
        judged = judge(scene, draw_cuts(scene, states, seed))
        kinds = [call.kind for call in scene.recording.calls]
        tally(
            states=judged.states,
            writes=kinds.count(Kind.WRITE),
            syncs=kinds.count(Kind.SYNC),
            broken=len(judged.broken),
        )
        assert judged.broken == []


@pytest.mark.row(5)
@pytest.mark.parametrize("stage", CUTS)
def test_power_cuts(library: Path, tmp_path: Path, tally: Tally, stage: str) -> None:
    """Wherever it is cut, rows have their bytes and nothing that was committed is lost."""
    cut_power(library, tmp_path, stage, CUTS[stage], 1, tally)


@pytest.mark.row(5)
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("stage", "seed"),
    [(stage, 10 + n) for stage, count in RECORDINGS.items() for n in range(count)],
)
def test_500_power_cuts(library: Path, tmp_path: Path, tally: Tally, stage: str, seed: int) -> None:
    """The same in 36 states of each of thirteen recordings, with the quick ones 500."""
    cut_power(library, tmp_path, stage, 36, seed, tally)


# -- kills ----------------------------------------------------------------------------------------


def kill_at_calls(
    library: Path, tmp_path: Path, stage: str, kills: int, seed: int, tally: Tally
) -> None:
    """Kill a command after so many of its calls, one at a time."""
    with STAGES[stage](library, tmp_path, seed) as scene:
        judged = judge(scene, spread_kills(scene.recording, kills, seed))
        tally(
            call_kills=judged.states,
            captures=judged.captures,
            files=judged.files,
            orphans=judged.orphans,
            failing=len(judged.broken),
        )
        assert judged.broken == []


@pytest.mark.row(1)
@pytest.mark.parametrize("stage", ["repair"])
def test_killed_after_any_call(library: Path, tmp_path: Path, tally: Tally, stage: str) -> None:
    """Killed after any write, sync or rename, SQLite's own included, the repair of a killed crawl
    leaves what the next run makes whole."""
    kill_at_calls(library, tmp_path, stage, 5, 3, tally)


@pytest.mark.row(1)
@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("stage", STAGES)
def test_killed_after_60_calls(library: Path, tmp_path: Path, tally: Tally, stage: str) -> None:
    """The same at sixty calls of every kind of run, the recovery of a kill among them: two kills
    in a row."""
    kill_at_calls(library, tmp_path, stage, 60, 30, tally)
