"""A backfill fetches the days that were asked for, all of them, and nothing else but lists."""

from __future__ import annotations

import json
import signal
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.dump import dump
from archive.store import connect
from tests.gazette import epi
from tests.gazette.long import LongPaper, Note, plan
from tests.gazette.server import Server

from .vault import Vault

FIRST, LAST = date(2025, 11, 20), date(2026, 1, 20)
WANTED = (date(2025, 12, 10), date(2025, 12, 19))
WORDS = ("--from", "2025-12-10", "--to", "2025-12-19")
WAITING = "SELECT a.url FROM frontier f JOIN addresses a ON a.id = f.address_id"
pytestmark = pytest.mark.timeout(400)
LIES = ["repeat", "cycle", "pinned"]


def open_vault(root: Path, server: Server, paper: LongPaper) -> Vault:
    """An archive with the paper's profile, and nothing crawled."""
    paper.base = server.url
    vault = Vault(root, server.port)
    vault.add_site("long", paper.profile(server.url))
    return vault


def backfill(vault: Vault, *words: str, code: int = 0) -> dict[str, Any]:
    """Run a backfill and return its report."""
    out = vault.run("backfill", "long", *(words or WORDS), "--json", code=code)
    return dict(json.loads(next(line for line in out.splitlines() if line.startswith("{"))))


def asked(server: Server) -> Counter[str]:
    """How often each article was asked for."""
    return Counter(path for path in server.paths() if path.startswith("/tin/"))


def lists(server: Server) -> list[str]:
    """The list pages that were asked for."""
    return [path for path in server.paths() if path.startswith("/tin?") or path == "/tin"]


def read_dump(vault: Vault) -> list[str]:
    """The logical content of the index."""
    db = connect(vault.root / "index.db")
    try:
        return list(dump(db))
    finally:
        db.close()


def test_killed_rebuilt_and_resumed(tmp_path: Path) -> None:
    """Killed in the middle, the index made again (so that no frontier is left), started again: it
    goes on where it was. All of the days come in, nothing else does, no article is asked for twice
    but those in flight; what is done is not walked again, after a rebuild too."""
    paper = LongPaper(plan(FIRST, LAST, per_day=3))
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        process = vault.start("backfill", "long", *WORDS)
        until = time.monotonic() + 60
        while len(asked(server)) < 16 and time.monotonic() < until:
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        first = lists(server)
        vault.run("rebuild")
        backfill(vault)
        found, second = asked(server), lists(server)[len(first) :]
        assert found.keys() == paper.within(*WANTED)
        assert sum(found.values()) <= len(found) + 4, "two asked for, two answered and not kept yet"
        assert "/tin" in first and "/tin" not in second, "it goes on where it was"
        before = len(server.paths())
        assert backfill(vault)["counts"]["requests"] == 0
        assert len(server.paths()) == before
        rows = read_dump(vault)
        vault.run("rebuild")
        assert read_dump(vault) == rows and any(row.startswith("walks ") for row in rows)


@pytest.mark.parametrize(
    ("dated", "lie"),
    [
        (False, None),
        *(pytest.param(True, lie, marks=pytest.mark.slow) for lie in [None, *LIES]),
        *(pytest.param(False, lie, marks=pytest.mark.slow) for lie in LIES),
    ],
)
def test_pages(tmp_path: Path, dated: bool, lie: Any) -> None:
    """Page after page until the days are left, whatever the pager says: the days are whole, and
    nothing else is asked for but, where a list gives no dates, an article or two a page."""
    paper = LongPaper(plan(FIRST, LAST, per_day=3), dated=dated, lie=lie)
    with Server(paper) as server:
        backfill(open_vault(tmp_path / "archive", server, paper))
    found, wanted = asked(server), paper.within(*WANTED)
    assert wanted <= found.keys() and max(found.values()) == 1
    assert len(found.keys() - wanted) <= (0 if dated else len(lists(server)) + 6)
    assert len(lists(server)) <= len(paper.notes) // 10 + 5


