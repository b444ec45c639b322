"""kill -9, SIGTERM and rivals: the real crawl dies at any time and loses nothing."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from archive.lock import Lock
from tests.gazette import epi
from tests.gazette.fault import Fault
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server
from tests.scorecard.plugin import Tally

from .doomed import die
from .remains import (
    BATCH,
    ONE_READER,
    Found,
    Watched,
    check_articles,
    check_rebuild,
    check_whole,
    count_missing,
    count_repeats,
    find_problems,
    recover,
)
from .vault import Vault

STEPS = (
    *("created", "appended", "torn", "warc-written", "synced", "warc-synced", "index-committed"),
    *("sealed", "closed", "renamed", "settled", "listed", "recovered"),
)
FIRST = ("recovered",)  # met once a run
QUICK = ("torn", "warc-written", "warc-synced", "renamed", "recovered")


@contextmanager
def serve(tmp_path: Path, articles: int) -> Iterator[tuple[Server, Vault, Watched]]:
    """Serve a paper of small pages and give an archive that may dial it."""
    paper = ManyPaper(articles)
    watched = Watched(paper)
    with Server(watched) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        yield server, vault, watched


def urls_of(watched: Watched) -> list[str]:
    """Return the addresses of all articles."""
    assert isinstance(watched.paper, ManyPaper)
    return list(watched.paper.urls())


@dataclass
class Score:
    """What was seen over all kills of one archive, for rows 1 and 2 of the scorecard."""

    found: list[Found] = field(default_factory=list)
    failing: list[str] = field(default_factory=list)

    def look(self, vault: Vault, why: str) -> None:
        """Check what a kill has left, then what the next run's recovery makes of it."""
        self.failing += [f"{why}: {problem}" for problem in find_problems(vault)]
        found = recover(vault)
        self.failing += [f"{why}, recovered: {problem}" for problem in found.failing]
        self.found.append(found)

    def tell(self, tally: Tally, **kills: int) -> None:
        """Count for row 1, then assert."""
        orphans = [one for found in self.found for one in found.orphans]
        tally(
            1,
            **kills,
            captures=sum(found.captures for found in self.found),
            orphans=len(orphans),
            files=sum(found.files for found in self.found),
            failing=len(self.failing),
        )
        assert orphans == [] and self.failing == []


def finish(server: Server, vault: Vault, watched: Watched, kills: int, tally: Tally) -> None:
    """One clean run, then: every article there, few asked for twice, the index a rebuild's."""
    report = vault.crawl("paper")[0]
    urls = urls_of(watched)
    missing, twice = count_missing(vault, urls)
    repeats, allowed = count_repeats(server), BATCH * kills
    tally(2, articles=len(urls), missing=missing, repeats=repeats, allowed=allowed)
    assert (missing, twice) == (0, 0)
    assert repeats <= allowed
    assert report["outcome"] == "finished" and report["problems"] == []
    check_whole(vault)
    check_rebuild(vault)


def kill_at_random(tmp_path: Path, kills: int, articles: int, seed: int, tally: Tally) -> None:
    """Kill so many crawls of one archive from outside, then let one finish."""
    chance = random.Random(seed)
    score = Score()
    died = 0
    with serve(tmp_path, articles) as (server, vault, watched):
        for number in range(kills):
            reached = watched.expect(chance.randrange(1, 25))
            process = vault.start("crawl", "paper")
            assert reached.wait(300), process.communicate()
            threading.Event().wait(chance.random() * 0.3)  # any instant, not only that of a request
            process.kill()
            process.communicate()
            assert process.returncode in (-signal.SIGKILL, 0)
            died += process.returncode == -signal.SIGKILL
            score.look(vault, f"kill {number}")
        score.tell(tally, kills=died)
        finish(server, vault, watched, kills, tally)


@pytest.mark.row(1)
@pytest.mark.row(2)
def test_killed_at_random_times(tmp_path: Path, tally: Tally) -> None:
    """kill -9 four times: rows without a record 0, files that fail 0, articles lost 0."""
    kill_at_random(tmp_path, 4, 120, 1, tally)


