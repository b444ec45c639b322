"""What the head of a page and its JSON-LD say: which of several, how broken, how nested."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.read.test_article import STORY, find_article, make_site, read_page, wrap

HEAD = '<script type="application/ld+json">{}</script>'


def tell(*things: Any, body: str = STORY) -> str:
    """A page with these objects in JSON-LD."""
    scripts = "".join(HEAD.format(json.dumps(thing)) for thing in things)
    return wrap(f"<h1>Khởi công tuyến đường</h1>{body}", scripts)


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "Khởi công tuyến đường",
    "author": {"name": "An Nhiên"},
}


def test_the_article_among_several_is_the_pages_own() -> None:
    """Neither a listed item nor a video nor a related article speaks for the page."""
    other = {
        "@type": "NewsArticle",
        "headline": "Chuyện khác",
        "author": "Bảo Anh",
        "datePublished": "2020-01-01",
    }
    listed = {"@type": "ItemList", "itemListElement": [{"item": other}, {"item": other}]}
    for order in ([listed, other, ARTICLE], [{"@graph": [other, ARTICLE, listed]}]):
        article = find_article(tell(*order))
        assert article.title == "Khởi công tuyến đường" and article.authors == ("An Nhiên",)


@pytest.mark.parametrize("author", [
    "An Nhiên", ["An Nhiên"], {"name": ["An Nhiên"]}, [{"@type": "Person", "name": "An Nhiên"}],
    {"@id": "#a"},
])  # fmt: skip
def test_an_author_is_read_in_every_form(author: object) -> None:
    """Strings, lists, objects and references by @id name the same person."""
    person = {"@type": "Person", "@id": "#a", "name": "An Nhiên"}
    article = find_article(tell({**ARTICLE, "author": author}, person))
    assert article.authors == ("An Nhiên",) and article.sources["authors"] == "json-ld"


@pytest.mark.parametrize("broken", [
    '{"@type":"NewsArticle","headline":"Cầu mới",}',
    '<!-- {"@type":"NewsArticle","headline":"Cầu mới"} -->',
    '//<![CDATA[\n{"@type":"NewsArticle","headline":"Cầu mới"}\n//]]>',
    '{"@type":"NewsArticle","headline":"Cầu\tmới"};',
    '{"@type":"NewsArticle","headline":"C&#7847;u m&amp;#7899;i"}',
])  # fmt: skip
def test_json_ld_is_read_as_papers_break_it(broken: str) -> None:
    """Trailing commas, comments, CDATA, raw tabs and entities are forgiven."""
    article = find_article(wrap(f"<h1>x</h1>{STORY}", HEAD.format(broken)))
    assert article.title == "Cầu mới"


def test_hopeless_json_ld_is_nothing() -> None:
    """Half an object and a nest of 50,000 lists are passed over."""
    for text in ('{"@type":"NewsArticle"', "[" * 50_000, "null", '"x"'):
        article, _ = read_page(wrap(f"<h1>Khởi công</h1>{STORY}", HEAD.format(text)))
        assert article is not None and article.authors == ()


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("@type", "@id", "name", "url", "item", "@value")), inner)
    ),
    max_leaves=6,
)
NAMES = ("@type", "headline", "author", "datePublished", "articleBody", "image", "publisher",
         "mainEntityOfPage", "keywords", "articleSection", "isAccessibleForFree", "hasPart",
         "license", "itemListElement", "position", "url", "description")  # fmt: skip


@settings(deadline=None)  # the first odd date loads dateparser, a second of a busy machine
@given(st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_no_json_ld_makes_it_raise(thing: dict[str, Any]) -> None:
    """Any value in any field: the page is read."""
    trail = {"@type": "BreadcrumbList", "itemListElement": thing.get("itemListElement")}
    article, _ = read_page(tell({"@type": "NewsArticle", **thing}, trail))
    assert article is not None


def test_the_profile_is_surer_than_the_head() -> None:
    """For the fields a profile names, what it finds is taken, and the source says so."""
    head = (
        '<meta name="article:published_time" content="1/8/2026 10:02:01 AM">'
        '<meta property="article:section" content="Tin khác">'
    )
    body = "<h1>Cầu mới</h1><span class=d>08/01/2026 10:02</span><b class=s>Xã hội</b>" + STORY
    site = make_site('date = ".d"\nsection = ".s"\ndate_order = "DMY"')
    article, warnings = read_page(wrap(body, head), site)
    assert article is not None and article.published is not None
    assert article.published.value == "2026-01-08T10:02:00+07:00"
    assert article.published.source == "profile:date" and article.section == "Xã hội"
    assert not [warning for warning in warnings if warning.startswith("date-")]


def test_a_header_clock_dates_nothing() -> None:
    """The visitor's time above the headline is no date of publication."""
    clock = "<header><div class=clock>Thứ hai, 15/09/2025 - 12:40</div></header>"
    article = find_article(wrap(f"{clock}<h1>Khởi công tuyến đường</h1>{STORY}"))
    assert article.published is None


