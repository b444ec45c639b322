"""`khobao new` and `khobao crawl` on papers nobody has seen; and what comes when they change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.gazette.server import Server

from .lab import follow, try_papers
from .strangers import STRANGERS
from .test_new import judge
from .unseen import Unseen


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", STRANGERS)
def test_every_unseen_paper_is_learned_crawled_and_read(tmp_path: Path, name: str) -> None:
    """No class means anything; "Baca juga" in the text, a sidebar everywhere, Thai, French, tables,
    bare slugs, ids in the query alone, capitals, a front drawn by script, two shapes, twins, tags,
    JSON and keyset lists: 95 of 100 articles found and right, no other page read as one."""
    judge(try_papers(tmp_path, {name: Unseen(STRANGERS[name], 24)}, joined=True))


CHANGES: dict[str, tuple[Callable[[Unseen], None], str]] = {
    "classes": (lambda paper: paper.redesign(), "read.body matched nothing"),
    "addresses": (lambda paper: paper.redesign(place="/{section}/{slug}"), "no article links"),
    "scripts": (lambda paper: paper.redesign(front="scripts"), "no article links"),
}


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    "change",
    ["classes", "addresses", "scripts"],
)
def test_a_changed_layout_is_told_the_same_night(tmp_path: Path, change: str) -> None:
    """Other classes, other addresses, lists drawn by script: the next crawl under the learned
    profile ends with exit code 3 and says which answer leads nowhere."""
    paper = Unseen(STRANGERS["indonesian"], 24)
    alter, words = CHANGES[change]
    with Server(paper) as server:
        vault = follow(tmp_path, server)
        alter(paper)
        report = vault.crawl("paper", code=3)[0]
    assert any(words in problem for problem in report["problems"]), report["problems"]
