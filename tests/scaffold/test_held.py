"""Papers held out: `khobao new` and `khobao crawl` on them, and the night after a relaunch."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.gazette.server import Server
from tests.road.vault import Vault

from .held.frame import RELAUNCHES
from .held.papers import HELD
from .lab import follow, try_papers
from .test_new import judge

TOLD = {
    "classes": "matched nothing on",
    "body": "matched nothing on",
    "dates": "new articles had no date on their pages",
    "lists": "no article links on the category page",
    "addresses": "no article links on the category page",
}
"""What the report of the same night has to say of each relaunch."""


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", HELD)
def test_every_held_out_paper_is_learned_crawled_and_read(tmp_path: Path, name: str) -> None:
    """95 of 100 articles found and right, and no gallery, topic, author or video read as one."""
    judge(try_papers(tmp_path, {name: HELD[name](36)}, joined=True))


@pytest.mark.parametrize("name", HELD)
def test_a_relaunch_changes_what_it_says(name: str) -> None:
    """Classes, body and dates change the page of an article; lists change the front page."""
    paper = HELD[name](12)
    story = paper.show(paper.newsroom.visible())[0]
    before = {path: _read(paper, path) for path in ("/", paper.path(story))}
    for change in RELAUNCHES[:4]:
        paper.relaunch(change)
        path = "/" if change == "lists" else paper.path(story)
        assert _read(paper, path) != before[path], change


def _read(paper: Any, path: str) -> bytes:
    answer = paper.answer(path)
    assert answer is not None and answer.status == 200, path
    return bytes(answer.body)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", HELD)
def test_a_relaunch_is_told_the_same_night_and_nothing_else_is(tmp_path: Path, name: str) -> None:
    """Other classes, another body, no dates, empty lists, other addresses: exit code 3 and a
    finding that names it. A paper that goes on as it was ends with 0."""
    paper = HELD[name](36)
    with Server(paper) as server:
        vault = follow(tmp_path, server)
        for change in ("", *RELAUNCHES):
            copy = tmp_path / f"archive-{change}"
            shutil.copytree(vault.root, copy)
            if change:
                paper.relaunch(change)
            report = Vault.at(copy).crawl("paper", code=3 if change else 0)[0]
            told = " · ".join(report["problems"])
            assert TOLD.get(change, "") in told, (change, told)
            assert bool(told) == bool(change), told
