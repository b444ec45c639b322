"""What no channel announced is estimated honestly, or refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.unseen import estimate
from tests.bench.bench_unseen import KINDS, measure


def cells(**counts: int) -> list[frozenset[str]]:
    """Articles by the channels that saw them: a=3, a_b=2."""
    return [frozenset(name.split("_")) for name, n in counts.items() for _ in range(n)]


def test_two_channels_are_chapmans() -> None:
    """With two channels the estimate is Chapman's (n1+1)(n2+1)/(m+1) - 1 in total."""
    found = estimate(cells(a=30, b=20, a_b=50))
    assert found.unseen == pytest.approx(81 * 71 / 51 - 1 - 100)
    assert found.low is not None and found.high is not None
    assert 3 < found.low < 11.8 < found.high < 24


@pytest.mark.parametrize(
    ("counts", "why"),
    [
        ({"a": 50}, "one channel"),
        ({}, "no article"),
        ({"a": 50, "b": 40}, "seen by two"),
        ({"a": 50, "b": 40, "a_b": 6}, "only 6"),
        ({"a": 5, "a_b": 80}, "a copy"),
        ({"a_b": 80, "a": 1, "b": 1}, "a copy"),
    ],
)
def test_refusals(counts: dict[str, int], why: str) -> None:
    """One channel, no overlap, too little of it, or a mirror: no number, and the reason."""
    found = estimate(cells(**counts))
    assert (found.unseen, found.low, found.high) == (None, None, None)
    assert why in found.words


def test_bound_channels_are_one() -> None:
    """Two channels that agree far beyond chance among what a third saw count as one."""
    found = estimate(cells(a_b_c=90, a_b=60, a=20, b=20, a_c=6, b_c=6, c=90))
    assert found.channels == ("a+b", "c") and "depend" in found.words
    assert found.unseen == pytest.approx(100 * 90 / 103)


@pytest.mark.parametrize("kind", ["two channels", "three channels", "hidden sections", "mirror"])
def test_simulated(kind: str) -> None:
    """On papers whose truth is known: small bias, an interval that holds it; a lower bound where
    sections are hidden; refused where a feed mirrors the category pages. (40 seeded papers.)"""
    draw, total = KINDS[kind]
    found = measure(draw, total, 40)
    if kind == "mirror":
        assert found.refused == 1
        return
    assert found.refused == 0 and found.below >= 0.95
    if kind == "hidden sections":
        assert -15 < found.bias < -3
    else:
        assert abs(found.bias) < 2 and found.covered >= 0.85


@given(
    st.lists(st.frozensets(st.sampled_from(["category", "feed", "home", "sitemap"])), max_size=60)
)
def test_any_table(articles: list[frozenset[str]]) -> None:
    """Whatever was seen by whom: an interval around the estimate, or none of the three."""
    found = estimate(articles)
    assert found.observed == sum(map(bool, articles))
    if found.unseen is None:
        assert found.low is None and found.high is None and found.words
    else:
        assert found.low is not None and found.high is not None
        assert 0 <= found.low <= found.unseen <= found.high < 1e7
