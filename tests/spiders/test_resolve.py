"""The laws of putting a site's words over its platform's."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from spiders import resolve

texts = st.lists(st.sampled_from("abcde"), max_size=4, unique=True)
read = st.fixed_dictionaries(
    {}, optional={"strip": texts, "labels": texts, "title": texts, "date_order": st.just("DMY")}
)
walk = st.fixed_dictionaries(
    {}, optional={"deny": texts, "categories": texts, "pages": st.integers()}
)
tables = st.fixed_dictionaries({}, optional={"walk": walk, "read": read, "title": st.text()})


@given(tables)
def test_nothing_is_neutral(own: dict[str, Any]) -> None:
    """Merging with nothing, on either side, changes nothing."""
    assert resolve.merge({}, own) == own == resolve.merge(own, {})


@given(tables)
def test_merging_twice_is_merging_once(own: dict[str, Any]) -> None:
    """A site over itself is itself: appended lists hold nothing twice."""
    assert resolve.merge(own, own) == own


@given(tables, tables, tables)
def test_associative(one: dict[str, Any], two: dict[str, Any], three: dict[str, Any]) -> None:
    """It does not matter which two are merged first."""
    left = resolve.merge(resolve.merge(one, two), three)
    assert left == resolve.merge(one, resolve.merge(two, three))


@given(tables, tables)
def test_own_wins_and_lists_are_added(family: dict[str, Any], own: dict[str, Any]) -> None:
    """Every word of the site stands; appended lists begin with all of the platform's."""
    merged = resolve.merge(family, own)
    for table in ("walk", "read"):
        for word, value in own.get(table, {}).items():
            if f"{table}.{word}" in resolve.APPENDED:
                before = family.get(table, {}).get(word, [])
                assert merged[table][word][: len(before)] == before
                assert set(merged[table][word]) == set(before) | set(value)
            else:
                assert merged[table][word] == value


@given(tables, tables)
def test_arguments_are_left_alone(family: dict[str, Any], own: dict[str, Any]) -> None:
    """Merging changes neither of its arguments."""
    before = repr((family, own))
    resolve.merge(family, own)
    assert repr((family, own)) == before


def test_marks() -> None:
    """What only the platform says is "family"; a mark of its own word is kept."""
    marks = resolve.mark(
        {"read": {"title": ["a"], "lead": ["b"]}, "walk": {"pager": "epi"}},
        {"read": {"title": ["c"]}, "trust": {"read": {"lead": "seen"}, "walk": "seen"}},
    )
    assert marks == {"read.lead": "seen", "walk.pager": "family", "walk": "seen"}
