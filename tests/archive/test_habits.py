"""The numbers of health: shares, blocks, tails, bands of days, ranks of places, feasts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.habits import (
    Share,
    find_band,
    is_flood,
    is_low,
    is_odd,
    learn_early,
    learn_rate,
    learn_share,
    make_blocks,
    tail_of_share,
)
from archive.holidays import NEW_YEARS, is_holiday
from archive.traits import find_usual, rank


def test_the_first_nights_are_one_block() -> None:
    """Below twenty articles nothing is known; above, what turned around is odd and a half is not;
    a night that has what a fifth had before needs a dozen articles."""
    assert learn_early([(0, 12), (0, 7)]) is None
    none, fifth = learn_early([(0, 36)]), learn_early([(7, 35)])
    assert none is not None and fifth is not None
    assert is_odd((5, 5), none) and not is_odd((2, 2), none) and not is_odd((9, 20), none)
    assert is_odd((12, 12), fifth) and not is_odd((9, 9), fifth)


@pytest.mark.parametrize(
    ("place", "sure"),
    [("profile:date", 3), ("json-ld", 2), ("meta:date", 2), ("seen", 1), ("url", 0), ("", 0)],
)
def test_places_have_a_rank(place: str, sure: int) -> None:
    """What the profile names is surer than what a page declares, what is seen, a guess."""
    assert rank(place) == sure


def test_what_is_usual_is_what_most_reach() -> None:
    """Four of five say how sure a place is; one in five may be a guess."""
    assert find_usual([3] * 8 + [0] * 2) == 3 and find_usual([3] * 7 + [0] * 3) == 0
    assert find_usual([]) is None


def test_shares_are_learned_from_blocks() -> None:
    """Nights are joined to blocks of ten; one broken night changes nothing of what is usual."""
    assert make_blocks([(1, 4), (0, 7), (2, 9), (0, 1)]) == [(1, 11), (2, 10)]
    assert learn_share([(0, 10)] * 4) is None
    usual = learn_share([(20, 20), *[(0, 20)] * 10])
    assert usual is not None and usual.usual < 0.01


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.floats(4, 40))
def test_the_tail_is_a_probability(seen: int, usual: float, weight: float) -> None:
    """P(X >= 0) is 1, and it falls as the number grows."""
    share = Share(usual, weight, 10, 100)
    tails = [tail_of_share(odd, seen, share) for odd in range(seen + 1)]
    assert tails[0] == pytest.approx(1.0, abs=1e-6)
    assert all(a >= b for a, b in pairwise(tails))


def test_odds_need_both_size_and_certainty() -> None:
    """Three of three are enough where it never happened; one of one, or a tenth of many, is not."""
    never = learn_share([(0, 20)] * 10)
    assert never is not None
    assert is_odd((3, 3), never) and is_odd((10, 30), never)
    assert not is_odd((1, 1), never) and not is_odd((100, 1000), never)


def test_numbers_of_days() -> None:
    """A third of a steady paper's day is low, half a day of a moody one is not; floods are told."""
    steady = learn_rate([[30, 32, 29, 31, 30, 28]])
    moody = learn_rate([[10, 40, 25, 55, 15, 30]])
    assert steady is not None and moody is not None
    assert is_low(8, steady) and not is_low(20, steady) and not is_low(8, moody)
    assert is_flood(200, steady) and not is_flood(60, steady)
    low, high = find_band(steady)
    assert 0 < low < 20 and high >= 90
    assert learn_rate([[1, 2]]) is None


def test_feasts() -> None:
    """The lunar new year is kept where it is kept, Christmas everywhere."""
    first = NEW_YEARS[6]
    assert is_holiday(first, "vi", "VN") and is_holiday(first, "zh", None)
    assert not is_holiday(first, "de", "DE")
    assert is_holiday(first.replace(month=12, day=25), "de", "DE")
