"""What asks something of the reader behind a text is seen, and makes a declared stub known."""

from __future__ import annotations

import pytest

from archive.records import Reading
from crawler.read.reader import read
from tests.read.samples import make_page, make_site

SITE = make_site(read='body = [".body"]')
TITLE = "Nậm Lúc được mùa lúa sớm sau trận lũ"
FIRST = (
    "Sáng nay, bà con bản Nậm Lúc xuống đồng gặt lúa sớm; tiếng cười nói rộn khắp thửa ruộng. "
    "Ông Sùng A Chứ kể rằng năm ngoái lũ về bất ngờ, cả nhà chỉ kịp vớt được vài bó mạ."
)


def look(inside: str = "", behind: str = "", free: str = "") -> Reading:
    """The reading of a page with one paragraph and what stands behind it."""
    declared = f', "isAccessibleForFree": {free}' if free else ""
    return read(
        make_page(
            f"<html lang=vi><head><title>{TITLE}</title><script type='application/ld+json'>"
            f'{{"@type": "NewsArticle", "headline": "{TITLE}", '
            f'"datePublished": "2026-02-04T08:00:00+07:00"{declared}}}</script></head><body>'
            f"<article><h1>{TITLE}</h1><div class=body><p>{FIRST}</p>{inside}</div></article>"
            f"{behind}<aside><button>Tìm</button></aside></body></html>"
        ),
        SITE,
    )


OFFERS = {
    "link": "<p>Còn nữa. <a href='/goi-bao'>Đi tiếp</a></p>",
    "button": "<div class=x1><button>Mở</button></div>",
    "field": "<div class=x1><input type=email></div>",
    "named": "<div class=khoa-noi-dung><p>Còn nữa, ở phía bên kia cánh cửa.</p></div>",
}


@pytest.mark.parametrize("what", OFFERS)
def test_offers_are_written_down(what: str) -> None:
    """A link, button, field or a box named for it, whatever its words."""
    article = look(OFFERS[what]).article
    assert article is not None and article.trace is not None
    assert {"offer", "gate"} & {*dict(article.trace.shown)}


@pytest.mark.parametrize(
    "inside",
    [
        "<p>Xem bài <a href='/chuyen-khac-post77.html'>khác</a> nữa.</p>",
        "<p>Hết.</p>",
        "<p>Xem <a href='#top'>đầu trang</a>.</p>",
    ],
)
def test_other_lines_are_none(inside: str) -> None:
    """Links to articles and within the page, plain words, and the page's frame ask nothing."""
    article = look(inside).article
    assert article is not None and article.trace is not None
    assert not {"offer", "gate"} & {*dict(article.trace.shown)}


@pytest.mark.parametrize("what", ["link", "button", "named"])
def test_a_new_article_behind_a_wall_is_a_stub(what: str) -> None:
    """Declared as not free, a beginning alone, and an offer behind it: not held as an article."""
    reading = look(OFFERS[what], free="false")
    assert reading.impostor == "paywall-stub", reading.warnings
    assert "declares that it is not free" in reading.warnings[0]


@pytest.mark.parametrize(
    ("inside", "behind", "free"),
    [
        (OFFERS["link"], "", ""),
        (OFFERS["link"], "", "true"),
        ("", "", "false"),
        (OFFERS["field"], "", "false"),
        ("", "<div class=hop-thu><input type=email></div>", "false"),
        ("<p>" + FIRST * 3 + "</p>", OFFERS["button"], "false"),
    ],
)
def test_short_articles_are_innocent(inside: str, behind: str, free: str) -> None:
    """Without the declaration, without an offer in the story, or with a story told: an article."""
    assert look(inside, behind, free).article is not None


@pytest.mark.parametrize(
    ("behind", "is_bare"),
    [
        ("", True),
        (" <script>var a = 'x'</script>\n", True),
        ("<div><img src=/x.jpg></div>", True),
        ("<footer>Báo Nậm Lúc</footer>", False),
        ("<ul><li><a href=/a>Tin khác</a></li></ul>", False),
        ("Bản quyền", False),
    ],
)
def test_a_page_that_ends_with_its_text(behind: str, is_bare: bool) -> None:
    """Nothing that can be read stands behind the last line: so a cache's half of a page ends."""
    page = f"<html><body><nav><a href=/>Báo</a></nav><h1>{TITLE}</h1><div class=body><p>{FIRST}</p>"
    article = read(make_page(f"{page}</div>{behind}</body></html>"), SITE).article
    assert article is not None and article.trace is not None
    assert ("bare" in dict(article.trace.shown)) == is_bare


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        ("Subscribe from £1 a month to keep reading", True),
        ("Đăng ký thành viên để đọc tiếp bài viết này", True),
        ("Artikel ini khusus untuk pelanggan", True),
        ("Nhà văn hóa mở cửa lúc 8 giờ, mời bà con tới mua vé", False),
    ],
)
def test_a_line_that_asks_has_neither_link_nor_field(said: str, *, asks: bool) -> None:
    """Behind as much text as a story has, where the message alone is no evidence."""
    more = "".join(f"<p>{FIRST.replace('lúa', f'lúa {n}')}</p>" for n in range(4))
    article = look(f"{more}<div class=x1>{said}</div>").article
    assert article is not None and article.trace is not None
    shown = dict(article.trace.shown)
    assert ("x1" in shown.get("gate", shown.get("offer", ""))) == asks
