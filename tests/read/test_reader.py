"""A page becomes a reading: by what it is, with what it is not said aloud."""

from __future__ import annotations

import gzip
import json
import pickle
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Link, Role
from crawler.read import reader
from crawler.read.page import Page
from crawler.read.reader import read
from crawler.read.tree import parse_html
from spiders.catalog import generic
from tests.read.bombs import MIB
from tests.read.samples import ARTICLE, HOME, TEXT, make_page, make_site

SITE = make_site()
TITLE = "Nậm Lúc được mùa lúa sớm sau trận lũ"
STORY = f"<article><h1>{TITLE}</h1><p>{TEXT}</p><p>{TEXT[:300]}</p></article>"
PAGE = f"""<html lang="vi"><head><title>{TITLE}</title><meta property="og:type" content="article">
<link rel="canonical" href="/mua-gat-post1001.html"></head><body>{STORY}</body></html>"""
CARDS = "".join(
    f'<h3><a href="/tin-moi-so-{n}-post{n}.html">Tin mới số {n} của bản làng</a></h3>'
    f"<p>Lời dẫn của tin số {n}, viết đủ dài để giống như một đoạn văn thật.</p>"
    for n in range(12)
)


def codes(warnings: tuple[str, ...]) -> set[str]:
    """Return the codes of warnings."""
    return {warning.partition(":")[0] for warning in warnings}


def test_an_article() -> None:
    """An article's page gives the article, its canonical address and its language."""
    reading = read(make_page(PAGE), SITE)
    assert (reading.role, reading.status, reading.warnings) == ("article", "ok", ())
    assert reading.article is not None and reading.article.title == TITLE
    assert TEXT in reading.article.text
    assert reading.canonical_url == f"{HOME}mua-gat-post1001.html"
    assert reading.language == "vi"
    assert reading.profile == SITE.digest
    assert reading.extractor.startswith("khobao-read/")


def test_reading_is_repeatable() -> None:
    """The same bytes give the same reading, also after a pickle of the site."""
    page = make_page(PAGE)
    assert read(page, SITE) == read(page, pickle.loads(pickle.dumps(SITE)))


def test_a_category_page() -> None:
    """A category page gives its articles and the following page."""
    site = make_site('pager = "query:page"\ncategories = ["/kinh-te/"]')
    page = make_page(f"<main>{CARDS}</main>", "category", url=f"{HOME}kinh-te/", number=3)
    reading = read(page, site)
    assert [link.role for link in reading.links] == ["article"] * 12
    assert reading.next_page == f"{HOME}kinh-te/?page=4"
    assert (reading.article, reading.warnings) == (None, ())


@pytest.mark.parametrize("role", ["category", "home"])
def test_a_listing_without_articles_is_loud(role: Role) -> None:
    """A home or category page without a link to an article is a warning."""
    reading = read(make_page("<html><p>Mục này mới mở</p></html>", role, url=HOME), SITE)
    assert codes(reading.warnings) == {f"{role}-without-links"}


def test_a_platforms_json_list() -> None:
    """The JSON page of a category gives links as a category page does."""
    contents = [
        {
            "title": f"Tin {n}",
            "description": "Tóm tắt",
            "date": 1770167700,
            "url": f"/t-post{n}.html",
        }
        for n in (1, 2)
    ]
    site = make_site('pager = "epi"')
    url = f"{HOME}api/morenews-zone-7-2.html"
    page = make_page(json.dumps({"data": {"contents": contents}}), "category", url=url, number=2)
    reading = read(page, site)
    assert [(link.url, link.title, link.summary) for link in reading.links] == [
        (f"{HOME}t-post1.html", "Tin 1", "Tóm tắt"),
        (f"{HOME}t-post2.html", "Tin 2", "Tóm tắt"),
    ]
    assert {link.channel for link in reading.links} == {"category"}
    assert reading.next_page is not None


def test_broken_json_of_a_platform_is_loud() -> None:
    """A JSON page that its pager does not understand is a warning, not an empty list."""
    page = make_page('{"x": 1}', "category", url=f"{HOME}api/morenews-zone-7-2.html", number=2)
    reading = read(page, make_site('pager = "epi"'))
    assert reading.links == ()
    assert "pager-error" in codes(reading.warnings)


def test_robots() -> None:
    """robots.txt announces sitemaps."""
    text = f"User-agent: *\nDisallow: /x\nSITEMAP: {HOME}sitemap.xml # moi\nSitemap: /rel.xml"
    reading = read(make_page(text, "robots", url=f"{HOME}robots.txt"), SITE)
    assert reading.links == (Link(f"{HOME}sitemap.xml", "robots", 0, "sitemap"),)


