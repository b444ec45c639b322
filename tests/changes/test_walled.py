"""An article of which the beginning alone is left was sold or shortened: no edit by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.index.unconfirmed import find_unconfirmed
from archive.notice import says_removed
from archive.records import Trace
from archive.stub import find_stub
from tests.changes.night import NEW, OLD, Night, live

STORY = [
    "Sáng nay chợ phiên họp lại ở xã Suối Đuống sau ba tuần nghỉ vì mưa lũ kéo dài.",
    "Có 12 gian hàng của bà con vùng cao, phần lớn bán rau, mật ong và vải thổ cẩm.",
    "Ông Sùng A Chứ kể rằng năm ngoái lũ về bất ngờ, cả nhà chỉ kịp vớt được vài bó mạ.",
    "Ban quản lý chợ đã sửa xong mái che và lát lại nền sân trước ngày khai trương.",
    "Huyện dự kiến mở thêm hai phiên chợ trong tháng tới nếu thời tiết thuận lợi.",
    "Khách từ thành phố lên đông hơn mọi năm, nhà nghỉ trong xã kín phòng từ thứ sáu.",
    "Các em nhỏ được phát sách và bút, do một nhóm sinh viên quyên góp từ mùa hè.",
    "Phiên chợ kết thúc lúc xế chiều, khi sương bắt đầu phủ xuống con đường về bản.",
]
WALL = "Câu chuyện còn dài, mời bạn bước qua cửa cùng chúng tôi."
TAKEN = "Tòa soạn đã lược bỏ một phần bài theo đề nghị của gia đình."
NOTICE = "Đính chính: Bản tin trước ghi sai số gian hàng, tòa soạn xin lỗi bạn đọc."


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    """A fresh archive; at the end it is rebuilt and must be the same."""
    yield from live(Night(tmp_path))


def show(night: Night, *lines: str, url: str = OLD, **fields: Any) -> None:
    """A day later, let an address answer with the article in these lines."""
    night.pass_time(24)
    night.sound("\n".join(lines), url, lead=None, **fields)


def said(night: Night) -> str:
    """Return what the last capture was read as."""
    (row,) = night.archive.db.execute(
        "SELECT coalesce(impostor || ' ' || warnings, status) FROM readings "
        "ORDER BY capture_id DESC LIMIT 1"
    ).fetchall()
    return str(row[0])


def offer(path: str) -> Trace:
    """The trace of a page with something behind its text that asks."""
    return Trace(shown=(("text", "div.body"), ("offer", path)))


WALLED: dict[str, tuple[list[str], dict[str, Any]]] = {
    "declared": ([*STORY[:2]], {"is_free": False}),
    "cut within": ([STORY[0], STORY[1][:30] + "…"], {}),
    "link": ([*STORY[:2], WALL], {"trace": offer("div.body > p > a")}),
    "button alone": ([*STORY[:3]], {"trace": offer("div.body > div.x1 > button")}),
}


@pytest.mark.parametrize("what", WALLED)
def test_a_wall_in_words_that_nobody_knows_is_no_edit(night: Night, what: str) -> None:
    """The beginning as it was, the rest gone, and a sign of a wall: quarantined for as long as it
    stands; the article keeps its words."""
    show(night, *STORY)
    lines, fields = WALLED[what]
    for _ in range(5):
        show(night, *lines, **fields)
        assert said(night).startswith("paywall-stub")
        assert "unconfirmed" not in said(night)
    show(night, *STORY)
    assert night.kinds() == []
    body, versions = night.archive.db.execute("SELECT body, versions FROM articles").fetchone()
    assert (body, versions) == ("\n".join(STORY), 1)


def test_one_wall_on_two_pages_is_known_for_it(night: Night) -> None:
    """The same last line behind two beginnings: the first page of the crawl waits, none is an
    edit, and the first is known on the next night."""
    others = [f"Bài khác, câu số {n}: {line}" for n, line in enumerate(STORY)]
    show(night, *STORY)
    night.announce(NEW)
    show(night, *others, url=NEW, title="Chuyện khác")
    show(night, *STORY[:2], WALL)
    assert "unconfirmed" in said(night)
    night.sound("\n".join([*others[:3], WALL]), NEW, lead=None, title="Chuyện khác")
    assert "another page" in said(night)
    for _ in range(4):
        show(night, *STORY[:2], WALL)
        assert "another page" in said(night)
    assert night.kinds() == []


@pytest.mark.parametrize("tail", [[], [WALL], [TAKEN]])
def test_a_story_shortened_by_its_paper_is_told_once_confirmed(
    night: Night, tail: list[str]
) -> None:
    """Without a sign of a wall the page is asked for each night, and believed on the third."""
    show(night, *STORY)
    for _ in range(2):
        show(night, *STORY[:3], *tail)
        assert "unconfirmed" in said(night) and night.kinds() == []
        assert find_unconfirmed(night.archive.db, "suoi") == {OLD}
    night.quarantine("captcha")
    show(night, *STORY[:3], *tail)
    assert night.kinds() == ["text"] and said(night) == "ok"
    assert find_unconfirmed(night.archive.db, "suoi") == frozenset()
    show(night, *STORY[:3], *tail)
    assert night.kinds() == ["text"]


def test_a_paragraph_given_up_for_a_line_is_an_edit(night: Night) -> None:
    """A short story whose last long paragraph becomes a line: no wall takes one paragraph."""
    long = " ".join(STORY[2:])
    show(night, *STORY[:2], long)
    show(night, *STORY[:2], TAKEN.replace("lược bỏ", "viết lại"))
    assert night.kinds() == ["text"]


def test_a_story_told_anew_under_its_lead(night: Night) -> None:
    """Where nothing but the lead is kept and nothing asks, the paper wrote another text."""
    show(night, *STORY)
    night.pass_time(24)
    night.sound(TAKEN.replace("lược bỏ", "viết lại"), lead=STORY[0])
    assert night.kinds() == ["text"]


def test_a_note_that_parts_were_taken_out_outweighs_a_link(night: Night) -> None:
    """What tells of a deed is the editor's, with a link to the house's rules behind it, too."""
    show(night, *STORY)
    for _ in range(3):
        show(night, *STORY[:3], TAKEN, trace=offer("div.body > p > a"))
    assert night.kinds() == ["text"]


def test_a_shortened_story_with_a_correction_is_one_at_once(night: Night) -> None:
    """The paper's notice is its own word."""
    show(night, *STORY)
    show(night, *STORY[:2], NOTICE, trace=offer("div.body > p > a"))
    assert night.kinds() == ["correction"]


