"""Bylines, pictures and dates across a new layout: what it lost is nobody's edit."""

from __future__ import annotations

from typing import Any

import pytest

from archive.find import find
from archive.history import tell
from archive.records import Date, Image, Trace
from archive.telling import print_history
from tests.changes.night import TEXTS
from tests.changes.paper import PICTURE, Paper, read_all

OLD_LAYOUT, NEW_LAYOUT = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
LOST: list[dict[str, Any]] = [{"authors": ()}, {"images": ()}, {"images": (Image(PICTURE),)}]


@pytest.mark.parametrize("lost", LOST)
@pytest.mark.parametrize("asked", [6, 1])
def test_what_a_new_layout_lost(paper: Paper, lost: dict[str, Any], asked: int) -> None:
    """A paper made anew: byline, picture or caption are not found in its new layout. No version is
    made of it and nothing told, were it one page or all, on that night or later."""
    read_all(paper, trace=OLD_LAYOUT)
    for _ in range(3):
        paper.dusk()
        for number in range(asked):
            paper.read(number, trace=NEW_LAYOUT, **lost)
    paper.dusk()
    assert paper.told() == []
    assert paper.archive.db.execute("SELECT max(versions) FROM articles").fetchone() == (1,)


def test_an_edit_in_a_new_layout_lost_no_byline(paper: Paper) -> None:
    """The words that changed are told, the byline that the new layout hides is not; a byline that
    says another name there is."""
    read_all(paper, trace=OLD_LAYOUT)
    paper.dusk()
    read_all(paper, but=3, trace=NEW_LAYOUT, authors=())
    paper.read(3, trace=NEW_LAYOUT, authors=(), text=f"Bài số 3. {TEXTS[1]}")
    paper.dusk()
    [(kind, detail)] = paper.told()
    assert kind == "text" and "fields" not in detail
    read_all(paper, but=3, trace=NEW_LAYOUT, authors=())
    paper.read(3, trace=NEW_LAYOUT, authors=("Minh Đức",), text=f"Bài số 3. {TEXTS[1]}")
    paper.dusk()
    assert paper.told()[1][1]["authors"] == [["", "Minh Đức"]]


CAPTION = (Image(PICTURE, "Cổng chợ lúc mưa."),)


@pytest.mark.parametrize(("asked", "told"), [(6, 1), (3, 0)])
def test_a_caption_that_changed_across_a_relaunch(paper: Paper, asked: int, told: int) -> None:
    """Where the new layout shows three others' captions as they were, one that says something else
    is the paper's; where too few tell, the layout may have done it."""
    read_all(paper, trace=OLD_LAYOUT)
    paper.dusk()
    for number in range(asked):
        shown = {"images": CAPTION} if number == 1 else {}
        paper.read(number, trace=NEW_LAYOUT, **shown)
    paper.dusk()
    rows = [(kind, detail["fields"]) for kind, detail in paper.told()]
    assert rows == [("cosmetic", ["captions"])] * told


def test_a_version_without_a_change_has_its_chapter(paper: Paper) -> None:
    """Captions that all pages show otherwise from one night on make versions, and no row: the story
    says so instead of leaving a number unexplained."""
    read_all(paper, trace=OLD_LAYOUT)
    paper.dusk()
    read_all(paper, trace=NEW_LAYOUT, images=(Image(PICTURE, "Góc chợ, nhìn từ cầu."),))
    paper.dusk()
    assert paper.told() == []
    db = paper.archive.db
    story = tell(db, find(db, "4"))
    (chapter,) = [one for one in story["chapters"] if one["what"] == "read anew"]
    assert (chapter["version"], chapter["why"], story["versions"]) == (2, "layout", 2)
    said = "\n".join(print_history(story))
    assert "version 2: no change is known" in said and "a layout's doing, no edit" in said


def dated(day: str, place: str = "json-ld") -> dict[str, Any]:
    """What a page says that dates itself so."""
    sources = {"authors": "byline", "published": place}
    return {"published": Date(day, "day", day, place), "sources": sources}


def test_a_date_that_was_put_right(paper: Paper) -> None:
    """A clock that was a year back for a day: told of all six articles when it is mended, with the
    day before and after; the article has the new day."""
    read_all(paper, **dated("2025-02-04"))
    paper.dusk()
    read_all(paper, **dated("2026-02-04"))
    paper.dusk()
    told = paper.told()
    assert [kind for kind, _ in told] == ["cosmetic"] * 6
    assert all(d["fields"] == ["date"] for _, d in told)
    assert told[0][1]["date"] == [["2025-02-04", "2026-02-04"]]
    days = paper.archive.db.execute("SELECT DISTINCT published_on FROM articles").fetchall()
    assert days == [("2026-02-04",)]


@pytest.mark.parametrize(
    ("day", "place"),
    [("2026-02-05", "json-ld"), ("2026-03-04", "json-ld"), ("2026-02-04", "css:time")],
)
def test_a_date_that_moves_with_the_visit_is_no_version(paper: Paper, day: str, place: str) -> None:
    """A page that dates itself by its visitor, or a reader that found the day elsewhere."""
    first = "2026-02-04" if place == "json-ld" else "2025-02-04"
    read_all(paper, **dated(first))
    paper.dusk()
    read_all(paper, **dated(day, place))
    paper.dusk()
    assert paper.told() == []
    assert paper.archive.db.execute("SELECT max(versions) FROM articles").fetchone() == (1,)
