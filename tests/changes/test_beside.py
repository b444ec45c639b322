"""Bylines, captions and pictures: what the paper changed is told, what the reader lost is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.beside import Beside, compare_beside, name_picture
from archive.find import find
from archive.history import tell
from archive.index.siblings import TURNS
from archive.records import Date, Image, Reading, Trace
from archive.telling import print_history
from tests.archive.makers import CRAWL, SITE, make_exchange, make_reading
from tests.changes.night import HOST, TEXTS, Night, live

PICTURE = "https://suoi.test/anh/cho-phien-som.jpg"
OTHER = "https://suoi.test/anh/cho-phien-chieu.jpg"


class Paper(Night):
    """A paper of some articles that are asked for night after night."""

    nights = 0

    def dusk(self) -> None:
        """Let the night end, and the next one begin."""
        self.archive.note("suoi", "crawl-end", _end(self.crawl))
        self.dawn()

    def dawn(self) -> None:
        """Let a night begin, whatever came of the one before."""
        self.pass_time(24)
        self.nights += 1
        self.archive.close_site("suoi")
        self.archive.open_site(SITE, crawl_id=self.crawl, info={"software": "test"})
        start = {"crawl_id": self.crawl, "started_at": f"{self.archive.now():%FT%T.000000Z}"}
        self.archive.note(
            "suoi", "crawl-start", {**start, "software": "test", "site": SITE, "seeds": []}
        )

    @property
    def crawl(self) -> str:
        """Return the name of the night's crawl."""
        return CRAWL if not self.nights else f"suoi-2026020{4 + self.nights}T010000.000000Z"

    def read(self, number: int, **fields: Any) -> None:
        """Let an article be read."""
        url = f"{HOST}/tin/bai-{number}.html"
        said = f"Bài số {number}. {TEXTS[0]}"
        fields = {"text": said, "title": f"Chợ {number}", "sources": {"authors": "byline"}} | fields
        fields.setdefault("images", (Image(PICTURE, "Một góc chợ."),))
        self.keep_reading(url, make_reading(**fields), number)

    def keep_reading(self, url: str, reading: Reading, number: int) -> None:
        """Let an address answer with new bytes that are read so."""
        capture = self.archive.keep("suoi", make_exchange(url, self.body(), at=self.archive.now()))
        self.archive.add(capture, reading, address=url, identity=f"suoi:{number}")

    def told(self) -> list[tuple[str, dict[str, Any]]]:
        """Return kinds and details of all changes."""
        rows = self.archive.db.execute("SELECT kind, detail FROM changes ORDER BY at, rowid")
        return [(kind, json.loads(detail)) for kind, detail in rows]


def _end(crawl: str) -> dict[str, Any]:
    ended = {"ended_at": f"{crawl[5:9]}-{crawl[9:11]}-{crawl[11:13]}T02:00:00.000000Z"}
    return {"crawl_id": crawl, **ended, "outcome": "finished", "counts": {}, "problems": []}


@pytest.fixture
def paper(tmp_path: Path) -> Any:
    """A paper whose archive comes out of its files again."""
    yield from live(Paper(tmp_path))


def read_all(paper: Paper, *, but: int = -1, **fields: Any) -> None:
    """Let six articles be read as they were."""
    for number in range(6):
        if number != but:
            paper.read(number, **fields)


EDITS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"authors": ("Minh Đức",)}, {"authors": [["Lan Anh", "Minh Đức"]]}),
    ({"authors": ("Lan Anh", "Minh Đức")}, {"authors": [["Lan Anh", "Lan Anh, Minh Đức"]]}),
    (
        {"authors": ("Lan Anh", "Minh Đức"), "sources": {"authors": "json-ld"}},
        {"authors": [["Lan Anh", "Lan Anh, Minh Đức"]]},
    ),
    ({"authors": ()}, {"authors": [["Lan Anh", ""]]}),
    (
        {"images": (Image(PICTURE, "Cổng chợ lúc mưa."),)},
        {"captions": [["Một góc chợ.", "Cổng chợ lúc mưa."]]},
    ),
    ({"images": (Image(PICTURE),)}, {"captions": [["Một góc chợ.", ""]]}),
    ({"images": (Image(OTHER, "Một góc chợ."),)}, {"picture": [[PICTURE, OTHER]]}),
    ({"images": ()}, {"picture": [[PICTURE, ""]]}),
]


