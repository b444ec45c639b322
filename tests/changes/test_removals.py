"""Removals: believed at the third sign over two days, told once, and what says nothing of one."""

from __future__ import annotations

import pytest

from archive.index.unconfirmed import find_unconfirmed
from tests.archive.makers import (
    make_failure,
)
from tests.changes.night import HOST, LIST, NEW, OLD, TEXTS, Night


def sign(night: Night, what: str, url: str = OLD) -> None:
    """Let the article's address show a sign of removal."""
    match what:
        case "404" | "410":
            night.answer(int(what), url)
        case "front page":
            night.answer(302, url, HOST + "/")
        case "category":
            night.answer(301, url, LIST)
        case "error page":
            night.answer(302, url, HOST + "/404.html")
        case _:
            night.quarantine("soft-404", url)


SIGNS = ["404", "410", "front page", "category", "error page", "soft 404"]


@pytest.mark.parametrize("what", SIGNS)
def test_a_removal_is_believed_on_the_third_night(night: Night, what: str) -> None:
    """Three signs over 48 hours; it happened at the first, whose capture is the evidence."""
    night.sound()
    night.pass_time(24)
    sign(night, what)
    first, removed = night.article()
    assert first and removed is None
    night.pass_time(24)
    sign(night, what)
    assert night.article() == (first, None) and night.kinds() == []
    night.pass_time(24)
    sign(night, what)
    assert night.article() == (first, first)
    assert night.rows() == [("removed", first, 1, None)]
    night.pass_time(24)
    sign(night, what)
    assert night.kinds() == ["removed"]


def test_errors_neither_count_nor_reset(night: Night) -> None:
    """5xx, 403, 429, no answer, a captcha and a redirect to a login say nothing."""
    night.sound()
    for _ in range(3):
        night.pass_time(30)
        for status in (500, 503, 403, 429):
            night.answer(status)
        night.archive.keep("suoi", make_failure(OLD, night.archive.now()))
        night.quarantine("captcha")
        night.answer(302, OLD, "https://id.suoi.test/login?next=1")
    assert night.article() == (None, None) and night.kinds() == []
    night.answer(404)
    first, _ = night.article()
    for _ in range(2):
        night.pass_time(25)
        night.answer(500)
        night.quarantine("captcha")
        night.answer(404)
    assert night.article() == (first, first)


def test_a_sound_answer_starts_the_count_again(night: Night) -> None:
    """404, 404, there, 404, 404: nothing was removed."""
    night.sound()
    for _ in range(3):
        for _ in range(2):
            night.pass_time(30)
            night.answer(404)
        night.pass_time(1)
        night.sound()
    assert night.article() == (None, None) and night.kinds() == []


def test_three_signs_in_a_day_are_not_enough(night: Night) -> None:
    """A server's bad day is no removal, however often it is asked."""
    night.sound()
    for _ in range(20):
        night.pass_time(2)
        night.answer(404)
    assert night.kinds() == [] and night.article()[0]
    night.pass_time(11)
    night.answer(404)
    assert night.kinds() == ["removed"]


def test_back_with_other_words(night: Night) -> None:
    """A return after a removal is told, and the words it came back with are a change too."""
    night.sound()
    for _ in range(3):
        night.pass_time(25)
        night.answer(410)
    night.pass_time(25)
    night.sound(TEXTS[1])
    assert night.kinds() == ["removed", "back", "text"] and night.article() == (None, None)
    for _ in range(3):
        night.pass_time(25)
        night.answer(404)
    assert night.kinds() == ["removed", "back", "text", "removed"]


def test_what_wants_confirmation(night: Night) -> None:
    """From the first sign on, until it is believed, the article's other address as well."""
    night.sound()
    night.announce(NEW)
    night.sound(url=NEW)
    night.pass_time(24)
    night.answer(404, NEW)
    assert find(night) == {OLD, NEW}
    night.pass_time(21)
    night.answer(404, NEW)
    night.answer(404)
    assert find(night) == {OLD, NEW}
    night.pass_time(1)
    night.answer(404, NEW)
    night.answer(404)
    assert find(night) == {OLD, NEW}, "three signs within a day are an outage"
    night.pass_time(48)
    night.answer(404, NEW)
    night.answer(404)
    assert find(night) == frozenset()


def find(night: Night) -> frozenset[str]:
    """Return what wants confirmation."""
    return find_unconfirmed(night.archive.db, "suoi")
