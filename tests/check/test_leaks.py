"""Lines of texts that are no article's are found, whatever let them through; sentences are not."""

from __future__ import annotations

import pytest

from archive.records import Article
from crawler.check.count import compare_texts
from crawler.check.leaks import find_leaks

STORY = "Sáng nay bà con ra đồng gặt lúa, ai cũng vui vì vụ này được mùa.\nChiều về, trời mưa."


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Tin liên quan", "label"),
        ("Baca juga:", "label"),
        ("Ảnh: Nguyễn Văn A", "credit"),
        ("Foto: dpa", "credit"),
        ("Nguồn: TTXVN", "credit"),
        ("Chia sẻ bài viết", "label"),
        (">> Xem thêm: Bản Mây mở hội xuống đồng", "label"),
        ("Bình luận của bạn đọc (3)", "label"),
        ("Lò Mai", "byline"),
    ],
)
def test_a_leak_is_named(line: str, kind: str) -> None:
    """Labels, prompts, credits, and the author's name as the last line."""
    article = Article("Được mùa", f"{STORY}\n{line}", authors=("Lò Mai",))
    assert find_leaks([article]) == [[(kind, line)]]


@pytest.mark.parametrize(
    "line",
    [
        "Ảnh của ông treo ở nhà văn hóa bản từ năm 1975.",
        "Nguồn nước ở đây trong và mát quanh năm.",
        "Chia sẻ với chúng tôi, ông cho biết vụ này lúa chắc hạt.",
        "Lò Mai nói: “Năm nay lúa chắc hạt lắm.”",
    ],
)
def test_a_sentence_is_none(line: str) -> None:
    """Sentences that begin with the same words are the story's."""
    assert find_leaks([Article("Được mùa", f"{STORY}\n{line}", authors=("Lò Mai",))]) == [[]]


def test_a_linked_headline_is_a_leak() -> None:
    """A line that is the headline of another article on the page is no sentence of this one."""
    other = "Bản Mây mở hội xuống đồng đầu xuân"
    article = Article("Được mùa", f"{STORY}\n{other}")
    assert find_leaks([article], [[other, "Được mùa"]]) == [[("headline", other)]]
    assert find_leaks([article], [["Bản Mây"]]) == [[]]


def test_what_three_texts_share_is_a_leak() -> None:
    """In any language; two texts prove nothing."""
    texts = [f"Satu {n} dua tiga.\nHubungi kami lewat surat.\nEmpat {n} lima." for n in range(3)]
    articles = [Article(str(n), text) for n, text in enumerate(texts)]
    assert find_leaks(articles) == [[("shared", "Hubungi kami lewat surat.")]] * 3
    assert find_leaks(articles[:2]) == [[], []]


def test_texts_are_compared_by_their_lines() -> None:
    """Share of letters in equal lines: 1 for the same text, 0 for another, between for a part."""
    assert compare_texts(STORY, STORY) == 1.0
    assert compare_texts(STORY, "Khác hẳn.") == 0.0
    assert 0.5 < compare_texts(STORY, STORY.split("\n")[0]) < 0.9
    assert compare_texts("", "") == 0.0
