"""The text of an article: selectors that are right, stale or thin, and what in a body is text."""

from __future__ import annotations

import pytest

from spiders.site import Site
from tests.read.test_article import (
    PARAGRAPHS,
    STORY,
    UNKNOWN,
    find_article,
    make_site,
    read_page,
    wrap,
)


def test_a_selector_that_matches_nothing_stands_back_loudly() -> None:
    """A stale body selector gives the general reader's text and a warning with the remedy."""
    page = wrap(f"<h1>Khởi công tuyến đường mới</h1><div class=content>{STORY}</div>")
    article, warnings = read_page(page, make_site('body = ".no-such-thing"'))
    assert article is not None and article.text.split("\n") == PARAGRAPHS
    assert [w for w in warnings if w.startswith("profile-body: .no-such-thing match nothing")]


def test_a_selector_that_yields_little_stands_back_loudly() -> None:
    """A body selector that matches a teaser gives way to the story."""
    long = STORY.replace("</p>", " Việc này đã được bàn nhiều lần tại các cuộc họp thôn.</p>")
    page = wrap(
        f"<h1>Khởi công</h1><div class=teaser><p>Đọc ngay.</p></div><article>{long}</article>"
    )
    article, warnings = read_page(page, make_site('body = ".teaser"'))
    assert article is not None and PARAGRAPHS[0] in article.text
    assert any("letters of" in warning and "read.body" in warning for warning in warnings)


def test_a_short_body_among_long_summaries_is_believed() -> None:
    """A profile's short body is kept although related summaries hold more letters."""
    summaries = "".join(f"<div class=story><p>{text}</p></div>" for text in PARAGRAPHS[1:])
    page = wrap(f"<h1>Tin ngắn</h1><div class=body><p>{PARAGRAPHS[0]}</p></div>{summaries}")
    article, warnings = read_page(page, make_site('body = ".body"'))
    assert article is not None and article.text == PARAGRAPHS[0]
    assert not [warning for warning in warnings if warning.startswith("profile-body")]


def test_what_the_profile_strips_is_in_neither_reading() -> None:
    """Elements under strip and related are not text, with the profile's body and without."""
    box = f"<div class=box><p>{PARAGRAPHS[3]} Đọc thêm ở trang sau.</p></div>"
    page = wrap(f"<h1>Khởi công</h1><div class=body>{STORY}{box}</div>")
    for body in ('body = ".body"\n', ""):
        article = find_article(page, make_site(f'{body}strip = [".box"]'))
        assert article.text.split("\n") == PARAGRAPHS


def test_text_beside_paragraphs_is_text() -> None:
    """Bare text nodes between <br> and empty paragraphs are the paragraphs they look like."""
    body = "<br><br>".join(PARAGRAPHS) + "<p></p>"
    article = find_article(wrap(f"<div class=body>{body}</div>"), make_site('body = ".body"'))
    assert article.text.split("\n") == PARAGRAPHS


def test_a_line_broken_within_a_sentence_is_whole_again() -> None:
    """A <br> before a small letter breaks a line, not a paragraph."""
    body = "<p>Dự án được phê duyệt<br>từ năm 2019.<br>Đến nay đã xong.</p>"
    article = find_article(wrap(f"<div class=body>{body}</div>"), make_site('body = ".body"'))
    assert article.text == "Dự án được phê duyệt từ năm 2019.\nĐến nay đã xong."


def test_tables_of_data_and_lists_are_text() -> None:
    """A row is a line with its cells parted; a list item is a line; a subhead stays."""
    body = (
        f"<p>{PARAGRAPHS[0]}</p><h2>Kết quả</h2><ul><li>Nhất: xã Nậm Mơ</li></ul>"
        "<table><tr><th>Xã</th><th>Hộ</th></tr><tr><td>Bản Lầu</td><td>120</td></tr></table>"
    )
    article = find_article(wrap(f"<div class=body>{body}</div>"), make_site('body = ".body"'))
    assert article.text.split("\n")[1:] == [
        "Kết quả",
        "Nhất: xã Nậm Mơ",
        "Xã | Hộ",
        "Bản Lầu | 120",
    ]


