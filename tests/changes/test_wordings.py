"""A paper's own words for an error, in twenty languages and none that a list of sentences has."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from archive.classify import Wording, classify

LABELLED = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
BODY = "A sentence stands here. Another one follows it."
NOTICES, NEWS = (
    [line for lists in LABELLED.values() for line in lists[kind]] for kind in ("notices", "news")
)


def _is_held(line: str) -> bool:
    return sha256(line.encode()).digest()[0] % 2 == 0


def _is_correction(line: str) -> bool:
    found = classify(Wording("T", None, BODY), Wording("T", None, f"{BODY}\n{line}"))
    assert found is not None
    return found[0] == "correction"


@pytest.mark.parametrize(("held", "most"), [(False, 2), (True, 5)])
def test_a_paper_owns_to_an_error(held: bool, most: int) -> None:
    """Nine of ten lines are told as corrections, also of those that no rule was made after; before
    there were parts 9 of 46 and 11 of 66."""
    lines = [line for line in NOTICES if _is_held(line) == held]
    missed = [line for line in lines if not _is_correction(line)]
    assert len(LABELLED) >= 15 and len(lines) >= 40
    assert len(missed) <= most, missed


@pytest.mark.parametrize("held", [False, True])
def test_others_errors_are_news(held: bool) -> None:
    """Ministers who apologise, laws that had earlier versions, banks that correct a bill: none of
    them is the paper."""
    lines = [line for line in NEWS if _is_held(line) == held]
    assert len(lines) >= 50
    assert [line for line in lines if _is_correction(line)] == []


def test_the_whole_text_gives_way_to_a_retraction() -> None:
    """What stands in a story's place owns to it: a correction, whatever else is gone."""
    words = "Retraction: The Lantern has retracted this story because it relied on a forged letter."
    found = classify(Wording("T", None, BODY), Wording("T", None, f"{words} We apologize."))
    assert found is not None and found[0] == "correction"
    assert found[1]["sentences"]["removed"] == 2
