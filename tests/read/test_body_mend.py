"""The body of a page of an unknown paper: found again, mended, judged."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from crawler.read.blocks import Block, lay_out
from crawler.read.general import find_again
from crawler.read.lines import Known, clear_lines
from crawler.read.mend import come_back, cut_tail, find_container, hear_witness, join_split
from crawler.read.story import Story
from crawler.read.wording import SIGNS, is_label, is_prompt, load_prompts

LONG = [
    f"Đoạn văn số {n} kể về một việc dài hơn bảy mươi chữ cái để được coi là đoạn."
    for n in range(10, 26)
]


def lay(body: str) -> list[Block]:
    """The lines of a body."""
    return lay_out(lxml_html.fromstring(f"<html><body>{body}</body></html>"))


def paragraphs(*numbers: int) -> str:
    """Paragraphs of the long lines."""
    return "".join(f"<p>{LONG[n]}</p>" for n in numbers)


def texts(blocks: list[Block]) -> list[str]:
    """The words of blocks."""
    return [block.text for block in blocks]


def test_lines_end_where_a_reader_sees_them_end() -> None:
    """Blocks, <br> and rows end lines; inline elements, comments and scripts do not."""
    body = "Một <b>hai</b> ba<br>bốn<div>năm<!-- x --> sáu</div>bảy<script>tám</script> chín"
    assert texts(lay(body)) == ["Một hai ba", "bốn", "năm sáu", "bảy chín"]
    assert texts(lay("<table><tr><td>a<td>b<tr><td><p>c</p><p>d</p></table>")) == [
        "a | b",
        "c",
        "d",
    ]


def test_a_line_knows_its_shares_of_links_and_bold() -> None:
    """Links within the page are no links; shares count letters."""
    (first, second) = lay("<p><a href=/x>abcd</a>efgh</p><p><b>ab<a href='#n'>cd</a></b></p>")
    assert (first.links, first.strong) == (0.5, 0.0)
    assert (second.links, second.strong) == (0.0, 1.0)


def test_lines_are_found_again_where_they_stand() -> None:
    """Broken, joined and repeated lines lead to the elements they came from."""
    page = lay(f"<nav>{LONG[0]}</nav><p>{LONG[1]}</p><p>Ngắn<br>gọn</p><p>{LONG[0]}</p>")
    half = len(LONG[1]) // 2
    lines = [LONG[1][:half], LONG[1][half:], "Ngắn gọn", LONG[0], "không có ở đâu cả"]
    found = find_again(lines, page)
    assert texts(found) == [LONG[1], "Ngắn", "gọn", LONG[0], "không có ở đâu cả"]
    assert [block.tag for block in found if block.element is not None] == ["p"] * 4


def test_a_body_split_over_containers_is_joined() -> None:
    """Paragraphs built like the kept ones come back, others do not."""
    page = lay(
        f"<div class=part>{paragraphs(0, 1, 2)}</div><div class=ad><p>{LONG[8]}</p></div>"
        f"<div class=part>{paragraphs(3, 4)}</div><footer>{paragraphs(7)}</footer>"
    )
    kept = [block for block in page if block.text in LONG[:3]]
    assert texts(join_split(kept, page)) == LONG[:5]


def test_the_last_part_of_a_split_body_may_have_a_name_less() -> None:
    """Two names in common join it; one does not."""
    parts = "<div class=x><div class='body text {}'>{}</div><div class='{}'>{}</div></div>"
    for names, count in (("body text", 6), ("body", 4)):
        page = lay(parts.format("more", paragraphs(0, 1, 2, 3), names, paragraphs(4, 5)))
        assert len(join_split(page[:4], page)) == count


def test_a_paragraph_with_a_drop_cap_is_of_the_story() -> None:
    """Another class right between two paragraphs of one parent; not beside them."""
    words = f"{LONG[14]} {LONG[15]}"
    odd = f"<p class=dropcap>{words}</p>"
    page = lay(f"<div class=a>{paragraphs(0, 1)}{odd}{paragraphs(2, 3)}</div>{odd}")
    kept = [block for block in page if block.text != words]
    assert texts(join_split(kept, page)) == [LONG[0], LONG[1], words, LONG[2], LONG[3]]


def test_holes_in_bare_text_are_filled() -> None:
    """Text nodes of an element that holds two kept lines belong to it, between them."""
    page = lay(f"<div>{LONG[0]}<br>{LONG[1]}<div class=ad>x</div>{LONG[2]}<br>{LONG[3]}</div>")
    kept = [block for block in page if block.text in (LONG[0], LONG[1], LONG[3])]
    assert texts(join_split(kept, page)) == LONG[:4]


def test_the_tail_behind_the_story_is_cut() -> None:
    """Lines behind the container of the story are its tail, lines within are not."""
    page = lay(f"<div id=s>{paragraphs(0, 1, 2, 3)}<p>Hết.</p></div><div><p>Xem nhiều</p></div>")
    container = find_container(page)
    assert container is not None and container.get("id") == "s"
    story, tail = cut_tail(page, container)
    assert texts(story) == [*LONG[:4], "Hết."] and texts(tail) == ["Xem nhiều"]


def test_a_witness_adds_and_cuts_only_when_it_knows_the_story() -> None:
    """JSON-LD that holds what was kept adds the rest; a teaser changes nothing."""
    noise = f"<p>{LONG[15]}</p>"
    page = lay(f"<div>{paragraphs(*range(6))}{noise}{paragraphs(*range(6, 12))}</div>")
    kept = [block for block in page if block.text != LONG[3]]
    heard, cuts = hear_witness(kept, page, "\n".join(LONG[:12]))
    assert texts(heard) == LONG[:12] and cuts == [("witness", LONG[15])]
    assert hear_witness(kept, page, LONG[0] * 3) == (kept, [])


def test_signs_of_the_wrapper_say_nothing() -> None:
    """A body within class "related-ad" is kept; a related box within a body is not."""
    page = lay(f"<div class=related-ad>{paragraphs(0, 1, 2)}</div>")
    story = Story(page, None, "x")
    clear_lines(story, Known(frozenset(), frozenset()))
    assert texts(story.blocks) == LONG[:3]
    boxed = lay(f"<div>{paragraphs(0, 1, 2)}<div class=related><p>Một bài khác</p></div></div>")
    story = Story(boxed, None, "x")
    clear_lines(story, Known(frozenset(), frozenset()))
    assert texts(story.blocks) == LONG[:3] and story.cuts == [("sign RELATED", "Một bài khác")]


def test_prompts_and_labels_are_whole_lines() -> None:
    """A button is one; a sentence that begins with its word is not."""
    for line in (
        "Chia sẻ",
        "Từ khóa: bầu cử, xã",
        ">> Xem thêm",
        "Lesen Sie auch: X",
        "Share this",
        "Advertisement 179",
        "Lượt xem: 2.189",
        "1,204 views",
        "Dibaca 312 kali",
        "IKLAN",
        "Editor: Sri Wahyuni",
    ):
        assert is_prompt(line), line
    for line in (
        "Chia sẻ với phóng viên, ông Minh cho biết xã sẽ làm đường mới trong năm nay.",
        "Ý kiến của 93 cử tri được tổng hợp thành 23 nhóm.",
        "The print run of the book was small.",
        "Số lượt xem tăng lên 2.189 trong tuần.",
        "Editor: apakah benar jembatan itu belum dibayar?",
    ):
        assert not is_prompt(line), line
    assert is_label("Tin cùng chuyên mục") and is_label("Có thể bạn quan tâm:")
    assert not is_label("Tin cùng chuyên mục này được nhiều người đọc")


LINES = st.lists(st.text(max_size=40), max_size=12)


@given(st.data())
def test_every_prompt_that_may_begin_anywhere_has_a_sign(data: st.DataObject) -> None:
    """What such an expression matches holds a word without which it is not asked."""
    free = [word for word in load_prompts() if word[0] == "."]
    line = data.draw(st.from_regex(re.compile(data.draw(st.sampled_from(free))), fullmatch=True))
    assert any(sign in line.lower() for sign in SIGNS)


@given(lines=LINES, page=LINES)
def test_finding_again_never_raises_and_repeats_nothing(lines: list[str], page: list[str]) -> None:
    """Any lines against any page: no block twice."""
    blocks = [
        Block(text, None, "p", 0, place=n, folded=text.casefold()) for n, text in enumerate(page)
    ]  # type: ignore[arg-type]
    found = find_again(lines, blocks)
    places = [block.place for block in found if block.place >= 0]
    assert len(places) == len(set(places))


def test_the_readers_comments_leave_with_their_heading() -> None:
    """At the end of a story, with the invitation behind it; a heading in its middle stays."""
    invitation = "<h4>Kommentarer</h4><p>Vi ønsker en åben og livlig debat på siden.</p>"
    told = "<p>Afsnit {} fortæller om broen over fjorden og dens lange historie.</p>"
    story = "".join(told.format(n) for n in range(9))
    for body, left in ((story + invitation, 9), (invitation + story, 11)):
        lines = lay_out(lxml_html.fromstring(f"<html><body><div>{body}</div></body></html>"))
        found = Story(lines, None, "general")
        clear_lines(found, Known(frozenset(), frozenset()))
        assert len(found.blocks) == left


def test_rights_that_run_on_behind_the_last_sentence_leave_it() -> None:
    """Only at the end of the story, and only behind a sentence."""
    told = "<p>Nhà văn kể về cây cầu bắc qua vịnh và những năm tháng xây cầu. {}</p>"
    rights = "Ultimo aggiornamento: 22:07 © RIPRODUZIONE RISERVATA"
    page = told.format(rights) + told.format("Hết.") + told.format(rights).replace("Nhà", "Một nhà")
    lines = lay_out(lxml_html.fromstring(f"<html><body><div>{page}</div></body></html>"))
    found = Story(lines, None, "general")
    clear_lines(found, Known(frozenset(), frozenset()))
    assert [rights in block.text for block in found.blocks] == [True, False, False]
    assert found.blocks[-1].text.endswith("xây cầu.")


def test_a_few_words_far_from_the_headline_are_another_boxs() -> None:
    """What stands with the headline is the story, where it has a paragraph; else they stay."""
    lead = "Dòng nước bốc hơi trắng khiến cây cỏ chết cháy, dân hai xã lo lắng đã nhiều tháng nay."
    menu = "".join(f"<li><a href=/{n}>Tin số {n}</a></li>" for n in range(40))
    box = "<table><tr><td>Đẹp lắm quê hương tôi, ảnh của bạn đọc.</td></tr></table>"
    for own, told in (
        (lead, [lead, "Ảnh chụp."]),
        ("Ngắn.", ["Đẹp lắm quê hương tôi, ảnh của bạn đọc."]),
    ):
        head = f"<div><h1>Dòng nước độc</h1><h2>{own}</h2><p>Ảnh chụp.</p><img src=/a.jpg></div>"
        lines = lay_out(lxml_html.fromstring(f"<html><body>{head}{menu}{box}</body></html>"))
        found = come_back(Story([lines[-1]], None, "general"), lines, 0)
        assert [block.text for block in found.blocks] == told
