"""The ledger against a naive model: what happened is in it once, what did not happen is not."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.dump import dump
from archive.find import Meant
from archive.history import tell
from archive.index.changes import refresh
from archive.index.unconfirmed import find_unconfirmed
from archive.instants import to_text
from archive.records import Date, Reading, Trace
from archive.telling import print_history
from tests.archive.makers import (
    Clock,
    make_exchange,
    make_failure,
    make_reading,
)
from tests.changes.night import HOST, LIST, NEW, OLD, PROFILE, TEXTS, Night, live


@pytest.fixture
def night(tmp_path: Path) -> Any:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


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


def test_another_reader_makes_no_change(night: Night) -> None:
    """Words that differ because another profile read them are no change; read alike, they are."""
    night.sound()
    night.pass_time(24)
    capture = night.archive.keep("suoi", make_exchange(OLD, b"same", at=night.archive.now()))
    reading = make_reading(title="Chợ phiên", text=TEXTS[0] + " Chia sẻ bài này.")
    other = Reading("article", "ok", "test/2", PROFILE, article=reading.article)
    night.archive.add(capture, other, address=OLD, identity="suoi:1")
    assert night.kinds() == []


def test_reading_again_takes_a_change_back(night: Night) -> None:
    """A change that a better reader does not see any more leaves the ledger."""
    night.sound()
    night.pass_time(24)
    capture = night.archive.keep("suoi", make_exchange(OLD, b"ad", at=night.archive.now()))
    spoilt = make_reading(title="Chợ phiên", text=TEXTS[0] + " Quảng cáo mới.")
    night.archive.add(capture, spoilt, address=OLD, identity="suoi:1")
    assert night.kinds() == ["text"]
    night.archive.add(
        capture, make_reading(title="Chợ phiên", text=TEXTS[0]), address=OLD, identity="suoi:1"
    )
    assert night.kinds() == []


def test_a_capture_that_proves_to_be_an_impostor(night: Night) -> None:
    """A version that was a captcha page after all was no change, and its end is none either."""
    night.sound()
    night.pass_time(24)
    capture = night.archive.keep("suoi", make_exchange(OLD, b"captcha", at=night.archive.now()))
    page = make_reading(title="Bạn là người?", text="Hãy chọn các ô có xe máy.")
    night.archive.add(capture, page, address=OLD, identity="suoi:1")
    night.pass_time(24)
    night.sound()
    assert len(night.kinds()) == 2
    impostor = Reading("article", "quarantined", "test/1", PROFILE, impostor="captcha")
    night.archive.add(capture, impostor, address=OLD)
    assert night.kinds() == []


def test_a_page_without_text_is_no_edit(night: Night) -> None:
    """A broken layout that shows no text took nothing away, and what follows brought nothing."""
    night.sound()
    night.pass_time(24)
    night.sound("", lead=None)
    night.pass_time(24)
    night.sound()
    assert night.kinds() == []


def test_classes_in_the_ledger(night: Night) -> None:
    """Headline, typo, text and correction, each with its versions and the instant before."""
    night.sound()
    for fields in (
        {"title": "Chợ phiên họp lại"},
        {"title": "Chợ phiên họp lại", "text": TEXTS[0].replace("gian", "gain")},
        {"title": "Chợ phiên họp lại", "text": TEXTS[1]},
        {"title": "Chợ phiên họp lại", "text": TEXTS[1] + "\nĐính chính: có 15 gian hàng."},
    ):
        night.pass_time(24)
        night.sound(**fields)
    kinds = [(row[0], row[2], row[3]) for row in night.rows()]
    assert kinds == [("headline", 1, 2), ("cosmetic", 2, 3), ("text", 3, 4), ("correction", 4, 5)]


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


# -- random nights ------------------------------------------------------------------------------


@dataclass
class Model:
    """One article at one address, told by hand: the naive twin of the ledger."""

    text: int = 0
    seen: bool = False
    signs: list[datetime] = field(default_factory=list)
    removed: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)

    def sound(self, at: datetime, text: int) -> None:
        """The article was there."""
        if self.removed:
            self.told.append(("back", to_text(at)))
        if self.seen and text != self.text:
            self.told.append(("text", to_text(at)))
        self.seen, self.text, self.signs, self.removed = True, text, [], False

    def sign(self, at: datetime) -> None:
        """The article seemed to be gone."""
        if not self.seen:
            return
        self.signs.append(at)
        far = at - self.signs[0] >= timedelta(hours=48)
        if not self.removed and len(self.signs) >= 3 and far:
            self.removed = True
            self.told.append(("removed", to_text(self.signs[0])))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["sound", "sound", "edit", *SIGNS, *SIGNS, "500", "none", "captcha"]),
        st.sampled_from([1.0, 13.0, 25.0, 49.0]),
        st.integers(0, 2),
    ),
    max_size=14,
)
QUIET = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def play(night: Night, model: Model, step: tuple[str, float, int]) -> None:
    """Let one answer come, to the archive and to the model."""
    what, hours, text = step
    night.pass_time(hours)
    match what:
        case "sound" | "edit":
            text = text if what == "edit" else model.text
            night.sound(TEXTS[text])
            model.sound(last_capture(night), text)
        case "500" | "none" | "captcha":
            if what == "500":
                night.answer(500)
            elif what == "none":
                night.archive.keep("suoi", make_failure(OLD, night.archive.now()))
            else:
                night.quarantine("captcha")
        case _:
            sign(night, what)
            model.sign(last_capture(night))


def last_capture(night: Night) -> datetime:
    """Return the instant of the newest capture."""
    (at,) = night.archive.db.execute("SELECT max(captured_at) FROM captures").fetchone()
    return datetime.fromisoformat(at)


@QUIET
@given(STEPS)
def test_random_nights(steps: list[tuple[str, float, int]]) -> None:
    """Live as in the model, step by step; making an article's rows again changes nothing; the
    rebuilt index is the same."""
    with tempfile.TemporaryDirectory() as folder:
        night, model = Night(Path(folder)), Model()
        for step in steps:
            play(night, model, step)
            told = sorted((at, kind) for kind, at in model.told)
            assert sorted((at, kind) for kind, at, *_ in night.rows()) == told
            if model.seen:
                gone = to_text(model.signs[0]) if model.signs else None
                assert night.article() == (gone, gone if model.removed else None)
                before = list(dump(night.archive.db))
                refresh(night.archive.db, 1)
                assert list(dump(night.archive.db)) == before
        night.end()


ANYWHERE = st.lists(
    st.tuples(
        st.sampled_from(["sound", "404", "front page", "led", "soft 404"]),
        st.booleans(),
        st.sampled_from([1.0, 25.0, 49.0]),
        st.integers(0, 1),
    ),
    max_size=14,
)


GONE_TWICE = [
    *(("404", True, 1.0, 0), ("404", True, 25.0, 0), ("404", True, 25.0, 0)),
    *(("sound", False, 1.0, 0), ("led", False, 1.0, 0), ("404", True, 1.0, 0)),
]
"""Removed here, back there, and there leads here: the signs of then make no second removal."""

GONE_AND_LED = [
    *(("404", True, 1.0, 0), ("404", True, 25.0, 0), ("404", True, 25.0, 0)),
    *(("led", True, 1.0, 0), ("sound", True, 1.0, 0)),
]
"""Removed, then led elsewhere, then back: it was gone though no sign stands against it."""


@QUIET
@example(GONE_TWICE)
@example(GONE_AND_LED)
@given(ANYWHERE)
def test_random_nights_at_two_addresses(steps: list[tuple[str, bool, float, int]]) -> None:
    """Whatever two addresses answer: the rows are what the evidence makes of itself at any time,
    removals and returns alternate, nothing moves without a dead or leading address."""
    with tempfile.TemporaryDirectory() as folder:
        night = Night(Path(folder))
        night.sound()
        night.announce(NEW)
        led = False
        for what, old, hours, text in steps:
            night.pass_time(hours)
            here, there = (OLD, NEW) if old else (NEW, OLD)
            if what == "sound":
                assert night.sound(TEXTS[text], here) == 1
            elif what == "led":
                led = True
                night.answer(301, here, there)
            else:
                sign(night, what, here)
            before = list(dump(night.archive.db))
            refresh(night.archive.db, 1)
            assert list(dump(night.archive.db)) == before
        kinds = [k for k in night.kinds() if k in ("removed", "back")]
        assert all(k == ("removed", "back")[n % 2] for n, k in enumerate(kinds))
        signs = sum(what in ("404", "front page", "soft 404") for what, *_ in steps)
        assert "moved" not in night.kinds() or led or signs >= 3
        night.end()


HISTORY = [(0, 0), (24, 0), (48, 1), (72, 404), (97, 404), (122, 404), (150, 1), (170, 2)]


@settings(QUIET, max_examples=8)
@given(st.permutations(HISTORY[1:]))
def test_older_captures_taken_in_later(order: list[tuple[int, int]]) -> None:
    """In whatever order captures are indexed, kinds and instants are those of their order in time;
    only version numbers follow the indexing."""
    told = []
    for steps in (HISTORY, [HISTORY[0], *order]):
        with tempfile.TemporaryDirectory() as folder:
            night = Night(Path(folder))
            for hours, what in steps:
                at = Clock(tick=False).at + timedelta(hours=hours)
                exchange = make_exchange(
                    OLD, night.body(), at=at, status=404 if what == 404 else 200
                )
                capture = night.archive.keep("suoi", exchange)
                if what != 404:
                    reading = make_reading(title="Chợ phiên", text=TEXTS[what])
                    night.archive.add(capture, reading, address=OLD, identity="suoi:1")
            told.append([row[:2] for row in night.rows()])
            night.archive.close()
    assert told[0] == told[1]
    assert [kind for kind, _ in told[0]] == ["text", "removed", "back", "text"]


@pytest.mark.parametrize("is_known", [True, False])
def test_a_relaunch_is_no_edit(night: Night, is_known: bool) -> None:
    """A sentence that goes with the layout is nothing the paper did; where the paper had that
    layout before, it is an edit; a number that changes with it always is."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    if is_known:
        other = make_reading(title="Khác", text="Tin khác hẳn.", trace=new)
        capture = night.archive.keep(
            "suoi", make_exchange(NEW, night.body(), at=night.archive.now())
        )
        night.archive.add(capture, other, address=NEW, identity="suoi:2")
    night.sound(TEXTS[2], trace=old)
    night.pass_time(24)
    night.sound(TEXTS[1], trace=new)
    assert night.kinds() == (["text"] if is_known else [])
    night.pass_time(24)
    night.sound(TEXTS[0], trace=new)
    assert night.kinds()[-1:] == ["text"]