@pytest.mark.slow
def test_a_pager_that_leaps(tmp_path: Path) -> None:
    """Where every fifth page is the oldest one, what the other pages show comes in, and the leap is
    told, with exit code 3: the days between are not taken for walked."""
    paper = LongPaper(plan(FIRST, LAST, per_day=1), lie="jump")
    shown = {n for page in range(1, 8) for n in paper.notes[(page - 1) * 10 : page * 10]}
    lost = set(paper.notes[40:50])
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        report = backfill(vault, "--from", "2025-12-01", "--to", "2025-12-31", code=3)
    assert "page 5 of" in report["problems"][0]
    wanted = paper.within(date(2025, 12, 1), date(2025, 12, 31))
    assert asked(server).keys() == wanted & {paper.path(n) for n in shown - lost}


@pytest.mark.slow
@pytest.mark.parametrize("lastmod", ["true", "today", "early", None])
def test_sitemaps(tmp_path: Path, lastmod: str) -> None:
    """Months by their own sitemaps, whatever their lastmod says; the month without articles has
    none; other months' sitemaps are not asked for."""
    notes = plan(date(2025, 8, 1), LAST, per_day=1, but=lambda day: day.month == 11)
    paper = LongPaper(notes, maps=True, lastmod=lastmod)
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        backfill(vault, "--from", "2025-10", "--to", "2025-12")
    assert asked(server).keys() == paper.within(date(2025, 10, 1), date(2025, 12, 31))
    maps = [path for path in server.paths() if path.startswith("/maps/")]
    assert sorted(maps) == ["/maps/tin-2025-10.xml", "/maps/tin-2025-12.xml"]


@pytest.mark.slow
def test_ids_that_start_again(tmp_path: Path) -> None:
    """A relaunch in the middle of the wanted days, with the same ids for other stories: what has a
    new address comes in; robots.txt is obeyed in the past too, and the ledger says so."""
    old = plan(FIRST, date(2025, 12, 14), per_day=3)
    new = [Note(note.id - 900, note.at) for note in plan(date(2025, 12, 15), LAST, per_day=3)]
    paper = LongPaper([*old, *new], dated=False, closed=[old[-1].id])
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        backfill(vault)
        wanted = paper.within(*WANTED)
        assert asked(server).keys() >= wanted - {paper.path(old[-1])}
        assert paper.path(old[-1]) not in asked(server)
    told = json.loads(vault.run("completeness", "long", "--since", "2025-12-10", "--json"))
    assert any(why["kind"] == "robots" for why in told["total"]["why"])
    assert len(told["ids"]) >= 1


@pytest.mark.slow
def test_caps_and_further_months(tmp_path: Path) -> None:
    """Night after night with a cap: every night goes on, the days become whole, and another range
    walks only what is not covered yet."""
    paper = LongPaper(plan(FIRST, LAST, per_day=3))
    with Server(paper) as server:
        vault = open_vault(tmp_path / "archive", server, paper)
        for _ in range(5):
            counts = backfill(vault, *WORDS, "--max-pages", "20")["counts"]
            if not counts["requests"]:
                break
        assert asked(server).keys() == paper.within(*WANTED)
        assert max(asked(server).values()) == 1
        before = len(lists(server))
        backfill(vault, "--from", "2025-12-05", "--to", "2025-12-19")
        later = lists(server)[before:]
        assert asked(server).keys() == paper.within(date(2025, 12, 5), WANTED[1])
        assert max(asked(server).values()) == 1 and "/tin?trang=3" not in later


@pytest.mark.slow
def test_a_known_system(tmp_path: Path) -> None:
    """ePi: monthly sitemaps that are gzip and do not say so, a JSON pager with dates; a crawl's own
    frontier is left alone, and the night after is none the wiser."""
    paper = epi.paper(7, 160, per_day=4, start=date(2025, 12, 20))
    with Server(paper) as server:
        vault = Vault(tmp_path / "archive", server.port)
        paper.base = server.url
        profile = paper.profile(server.url)
        vault.add_site("long", profile)
        vault.crawl("long", "--max-pages", "4")
        left = vault.query(WAITING)
        before = len(server.paths())
        backfill(vault, "--from", "2025-12-24", "--to", "2025-12-27")
        gone = {url for (url,) in set(left) - set(vault.query(WAITING)) if "-post" in url}
        asked_now = {path for path in server.paths()[before:] if "-post" in path}
    newsroom = paper.newsroom
    days = [date(2025, 12, 24) + timedelta(days=n) for n in range(4)]
    wanted = {
        paper.path(story)
        for one in newsroom.visible()
        if (story := newsroom.find(one)) and story.published.date() in days
    }
    assert asked_now == wanted
    assert gone <= {server.url + path for path in wanted}, "the crawl's own work is left to it"
