"""Disks and indexes that fail under a crawl, readers beside it, and a paper that never changes."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.rebuild import rebuild
from archive.store import Archive, connect
from archive.urls import canonical
from archive.warc import writer
from tests.archive.makers import SITE, Clock, make_exchange, open_archive
from tests.gazette.many import ManyPaper
from tests.scorecard.plugin import Tally
from tests.warc.disks import FailingDisk

from .remains import check_rebuild, check_whole, serve_many
from .vault import KHOBAO, ROOT, Vault, clean_environment


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


# -- full disks -----------------------------------------------------------------------------------


def survive(
    vault: Vault, paper: ManyPaper, tally: Tally, fail: Callable[[], str], *, real: bool = False
) -> None:
    """Let a crawl meet a full disk, then the next run go on; tell what was clean and what not."""
    counts = {"unclean": 1, "torn": 0, "stuck": 1}
    try:
        fail()
        counts["unclean"] = 0
        check_goes_on(vault, paper)
        counts["stuck"] = 0
    finally:
        counts["torn"] = len(list(vault.root.rglob("*.torn*")))
        tally(full=1, real=int(real), injected=0, **counts)


def limit_files(vault: Vault, kilobytes: int) -> str:
    """Crawl with a limit on the size of any file: WARC, index or log (RLIMIT_FSIZE)."""
    said = crawl_badly(vault, prefix=("sh", "-c", f'ulimit -f {kilobytes * 2}; exec "$@"', "sh"))
    assert "run again" in said, said
    return said


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "kilobytes", [100, *(pytest.param(k, marks=pytest.mark.slow) for k in (8, 60, 170, 260))]
)
def test_a_disk_that_takes_no_more(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """At the limit of a file (the index's log, or the WARC file): 5, one line, nothing torn."""
    with serve_many(tmp_path / "archive", 60) as (_, vault, paper):
        survive(vault, paper, tally, lambda: limit_files(vault, kilobytes))


@contextmanager
def small_disk(folder: Path, kilobytes: int, kind: str) -> Iterator[Callable[[], object]]:
    """Mount a small file system and give what makes room on it; skip where that is not allowed.

    tmpfs grows when it is mounted again; ext4 lies in a file, and a file on it is in the way.
    """
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    if kind == "tmpfs":
        words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    else:
        image = folder.with_name("image")
        with image.open("wb") as file:
            file.truncate(16 << 20)
        make = ["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", str(image)]
        if shutil.which("mkfs.ext4") is None or subprocess.run(make, check=False).returncode:
            pytest.skip("no mkfs.ext4 here")
        words = ["mount", "-o", "loop", str(image), str(folder)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip(f"this machine does not let us mount {kind}")
    ballast = folder / "ballast"
    grow = ["mount", "-o", "remount,size=64m", str(folder)]
    try:
        if kind == "tmpfs":
            yield lambda: subprocess.run(grow, check=True)
        else:
            free = shutil.disk_usage(folder).free
            ballast.write_bytes(bytes(free - kilobytes * 1024))
            yield ballast.unlink
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill_disk(tmp_path: Path, tally: Tally, kilobytes: int, kind: str = "tmpfs") -> None:
    """Crawl onto a small disk until it is full, give it room, crawl on."""
    with (
        small_disk(tmp_path / "disk", kilobytes, kind) as make_room,
        serve_many(tmp_path / "disk" / "archive", 80) as (_, vault, paper),
    ):

        def fail() -> str:
            said = crawl_badly(vault)
            assert "run again" in said or said.endswith("mend the disk"), said
            make_room()
            return said

        survive(vault, paper, tally, fail, real=True)


@pytest.mark.row(6)
def test_a_full_disk(tmp_path: Path, tally: Tally) -> None:
    """ENOSPC from a real file system, in whichever file meets it first."""
    fill_disk(tmp_path, tally, 500)


@pytest.mark.slow
@pytest.mark.row(6)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kilobytes", range(40, 840, 40))
def test_a_disk_full_at_20_sizes(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """The same at twenty sizes, from none to nearly enough."""
    fill_disk(tmp_path, tally, kilobytes)


@pytest.mark.slow
@pytest.mark.row(6)
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kilobytes", [120, 400, 640])
def test_a_full_ext4(tmp_path: Path, tally: Tally, kilobytes: int) -> None:
    """The same on ext4, which allocates late and keeps blocks for itself."""
    fill_disk(tmp_path, tally, kilobytes, "ext4")


CALLS = {"write": 7, "sync_data": 7, "sync_folder": 2}  # met by one file of twelve; others once
PLANS: list[dict[str, dict[int, int]]] = [
    {operation: {number: error}}
    for operation in ("write", "sync_data", "sync", "rename", "create", "sync_folder")
    for number in (1, 2, 3, 7)
    for error in (EIO, ENOSPC)
    if number <= CALLS.get(operation, 1)
]
PLANS += [{"write": {n: error}, "truncate": {1: EIO}} for n in (1, 2, 9) for error in (EIO, ENOSPC)]
QUICK = (4, 5, 12, 15, 17, 18, 20, len(PLANS) - 1)


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "plan",
    [pytest.param(n, marks=() if n in QUICK else pytest.mark.slow) for n in range(len(PLANS))],
    ids=lambda n: f"{n}-" + "-".join(f"{k}{next(iter(v))}" for k, v in PLANS[n].items()),
)
def test_after_a_refusal_nothing_more_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, plan: int
) -> None:
    """No row outlives a WARC file's failure that is not durable there; the disk's recovery in
    between changes nothing; the next run takes up what the files hold."""
    write_badly(tmp_path, monkeypatch, FailingDisk(PLANS[plan]), tally)


@pytest.mark.row(6)
@pytest.mark.parametrize(
    "room", [900, *(pytest.param(r, marks=pytest.mark.slow) for r in range(0, 5700, 300))]
)
def test_injected_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, room: int
) -> None:
    """A disk that takes so many bytes, the last write in part, and then says ENOSPC."""
    write_badly(tmp_path, monkeypatch, FailingDisk(room=room), tally)