@pytest.mark.parametrize(
    ("payload", "fields", "status"),
    [
        (b"", {}, "empty"),
        (b" \n ", {}, "empty"),
        (b"<!-- nothing -->", {}, "empty"),
        (b"\xff\xd8\xff\xe0jpeg", {}, "not-text"),
        (b"%PDF-1.7 x", {"content_type": "text/html"}, "not-text"),
        (b"xyz", {"content_type": "image/png"}, "not-text"),
        (b'{"a": 1}', {}, "not-text"),
        (b"only words", {}, "not-text"),
        (gzip.compress(b"x" * 999, mtime=0)[:10], {"content_encoding": "gzip"}, "undecodable"),
    ],
)
def test_what_cannot_be_read(payload: bytes, fields: dict[str, str], status: str) -> None:
    """Each way of not being a page has its status, and a reason in the warnings."""
    reading = read(make_page(payload, **fields), SITE)  # type: ignore[arg-type]
    assert reading.status == status
    assert reading.article is None and reading.links == ()
    assert reading.warnings


@pytest.mark.parametrize("status", [301, 304, 403, 404, 410, 500, 503])
def test_error_pages_are_not_read(status: int) -> None:
    """An error page is neither an article nor a list, however it looks."""
    reading = read(make_page(PAGE, status=status), SITE)
    assert (reading.article, reading.links) == (None, ())
    assert codes(reading.warnings) == {"http-status"}


def test_a_page_over_the_limit_gives_links_but_no_article() -> None:
    """Of a page over 5 MB the links of the first part are kept; half a text is no version."""
    page = make_page(f"<a href='/a-post1.html'>A</a>{STORY}" + "<p>" + "x " * 3 * MIB)
    reading = read(page, SITE)
    assert reading.status == "too-large"
    assert reading.article is None
    assert "too-large" in codes(reading.warnings)
    assert len(read(make_page(page.payload, "home", url=HOME), SITE).links) == 1


def test_a_page_that_broke_off_gives_links_but_no_article() -> None:
    """Fewer bytes than Content-Length: links stay, but for the one that is cut; no article."""
    html = f"<html>{STORY}<h3>Tin liên quan</h3><ul><li><a href='/a-post1.html'>A</a><a href='/b-po"
    reading = read(make_page(html, content_length="99999"), SITE)
    assert [link.title for link in reading.links] == ["A"]
    assert reading.article is None
    assert codes(reading.warnings) == {"body-short", "article-skipped"}
    assert reading.status == "cut"


