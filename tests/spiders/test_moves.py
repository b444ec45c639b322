"""One article at two addresses: identities, canonical spelling, the map of moves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import profile
from spiders.catalog import Catalog
from spiders.moves import Move, list_moves
from spiders.site import Site

CATALOG = Catalog()


def site_of(key: str, text: str) -> Site:
    """The site of a TOML text."""
    return Site(key, profile.load(text))


MOI = site_of(
    "moi",
    """
home = "https://www.moi.example/"
domains = ["www.moi.example", "moi.example"]
moved_from = ["cu.example"]
took_over = ["xa.example"]
continues = "goc"
[walk]
article = ['-post(?P<id>\\d+)\\.html$', '-(?P<old>\\d{5})\\.htm$', '/khong-so/']
""",
)
GOC = site_of("goc", 'home="https://goc.example/"\n[walk]\narticle=["-(?P<id>[0-9]+)[.]html$"]')


@pytest.mark.parametrize(
    ("url", "identity"),
    [
        ("https://www.moi.example/a-post12345.html", "goc:12345"),
        ("http://cu.example/b-post12345.html?utm=1", "goc:12345"),
        ("https://cu.example/a-12345.htm", "goc.old:12345"),
        ("https://moi.example/khong-so/a", None),
        ("https://xa.example/a-post12345.html", None),
        ("https://elsewhere.example/a-post12345.html", None),
        ("https://moi.example/", None),
    ],
)
def test_identity(url: str, identity: str | None) -> None:
    """The id with its numbering, the same on all hosts of the paper; none for others' addresses."""
    assert MOI.identity(url) == identity


def test_two_numberings_are_two_articles() -> None:
    """The same number in an earlier numbering is another article, on a shared one the same."""
    assert not MOI.is_same("https://cu.example/a-12345.htm", "https://cu.example/a-post12345.html")
    assert GOC.identity("https://goc.example/a-12345.html") == MOI.identity(
        "https://www.moi.example/b-post12345.html"
    )


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://cu.example/x/y?a=1", "https://www.moi.example/x/y?a=1"),
        ("http://moi.example:80/x", "https://www.moi.example/x"),
        ("https://www.moi.example/x", "https://www.moi.example/x"),
        ("https://xa.example/x", "https://xa.example/x"),
        ("https://other.example/x", "https://other.example/x"),
        ("nonsense", "nonsense"),
    ],
)
def test_canonical(url: str, canonical: str) -> None:
    """Hosts that the paper has left are spelled as its home; addresses of others are left alone."""
    assert MOI.canonical(url) == canonical
    assert MOI.canonical(MOI.canonical(url)) == canonical


def test_same_without_id() -> None:
    """Without an id two addresses are one article when only the host has changed."""
    assert MOI.is_same("https://cu.example/khong-so/a", "https://moi.example/khong-so/a")
    assert not MOI.is_same("https://cu.example/khong-so/a", "https://moi.example/khong-so/b")


def test_hosts_taken_over() -> None:
    """An article on the host of a merged paper is known for one, and is not crawled here."""
    url = "https://xa.example/a-post9.html"
    assert MOI.role(url) == "article" and MOI.article_id(url) == "9"
    assert not MOI.in_scope(url) and not MOI.in_scope("https://xa.example/")
    assert MOI.in_scope("https://cu.example/")


@given(st.text() | st.text(max_size=20).map("https://cu.example/".__add__))
def test_any_address(url: str) -> None:
    """Whatever stands in an href, there is an answer, and an address is the same as itself."""
    MOI.identity(url)
    assert MOI.is_same(url, url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://baophuyen.vn/95/64112/dung-mang/", "https://phuyen.baodaklak.vn/95/64112/x/"),
        ("https://baodongkhoi.vn/le-hoi-a117157.html", "https://dongkhoi.baovinhlong.vn/x-a117157.html"),
        ("https://baobacgiang.vn/bg2/moi/a-postid413098.bbg", "https://baobacninhtv.vn/a-postid413098.bbg"),
        ("https://baoquangnam.vn/rung-chet-3067775.html", "https://baodanang.vn/rung-chet-3067775.html"),
        ("https://baohaiduong.vn/van-hoa-doc-394829.html", "https://baohaiphong.vn/van-hoa-doc-394829.html"),
        ("https://baothuathienhue.vn/du-lich/so-hoa-163431.html", "https://huengaynay.vn/x-163431.html"),
        ("https://m.baotuyenquang.com.vn/a/202407/b-e635eaf/", "https://baotuyenquang.com.vn/a/202407/b-e635eaf/"),
    ],
)  # fmt: skip
def test_papers_that_moved(one: str, other: str) -> None:
    """The same id under a paper's old and new host, or its successor's, is one identity."""
    found = [CATALOG.find(url.split("/")[2]) for url in (one, other)]
    assert all(found)
    first, second = (
        site.identity(url) for site, url in zip(found, (one, other), strict=True) if site
    )
    assert first is not None and first == second


def test_eras_of_one_paper() -> None:
    """Numbers of different systems of one paper are not confused."""
    sggp, nghe_an = CATALOG.get("sggp"), CATALOG.get("baonghean")
    assert sggp.identity("https://www.sggp.org.vn/a-34406.html") == "sggp.old:34406"
    assert sggp.identity("https://www.sggp.org.vn/a-post34406.html") == "sggp:34406"
    forms = ("a-300867.html", "a-post256740.html", "a-10264904.html")
    found = [nghe_an.identity(f"https://baonghean.vn/{form}") for form in forms]
    assert found == ["baonghean.old:300867", "baonghean.post:256740", "baonghean:10264904"]


def test_map() -> None:
    """Every host that a paper left and every merger is a move, in the order of the old hosts."""
    mine = site_of(
        "hai", 'home="https://hai.example/"\nmerged_into="moi"\n[trust]\nseen=["merged_into"]'
    )
    lost = site_of("ba", 'home="https://ba.example/"\nmerged_into="nowhere"')
    assert list_moves([MOI, mine, lost]) == (
        Move("cu.example", "www.moi.example", "moi", "moi", "moved", "guess"),
        Move("hai.example", "www.moi.example", "hai", "moi", "merged", "seen"),
    )


def test_map_of_the_shipped() -> None:
    """All 30 mergers are in the map, and the hosts that are known to have moved."""
    moves = list_moves(CATALOG.all()[0])
    assert sum(move.reason == "merged" for move in moves) == 30
    pairs = {(move.old, move.new): move.trust for move in moves}
    assert pairs["baophuyen.vn", "phuyen.baodaklak.vn"] == "seen"
    assert pairs["baothuathienhue.vn", "huengaynay.vn"] == "seen"
    assert pairs["baocamau.com.vn", "baocamau.vn"] == "guess"
