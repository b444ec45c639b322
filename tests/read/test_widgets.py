"""Boxes within a story that are things leave its text; what people typed among it stays."""

from __future__ import annotations

import pytest

from crawler.read.reader import read
from crawler.read.wording import is_prompt
from tests.read.samples import TEXT, make_page, make_site

TITLE = "Nậm Lúc được mùa lúa sớm sau trận lũ"
SITES = {"named": make_site(read='body = [".body"]'), "any": make_site()}
LINES = [part.strip() + "." for part in TEXT.split(". ")]

THINGS = {
    "player": "<div class=khung><iframe src=//v.test/1></iframe><p>Xem video dưới đây</p></div>",
    "sound": "<div class=nghe><audio src=/a.mp3></audio><span>Nghe bài báo</span> 04:12</div>",
    "letter": "<div class=hop><p>Thư sáng của chúng tôi</p><form><input type=email></form></div>",
    "letter, pressed": "<div class=hop><p>Thư sáng của báo</p><a class=btn href=/t>OK</a></div>",
    "alerts": "<div class=bao><p>Bật thông báo về chủ đề này</p><button>Bật</button></div>",
    "poll": "<div class=phieu><h4>Bạn nghĩ sao về kế hoạch này?</h4><ul><li><label>"
    "<input type=radio>Đồng ý</label> 41%</li><li><label><input type=radio>Không</label>"
    " 59%</li></ul></div>",
    "poll, counted": "<div class=phieu><h4>Bạn nghĩ sao về kế hoạch này?</h4>"
    "<div><span>Đồng ý</span> <span>41%</span></div><div><span>Không</span> 59%</div></div>",
    "poll, in lines": "<div class=poll><p><b>Bạn nghĩ sao về kế hoạch này?</b></p><p>Đồng ý với kế "
    "hoạch của huyện 62% (1234 phiếu)</p><p>Không đồng ý 38% (766 phiếu)</p></div>",
    "post": "<div class=tweet-embed><p>Mưa to ở đầu nguồn, bà con chú ý lũ quét.</p>"
    "<a href=https://x.test/1>@suoi</a> <span>50 thích</span></div>",
    "weather": "<div class=tiet>Hà Tiên 25°C, mưa rào</div>",
    "prices": "<div class=gia><span>VCB</span> <span>90.10</span> <span>+1,2%</span></div>",
    "guest": "<div class=ai>Xin chào khách 4812</div>",
}
TOLD = {
    "toll": ("<p>Số người chết: 12</p>", "Số người chết: 12"),
    "score": ("<p>FC Suối – FC Đồi 2-1</p>", "FC Suối – FC Đồi 2-1"),
    "sentences": ("<div class=hop><p>Có 12 gian hàng mới ở chợ.</p></div>", "12 gian hàng mới"),
    "list": ("<div class=hop><ul><li>Giá thóc: 9.000 đồng</li></ul></div>", "Giá thóc: 9.000"),
    "table": ("<div class=bang><table><tr><td>Lúa<td>45,2 tạ</table></div>", "45,2 tạ"),
    "election": ("<div class=ket-qua><p>Bà Lan 62%</p><p>Ông Hà 38%</p></div>", "Ông Hà 38%"),
    "news of polls": (
        f"<div class=polls><p>{TEXT[:300]} 62%</p><p>{TEXT[300:600]} 38%</p></div>",
        TEXT[:80],
    ),
    "sub-heading": ("<div class=sub-title>Vụ mùa 2026</div>", "Vụ mùa 2026"),
    "bold line": ("<div><b>Vụ mùa năm 2026</b></div>", "Vụ mùa năm 2026"),
    "facts and button": (
        f"<div class=hop><p>{TEXT[:300]}</p><button>Mở rộng</button></div>",
        TEXT[:80],
    ),
    "long beside a video": (
        f"<div class=hop><iframe src=//v.test/1></iframe><p>{TEXT[:240]}</p></div>",
        TEXT[:80],
    ),
}


def tell(inside: str, kind: str) -> str:
    """The text of a story with something in its middle."""
    story = [f"<p>{line} {line[::-1]}</p>" for line in LINES]
    page = make_page(
        f"<html lang=vi><head><title>{TITLE}</title><meta property=og:type content=article></head>"
        f"<body><article><h1>{TITLE}</h1><div class=body>{''.join(story[:2])}{inside}"
        f"{''.join(story[2:])}</div></article></body></html>"
    )
    article = read(page, SITES[kind]).article
    assert article is not None
    return article.text


@pytest.mark.parametrize("kind", SITES)
@pytest.mark.parametrize("what", THINGS)
def test_things_leave_the_text(what: str, kind: str) -> None:
    """A page with a thing in its story has the text of the page without it."""
    assert tell(THINGS[what], kind) == tell("", kind)


@pytest.mark.parametrize("what", TOLD)
def test_what_is_told_stays(what: str) -> None:
    """Figures among the paragraphs, lists, tables, sub-headings and boxes of sentences are text."""
    html, words = TOLD[what]
    assert words in tell(html, "named")


@pytest.mark.parametrize(
    "line",
    [
        *("5 minutes ago", "il y a 12 minutes", "12 menit lalu", "5 phút trước", "19 นาทีที่แล้ว"),
        *("vor 3 Stunden", "Cập nhật lúc 1:15", "Last updated 1:15 pm", "Mis à jour à 3h15"),
        *("Diperbarui pukul 1.15", "อัปเดตเมื่อ 1:15 น.", "12 commentaires", "7 bình luận"),
    ],
)
def test_clocks_are_no_text(line: str) -> None:
    """How long ago, saved when, so many comments: lines of their own, in any of the languages."""
    assert is_prompt(line)


@pytest.mark.parametrize(
    "line",
    [
        *("3 minutes", "5 ngày", "10 giờ 30 phút", "2 heures plus tard", "Ba ngày trước", "2026"),
        *("Cập nhật lúc 14:00: ba xã mất điện.", "UPDATE 14:00: three killed", "12 morts"),
        "Five people were hurt two hours ago",
    ],
)
def test_short_lines_of_a_story_are_none_of_them(line: str) -> None:
    """Times within a sentence, durations, and an update with a fact are the story's."""
    assert not is_prompt(line)
