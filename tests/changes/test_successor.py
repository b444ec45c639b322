"""A silent new address at a paper without ids is a move; the same words of another day are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from archive.find import find
from archive.history import tell
from archive.index.unconfirmed import find_left, list_left
from archive.instants import to_text
from archive.records import Date
from archive.telling import print_history
from crawler.walk.freshness import find_due
from tests.archive.makers import SITE, make_exchange, make_reading
from tests.changes.night import HOST, OLD, Night, live

ELSEWHERE = f"{HOST}/kinh-te/cho-phien-vung-cao-moi.html"
LATER = Date("2026-02-05T08:00:00+07:00", "minute", "05/02/2026 08:00", "test")
DAY = Date("2026-02-04", "day", "04/02/2026", "test")
STORY = " ".join(
    f"Đoạn {n}: bà con {name} mang {n + 11} gùi hàng xuống chợ từ lúc trời còn tối đất."
    for n, name in enumerate(("bản Luông", "xóm Đèo", "thôn Hạ", "làng Chiềng", "phố Núi"))
)


class Paper(Night):
    """A paper whose addresses hold no number."""

    def sound(self, text: str = STORY, url: str = OLD, **fields: Any) -> int | None:
        """Let an address answer with an article."""
        capture = self.archive.keep("suoi", make_exchange(url, self.body(), at=self.archive.now()))
        reading = make_reading(**{"title": "Chợ phiên", "text": text, **fields})
        applied = self.archive.add(capture, reading, address=url, identity=None)
        assert applied.outcome is not None
        return applied.outcome.article_id


@pytest.fixture
def paper(tmp_path: Path) -> Any:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Paper(tmp_path))


def leave(paper: Paper, nights: int = 3) -> None:
    """Let the old address be dead for some nights."""
    for _ in range(nights):
        paper.pass_time(24)
        paper.answer(404)


def test_a_silent_new_address_is_a_move(paper: Paper) -> None:
    """Once the third sign is there; dated at the first sight elsewhere, with the other article's
    address; neither is removed, and both stories tell of it."""
    paper.sound()
    paper.pass_time(23)
    moved = paper.clock.at
    other = paper.sound(url=ELSEWHERE)
    leave(paper, 2)
    assert paper.kinds() == []
    leave(paper, 1)
    assert paper.kinds() == ["moved"] and paper.rows()[0][1] >= f"{moved:%FT%T}"
    assert paper.article() == (None, None)
    db = paper.archive.db
    (detail,) = db.execute("SELECT detail ->> 'to', detail ->> 'article_id' FROM changes")
    assert detail == (ELSEWHERE, other)
    assert f"to {ELSEWHERE}" in "\n".join(print_history(tell(db, find(db, "1"))))
    assert f"moved here from {OLD[8:]}" in "\n".join(print_history(tell(db, find(db, str(other)))))
    assert db.execute("SELECT count(*) FROM removals").fetchone() == (0,)


def test_edits_elsewhere_take_nothing_back(paper: Paper) -> None:
    """What happens to the article at its new address is that one's."""
    paper.sound()
    paper.pass_time(23)
    paper.sound(url=ELSEWHERE)
    leave(paper)
    paper.sound(f"{STORY} Chợ tan lúc 14 giờ.", url=ELSEWHERE)
    leave(paper, 1)
    assert paper.kinds() == ["moved", "text"]


def test_the_old_address_answers_again(paper: Paper) -> None:
    """Then the article is back there."""
    paper.sound()
    paper.pass_time(23)
    paper.sound(url=ELSEWHERE)
    leave(paper)
    paper.pass_time(24)
    paper.sound()
    assert paper.kinds() == ["moved", "back"]


SHORT = "Nắng nhẹ, gió đông bắc cấp 2, nhiệt độ từ 15 đến 22 độ."
REMOVED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {"published": LATER}),  # the same words of another day
    ({}, {"published": None}),
    ({"text": SHORT}, {"text": SHORT}),
    ({"published": DAY}, {"published": DAY, "title": "Tin khác"}),
    ({}, {"text": "Hội đồng xã họp phiên thường kỳ. " * 8}),
    ({}, {"text": STORY.replace("11 gùi", "31 gùi").replace("12 gùi", "52 gùi")}),
]


@pytest.mark.parametrize(("old", "new"), REMOVED)
def test_another_piece_is_no_move(paper: Paper, old: dict[str, Any], new: dict[str, Any]) -> None:
    """Another day, no date, few words, other words or other numbers: the article was removed."""
    paper.sound(**old)
    paper.pass_time(23)
    paper.sound(url=ELSEWHERE, **new)
    leave(paper)
    assert paper.kinds() == ["removed"]


