"""The pages of a category, for every kind of pager, from text alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import platforms, profile
from spiders.pager import Entry, Fragment, Pager, PagerError, make_pager

HOME = "https://bao.example/"
LOOP = "http://127.0.0.1:8123/"


def pager_of(word: str, home: str = HOME, more: str = "") -> Pager:
    """The pager of a paper with that word."""
    text = f'home = "{home}"\n[walk]\npager = "{word}"\n{more}'
    return make_pager(profile.load(text))


def test_every_pager_answers_everything() -> None:
    """A platform's module is imported by its name, so no type checker sees what its pager lacks."""
    made = {
        file.stem
        for file in Path(platforms.__path__[0]).glob("*.py")
        if "\ndef make(" in file.read_text()
    }
    assert {"card", "epi", "onecms"} <= made
    asked = [name for name in vars(Pager) if not name.startswith("_")]
    for word in made | {
        "none",
        "next-link",
        "query:page",
        "offset:start:20",
        "path:trang-{n}.html",
    }:
        pager = pager_of(word)
        assert [name for name in asked if not hasattr(pager, name)] == [], word
        assert pager.read_number(HOME) is None


@pytest.mark.parametrize("word", ["none", "next-link"])
def test_still(word: str) -> None:
    """Without a form nothing follows from the address; the kind says what the crawler may do."""
    pager = pager_of(word)
    assert pager.kind == word
    assert pager.following(f"{HOME}a/", "<html>", 1) is None
    assert pager.entries(f"{HOME}a/", "<html>") is None
    assert pager.origin(f"{HOME}a/?page=2") is None


@pytest.mark.parametrize(
    ("word", "first", "second", "third"),
    [
        ("query:page", "a/", "a/?page=2", "a/?page=3"),
        ("query:p", "a?x=1&d=", "a?x=1&d=&p=2", "a?x=1&d=&p=3"),
        ("offset:start:20", "a/", "a/?start=20", "a/?start=40"),
        ("offset:P{n}:20", "a/", "a/P20", "a/P40"),
        ("offset:offset/{n}/:12", "a/", "a/offset/12/", "a/offset/24/"),
        ("path:trang-{n}.html", "a", "a/trang-2.html", "a/trang-3.html"),
        ("path:trang-{n}.html", "a.html", "a/trang-2.html", "a/trang-3.html"),
        ("path:page/{n}/", "a/", "a/page/2/", "a/page/3/"),
        ("path:-p{n}.html", "a.html", "a-p2.html", "a-p3.html"),
    ],
)
def test_numbered(word: str, first: str, second: str, third: str) -> None:
    """Page by page, and from a page back to its category."""
    pager = pager_of(word)
    assert pager.following(HOME + first, "<html>", 1) == HOME + second
    assert pager.following(HOME + second, "<html>", 2) == HOME + third
    assert pager.following(HOME + second, " \n", 2) is None
    assert pager.origin(HOME + first) is None
    back = pager.origin(HOME + third)
    assert back is not None and back.rstrip("/") == (HOME + first).rstrip("/").removesuffix(".html")


def page(word: str, number: int) -> str:
    """A JSON answer of the ePi system with two items."""
    items = [{"title": f"T{n}", "url": f"/x-post{n}.html", "date": 1788574728 + n} for n in (1, 2)]
    return json.dumps({"data": {word: items if number < 3 else []}})


def test_epi_road() -> None:
    """ePi: the HTML page names its zone, JSON pages follow from 1, an empty one is the end."""
    pager = pager_of("epi")
    one = pager.following(
        f"{HOME}kinh-te/", "<script>var cateId = 42; var contentId = 1;</script>", 1
    )
    assert one == "https://api.bao.example/api/morenews-zone-42-1.html"
    two = pager.following(one, page("contents", 1), 2)
    assert two == "https://api.bao.example/api/morenews-zone-42-2.html"
    assert pager.following(two, page("contents", 3), 3) is None
    assert pager.repeats == 1 and pager.hosts == ("api.bao.example",)


