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