@pytest.mark.parametrize(("edit", "told"), EDITS)
def test_what_changed_beside_the_words(
    paper: Paper, edit: dict[str, Any], told: dict[str, Any]
) -> None:
    """Another byline, caption or picture is a version and one row of class cosmetic that names it,
    from the night on which it was seen; the story tells it in words."""
    read_all(paper)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, **edit)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, **edit)
    paper.dusk()
    [(kind, detail)] = paper.told()
    assert kind == "cosmetic" and detail["classes"] == ["cosmetic"]
    assert detail["fields"] == list(told)
    assert {field: detail[field] for field in told} == told
    story = "\n".join(print_history(tell(paper.archive.db, find(paper.archive.db, "4"))))
    name = {"authors": "byline", "captions": "caption", "picture": "picture"}[detail["fields"][0]]
    before, after = told[detail["fields"][0]][0]
    assert f"{name}: {before} -> {after or 'none'}" in story


LOOKS: list[dict[str, Any]] = [
    {"authors": ("LAN ANH",)},
    {"authors": ("Minh Đức",), "sources": {"authors": "json-ld"}},  # the reader's second choice
    {"images": (Image(f"https://cdn.test/zoom/640_480/{PICTURE[22:]}?v=7", "Một góc chợ."),)},
    {"images": (Image(PICTURE.replace(".jpg", "-1200x800.webp"), "MỘT GÓC CHỢ"),)},
    {"images": (Image(PICTURE, None, "Một góc chợ."),)},
    {"images": (Image(PICTURE, "Một góc chợ."), Image(OTHER, "Đọc thêm tin khác"))},
    {"images": (Image(OTHER), Image(PICTURE, "Một góc chợ."))},
    {"tags": ("chợ",), "section": "Kinh tế"},
]


@pytest.mark.parametrize("looks", LOOKS)
def test_looks_are_no_edit(paper: Paper, looks: dict[str, Any]) -> None:
    """Case, order, sizes and hosts of pictures, teasers and names from another place make neither
    a version nor a row."""
    read_all(paper)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, **looks)
    paper.dusk()
    assert paper.told() == []
    assert paper.archive.db.execute("SELECT max(version) FROM versions").fetchone() == (1,)


@pytest.mark.parametrize(("edit", "told"), EDITS)
def test_what_changed_on_all_pages_is_the_layout(
    paper: Paper, edit: dict[str, Any], told: dict[str, Any]
) -> None:
    """What gives way on most pages of one night is the paper's dress or our reading."""
    read_all(paper)
    paper.dusk()
    read_all(paper, **edit)
    paper.dusk()
    assert paper.told() == [], told


def test_pictures_that_turn_at_each_look(paper: Paper) -> None:
    """A page that shows another picture each night makes a few versions and no row."""
    read_all(paper)
    for _ in range(TURNS + 3):
        paper.dusk()
        other = Image(f"https://suoi.test/anh/quang-cao-{paper.nights}.jpg")
        read_all(paper, images=(other,))
    assert paper.told() == []
    assert paper.archive.db.execute("SELECT max(version) FROM versions").fetchone() == (TURNS,)


def test_an_article_that_stands_twice(paper: Paper) -> None:
    """Two addresses of one article that show two pictures and two names change nothing by turns."""
    twin = f"{HOST}/khac/bai-3.html"
    read_all(paper)
    for _ in range(3):
        paper.dusk()
        read_all(paper)
        said = f"Bài số 3. {TEXTS[0]}"
        reading = make_reading(
            "Chợ 3", said, images=(Image(OTHER, "Chiều."),), sources={"authors": "byline"}
        )
        paper.keep_reading(twin, reading, 3)
    paper.dusk()
    assert paper.told() == []
    assert paper.archive.db.execute("SELECT max(version) FROM versions").fetchone() == (1,)