def test_text_is_composed_and_clean() -> None:
    """Decomposed letters, NBSP, soft hyphens and zero-width characters do not reach the text."""
    body = "<p>Tie\u0302\u0301ng\u00a0Vie\u0323\u0302t\u200b la\u0300 ti\u00adếng ta.\ufeff</p>" * 1
    article = find_article(wrap(f"<div class=body>{body}</div>"), make_site('body = ".body"'))
    assert article.text == "Tiếng Việt là tiếng ta."


def test_file_names_labels_prompts_and_links_are_not_text() -> None:
    """Lines that are no story leave the body one by one."""
    noise = (
        "<p>_DSC0011.jpg</p><p>Chia sẻ</p><p>Tin cùng chuyên mục</p>"
        "<p><a href=/x-post2.html>Một bài khác hẳn về chuyện khác hẳn</a></p>"
        "<p>>> Xem thêm: bài A</p>"
    )
    page = wrap(f"<h1>Khởi công</h1><div class=body>{STORY}{noise}</div>")
    article = find_article(page, make_site('body = ".body"'))
    assert article.text.split("\n") == PARAGRAPHS


def test_a_page_of_links_keeps_them() -> None:
    """Where links make up the story they are its text: a list is not emptied."""
    items = "".join(
        f"<p><a href=/x{n}>Địa chỉ số {n} dành cho bà con cần hỏi</a></p>" for n in range(12)
    )
    page = wrap(f"<div class=body><p>{PARAGRAPHS[0]}</p>{items}</div>")
    article = find_article(page, make_site('body = ".body"'))
    assert len(article.text.split("\n")) == 13


def test_json_ld_carries_a_body_the_page_hides() -> None:
    """An article that stands only in JSON-LD is read from there, and says so."""
    told = "\\n".join(PARAGRAPHS)
    data = f'{{"@type": "NewsArticle", "headline": "Khởi công", "articleBody": "{told}"}}'
    page = wrap("<h1>Khởi công</h1>", f'<script type="application/ld+json">{data}</script>')
    article = find_article(page)
    assert article.text.split("\n") == PARAGRAPHS
    assert "articleBody" in article.sources["text"] or article.sources["text"].startswith("traf")


def test_entities_in_a_witness_are_undone() -> None:
    """JSON-LD whose text was made from markup, ``&amp;nbsp;`` and all, knows the page's lines."""
    lines = [f"{n}. {text}" for n in range(4) for text in PARAGRAPHS]
    told = "\\n".join([*lines[:-1], lines[-1].replace(" ", "&amp;nbsp;", 3)])
    data = f'{{"@type": "NewsArticle", "headline": "Khởi công", "articleBody": "{told}"}}'
    shown = "".join(f"<p>{line}</p>" for line in lines)
    page = wrap(shown, f'<script type="application/ld+json">{data}</script>')
    assert find_article(page).text.split("\n") == lines


BOX = """<div><form method=post><p>Nhận tin mỗi sáng qua thư điện tử của bạn.</p>
<input type=email><p>Chúng tôi không gửi thư rác cho ai bao giờ cả, xin yên tâm.</p></form></div>"""


@pytest.mark.parametrize("site", [UNKNOWN, make_site('body = "div.bai"')], ids=["bare", "named"])
@pytest.mark.parametrize("whole", [False, True])
def test_a_form_in_a_story_is_none_of_it(site: Site, whole: bool) -> None:
    """What a box asks of the reader is no text; the form that is the whole page of some systems
    takes nothing away."""
    middle = STORY.replace("</p><p>", f"</p>{BOX}<p>", 1)
    page = f"<h1>Hai xã chờ đền bù đất làm đường</h1><div class=bai>{middle}{STORY}</div>"
    text = find_article(wrap(f"<form id=f1>{page}<input></form>" if whole else page), site).text
    assert "thư rác" not in text or whole  # a parser closes no form within a form
    assert all(one in text for one in PARAGRAPHS)


