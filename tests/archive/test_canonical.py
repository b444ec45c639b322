"""One address for many spellings, and no other address than was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.urls import canonical

PAPER = "https://paper.test/spip.php"
KEY = st.text("abcxyz", min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("?b=2&a=1", "?a=1&b=2"),
        ("?b&a=1", "?b&a=1"),
        ("?rubrique2&debut=6", "?rubrique2&debut=6"),
        ("?debut=6&rubrique2", "?debut=6&rubrique2"),
        ("?article12&utm_source=x#bas", "?article12"),
        ("?utm_source=x&b=2&a=1", "?a=1&b=2"),
    ],
)
def test_the_order_of_a_query(written: str, known: str) -> None:
    """Keys are sorted, but for a query that begins with a key alone: there its place counts."""
    assert canonical(PAPER + written) == PAPER + known


@given(st.lists(st.tuples(KEY, st.none() | KEY), max_size=5))
def test_the_canonical_form_is_its_own(pairs: list[tuple[str, str | None]]) -> None:
    """Folding twice changes nothing, and nothing but order changes in a query of plain keys."""
    query = "&".join(key if value is None else f"{key}={value}" for key, value in pairs)
    once = canonical(f"{PAPER}?{query}")
    assert canonical(once) == once
    assert sorted(once.partition("?")[2].split("&")) == sorted(query.split("&"))
