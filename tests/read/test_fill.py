"""What the general reader dropped out of a story comes back; what leads elsewhere goes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from crawler.read.blocks import Block, lay_out
from crawler.read.fill import fill_holes
from crawler.read.general import find_again
from crawler.read.lines import find_common
from crawler.read.mend import find_container
from crawler.read.signs import Sign
from crawler.read.teasers import find_teasers

LONG = [
    f"Đoạn văn số {n} kể về một việc dài hơn tám mươi chữ cái để được coi là một đoạn của bài."
    for n in range(10, 22)
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


def fill(page: list[Block], dropped: set[str], start: int = 0) -> list[str]:
    """The lines after filling where the general reader dropped some of a page."""
    kept = [block for block in page if block.text not in dropped]
    return texts(fill_holes(kept, page, find_container(kept), find_common(kept), start))


def test_headings_and_list_items_within_a_story_come_back() -> None:
    """A subhead before a kept paragraph and the items of a list are text where they stand."""
    page = lay(
        f"<div>{paragraphs(0, 1)}<h2>Kết quả</h2>{paragraphs(2)}"
        f"<ul><li>Xã Bản Lầu<li>Xã Nậm Mơ</ul>{paragraphs(3, 4)}</div>"
    )
    assert fill(page, {"Kết quả", "Xã Bản Lầu", "Xã Nậm Mơ"}) == texts(page)


def test_the_line_that_opens_a_kept_element_comes_back() -> None:
    """Lines parted by br are one element's: the first, which the general reader loses, is the
    story's; an element of its own before it is not."""
    points = "<br>".join(("- Kiên nhẫn chờ bão đi qua.", LONG[0], LONG[1]))
    page = lay(f"<div><div>Lời giới thiệu</div><div>{points}</div>{paragraphs(2, 3)}</div>")
    told = texts(page)[1:]
    assert fill(page, {"Lời giới thiệu", told[0]}, start=-1) == told
    label = lay(f"<div><div>{points.replace('.', '', 1)}</div>{paragraphs(2, 3)}</div>")
    assert fill(label, {label[0].text}, start=-1) == texts(label)[1:]


def test_what_a_sign_or_links_speak_against_stays_out() -> None:
    """Captions, related boxes, items of links and headings before a dropped line stay dropped."""
    out = {"Ảnh: lễ hội", "Bài khác", "Đọc nhiều", "Một tiêu đề"}
    page = lay(
        f"<div>{paragraphs(0, 1)}<h3 class=caption>Ảnh: lễ hội</h3>{paragraphs(2)}"
        "<ul><li><a href=/x>Bài khác</a></ul><div class=related><ul><li>Đọc nhiều</ul></div>"
        f"<h2>Một tiêu đề</h2><p class=related>{LONG[9]}</p><p class=related>{LONG[10]}</p>"
        f"{paragraphs(3, 4)}</div>"
    )
    out |= {LONG[9], LONG[10]}
    assert fill(page, out) == LONG[:5]


def test_a_first_paragraph_beside_the_story_comes_back() -> None:
    """A long sentence between headline and story is its beginning, a line or a caption is not."""
    first = f"<div class=start>{LONG[8]}</div>"
    photo = f"<div class=caption>{LONG[9]}</div>"
    page = lay(
        f"<main><h1>Khởi công</h1>{photo}<div>Thứ hai</div>{first}"
        f"<div id=s>{paragraphs(0, 1, 2)}</div></main>"
    )
    dropped = {"Khởi công", "Thứ hai", LONG[8], LONG[9]}
    assert fill(page, dropped) == [LONG[8], *LONG[:3]]


def test_what_stands_above_the_headline_is_no_first_paragraph() -> None:
    """A paragraph before the headline is not taken for the beginning of the story."""
    page = lay(f"<main><p>{LONG[8]}</p><h1>Khởi công</h1><div>{paragraphs(0, 1, 2)}</div></main>")
    assert fill(page, {LONG[8], "Khởi công"}, start=1) == LONG[:3]


def test_lists_of_links_leave_with_their_heading() -> None:
    """A list whose items are links for the most part goes, and the short line above it."""
    links = "".join(f"<li><a href=/{n}>Một bài khác số {n}</a> hôm nay</li>" for n in range(3))
    page = lay(f"{paragraphs(0, 1, 2, 3, 4, 5)}<h3>Đáng chú ý</h3><ul>{links}</ul>{paragraphs(6)}")
    cut = find_teasers(page)
    assert [block.text for block, _ in cut] == ["Đáng chú ý"] + [
        f"Một bài khác số {n} hôm nay" for n in range(3)
    ]
    assert {reason for _, reason in cut} == {"link list"}