def test_a_removal_that_the_crawl_saw_before_its_other_pages(paper: Paper) -> None:
    """A page in an article's place is judged by the whole crawl, not by what came before it."""
    words = "impostor: list-page: it lists 9 articles and is none itself; headed: da go bai"
    read_all(paper)
    for _ in range(3):
        paper.dusk()
        paper.quarantine("list-page", f"{HOST}/tin/bai-3.html", words=words)
        read_all(paper, but=3)
    paper.dusk()
    assert [kind for kind, _ in paper.told()] == ["removed"]


def test_a_byline_with_a_text(paper: Paper) -> None:
    """An edit of text and byline is one row that names both."""
    read_all(paper)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, text=TEXTS[2], authors=("Minh Đức",))
    paper.dusk()
    [(kind, detail)] = paper.told()
    assert (kind, detail["fields"]) == ("text", ["authors"])
    assert detail["authors"] == [["Lan Anh", "Minh Đức"]]


def test_a_caption_that_the_reader_takes_for_text(paper: Paper) -> None:
    """Words that went from a caption into the text are no edit of the caption."""
    read_all(paper)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, text=f"{TEXTS[2]}\nMột góc chợ.", images=(Image(PICTURE),))
    paper.dusk()
    [(_, detail)] = paper.told()
    assert "fields" not in detail


def test_a_night_that_was_cut_off(paper: Paper) -> None:
    """What a killed run saw is told when the next one begins."""
    read_all(paper)
    paper.dusk()
    read_all(paper, but=3)
    paper.read(3, authors=("Minh Đức",))
    assert paper.told() == []
    paper.dawn()
    assert [detail["fields"] for _, detail in paper.told()] == [["authors"]]


def test_a_byline_taken_back(paper: Paper) -> None:
    """A byline that comes back is a second row; nights between confirm it."""
    for authors in ("Lan Anh", "Minh Đức", "Minh Đức", "Lan Anh"):
        read_all(paper, but=3)
        paper.read(3, authors=(authors,))
        paper.dusk()
    assert [detail["authors"][0] for _, detail in paper.told()] == [
        ["Lan Anh", "Minh Đức"],
        ["Minh Đức", "Lan Anh"],
    ]


@given(st.text(max_size=60))
def test_any_address_names_a_picture(url: str) -> None:
    """Names of pictures are found in any text, and the same again."""
    assert name_picture(url) == name_picture(url)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://i.vn/zoom/480_300/a/abc-xyz.jpg", "https://cdn.vn/a/abc-xyz.jpg?w=640", True),
        ("https://i.vn/a/abc-xyz-640x480.jpg", "https://i.vn/a/abc-xyz-scaled.webp", True),
        ("https://i.vn/a/640.jpg", "https://i.vn/b/640.jpg", False),
        (
            "https://i.vn/_next/image?url=https%3A%2F%2Fi.vn%2Fa%2Fabc-xyz.jpg&w=640",
            "https://i.vn/a/abc-xyz.jpg",
            True,
        ),
        ("https://i.vn/pic.ashx?id=12345&w=640", "https://i.vn/pic.ashx?id=12345&w=320", True),
        ("https://i.vn/pic.ashx?id=12345", "https://i.vn/pic.ashx?id=12346", False),
        ("https://i.vn/w_640/v1700000001/abcxyz.jpg", "https://i.vn/v2/abcxyz.jpg", True),
        ("https://i.vn/a/IMG_2024.jpg", "https://i.vn/a/IMG_2025.jpg", False),
    ],
)
def test_names_of_pictures(one: str, other: str, same: bool) -> None:
    """A picture is itself in every size and at every host; another file is another picture."""
    assert (name_picture(one) == name_picture(other)) == same


def test_nothing_to_compare() -> None:
    """Pages that show nothing beside their words have nothing that changes."""
    assert compare_beside(Beside((), "", (), "a"), Beside((), "byline", (), "b")) == {}


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
