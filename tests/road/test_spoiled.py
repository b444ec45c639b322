"""What breaks between two crawls is told the same night, in its kind, with a remedy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive.dump import digest
from archive.rebuild import rebuild
from archive.report.faults import split
from archive.report.tongue import is_known
from archive.store import connect
from tests.gazette.server import Server

from .spoiled import Spoiled, make_spoiled
from .vault import Vault

TOLD = {
    "": "",
    "title": "had the headline of another article, or the paper's name",
    "lead": "had no lead of their own",
    "author": "had no author",
    "consent": "had the text of an earlier article",
    "teaser": "were stub",
    "pictures": "had no picture",
    "home": "no article links on the front page",
    "feed": "no article links on the feed",
    "sitemap": "no article links on the sitemap",
}
Grown = tuple[Spoiled, Vault]


def grow(folder: Path, paper: Spoiled) -> Iterator[Grown]:
    """Serve a paper, crawl it once, and let the next day's twelve articles come."""
    with Server(paper) as server:
        vault = Vault(folder / "archive", server.port)
        vault.add_site("paper", paper.profile())
        room = paper.newsroom
        assert vault.crawl("paper", KHOBAO_NOW=room.now.isoformat())[0]["problems"] == []
        room.publish(room.now.date(), 12)
        room.move(room.now + timedelta(days=1))
        yield paper, vault


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """A paper whose pages hold their lists."""
    yield from grow(tmp_path_factory.mktemp("plain"), make_spoiled())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grown]:
    """A paper whose lists are filled by script."""
    yield from grow(tmp_path_factory.mktemp("drawn"), make_spoiled(drawn=True))


def crawl_again(grown: Grown, folder: Path, fault: str) -> tuple[Vault, list[str], int]:
    """Crawl a copy of the archive after a fault; return what is told and how much is new."""
    paper, vault = grown
    paper.spoil(fault)
    shutil.copytree(vault.root, folder / "archive")
    copy = Vault.at(folder / "archive")
    now = paper.newsroom.now.isoformat()
    report = copy.crawl("paper", code=3 if fault else 0, KHOBAO_NOW=now)[0]
    return copy, report["problems"], report["counts"]["articles_new"]


def check_told(problems: list[str], words: str) -> None:
    """One problem says it, each can be said in every language of the report, with its remedy."""
    assert any(words in problem for problem in problems), problems
    for problem in problems:
        fault = split(problem)
        assert is_known(fault.words) and is_known(fault.remedy), problem


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", TOLD)
def test_what_breaks_between_two_crawls_is_told(paper: Grown, tmp_path: Path, fault: str) -> None:
    """Each on the second night ever; the night that is sound is exit code 0; a rebuild agrees."""
    vault, problems, _ = crawl_again(paper, tmp_path, fault)
    assert bool(problems) == bool(fault), problems
    check_told(problems, TOLD[fault]) if fault else None
    if fault == "sitemap":
        live = digest(connect(vault.root / "index.db"))
        rebuild(vault.root)
        assert digest(connect(vault.root / "index.db")) == live


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(
    ("fault", "why"), [("", ""), ("filler-gone", "answered 404"), ("filler-empty", "is empty")]
)
def test_lists_that_scripts_fill(drawn: Grown, tmp_path: Path, fault: str, why: str) -> None:
    """Their pages are empty and the same every night: what fills them is asked all the same, and
    told where it is gone or empty."""
    _, problems, new = crawl_again(drawn, tmp_path, fault)
    assert bool(problems) == bool(fault), problems
    if fault:
        check_told(problems, f"and what fills it {why}")
    else:
        assert new == 12
