"""Whether a sentence that an edit added is the paper's own notice: labelled ones, all made up."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from archive import amends
from archive.classify import Wording, classify
from archive.notice import is_notice
from archive.typo import is_typo

LABELLED = tomllib.loads(Path(__file__).with_name("notices.toml").read_text(encoding="utf-8"))
BODY = "A sentence stands here. Another one follows it."
MISSED = {
    "Dieser Text wurde am 7. August berichtigt.",  # cut in two behind "7."
}
INVENTED = {"Précision : un mot que le maire aime."}  # a head and its mark: nothing tells


def _cases(kind: str) -> list[str]:
    return [text for part in LABELLED.values() for lists in part.values() for text in lists[kind]]


def _class(sentence: str) -> str:
    found = classify(Wording("T", None, BODY), Wording("T", None, f"{BODY}\n{sentence}"))
    assert found is not None
    return found[0]


@pytest.mark.parametrize("sentence", _cases("notices"))
def test_notices_are_found(sentence: str) -> None:
    """An edit that adds a paper's own notice is a correction; what is missed is known."""
    assert (_class(sentence) == "correction") == (sentence not in MISSED)


@pytest.mark.parametrize("sentence", _cases("news"))
def test_news_is_no_notice(sentence: str) -> None:
    """News that begins with such a word, quotes one or reports one is an edit of the text."""
    assert (_class(sentence) == "text") == (sentence not in INVENTED)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Cầu Nậm Chiến thông xe (đã đính chính)", "correction"),
        ("Bridge opens in June [corrected]", "correction"),
        ("Jembatan Air Hitam dibuka (telah diralat)", "correction"),
        ("Bridge opens in June (in pictures)", "headline"),
    ],
)
def test_a_headline_that_says_so_at_its_end(title: str, kind: str) -> None:
    """What stands in brackets behind a headline is the paper's word, as before one."""
    old = title.partition(" (")[0].partition(" [")[0]
    found = classify(Wording(old, None, BODY), Wording(title, None, BODY))
    assert found is not None and found[0] == kind


OTHERS = [
    "We were told the roof was fixed.",
    "Chúng tôi đã sửa lại mái nhà trước mùa mưa.",
    "Thông tin đã được sửa lại trên cổng dịch vụ.",
    "This story is about a bridge that was fixed in 2004.",
    "The original version was amended by the senate.",
    "Update: The road has been fixed, a report says.",
    "Cập nhật: đoạn đường đã được sửa lại.",
    "Do lỗi kỹ thuật, ảnh vệ tinh bị mờ.",
    "Hemos visto que el puente fue corregido.",
    "Bộ trưởng cho biết bài viết này đã được chỉnh sửa.",
]


@pytest.mark.parametrize("sentence", OTHERS)
def test_mending_of_other_things(sentence: str) -> None:
    """Roofs, bridges and bills are mended too."""
    assert not is_notice(sentence)


@pytest.mark.parametrize("marks", ["“”", '""', "«»", "»«", "„“", "„”", "「」", "‘’"])
@pytest.mark.parametrize("notice", ["We regret the error.", "Đính chính: thôn có 54 hộ."])
def test_quotations(marks: str, notice: str) -> None:
    """Words in quotation marks of any school are no notice, beside them they are."""
    quoted = f"{marks[0]}{notice}{marks[1]}"
    assert is_notice(notice)
    assert not is_notice(quoted)
    assert not is_notice(f"{quoted} Tom Dunn asked.")
    assert is_notice(f"{notice} {quoted}")


def test_a_quotation_of_several_sentences() -> None:
    """A sentence in the middle of a quotation is quoted; behind its end it is the paper's."""
    assert not is_notice("We regret the error.", before="“It was late.")
    assert is_notice("We regret the error.", before="“It was late,” she said.")


SEXES = [
    ("Then he was arrested.", "Then she was arrested."),
    ("Cuối buổi anh đi về.", "Cuối buổi ảnh đi về."),
    ("Para siswa pulang.", "Para siswi pulang."),
    ("Dann ging er heim, ihr Hund auch.", "Dann ging er heim, ihre Hund auch."),
    ("Le soir ils sont là.", "Le soir il sont là."),
    ("El señor habló.", "El señora habló."),
    ("他被捕了。", "她被捕了。"),
    ("彼は言った。", "彼女は言った。"),
    ("A driver spoke.", "A young driver spoke."),
    ("A driver spoke.", "A driver."),
]


@pytest.mark.parametrize(("old", "new"), SEXES)
def test_facts_of_one_letter(old: str, new: str) -> None:
    """Another sex, a word more or less, or one character of Chinese is no typo."""
    for one, other in ((old, new), (new, old)):
        found = classify(Wording("T", None, f"{BODY} {one}"), Wording("T", None, f"{BODY} {other}"))
        assert found is not None and found[0] == "text"


def test_a_letter_between_ordinary_words() -> None:
    """The known limit: mayor and major differ by what a typo differs by."""
    assert is_typo("mayor", "major") and is_typo("bán", "bàn")


@pytest.mark.parametrize(
    "words",
    ["this article was updated ", "correction to this ", "xin lỗi bạn đọc ", "“", '" ', "1/2 ",
     "said, ", "we have corrected ", "wir haben ", "artikel ini diperbarui ", "((("],
)  # fmt: skip
def test_a_page_without_an_end(words: str) -> None:
    """A sentence as long as a page is looked at at its beginning only."""
    began = time.process_time()
    is_notice(words * (400_000 // len(words)))
    assert time.process_time() - began < 2


def test_what_is_wrong_begins_with_a_word() -> None:
    """The first look at a sentence passes what the pairs may find, and nothing within words."""
    looks = [parts.wrong for parts in amends._load()]
    assert any(look.search("the age was given in error") for look in looks)
    assert not any(look.search("the terrors of xxerratum") for look in looks)
