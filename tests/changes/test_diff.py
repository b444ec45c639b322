"""Sentences, alignment and diff: nothing lost, nothing invented, bounded on any text."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.align import align
from archive.diff import compare_words, diff
from archive.fold import fold, join
from archive.sentences import split_sentences

TOKENS = "Ông A. nói “Đi.” TP. Hồ 1.200 12 v.v. và của GS.TS. Lê! U.S. … ? No. 5 (a)"
WORDS = st.sampled_from([*TOKENS.split(), "\n"])
TEXTS = st.one_of(st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=200))

CASES = [
    ("Có 1.200 người. Mai họp.", ["Có 1.200 người.", "Mai họp."]),
    ("Ông J. K. Rowling đến. Bà về.", ["Ông J. K. Rowling đến.", "Bà về."]),
    ("TP. Hồ Chí Minh mưa. TS. Lê A nói.", ["TP. Hồ Chí Minh mưa.", "TS. Lê A nói."]),
    ("GS.TS. Lê A đến. Họp.", ["GS.TS. Lê A đến.", "Họp."]),
    ("“Tôi đi.” Ông nói thế.", ["“Tôi đi.”", "Ông nói thế."]),
    ("“Đi đâu?” ông hỏi. Im lặng.", ["“Đi đâu?” ông hỏi.", "Im lặng."]),
    ("Anh về... rồi đi. Hết.", ["Anh về... rồi đi.", "Hết."]),
    ("1. Mở đầu. Hai.", ["1. Mở đầu.", "Hai."]),
    ("Năm 2024. Ông A.", ["Năm 2024.", "Ông A."]),
    ("Mr. Smith of the U.S. Senate spoke. He left.", None),
    ("Dr. No. 5 won 3.5 points. Next!", ["Dr. No. 5 won 3.5 points.", "Next!"]),
    ("今日は雨。明日は「晴れ。」終わり", ["今日は雨。", "明日は「晴れ。」", "終わり"]),
    ("Một đoạn\n\nHai đoạn", ["Một đoạn", "Hai đoạn"]),
    ("Cam, quýt, v.v. Hôm sau mưa.", ["Cam, quýt, v.v.", "Hôm sau mưa."]),
    ("Das kostet ca. 5 Mio. Euro. Ende.", ["Das kostet ca. 5 Mio. Euro.", "Ende."]),
]


@pytest.mark.parametrize(("text", "sentences"), CASES)
def test_sentences(text: str, sentences: list[str] | None) -> None:
    """Abbreviations, initials, numbers, quotes and dots in a row do not end a sentence."""
    expected = sentences or ["Mr. Smith of the U.S. Senate spoke.", "He left."]
    assert split_sentences(text) == expected


@given(TEXTS)
def test_sentences_lose_nothing(text: str) -> None:
    """All that is not white space stands in the sentences, in its order; none is empty."""
    found = split_sentences(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(part.strip() == part and part for part in found)


@given(st.lists(st.sampled_from("abcdefghij"), max_size=80), st.data())
def test_alignment_rises_and_pairs_equals(old: list[str], data: st.DataObject) -> None:
    """Pairs are equal items, both numbers rise; the same sequence is aligned whole."""
    new = data.draw(st.lists(st.sampled_from("abcdefghij"), max_size=80))
    pairs = align(old, new)
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(p[0] < q[0] and p[1] < q[1] for p, q in pairwise(pairs))
    assert align(old, old) == [(i, i) for i in range(len(old))]


@given(
    st.lists(st.sampled_from("abcd"), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40)
)
def test_small_alignments_are_the_longest(old: list[str], new: list[str]) -> None:
    """Up to 40 by 40 items the common subsequence is as long as the plain table's."""
    rows = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, x in enumerate(old):
        for j, y in enumerate(new):
            longest = max(rows[i][j + 1], rows[i + 1][j])
            rows[i + 1][j + 1] = rows[i][j] + 1 if x == y else longest
    assert len(align(old, new)) == rows[-1][-1]


