"""Redirects and second addresses: what moved, what was removed, and what is neither."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from tests.changes.night import HOST, NEW, OLD, TEXTS, Night


def test_a_redirect_to_the_article_elsewhere(night: Night) -> None:
    """The old address leads to the new one: moved, not removed, one article, at the redirect."""
    night.sound()
    at = night.pass_time(24) + timedelta(seconds=1)
    night.answer(301, OLD, NEW)
    assert night.sound(url=NEW) == 1
    (row,) = night.rows()
    assert row[0] == "moved" and abs(datetime.fromisoformat(row[1]) - at) < timedelta(seconds=5)
    for _ in range(3):
        night.pass_time(24)
        night.answer(301, OLD, NEW)
        night.sound(url=NEW)
    assert night.kinds() == ["moved"]
    for _ in range(3):
        night.pass_time(25)
        night.answer(404, NEW)
    assert night.kinds() == ["moved", "removed"]


def test_moved_and_edited_at_once(night: Night) -> None:
    """A redirect to a page that shares most of the words is the article, with a change of text."""
    night.sound()
    night.pass_time(24)
    night.answer(301, OLD, NEW)
    assert night.sound(TEXTS[2], url=NEW, title="Chợ phiên họp lại") == 1
    assert sorted(night.kinds()) == ["moved", "text"]


def test_a_redirect_to_another_story_is_no_move(night: Night) -> None:
    """Two reports of one newsroom share most of their words, in another order. The other one is an
    article of its own, and a redirect to it, three nights long, a removal."""
    words = re.findall(r"\w+", "hội nghị sáng nay bàn việc trồng rừng và giữ nước cho vụ đông ở xã")
    other = [*words[8:], *reversed(words[:8])]
    first = night.sound(" ".join(words), title="Trồng rừng")
    for _ in range(3):
        night.pass_time(24)
        night.answer(301, OLD, NEW)
        second = night.sound(" ".join(other), url=NEW, title="Giữ nước")
        assert second != first
    assert [row[0] for row in night.rows()] == ["removed"]
    signs = night.archive.db.execute("SELECT detail ->> '$.sign' FROM changes").fetchone()
    assert signs == (f"redirect to another article ({NEW})",)


def test_a_redirect_between_stories_without_text_is_no_move(night: Night) -> None:
    """Two photo stories have no text: that is nothing they have in common."""
    first = night.sound("", title="Ảnh: Trồng rừng")
    night.pass_time(24)
    night.answer(301, OLD, NEW)
    assert night.sound("", url=NEW, title="Ảnh: Giữ nước") != first


def test_two_addresses_are_no_move(night: Night) -> None:
    """An article that answers at two addresses every night has not moved; nor if one flickers."""
    night.sound()
    night.announce(NEW)
    for number in range(4):
        night.pass_time(24)
        assert night.sound(url=NEW) == 1
        if number == 2:
            night.answer(404)
        else:
            night.sound()
    assert night.kinds() == [] and night.article() == (None, None)


def test_an_old_address_dies(night: Night) -> None:
    """The article was found at another address with its words, and the old one is gone: moved."""
    night.sound()
    night.pass_time(24)
    night.announce(NEW)
    night.sound(url=NEW)
    found = night.clock.at
    for _ in range(3):
        night.pass_time(25)
        night.answer(404)
        night.sound(url=NEW)
    (row,) = night.rows()
    assert row[0] == "moved"
    assert abs(datetime.fromisoformat(row[1]) - found) < timedelta(seconds=5)
    assert night.article() == (None, None)


def test_put_back_elsewhere(night: Night) -> None:
    """Removed, and days later there again at another address: back and moved, both on the day on
    which it was found there, not on that of its removal."""
    night.sound()
    for _ in range(3):
        night.pass_time(25)
        night.answer(404)
    night.pass_time(100)
    night.announce(NEW)
    night.sound(url=NEW)
    found = night.clock.at
    removed, *rest = night.rows()
    assert removed[0] == "removed" and sorted(row[0] for row in rest) == ["back", "moved"]
    for row in rest:
        assert abs(datetime.fromisoformat(row[1]) - found) < timedelta(seconds=5)
    night.pass_time(25)
    night.answer(404)
    assert len(night.rows()) == 3 and night.article() == (None, None)


def test_both_addresses_die(night: Night) -> None:
    """Two living addresses, then none: one removal."""
    night.sound()
    night.announce(NEW)
    night.sound(url=NEW)
    for _ in range(4):
        night.pass_time(25)
        night.answer(404)
        night.answer(404, NEW)
    assert night.kinds() == ["removed"]


def test_a_redirect_in_another_spelling_is_no_sign(night: Night) -> None:
    """https to http, with www or a final slash, and then the article: nothing happened."""
    night.sound()
    for _ in range(3):
        night.pass_time(25)
        night.answer(301, OLD, OLD.replace("https://", "http://www."))
    assert night.kinds() == [] and night.article() == (None, None)


def test_a_redirect_through_another_address(night: Night) -> None:
    """Old to short link to front page: a sign; known in whichever order it is fetched."""
    night.sound()
    for _ in range(3):
        night.pass_time(25)
        night.answer(301, OLD, HOST + "/r/1-2-3-4-5-6")
        night.answer(302, HOST + "/r/1-2-3-4-5-6", HOST + "/")
    assert night.kinds() == ["removed"]


@pytest.mark.parametrize(
    ("status", "target", "kinds"),
    [
        (301, "https://bien.test/suoi/cho-phien-ngay-mua-50121.html", ["moved"]),
        (308, "https://bien.test/a/50121", ["moved"]),
        (301, "https://bien.test/tin/cho-phien-ngay-mua", ["moved"]),
        (302, "https://bien.test/suoi/cho-phien-ngay-mua-50121.html", []),
        (301, "https://bien.test/tin/gia-lua-hom-nay-60007.html", []),
        (301, "https://bien.test/thong-bao?tu=cho-phien-ngay-mua-50121", []),
    ],
)
def test_a_merged_papers_redirects(
    night: Night, status: int, target: str, kinds: list[str]
) -> None:
    """A redirect for good to a host nobody asks, to an address that carries the article's slug or
    number, is a move; others say nothing, and none is a removal."""
    url = f"{HOST}/bai-viet/cho-phien-ngay-mua-d50121"
    night.announce(url)
    night.sound(url=url)
    for _ in range(3):
        night.pass_time(24)
        night.answer(status, url, target)
    assert night.kinds() == kinds
    assert night.article() == (None, None)


def test_a_dead_articles_redirect_waits_for_what_is_there(night: Night) -> None:
    """A paper made anew sends all its old addresses on by form: one that had led to its front page
    for a night is no move before the new address has shown the article."""
    url, there = f"{HOST}/bai/cho-phien-ngay-mua-d50121", f"{HOST}/tin/cho-phien-ngay-mua-d50121"
    night.announce(url)
    night.sound(url=url)
    night.pass_time(24)
    night.answer(302, url, HOST + "/")
    for _ in range(2):
        night.pass_time(24)
        night.answer(301, url, there)
    assert night.kinds() == [] and night.article()[0] is not None
    night.announce(there)
    night.sound(url=there)
    assert night.kinds() == ["moved"] and night.article() == (None, None)


@pytest.mark.parametrize("day", ["20260202", "202602"])
def test_a_day_in_an_address_names_no_article(night: Night, day: str) -> None:
    """Two stories of one day have its figures in common, and nothing else."""
    url = f"{HOST}/{day}/cho-phien-ngay-mua"
    night.announce(url)
    night.sound(url=url)
    for _ in range(3):
        night.pass_time(24)
        night.answer(301, url, f"https://bien.test/{day}/gia-lua-hom-nay")
    assert night.kinds() == []