@pytest.mark.row(1)
@pytest.mark.row(2)
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("seed", range(8))
def test_killed_200_times(tmp_path: Path, seed: int, tally: Tally) -> None:
    """25 times in each of eight archives."""
    kill_at_random(tmp_path, 25, 1000, 100 + seed, tally)


def kill_at_steps(
    tmp_path: Path, steps: tuple[str, ...], numbers: tuple[int, ...], tally: Tally
) -> None:
    """Kill a crawl at each of the steps, in one archive, then let one finish."""
    score = Score()
    with serve(tmp_path, 30 * len(steps) * len(numbers)) as (server, vault, watched):
        for step in steps:
            for number in numbers:
                if step == "recovered":
                    die(vault, "appended", 1)  # what is there to be recovered
                die(vault, step, 1 if step in FIRST else number)
                score.look(vault, step)
        score.tell(tally, step_kills=len(steps) * len(numbers), steps=len(set(steps)))
        finish(server, vault, watched, 2 * len(steps) * len(numbers), tally)


@pytest.mark.row(1)
@pytest.mark.row(2)
def test_killed_at_named_steps(tmp_path: Path, tally: Tally) -> None:
    """Killed inside a write, between write and sync, before the commit, after the rename, and
    in the recovery itself."""
    kill_at_steps(tmp_path, QUICK, (2,), tally)


@pytest.mark.row(1)
@pytest.mark.row(2)
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_killed_at_every_step(tmp_path: Path, tally: Tally) -> None:
    """Killed at the first and at a later time of every named step."""
    kill_at_steps(tmp_path, STEPS, (1, 3), tally)


def test_a_redirect_met_before_a_kill_is_followed_after_it(tmp_path: Path) -> None:
    """An answer that was kept and not yet understood is understood by the next run, whatever
    its status: else its target would be lost for ever."""
    with serve(tmp_path, 5) as (server, vault, _):
        server.faults.put("/tin-tuc", Fault("loop", times=1))
        vault.crawl("paper")
        db = vault.root / "index.db"
        # What a kill between the commit of the capture and that of its reading leaves behind.
        with sqlite3.connect(db) as connection:
            connection.execute(
                "DELETE FROM readings WHERE capture_id IN "
                "(SELECT id FROM captures WHERE status = 302)"
            )
            connection.execute("DELETE FROM sightings WHERE channel = 'redirect'")
            connection.execute("DELETE FROM addresses WHERE url LIKE '%vong=1'")
        connection.close()
        vault.crawl("paper")
        assert vault.query("SELECT state FROM addresses WHERE url LIKE '%vong=1'") != []


def test_what_a_capped_run_leaves_is_done_by_the_next(tmp_path: Path) -> None:
    """Edits that a sitemap told of are fetched by the next run when this one was ended first."""
    paper = epi.paper(seed=7, articles=12)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", paper.profile())
        vault.crawl("paper")
        at = paper.newsroom.now.replace(hour=23)
        paper.newsroom.move(at)
        edited = paper.newsroom.visible()[:8]
        for number in edited:
            paper.newsroom.edit(number, at=at, paragraphs=(f"Đoạn {number} đã sửa, đủ dài.",))
        first = vault.crawl("paper", "--max-pages", "20")[0]
        second = vault.crawl("paper")[0]
    changed = [report["counts"]["articles_changed"] for report in (first, second)]
    assert 0 < changed[0] < len(edited) and sum(changed) == len(edited), changed


# -- rivals ---------------------------------------------------------------------------------------


def spend(vault: Vault, *words: str, code: int = 0) -> float:
    """Return the CPU time, in ms, of a command that is started afresh."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = vault.start(*words)
    said = process.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == code, said
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def end_pair(both: list[subprocess.Popen[str]]) -> tuple[dict[int, int], str]:
    """Wait for two rivals: exit code by process, and what the second to leave with 75 said."""
    ended = {process.pid: process.communicate(timeout=60) for process in both}
    codes = {process.pid: process.returncode for process in both}
    said = [ended[pid][1] for pid, code in codes.items() if code == 75]
    return codes, said[-1] if said else ""


def names_holder(codes: dict[int, int], said: str) -> bool:
    """Say whether one won, and the other's one line names it and ends with the remedy."""
    if sorted(codes.values()) != [0, 75]:
        return False
    winner = next(pid for pid, code in codes.items() if code == 0)
    whole = f"process {winner} since" in said and said.count("\n") == 1
    return whole and said.rstrip().endswith("stop that process and run again")


