"""The ledger: readings make its rows and take them back, each with its class and versions."""

from __future__ import annotations

from archive.records import Reading
from tests.archive.makers import (
    make_exchange,
    make_reading,
)
from tests.changes.night import OLD, PROFILE, TEXTS, Night


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
