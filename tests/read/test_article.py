"""The article of a page: the client's example, fictional papers, profiles that are wrong."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from archive.records import Article
from crawler.read.article import read_article
from crawler.read.links import read_links
from crawler.read.tree import parse_html
from spiders.catalog import Catalog, generic
from spiders.profile import load
from spiders.site import Site
from tests.gazette import epi, onecms, plain, seed
from tests.gazette.paper import Paper

URL = "https://paper.test/tin/mot-bai-post1.html"
UNKNOWN = generic("paper.test")


def make_site(read: str, language: str = "vi") -> Site:
    """A site whose profile says no more than these lines of [read]."""
    head = f'home = "https://paper.test/"\nlanguage = "{language}"\ntimezone = "Asia/Ho_Chi_Minh"\n'
    return Site("paper", load(f"{head}[read]\n{read}\n"))


def read_page(html: str, site: Site = UNKNOWN, url: str = URL) -> tuple[Article | None, Any]:
    """The article of a page of text and its warnings."""
    tree, _ = parse_html(html)
    assert tree is not None
    links = read_links(tree, url=url, site=site, role="article")
    related = tuple(link for link in links if link.channel == "related")
    return read_article(tree, url=url, site=site, html=html, related=related)


def find_article(html: str, site: Site = UNKNOWN, url: str = URL) -> Article:
    """The article of a page that has one."""
    article, _ = read_page(html, site, url)
    assert article is not None
    return article


def wrap(body: str, head: str = "") -> str:
    """A page of a body."""
    return f"<!doctype html><html lang=vi><head>{head}</head><body>{body}</body></html>"


PARAGRAPHS = [
    "Đại diện Ban Quản lý dự án cho biết đến nay đơn vị đã hoàn thành 80% khối lượng công việc.",
    "Theo kế hoạch, tuyến đường sẽ được đưa vào sử dụng trước mùa mưa năm sau, sớm hơn dự kiến.",
    "Người dân hai xã mong muốn chính quyền sớm giải quyết dứt điểm việc đền bù đất nông nghiệp.",
    "Lãnh đạo huyện khẳng định sẽ đối thoại với từng hộ dân trong quý này để thống nhất phương án.",
]
STORY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


@pytest.mark.parametrize("named", [True, False], ids=["epi", "generic"])
@pytest.mark.parametrize(
    "text", [pytest.param(None, id="own"), pytest.param("client", id="client")]
)
def test_the_clients_example_is_read_whole(named: bool, text: str | None) -> None:
    """Text, lead, title, captions and date of the example are right, with and without profile."""
    if text and not seed.SEED.exists():
        pytest.skip(f"{seed.SEED} is missing: set KHOBAO_SHARED to the folder that holds seed/")
    source = seed.read_seed() if text else seed.own_text()
    told = seed.tell_seed(source)
    site = Catalog().get("baolaocai") if named else generic("seed.test")
    article = find_article(seed.build_seed_page(source).decode(), site, told["url"])
    assert article.text.split("\n") == told["paragraphs"]
    assert (article.title, article.lead) == (told["title"], told["lead"])
    found = [{"url": one.url, "caption": one.caption} for one in article.images]
    assert found == told["images"]
    assert article.published is not None and article.published.value == told["published"]
    if named:
        assert article.section == told["section"]
        assert article.sources["text"] == "profile:body"


PAPERS: dict[str, Any] = {
    "epi": epi.paper,
    "epi-old": lambda: epi.paper(old_pager=True, structured=False),
    "onecms": onecms.paper,
    "plain-vi": plain.paper,
    "plain-id": lambda: plain.paper(lang="id"),
}
FIELDS = ("title", "lead", "text", "dateline", "authors", "agency", "section", "tags")


def tell_fields(article: Article) -> dict[str, Any]:
    """What was read, in the words of the papers' truth."""
    told = {name: getattr(article, name) for name in FIELDS}
    told |= {"authors": list(article.authors), "tags": list(article.tags)}
    told["published"] = article.published.value if article.published else None
    told["images"] = [
        {"url": one.url, "caption": one.caption, "credit": one.credit} for one in article.images
    ]
    return told


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_with_a_profile_is_read_without_a_fault(name: str) -> None:
    """Every field of every article of a fictional paper is what the paper says it is."""
    paper: Paper = PAPERS[name]()
    site = Site("x", load(paper.profile(paper.base)))
    for truth in paper.truth():
        answer = paper.answer(truth["url"].removeprefix(paper.base))
        assert answer is not None
        article = find_article(answer.body.decode(), site, truth["url"])
        told = tell_fields(article)
        images = [{k: one[k] for k in ("url", "caption", "credit")} for one in truth["images"]]
        assert told == {k: truth[k] for k in (*FIELDS, "published")} | {"images": images}


@pytest.mark.parametrize("name", ["epi", "onecms", "plain-vi", "plain-id"])
def test_a_paper_nobody_knows_is_read_nearly_as_well(name: str) -> None:
    """Without a profile title, lead and text are right on 97 of 100 pages at least."""
    paper: Paper = PAPERS[name]()
    truths = paper.truth()
    wrong = 0
    for truth in truths:
        answer = paper.answer(truth["url"].removeprefix(paper.base))
        assert answer is not None
        article = find_article(answer.body.decode(), generic("paper.test"), truth["url"])
        found = (article.title, article.lead, article.text)
        wrong += found != (truth["title"], truth["lead"], truth["text"])
    assert wrong <= len(truths) * 0.03


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


def test_a_page_without_text_is_no_article() -> None:
    """An empty page gives None, not an empty article."""
    assert read_page(wrap("<nav><a href=/>Trang chủ</a></nav>"))[0] is None


