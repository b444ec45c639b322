"""Words that swing to and fro are told once or twice each way, whoever looks how often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.dump import dump
from archive.index.changes import refresh
from archive.rebuild import rebuild
from archive.store import connect
from tests.changes.night import TEXTS, Night

HEADS = "Chợ phiên họp lại", "Vì sao bà con mong chợ phiên?"
NOTICE = "Đính chính: Bản tin trước ghi sai số gian hàng, tòa soạn xin lỗi bạn đọc."


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end the rows are made again, and rebuilt, and are the same."""
    night = Night(tmp_path)
    yield night
    rows = night.rows()
    refresh(night.archive.db, 1)
    assert night.rows() == rows
    night.archive.close()
    before = list(dump(connect(tmp_path / "index.db")))
    rebuild(tmp_path)
    assert list(dump(connect(tmp_path / "index.db"))) == before


def show(night: Night, title: str, text: str) -> None:
    """A day later, let the address answer so."""
    night.pass_time(24)
    night.sound(text, title=title)


def test_two_headlines_in_turn_are_told_once_each_way(night: Night) -> None:
    """A paper that tries two headlines for twelve nights has changed it, and changed it back."""
    for number in range(12):
        show(night, HEADS[number % 2], TEXTS[0])
    assert night.kinds() == ["headline"] * 2


def test_a_third_headline_is_news(night: Night) -> None:
    """What was not told before is told, whatever swung before it."""
    for number in range(6):
        show(night, HEADS[number % 2], TEXTS[0])
    show(night, "Chợ phiên đông nghịt", TEXTS[0])
    assert night.kinds() == ["headline"] * 3


def test_words_that_swing_are_told_twice_each_way(night: Night) -> None:
    """An edit taken back and made again is told; a cache that has both pages tells no more."""
    for number in range(12):
        show(night, HEADS[0], TEXTS[number % 2])
    assert night.kinds() == ["text"] * 4


def test_an_edit_among_swings_is_told(night: Night) -> None:
    """Other words under swinging headlines are an edit of the text."""
    for number in range(6):
        show(night, HEADS[number % 2], TEXTS[0])
    for number in range(4):
        show(night, HEADS[number % 2], TEXTS[1])
    assert night.kinds() == ["headline", "headline", "text", "headline", "headline"]


def test_notices_are_always_told(night: Night) -> None:
    """A correction that comes back is told each time."""
    for number in range(8):
        show(night, HEADS[0], TEXTS[0] + f"\n{NOTICE}" * (number % 2))
    assert night.kinds().count("correction") == 4
