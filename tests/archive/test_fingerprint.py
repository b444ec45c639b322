"""Fingerprints: the same everywhere, precise and complete on the labelled pairs, cheap on bombs."""

from __future__ import annotations

import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fingerprint import (
    LETTERS,
    MOST,
    NUMBERS,
    Fingerprint,
    fold_words,
    is_same_story,
    make_fingerprint,
    measure_overlap,
)
from tests.archive.agency import Text
from tests.archive.forms import make_pairs

ROOT = Path(__file__).parents[2]


def print_of(text: Text) -> Fingerprint:
    """The fingerprint of a text that is long enough."""
    found = make_fingerprint(text.title, text.lead, text.body)
    assert found is not None
    return found


def test_labelled_pairs_are_told_apart() -> None:
    """Of 500 labelled pairs none is joined wrongly and at most 2 in 100 copies are missed."""
    pairs = make_pairs(3, 20)
    joined = [is_same_story(print_of(pair.one), print_of(pair.other)) for pair in pairs]
    wrong = [pair.kind for pair, said in zip(pairs, joined, strict=True) if said and not pair.same]
    missed = [pair.kind for pair, said in zip(pairs, joined, strict=True) if pair.same and not said]
    assert wrong == []
    assert len(missed) <= 0.02 * sum(pair.same for pair in pairs), missed


def test_other_spellings_are_one_text() -> None:
    """Accents, tone placement, decomposition, case and blanks make no other text."""
    text = "Ủy ban khỏe mạnh đã hòa giải ở Đà Nẵng, Hòa Bình và Quý Tỵ năm nay rồi"
    one = make_fingerprint("Tin", None, text)
    assert one is not None
    others = (
        unicodedata.normalize("NFD", text),
        text.replace("Ủy", "Uỷ")
        .replace("hòa", "hoà")
        .replace("Hòa", "Hoà")
        .replace("khỏe", "khoẻ"),
        text.upper(),
        text.replace(" ", "\n\n"),
        "Uy ban khoe manh da hoa giai o Da Nang, Hoa Binh va Quy Ty nam nay roi",
    )
    for other in others:
        assert make_fingerprint("Tin", "", other) == one


def test_the_same_on_every_machine() -> None:
    """Another process with another hash seed gives these very numbers."""
    code = (
        "from archive.fingerprint import make_fingerprint as f\n"
        "p = f('Tin', None, 'một hai ba bốn năm sáu bảy tám chín mười mười một 12 và 13, 14')\n"
        "print(p.key, p.size, p.shingles[0], p.numbers)"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert said == {"3535570023100252763 14 901781822 (67754335, 3777671222)\n"}


@pytest.mark.parametrize("text", ["", " \n ", "một hai ba", "… – ! ?", "Ảnh: T.L", "\ud800 " * 5])
def test_texts_that_say_nothing_are_not_compared(text: str) -> None:
    """Empty, short and wordless texts have no fingerprint."""
    assert make_fingerprint("Tin vắn", None, text) is None


def test_scripts_without_blanks_are_compared() -> None:
    """Chinese and Lao pages, which some regional papers have, are not one long word."""
    text = "老街省人民委员会昨天召开会议讨论今年农村建设工作并决定增加对山区学校的投资"
    assert len(fold_words(text)) == len(text)
    one, other = (make_fingerprint("消息", None, some) for some in (text, text + "会议今天结束"))
    assert one and other and is_same_story(one, other)


@given(st.text(max_size=400), st.text(max_size=400))
def test_any_text_has_bounded_samples(one: str, other: str) -> None:
    """Whatever stands on a page: samples ascend and are bounded, shares lie within 0 and 1."""
    a, b = make_fingerprint(one, None, other), make_fingerprint(other, one, one + other)
    for found in (a, b):
        if found is not None:
            assert list(found.shingles) == sorted(set(found.shingles))
            assert len(found.shingles) == min(MOST, found.size) and len(found.numbers) <= NUMBERS
            assert all(0 <= number < 1 << 32 for number in (*found.shingles, *found.numbers))
            assert -(1 << 63) <= found.key < 1 << 63
            assert measure_overlap(found, found).containment == 1
    if a and b:
        assert measure_overlap(a, b) == measure_overlap(b, a)
        assert 0 <= measure_overlap(a, b).containment <= 1


def test_a_megabyte_costs_no_more_than_its_beginning() -> None:
    """Only the first LETTERS are looked at; combining marks and digits are no way around it."""
    started = time.process_time()
    for part in ("tin về mùa màng số 12 năm 2026 ", "1 ", "a\u0301\u0302", "đ", "漢", "1.2.3:4/"):
        text = part * (2**20 // len(part))
        assert make_fingerprint("", None, text) == make_fingerprint("", None, text[:LETTERS])
    assert time.process_time() - started < 10
