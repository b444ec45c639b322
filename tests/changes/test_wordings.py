"""A paper's own words for an error, in twenty languages and none that a list of sentences has."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from archive.classify import Wording, classify
from archive.fold import fold_word

LABELLED = tomllib.loads(Path(__file__).with_name("wordings.toml").read_text(encoding="utf-8"))
BODY = "A sentence stands here. Another one follows it."
NOTICES, NEWS = (
    [line for lists in LABELLED.values() for line in lists[kind]] for kind in ("notices", "news")
)


def _is_held(line: str) -> bool:
    return sha256(line.encode()).digest()[0] % 2 == 0


def _is_correction(line: str) -> bool:
    found = classify(Wording("T", None, BODY), Wording("T", None, f"{BODY}\n{line}"))
    assert found is not None
    return found[0] == "correction"


@pytest.mark.parametrize(("held", "most"), [(False, 2), (True, 5)])
def test_a_paper_owns_to_an_error(held: bool, most: int) -> None:
    """Nine of ten lines are told as corrections, also of those that no rule was made after; before
    there were parts 9 of 46 and 11 of 66."""
    lines = [line for line in NOTICES if _is_held(line) == held]
    missed = [line for line in lines if not _is_correction(line)]
    assert len(LABELLED) >= 15 and len(lines) >= 40
    assert len(missed) <= most, missed


@pytest.mark.parametrize("held", [False, True])
def test_others_errors_are_news(held: bool) -> None:
    """Ministers who apologise, laws that had earlier versions, banks that correct a bill: none of
    them is the paper."""
    lines = [line for line in NEWS if _is_held(line) == held]
    assert len(lines) >= 50
    assert [line for line in lines if _is_correction(line)] == []


def test_the_whole_text_gives_way_to_a_retraction() -> None:
    """What stands in a story's place owns to it: a correction, whatever else is gone."""
    words = "Retraction: The Lantern has retracted this story because it relied on a forged letter."
    found = classify(Wording("T", None, BODY), Wording("T", None, f"{words} We apologize."))
    assert found is not None and found[0] == "correction"
    assert found[1]["sentences"]["removed"] == 2


PARTS = Path(__file__).parents[2] / "archive" / "amends.toml"
OWNED = (
    "We got it wrong: the depot belongs to the county, not the city.",
    "Nói lại cho đúng: người ký văn bản là phó giám đốc sở, không phải giám đốc như đã đưa.",
    "Báo xin cáo lỗi với ông Lộc và bạn đọc về sự nhầm lẫn này.",
    "* Bản trước của bài viết ghi nhầm họ của người phát ngôn. Chúng tôi đã sửa lại.",
    "Cáo lỗi và đính chính: đơn vị trúng thầu là công ty khác, không phải công ty nêu trong bài.",
    "Tòa soạn nhận được phản hồi của đơn vị và xin được đính chính: không có ai bị kỷ luật.",
    "Đã đính chính tuổi của nhân vật trong bài.",
    "LƯU Ý: Bài này đã thay thế bản trước có sai sót về danh sách trúng cử.",
    "Nos equivocamos: el solar es de la diputación. Pedimos disculpas a los lectores.",
    "El pie de foto publicado el lunes identificaba por error al patrón del barco.",
    "Wir haben uns geirrt: Das Depot gehört dem Kreis.",
    "Nous nous sommes trompés : le dépôt appartient au comté.",
)
OTHERS = (
    "The mayor told reporters that we got it wrong: the depot belongs to the county.",
    "Bộ trưởng nói: phải nói lại cho đúng với dân.",
    "Ngân hàng xin lỗi khách hàng và đính chính lãi suất trong thông báo.",
    "El alcalde dijo que nos equivocamos: el solar es de la diputación.",
    "La foto publicada el lunes por el partido identificaba por error al patrón.",
    "- Sở Xây dựng xin đính chính: không có dự án nào ở xã này.",
)


@pytest.mark.parametrize("line", OWNED)
def test_we_were_wrong(line: str) -> None:
    """Who says that it was wrong, or says it again as it is, needs no word for a correction."""
    assert _is_correction(line)


@pytest.mark.parametrize("line", OTHERS)
def test_they_were_wrong(line: str) -> None:
    """The same of others, or told by others, is news."""
    assert not _is_correction(line)


def test_parts_are_folded() -> None:
    """A word that is not written as texts are folded is found in none ("tòa" is "toà" there)."""
    words = [
        word
        for line in PARTS.read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
        for word in re.findall(r"[^\W\d_]+", line.replace("\\\\W", " "))
    ]
    assert len(words) > 1000
    assert [word for word in words if fold_word(word) != word] == []
