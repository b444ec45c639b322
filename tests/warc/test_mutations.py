"""Whatever is done to an archive is noticed, with a message that says where and what to do."""

from __future__ import annotations

import random
import shutil
import sqlite3
from itertools import chain
from pathlib import Path

import pytest

from archive.connection import connect
from archive.dump import dump
from archive.errors import StorageError
from archive.repair import repair
from archive.twin import check_references, compare_table, list_tables
from archive.warc.fixity import read_listing
from archive.warc.manifest import NAME
from archive.warc.verify import Problem, verify_archive
from tests.scorecard.plugin import Tally

from . import vandal
from .estate import FOREIGN, make_estate
from .forger import FORGED
from .holdings import Kind, copy_estate, own
from .spoiler import INDEXES, TABLES, change_value
from .vandal import KINDS, LISTS


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One archive for all mutations; each gets a copy."""
    return make_estate(tmp_path_factory.mktemp("estate") / "archive")


def find(root: Path) -> list[Problem]:
    """What is wrong that was not so when it was imported."""
    return [one for one in verify_archive(root, root / "index.db") if not one.known]


def check_message(problem: Problem) -> None:
    """File, place and remedy are there, for people and for programs."""
    assert problem.file and not problem.file.startswith("/")
    assert problem.offset is None or problem.offset >= 0
    assert len(problem.message) > 8 and len(problem.remedy) > 20
    assert str(problem).startswith(problem.file) and str(problem).endswith(problem.remedy)


def mutate(estate: Path, folder: Path, kinds: tuple[Kind, ...], count: int, seed: int) -> list[str]:
    """Do so many things to copies of the archive; return those that nobody noticed."""
    dice = random.Random(seed)
    missed = []
    for number in range(count):
        root = copy_estate(estate, folder / "copy")
        what = kinds[number % len(kinds)](root, dice)
        problems = find(root)
        if not problems:
            missed.append(what)
        for problem in problems:
            check_message(problem)
    return missed


@pytest.mark.row(11)
def test_mutations_of_an_archive(estate: Path, tmp_path: Path, tally: Tally) -> None:
    """Three of each kind: files, manifest, index, forgeries with true seals."""
    count = 3 * len(KINDS)
    missed = mutate(estate, tmp_path, KINDS, count, seed=11)
    tally(mutations=count, noticed=count - len(missed))
    assert missed == []


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.row(11)
@pytest.mark.parametrize("seed", range(4))
def test_1000_mutations_of_an_archive(
    estate: Path, tmp_path: Path, tally: Tally, seed: int
) -> None:
    """250 more with each of four seeds."""
    missed = mutate(estate, tmp_path, KINDS, 250, seed=seed)
    tally(mutations=250, noticed=250 - len(missed))
    assert missed == []


def columns_of(estate: Path) -> list[tuple[str, str]]:
    """Every column that says something; ids of captures and addresses only number the rows."""
    db = sqlite3.connect(estate / "index.db")
    found = [
        (table, row[1]) for table in TABLES for row in db.execute(f"PRAGMA table_info({table})")
    ]
    db.close()
    return [pair for pair in found if pair not in (("captures", "id"), ("addresses", "id"))]


@pytest.mark.row(11)
def test_every_column_of_every_table(estate: Path, tmp_path: Path, tally: Tally) -> None:
    """A changed value in any column of any table differs from what the files make; of one column
    a table, and of those that are no row's content, the whole check says so."""
    dice = random.Random(5)
    columns = columns_of(estate)
    alone, whole = [], {}
    for where in columns:
        change_value(copy_index_of(estate, tmp_path / "copy"), dice, where)
        if differ(tmp_path / "copy", estate):
            whole[where[0]] = where
        else:
            alone.append(where)
    assert alone == [("warc_files", "committed")], "how far a file was read is held against files"
    chosen = [*alone, *whole.values()]
    missed = find_unnoticed(estate, tmp_path, chosen, dice)
    tally(mutations=len(chosen), noticed=len(chosen) - len(missed))
    assert len(columns) > 120 and len(whole) == len(TABLES)
    assert missed == []


