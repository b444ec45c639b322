"""Another story at the address of one that is held is another article: numbers are used anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.index.unconfirmed import find_unconfirmed
from archive.records import Date
from tests.changes.night import OLD, Night, live

FIRST = [
    "Sáng nay chợ phiên họp lại ở xã Suối Đuống sau ba tuần nghỉ vì mưa lũ kéo dài.",
    "Có 12 gian hàng của bà con vùng cao, phần lớn bán rau, mật ong và vải thổ cẩm.",
    "Ban quản lý chợ đã sửa xong mái che và lát lại nền sân trước ngày khai trương.",
]
SECOND = [
    "Đoàn xe buýt điện đầu tiên chạy thử trên tuyến trung tâm từ chiều chủ nhật vừa rồi.",
    "Giá vé bằng một nửa trong tháng đầu, học sinh được miễn phí đến hết kỳ nghỉ hè.",
    "Thành phố mua thêm bốn mươi chiếc nếu lượng khách vượt mức hai nghìn người mỗi ngày.",
]
HEADS = ["Chợ phiên Suối Đuống họp lại", "Xe buýt điện chạy thử tuyến trung tâm"]


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


def dated(day: str, source: str = "profile:date") -> Date:
    """A date that a page says."""
    return Date(f"2026-{day}T08:00:00+07:00", "minute", day, source)


def first(night: Night, **fields: Any) -> int | None:
    """A day later, the first story stands there."""
    return show(night, FIRST, **{"title": HEADS[0], "published": dated("02-04"), **fields})


def second(night: Night, **fields: Any) -> int | None:
    """A day later, the second one does."""
    return show(night, SECOND, **{"title": HEADS[1], "published": dated("02-19"), **fields})


def show(night: Night, lines: list[str], **fields: Any) -> int | None:
    """A day later, let the address answer with a story."""
    night.pass_time(24)
    return night.sound("\n".join(lines), lead=None, **fields)


def titles(night: Night) -> list[tuple[str, int]]:
    """Return the headline and the versions of all articles."""
    return night.archive.db.execute("SELECT title, versions FROM articles ORDER BY id").fetchall()


def test_a_number_used_anew_is_another_article(night: Night) -> None:
    """The new story is held from its first night, the old one is removed on the third; the
    address is asked for until then."""
    old = first(night)
    new = second(night)
    assert new != old and night.kinds() == []
    assert find_unconfirmed(night.archive.db, "suoi") == {OLD}
    for _ in range(2):
        assert second(night) == new
    assert night.kinds() == ["removed"]
    (signs,) = night.archive.db.execute("SELECT detail ->> '$.sign' FROM changes").fetchone()
    assert signs == "another article at its address"
    assert titles(night) == [(HEADS[0], 1), (HEADS[1], 1)]
    second(night, title=HEADS[1] + " hôm nay")
    assert night.kinds() == ["removed", "headline"]


def test_what_stood_there_before_is_found_again(night: Night) -> None:
    """A server that mixed up its numbers for a night: each story stays the article it was."""
    old = first(night)
    new = second(night)
    assert first(night) == old
    assert night.kinds() == [] and find_unconfirmed(night.archive.db, "suoi") == {OLD}
    for _ in range(3):
        assert second(night) == new
    assert first(night) == old
    assert night.kinds()[-1] == "back" and len(titles(night)) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"published": dated("02-04")},
        {"published": dated("02-19", "url")},
        {"published": dated("02-19", "seen")},
        {"published": None},
        {"title": HEADS[0] + " vào thứ bảy"},
        {"title": "Báo Suối"},
    ],
)
def test_a_story_that_was_rewritten_stays_the_article(night: Night, fields: dict[str, Any]) -> None:
    """The same day, none that the page says, the same headline, the paper's name for one: what
    stands there is a version."""
    old = first(night)
    assert second(night, **fields) == old


def test_a_sentence_that_stays_makes_it_an_edit(night: Night) -> None:
    """A story carried on from day to day under new headlines keeps something."""
    old = first(night)
    lines = [*SECOND, FIRST[1]]
    assert show(night, lines, title=HEADS[1], published=dated("02-19")) == old
    assert night.kinds() == ["text"]


def test_a_notice_is_no_story(night: Night) -> None:
    """A few words with the clock's day."""
    old = first(night)
    assert show(night, ["Trang này hiện không có."], title="Ồ", published=dated("02-19")) == old


def test_what_the_profile_does_not_find_is_no_other_story(night: Night) -> None:
    """The profile found the text that is held, and nothing now: asked for again (unfound.py)."""
    first(night, sources={"text": "profile:body"})
    assert second(night) is None
    assert titles(night) == [(HEADS[0], 1)] and night.kinds() == []
