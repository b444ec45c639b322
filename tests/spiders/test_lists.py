"""The pagers of card, scripted and WordPress papers, and constant pairs in the query."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import profile
from spiders.pager import Entry, Pager, PagerError, make_pager
from spiders.site import Site

HOME = "https://bao.example/"
LOOP = "http://127.0.0.1:8123/"


def pager_of(word: str, home: str = HOME, more: str = "") -> Pager:
    """The pager of a paper with that word."""
    return make_pager(profile.load(f'home = "{home}"\n[walk]\npager = "{word}"\n{more}'))


def test_constant_pairs() -> None:
    """ "query:p&d=" asks for ?p=2&d= and comes back to the category, whatever the pairs' order."""
    pager = pager_of("query:p&d=")
    assert pager.following(f"{HOME}a/", "<html>", 1) == f"{HOME}a/?p=2&d="
    assert pager.following(f"{HOME}a/?d=&p=2", "<html>", 2) == f"{HOME}a/?p=3&d="
    assert pager.origin(f"{HOME}a/?p=2&d=") == pager.origin(f"{HOME}a/?d=&p=2") == f"{HOME}a/"
    assert pager.origin(f"{HOME}a/") is None and pager.headers == {}
    with pytest.raises(profile.ProfileError, match="unknown pager"):
        pager_of("query:p&d")


CARD = (
    f"{HOME}list-post-by-category?page={{}}&limit=12&category_id=7&show_thumb=true&show_desc=true"
)


@pytest.mark.parametrize(
    "html",
    [
        '<a data-url="/list-post-by-category?page=2&amp;limit=12&amp;x&category_id=7">',
        "<script>var category_id = 7;</script>",
        "<script>load({categoryId: '7'})</script>",
        '<div class="list" data-category-id="7">',
        '<div data-category="7">',
        "<script>cate_id=7</script>",
    ],
)
def test_card_first_page(html: str) -> None:
    """card: the category's number is found under every name that scripts give it."""
    pager = pager_of("card")
    assert pager.following(f"{HOME}Chinh-tri", html, 1) == CARD.format(1)
    assert pager.repeats == 1 and pager.headers == {"X-Requested-With": "XMLHttpRequest"}


def test_card_pages() -> None:
    """card: JSON pages one by one until one is empty; links relative to the paper."""
    pager, url = pager_of("card"), CARD.format(1)
    items = [{"link": "/x-3161421.html", "title": "X", "desc": "d"}, {"ad": 1}, "noise"]
    text = json.dumps({"data": items})
    assert pager.entries(url, text) == [Entry(f"{HOME}x-3161421.html", "X", "d")]
    assert pager.following(url, text, 2) == CARD.format(2)
    assert pager.following(CARD.format(2), '{"data": []}', 3) is None
    assert pager.origin(url) == url and pager.origin(f"{HOME}Chinh-tri") is None
    assert pager.entries(f"{HOME}Chinh-tri", "<html>") is None


API = f"{LOOP}api/web/"
SPA_LIST = f"{API}article-get-news-by-category-slug?category_slug=kinh-te&limit="


def story(number: int) -> dict[str, str]:
    """An article as the JSON API tells it."""
    return {"article_slug": f"mot-hai-ba-{number}", "category_slug": "kinh-te"}


def test_spa_menu() -> None:
    """spa: the menu lists each category's list once; it has no next page."""
    pager, menu = pager_of("spa", LOOP), f"{API}menu-get-list"
    items = [{"menu_slug": "kinh-te"}, {"menu_slug": "xa-hoi"}, {"menu_slug": "kinh-te"}, {}]
    text = json.dumps({"status": 1, "data": {"list": items}})
    found = pager.entries(menu, text)
    assert isinstance(found, list) and [entry.url for entry in found] == [
        f"{SPA_LIST}30", f"{SPA_LIST}30".replace("kinh-te", "xa-hoi"),
    ]  # fmt: skip
    assert pager.following(menu, text, 1) is None
    site = Site("bao", profile.load(f'home = "{LOOP}"\nplatform = "spa"'))
    assert site.role(menu) == site.role(f"{SPA_LIST}30") == "category"


