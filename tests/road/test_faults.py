"""Disks and indexes that fail under a crawl, readers beside it, and a paper that never changes."""

from __future__ import annotations

import ctypes
import os
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from errno import EIO, ENOSPC
from pathlib import Path

import pytest

from archive.errors import StorageError
from archive.exports.export import export
from archive.find import find
from archive.page import open_page
from archive.rebuild import rebuild
from archive.search import search
from archive.show import describe
from archive.store import Archive, connect
from archive.urls import canonical
from archive.warc import writer
from tests.archive.makers import Clock, make_exchange, open_archive
from tests.gazette import plain
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server
from tests.warc.disks import FailingDisk

from .remains import ONE_READER, check_rebuild, check_whole
from .vault import KHOBAO, ROOT, Vault, clean_environment


@contextmanager
def serve(root: Path, articles: int) -> Iterator[tuple[Server, Vault, ManyPaper]]:
    """Serve a paper of small pages and give an archive that may dial it."""
    paper = ManyPaper(articles)
    with Server(paper) as server:
        vault = Vault(root, server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        yield server, vault, paper


def crawl_badly(
    vault: Vault, *, prefix: tuple[str, ...] = (), before: Callable[[], None] | None = None
) -> str:
    """Crawl where the storage fails: exit 5 and one line that ends with a remedy; return it."""
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


def limit_files(vault: Vault, kilobytes: int) -> str:
    """Crawl with a limit on the size of any file: WARC, index or log (RLIMIT_FSIZE)."""
    return crawl_badly(vault, prefix=("sh", "-c", f'ulimit -f {kilobytes * 2}; exec "$@"', "sh"))


@pytest.mark.parametrize("kilobytes", [100, pytest.param(260, marks=pytest.mark.slow)])
def test_a_disk_that_takes_no_more(tmp_path: Path, kilobytes: int) -> None:
    """At the limit of a file (the index's log, or the WARC file): 5, one line, nothing torn."""
    with serve(tmp_path / "archive", 60) as (_, vault, paper):
        assert "run again" in limit_files(vault, kilobytes)
        check_goes_on(vault, paper)


def mount(folder: Path, kilobytes: int) -> None:
    """Mount a small disk, or skip where the machine does not let us."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")


def fill_disk(tmp_path: Path, kilobytes: int) -> None:
    """Crawl onto a small disk until it is full, give it room, crawl on."""
    disk = tmp_path / "disk"
    mount(disk, kilobytes)
    try:
        with serve(disk / "archive", 80) as (_, vault, paper):
            said = crawl_badly(vault)
            assert "run again" in said or said.endswith("mend the disk"), said
            words = ["mount", "-o", "remount,size=64m", str(disk)]
            subprocess.run(words, check=True)
            check_goes_on(vault, paper)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [500])
def test_a_full_disk(tmp_path: Path, kilobytes: int) -> None:
    """ENOSPC from a real file system, in whichever file meets it first."""
    fill_disk(tmp_path, kilobytes)


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("kilobytes", range(40, 840, 40))
def test_a_disk_full_at_20_sizes(tmp_path: Path, kilobytes: int) -> None:
    """The same at twenty sizes, from none to nearly enough."""
    fill_disk(tmp_path, kilobytes)


@pytest.mark.parametrize(
    "fail",
    [
        {"sync_data": {3: EIO}},
        {"write": {9: ENOSPC}},
        {"write": {9: EIO}, "truncate": {1: EIO}},
        {"rename": {1: EIO}},
        {"sync": {1: EIO}},
    ],
)
def test_after_a_refusal_nothing_more_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fail: dict[str, dict[int, int]]
) -> None:
    """No row outlives a WARC file's failure that is not durable there; the disk's recovery in
    between changes nothing; the next run takes up what the files hold."""
    clock = Clock()
    disk = FailingDisk(fail)
    monkeypatch.setattr(writer, "OsDisk", lambda: disk)
    archive = open_archive(tmp_path, clock)
    kept = 0
    refused = False
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
    assert refused
    monkeypatch.undo()
    before = count_rows(tmp_path)
    with Archive(tmp_path, now=clock, host="test") as archive:
        after = archive.db.execute("SELECT count(*) FROM captures").fetchone()[0]
    assert before <= after <= kept + 1
    check_whole_folder(tmp_path)


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
    with serve(tmp_path / "archive", 40) as (server, vault, paper):
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
    with serve(tmp_path / "archive", 60) as (_, vault, paper):
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
    with serve(tmp_path / "archive", 60) as (_, vault, paper):
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
    with serve(tmp_path / "archive", 40) as (server, vault, paper):
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


# -- readers --------------------------------------------------------------------------------------


def read_beside(tmp_path: Path, articles: int, least_seconds: float) -> None:
    """Crawl while three readers and an exporter work; nobody may meet a lock."""
    with serve(tmp_path / "archive", articles) as (_, vault, _):
        vault.crawl("paper", "--max-pages", "15")
        ended = threading.Event()
        errors: list[tuple[str, str]] = []
        turns: dict[str, int] = {}

        def repeat(name: str, deed: Callable[[], None]) -> threading.Thread:
            def work() -> None:
                while not ended.is_set():
                    try:
                        deed()
                    except BaseException as error:
                        errors.append((name, repr(error)))
                        return
                    turns[name] = turns.get(name, 0) + 1
                    ended.wait(0.02)  # four busy loops would starve a crawl on two cores

            thread = threading.Thread(target=work)
            thread.start()
            return thread

        threads = [
            repeat("search", lambda: look(vault)),
            repeat("show", lambda: show(vault)),
            repeat("sqlite", lambda: ask_plainly(vault)),
            repeat("export", lambda: give_out(vault, tmp_path)),
        ]
        begun = time.monotonic()
        try:
            while True:
                report = vault.crawl("paper")[0]
                assert report["outcome"] == "finished"
                if time.monotonic() - begun >= least_seconds:
                    break
        finally:
            ended.set()
            for thread in threads:
                thread.join()
        assert errors == []
        assert min(turns.values()) >= 2 and len(turns) == 4, turns
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
    """Count with a plain SQLite client, as Python opens one.

    It may have to wait for milliseconds: the first and the last connection of a crawl lock the
    file alone while SQLite takes up or removes the log, and a client that waits for nothing (the
    sqlite3 shell without .timeout) can hit just that moment.
    """
    db = sqlite3.connect(f"file:{vault.root / 'index.db'}?mode=ro", uri=True)
    for table in ("captures", "articles", "addresses", "sightings"):
        db.execute(
            f"SELECT count(*), max(rowid) FROM {table}"
            if table != "sightings"
            else "SELECT count(*) FROM sightings"
        ).fetchone()
    db.close()


def give_out(vault: Vault, folder: Path) -> None:
    """Export everything."""
    db = connect(vault.root / "index.db")
    export(db, "jsonl", folder / "out.jsonl")
    db.close()


def test_readers_and_a_crawl(tmp_path: Path) -> None:
    """A crawl with three readers and an exporter beside it: 0 "database is locked"."""
    read_beside(tmp_path, 150, 0.0)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_readers_and_a_crawl_for_a_minute(tmp_path: Path) -> None:
    """The same for a minute at least."""
    read_beside(tmp_path, 2000, 60.0)


# -- nothing new ----------------------------------------------------------------------------------


def crawl_unchanged(tmp_path: Path, times: int) -> None:
    """Crawl a paper that does not change, its articles asked for each time."""
    paper = plain.paper(seed=7, articles=12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        for _ in range(times):
            vault.crawl("paper", "--recheck", "1")
        copies = vault.query(
            "SELECT url, count(*) FROM captures WHERE kind = 'response' AND status = 200 "
            "GROUP BY url, payload_digest HAVING count(*) > 1"
        )
        assert copies == []
        kinds = dict(vault.query("SELECT kind, count(*) FROM captures GROUP BY kind"))
        assert kinds["revisit"] == kinds["response"] * (times - 1)
        assert vault.query("SELECT max(versions) FROM articles") == [(1,)]
        db = connect(vault.root / "index.db")
        for number, held in db.execute(
            "SELECT c.id, o.payload_length FROM captures c JOIN captures o ON o.id = c.refers_to "
            "WHERE c.kind = 'revisit' AND o.kind = 'response'"
        ).fetchall():
            assert open_page(db, vault.root, number).payload != b"" or held == 0
            kinds["revisit"] -= 1
        db.close()
        assert kinds["revisit"] == 0, "a revisit leads nowhere"
        check_whole(vault)
        check_rebuild(vault)


def test_a_paper_that_does_not_change(tmp_path: Path) -> None:
    """Three crawls: one copy of each page, every revisit leads to its bytes."""
    crawl_unchanged(tmp_path, 3)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_ten_crawls_of_a_paper_that_does_not_change(tmp_path: Path) -> None:
    """The same ten times."""
    crawl_unchanged(tmp_path, 10)


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
