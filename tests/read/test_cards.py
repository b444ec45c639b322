"""Boxes of other stories around a text, insets within it, and a clock above the headline."""

from __future__ import annotations

from crawler.read.cards import find_apart, find_boxes, find_insets
from tests.read.test_article import PARAGRAPHS, STORY, find_article, wrap
from tests.read.test_fill import LONG, lay, paragraphs, texts

CARD = (
    '<div class="row"><div><a href="/b{n}.html"><img src="/thumb{n}.jpg"></a></div>'
    '<h3><a href="/b{n}.html">Hội thi kéo co lần thứ {n} khai mạc ở bản</a></h3>'
    "<p>Sau {n} tháng chuẩn bị, hội thi kéo co của xã đã có những kết quả bước đầu.</p></div>"
)
BOX = "<div><h3>Tiêu điểm</h3>" + "".join(CARD.format(n=n) for n in (12, 13, 14)) + "</div>"


def test_a_box_is_found_with_its_heading_and_without_the_story() -> None:
    """Three cards alike and the line above them; the story's paragraphs are in no box."""
    lines = lay(f"<h1>Tin</h1><div>{paragraphs(1, 2)}</div>{BOX}")
    boxes = find_boxes(lines, 0)
    assert len(boxes) == 1
    inside = [line.text for line in lines if boxes[0] in (line.element.iterancestors())]
    assert inside[0] == "Tiêu điểm" and len(inside) == 7


def test_a_lone_card_is_a_box_under_a_label_only() -> None:
    """A headline link above a paragraph is part of a story, unless a label announces it."""
    lone = CARD.format(n=12)
    assert find_boxes(lay(f"<h1>Tin</h1><div>{paragraphs(1, 2)}</div>{lone}"), 0) == []
    label = "<div class=b>Các tin khác</div>"
    lines = lay(f"<h1>Tin</h1><div>{paragraphs(1, 2)}</div><div>{label}{lone}</div>")
    assert len(find_boxes(lines, 0)) == 1


def test_a_box_between_the_lines_of_a_story_stays() -> None:
    """Some stories are lists of such items: only what stands around the lines is apart."""
    lines = lay(f"<h1>Tin</h1><div>{paragraphs(1)}{BOX}{paragraphs(2)}</div>{BOX}")
    boxes = find_boxes(lines, 0)
    kept = [line for line in lines if line.text.startswith("Đoạn văn")]
    assert len(boxes) == 2 and find_apart(boxes, kept, lines) == boxes[1:]


def test_summaries_and_thumbnails_behind_a_story_are_not_its_own() -> None:
    """A short body of bare text is read against a box of long sentences."""
    body = "<div class=b>" + "<p></p>".join(PARAGRAPHS[:2]) + "</div>"
    article = find_article(wrap(f"<h1>Khởi công</h1><div><div>{body}</div>{BOX}</div>"))
    assert article.text.split("\n") == PARAGRAPHS[:2]
    assert article.images == ()


def test_an_inset_is_a_label_a_link_and_a_summary() -> None:
    """Its lines are named; a sub-head above a paragraph that begins with a link is none."""
    inset = (
        '<div><h4>Read more</h4><a href="/x">Another story of the day</a><p>It began so.</p></div>'
    )
    lines = lay(f"<div>{paragraphs(1)}{inset}{paragraphs(2)}</div>")
    found = find_insets(lines)
    assert texts([line for line in lines if line.element in found]) == [
        *("Read more", "Another story of the day", "It began so."),
    ]
    assert find_insets(lay(f"<div>{paragraphs(1)}<h4>Read more</h4>{paragraphs(2)}</div>")) == set()


def test_a_clock_above_the_headline_dates_nothing() -> None:
    """The paper's name is a heading as well: the date is the one below the article's own."""
    head = "<header><h1>Báo Trà Lĩnh</h1><div class=now>Thứ 2, 21/10/2024</div></header>"
    title = "<title>Khởi công tuyến đường mới - Báo Trà Lĩnh</title>"
    page = f"{head}<h1>Khởi công tuyến đường mới</h1><p>11:29, 05/02/2026</p><div>{STORY}</div>"
    og = '<meta property="og:title" content="Khởi công tuyến đường mới">'
    article = find_article(wrap(page, title + og))
    assert article.published is not None and article.published.value[:16] == "2026-02-05T11:29"


def test_a_bare_day_takes_the_time_that_the_page_shows() -> None:
    """JSON-LD knows the day, the line below the headline the minute."""
    data = '{"@type":"NewsArticle","headline":"Khởi công","datePublished":"2026-02-04"}'
    head = f'<script type="application/ld+json">{data}</script>'
    article = find_article(
        wrap(f"<h1>Khởi công</h1><div>04/02/2026 - 08:31</div><div>{STORY}</div>", head)
    )
    assert article.published is not None and article.published.value[:16] == "2026-02-04T08:31"


def test_what_a_page_names_as_not_free_is_text_though_hidden() -> None:
    """Paragraphs and sub-head of the part that a script shows to subscribers."""
    data = (
        '{"@type":"NewsArticle","headline":"Khởi công","isAccessibleForFree":false,'
        '"hasPart":{"isAccessibleForFree":false,"cssSelector":".member"}}'
    )
    hidden = f"<p><b>Vướng mắc</b></p>{paragraphs(1, 2)}"
    wall = f'<div class=member style="display:none">{hidden}</div>'
    page = f"<h1>Khởi công</h1><div>{STORY}{wall}</div>"
    head = f'<script type="application/ld+json">{data}</script>'
    assert find_article(wrap(page, head)).text.split("\n") == [
        *(*PARAGRAPHS, "Vướng mắc", LONG[1], LONG[2]),
    ]
    assert find_article(wrap(page)).text.split("\n") == PARAGRAPHS


def test_signatures_of_short_names_and_with_a_source() -> None:
    """The last line, or the line behind the body, is the author and no text."""
    signed = {
        "<p>A Sủ</p></div>": ("A Sủ",),
        "<p>Bích Dũng (Theo Bản tin Ngàn Thông)</p></div>": ("Bích Dũng",),
        "</div><div class=signed>Đặng Đông</div>": ("Đặng Đông",),
    }
    for line, authors in signed.items():
        article = find_article(wrap(f"<h1>Khởi công</h1><div><div class=y>{STORY}{line}</div>"))
        assert article.authors == authors
        assert article.text.split("\n") == PARAGRAPHS