def test_epi_entries() -> None:
    """ePi: items carry absolute addresses on the paper's host, not on the API's."""
    item = {
        "title": "Lễ hội",
        "description": "Tóm tắt",
        "url": "/le-hoi-post12.html",
        "date": 1788574728,
        "avatar_url": "/anh/a.jpg",
        "zone": {"name": "Kinh tế"},
    }
    text = json.dumps({"data": {"contents": [item]}})
    entries = pager_of("epi").entries("https://api.bao.example/api/morenews-zone-42-1.html", text)
    assert entries == [
        Entry(f"{HOME}le-hoi-post12.html", "Lễ hội", "Tóm tắt", "1788574728", f"{HOME}anh/a.jpg")
    ]


def test_epi_old_answer() -> None:
    """ePi, old form: the items are HTML, to be read at the front page's address."""
    pager, url = pager_of("epi"), f"{HOME}api/morenews-zone-42-2.html"
    text = json.dumps({"data": {"articles": "<article><a href='/x-post1.html'>x</a></article>"}})
    found = pager.entries(url, text)
    assert isinstance(found, Fragment) and found.base == HOME and "<article>" in found.html
    assert pager.following(url, text, 2) == f"{HOME}api/morenews-zone-42-3.html"
    assert pager.following(url, '{"data": {"articles": " "}}', 2) is None


@pytest.mark.parametrize(
    ("script", "more", "api"),
    [
        ("var cateId = 7;", "", f"{LOOP}api/"),
        ("var cateId=7; var apiUrl = 'http://127.0.0.1:8123/api/';", "", f"{LOOP}api/"),
        ('{"cateId":"7","apiDomain":"http:\\/\\/127.0.0.1:8123"}', "", f"{LOOP}api/"),
        ("cateId=7; apiKey='abc'; api='https://evil.example/api/'", "", f"{LOOP}api/"),
        ("var cateId = 7;", 'api = "http://127.0.0.1:9000/v2/"', "http://127.0.0.1:9000/v2/"),
        ("<div data-source='zone-timeline-7'>", "", f"{LOOP}api/"),
    ],
)
def test_epi_api_address(script: str, more: str, api: str) -> None:
    """ePi: the API is what a script names on the paper's hosts, else walk.api, else the usual."""
    pager = pager_of("epi", LOOP, more)
    assert pager.following(f"{LOOP}a/", script, 1) == f"{api}morenews-zone-7-1.html"


@pytest.mark.parametrize(
    "text", ["<html>", "", "{}", "[]", '{"data": null}', '{"data": {"contents": 3}}']
)
def test_epi_not_understood(text: str) -> None:
    """ePi: a page without a zone and broken JSON are errors that end with the remedy."""
    pager = pager_of("epi")
    with pytest.raises(PagerError, match="Remedy: "):
        pager.following(f"{HOME}a/", text, 1)
    with pytest.raises(PagerError, match="Remedy: "):
        pager.entries(f"{HOME}api/morenews-zone-1-1.html", text)
    assert pager.entries(f"{HOME}a/", text) is None


def test_epi_items_without_address() -> None:
    """ePi: an advertisement between articles is left out, an address nobody can join is kept."""
    items = [{"title": "ad"}, {"url": "/x-post1.html"}, {"url": "http://[x"}, None]
    text = json.dumps({"data": {"contents": items}})
    found = pager_of("epi").entries(f"{HOME}api/morenews-zone-1-1.html", text)
    assert found == [Entry(f"{HOME}x-post1.html"), Entry("http://[x")]