@pytest.mark.row(6)
@pytest.mark.parametrize("short", [1, pytest.param(100, marks=pytest.mark.slow)])
def test_short_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, short: int
) -> None:
    """A disk that takes a few bytes a call: slow, and nothing is refused or lost."""
    write_badly(tmp_path, monkeypatch, FailingDisk(short=short), tally, refuses=False)


def write_badly(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    disk: FailingDisk,
    tally: Tally,
    *,
    refuses: bool = True,
) -> None:
    """Keep twelve exchanges on a failing disk, then open the archive on a good one."""
    clock = Clock()
    counts = {"unclean": 1, "torn": 0, "stuck": 1}
    try:
        with monkeypatch.context() as patch:
            patch.setattr(writer, "OsDisk", lambda: disk)
            kept, refused = keep_some(root, clock)
        assert refused is refuses
        counts["unclean"] = 0
        before = count_rows(root)
        with Archive(root, now=clock, host="test") as archive:
            after = archive.db.execute("SELECT count(*) FROM captures").fetchone()[0]
        assert before <= after <= kept + 1
        check_whole_folder(root)
        counts["stuck"] = 0
    finally:
        counts["torn"] = len(list(root.rglob("*.torn*")))
        tally(full=0, real=0, injected=1, **counts)


def keep_some(root: Path, clock: Clock) -> tuple[int, bool]:
    """Keep twelve exchanges as a crawl does; how many were taken, and whether one was refused.

    Whatever is refused is refused with StorageError, and by the archive from then on.
    """
    archive = open_archive(root, clock, site=False)
    archive.open_site(SITE, crawl_id="suoi-1", info={"software": "test"})
    kept, refused = 0, False
    for number in range(12):
        url = f"https://suoi.test/{number}.html"
        try:
            archive.keep("suoi", make_exchange(url, b"x%d" % number, at=clock()))
            kept += 1
            archive.commit()
        except StorageError as error:
            refused = True
            assert archive.broken is error or archive.broken is error.__cause__
    try:
        archive.close()
    except StorageError:
        refused = True
    return kept, refused


def check_whole_folder(root: Path) -> None:
    """Check an archive that no Vault made."""
    vault = Vault.__new__(Vault)
    vault.root = root
    check_whole(vault)
    check_rebuild(vault)


def count_rows(root: Path) -> int:
    """Return the number of committed captures."""
    db = connect(root / "index.db")
    try:
        return int(db.execute("SELECT count(*) FROM captures").fetchone()[0])
    finally:
        db.close()


def test_a_failed_index_is_not_marked_as_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row that the index refused once is made by the next run, though later ones went well."""
    clock = Clock()
    archive = open_archive(tmp_path, clock)
    with monkeypatch.context() as patch:

        def refuse(*_: object, **__: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        patch.setattr("archive.store.apply", refuse)
        with pytest.raises(StorageError):
            archive.keep("suoi", make_exchange("https://suoi.test/1.html", b"1", at=clock()))
    with pytest.raises(StorageError):
        archive.keep("suoi", make_exchange("https://suoi.test/2.html", b"2", at=clock()))
    archive.close()
    with Archive(tmp_path, now=clock, host="test") as archive:
        held = archive.db.execute("SELECT url FROM captures").fetchall()
    assert held == [("https://suoi.test/1.html",)]


# -- indexes --------------------------------------------------------------------------------------


def drop_privileges() -> None:
    """Make a child that runs as root obey the permissions of files (PR_CAPBSET_DROP)."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # CAP_DAC_OVERRIDE


