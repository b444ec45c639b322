"""The index of a paper after quiet nights, which tests of health go on from."""

from __future__ import annotations

import pytest

from tests.archive.nightly import QUIET, Paper, save


@pytest.fixture(scope="session")
def quiet() -> bytes:
    """The index of a paper after QUIET quiet nights."""
    paper = Paper(rate=25, seed=11)
    paper.run(QUIET, judged=False)
    return save(paper)
