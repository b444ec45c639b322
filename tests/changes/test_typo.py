"""A typo is told from another fact."""

from __future__ import annotations

import pytest

from archive.classify import Wording, classify
from archive.fold import fold_word
from archive.typo import is_typo

BODY = "A sentence stands here. Another one follows it. {} And one more ends the story."
THAI = "ตำรวจแจ้งว่า{}ร่วมประชุมเรื่องตลาดนัดเมื่อวาน มีผู้เข้าร่วมจำนวนมาก"

COSMETIC = [
    ("The deputys met.", "The deputies met."),
    ("He was marryied late.", "He was married late."),
    ("It was an accomodation.", "It was an accommodation."),
    ("They recieved it.", "They received it."),
    ("Con alcladesa nueva.", "Con alcaldesa nueva."),
    ("The committe met.", "The committee met."),
    ("The road ends here.", "The road ends here.[1]"),
    ("The road ends here.", "The road[2] ends here [3]."),
    ("The road ends here.", "The road ends here.¹²"),
]
PLACED = [
    ("đựơc", "được"),
    ("đuợc", "được"),
    ("đưọc", "được"),
    ("ngừơi", "người"),
    ("nguời", "người"),
    ("cuả", "của"),
    ("nghiã", "nghĩa"),
    ("cưả", "cửa"),
    ("thủơ", "thuở"),
    ("tíêng", "tiếng"),
    ("chụyên", "chuyện"),
    ("chuỵên", "chuyện"),
    ("xúât", "xuất"),
    ("mụôn", "muộn"),
]
APART = [("quả", "qua"), ("giả", "già"), ("río", "rió"), ("guía", "guiá"), ("dũa", "dua")]
TEXT = [
    ("Los vecinos protestan.", "Los vecinas protestan."),
    ("Llegó un abogado.", "Llegó un abogada."),
    ("Un blessé parle.", "Un blessée parle."),
    ("Вчера он сказал это.", "Вчера он сказала это."),
    ("Lekarz powiedział to.", "Lekarz powiedziała to."),
    ("I ragazzi corrono.", "I ragazze corrono."),
    ("The minister met.", "The ministry met."),
    ("He was convicted.", "He was convinced."),
    ("It was legal.", "It was illegal."),
    ("He saw sixteen of them.", "He saw sixty of them."),
    ("The road has 5 m² here.", "The road has 5 m³ here."),
    ("The road ends here.", "The road ends here in 1."),
    ("Hay treinta casas.", "Hay trenta casas."),
]
TONES = [
    ("ชาวบ้าน", "ชาวบาน", "cosmetic"),
    ("เจ้าหน้าที่", "เจ้าหนาที่", "cosmetic"),
    ("คนบางงส่วน", "คนบางส่วน", "cosmetic"),
    ("ไม่มีใคร", "ไมมีใคร", "text"),
    ("คนห้าคน", "คนหาคน", "text"),
    ("นายก้องเกียรติ", "นายกองเกียรติ", "text"),
    ("คนในนา", "คนในนี", "text"),
    ("ไม้แดง", "ไม่แดง", "text"),
]


def _class(old: str, new: str, body: str = BODY) -> str:
    found = classify(Wording("T", None, body.format(old)), Wording("T", None, body.format(new)))
    assert found is not None
    return found[0]


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [*((*pair, "cosmetic") for pair in COSMETIC), *((*pair, "text") for pair in TEXT)],
)
def test_typos_and_facts(old: str, new: str, kind: str) -> None:
    """Two letters of a long word may be a typo, and one may be another fact."""
    assert _class(old, new) == _class(new, old) == kind


@pytest.mark.parametrize(("old", "new"), PLACED)
def test_tones_and_horns_on_the_other_vowel(old: str, new: str) -> None:
    """What Vietnamese fingers type beside its vowel is the same word."""
    assert fold_word(old) == fold_word(new) == new
    assert _class(f"Tin {old} nhận.", f"Tin {new} nhận.") == "cosmetic"


@pytest.mark.parametrize(("one", "other"), APART)
def test_what_another_tone_tells_apart(one: str, other: str) -> None:
    """Other tones, and the accents of other languages, make other words; qu and gi keep theirs."""
    assert fold_word(one) == one and fold_word(other) == other


@pytest.mark.parametrize(("old", "new", "kind"), TONES)
def test_clauses_are_compared_by_letter(old: str, new: str, kind: str) -> None:
    """A tone mark that was left out of a line without blanks is a typo, unless a number, a negation
    or a person's name hangs on it."""
    assert _class(old, new, THAI) == _class(new, old, THAI) == kind


def test_sexes_are_told_both_ways() -> None:
    """Whichever came first."""
    for his, hers in (("vecinos", "vecinas"), ("amigo", "amiga"), ("né", "née")):
        assert not is_typo(his, hers) and not is_typo(hers, his)