def test_a_read_only_index(tmp_path: Path) -> None:
    """An index that may not be written: 5 and what to do, and nothing is asked of the paper."""
    with serve_many(tmp_path / "archive", 40) as (server, vault, paper):
        vault.crawl("paper", "--max-pages", "5")
        asked = server.count
        (vault.root / "index.db").chmod(0o444)
        said = crawl_badly(vault, before=drop_privileges)
        assert said.endswith("let this user write it, then run again"), said
        assert server.count == asked
        (vault.root / "index.db").chmod(0o644)
        check_goes_on(vault, paper)


def spoil(path: Path, pages: list[int], size: int = 4096) -> None:
    """Overwrite pages of an index with noise."""
    noise = random.Random(5)
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * size)
            file.write(noise.randbytes(size))


def test_a_corrupt_index(tmp_path: Path) -> None:
    """An index with noise in its middle: 5 and `khobao rebuild`, after which all goes on."""
    with serve_many(tmp_path / "archive", 60) as (_, vault, paper):
        vault.crawl("paper", "--max-pages", "40")
        index = vault.root / "index.db"
        spoil(index, list(range(2, index.stat().st_size // 4096)))
        assert "khobao rebuild" in crawl_badly(vault)
        vault.run("rebuild")
        check_goes_on(vault, paper)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_an_index_corrupt_in_any_page(tmp_path: Path) -> None:
    """Each page spoilt by itself: never a bug's exit, never a traceback; a rebuild mends it."""
    with serve_many(tmp_path / "archive", 60) as (_, vault, paper):
        vault.crawl("paper", "--max-pages", "40")
        shutil.copytree(vault.root, tmp_path / "copy")
        index = vault.root / "index.db"
        number = index.stat().st_size // 4096
        codes: dict[int, int] = {}
        for page in random.Random(3).sample(range(number), 25):
            shutil.rmtree(vault.root)
            shutil.copytree(tmp_path / "copy", vault.root)
            spoil(index, [page])
            process = vault.start("crawl", "paper")
            out, err = process.communicate(timeout=100)
            assert "Traceback" not in out + err, (page, out, err)
            assert process.returncode in (0, 5), (page, out, err)
            codes[process.returncode] = codes.get(process.returncode, 0) + 1
            vault.run("rebuild")
            vault.crawl("paper")
            check_whole(vault)
        assert codes.get(5, 0) > 0
        check_goes_on(vault, paper)


@pytest.mark.parametrize("loss", ["vanished", pytest.param("cut", marks=pytest.mark.slow)])
def test_a_lost_warc_file(tmp_path: Path, loss: str) -> None:
    """A file gone or cut: 5, named, before anything is asked; put back, or rebuilt without it,
    the crawl goes on."""
    with serve_many(tmp_path / "archive", 40) as (server, vault, paper):
        vault.crawl("paper", "--max-pages", "12")
        lost = next(vault.root.glob("warc/paper/*.warc.gz"))
        data = lost.read_bytes()
        lost.unlink()
        if loss == "cut":
            lost.write_bytes(data[: len(data) // 2])
        asked = server.count
        said = crawl_badly(vault)
        assert lost.name in said and "put it back from a copy" in said
        assert server.count == asked
        if loss == "cut":
            lost.write_bytes(data)
            check_goes_on(vault, paper)
            lost.unlink()
        rebuild(vault.root)
        vault.crawl("paper")
        held = vault.query("SELECT count(*) FROM articles")
        assert held == [(40,)], "what was lost is asked for again"


def test_pages_of_megabytes_outlive_a_kill(tmp_path: Path) -> None:
    """Records that unpack to more than 1 MiB, with others right behind them: recovery cuts none
    off. (zlib names the bytes behind a member twice; counted twice, they ended it too early.)"""
    clock = Clock()
    archive = open_archive(tmp_path, clock)
    for number, size in enumerate((2**20 + 1, 3_500_000, 10, 2**21, 700_000)):
        body = b"<p>%d</p>" % number * (size // 8)
        archive.keep("suoi", make_exchange(f"https://suoi.test/{number}.html", body, at=clock()))
    archive.db.close()  # a kill: nothing is committed, synced or closed
    archive._lock.__exit__(None, None, None)
    with Archive(tmp_path, now=clock, host="test") as archive:
        assert [one.torn_bytes for one in archive.recovered] == [0]
        held = archive.db.execute("SELECT count(*) FROM captures").fetchone()
    assert held == (5,)
    check_whole_folder(tmp_path)
