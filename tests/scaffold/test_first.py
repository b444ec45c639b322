"""Twelve papers of many systems at first sight: what `khobao new` wrote, nobody edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.road.scores import FIELDS, explain

from .first.papers import FIRST
from .lab import try_papers

LEAST = {"found": 0.95, "title": 0.95, "text": 0.9, "author": 0.9, "tags": 0.9, "pictures": 0.6}
DATED = frozenset(FIRST) - {"ghostly", "bitacora"}
"""Papers whose pages tell the date: the others show an hour that no line of the page zones."""


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", FIRST)
def test_every_paper_is_read_at_first_sight(tmp_path: Path, name: str) -> None:
    """Photo stories, briefs and clips among the news; authors and tags without a class; captions
    told by their look; pagers of words, buttons and days: found and right, no other page read."""
    fields = {**FIELDS, "tags": "tags"}
    one = try_papers(tmp_path, {name: FIRST[name](36)}, joined=True, fields=fields)[name]
    least = LEAST | ({"date": 0.95} if name in DATED else {})
    low = [field for field, share in least.items() if one.score.share(field) < share]
    assert not low and not one.score.extra, f"{low}\n{one.profile}\n{explain({name: one.score})}"


@pytest.mark.parametrize("name", FIRST)
def test_every_paper_has_pages_of_its_kinds(name: str) -> None:
    """Each of its stories answers, and there is one of each kind that it has."""
    paper = FIRST[name](36)
    stories = paper.show(paper.newsroom.visible())
    assert all((answer := paper.answer(paper.path(s))) and answer.status == 200 for s in stories)
    assert {paper.kind(story) for story in stories} == {"", *paper.kinds}