def test_a_page_whose_end_did_not_come_gives_no_article() -> None:
    """Without Content-Length too: chunks that broke off, a compressed stream that ends early."""
    page = make_page(f"<html>{STORY}{STORY}</html>")
    assert read(page, SITE).article is not None
    half = replace(page, payload=page.payload[: len(page.payload) // 2], is_cut=True)
    zipped = zlib.compress(page.payload, wbits=31)[:-40]
    torn = replace(page, payload=zipped, headers=(*page.headers, ("Content-Encoding", "gzip")))
    for reading in (read(half, SITE), read(torn, SITE)):
        assert (reading.status, reading.article) == ("cut", None)


@pytest.mark.parametrize(
    ("end", "fields", "is_open", "is_read"),
    [
        (f"<div><p>{TEXT}</p><p>Ông Chứ", {}, True, False),
        (f"<p>{TEXT}</p><a href='/kinh-te", {}, True, False),
        (f"<div><p>{TEXT}</p><p>Ông Chứ", {"transfer_encoding": "chunked"}, True, True),
        (f"<div><p>{TEXT}</p><p>Ông Chứ", {"content_length": "9"}, True, True),
        (f"<div><p>{TEXT}</p></body></html>", {}, False, True),
        (f"<p>{TEXT}</p><p>Ông Chứ", {}, False, True),  # nothing left open that has to be closed
    ],
)
def test_a_page_that_ends_with_its_connection(
    end: str, fields: dict[str, str], *, is_open: bool, is_read: bool
) -> None:
    """Where no length was told and the markup is left open, the page broke off: no article. Where
    one was told it is said, and the archive knows whether the paper's pages are so (opened.py)."""
    reading = read(make_page(f"<html><body>{STORY}{end}", **fields), SITE)
    assert (reading.article is not None) == is_read
    assert ("body-open" in codes(reading.warnings)) == is_open


def test_a_list_at_an_articles_address_is_read_as_a_list() -> None:
    """A page of teasers where only the shape of the address said article is a category: its links,
    and no text. (Where the profile said it, it is an impostor: test_impostor.py.)"""
    bare = generic(HOME.split("/")[2])
    reading = read(make_page(f"<html><title>Kinh tế</title><main>{CARDS}</main></html>"), bare)
    assert reading.role == "category"
    assert reading.article is None
    assert len([link for link in reading.links if link.channel == "category"]) == 12
    assert "role-differs: taken for article, the content is a category" in reading.warnings


@pytest.mark.parametrize(
    ("names", "is_article"),
    [
        ("wp-singular page-template-default page page-id-12", False),
        ("path-node page-node-type-page", False),
        ("wp-singular post-template-default single single-post postid-12 page-id-12", True),
        ("page", True),
    ],
)
def test_a_page_that_its_system_calls_a_page_is_no_article(names: str, is_article: bool) -> None:
    """WordPress and Drupal say on <body> which of their pages are no posts."""
    reading = read(make_page(PAGE.replace("<body>", f'<body class="{names}">')), SITE)
    assert (reading.article is not None, reading.role == "article") == (is_article, is_article)


@pytest.mark.parametrize(
    ("names", "made", "is_article"),
    [
        ("page site-wide", "WordPress 6.5", False),
        ("page single-nota postid-12", "WordPress 6.5", True),
        ("page site-wide", "Hugo 0.120", True),
    ],
)
def test_wordpress_calls_a_page_a_page(names: str, made: str, is_article: bool) -> None:
    """Also where a theme drops the page's number; the word alone says nothing elsewhere."""
    told = PAGE.replace("<body>", f'<meta name="generator" content="{made}"><body class="{names}">')
    assert (read(make_page(told), SITE).article is not None) == is_article


def test_an_article_with_many_links_stays_an_article() -> None:
    """A real article beside many teasers is no list."""
    reading = read(
        make_page(f"<html><title>{TITLE}</title>{STORY}<aside>{CARDS}</aside></html>"), SITE
    )
    assert reading.role == "article"
    assert reading.article is not None


def test_a_feed_at_an_articles_address() -> None:
    """A feed is read as a feed wherever it stands."""
    text = "<rss><item><title>A</title><link>/a-post1.html</link></item></rss>"
    reading = read(make_page(text), SITE)
    assert reading.role == "feed"
    assert [link.channel for link in reading.links] == ["feed"]


@pytest.mark.parametrize("end", ["</body></html>", "</BODY\n></Html >", "</html>", ""])
def test_closing_tags_end_no_page(end: str) -> None:
    """However they are written, what stands behind them is part of the page."""
    tree, _ = parse_html(f"<html><body><h2>A</h2>{end}<p>B</p>{end}</body></html>")
    assert tree is not None and [e.tag for e in tree.iter("h2", "p")] == ["h2", "p"]


def test_nested_documents_are_read_to_the_end() -> None:
    """A document within <main> and text behind </html> are part of the page."""
    html = f"""<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>
    <html><head></head><body><p>{TEXT}</p></body></html></main></body></html>
    <h3>Tin liên quan</h3><ul><li><a href="/cuoi-trang-post9.html">Cuối trang</a></li></ul>"""
    reading = read(make_page(html), SITE)
    assert [link.title for link in reading.links] == ["Cuối trang"]
    assert reading.article is not None and "Ẩn sau nụ cười" in reading.article.text


def test_deep_pages_are_read_to_the_end() -> None:
    """300 unclosed elements do not hide what follows; libxml2 alone stops at 256."""
    html = f"<html>{'<font>' * 300}<a href='/a-post1.html'>A</a></html>"
    reading = read(make_page(html, "home", url=HOME), SITE)
    assert [link.title for link in reading.links] == ["A"]
    assert codes(reading.warnings) == {"tree-deep"}


def test_an_article_that_crashes_keeps_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault while reading the text is a status and a warning; links stay."""

    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(reader, "read_article", fail)
    html = f"<html>{STORY}<h3>Tin liên quan</h3><ul><li><a href='/a-post1.html'>A</a></ul></html>"
    reading = read(make_page(html), SITE)
    assert reading.status == "crashed"
    assert reading.warnings == ("article-crashed: RecursionError: too deep",)
    assert [link.title for link in reading.links] == ["A"]


def test_an_article_without_text_is_loud() -> None:
    """An article's page without words gives no article, and says so."""
    reading = read(make_page("<html><title>Ảnh</title><img src=x></html>", url=ARTICLE), SITE)
    assert reading.article is None
    assert codes(reading.warnings) & {"article-without-text", "article-without-title"}


ROLES: tuple[Role, ...] = ("home", "category", "article", "feed", "sitemap", "robots", "other")


@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from(ROLES),
    st.sampled_from(["", "<html><p>", "<rss><item><link>", "<urlset><url><loc>", "{", "\ufeff"]),
)
def test_reading_never_raises(payload: bytes, role: Role, start: str) -> None:
    """Any bytes in any role give a reading."""
    assert read(make_page(start.encode() + payload, role), SITE).status


def test_a_date_after_the_capture_is_a_warning() -> None:
    """A page that says it was published long after it was fetched is believed only aloud."""
    html = ARTICLE_OF_2030
    reading = read(
        Page(
            "https://suoi.test/tin-tuong-lai-dai-dai-post77.html",
            200,
            (("Content-Type", "text/html; charset=utf-8"),),
            html.encode(),
            "article",
            datetime(2026, 2, 4, tzinfo=UTC),
        ),
        generic("suoi.test"),
    )
    assert reading.article is not None
    assert any(warning.startswith("date-future:") for warning in reading.warnings)


ARTICLE_OF_2030 = (
    "<html lang=vi><head><title>Tin của ngày mai</title>"
    '<meta property="article:published_time" content="2030-01-01T08:00:00+07:00"></head><body>'
    "<article><h1>Tin của ngày mai</h1>"
    + "<p>Một đoạn văn đủ dài để là thân bài, kể chuyện chưa xảy ra ở một thôn xa.</p>" * 4
    + "</article></body></html>"
)
