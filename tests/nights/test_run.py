"""`khobao run` as cron starts it: what is due, twice at once, stopped, out of time, told."""

from __future__ import annotations

import gzip
import json
import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.dump import digest
from archive.store import connect
from tests.gazette import plain
from tests.gazette.fault import Fault
from tests.gazette.server import Server
from tests.road.remains import check_whole
from tests.road.vault import KHOBAO, ROOT, Vault, clean_environment

from .test_notify import Monitor

HANOI = timezone(timedelta(hours=7))
NIGHT = "2026-03-03T03:15:00+07:00"
NEXT = "2026-03-04T03:15:00+07:00"


@contextmanager
def serve(tmp_path: Path, articles: int = 12, words: str = "") -> Iterator[tuple[Server, Vault]]:
    """Serve a paper, and give an archive that knows it and a dead one."""
    with Server(plain.paper(seed=7, articles=articles)) as server:
        vault = Vault(tmp_path / "archive", server.port, 1)
        text = (vault.root / "khobao.toml").read_text(encoding="utf-8")
        more = f"[crawl]\nworkers = 1\n{words}"
        (vault.root / "khobao.toml").write_text(text + more, encoding="utf-8")
        vault.add_site("paper", server.paper.profile())
        yield server, vault


def wait_for(check: Callable[[], object]) -> None:
    """Wait until something is so, a minute at most."""
    deadline = time.monotonic() + 60
    while not check():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.02)


def test_a_run_takes_what_is_due(tmp_path: Path) -> None:
    """The first run crawls all, one soon after nothing, the next night's the papers again; the
    dead one is tried again earlier, and does not keep the others. The monitor hears of each."""
    monitor = Monitor()
    with monitor.serve() as host:
        words = f'[notify]\nping = "http://{host}/k"\n'
        with serve(tmp_path, words=words) as (server, vault):
            vault.add_site("dead", server.paper.profile().replace(str(server.port), "1"))
            said = vault.run("run", "--minutes", "5", code=4, KHOBAO_NOW=NIGHT)
            assert "paper: finished" in said and "dead: unreachable" in said
            asked = len(server.log)
            assert vault.run("run", KHOBAO_NOW="2026-03-03T03:40:00+07:00") == ""
            assert len(server.log) == asked
            plan = vault.run("run", "--plan", "--json", KHOBAO_NOW="2026-03-03T04:15:00+07:00")
            due = {row["site"]: row["due"] for row in map(json.loads, plan.splitlines())}
            assert due == {"dead": True, "paper": False}
            assert len(server.log) == asked, "a plan asks nothing"
            assert "paper: finished" in vault.run("run", "paper", KHOBAO_NOW=NEXT)
    ways = [post.line.split()[1] for post in monitor.got]
    assert ways == ["/k/start", "/k/fail", "/k/start", "/k", "/k/start", "/k"]
    assert monitor.got[1].body.startswith(b"exit code 4\n")
    days = vault.query("SELECT DISTINCT substr(captured_at, 1, 10) FROM captures ORDER BY 1")
    assert days == [("2026-03-02",), ("2026-03-03",)], "dated by the clock that was handed in"
    (path, *_) = sorted((vault.root / "warc" / "paper").glob("*.warc.gz"))
    with gzip.open(path) as file:
        assert b"simulated-clock: 2026-03-02T20:15:00.000000Z" in file.read(2000)
    logs = sorted((vault.root / "logs").glob("run-*.jsonl"))
    lines = [json.loads(line) for line in logs[0].read_text(encoding="utf-8").splitlines()]
    assert {line["site"]: line["exit_code"] for line in lines if "site" in line} == {
        "paper": 0,
        "dead": 4,
    }
    before = digest(connect(vault.root / "index.db"))
    (vault.root / "index.db").unlink()
    vault.run("rebuild")
    assert digest(connect(vault.root / "index.db")) == before


@pytest.mark.slow
def test_two_runs_at_once(tmp_path: Path) -> None:
    """The second leaves with 75 within seconds, and tells nobody: the first one will."""
    monitor = Monitor()
    with monitor.serve() as host:
        words = f'[notify]\nping = "http://{host}/k"\n'
        with serve(tmp_path, words=words) as (server, vault):
            server.faults.put("/", Fault("slow", seconds=3.0, times=1))
            first = vault.start("run")
            wait_for(lambda: server.log)
            vault.run("run", code=75)
            first.communicate(timeout=100)
            assert first.returncode == 0
    assert [post.line.split()[1] for post in monitor.got] == ["/k/start", "/k"]


def test_a_run_goes_on_where_nobody_listens(tmp_path: Path) -> None:
    """Whoever reads its output may go away: every paper is crawled, and the exit code is sound."""
    with serve(tmp_path) as (_, vault):
        process = vault.start("run")
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == 0, said
        assert vault.query("SELECT outcome FROM crawls") == [("finished",)]
        assert said == ""