def test_every_field_says_where_it_came_from() -> None:
    """Each field that is set has its source, and no source stands for an empty field."""
    paper = epi.paper()
    site = Site("x", load(paper.profile(paper.base)))
    for truth in paper.truth()[:10]:
        answer = paper.answer(truth["url"].removeprefix(paper.base))
        assert answer is not None
        article = find_article(answer.body.decode(), site, truth["url"])
        for name in ("title", "text", "lead", "authors", "section", "tags", "published"):
            assert (name in article.sources) == bool(getattr(article, name)), name


def test_terms_of_use_are_kept_as_declared() -> None:
    """Robots, TDM reservation, licence, canonical address and access are what the page says."""
    head = (
        '<meta name=robots content="noarchive"><meta name=tdm-reservation content=1>'
        '<link rel=license href="https://creativecommons.org/licenses/by/4.0/">'
        '<link rel=canonical href="/bai-1.html"><meta property=og:type content=article>'
        '<script type="application/ld+json">{"@type":["NewsArticle"],"isAccessibleForFree":"False"}'
        "</script>"
    )
    article = find_article(wrap(f"<h1>Khởi công</h1>{STORY}", head))
    assert article.meta_robots == "noarchive" and article.tdm_reservation == "1"
    assert article.license == "https://creativecommons.org/licenses/by/4.0/"
    assert article.canonical_url == "https://paper.test/bai-1.html"
    assert article.is_free is False and article.language == "vi"


def test_silence_stays_silence() -> None:
    """A page that says nothing about access, terms and section gets no defaults."""
    article = find_article(wrap(f"<h1>Khởi công</h1>{STORY}"))
    assert (article.is_free, article.meta_robots, article.tdm_reservation) == (None, None, None)
    assert (article.license, article.section, article.modified) == (None, None, None)


def test_reading_is_pure() -> None:
    """The tree is not changed, and reading it again gives the same article."""
    tree, _ = parse_html(wrap(f"<h1>Khởi công</h1><div class=body>{STORY}</div>"))
    assert tree is not None
    before = etree.tostring(tree)
    first = read_article(tree, url=URL, site=UNKNOWN, html="")
    assert etree.tostring(tree) == before
    assert read_article(tree, url=URL, site=UNKNOWN, html="") == first


TAGS = (
    *("div", "p", "span", "a", "b", "h1", "h2", "ul", "li", "table", "tr", "td", "img", "figure"),
    *("figcaption", "br", "script", "time", "article", "main", "section", "aside", "blockquote"),
    *("em", "meta", "link", "title", "base", "o:p", "svg", "form"),
)
NAMES = (
    *("class", "id", "href", "src", "style", "datetime", "content", "property", "name"),
    *("itemprop", "rel", "type", "width", "srcset", "align"),
)
VALUES = (
    *("caption", "author", "article:published_time", "application/ld+json", "articleBody"),
    *("31/02/2024", "http://[x", "related", "lead"),
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(NAMES), st.text(max_size=20) | st.sampled_from(VALUES), max_size=3
)


@st.composite
def trees(draw: st.DrawFn) -> str:
    """HTML of nested elements, badly closed, with odd attributes and texts."""
    parts = []
    for _ in range(draw(st.integers(0, 25))):
        tag = draw(st.sampled_from(TAGS))
        names = "".join(f' {k}="{v}"' for k, v in draw(ATTRIBUTES).items())
        parts.append(f"<{'/' if draw(st.integers(0, 4)) == 0 else ''}{tag}{names}>")
        parts.append(draw(st.text(max_size=120)))
    return "".join(parts)


@settings(max_examples=60, deadline=None)
@given(html=trees())
def test_no_tree_makes_it_raise(html: str) -> None:
    """Whatever lxml makes of a text, reading it ends with an article or None."""
    tree, _ = parse_html(html)
    if tree is None:
        return
    site = make_site('body = [".body", "div"]\nlead = "h2"\ncaption = "figcaption"\nstrip = "a"')
    for one in (UNKNOWN, site):
        article, warnings = read_article(tree, url="http://[x", site=one, html=html)
        assert article is None or article.text or article.lead
        assert all(": " in warning for warning in warnings)


def test_deep_and_wide_trees_are_read() -> None:
    """A tree 1,500 elements deep and one with 5,000 paragraphs end in good time."""
    draw = random.Random(7)
    wide = "".join(f"<p>{draw.random()} {PARAGRAPHS[0]}</p>" for _ in range(5_000))
    for body in ("<div>" * 1_500 + STORY, wide):
        article, _ = read_page(wrap(f"<div class=body>{body}</div>"), make_site('body = ".body"'))
        assert article is not None and PARAGRAPHS[0] in article.text


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


@pytest.mark.parametrize("site", [UNKNOWN, NAMED], ids=["bare", "named"])
def test_a_label_and_a_link_point_elsewhere(site: Site) -> None:
    """Whatever the label says; a sentence with a colon and a link in it stays."""
    link = '<a href="/tin/khac-post2.html">Làng gốm đỏ lửa sau nhiều năm</a>'
    told = f"<p>Ông Pản kể: {link} là tên bài báo mà ông đọc đi đọc lại nhiều lần trong tuần.</p>"
    pointer = f"<p><strong>อ่านเพิ่มเติม:</strong> {link}</p>"
    body = STORY.replace("</p><p>", f"</p>{pointer}{told}<p>", 1)
    text = find_article(wrap(f"<h1>Hai xã chờ đền bù</h1><div class=bai>{body}</div>"), site).text
    assert "อ่าน" not in text and "Ông Pản kể" in text