def test_an_offer_that_stood_there_before_says_nothing(night: Night) -> None:
    """A newsletter's button behind every story is no wall: the shortening is told, confirmed."""
    button = {"trace": offer("div.letter > button")}
    show(night, *STORY, **button)
    for _ in range(3):
        show(night, *STORY[:3], **button)
    assert night.kinds() == ["text"]


@pytest.mark.parametrize(
    "lines",
    [
        [*STORY[:5]],
        [STORY[0], STORY[4]],
        [STORY[0], STORY[1].replace("12", "15")],
        [*STORY[:2], *(f"Đoạn viết mới hoàn toàn, số {n}, kể chuyện khác." for n in range(9))],
        [*STORY, WALL],
    ],
)
def test_other_edits_are_told_at_once(night: Night, lines: list[str]) -> None:
    """Half of the text left, a gap within, a word changed, much that is new: nobody waits."""
    show(night, *STORY)
    show(night, *lines)
    assert night.kinds() == ["text"]


def test_a_signature_behind_the_stub_is_the_storys() -> None:
    """What stood at the end of the story is none of the wall's lines."""
    stub = find_stub([*STORY, "Lan Anh"], [*STORY[:2], WALL, "Lan Anh"])
    assert stub is not None and (stub.kept, stub.held, stub.tail) == (2, 9, (WALL,))


REASONS = [f"Lý do {n}: bạn đọc được nhiều hơn, mọi lúc, trên mọi thiết bị." for n in range(9)]


def test_a_list_of_reasons_behind_a_beginning_is_a_wall(night: Night) -> None:
    """However much is offered; without an offer so much that is new is an edit, told at once."""
    show(night, *STORY)
    for _ in range(3):
        show(night, *STORY[:2], *REASONS, trace=offer("div.body > div.ly-do > a"))
    assert night.kinds() == []
    show(night, *STORY[:2], *REASONS)
    assert night.kinds() == ["text"]


def test_a_label_above_the_beginning_is_the_walls(night: Night) -> None:
    """The paper writes a word above what it sells."""
    show(night, *STORY)
    for _ in range(3):
        show(night, "Dành cho hội viên", *STORY[:2], trace=offer("div.body > p > a"))
    assert night.kinds() == []


OPENED: dict[str, tuple[list[str], dict[str, Any], list[str]]] = {
    "gate": ([*STORY[:2], WALL], {"trace": Trace(shown=(("gate", "div.body > p > a"),))}, []),
    "cut within": ([STORY[0], STORY[1][:30] + "…"], {}, []),
    "declared": ([*STORY[:2]], {"is_free": False}, []),
    "a story that grew": ([*STORY[:2]], {}, ["text"]),
    "words taken out": ([*STORY[:2], WALL], {}, ["text"]),
}


@pytest.mark.parametrize("what", OPENED)
def test_a_wall_that_opens_is_no_edit(night: Night, what: str) -> None:
    """An article that was held behind a wall which nobody knew, and is whole now, was not edited;
    one that grew was."""
    lines, fields, kinds = OPENED[what]
    show(night, *lines, **fields)
    show(night, *STORY, **({"is_free": True} if "is_free" in fields else {}))
    assert night.kinds() == kinds


@pytest.mark.parametrize(
    ("sentence", "is_told"),
    [
        (TAKEN, True),
        ("Parts of this story have been removed at the request of the family.", True),
        ("Des passages de cet article ont été retirés à la demande de la famille.", True),
        ("Sebagian isi berita ini telah dihapus atas permintaan keluarga.", True),
        ("กองบรรณาธิการได้ตัดเนื้อหาบางส่วนออกตามคำขอของครอบครัว", True),
        (WALL, False),
        ("The tide takes it from here. Come aboard.", False),
        ("La suite est réservée à nos abonnés. Déjà abonné ? Identifiez-vous.", False),
        ("Đây là nội dung dành riêng cho thành viên trả phí. Mời bạn nâng cấp tài khoản.", False),
        ("Cerita ini berlanjut di ruang utama kami.", False),
    ],
)
def test_what_an_editor_says_who_took_parts_out(sentence: str, is_told: bool) -> None:
    """A deed, in five languages; a wall offers something."""
    assert says_removed(sentence) is is_told