NAMED = make_site('body = "div.bai"')
NOTICE = "Đính chính ngày 16/12: Bản đăng đầu tiên ghi sai tên ông Lò Văn Pản, xin lỗi bạn đọc."


@pytest.mark.parametrize(
    ("site", "place"),
    [
        *((site, place) for site in (UNKNOWN, NAMED) for place in ("above", "below", "related")),
        *((site, place) for site in (UNKNOWN, NAMED) for place in ("top", "foot", "frame")),
        (NAMED, "far"),
    ],
)
def test_a_notice_of_correction_beside_the_body(site: Site, place: str) -> None:
    """A box above the headline, between picture and story or below it, or a foot with nothing else
    in it, is told with the text; another box, the page's own foot, and what is far are not."""
    boxes = {
        "related": f'<div class="related"><p>{NOTICE}</p></div>',
        "foot": f'<footer class="submeta"><p>{NOTICE}</p></footer>',
        "frame": f"<footer><p>{NOTICE}</p>{'<a href=/x>Mục khác</a> ' * 5}</footer>",
    }
    box = boxes.get(place, f"<div class=hop><p>{NOTICE}</p></div>")
    far = "<div><p>Một dòng khác của trang.</p></div>" * 20 if place == "far" else ""
    head = box * (place == "top") + "<h1>Hai xã chờ đền bù đất làm đường</h1>"
    head += box * (place == "above")
    behind = box * (place not in ("above", "top"))
    lines = find_article(wrap(f"{head}<div class=bai>{STORY}</div>{far}{behind}"), site).text
    told = [line for line in lines.split("\n") if line == NOTICE]
    assert len(told) == (place in ("above", "below", "top", "foot"))
    assert [line for line in lines.split("\n") if line != NOTICE] == PARAGRAPHS
    assert place not in ("above", "top") or lines.startswith(NOTICE)


@pytest.mark.parametrize(
    ("box", "is_told"),
    [
        ('<div class="note"><em>Updated to correct the amount of the grant.</em></div>', True),
        (
            '<div class="group has-background"><p><b>Correction:</b> It opens in May.</p></div>',
            True,
        ),
        (
            '<div class="note"><p><em>We got it wrong: the depot belongs to the county, not the '
            "city. We apologize for the mistake.</em></p></div>",
            True,
        ),
        ("<div class=hop><p>Corrections and clarifications</p></div>", False),
        ("<div class=hop><p><a href=/x>Corrections: see all</a></p></div>", False),
    ],
)
def test_a_short_notice_above_the_picture(box: str, is_told: bool) -> None:
    """A few words behind a head are a notice; a heading or a link to all of them is none."""
    head = f"<h1>Hai xã chờ đền bù</h1>{box}<figure><img src=/a.jpg></figure>"
    text = find_article(wrap(f"{head}<div class=bai>{STORY}</div>"), NAMED).text
    assert (text.split("\n") != PARAGRAPHS) == is_told


@pytest.mark.parametrize("site", [UNKNOWN, NAMED], ids=["bare", "named"])
def test_a_label_and_a_link_point_elsewhere(site: Site) -> None:
    """Whatever the label says; a sentence with a colon and a link in it stays."""
    link = '<a href="/tin/khac-post2.html">Làng gốm đỏ lửa sau nhiều năm</a>'
    told = f"<p>Ông Pản kể: {link} là tên bài báo mà ông đọc đi đọc lại nhiều lần trong tuần.</p>"
    pointer = f"<p><strong>อ่านเพิ่มเติม:</strong> {link}</p>"
    body = STORY.replace("</p><p>", f"</p>{pointer}{told}<p>", 1)
    text = find_article(wrap(f"<h1>Hai xã chờ đền bù</h1><div class=bai>{body}</div>"), site).text
    assert "อ่าน" not in text and "Ông Pản kể" in text
