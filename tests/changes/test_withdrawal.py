"""What was taken for an article by mistake is taken back; nothing else is, and no number twice."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from typing import Any

import pytest

from archive.warc.verify import verify_archive
from tests.archive.makers import check_rebuild, make_exchange, make_reading
from tests.changes.night import NEW, OLD, TEXTS, Night

WALL = "Vui lòng xác nhận bạn không phải là người máy. Hãy chọn các ô có xe buýt rồi bấm tiếp tục."
ALL = "articles", "versions", "changes", "fingerprints", "texts", "marks", "images", "related"


def check(night: Night, root: Path) -> None:
    """Close the archive: it is whole, and a rebuild makes the same index."""
    night.archive.close()
    assert list(verify_archive(root, root / "index.db")) == []
    check_rebuild(root)


def count(night: Night, table: str) -> int:
    """Return the number of rows."""
    return int(night.archive.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def read_again(night: Night, capture: Any, text: str, url: str = OLD) -> int | None:
    """Read a capture again, as an article."""
    reading = make_reading(title="Chợ phiên", text=text)
    applied = night.archive.add(capture, reading, address=url, identity="suoi:1")
    assert applied.outcome is not None
    return applied.outcome.article_id


def test_an_article_that_was_none(tmp_path: Path) -> None:
    """Article, words in the search, changes and cluster go; the capture stays, in quarantine."""
    night = Night(tmp_path)
    assert night.sound(WALL) == 1
    wall = night.last
    night.quarantine("captcha", capture=wall)
    assert {table: count(night, table) for table in ALL} == dict.fromkeys(ALL, 0)
    db = night.archive.db
    for index in ("articles_fts", "articles_exact"):
        assert (
            db.execute(f"SELECT * FROM {index} WHERE {index} MATCH 'body : buýt'").fetchall() == []
        )
    assert db.execute("SELECT url, kind FROM quarantine").fetchall() == [(OLD, "captcha")]
    state = db.execute("SELECT state, article_id FROM addresses WHERE url = ?", (OLD,)).fetchone()
    assert state == ("failed", None), "it is asked for again"
    check(night, tmp_path)


def test_numbers_are_not_given_twice(tmp_path: Path) -> None:
    """The next article gets another number; the one that was withdrawn has its own again when the
    page is released, and so have its versions."""
    night = Night(tmp_path)
    night.sound(WALL)
    wall = night.last
    assert wall is not None
    night.quarantine("captcha", capture=wall)
    capture = night.keep(NEW)
    reading = make_reading(title="Mưa to", text=TEXTS[2])
    applied = night.archive.add(capture, reading, address=NEW, identity="suoi:2")
    assert applied.outcome is not None and applied.outcome.article_id == 2
    assert read_again(night, wall, WALL) == 1
    assert count(night, "articles") == 2
    night.quarantine("captcha", capture=wall)
    assert read_again(night, wall, WALL) == 1, "as often as it is"
    check(night, tmp_path)


def test_an_edit_that_was_none(tmp_path: Path) -> None:
    """A wall between two sights of an article: its version goes, and the change to it and back;
    the versions keep their numbers, and the next edit gets the next one."""
    night = Night(tmp_path)
    night.sound(TEXTS[0])
    night.pass_time(24)
    night.sound(WALL)
    wall = night.last
    night.pass_time(24)
    night.sound(TEXTS[0])
    assert len(night.rows()) == 2
    night.quarantine("captcha", capture=wall)
    assert night.rows() == []
    rows = night.archive.db.execute(
        "SELECT version, body FROM versions ORDER BY version"
    ).fetchall()
    assert rows == [(1, TEXTS[0]), (3, TEXTS[0])]
    night.pass_time(24)
    night.sound(TEXTS[1])
    assert [row[2:] for row in night.rows()] == [(3, 4)]
    check(night, tmp_path)


def test_revisits_of_a_wall(tmp_path: Path) -> None:
    """The same bytes on later nights are taken back with the first."""
    night = Night(tmp_path)
    night.sound(TEXTS[0])
    for number in range(3):
        night.pass_time(24)
        exchange = make_exchange(OLD, b"the wall", at=night.archive.now())
        capture = night.archive.keep("suoi", exchange)
        if not number:
            first = capture
            read_again(night, capture, WALL)
    assert count(night, "versions") == 2 and count(night, "readings WHERE version = 2") == 3
    night.quarantine("captcha", capture=first)
    seen = night.archive.db.execute("SELECT version, body, last_seen_at FROM articles").fetchall()
    assert [row[:2] for row in seen] == [(1, TEXTS[0])]
    assert seen[0][2] < "2026-02-05", "the wall confirmed nothing"
    assert count(night, "quarantine") == 3
    check(night, tmp_path)


def test_a_reading_that_names_no_impostor_takes_nothing_back(tmp_path: Path) -> None:
    """A profile that understands its paper no more does not empty the archive."""
    night = Night(tmp_path)
    night.sound(TEXTS[0])
    assert night.last is not None
    blind = make_reading(text="")
    for status in ("ok", "timeout", "crashed"):
        empty = type(blind)("article", status, "test/2", blind.profile)
        night.archive.add(night.last, empty, address=OLD)
        assert count(night, "articles") == count(night, "versions") == 1
    check(night, tmp_path)


def play(folder: Path, seed: int, *, wise: bool) -> dict[str, Any]:
    """Let a paper answer for some days, walls among it; ``wise``: they are known at once, else
    each is read again some time later. Return what the archive tells in the end."""
    dice = random.Random(seed)
    night = Night(folder)
    night.clock.tick = False  # readings take no time: both see the same instants
    late: list[tuple[Any, Any]] = []
    for _ in range(12):
        night.pass_time(dice.choice([1, 25, 49]))
        what, impostor = (
            dice.choice(["sound", "sound", "wall", "404"]),
            dice.choice(["captcha", "soft-404"]),
        )
        text, now = dice.choice(TEXTS), dice.random() < 0.3
        if what == "404":
            night.answer(404)
        elif what == "sound":
            night.sound(text)
        elif wise:
            night.quarantine(impostor)
        else:
            night.sound(WALL)
            late.append((night.last, impostor))
        if now:
            withdraw(night, late)
    withdraw(night, late)
    told = tell(night)
    check(night, folder)
    return told


def withdraw(night: Night, late: list[tuple[Any, Any]]) -> None:
    """Read the walls so far again, oldest first as `khobao reread` does."""
    for capture, impostor in late:
        night.quarantine(impostor, capture=capture)
    late.clear()


def tell(night: Night) -> dict[str, Any]:
    """Return what is known of the article, but for its versions' numbers."""
    queries = {
        "article": "SELECT title, body, first_seen_at, last_seen_at, gone_at, removed_at "
        "FROM articles",
        "versions": "SELECT body, first_seen_at, last_seen_at FROM versions ORDER BY 2, 1",
        "changes": "SELECT at, kind FROM changes ORDER BY at, kind",
        "texts": "SELECT text, size FROM texts ORDER BY text",
        "address": "SELECT state, reason FROM addresses ORDER BY url",
    }
    return {name: night.archive.db.execute(sql).fetchall() for name, sql in queries.items()}


@pytest.mark.parametrize("seed", range(6))
def test_late_is_as_good_as_at_once(seed: int) -> None:
    """An archive that learned later what the walls were tells what one tells that knew at once."""
    told = []
    for wise in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            told.append(play(Path(folder), seed, wise=wise))
    assert told[0] == told[1]