HOSTILE = [
    "<ul ",
    "<a href=",
    "<a href='a-1234",
    "api",
    "apiX=",
    "<li pid",
    "cateId= ",
    "data-api-url='",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.timeout(10)
def test_hostile_pages(piece: str) -> None:
    """A page made to be slow to search (240 KB) is answered in time linear in its length."""
    text = piece * (240_000 // len(piece))
    for word, mark in (("epi", ">cateId=1;"), ("onecms", ">getarticlebychannel/1")):
        assert pager_of(word).following(f"{HOME}a", text + mark, 1)


LIST = """
<ul class="menu"><li><a href="/chinh-tri">CT</a></li></ul>
<ul class="onecms_load_view" data-action="api/getarticlebychannel/14&pubid=3">
 <li{pid3}><h3 class="b-grid__title"><a href="/mot-3300003.html">1</a></h3><ul><li>x</li></ul></li>
 <li{pid2}><h3 class="b-grid__title"><a href="/hai-post3300002.html">2</a></h3></li>
</ul>
<div>Nổi bật <a href="/cu-100001.html">x</a></div>
"""


@pytest.mark.parametrize(
    ("html", "last"),
    [
        (LIST.format(pid3="", pid2=""), "3300002"),
        (LIST.format(pid3=' pid="3300003"', pid2=' pid="3300009"'), "3300009"),
        ('<a href="/x-550001.html">x</a><ul class="onecms_load_view" '
         'data-action="api/getarticlebychannel/14"></ul><a href="/y-1234.html">y</a>', "550001"),
        ('<ul class="onecms_load_view" data-action="api/getarticlebychannel/14"></ul>', "0"),
    ],
)  # fmt: skip
def test_onecms_first_page(html: str, last: str) -> None:
    """OneCMS: the keyset starts at the last article of the list, not at a box after it."""
    pager = pager_of("onecms")
    expected = f"{HOME}api/getMoreArticle/channel_empty_{last}_14_0"
    assert pager.following(f"{HOME}xa-hoi", html, 1) == expected


def test_onecms_button() -> None:
    """OneCMS: a button that names the next address is taken at its word."""
    html = '<button data-api-url="/api/getMoreArticle/channel_empty_10179233_434_0"></button>'
    found = pager_of("onecms", LOOP).following(f"{LOOP}a", html, 1)
    assert found == f"{LOOP}api/getMoreArticle/channel_empty_10179233_434_0"


def test_onecms_keyset() -> None:
    """OneCMS: each page is asked for by the last item's id; an empty list is the end."""
    pager, url = pager_of("onecms"), f"{HOME}api/getMoreArticle/channel_empty_9_14_0"
    items = [
        {"Title": "A", "LinktoMe2": "/mot-5000002.html", "Headlines": "h", "TimeX2": "08:00"},
        {"Title": "B", "LinktoMe2": "hai-5000001.html", "Thumbnail": "https://1cdn.example/a.jpg"},
    ]
    text = json.dumps(items)
    assert pager.entries(url, text) == [
        Entry(f"{HOME}mot-5000002.html", "A", "h", "08:00"),
        Entry(f"{HOME}hai-5000001.html", "B", None, None, "https://1cdn.example/a.jpg"),
    ]
    second = f"{HOME}api/getMoreArticle/channel_empty_5000001_14_0"
    assert pager.following(url, text, 2) == second
    assert pager.following(second, "[]", 3) is None
    assert pager.following(second, text, 3) is None, "the same keyset again would go round"


@pytest.mark.parametrize("text", ["<html>", "{}", '[{"Title": "x"}]', "[3]"])
def test_onecms_not_understood(text: str) -> None:
    """OneCMS: what is not a list of articles is an error that ends with the remedy."""
    pager, url = pager_of("onecms"), f"{HOME}api/getMoreArticle/channel_empty_9_14_0"
    for ask in (lambda: pager.entries(url, text), lambda: pager.following(url, text, 2)):
        with pytest.raises(PagerError, match="Remedy: "):
            ask()
    with pytest.raises(PagerError, match="no channel"):
        pager.following(f"{HOME}xa-hoi", text, 1)


WORDS = ["none", "query:page", "offset:s:10", "path:trang-{n}.html", "path:-{n}", "epi", "onecms"]
PAGERS = {word: pager_of(word) for word in WORDS}
URLS = st.sampled_from(
    [f"{HOME}a/", f"{HOME}a/?page=2", f"{HOME}api/morenews-zone-1-2.html",
     f"{HOME}api/getMoreArticle/channel_empty_9_14_0"]
)  # fmt: skip


@given(st.sampled_from(WORDS), URLS, st.text(), st.integers(1, 50))
def test_any_text(word: str, url: str, text: str, number: int) -> None:
    """Whatever a server sends, a pager answers or raises PagerError, and never stays in place."""
    pager = PAGERS[word]
    try:
        assert pager.following(url, text, number) != url or not text.strip()
        pager.entries(url, text)
    except PagerError as error:
        assert "Remedy: " in str(error)
