"""Feeds of every dialect announce their entries, however badly they are written."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Link
from crawler.read.feeds import read_feed
from crawler.read.reader import read
from tests.read.samples import HOME, make_page, make_site

SITE = make_site()
URL = f"{HOME}rss/home.rss"


def feed_of(text: str) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """Read a feed's text."""
    return read_feed(text, url=URL, site=SITE)


RSS2 = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Báo</title><link>https://bao.example.vn</link>
<sy:updatePeriod>always</sy:updatePeriod>
<item><title><![CDATA[Gặt  lúa & phơi thóc]]></title><link> https://bao.example.vn/a-post1.html
</link>
<description>&lt;img src="x"&gt; Bà con &lt;b&gt;xuống&lt;/b&gt; đồng &amp;amp; gặt</description>
<pubDate>Fri, 04 Sep 2026 18:48:27 GMT+7</pubDate></item>
<item><title>Tin &nbsp; hai &copy</title><link>/b-post2.html</link>
<pubDate>Sat, 05 Sep 26 17:09:00 +0700</pubDate></item>
<item><title>Tin ba</title><guid isPermaLink="true">https://bao.example.vn/c-post3.html</guid></item>
<item><title>Không địa chỉ</title><guid isPermaLink="false">123</guid></item>
</channel></rss>"""


def test_rss_2() -> None:
    """RSS 2.0 as papers write it: CDATA, HTML in text, entities, odd dates kept raw."""
    links, warnings = feed_of(RSS2)
    assert links == (
        Link(
            f"{HOME}a-post1.html",
            "feed",
            0,
            "article",
            "Gặt lúa & phơi thóc",
            "Bà con xuống đồng & gặt",
            "Fri, 04 Sep 2026 18:48:27 GMT+7",
        ),
        Link(
            f"{HOME}b-post2.html",
            "feed",
            1,
            "article",
            "Tin hai ©",
            None,
            "Sat, 05 Sep 26 17:09:00 +0700",
        ),
        Link(f"{HOME}c-post3.html", "feed", 2, "article", "Tin ba"),
    )
    assert warnings == ()


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://bao.example.vn/tin/">
<link rel="self" href="/atom.xml"/><entry><title type="html">Tin &lt;i&gt;một&lt;/i&gt;</title>
<link rel="enclosure" href="x.mp3"/><link href="a-post1.html"/>
<updated>2026-02-04T08:00:00Z</updated>
<published>2026-02-03T08:00:00+07:00</published><summary>Tóm tắt</summary></entry></feed>"""

DIALECTS = {
    "rss 0.91 with a DOCTYPE": """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS
    0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>
    <item><title>Tin một</title><link>https://bao.example.vn/a-post1.html</link></item>
    </channel></rss>""",
    "rss 1.0": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/>
    <item rdf:about="https://bao.example.vn/a-post1.html"><title>Tin một</title>
    <dc:date>2026-02-04</dc:date></item></rdf:RDF>""",
    "without namespaces": """<rss><item><title>Tin một</title><link>/a-post1.html</link>
    <dc:creator>A</dc:creator><media:content url="x"/></item></rss>""",
    "feedburner": """<rss xmlns:f="http://rssnamespace.org/feedburner/ext/1.0"><item>
    <title>Tin một</title><link>http://feedproxy.example/x</link>
    <f:origLink>https://bao.example.vn/a-post1.html</f:origLink></item></rss>""",
    "json feed": json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "url": "/a-post1.html", "title": "Tin một"}, "?", {"id": 5}],
        }
    ),
    "atom": ATOM.replace('href="a-post1.html"', 'href="/a-post1.html"'),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_dialects(name: str) -> None:
    """Every dialect gives the same entry."""
    links, warnings = feed_of(DIALECTS[name])
    assert [(link.url, link.title) for link in links] == [(f"{HOME}a-post1.html", "Tin một")]
    assert warnings == ()


def test_atom_base_and_dates() -> None:
    """Atom's xml:base is honoured, the enclosure is no link, published comes before updated."""
    links, _ = feed_of(ATOM)
    assert links[0].url == f"{HOME}tin/a-post1.html"
    assert links[0].date_raw == "2026-02-03T08:00:00+07:00"
    assert links[0].summary == "Tóm tắt"


def test_truncated_feed() -> None:
    """A feed that breaks off gives its whole entries and a warning."""
    links, warnings = feed_of(RSS2[: RSS2.index("-post3")])
    assert [link.url for link in links] == [f"{HOME}{n}" for n in ("a-post1.html", "b-post2.html")]
    assert warnings[0].startswith("feed-damaged")


def test_utf16_feed() -> None:
    """A feed in UTF-16 whose declaration says so is read through the whole chain."""
    text = RSS2.replace('encoding="utf-8"', 'encoding="utf-16"')
    for payload in (b"\xff\xfe" + text.encode("utf-16-le"), text.encode("utf-16-be")):
        reading = read(make_page(payload, "feed", url=URL), SITE)
        assert reading.links[0].title == "Gặt lúa & phơi thóc"
        assert reading.status == "ok"


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY % x SYSTEM "http://127.0.0.1:1/">%x;'],
)
def test_no_outside_entities(entity: str) -> None:
    """No file and no address that a DOCTYPE names is ever read."""
    text = f"<!DOCTYPE rss [{entity}]><rss><item><title>a&x;b</title><link>/a</link></item></rss>"
    links, _ = feed_of(text)
    assert [link.title for link in links] == ["a&x;b"]


def test_no_laughs() -> None:
    """Entities that multiply are not expanded."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE rss [<!ENTITY a0 "ha">{laughs}]><rss><item><title>&a9;</title>'
    links, _ = feed_of(text + "<link>/a</link></item></rss>")
    assert [link.title for link in links] == ["&a9;"]


def test_a_page_instead_of_a_feed_is_said() -> None:
    """HTML at a feed's address is read as a page of links, with a warning."""
    reading = read(make_page("<html><a href='/a-post1.html'>A</a></html>", "feed", url=URL), SITE)
    assert reading.role == "category"
    assert [link.url for link in reading.links] == [f"{HOME}a-post1.html"]
    assert "role-differs: taken for feed, the content is a category" in reading.warnings


@given(st.text(max_size=200), st.integers(0, len(RSS2)))
def test_feeds_never_raise(text: str, place: int) -> None:
    """Any text, and any text within a feed, gives links whose positions count up."""
    for broken in (text, RSS2[:place] + text + RSS2[place:], ATOM[:place] + text):
        links, _ = feed_of(broken)
        assert [link.position for link in links] == list(range(len(links)))
