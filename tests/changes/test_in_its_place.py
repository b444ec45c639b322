"""What stands in the place of an article: a list, a notice, a legal refusal; three nights of it."""

from __future__ import annotations

from typing import Any

import pytest

from archive.find import Meant
from archive.history import tell
from archive.index.unconfirmed import find_unconfirmed
from archive.records import Date, Reading
from archive.telling import print_history
from tests.archive.makers import (
    make_reading,
)
from tests.changes.night import HOST, OLD, PROFILE, Night

LISTS = "impostor: list-page: it lists 9 articles and is none itself; headed: {}"
TAKEN = "oh dear, the tide has taken this page | suoi"


@pytest.mark.parametrize(
    ("headed", "others", "kinds"),
    [
        (TAKEN, 2, ["removed"]),
        (TAKEN, 1, []),  # as many lists as articles: the paper was made anew
        ("cho phien | suoi", 2, []),  # the article's own headline: it was not understood
        ("", 2, []),
    ],
)
def test_a_list_in_place_of_an_article(
    night: Night, headed: str, others: int, kinds: list[str]
) -> None:
    """Three nights of a page headed as something else, while the paper's others are read, are a
    removal; of a relaunch or of a page that was not understood the story says what came."""
    night.sound()
    for _ in range(3):
        night.pass_time(24)
        read_others(night, others)
        night.quarantine("list-page", words=LISTS.format(headed) if headed else LISTS[:60])
    assert night.kinds() == kinds
    story = "\n".join(print_history(tell(night.archive.db, Meant(1, OLD))))
    assert ("asked 3 times: list-page (3)" in story) == (not kinds)
    assert "still there" not in story


TOLD = "\n".join(f"Câu thứ {n} của bài kể chuyện chợ phiên ở xã Suối Đuống." for n in range(12))
NOTICE = "Bài viết bạn tìm nay không ở đây nữa. Mời bạn xem những tin khác của báo."


CLOCK = Date("2026-02-09T03:15:00+07:00", "minute", "09/02/2026 03:15", "seen")
DAY = Date("2026-02-04", "day", "4/2/2026", "seen")
SPELLED = Date("2026-02-04", "day", "2026-02-04", "url")


@pytest.mark.parametrize(
    ("title", "text", "said", "kinds"),
    [
        ("Tin đã rút", NOTICE, {"published": None}, ["removed"]),
        ("Tin đã rút", NOTICE, {"published": CLOCK}, ["removed"]),  # the clock of the page's head
        ("Tin đã rút", NOTICE, {"published": SPELLED}, ["removed"]),  # what the address says
        ("Tin đã rút", NOTICE, {"published": DAY}, ["text"]),  # the day that the article had
        ("Tin đã rút", NOTICE, {"published": CLOCK, "sources": {"text": "profile:body"}}, ["text"]),
        ("Tin đã rút", NOTICE, {}, ["text"]),  # a date declared: a piece of its own
        ("Chợ phiên vùng cao", NOTICE, {"published": None}, ["text"]),  # its own headline
        ("Tin đã rút", TOLD[:60], {"published": None}, ["text"]),  # its own words
        ("Tin đã rút", TOLD.replace("chợ", "hội"), {"published": None}, ["text"]),  # too long
    ],
)
def test_a_page_that_keeps_nothing_of_an_article(
    night: Night, title: str, text: str, said: dict[str, Any], kinds: list[str]
) -> None:
    """A short page without a date of its own, a word of the headline or a sentence of what was
    held is no edit; three nights of it, while the paper's others are read, are a removal."""
    night.sound(TOLD, title="Chợ phiên vùng cao")
    for _ in range(3):
        night.pass_time(24)
        read_others(night, 2)
        night.sound(text, title=title, **({"lead": None} | said))
    assert night.kinds() == kinds


@pytest.mark.parametrize(("damage", "at"), [("cut", 2), ("empty", 1)])
def test_a_damaged_answer_between_signs(night: Night, damage: Any, at: int) -> None:
    """It is nothing sound, and no sign: the address is asked for again, and the removal is
    believed with the third sign."""
    night.sound(TOLD, title="Chợ phiên vùng cao")
    for number in range(4):
        night.pass_time(24)
        read_others(night, 2)
        if number == at:
            torn = Reading("article", damage, "test/1", PROFILE)
            night.archive.add(night.keep(OLD), torn, address=OLD)
        else:
            night.sound(NOTICE, title="Tin đã rút", lead=None, published=None)
        if number < 3:
            assert OLD in find_unconfirmed(night.archive.db, "suoi")
    assert night.kinds() == ["removed"]


@pytest.mark.parametrize(("others", "kinds"), [(2, ["removed"]), (1, [])])
def test_withheld_for_legal_reasons(night: Night, others: int, kinds: list[str]) -> None:
    """451 on three nights is a removal where the paper's other articles are read; where it answers
    all so, it has shut out a country."""
    night.sound()
    for _ in range(3):
        night.pass_time(24)
        read_others(night, others)
        night.answer(451)
    assert night.kinds() == kinds


def read_others(night: Night, count: int) -> None:
    """Let some other articles of the paper be read."""
    for number in range(count):
        url = f"{HOST}/kinh-te/bai-{number}-post{number + 10}.html"
        night.announce(url)
        reading = make_reading(f"Bài {number}", f"Câu số {number} nói về bến đò xưa.")
        night.archive.add(night.keep(url), reading, address=url, identity=f"suoi:{number + 10}")
