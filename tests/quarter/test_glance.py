"""What happens to pieces is told by their class, page by page: the quarter without its nights."""

from __future__ import annotations

import pytest

from .glance import judge_pages
from .live import make_papers
from .quarters import make_sound

PAPERS = ("banmai", "harbour", "lembah", "cuabien")


@pytest.mark.parametrize("seed", [3, 11])
def test_edits_are_told_by_their_class(seed: int) -> None:
    """Edits have their class, also two at once and one that was taken back; another byline, picture
    or caption is one of looks, another date is none, nor is what stands beside the text."""
    for paper in make_papers(make_sound(40, PAPERS, seed)).values():
        assert list(judge_pages(paper, skip=5)) == []