def test_a_date_above_the_headline_of_its_part_dates_the_article() -> None:
    """With the headline in one part of the page it is the article's, and gives a bare day its
    time; beside the headline in the whole page, or without a time, it is a clock's."""
    stamp = "<div>Thứ hai, 15/09/2025 - 12:40</div>"
    headed = f"{stamp}<h1>Khởi công tuyến đường</h1>{STORY}"
    article = find_article(wrap(f"<div>{headed}</div>"))
    assert article.published is not None
    assert article.published.value == "2025-09-15T12:40:00+07:00"
    declared = '<meta name="datePublished" content="2025-09-15">'
    timed = find_article(wrap(f"<div>{headed}</div>", declared)).published
    assert timed is not None and timed.value == "2025-09-15T12:40:00+07:00"
    clock = find_article(wrap(headed)).published
    assert clock is None or clock.source == "htmldate"
    other = headed.replace("15/09/2025 - 12:40", "15/09")
    assert find_article(wrap(f"<div>{other}</div>")).published is None


def test_a_guessed_date_is_a_warning() -> None:
    """A day that only htmldate finds is kept, and said to be a guess."""
    far = "<p>Ghi chú của thư viện, không thuộc về bài báo này.</p>" * 30
    page = wrap(f"<h1>Khởi công</h1>{STORY}{far}<div class=post-date>2021-03-04</div>")
    article, warnings = read_page(page, url="https://paper.test/x.html")
    assert article is not None and article.published is not None
    assert (article.published.value, article.published.source) == ("2021-03-04", "htmldate")
    assert any(warning.startswith("date-guessed") for warning in warnings)


def test_a_labelled_change_is_no_publication() -> None:
    """A date behind a word of change, on its own or within a line, comes behind every other one
    near the headline and right above it; alone it is the only one there is."""
    head, short = "<h1>Khởi công tuyến đường</h1>", f"<p>{'Một câu chuyện ngắn. ' * 9}</p>"
    changed = "<p>Lido <b>441</b> vezes <span>Modificado em 15/11/2026 19:21</span></p>"
    above = f"<div><span>Domingo, 15 Novembro 2026 16:49</span>{head}</div>"
    updated = "<span>अपडेट: गुरुवार, १९ नवंबर २०२६, १२:४९ पूर्वाह्न</span>"
    printed = "<span>प्रकाशित: बुधवार, १८ नवंबर २०२६, १०:४२ अपराह्न</span>"
    late, early = (f"<time datetime=2026-11-{day}T10:00:00+07:00>h</time>" for day in (19, 18))
    pages = {
        f"{above}{short}{changed}": "2026-11-15T16:49:00+07:00",
        f"{head}<div>{updated} {printed}</div>{STORY}": "2026-11-18T22:42:00+07:00",
        f"{head}<div>{updated}</div>{STORY}": "2026-11-19T00:49:00+07:00",
        f"<article>{head}<p>Updated: {late} First published: {early}</p>{STORY}</article>": (
            "2026-11-18T10:00:00+07:00"
        ),
    }
    for page, value in pages.items():
        published = find_article(wrap(page)).published
        assert published is not None and published.value == value