@pytest.mark.slow
@pytest.mark.row(11)
def test_every_column_by_the_whole_check(estate: Path, tmp_path: Path, tally: Tally) -> None:
    """A changed value in any column of any table of the index is noticed by the whole check."""
    columns = columns_of(estate)
    missed = find_unnoticed(estate, tmp_path, columns, random.Random(5))
    tally(mutations=len(columns), noticed=len(columns) - len(missed))
    assert missed == []


def find_unnoticed(
    estate: Path, folder: Path, columns: list[tuple[str, str]], dice: random.Random
) -> list[str]:
    """Change a value in each of these columns; return the changes that the check let pass."""
    missed = []
    for where in columns:
        root = copy_estate(estate, folder / "copy")
        what = change_value(root, dice, where)
        if not find(root):
            missed.append(what)
    return missed


def copy_index_of(estate: Path, folder: Path) -> Path:
    """A folder that holds a copy of the index alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(estate / "index.db", folder)
    return folder


def differ(root: Path, estate: Path) -> bool:
    """Whether an index is another than the estate's, which its files make (it verifies)."""
    db = sqlite3.connect(root / "index.db", isolation_level=None)
    db.execute("ATTACH ? AS twin", (str(estate / "index.db"),))
    try:
        tables = (compare_table(db, table) for table in list_tables(db))
        return any(True for _ in chain(check_references(db), *tables))
    finally:
        db.close()


def test_what_is_no_change_of_content(estate: Path, tmp_path: Path) -> None:
    """Another order of the manifest, a link to the same bytes, other times of files: no problem,
    and every byte and row is what it was."""
    root = copy_estate(estate, tmp_path / "copy")
    path = own(root)[0]
    moved = tmp_path / "another disk"
    path.rename(moved)
    path.symlink_to(moved)
    lines = (root / NAME).read_bytes().splitlines(keepends=True)
    (root / NAME).write_bytes(b"".join(reversed(lines)))
    assert find(root) == []
    assert path.read_bytes() == (estate / path.relative_to(root)).read_bytes()
    assert set(read_listing(root, live=False)[0]) == set(read_listing(estate, live=False)[0])