def test_a_day_is_enough_for_the_same_headline_and_a_long_text(paper: Paper) -> None:
    """Papers that say the day alone move articles too."""
    paper.sound(published=DAY)
    paper.pass_time(23)
    paper.sound(url=ELSEWHERE, published=DAY)
    leave(paper)
    assert paper.kinds() == ["moved"]


def test_two_addresses_from_the_beginning(paper: Paper) -> None:
    """A copy that stood there all the while is none that it moved to."""
    paper.sound()
    paper.sound(url=ELSEWHERE)
    paper.pass_time(24)
    paper.sound()
    leave(paper)
    assert paper.kinds() == ["removed"]


def test_put_up_elsewhere_after_a_week(paper: Paper) -> None:
    """What was away for days was removed."""
    paper.sound()
    leave(paper, 7)
    paper.sound(url=ELSEWHERE)
    leave(paper, 1)
    assert paper.kinds() == ["removed"]


NEXT = f"{HOST}/tin/cho-phien-dau-nam.html"
FIRST = f"{HOST}/kinh-te/cho-phien-dau-nam"
SECONDS = Date("2026-02-04T08:15:42+07:00", "second", "2026-02-04T08:15:42+07:00", "test")
UTC = Date("2026-02-04T01:15:00Z", "second", "2026-02-04T01:15:00Z", "test")
MINUTE = Date("2026-02-04T08:15:00+07:00", "minute", "04/02/2026 08:15", "test")
ONE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (NEXT, {}, {}),
    (ELSEWHERE, {}, {}),
    (ELSEWHERE, {}, {"title": "Chợ phiên đầu năm đông khách"}),
    (ELSEWHERE, {}, {"text": STORY.replace("trời còn tối đất", "trời chưa sáng", 1)}),
    (ELSEWHERE, {"published": SECONDS}, {"published": MINUTE}),
    (ELSEWHERE, {"published": UTC}, {"published": MINUTE}),
    (ELSEWHERE, {}, {"published": DAY}),  # the new layout shows no time
    (NEXT, {"published": None}, {"published": None}),
    (NEXT, {"text": "Nắng nhẹ."}, {"text": "Nắng nhẹ."}),  # a picture with one line
]


def read_first(paper: Paper, **fields: Any) -> int | None:
    """Let the paper name an address, and read it."""
    paper.announce(FIRST)
    paper.clock.move(seconds=1)
    return paper.sound(url=FIRST, **fields)


def begin_night(paper: Paper) -> None:
    """Let a crawl begin a day later."""
    paper.pass_time(23)
    data = {"crawl_id": f"suoi-{paper.clock.at:%Y%m%dT%H%M%S}", "software": "test", "site": SITE}
    started_at = to_text(paper.archive.now())
    paper.archive.note("suoi", "crawl-start", {**data, "started_at": started_at, "seeds": []})


def count_articles(paper: Paper) -> int:
    """Return how many articles are held."""
    (number,) = paper.archive.db.execute("SELECT count(*) FROM articles").fetchone()
    return int(number)


@pytest.mark.parametrize(("address", "old", "new"), ONE)
def test_a_listed_new_address_is_the_articles(
    paper: Paper, address: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """From the first night on, before anybody asks the old one; that it moved the old one says."""
    first = read_first(paper, **old)
    begin_night(paper)
    paper.announce(address)
    paper.clock.move(seconds=1)
    assert paper.sound(url=address, **new) == first and count_articles(paper) == 1
    assert "moved" not in paper.kinds()
    assert list_left(paper.archive.db, first or 0) == [FIRST]
    assert find_left(paper.archive.db, "suoi") == {FIRST}
    paper.answer(301, url=FIRST, to=address)
    assert "moved" in paper.kinds()
    assert list_left(paper.archive.db, first or 0) == []


@pytest.mark.parametrize(("status", "told"), [(404, ["moved"]), (200, [])])
def test_what_the_old_address_answers(paper: Paper, status: int, told: list[str]) -> None:
    """404 for three nights is a move; an old address that answers too is none."""
    read_first(paper)
    begin_night(paper)
    paper.announce(NEXT)
    for _ in range(4):
        paper.sound(url=NEXT)
        paper.sound(url=FIRST) if status == 200 else paper.answer(status, url=FIRST)
        paper.pass_time(24)
    assert paper.kinds() == told and count_articles(paper) == 1
    assert list_left(paper.archive.db, 1) == []


TWO: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (NEXT, {}, {"published": LATER}),  # put up again the next year, or for the next draw
    (ELSEWHERE, {"published": None}, {"published": None}),
    (ELSEWHERE, {"text": SHORT}, {"text": SHORT}),
    (f"{FIRST}?ngay=5", {"published": None}, {"published": None}),  # no power cut today, either
    (NEXT, {"published": DAY}, {"published": DAY, "title": "Tin khác"}),
    (NEXT, {}, {"text": "Hội đồng xã họp phiên thường kỳ. " * 8}),
    (NEXT, {}, {"text": STORY.replace("11 gùi", "31 gùi").replace("12 gùi", "52 gùi")}),
]