def test_an_edit_long_after_a_relaunch_is_one(night: Night) -> None:
    """Where the new layout showed the same words first, a sentence that comes later is the
    paper's, though the version began in the old layout."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    night.sound(TEXTS[1], trace=old)
    night.pass_time(24)
    night.sound(TEXTS[1], trace=new)
    assert night.kinds() == []
    night.pass_time(24)
    night.sound(TEXTS[2], trace=new)
    assert night.kinds() == ["text"]


def test_figures_in_names_are_no_layout(night: Night) -> None:
    """WordPress numbers its articles in their classes: the layout is one."""
    layouts = set()
    for number in (51, 52):
        trace = Trace(shown=(("text", f"article.post-{number}.post > div.entry-content"),))
        night.sound(TEXTS[0], url=f"{HOST}/a-{number}.html", trace=trace)
        layouts |= set(night.archive.db.execute("SELECT layout FROM readings").fetchall()) - {
            (None,)
        }
    assert len(layouts) == 1


@pytest.mark.parametrize("alike", [0, 3])
def test_an_edit_across_a_relaunch_that_reads_alike(night: Night, alike: int) -> None:
    """Where three others had the same words in both layouts, whatever became of their bylines, a
    sentence that came with the new one is the paper's; a byline that went with it is nobody's."""
    old, new = (Trace(shown=(("text", path),)) for path in ("div.bai", "section.than"))
    seen = [
        (f"{HOST}/bai/{number}.html", f"Bài số {number}. {TEXTS[2]}") for number in range(alike)
    ]
    for said, trace, authors in ((TEXTS[1], old, ("Lan",)), (TEXTS[2], new, ())):
        for url, text in seen:
            other = make_reading(title="Khác", text=text, trace=trace, authors=authors)
            night.archive.add(night.keep(url), other, address=url, identity=url)
        night.sound(said, trace=trace, authors=authors)
        night.pass_time(24)
    detail = night.archive.db.execute("SELECT detail FROM changes").fetchall()
    assert night.kinds() == (["text"] if alike else []), detail
    assert not any("authors" in row[0] for row in detail)


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
