"""The bench's measures: what is counted as equal, as found, as wrong."""

from __future__ import annotations

from tests.gate.score import (
    average,
    combine,
    compare_texts,
    count_snippets,
    match_authors,
    match_titles,
)


def test_shingles_count_what_is_missing_and_what_is_too_much() -> None:
    """Half of a text has full precision, a doubled text full recall."""
    text = "một hai ba bốn năm sáu bảy tám chín mười"
    assert compare_texts(text, text) == (1.0, 1.0)
    precision, recall = compare_texts(text, "một hai ba bốn năm")
    assert precision == 1.0 and recall == 2 / 7
    precision, recall = compare_texts(text, f"{text}\n{text}")
    assert recall == 1.0 and precision == 7 / 17
    assert compare_texts(text, "") == (0.0, 0.0) and compare_texts("", "") == (1.0, 1.0)


def test_scripts_without_spaces_count_characters() -> None:
    """One changed character of a Japanese line costs four shingles, not the whole line."""
    precision, recall = compare_texts(
        "宮崎県で震度五弱の地震があった", "宮崎県で震度六弱の地震があった"
    )
    assert precision == recall == 8 / 12


def test_averages_are_over_pages() -> None:
    """A long page weighs as much as a short one; F1 is of the two averages."""
    assert average([(1.0, 0.0), (0.0, 1.0)]) == (0.5, 0.5, 0.5)
    assert combine(0.0, 0.0) == 0.0 and average([]) == (0.0, 0.0, 0.0)


def test_snippets_titles_and_authors_are_compared_folded() -> None:
    """White space, quotes and the way a list is written make no difference; words do."""
    assert count_snippets("a  b\nc", ["b c", "x"], ["a b", "y"]) == (1, 1, 1, 1)
    assert match_titles("„Ja“ sagt  er", '"Ja" sagt er') and not match_titles("Ja", None)
    assert match_authors("An Nhiên; Bảo Anh", ["BẢO ANH", "An Nhiên"])
    assert match_authors("A Roe and B Doe", ["A Roe", "B Doe"])
    assert not match_authors("An Nhiên", ["An Nhiên", "Bảo Anh"])