def test_sigterm_ends_a_run_with_everything_committed(tmp_path: Path) -> None:
    """Within ten seconds, a dripping page and a hanging monitor notwithstanding: 130, no torn
    file, and the next run goes on at once."""
    monitor = Monitor()
    with monitor.serve() as host:
        words = (
            f'[notify]\nping = "http://{host}/k"\nwebhook = "http://{host}/hook"\nseconds = 20\n'
        )
        with serve(tmp_path, 24, words) as (server, vault):
            server.faults.put("*-3400*.html", Fault("slow", seconds=60.0))
            process = vault.start("run")
            wait_for(lambda: [path for path in server.paths() if "-3400" in path])
            monitor.answer = None
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
            assert time.monotonic() - began < 10
            assert process.returncode == 130
            check_whole(vault)
            server.faults.mend()
            monitor.answer = Monitor().answer
            said = vault.run("run")
    assert "paper: finished" in said
    assert len(vault.export()) == 24
    assert not [post for post in monitor.got if "/hook" in post.line], "an interruption is no alarm"


@pytest.mark.slow
def test_time_is_up(tmp_path: Path) -> None:
    """A run of six seconds with a paper that drips ends in about that, as capped, with 0; a paper
    whose turn did not come is postponed; the next run goes on."""
    with serve(tmp_path, 24) as (server, vault):
        server.faults.put("*.html", Fault("slow", seconds=60.0))
        began = time.monotonic()
        said = vault.run("run", "--minutes", "0.1")
        assert time.monotonic() - began < 60, "a page of a minute was waited for"
        assert "paper: capped" in said
        server.faults.mend()
        assert "paper: finished" in vault.run("run")
    assert len(vault.export()) == 24


@pytest.mark.slow
def test_hours_and_words_that_are_wrong(tmp_path: Path) -> None:
    """Outside its visiting hours a paper is left alone; a key that is none is an error with 2."""
    with serve(tmp_path, words='[run]\nhours.paper = ["22:00-02:00"]\n') as (server, vault):
        assert vault.run("run", KHOBAO_NOW=NIGHT) == "" and not server.log
        assert "paper: finished" in vault.run("run", KHOBAO_NOW="2026-03-04T01:00:00+07:00")
        config = vault.root / "khobao.toml"
        config.write_text(config.read_text() + 'hours.papre = ["22:00-02:00"]\n')
        assert "papre" in vault.run("run", code=2)
    empty = Vault(tmp_path / "empty")
    assert "khobao run SITE" in empty.run("run", code=2)


@pytest.mark.slow
def test_a_broken_profile_is_told_and_does_not_stop_the_others(tmp_path: Path) -> None:
    """Exit code 2, with the problem; the other paper is crawled."""
    with serve(tmp_path) as (_, vault):
        vault.add_site("broken", 'home = "nowhere"\n')
        said = vault.run("run", code=2)
    assert "broken: misconfigured" in said and "broken.toml" in said and "paper: finished" in said


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(pty, "openpty"), reason="no pseudo-terminals here")
def test_progress_on_a_terminal(tmp_path: Path) -> None:
    """On a terminal a line tells pages, rate and time left; where stderr is none it does not."""
    with serve(tmp_path, 12) as (server, vault):
        server.faults.put("*.html", Fault("slow", seconds=0.3))
        leader, follower = pty.openpty()
        process = subprocess.Popen(
            [*KHOBAO, "run"],
            cwd=ROOT,
            env={**clean_environment(), "KHOBAO_ARCHIVE": str(vault.root), "TERM": "xterm"},
            stdout=subprocess.PIPE,
            stderr=follower,
        )
        os.close(follower)
        shown = b""
        while True:
            try:
                shown += os.read(leader, 4096)
            except OSError:  # the other end was closed
                break
            if not shown:
                break
        out, _ = process.communicate(timeout=60)
        os.close(leader)
    assert process.returncode == 0 and b"paper: finished" in out
    assert b" pages, " in shown and b"/s" in shown
    assert shown.endswith(b"\r\x1b[K"), "the line is taken away in the end"
    assert b"\r" not in out


@pytest.mark.slow
def test_a_front_page_that_the_profile_drops(tmp_path: Path) -> None:
    """The front page is asked each night, until the profile names another one."""
    paper = plain.paper(seed=5, articles=8)
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        home = f'home = "{server.url}/"'
        for night in range(7):
            profile = paper.profile()
            assert home in profile
            if night == 6:
                profile = profile.replace(home, f'home = "{server.url}/van-hoa"')
            vault.add_site("paper", f"{profile}\n")
            paper.newsroom.publish(date(2026, 3, 3 + night), 3)
            now = datetime(2026, 3, 4 + night, 3, 15, tzinfo=HANOI)
            paper.newsroom.move(now)
            vault.run("crawl", "paper", KHOBAO_NOW=now.isoformat())
        asked = vault.query(
            "SELECT sum(url = ?) FROM captures GROUP BY crawl_id ORDER BY crawl_id",
            f"{server.url}/",
        )
    assert asked == [*[(1,)] * 6, (0,)]