def test_a_list_that_mentions_links_stays() -> None:
    """Items of which one is plain, and a single link, are part of the story."""
    mixed = "<ul><li><a href=/1>Xã Bản Lầu</a><li>Xã Nậm Mơ trồng chè</ul>"
    one = "<ul><li><a href=/1>Tải toàn văn nghị quyết</a></ul>"
    assert find_teasers(lay(paragraphs(0, 1, 2, 3) + mixed + one)) == []


def test_lines_of_one_label_leave_together() -> None:
    """Three lines that begin alike and are half a link go; two do not."""
    line = "<p>BÀI LIÊN QUAN HÔM NAY | <a href=/{0}>Tựa đề dài của một bài khác hẳn {0}</a></p>"
    three = "".join(line.format(n) for n in range(3))
    page = lay(paragraphs(*range(10)) + three)
    assert len(find_teasers(page)) == 3
    assert find_teasers(lay(paragraphs(*range(10)) + line.format(1) + line.format(2))) == []


def test_cards_of_other_stories_behind_the_last_paragraph_leave() -> None:
    """Headings that are links with their summaries, and boxes that are a link as a whole."""
    told = paragraphs(*range(9))
    card = "<h3><a href=/x{0}>Bài khác số {0}</a></h3><p>Tóm tắt của bài khác số {0}.</p>"
    box = f"<a href=/y><div><p>{LONG[9]}</p></div></a>"
    page = lay(told + "".join(card.format(n) for n in range(3)))
    assert [block.text for block, _ in find_teasers(page)] == texts(page)[9:]
    assert [block.text for block, _ in find_teasers(lay(told + box))] == [LONG[9]]
    assert find_teasers(lay(told + card.format(1) + paragraphs(9))) == []
    assert find_teasers(lay(box + told)) == []


def test_a_page_of_links_is_not_emptied() -> None:
    """Where lists of links are a quarter of the text they are the story."""
    links = "".join(f"<li><a href=/{n}>Địa chỉ số {n} cho bà con</a></li>" for n in range(20))
    assert find_teasers(lay(f"{paragraphs(0)}<ul>{links}</ul>")) == []


def test_a_line_broken_by_the_general_reader_is_found_again() -> None:
    """Strays that together begin a line of the page are that line; others stay strays."""
    page = lay(f"<div>{LONG[0]}</div>{paragraphs(1)}")
    words = LONG[0].split()
    lines = [" ".join(words[:2]), " ".join(words[2:5]), " ".join(words[5:9]), " ".join(words[9:])]
    found = find_again(["không đâu", *lines, LONG[1]], page)
    assert texts(found) == ["không đâu", LONG[0], LONG[1]]
    assert [block.place for block in found] == [-1, 0, 1]


TAGS = st.sampled_from(["p", "div", "li", "ul", "h2", "h1", "a href=/x", "b", "table", "tr", "td"])
NAMES = st.sampled_from(["", "caption", "related", "lead", "box"])
WORDS = st.sampled_from([*LONG, "a", "Xem thêm |", "", "\x0b", "ß", "　"])


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Badly nested HTML of long and short lines."""
    parts = [
        f"<{tag} class={name!r}>{words}"
        for tag, name, words in draw(st.lists(st.tuples(TAGS, NAMES, WORDS), max_size=25))
    ]
    return "".join(parts)


@settings(max_examples=150, deadline=None)
@given(body=pages(), dice=st.randoms(use_true_random=False))
def test_no_tree_makes_the_steps_raise_or_differ(body: str, dice: object) -> None:
    """Any lines of any tree are filled and judged, twice the same, in order and without doubles."""
    page = lay(body)
    kept = [block for block in page if dice.random() < 0.5]  # type: ignore[attr-defined]
    container = find_container(kept)
    filled = fill_holes(kept, page, container, Sign.NONE)
    assert filled == fill_holes(kept, page, container, Sign.NONE)
    assert [block.place for block in filled] == sorted({block.place for block in filled})
    assert {block.place for block in kept} <= {block.place for block in filled}
    cut = find_teasers(filled)
    assert cut == find_teasers(filled) and all(block in filled for block, _ in cut)


@settings(max_examples=100, deadline=None)
@given(body=pages(), lines=st.lists(st.text(max_size=60) | WORDS, max_size=20))
def test_any_lines_are_looked_for_in_any_page(body: str, lines: list[str]) -> None:
    """Finding lines again never raises, is repeatable and keeps each block once."""
    page = lay(body)
    found = find_again(lines, page)
    places = [block.place for block in found if block.place >= 0]
    assert len(places) == len(set(places))
    assert texts(found) == texts(find_again(lines, page))
