"""The index is what the WARC files make: deleted and made again, three times, from any archive."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from archive.dump import dump
from archive.rebuild import rebuild
from archive.store import connect
from archive.warc.verify import verify_archive
from tests.gazette import epi, onecms
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server
from tests.scorecard.plugin import Tally
from tests.warc.estate import make_estate

from .remains import ONE_READER, Watched
from .vault import Vault

pytestmark = pytest.mark.row(3)


def read(root: Path) -> list[str]:
    """The logical content of the index."""
    db = connect(root / "index.db")
    try:
        return list(dump(db))
    finally:
        db.close()


def check(root: Path, tally: Tally) -> list[str]:
    """Delete and rebuild three times; every time the same rows. Gives the rows."""
    before = read(root)
    different = 0
    for _ in range(3):
        (root / "index.db").unlink()
        rebuild(root)
        different += len(set(before) ^ set(after := read(root)))
        different += before != after
    tally(rebuilds=3, archives=1, lines=len(before), different=different)
    assert different == 0
    assert len(before) > 50
    problems = verify_archive(root, root / "index.db")
    assert [str(one) for one in problems if not one.known] == []
    return before


def test_written_archive(tmp_path: Path, tally: Tally) -> None:
    """Versions, revisits, failures, files that rolled over, a damaged import."""
    rows = check(make_estate(tmp_path / "archive", pages=6), tally)
    revisits = [row for row in rows if row.startswith("captures") and "'revisit'" in row]
    assert revisits and all(" at byte " in row for row in revisits), (
        "what a revisit stands for is compared"
    )


def crawl_twice(root: Path, articles: int) -> Vault:
    """Two papers in one run, which link to each other's pages, then both again."""
    one, two = epi.paper(seed=3, articles=articles), onecms.paper(seed=4, articles=articles)
    with Server(one) as first, Server(two) as second:
        vault = Vault(root, first.port, second.port, words=ONE_READER)
        vault.add_site("mot", one.profile())
        vault.add_site("hai", two.profile())
        vault.crawl("mot", "hai")
        at = one.newsroom.now.replace(hour=23)
        one.newsroom.move(at)
        for number in one.newsroom.visible()[:3]:
            one.newsroom.edit(number, at=at, paragraphs=(f"Đoạn {number} đã sửa, đủ dài.",))
        vault.crawl("mot", "hai", "--recheck", "1")
    return vault


def test_crawled_archive(tmp_path: Path, tally: Tally) -> None:
    """Two papers crawled side by side, twice, with edited articles."""
    check(crawl_twice(tmp_path / "archive", 20).root, tally)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_larger_crawled_archive(tmp_path: Path, tally: Tally) -> None:
    """The same with more articles."""
    check(crawl_twice(tmp_path / "archive", 40).root, tally)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_imported_archive(tmp_path: Path, tally: Tally) -> None:
    """The files of one archive taken in by another, one of them damaged on the way."""
    source = crawl_twice(tmp_path / "source", 20)
    files = sorted(source.root.glob("warc/*/*.warc.gz"))
    damaged = tmp_path / "damaged.warc.gz"
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged.write_bytes(data)
    vault = Vault(tmp_path / "archive", 1, words=ONE_READER)
    vault.run("import", *map(str, files))
    vault.run("import", str(damaged), code=3)
    check(vault.root, tally)
    assert "known damage" in vault.run("verify")


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("kills", [1, 4])
def test_archive_after_crashes(tmp_path: Path, tally: Tally, kills: int) -> None:
    """A crawl that was killed in between and then went on to its end."""
    watched = Watched(ManyPaper(150))
    assert isinstance(watched.paper, ManyPaper)
    with Server(watched) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", watched.paper.profile())
        for number in range(kills):
            reached = watched.expect(11 + 7 * number)
            process = vault.start("crawl", "paper")
            assert reached.wait(60)
            threading.Event().wait(0.1 * number)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        vault.crawl("paper")
    check(vault.root, tally)
