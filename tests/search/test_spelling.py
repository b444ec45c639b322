"""Spellings of a typed word: d and đ, U+00D0, tone placement, and their bound."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.spelling import MOST, expand, is_marked, spell_exact, spell_folded


@pytest.mark.parametrize(
    ("word", "spellings"),
    [
        ("bo", {"bo"}),
        ("da", {"da", "đa"}),
        ("Da", {"Da", "Đa"}),
        ("qd", {"qd", "qđ"}),
        ("hdnd", {"hdnd", "hđnd", "hdnđ", "hđnđ"}),
        ("dạ", {"dạ"}),
        ("đa", {"đa"}),
        ("Ðảng", {"Ðảng", "Đảng"}),
        ("það", {"það", "þađ"}),
    ],
)
def test_unaccented_d_stands_for_both(word: str, spellings: set[str]) -> None:
    """A word without marks has its d/đ variants, one with marks says which is meant."""
    assert set(spell_folded(word)) == spellings
    assert spell_folded(word)[0] == word


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("hòa", "hoà"),
        ("hoà", "hòa"),
        ("khỏe", "khoẻ"),
        ("Ủy", "uỷ"),
        ("THUỶ", "thủy"),
        ("xõa", "xoã"),
        ("họa", "hoạ"),
    ],
)
def test_both_schools_of_tone_placement(word: str, other: str) -> None:
    """An open oa, oe, uy is spelled with the tone on either vowel."""
    assert spell_exact(word) == (word, other)


@pytest.mark.parametrize("word", ["quý", "hoàn", "hoa", "toán", "của", "mùa", "ban", "dang"])
def test_one_school_where_there_is_one(word: str) -> None:
    """A closed syllable, qu and a word without a tone have one exact spelling."""
    assert spell_exact(word) == (word,)


def test_marks_are_seen_in_any_normal_form() -> None:
    """A mark counts composed, decomposed, as a horn and as a stroke."""
    assert all(is_marked(w) for w in ("bán", "ba\u0301n", "tư", "đi", "Ð", "café"))
    assert not any(is_marked(w) for w in ("ban", "COVID-19", "", "12.5", "北京"))


def test_many_d_words_are_cut_into_chunks() -> None:
    """Six words with d give two chunks, not 64 phrases; each word is in exactly one chunk."""
    chunks = expand("dan do dang dat dau doi", spell_folded)
    assert [len(chunk) for chunk in chunks] == [16, 4]
    assert " ".join(chunk[0] for chunk in chunks) == "dan do dang dat dau doi"


@given(st.text(alphabet="dDđĐaoà ,.-*🤣\u0301ðÐ", max_size=60))
def test_spellings_are_bounded_and_keep_the_text(text: str) -> None:
    """Whatever is typed: at most MOST spellings a chunk, and the first ones are the text."""
    text = unicodedata.normalize("NFC", text)
    for spell in (spell_folded, spell_exact):
        chunks = expand(text, spell)
        assert all(1 <= len(chunk) <= MOST for chunk in chunks)
        assert "".join(c[0] for c in chunks).replace(" ", "") == text.replace(" ", "")
