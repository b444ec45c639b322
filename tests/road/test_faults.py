"""Indexes and WARC files that are read-only, spoilt, lost or cut under a crawl."""

from __future__ import annotations

import ctypes
import random
import shutil
from pathlib import Path

import pytest

from archive.rebuild import rebuild
from archive.store import Archive
from tests.archive.makers import Clock, make_exchange, open_archive
from tests.road.remains import check_goes_on, check_whole_folder, crawl_badly

from .remains import check_whole, serve_many


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