def test_spa_lists() -> None:
    """spa: a full list is asked for again with twice the limit; a short one is the end."""
    pager = pager_of("spa", LOOP)
    full = json.dumps({"data": {"list": [story(n) for n in range(30)]}})
    assert pager.following(f"{SPA_LIST}30", full, 1) == f"{SPA_LIST}60"
    assert pager.following(f"{SPA_LIST}60", full, 2) is None
    assert pager.following(f"{LOOP}tin-tuc/kinh-te", "", 1) == f"{SPA_LIST}30"
    typed = {**story(1), "article_type_slug": "video"}
    found = pager.entries(f"{SPA_LIST}30", json.dumps({"data": {"list": [story(0), typed, {}]}}))
    assert isinstance(found, list) and [entry.url for entry in found] == [
        f"{LOOP}tin-bai/kinh-te/mot-hai-ba-0", f"{LOOP}video/kinh-te/mot-hai-ba-1",
    ]  # fmt: skip


WP = f"{HOME}wp-json/wp/v2/posts?per_page=50"


def test_wordpress() -> None:
    """wordpress: /page/2/ after a category; ?page=2 in the API, whose posts tell much."""
    pager = pager_of("wordpress")
    assert pager.following(f"{HOME}category/news/", "<html>", 1) == f"{HOME}category/news/page/2/"
    assert pager.origin(f"{HOME}category/news/page/2/") == f"{HOME}category/news/"
    post = {
        "link": f"{HOME}2026/04/flood/",
        "title": {"rendered": "Flood &amp; fire"},
        "excerpt": {"rendered": "<p>It rained.</p>\n"},
        "date_gmt": "2026-04-01T05:00:00",
    }
    found = pager.entries(WP, json.dumps([post, {"link": "/b/"}]))
    assert found == [
        Entry(post["link"], "Flood & fire", "It rained.", "2026-04-01T05:00:00+00:00"),  # type: ignore[arg-type]
        Entry(f"{HOME}b/"),
    ]
    assert pager.following(WP, json.dumps([post]), 1) == f"{WP}&page=2"
    assert pager.following(f"{WP}&page=2", "[]", 2) is None
    assert pager.entries(f"{HOME}category/news/", "<html>") is None


@pytest.mark.parametrize(
    ("word", "url"), [("card", CARD.format(1)), ("spa", f"{API}menu-get-list"), ("wordpress", WP)]
)
@pytest.mark.parametrize(
    "text", ["<html>", "3", '{"data": 3}', '{"data": {"list": {}}}', '{"code": "x"}']
)
def test_not_understood(word: str, url: str, text: str) -> None:
    """A list page of another shape is an error that ends with the remedy."""
    with pytest.raises(PagerError, match="Remedy: "):
        pager_of(word, LOOP if word == "spa" else HOME).entries(url, text)


def test_nothing_to_go_by() -> None:
    """card: a category page without a number is an error; so are items without an address."""
    with pytest.raises(PagerError, match="no category_id"):
        pager_of("card").following(f"{HOME}Chinh-tri", "<html>", 1)
    with pytest.raises(PagerError, match="has link"):
        pager_of("card").entries(CARD.format(1), '{"data": [{"title": "x"}]}')


WORDS = ["card", "spa", "wordpress", "query:p&d="]
PAGERS = {word: pager_of(word) for word in WORDS}
URLS = st.sampled_from([f"{HOME}a/", CARD.format(2), f"{HOME}api/web/menu-get-list", WP,
                        f"{HOME}api/web/article-get-news-by-category-slug?limit=3"])  # fmt: skip
KEYS = ["link", "title", "menu_slug", "article_slug", "category_slug", "date_gmt"]
VALUES = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.lists(st.none())
RECORDS = st.dictionaries(st.sampled_from(KEYS), VALUES)
ITEMS = st.lists(st.none() | st.text(max_size=4) | RECORDS, max_size=4)
JSON = ITEMS.map(json.dumps) | ITEMS.map(lambda items: json.dumps({"data": items})) | ITEMS.map(
    lambda items: json.dumps({"data": {"list": items}})
)  # fmt: skip


@given(st.sampled_from(WORDS), URLS, st.text() | JSON, st.integers(1, 50))
def test_any_text(word: str, url: str, text: str, number: int) -> None:
    """Whatever a server sends, a pager answers or raises PagerError, and never stays in place."""
    pager = PAGERS[word]
    try:
        assert pager.following(url, text, number) != url
        pager.entries(url, text)
    except PagerError as error:
        assert "Remedy: " in str(error)
