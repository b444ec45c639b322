"""Sitemaps announce their entries in the order of the file, however large or broken."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Link
from crawler.read.reader import read
from crawler.read.sitemaps import read_sitemap
from tests.read.samples import HOME, make_page, make_site

SITE = make_site()
URL = f"{HOME}sitemap.xml"
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset {NS} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> {HOME}a-post1.html </loc><lastmod>2026-02-04T08:15:00+07:00</lastmod>
 <image:image><image:loc>{HOME}x.jpg</image:loc></image:image></url>
<url><loc>{HOME}b-post2.html?a=1&amp;b=2</loc><news:news><news:publication><news:name>Báo</news:name>
 </news:publication><news:publication_date>2026-02-03</news:publication_date>
 <news:title>Tin hai</news:title></news:news></url>
<url><loc>{HOME}gioi-thieu</loc></url></urlset>"""

INDEX = f"""<sitemapindex {NS}><sitemap><loc>{HOME}sitemaps/news-2026-2.xml</loc>
<lastmod>2026-02-04</lastmod></sitemap><sitemap><loc>{HOME}sitemaps/a-post1.html</loc></sitemap>
</sitemapindex>"""


def map_of(text: str) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """Read a sitemap's text."""
    return read_sitemap(text, url=URL, site=SITE)


def test_urlset() -> None:
    """Addresses, news titles and dates come out; pictures are no entries."""
    links, warnings = map_of(URLSET)
    assert links == (
        Link(
            f"{HOME}a-post1.html",
            "sitemap",
            0,
            "article",
            date_raw="2026-02-04T08:15:00+07:00",
        ),
        Link(
            f"{HOME}b-post2.html?a=1&b=2",
            "sitemap",
            1,
            "article",
            title="Tin hai",
            date_raw="2026-02-03",
        ),
        Link(f"{HOME}gioi-thieu", "sitemap", 2, SITE.role(f"{HOME}gioi-thieu")),
    )
    assert warnings == ()


def test_index() -> None:
    """Entries of an index are sitemaps, whatever their address looks like."""
    links, _ = map_of(INDEX)
    assert [(link.role, link.date_raw) for link in links] == [
        ("sitemap", "2026-02-04"),
        ("sitemap", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        URLSET.replace(NS, ""),
        URLSET.replace("urlset", "s:urlset").replace("xmlns=", "xmlns:s="),
        "\n\n" + URLSET,
        URLSET.replace("UTF-8", "UTF-16"),
    ],
)
def test_careless_writing(text: str) -> None:
    """Without namespace, with another prefix, behind blank lines, with a wrong encoding name."""
    assert map_of(text)[0][0].url == f"{HOME}a-post1.html"


def test_plain_text() -> None:
    """A list of addresses, one a line, is a sitemap too."""
    links, _ = map_of(f"{HOME}a-post1.html\r\n\r\nxyz\r\n{HOME}b-post2.html\r\n{HOME}a-post1.html")
    assert [link.url for link in links] == [f"{HOME}a-post1.html", f"{HOME}b-post2.html"]


@pytest.mark.parametrize("field", ["", "gzip"])
def test_gzip(field: str) -> None:
    """A .gz is read whether or not the header calls it coded."""
    page = make_page(
        gzip.compress(URLSET.encode(), mtime=0),
        "sitemap",
        url=URL + ".gz",
        content_type="application/x-gzip",
        **({"content_encoding": field} if field else {}),
    )
    reading = read(page, SITE)
    assert (reading.status, len(reading.links), reading.warnings) == ("ok", 3, ())


def test_damage_is_said() -> None:
    """A sitemap that breaks off gives its whole entries and a warning."""
    links, warnings = map_of(URLSET[: URLSET.index("gioi-thieu")])
    assert len(links) == 2
    assert warnings[0].startswith("sitemap-damaged")


def test_an_empty_sitemap_is_said() -> None:
    """No entry at all is a warning."""
    assert map_of(f"<urlset {NS}></urlset>") == ((), ("sitemap-empty: no entry has an address",))


def test_fifty_thousand_entries() -> None:
    """The largest sitemap the protocol allows is read whole, in seconds."""
    entries = "".join(
        f"<url><loc>{HOME}tin-so-post{n}.html</loc><lastmod>2026-01-01</lastmod></url>"
        for n in range(50_001)
    )
    started = time.process_time()
    links, warnings = map_of(f"<urlset {NS}>{entries}</urlset>")
    assert time.process_time() - started < 15
    assert len(links) == 50_000 and links[-1].position == 49_999
    assert warnings == ("sitemap-cut: more than 50000 entries",)


@given(st.text(max_size=100), st.integers(0, len(URLSET)))
def test_sitemaps_never_raise(text: str, place: int) -> None:
    """Any text, and any text within a sitemap, gives links whose positions count up."""
    for broken in (text, URLSET[:place] + text + URLSET[place:], INDEX[:place] + text):
        links, _ = map_of(broken)
        assert [link.position for link in links] == list(range(len(links)))
