"""Other ways to hurt a run: it is stopped for a while, its readers are killed, `init` is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.config import TEMPLATE
from tests.gazette.fault import Fault
from tests.gazette.many import ManyPaper
from tests.gazette.server import Server

from .platter import Platter, keep_all
from .remains import ONE_READER, Watched, check_articles, check_rebuild, check_whole
from .vault import KHOBAO, ROOT, Vault, clean_environment
from .witness import build, environment, find_compiler, read_log

ARTICLES = 60


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[tuple[Server, Vault, Watched]]:
    """Serve a paper of small pages and give an archive that may dial it."""
    watched = Watched(ManyPaper(ARTICLES))
    with Server(watched) as server:
        vault = Vault(tmp_path / "archive", server.port, words=ONE_READER)
        vault.add_site("paper", ManyPaper(ARTICLES, base=server.url).profile())
        yield server, vault, watched


def hurt(
    vault: Vault, watched: Watched, requests: int, deed: Callable[[subprocess.Popen[str]], None]
) -> None:
    """Do something to a crawl when so many requests have come in; it must finish all the same."""
    reached = watched.expect(requests)
    process = vault.start("crawl", "paper")
    assert reached.wait(60), process.communicate()
    deed(process)
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, out + err
    check_whole(vault)
    check_articles(vault, ManyPaper(ARTICLES, base=watched.base).urls())
    check_rebuild(vault)


def children_of(process: int) -> list[int]:
    """Return the processes that a process has started."""
    return [
        int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def test_a_stopped_crawl_keeps_the_archive(serve: tuple[Server, Vault, Watched]) -> None:
    """SIGSTOP in the middle: rivals are still sent away; after SIGCONT it goes on to the end."""
    server, vault, watched = serve

    def stop(process: subprocess.Popen[str]) -> None:
        os.kill(process.pid, signal.SIGSTOP)
        said = vault.run("crawl", "paper", code=75)
        assert f"process {process.pid} since" in said
        vault.run("rebuild", code=75)
        os.kill(process.pid, signal.SIGCONT)

    server.faults.put("*bai-3*.html", Fault("slow", seconds=0.5))  # still at work when stopped
    hurt(vault, watched, 20, stop)


def test_a_killed_reading_worker_is_replaced(serve: tuple[Server, Vault, Watched]) -> None:
    """SIGKILL of the process that reads pages, twice: no article is missing, no bug is told."""
    server, vault, watched = serve

    def kill(process: subprocess.Popen[str]) -> None:
        for requests in (10, 25):
            reached = watched.expect(requests)
            for child in children_of(process.pid):
                os.kill(child, signal.SIGKILL)
            assert reached.wait(60)

    server.faults.put("*bai-3*.html", Fault("slow", seconds=0.5))
    hurt(vault, watched, 8, kill)


@pytest.mark.skipif(find_compiler() is None, reason="no C compiler to build the recorder with")
def test_a_killed_init_leaves_no_half_configuration(tmp_path: Path) -> None:
    """Killed after any of its calls, `khobao init` has made a whole khobao.toml or none, so that
    giving it again makes one."""
    root, log = tmp_path / "archive", tmp_path / "log"
    root.mkdir()
    subprocess.run(
        [sys.executable, *KHOBAO[1:], "init"],
        cwd=ROOT,
        env={
            **clean_environment(),
            "KHOBAO_ARCHIVE": str(root),
            **environment(build(tmp_path), root, log),
        },
        check=True,
        capture_output=True,
    )
    calls = read_log(log, root)
    (tmp_path / "empty").mkdir()
    seen = set()
    for cut in range(len(calls) + 1):
        platter = Platter(tmp_path / "empty")
        for call in calls[:cut]:
            platter.do(call)
        state = tmp_path / f"state-{cut}"
        keep_all(platter.root, state)
        made = state / "khobao.toml"
        seen.add(made.read_text(encoding="utf-8") if made.exists() else None)
    assert seen == {None, TEMPLATE}