def run_rivals(tmp_path: Path, pairs: int, tally: Tally) -> None:
    """Start crawls in pairs: one runs, the other names it and leaves."""
    wrong = []
    with serve(tmp_path, 5) as (_, vault, _):
        for _ in range(pairs):
            codes, said = end_pair([vault.start("crawl", "paper") for _ in range(2)])
            if not names_holder(codes, said):
                wrong.append((codes, said))
        tally(pairs=pairs, wrong=len(wrong))
        assert wrong == []
        check_whole(vault)


@pytest.mark.row(7)
def test_of_two_crawls_one_runs(tmp_path: Path, tally: Tally) -> None:
    """Three pairs: 0 and 75, the loser's one line names the holder."""
    run_rivals(tmp_path, 3, tally)


@pytest.mark.row(7)
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_of_twenty_pairs_one_each_runs(tmp_path: Path, tally: Tally) -> None:
    """Seventeen more, twenty in all."""
    run_rivals(tmp_path, 17, tally)


@pytest.mark.row(7)
def test_the_rival_leaves_soon(tmp_path: Path, tally: Tally) -> None:
    """A crawl of an archive that is held costs less than half of what --help costs more than
    --help does, so it leaves before it has loaded what a crawl needs; so does an import."""
    with serve(tmp_path, 5) as (_, vault, _), Lock(vault.root):
        usual = min(spend(vault, "--help") for _ in range(2))
        spent = {
            words: min(spend(vault, *words, code=75) for _ in range(2))
            for words in (("crawl", "paper"), ("import", str(vault.root / "khobao.toml")))
        }
    tally(loser_ms_max=round(spent["crawl", "paper"]), help_ms_max=round(usual))
    assert max(spent.values()) < 1.5 * usual, (spent, usual)


# -- signals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ("busy", signal.SIGTERM),
        ("dripping", signal.SIGINT),
        pytest.param("polite", signal.SIGTERM, marks=pytest.mark.slow),
        pytest.param("busy", signal.SIGINT, marks=pytest.mark.slow),
        pytest.param("dripping", signal.SIGTERM, marks=pytest.mark.slow),
    ],
)
def test_signals_end_a_crawl_in_order(tmp_path: Path, number: int, state: str) -> None:
    """130 within 10 s, all files closed, nothing lost; also while a server drips or asks for
    long pauses; the next run goes on."""
    with serve(tmp_path, 60) as (server, vault, watched):
        if state == "dripping":
            server.faults.put("*bai-9*.html", Fault("slow", seconds=100))
        elif state == "polite":
            profile = (vault.root / "sites" / "paper.toml").read_text(encoding="utf-8")
            vault.add_site("paper", profile.replace("delay = 0.0", "delay = 30.0"))
        reached = watched.expect({"busy": 30, "dripping": 40, "polite": 1}[state])
        process = vault.start("crawl", "paper", "--json")
        assert reached.wait(300), process.communicate()
        begun = time.monotonic()
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=60)
        seconds = time.monotonic() - begun
        assert process.returncode == 130, (out, err)
        assert seconds < 10.0, seconds
        assert err == ""
        check_whole(vault)
        assert vault.query("SELECT outcome FROM crawls") == [("interrupted",)]
        server.faults.mend()
        vault.add_site("paper", watched.paper.profile())  # type: ignore[attr-defined]
        asked = server.paths()
        report = vault.crawl("paper")[0]
        assert report["outcome"] == "finished"
        check_articles(vault, urls_of(watched))
        again = set(server.paths()[len(asked) :]) & set(asked)
        assert len([path for path in again if path.endswith(".html")]) <= 10  # were in flight
        check_rebuild(vault)
