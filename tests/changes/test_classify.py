"""The kind of a change between two versions: what a reader would call it."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.classify import Wording, classify, is_part
from archive.fold import squeeze
from archive.notice import is_notice
from archive.typo import is_typo

TITLE = "Lũ quét ở Đông Ngàn"
BODY = (
    "Sáng 4/2, lũ quét làm 12 người chết ở xã Suối Đuống. Ông Trần Văn Nam cho biết đường "
    "đã bị cắt. Hòa bình trở lại với bà con vùng cao sau nhiều giờ.\n"
    "Thiệt hại khoảng 1.200 triệu đồng, không ai bị thương nặng."
)
EDITS = [
    ("white space", BODY, BODY.replace(". ", ".  \u00a0"), None),
    ("paragraphs joined", BODY, BODY.replace("\n", " "), None),
    ("punctuation", BODY, BODY.replace("Sáng 4/2,", "Sáng 4/2"), "cosmetic"),
    ("quotes", f"{BODY} Ông nói: \"Rất lo\".", f"{BODY} Ông nói: “Rất lo”.", "cosmetic"),
    ("case", BODY, BODY.replace("Hòa bình", "HÒA BÌNH"), "cosmetic"),
    ("tone placement", BODY, BODY.replace("Hòa", "Hoà"), "cosmetic"),
    ("decomposed", BODY, normalize("NFD", BODY), None),
    ("typo", BODY.replace("đường", "đưởng"), BODY, "cosmetic"),
    ("letters exchanged", BODY.replace("khoảng", "kohảng"), BODY, "cosmetic"),
    ("blank lost", BODY.replace("bà con", "bàcon"), BODY, "cosmetic"),
    ("sentences joined", BODY, BODY.replace("cắt. Hòa", "cắt, hòa"), "cosmetic"),
    ("dash", f"{BODY} 2020-2025", f"{BODY} 2020–2025", "cosmetic"),
    ("number", BODY, BODY.replace("12", "15"), "text"),
    ("thousands", BODY, BODY.replace("1.200", "1.300"), "text"),
    ("comma in a number", BODY, BODY.replace("1.200", "1,200"), "text"),
    ("numbers joined", f"{BODY} thôn 1 2 người", f"{BODY} thôn 12 người", "text"),
    ("a number cut", f"{BODY} tới 12 người", f"{BODY} tới 1 2 người", "text"),
    ("name", BODY, BODY.replace("Nam", "Năm"), "text"),
    ("name at a sentence's head", f"{BODY} Nam nói.", f"{BODY} Lam nói.", "text"),
    ("a word that is a name elsewhere", "The boadr met. He told the Town Board so.",
     "The board met. He told the Town Board so.", "cosmetic"),
    ("a name that is a word elsewhere", "The mill closed. He told Hugh Mill so.",
     "The mill closed. He told Hugh Mull so.", "text"),
    ("negation", BODY, BODY.replace("không ai", "khổng ai"), "text"),
    ("number word", f"{BODY} có ba xã", f"{BODY} có bà xã", "text"),
    ("sign", f"{BODY} lạnh -5 độ", f"{BODY} lạnh 5 độ", "text"),
    ("per cent", f"{BODY} tăng 5%", f"{BODY} tăng 5", "text"),
    ("sentence added", BODY, f"{BODY} Trời vẫn mưa.", "text"),
    ("sentence removed", f"{BODY} Trời vẫn mưa.", BODY, "text"),
    ("word", BODY, BODY.replace("bị cắt", "bị chia cắt"), "text"),
    ("order", "Một câu ở đây. Hai câu ở kia.", "Hai câu ở kia. Một câu ở đây.", "text"),
    ("notice", BODY, f"{BODY}\nĐính chính: Bài viết trước đó ghi nhầm số.", "correction"),
    (
        "notice with its number",
        BODY,
        BODY.replace("12", "15") + "\n(Đính chính: số người chết là 15, không phải 12).",
        "correction",
    ),
    ("apology", BODY, f"{BODY}\nToà soạn xin lỗi ông Nam và bạn đọc.", "correction"),
    ("edited", BODY, f"{BODY}\nĐã chỉnh sửa lúc 10:15.", "correction"),
    ("cải chính", BODY, f"{BODY}\nCải chính", "correction"),
    ("typo in a notice", f"{BODY}\nĐính chính: do sơ xuất.", f"{BODY}\nĐính chính: do sơ suất.",
     "cosmetic"),
    ("a further notice", f"{BODY}\nĐính chính: do sơ suất.",
     f"{BODY}\nĐính chính: do sơ suất. Đính chính: ông Nam là phó chủ tịch.", "correction"),
    ("notice removed", f"{BODY}\nĐính chính: do sơ suất.", BODY, "text"),
    ("news of a correction", BODY, f"{BODY} Bộ Y tế đã đính chính thông tin sai lệch.", "text"),
    ("officers", BODY, f"{BODY}\nCorrection officers were hurt.", "text"),
    ("English", "He is 5.", "He is 6.\nCorrection (May 3, 2026): His age was wrong.",
     "correction"),
    ("an earlier version", "He is 5.", "He is 6. An earlier version of this article gave 5.",
     "correction"),
    ("Indonesian", "Ia 5.", "Ia 6.\nRalat: umurnya 6 tahun.", "correction"),
    ("Japanese", "五人。", "六人。\n【訂正】人数を直しました。", "correction"),
    ("Thai vowel", "ไป นา มา", "ไป นี มา", "text"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kind"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
def test_edits_of_the_text(old: str, new: str, kind: str | None) -> None:
    """What a text became is classed as a reader would class it."""
    found = classify(Wording(TITLE, None, old), Wording(TITLE, None, new))
    assert (found and found[0]) == kind


HEADS = [
    ("Lũ quét ở Đông Ngàn: 12 người chết", "headline"),
    ("LŨ QUÉT Ở ĐÔNG NGÀN", "cosmetic"),
    ("Lũ quét ở “Đông Ngàn”", "cosmetic"),
    ("Lũ quết ở Đông Ngàn", "cosmetic"),
    ("Lũ quét ở Đồng Ngàn", "headline"),
    ("[Đính chính] Lũ quét ở Đông Ngàn", "correction"),
]


@pytest.mark.parametrize(("title", "kind"), HEADS)
def test_edits_of_the_title(title: str, kind: str) -> None:
    """A title that says something else is a headline change; a name in it is no typo."""
    found = classify(Wording(TITLE, "Dẫn.", BODY), Wording(title, "Dẫn.", BODY))
    assert found is not None and found[0] == kind


def test_title_and_text_together() -> None:
    """One row, of the weightier kind, which names both and what gave way to what."""
    new = Wording("Lũ quét làm 15 người chết", None, BODY.replace("12", "15").replace("Nam", "Hà"))
    found = classify(Wording("Lũ quét làm 12 người chết", None, BODY), new)
    assert found is not None
    assert found[0] == "text" and found[1]["classes"] == ["text", "headline"]
    assert found[1]["numbers"] == [["12", "15"]] and found[1]["names"] == [["Nam", "Hà"]]
    assert found[1]["sentences"] == {"kept": 2, "changed": 2, "added": 0, "removed": 0}


def test_the_standfirst_may_move() -> None:
    """A lead that became the first paragraph changed nothing that is said."""
    found = classify(Wording(TITLE, "Lời dẫn.", BODY), Wording(TITLE, None, f"Lời dẫn.\n{BODY}"))
    assert found is None


WORDS = st.text(alphabet="abcdeăâđ", min_size=0, max_size=6)


@given(WORDS, WORDS)
def test_typos_are_one_edit(one: str, other: str) -> None:
    """``is_typo`` is distance one of Damerau and Levenshtein, by the plain table, and symmetric."""
    far = [[i + j for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, x in enumerate(one, 1):
        for j, y in enumerate(other, 1):
            far[i][j] = min(far[i - 1][j] + 1, far[i][j - 1] + 1, far[i - 1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == other[j - 2] and one[i - 2] == y:
                far[i][j] = min(far[i][j], far[i - 2][j - 2] + 1)
    long_enough = min(len(one), len(other)) >= 2 and max(len(one), len(other)) >= 3
    if one != other:
        assert is_typo(one, other) == (long_enough and far[-1][-1] == 1)
    assert is_typo(one, other) == is_typo(other, one)


NOTICES = (
    "This story has been updated to correct the figure, which is 17, not 11.",
    "This post was edited on Friday to fix the spelling of the mayor's name.",
    "This version corrects the spelling of Brightwater in the third paragraph.",
    "(A previous version of the story gave the wrong date.)",
    "A story on Tuesday about the ferry misstated its price.",
    "We apologise for this mistake.",
    "Bài viết này vừa được sửa lại số liệu ở đoạn hai.",
    "Trong bài đã đăng hôm qua, chúng tôi ghi nhầm tên của ông Lò Văn Pâng.",
    "Toà soạn trân trọng đính chính và mong bạn đọc lượng thứ.",
    "Nay xin sửa lại cho đúng là 48 tấn.",
    "Berita ini sudah diperbaiki pada bagian angka.",
    "Catatan redaksi: angka pada alinea kedua keliru.",
    "Der Artikel wurde am Montag an zwei Stellen korrigiert.",
    "Cet article a été mis à jour pour corriger le nom du maire.",
    "Esta nota fue modificada para corregir la cifra de heridos.",
)
NO_NOTICES = (
    "The report was amended to correct the budget, the council said.",
    "This article has been updated with the result of the vote.",
    "An earlier version of the bill said that fares would rise.",
    "The story has been told in this valley for 200 years.",
    "This story was changed by every teller.",
    "Bài viết đăng sai sự thật trên mạng xã hội bị phạt 7 triệu đồng.",
    "Thông tin này đã được công an xác minh là không chính xác.",
    "Con đường vừa được sửa lại sau bão.",
    "Ông Pâng xin lỗi bà con vì chậm trễ.",
    "Tin được chuyển tới xã ngay trong đêm.",
    "Warga meminta maaf atas kejadian itu.",
    "Versi sebelumnya dari peraturan itu dicabut.",
    "Der Bericht wurde am Montag vorgelegt.",
)


@pytest.mark.parametrize(
    ("sentence", "is_one"), [*((s, True) for s in NOTICES), *((s, False) for s in NO_NOTICES)]
)
def test_a_papers_own_notice(sentence: str, is_one: bool) -> None:
    """A notice in words that no list has; news of corrections, and updates, are none."""
    assert is_notice(sentence) is is_one


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_texts_have_a_kind(old: str, new: str) -> None:
    """Whatever two texts are, there is a kind unless nothing changed, and none for itself."""
    same = squeeze(old) == squeeze(new)
    assert (classify(Wording("t", None, old), Wording("t", None, new)) is None) == same
    assert classify(Wording(old, new, old), Wording(old, new, old)) is None
    assert isinstance(is_notice(old), bool)


@pytest.mark.parametrize(
    ("what", "old", "new", "kind"),
    [
        ("lead lost", Wording(TITLE, "Lời dẫn của bài.", BODY), Wording(TITLE, None, BODY), None),
        ("prompt", Wording(TITLE, None, BODY), Wording(TITLE, None, f"{BODY}\nĐọc thêm."), None),
        ("paper's name", Wording(TITLE, None, BODY), Wording(f"{TITLE} - Báo", None, BODY), None),
        ("words at an end", Wording(TITLE, None, BODY), Wording(TITLE, None, f"Ảnh {BODY}"), None),
        ("looks", Wording(TITLE, None, BODY), Wording(TITLE, None, BODY.replace(",", "")), None),
        ("number", Wording(TITLE, "Lời dẫn.", BODY), Wording(TITLE, None, BODY.replace("12", "15")),
         "text"),
        ("typo", Wording(TITLE, "Lời dẫn.", BODY.replace("khoảng", "kohảng")),
         Wording(TITLE, None, BODY), "cosmetic"),
        ("headline", Wording(TITLE, None, BODY), Wording("Nước đã rút", None, BODY), "headline"),
        ("notice", Wording(TITLE, None, BODY),
         Wording(TITLE, None, f"{BODY}\nĐính chính: số đúng là 15."), "correction"),
    ],
)  # fmt: skip
def test_redrawn_pages(what: str, old: Wording, new: Wording, kind: str | None) -> None:
    """After a relaunch what came and went as a whole is the layout's; what changed within a
    sentence, the headline and a notice are the paper's."""
    found = classify(old, new, redrawn=True)
    assert (found and found[0]) == kind, what
    assert classify(old, new) is not None
    assert found is None or found[1]["redrawn"] is True


