"""The paper's name in place of the headlines is no edit, nor is it when they are back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.changes.night import NEW, TEXTS, Night, live


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


def held(night: Night) -> tuple[str, int]:
    """Return headline and versions of the first article."""
    (row,) = night.archive.db.execute("SELECT title, versions FROM articles LIMIT 1").fetchall()
    return row[0], row[1]


@pytest.mark.parametrize("name", ["Báo Suối", "BÁO SUỐI", "Báo Suối Online"])
def test_the_papers_name_changes_no_headline(night: Night, name: str) -> None:
    """What was held stays over the night, and nothing is told when it is back."""
    night.sound()
    night.pass_time(24)
    night.sound(title=name)
    assert held(night) == ("Chợ phiên", 1)
    night.pass_time(24)
    night.sound()
    assert night.kinds() == [] and held(night) == ("Chợ phiên", 1)


def test_what_else_changed_that_night_is_told(night: Night) -> None:
    """The text is the paper's."""
    night.sound()
    night.pass_time(24)
    night.sound(TEXTS[1], title="Báo Suối")
    assert night.kinds() == ["text"] and held(night) == ("Chợ phiên", 2)


def test_an_article_that_was_first_held_under_the_name(night: Night) -> None:
    """It gets its headline, and was given no other."""
    night.announce(NEW)
    night.sound(title="Báo Suối")
    night.pass_time(24)
    night.sound()
    assert night.kinds() == [] and held(night) == ("Chợ phiên", 2)


@pytest.mark.parametrize("title", ["Suối cạn", "Báo Suối ra số đặc biệt", "Suối"])
def test_a_headline_with_words_of_the_name_is_one(night: Night, title: str) -> None:
    """More than the name, or less of it."""
    night.sound()
    night.pass_time(24)
    night.sound(title=title)
    assert night.kinds() == ["headline"] and held(night) == (title, 2)
