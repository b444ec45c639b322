"""Bylines, captions and pictures: what the paper changed is told, what the reader lost is not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.beside import Beside, compare_beside, name_picture
from archive.find import find
from archive.history import tell
from archive.index.siblings import TURNS
from archive.records import Image
from archive.telling import print_history
from tests.archive.makers import make_reading
from tests.changes.night import HOST, TEXTS
from tests.changes.paper import OTHER, PICTURE, Paper, read_all

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


def test_a_picture_beside_a_turning_line(paper: Paper) -> None:
    """Where an advertisement is another on every page, so that no page stays as it was, another
    picture on one of them is told, and it alone; another on all is the paper's."""

    def show(night: int, *others: int) -> None:
        for number in range(1, 9):
            ad = f"Quảng cáo {night}: mời bạn mua {chr(96 + night) * 3} {chr(96 + number) * 3}."
            text = f"Bài số {number}. {TEXTS[0]}\n{ad}\n{TEXTS[1]}"
            picture = OTHER if number in others else PICTURE
            paper.read(number, text=text, images=(Image(picture, "Một góc chợ."),))
        paper.dusk()

    for night, others in enumerate([(), (), (3,), (3,), range(1, 9)], start=1):
        show(night, *others)
    pictures = [detail["picture"] for _, detail in paper.told() if "picture" in detail]
    assert pictures == [[[PICTURE, OTHER]]]


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


@pytest.mark.parametrize(("nights", "told"), [(1, 1), (0, 0)])
def test_another_picture_on_the_one_page_of_a_night(paper: Paper, nights: int, told: int) -> None:
    """Where a crawl saw no other held article, the crawls before it tell that the paper's pages
    show their pictures as they did; without such a crawl nobody can say."""
    read_all(paper)
    paper.dusk()
    for _ in range(nights):
        for number in range(1, 4):
            paper.read(number)
        paper.dusk()
    paper.read(0, images=(Image(OTHER),))
    paper.dusk()
    assert [detail["picture"] for _, detail in paper.told()] == [[[PICTURE, OTHER]]] * told


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