def test_an_unreadable_file(estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read, or that the disk fails to give, is told and not fatal."""
    root = copy_estate(estate, tmp_path / "copy")
    path = own(root)[0]
    plain = Path.open

    def refuse(self: Path, *words: object, **more: object) -> object:
        if self == path:
            raise PermissionError(13, "Permission denied")
        return plain(self, *words, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "open", refuse)
    told = [one for one in find(root) if one.file == path.relative_to(root).as_posix()]
    assert "unreadable" in {one.code for one in told}


# -- known damage ---------------------------------------------------------------------------------


def test_known_damage_is_told_and_no_failure(estate: Path) -> None:
    """What was broken when it was imported is told as known, with its offset."""
    problems = list(verify_archive(estate, estate / "index.db"))
    assert [(one.file, one.known, one.code) for one in problems] == [(FOREIGN, True, "framing")]
    assert "imported" in problems[0].remedy


def test_new_damage_of_a_damaged_file(estate: Path, tmp_path: Path) -> None:
    """More damage in such a file is damage, and what was known of it stays known."""
    root = copy_estate(estate, tmp_path / "copy")
    path = root / FOREIGN
    data = bytearray(path.read_bytes())
    data[-30] ^= 1
    path.write_bytes(data)
    problems = list(verify_archive(root, root / "index.db"))
    assert {one.code for one in problems if not one.known} >= {"framing", "changed"}
    assert [one.known for one in problems if one.code == "framing"] == [True, False]


# -- repair ---------------------------------------------------------------------------------------


def hold(root: Path) -> set[bytes]:
    """The bytes of every WARC file and torn tail, whatever its name."""
    return {
        path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "manifest" not in path.name and path.parent != root
    }


@pytest.mark.parametrize("kind", [*dict.fromkeys(INDEXES), *LISTS], ids=lambda kind: kind.__name__)
def test_what_files_prove_is_repaired(estate: Path, tmp_path: Path, kind: Kind) -> None:
    """Any damage of index or manifest is mended: the check is clean, the index a rebuild's, and
    no WARC file was touched."""
    dice = random.Random(3)
    wanted = list(dump(connect(estate / "index.db")))
    for _ in range(4):
        root = copy_estate(estate, tmp_path / "copy")
        what = kind(root, dice)
        if (root / "index.db").is_dir() or (root / NAME).is_dir():
            continue
        if "99" in what:
            continue  # a newer khobao's index is not ours to replace
        before = hold(root)
        repaired = repair(root)
        assert repaired.done, what
        assert [str(one) for one in repaired.left if not one.known] == [], what
        assert hold(root) == before, what
        db = connect(root / "index.db")
        assert list(dump(db)) == wanted, what
        db.close()


def test_repair_of_names_tails_and_open_files(estate: Path, tmp_path: Path) -> None:
    """A renamed file gets its name back, bytes behind a closed file go to .torn, a file that was
    left open is closed; then all is as it was."""
    root = copy_estate(estate, tmp_path / "copy")
    one, two, three = own(root)[:3]
    before = {path.name: path.read_bytes() for path in own(root)}
    one.rename(one.with_name("lost.warc.gz"))
    with two.open("ab") as file:
        file.write(b"\n\n")
    three.rename(three.with_name(three.name + ".open"))
    repaired = repair(root)
    assert len(repaired.done) >= 3 and repaired.refused == []
    assert repaired.whole
    assert {path.name: path.read_bytes() for path in own(root)} == before
    assert two.with_name(two.name + ".torn").read_bytes() == b"\n\n"


@pytest.mark.parametrize("kind", [*vandal.FILES, *FORGED], ids=lambda kind: kind.__name__)
def test_repair_destroys_nothing(estate: Path, tmp_path: Path, kind: Kind) -> None:
    """Whatever was done to the files, repair does not raise, keeps every byte it found, and ends
    with a clean check or says what is left and what to do."""
    dice = random.Random(8)
    for _ in range(2):
        root = copy_estate(estate, tmp_path / "copy")
        what = kind(root, dice)
        before = b"".join(sorted(hold(root)))
        repaired = repair(root)
        after = hold(root)
        if repaired.whole:
            assert find(root) == []
        else:
            assert any(not one.known for one in repaired.left), what
        assert sum(map(len, after)) >= len(before) or kind is vandal.add_file, what


def test_rows_of_lost_files_are_kept(estate: Path, tmp_path: Path) -> None:
    """The rows of a file that is gone are the only trace of it: repair leaves them, and says so;
    once the file is back all is whole."""
    root = copy_estate(estate, tmp_path / "copy")
    path = own(root)[0]
    data = path.read_bytes()
    path.unlink()
    db = sqlite3.connect(root / "index.db", isolation_level=None)
    db.execute("UPDATE articles SET title = 'x' WHERE id = 1")
    count = db.execute("SELECT count(*) FROM captures").fetchone()
    db.close()
    repaired = repair(root)
    assert not repaired.whole and "only trace" in repaired.refused[0]
    db = connect(root / "index.db")
    assert db.execute("SELECT count(*) FROM captures").fetchone() == count
    db.close()
    path.write_bytes(data)
    assert repair(root).whole


def test_no_room_for_the_check_is_no_damage(
    estate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk where the copy of the index goes ends the check; nobody is told of damage."""
    root = copy_estate(estate, tmp_path / "copy")

    def refuse(*_: object) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr("archive.twin.try_apply", refuse)
    with pytest.raises(StorageError, match="TMPDIR"):
        find(root)
    shutil.rmtree(root)