@settings(max_examples=200)
@given(TEXTS, TEXTS)
def test_a_diff_holds_both_texts(before: str, after: str) -> None:
    """The sentences of both stand in it in order; kept ones say the same; words add up."""
    pieces = diff(before, after)
    assert [p.before for p in pieces if p.before is not None] == split_sentences(before)
    assert [p.after for p in pieces if p.after is not None] == split_sentences(after)
    for piece in pieces:
        if piece.kind == "kept":
            assert join(fold(piece.before or "")) == join(fold(piece.after or ""))
        if piece.kind == "changed":
            old = " ".join(edit.text for edit in piece.words if edit.kind != "added")
            new = " ".join(edit.text for edit in piece.words if edit.kind != "removed")
            assert (old, new) == (
                " ".join((piece.before or "").split()),
                " ".join((piece.after or "").split()),
            )


@given(TEXTS)
def test_a_text_against_itself(text: str) -> None:
    """Every sentence is kept."""
    assert {piece.kind for piece in diff(text, text)} <= {"kept"}


def test_a_change_is_shown_in_its_sentence() -> None:
    """A number that changed, a sentence that came and one that went are told apart."""
    old = "Lũ quét làm 12 người chết. Đường bị cắt. Trời còn mưa to ở các xã vùng cao."
    new = "Lũ quét làm 15 người chết. Trời còn mưa to ở các xã vùng cao. Học sinh nghỉ học."
    kinds = [(piece.kind, piece.after or piece.before) for piece in diff(old, new)]
    assert kinds == [
        ("changed", "Lũ quét làm 15 người chết."),
        ("removed", "Đường bị cắt."),
        ("kept", "Trời còn mưa to ở các xã vùng cao."),
        ("added", "Học sinh nghỉ học."),
    ]
    edits = [(edit.kind, edit.text) for edit in compare_words("a 12 b", "a 15 b")]
    assert edits == [("kept", "a"), ("removed", "12"), ("added", "15"), ("kept", "b")]


def make_long(kind: str, seed: int, size: int) -> str:
    """Return ``size`` KB of a text that is hard to align."""
    luck = random.Random(seed)
    match kind:
        case "sentences":
            words = [f"tu{luck.randrange(5000)}" for _ in range(150 * size)]
            lines = [" ".join(words[n : n + 15]) for n in range(0, len(words), 15)]
            return ". ".join(lines).title()
        case "repeats":
            return "".join(luck.choice(("A b c. ", "A b d. ")) for _ in range(150 * size))
        case "one sentence":
            return " ".join(f"tu{luck.randrange(3000)}" for _ in range(170 * size))
        case "two words":
            return " ".join(luck.choice("ab") for _ in range(500 * size))
        case "staircase":  # each item twice, so that an anchor frees one more at a time
            shift = seed % 2
            return " ".join(f"w{n // 2 + shift * (n % 2)}" for n in range(170 * size))
        case _:
            return "." * 1000 * size


KINDS = ["sentences", "repeats", "one sentence", "two words", "staircase", "dots"]


def check_time(kind: str, size: int, most: float) -> None:
    """Compare two texts of ``size`` KB in ``most`` seconds of CPU."""
    before, after = make_long(kind, 1, size), make_long(kind, 2, size)
    started = time.process_time()
    pieces = diff(before, after)
    assert time.process_time() - started < most
    assert len([p for p in pieces if p.after is not None]) == len(split_sentences(after))


@pytest.mark.parametrize("kind", KINDS)
def test_a_long_text_takes_a_second(kind: str) -> None:
    """50 KB against 50 KB, nothing in common or everything doubled: a second, mostly 0.2 s."""
    check_time(kind, 50, 2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_takes_seconds(kind: str) -> None:
    """1 MB against 1 MB: twenty times as much takes no more than twenty times as long."""
    check_time(kind, 1000, 20)