@given(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=4), st.data())
def test_a_part_of_a_sentence(words: list[str], data: st.DataObject) -> None:
    """A run of words stands in a sentence where the words do, not their letters."""
    more = data.draw(st.lists(st.sampled_from(["a", "b", "ab"]), max_size=7))
    spans = [more[n : n + len(words)] for n in range(len(more) + 1)]
    turned = [words[n : n + len(more)] for n in range(len(words) + 1)]
    expected = words in spans if len(words) <= len(more) else more in turned
    assert is_part(" ".join(words), " ".join(more)) == expected


def test_a_sentence_as_long_as_its_page() -> None:
    """60,000 words without an end, half of them left after a relaunch: compared in one search."""
    words = [f"chữ{number}" for number in range(60_000)]
    old, new = (
        Wording(TITLE, None, " ".join(words)),
        Wording(TITLE, None, " ".join(words[20_000:50_000])),
    )
    assert classify(old, new, redrawn=True) is None


def test_a_notice_within_a_line_without_full_stops() -> None:
    """Thai ends no sentence: a notice that follows a blank is one all the same."""
    lead = "ชาวบ้านหนองทรายร่วมประชุมเรื่องตลาดนัดชุมชน มีผู้เข้าร่วม 212 คน"
    notice = "แก้ไขข่าว: ข่าวนี้ฉบับก่อนหน้าระบุชื่อผิด"
    found = classify(Wording("ตลาดนัด", lead, lead), Wording("ตลาดนัด", f"{lead} {notice}", lead))
    assert found is not None and found[0] == "correction"
    news = "กรมทางหลวงแก้ไขข้อมูลถนน 12 สาย"
    found = classify(Wording("ตลาดนัด", lead, lead), Wording("ตลาดนัด", f"{lead} {news}", lead))
    assert found is not None and found[0] == "text"
