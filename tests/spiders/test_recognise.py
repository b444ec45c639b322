"""Which system made a page: each by its signs, none by another's, always the same."""

from __future__ import annotations

import gzip
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiders.platform import load_platform, platform_names
from spiders.recognise import ENOUGH, Sample, recognise
from tests.shared import SHARED

REAL = SHARED / "pages"
HOST = "https://bao.example"
HASH = "e7837c02857c8ca30185a8c39b582c03"

SURE = {
    "arc": '<div id="fusion-app"></div><script>Fusion.globalContent={}</script>',
    "bbg": '<a class="font-tin-doc" href="/x-postid449633.bbg">',
    "blox": '<img src="https://bloximages.newyork1.vip.townnews.com/x.jpg">',
    "card": "<script>$.get('/list-post-by-category?page=2')</script>",
    "dataimages": '<img src="/dataimages/202209/original/images12_x.jpg">',
    "epi": "<script>var cateId = 42; var contentId = 397051;</script>",
    "fck": '<base href="https://bao.example/static/templates/version1/homepage/">',
    "ims": '<img src="http://ims.bao.example/NewsImg/3_2019/123_x.jpg">',
    "onecms": '<img src="https://abc.1cdn.vn/2026/01/08/x.jpg">',
    "spa": "<script>fetch('/api/web/menu-get-list')</script>",
    "vnpt": f'<img src="/file/{HASH}/052011/x_20110515103000.jpg">',
    "wordpress": '<meta name="generator" content="WordPress 6.8">',
}
HINTS = {
    "card": '<h1 class="name">A</h1><div id="content-detail">',
    "epi": '<h1 class="cms-title">A</h1><div class="article__sapo">',
    "fck": '<div id="newscontents"><div class="content-fck">',
    "onecms": '<h1 class="sc-longform-header-title block-sc-title">',
    "vnpt": '<div class="td-post-content"></div><div class="after-author">',
    "wordpress": '<div class="entry-content"><img src="/wp-content/uploads/x.jpg">',
}


def test_every_platform_has_its_signs() -> None:
    """Every platform has a title, sure signs and forms of addresses, all of them regexes."""
    assert set(platform_names()) == set(SURE)
    for name in platform_names():
        platform = load_platform(name)
        assert platform.title and platform.fingerprint["html"] and platform.fingerprint["url"]
        known = {"html", "hints", "headers", "url", "probe", "places"}
        assert set(platform.fingerprint) <= known
        assert set(platform.answers) <= {"walk", "read", "manners", "names", "language", "timezone"}
        for signs in platform.fingerprint.values():
            assert all(re.compile(sign).search("") is None for sign in signs)


@pytest.mark.parametrize("name", SURE)
def test_sure_sign(name: str) -> None:
    """One sure sign is enough, and tells no other platform; the evidence shows what was found."""
    found = recognise(Sample(f"{HOST}/", f"<html>{SURE[name]}</html>"))
    assert [one.platform for one in found] == [name]
    assert found[0].points >= ENOUGH and all(str(sign) for sign in found[0].signs)


@pytest.mark.parametrize("name", HINTS)
def test_hints(name: str) -> None:
    """Two hints are enough where each alone is not."""
    assert [one.platform for one in recognise(Sample(f"{HOST}/", HINTS[name]))] == [name]
    for half in re.findall(r"<[^>]*>", HINTS[name]):
        alone = recognise(Sample(f"{HOST}/", half))
        assert alone == () or name == "onecms"


def test_links() -> None:
    """Three links of one form hint, two do not; the page's own address does alone."""
    two = '<a href="/a-post1.html"><a href="/b-post2.html"><h1 class="cms-title">'
    assert recognise(Sample(f"{HOST}/", two)) == ()
    three = two + "<a href=/c-post3.html#x>"
    assert [one.platform for one in recognise(Sample(f"{HOST}/", three))] == ["epi"]
    own = recognise(Sample(f"{HOST}/d-post4.html#x", '<h1 class="cms-title">'))
    assert [one.platform for one in own] == ["epi"]


def test_an_address_alone_is_not_enough() -> None:
    """Addresses alone recognise nothing: "-a123.html" and "-1234567.html" are found everywhere."""
    for url in ("/x-a12345.html", "/x-1234567.html", "/x-post12.html", "/c/202601/x-a1b2c3d/"):
        assert recognise(Sample(HOST + url, "<html><p>x</p></html>")) == ()


def test_headers() -> None:
    """A header of the system is enough, whatever its capitals."""
    link = {"Link": '<https://x.example/wp-json/>; rel="https://api.w.org/"', "Date": "x"}
    assert [one.platform for one in recognise(Sample(HOST, "", link))] == ["wordpress"]
    assert [one.platform for one in recognise(Sample(HOST, "", {"X-TNCMS-Version": "1"}))] == [
        "blox"
    ]


def test_several_pages() -> None:
    """Hints on different pages of one site add up; a sign counts once."""
    one, two = Sample(HOST, '<h1 class="cms-title">'), Sample(HOST, '<p class="article__sapo">')
    assert recognise(one) == () == recognise(one, one, one)
    assert recognise(one, two) == recognise(two, one) and len(recognise(one, two)) == 1


def test_order() -> None:
    """The platform with most points comes first; equals by name."""
    page = SURE["vnpt"] + HINTS["vnpt"] + SURE["card"] + '<p class="news_detail_sapo">'
    found = recognise(Sample(HOST, page))
    assert [one.platform for one in found] == ["vnpt", "bbg", "card"]


def test_other_systems() -> None:
    """A paper of no known system, with a class that another system uses too, is not recognised."""
    page = '<a class="cms-link" href="/kinh-te/x-51YnYvXDR.html"><p class="cms-link">'
    assert recognise(Sample("https://bao.example/kinh-te.html", page)) == ()
    assert recognise(Sample("nonsense", "")) == ()


@given(st.text(), st.text())
@settings(max_examples=50)
def test_any_page(url: str, html: str) -> None:
    """Whatever a page holds, there is an answer, and the same one again."""
    assert recognise(Sample(url, html)) == recognise(Sample(url, html))


@pytest.mark.skipif(not REAL.exists(), reason="shared/pages is not on this machine")
@pytest.mark.parametrize("corpus", ["fundus", "vietnam"])
def test_real_pages(corpus: str) -> None:
    """Of real pages no system of Vietnam is recognised outside it, never two systems on one page;
    every fourth of 135 newspaper pages of 40 countries is tried here."""
    counts: dict[str, int] = {}
    for path in sorted((REAL / corpus).rglob("*.html*"))[:: 4 if corpus == "fundus" else 1]:
        data = path.read_bytes()
        while data[:2] == b"\x1f\x8b":
            data = gzip.decompress(data)
        found = recognise(Sample(f"{HOST}/", data.decode("utf-8", "replace")))
        assert len(found) < 2, path
        for one in found:
            counts[one.platform] = counts.get(one.platform, 0) + 1
    assert counts == ({"wordpress": 7} if corpus == "fundus" else {})


@pytest.mark.skipif(not REAL.exists(), reason="shared/pages is not on this machine")
@pytest.mark.parametrize("paper", ["us-Reuters", "za-TimesLive", "es-ElPais"])
def test_real_arc(paper: str) -> None:
    """Arc is recognised on papers of three countries and themes."""
    (path,) = (REAL / "fundus" / "pages").glob(f"{paper}_*")
    html = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    assert [one.platform for one in recognise(Sample(f"{HOST}/", html))] == ["arc"]
