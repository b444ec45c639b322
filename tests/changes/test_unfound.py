"""A night on which the profile's bodies are not found makes no edits, nor does the next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.changes.night import HOST, Night, live

STORY = [f"Câu số {n} kể chuyện phiên chợ vùng cao sau mùa lũ." for n in range(8)]
LEFT = "Bản tin này có hình minh họa."
PAGES = [f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(4)]


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    made = Night(tmp_path)
    made.announce(*PAGES)
    yield from live(made)


def show(night: Night, n: int, lines: list[str], place: str) -> str:
    """Let a page answer with an article of its own; return what it was read as."""
    night.clock.move(minutes=1)
    text = "\n".join(f"Bài {n}: {line}" if line != LEFT else line for line in lines)
    title = f"Bài thứ {n}"
    night.sound(text, PAGES[n], lead=None, title=title, authors=(), sources={"text": place})
    (row,) = night.archive.db.execute(
        "SELECT r.status FROM readings r ORDER BY capture_id DESC LIMIT 1"
    ).fetchall()
    return str(row[0])


def test_texts_that_come_by_script_for_a_night(night: Night) -> None:
    """Nothing is found on all pages, and all is back: no version, no row; the addresses are to be
    asked for again."""
    for n in range(3):
        show(night, n, STORY, "profile:body")
    for _ in range(3):
        assert {show(night, n, [LEFT], "general") for n in range(2)} == {"empty"}
    show(night, 3, [LEFT], "general")  # new that night
    for n in range(4):
        assert show(night, n, STORY, "profile:body") == "ok"
    assert night.kinds() == []
    versions = night.archive.db.execute("SELECT versions FROM articles ORDER BY id").fetchall()
    assert versions == [(1,), (1,), (1,), (2,)]


@pytest.mark.parametrize("lines", [STORY, STORY[:5]])
def test_a_profile_that_misses_a_text_which_stands_there(night: Night, lines: list[str]) -> None:
    """A relaunch is read by the general reader: most sentences are there."""
    show(night, 0, STORY, "profile:body")
    assert show(night, 0, lines, "general") == "ok"


def test_a_page_that_differs_from_the_others_is_believed(night: Night) -> None:
    """The same crawl found the others' bodies: this page was made anew, and is an edit."""
    show(night, 0, STORY, "profile:body")
    for n in (1, 2, 3):
        show(night, n, STORY, "profile:body")
    lines = [f"Dòng mới số {n} của một bài viết lại từ đầu." for n in range(5)]
    assert show(night, 0, lines, "general") == "ok"
    assert night.kinds() == ["text"]
