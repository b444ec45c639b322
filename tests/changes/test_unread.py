"""Articles' pages on which there was no article: asked for again, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.index.opened import CODE
from archive.index.unread import LEARNED, LOOKS, find_unread
from archive.records import Impostor, Reading
from tests.archive.makers import make_reading
from tests.changes.night import HOST, PROFILE, TEXTS, Night, live

FILMS = [f"{HOST}/phim/phim-{n}-post{n}.html" for n in range(20, 20 + LEARNED)]
BARE = Reading("article", "ok", "test/1", PROFILE, warnings=("article-without-text: none",))


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    made = Night(tmp_path)
    made.announce(*FILMS)
    yield from live(made)


def show(night: Night, url: str, reading: Reading = BARE) -> str:
    """Let an address answer with what a page was read as; return what became of it: the status,
    "article" of an article's."""
    capture = night.keep(url)
    outcome = night.archive.add(capture, reading, address=url).outcome
    query = "SELECT status FROM readings WHERE capture_id = ?"
    (status,) = night.archive.db.execute(query, (capture.id,)).fetchone()
    return "article" if outcome and outcome.article_id is not None else str(status)


def due(night: Night) -> list[str]:
    """What is to be asked for again now."""
    return find_unread(night.archive.db, "suoi", night.archive.now())


@pytest.mark.parametrize("kind", [None, "soft-404", "other-page"])
def test_a_page_without_its_article(night: Night, kind: Impostor | None) -> None:
    """Asked a day later, then after two, four and eight days, and no more; the same night never."""
    status = "quarantined" if kind else "ok"
    page = Reading("article", status, "test/1", PROFILE, impostor=kind)
    days = []
    for day in range(40):
        night.pass_time(24)
        if day == 0 or due(night):
            days.append(day)
            show(night, FILMS[0], page)
            assert due(night) == []
    assert len(days) == LOOKS and days[:3] == [0, 1, 3]


@pytest.mark.parametrize("kind", ["captcha", "list-page", "paywall-stub"])
def test_other_rules_know_of_walls_and_lists(night: Night, kind: Impostor) -> None:
    """Walls fail and are asked for all the same; a list at an article's address is what it is."""
    show(night, FILMS[0], Reading("article", "quarantined", "test/1", PROFILE, impostor=kind))
    night.pass_time(24)
    assert due(night) == []


def test_what_became_an_article_is_left_alone(night: Night) -> None:
    """And it says that a further look pays: the others are asked for LOOKS times."""
    for url in FILMS:
        show(night, url)
    night.pass_time(24)
    assert set(due(night)) == {*FILMS}
    night.sound(TEXTS[0], FILMS[0])
    for url in FILMS[1:]:
        show(night, url)
    night.pass_time(48)
    assert set(due(night)) == {*FILMS[1:]}


def test_films_stay_films(night: Night) -> None:
    """Where all stayed what they were, one further look is enough for each."""
    for _ in range(2):
        for url in FILMS:
            show(night, url)
        night.pass_time(48)
    assert due(night) == []


def test_a_document_that_is_not_closed(night: Night) -> None:
    """Cut where the paper's pages are closed, the text with it; asked for again."""
    night.announce(*(f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(9)))
    for n in range(6):
        night.sound(f"Bài {n}. {TEXTS[0]}", f"{HOST}/tin/bai-{n}-post{n}.html")
    half = make_reading(text=TEXTS[0], title="Nửa trang", warnings=(f"{CODE}: not closed",))
    assert show(night, FILMS[0], half) == "cut"
    (state,) = night.archive.db.execute(
        "SELECT state FROM addresses WHERE url = ?", (FILMS[0],)
    ).fetchone()
    assert state == "failed"


def test_a_template_that_closes_nothing(night: Night) -> None:
    """Believed from the first page on where nothing else is known, and of a relaunch where the
    same page came so on three days."""
    half = make_reading(text=TEXTS[0], title="Mẫu mới", warnings=(f"{CODE}: not closed",))
    assert show(night, FILMS[0], half) == "article"
    night.announce(*(f"{HOST}/tin/bai-{n}-post{n}.html" for n in range(9)))
    for n in range(9):
        night.sound(f"Bài {n}. {TEXTS[0]}", f"{HOST}/tin/bai-{n}-post{n}.html")
    statuses = []
    for _ in range(3):
        night.pass_time(24)
        statuses.append(show(night, FILMS[1], half))
    assert statuses == ["cut", "cut", "article"]
