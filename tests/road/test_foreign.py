"""What other programs make of the WARC files we write: of crawls, odd answers, crashes, replays.

`fastwarc check --verify-payloads` is asked too, of files whose revisits are none or answer a 304:
a revisit for an identical payload names the digest of what it does not hold (ISO 28500:2017,
6.7.2), and FastWARC 2.0 takes the digest of what is there, which is nothing. It is not asked of
odd answers: where its parser of HTTP heads stumbles (NUL in a field, a bare LF, no reason), it
takes another part of the block for the payload; block digests hold in all of them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from archive.store import Archive
from archive.warc.compose import compose
from archive.warc.http import http_of
from archive.warc.reader import Found, iterate
from archive.warc.writer import Writer
from tests.archive.makers import Clock
from tests.brotlied import WARCIO
from tests.gazette import epi, onecms, plain
from tests.gazette.paper import Paper
from tests.gazette.server import Server
from tests.pywb import PYWB, ask, needs_pywb, replay
from tests.scorecard.plugin import Tally
from tests.wire.answers import ANSWERS, NO_HTTP
from tests.wire.server import Reply
from tests.wire.strange import FOREIGN, STRANGE
from tests.wire.test_exchange import exchange_once

from .captured import needs_shared
from .remains import ONE_READER, Watched
from .test_captures import FILES, OPERATOR, crawl, load_profile
from .vault import Vault

BIN = Path(sys.executable).parent
SAMPLE = 12  # captures that pywb replays in the quick form


def find_files(root: Path) -> list[Path]:
    """Return the WARC files of an archive."""
    return sorted((root / "warc").rglob("*.warc.gz"))


def check_files(files: list[Path], tally: Tally, *, payloads: bool = True) -> None:
    """Every validator passes every file; ``payloads``: FastWARC checks payload digests too."""
    failures = []
    checks = 0
    for file in files:
        commands = [
            [*WARCIO, "check", str(file)],
            [str(BIN / "fastwarc"), "check", "-q", str(file)],
            ["gzip", "-t", str(file)],
            [str(BIN / "cdxj-indexer"), "-o", "/dev/null", str(file)],
        ]
        if payloads and not has_identical(file):
            commands.append([str(BIN / "fastwarc"), "check", "-q", "-p", str(file)])
        for command in commands:
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            checks += 1
            if done.returncode:
                failures.append((command[:-1], done.stdout + done.stderr))
    tally(files=len(files), validators=checks, failing=len(failures))
    assert files
    assert failures == []


def has_identical(file: Path) -> bool:
    """Whether a file has revisits that name the digest of a payload they do not hold."""
    return any(
        isinstance(item, Found)
        and item.record.type == "revisit"
        and "identical" in (item.record.header("WARC-Profile") or "")
        for item in iterate(file)
    )


def replay_all(folder: Path, files: list[Path], tally: Tally, *, every: bool) -> None:
    """Every readable response and revisit comes out of pywb with the payload we hold."""
    wanted = list(list_readable(files))
    chosen = wanted if every else wanted[:: len(wanted) // SAMPLE + 1]
    missing = []
    with replay(folder, files) as connection:
        for url, at, status, payload in chosen:
            instant = "".join(c for c in at if c.isdigit())[:14]
            got, body = ask(connection, instant, url)
            if got != status or (payload is not None and body != payload):
                missing.append((url, at, status, got, body[:60], (payload or b"")[:60]))
    tally(replayed=len(chosen) - len(missing), unreplayed=len(missing))
    assert chosen
    assert missing == []


def list_readable(files: list[Path]) -> Iterator[tuple[str, str, int, bytes | None]]:
    """Yield address, instant, status and body of what a replay system should show.

    Left out is what no replay shows by its nature: what was cut, 1xx, 304 and 204 without a
    page, answers to HEAD. Bodies are compared where the payload is not coded.
    """
    bodies: dict[str, tuple[int, bytes | None]] = {}
    for file in files:
        for item in iterate(file):
            if not isinstance(item, Found) or item.record.type not in ("response", "revisit"):
                continue
            record = item.record
            url, at = record.header("WARC-Target-URI"), record.header("WARC-Date")
            if record.header("WARC-Truncated") and record.type == "response":
                continue
            if record.type == "response":
                http = http_of(record)
                plain_body = None if http.header("content-encoding") else http.payload
                held = http.status, plain_body
                bodies[record.id] = held
            else:
                held = bodies.get((record.header("WARC-Refers-To") or "").strip("<>"), (0, None))
            if url and at and (200 <= held[0] < 300 and held[0] != 204):
                yield url, at, *held


def crawl_paper(tmp_path: Path, paper: Paper) -> list[Path]:
    """Crawl a paper twice, so that there are revisits, and return the files."""
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper")
        vault.crawl("paper", "--recheck", "1")
        return find_files(vault.root)


PAPERS = {
    "epi": lambda: epi.paper(seed=7, articles=12),
    "onecms": lambda: onecms.paper(seed=7, articles=12),
    "plain": lambda: plain.paper(seed=7, articles=12),
}
ONE, *REST = PAPERS


@pytest.mark.row(10)
@pytest.mark.parametrize("name", [ONE, *(pytest.param(n, marks=pytest.mark.slow) for n in REST)])
def test_validators_pass_a_crawled_paper(tmp_path: Path, name: str, tally: Tally) -> None:
    """warcio, FastWARC, gzip and cdxj-indexer find nothing wrong in two crawls of each paper."""
    files = crawl_paper(tmp_path, PAPERS[name]())
    assert len(files) == 2
    check_files(files, tally)


@needs_pywb
@pytest.mark.row(10)
def test_pywb_replays_a_sample(tmp_path: Path, tally: Tally) -> None:
    """A dozen captures of a paper come out of pywb byte for byte."""
    files = crawl_paper(tmp_path, PAPERS["plain"]())
    replay_all(tmp_path / "pywb", files, tally, every=False)


@needs_pywb
@pytest.mark.slow
@pytest.mark.row(10)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", PAPERS)
def test_pywb_replays_everything(tmp_path: Path, name: str, tally: Tally) -> None:
    """Every response and revisit of each paper comes out of pywb."""
    files = crawl_paper(tmp_path, PAPERS[name]())
    replay_all(tmp_path / "pywb", files, tally, every=True)


def write_odd(root: Path, *, every: bool) -> list[Path]:
    """Write the odd answers of row 9 as our writer does, fetched from a server that sends them."""
    numbers = count()

    def name() -> str:
        return f"urn:uuid:00000000-0000-4000-8000-{next(numbers):012}"

    writer = Writer(root, "odd", now=Clock(), new_id=name, host="test", info={"software": "test"})
    answers = [*ANSWERS, *STRANGE] if every else [*ANSWERS, *STRANGE][::3]
    for answer in answers:
        reply = Reply(answer.raw, answer.after)
        exchange, _ = exchange_once(reply, None, method=answer.method)
        writer.write(compose(exchange, new_id=name))
    for data in {**NO_HTTP, **FOREIGN}.values() if every else ():
        exchange, _ = exchange_once(Reply(data, "close"), None)
        writer.write(compose(exchange, new_id=name))
    writer.close()
    return find_files(root)


@pytest.mark.row(10)
@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_validators_pass_odd_answers(tmp_path: Path, every: bool, tally: Tally) -> None:
    """The odd answers of row 9, whole and cut, and what was no HTTP at all, pass as well."""
    check_files(write_odd(tmp_path, every=every), tally, payloads=False)


@pytest.mark.row(10)
@pytest.mark.slow
def test_validators_pass_what_a_kill_left(tmp_path: Path, tally: Tally) -> None:
    """What a killed crawl leaves passes once it is recovered, and so does what follows."""
    paper = Watched(plain.paper(seed=7, articles=24))
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.paper.profile())
        reached = paper.expect(20)
        process = vault.start("crawl", "paper")
        assert reached.wait(60)
        process.kill()
        process.communicate()
        with Archive(vault.root):
            pass
        vault.crawl("paper")
        check_files(find_files(vault.root), tally)


@needs_shared
@pytest.mark.slow
@pytest.mark.row(10)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["trainee", "bitch"])
def test_validators_pass_replayed_captures(tmp_path: Path, name: str, tally: Tally) -> None:
    """Real sites, crawled out of others' captures, pass, and pywb shows them where it is."""
    vault = Vault(tmp_path / "archive", words=OPERATOR)
    vault.add_site(name, load_profile(name)[0])
    crawl(vault, name, FILES[name])
    files = find_files(vault.root)
    check_files(files, tally)
    if PYWB:
        replay_all(tmp_path / "pywb", files, tally, every=True)