@pytest.mark.parametrize(("address", "old", "new"), TWO)
def test_another_piece_at_a_new_address(
    paper: Paper, address: str, old: dict[str, Any], new: dict[str, Any]
) -> None:
    """Another date, words or numbers, no date and another slug, few words: two articles."""
    read_first(paper, **old)
    begin_night(paper)
    paper.announce(address)
    paper.clock.move(seconds=1)
    paper.sound(url=address, **new)
    assert count_articles(paper) == 2


NIGHT = [
    (ELSEWHERE, 2),
    (NEXT, 1),
    (f"{FIRST}/amp", 1),
    (FIRST.replace("suoi.test", "m.suoi.test"), 1),
    (f"{FIRST}?print=1", 1),
]


@pytest.mark.parametrize(("address", "held"), NIGHT)
def test_two_addresses_of_one_night(paper: Paper, address: str, held: int) -> None:
    """Two names are two articles, as the paper has them; the same name in two folders, or for
    telephones, is one."""
    paper.announce(FIRST, address)
    paper.clock.move(seconds=1)
    paper.sound(url=FIRST)
    paper.sound(url=address)
    assert count_articles(paper) == held


NUMBERED = [
    (f"{HOST}/a/cho-phien-dau-nam-7001.html", f"{HOST}/b/cho-phien-dau-nam-90001.html", 1),
    (f"{HOST}/a/cho-phien-dau-nam-7001.html", f"{HOST}/b/phien-hop-thang-gieng-90001.html", 2),
]


@pytest.mark.parametrize(("old", "new", "held"), NUMBERED)
def test_numbers_given_anew(paper: Paper, old: str, new: str, held: int) -> None:
    """A paper that moves into another system numbers its articles anew: the slug tells."""
    for number, url in enumerate((old, new)):
        paper.announce(url)
        paper.clock.move(seconds=1)
        capture = paper.keep(url)
        reading = make_reading(title="Chợ phiên", text=STORY)
        paper.archive.add(capture, reading, address=url, identity=f"suoi:{number}")
        begin_night(paper)
    assert count_articles(paper) == held


@pytest.mark.parametrize("address", [f"{FIRST}/", FIRST.replace("https:", "http:")])
def test_another_spelling_is_no_move(paper: Paper, address: str) -> None:
    """A final slash, or a paper's step to another scheme: one article, and nothing moved."""
    first = read_first(paper)
    begin_night(paper)
    paper.announce(address)
    paper.clock.move(seconds=1)
    assert paper.sound(url=address) == first and count_articles(paper) == 1
    paper.answer(301, url=FIRST, to=address)
    assert paper.kinds() == [] and list_left(paper.archive.db, 1) == []


def test_a_slug_that_was_corrected(paper: Paper) -> None:
    """Within the hour, with the headline: one article, its new headline and one move."""
    first = read_first(paper, title="Chợ phiên đầu nam")
    begin_night(paper)
    paper.announce(ELSEWHERE)
    paper.clock.move(seconds=1)
    assert paper.sound(url=ELSEWHERE, title="Chợ phiên đầu năm") == first
    paper.answer(301, url=FIRST, to=ELSEWHERE)
    assert sorted(paper.kinds()) == ["headline", "moved"] and count_articles(paper) == 1


def test_put_up_at_an_announced_address_after_a_week(paper: Paper) -> None:
    """It was removed, and is back there: one article."""
    read_first(paper)
    for _ in range(7):
        begin_night(paper)
        paper.answer(404, url=FIRST)
    assert paper.kinds() == ["removed"]
    begin_night(paper)
    paper.announce(NEXT)
    paper.clock.move(seconds=1)
    paper.sound(url=NEXT)
    assert count_articles(paper) == 1
    assert paper.kinds() == ["removed", "back", "moved"]


def list_due(paper: Paper) -> set[str]:
    """Return the addresses that a crawl asks for again now."""
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    return {known.url for known in find_due(paper.archive.db, "suoi", paper.clock.at, zone)}


def test_an_old_article_is_asked_once_more_at_its_first_address(paper: Paper) -> None:
    """A hundred days old and long at rest, it turns up elsewhere: the old address is due on the
    next night if this one had no time for it, until it has answered."""
    read_first(paper)
    paper.pass_time(24 * 100)
    paper.sound(url=FIRST)
    begin_night(paper)
    assert FIRST not in list_due(paper)
    paper.announce(NEXT)
    paper.clock.move(seconds=1)
    paper.sound(url=NEXT)
    begin_night(paper)
    assert FIRST in list_due(paper)
    paper.answer(301, url=FIRST, to=NEXT)
    begin_night(paper)
    assert FIRST not in list_due(paper) and paper.kinds() == ["moved"]
