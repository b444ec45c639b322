"""The questions the walk asks of an address."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders import profile
from spiders.site import Site

PORT = "http://127.0.0.1:8123"


def site_of(text: str) -> Site:
    """The site of a TOML text."""
    return Site("bao", profile.load(text))


LOOPBACK = site_of(
    f"""
home = "{PORT}/"
domains = ["127.0.0.1:8123"]
[walk]
categories = ["/kinh-te/", "/xa-hoi.html"]
feeds = ["/tin.rss"]
sitemaps = ["/map.xml"]
article = ['^http://127\\.0\\.0\\.1:8123/[^/?#]+-post(?P<id>\\d+)\\.html$', '/cu/(?P<id2>\\d+)$']
deny = ['-post999\\.html', '/an/']
category = ['^http://[^/]+/chuyen-de/[a-z-]+/$']
pager = "path:trang-{{n}}.html"
twins = [['/amp/([^/]+)$', '/\\1']]
drop_query = ["ref", "sid"]
"""
)
ALONE = site_of(f'home = "{PORT}/"')
NAMED = site_of(
    'home = "https://bao.example/"\ndomains = ["bao.example", "cu.bao.example", "b.example:8080"]'
)


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/", "home"),
        ("", "home"),
        ("/#top", "home"),
        ("/robots.txt", "robots"),
        ("/kinh-te/", "category"),
        ("/kinh-te", "category"),
        ("/kinh-te/trang-2.html", "category"),
        ("/xa-hoi/trang-12.html", "category"),
        ("/chuyen-de/bau-cu/", "category"),
        ("/du-lich/", "other"),
        ("/du-lich/trang-2.html", "other"),
        ("/hoi-nghi-lon-post12.html", "article"),
        ("/hoi-nghi-lon-post12.html#binh-luan", "article"),
        ("/hoi-nghi-lon-post12.html?utm_source=x", "article"),
        ("/amp/hoi-nghi-lon-post12.html", "article"),
        ("/hoi-nghi-lon-post12.jpg", "other"),
        ("/hoi-nghi-lon-post999.html", "other"),
        ("/cu/77", "article"),
        ("/cu/77?ref=home", "article"),
        ("/mot-hai-ba-bon-nam-sau-bay-tam.html", "other"),
        ("/tin.rss", "feed"),
        ("/rss/home.rss", "feed"),
        ("/map.xml", "sitemap"),
        ("/sitemaps/news-2026-4.xml", "sitemap"),
    ],
)
def test_roles_by_words(path: str, role: str) -> None:
    """What the profile says decides: lists, then deny, then regexes, then the pager."""
    assert LOOPBACK.role(PORT + path) == role


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/", "home"),
        ("/kinh-te/", "category"),
        ("/thoi-su/hop-ban-ve-quy-hoach-do-thi-2045.html", "article"),
        ("/tag/abc", "other"),
        ("/anh/a.jpg", "other"),
        ("/feed/", "feed"),
    ],
)
def test_roles_by_shape(path: str, role: str) -> None:
    """A paper described by its home page alone is told apart by the shape of its addresses."""
    assert ALONE.role(PORT + path) == role


def test_other_hosts_and_ports_are_other() -> None:
    """Another host, another port or another scheme is out of scope."""
    for url in (
        "http://127.0.0.1/hoi-nghi-lon-post12.html",
        "http://127.0.0.1:8124/hoi-nghi-lon-post12.html",
        "http://localhost:8123/hoi-nghi-lon-post12.html",
        "https://elsewhere.example/hoi-nghi-lon-post12.html",
    ):
        assert not LOOPBACK.in_scope(url)
        assert LOOPBACK.role(url) == "other"


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://bao.example/a", True),
        ("http://BAO.example.:80/a", True),
        ("https://cu.bao.example/a", True),
        ("https://www.bao.example/a", False),
        ("https://bao.example:8080/a", False),
        ("http://b.example:8080/a", True),
        ("http://b.example/a", False),
        ("https://user:pw@bao.example/a", True),
        ("https://bao.example/a.JPG", False),
        ("https://bao.example/tai-lieu.pdf?x=1", False),
        ("https://bao.example/s.xml.gz", True),
        ("mailto:toasoan@bao.example", False),
        ("javascript:void(0)", False),
        ("tel:+84123", False),
        ("data:text/html,x", False),
        ("//bao.example/a", False),
        ("/a", False),
        ("https://[bad/a", False),
        ("https://bao.example:99999/a", False),
        ("", False),
    ],
)
def test_scope(url: str, inside: bool) -> None:
    """Only pages on the paper's hosts and ports are in scope, never assets or other schemes."""
    assert NAMED.in_scope(url) is inside


def test_international_host() -> None:
    """A host in Unicode and its IDNA form are one."""
    site = site_of('home = "https://báo.example/"')
    assert site.in_scope("https://xn--bo-mia.example/a") and site.in_scope("https://BÁO.example/a")


def test_pager_host_is_in_scope() -> None:
    """The host of a platform's JSON pages is the paper's."""
    site = site_of('home = "https://www.bao.example/"\nplatform = "epi"')
    url = "https://api.bao.example/api/morenews-zone-4-2.html"
    assert site.in_scope(url) and site.role(url) == "category"


def test_long_addresses() -> None:
    """An address of 8,000 characters is answered; a longer one is out of scope."""
    assert LOOPBACK.role(PORT + "/trang-2.html" * 600) == "other"
    assert LOOPBACK.role(f"{PORT}/{'x' * 7_000}-post1.html") == "article"
    assert not LOOPBACK.in_scope(f"{PORT}/{'x' * 8_000}-post1.html")


def test_denied() -> None:
    """``denied`` names the regex; an address that the profile lists keeps its role."""
    assert LOOPBACK.denied(f"{PORT}/an/x") == "/an/"
    assert LOOPBACK.denied(f"{PORT}/hien/x") is None


def test_dated_sitemaps() -> None:
    """Sitemaps of days and months, newest first, each once, months not padded where said so."""
    forms = '[walk]\ndated = ["/d-{YYYY}-{MM}-{DD}.xml", "/m-{YYYY}-{M}.xml"]'
    site = site_of(f'home = "https://bao.example/"\n{forms}')
    found = site.dated_sitemaps(date(2026, 3, 31), date(2026, 4, 1))
    assert [url.rpartition("/")[2] for url in found] == [
        "d-2026-04-01.xml", "m-2026-4.xml", "d-2026-03-31.xml", "m-2026-3.xml",
    ]  # fmt: skip
    assert (
        site.dated_sitemaps(date(2026, 4, 2), date(2026, 4, 1))
        == ()
        == ALONE.dated_sitemaps(date(2026, 4, 1), date(2026, 4, 1))
    )
    onecms = site_of('home = "https://bao.example/"\nplatform = "onecms"')
    (day,) = onecms.dated_sitemaps(date(2026, 4, 1), date(2026, 4, 1))
    assert day.endswith("/sitemap-article-2026-04-01.xml") and onecms.role(day) == "sitemap"


@pytest.mark.parametrize("form", ["/d-{YYYY}-{mm}.xml", "/d-{MM}.xml", "/d.xml", "/{YYYY}-{MM.xml"])
def test_dated_words(form: str) -> None:
    """A sitemap's date has a year, and no field but the known ones."""
    with pytest.raises(profile.ProfileError, match=r"must have \{YYYY\}"):
        site_of(f'home = "https://bao.example/"\n[walk]\ndated = ["{form}"]')


def test_headers() -> None:
    """Only the pages that a pager asks for by itself carry its headers."""
    card = site_of('home = "https://bao.example/"\nplatform = "card"')
    asked = "https://bao.example/list-post-by-category?page=1&limit=12&category_id=7"
    assert card.headers(asked) == {"X-Requested-With": "XMLHttpRequest"}
    assert card.headers("https://bao.example/kinh-te") == {} == LOOPBACK.headers(f"{PORT}/kinh-te/")


def test_article_id() -> None:
    """The group ``id`` or the first named group that matched; none is invented."""
    assert LOOPBACK.article_id(f"{PORT}/hoi-nghi-lon-post12.html?x=1") == "12"
    assert LOOPBACK.article_id(f"{PORT}/cu/77") == "77"
    assert LOOPBACK.article_id(f"{PORT}/kinh-te/") is None
    assert ALONE.article_id(f"{PORT}/hop-ban-ve-quy-hoach-do-thi-2045.html") is None
    assert LOOPBACK.article_id("https://elsewhere.example/x-post12.html") is None


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/amp/x-post1.html", "/x-post1.html"),
        ("/x?ref=1", "/x"),
        ("/x?ref=1&a=2", "/x?a=2"),
        ("/x?a=2&ref=1&sid=3", "/x?a=2"),
        ("/x?a=2&sid=3#c", "/x?a=2#c"),
        ("/x?href=1", "/x?href=1"),
    ],
)
def test_twin(path: str, kept: str) -> None:
    """Twins and dropped query keys give the one address that stands for all."""
    assert LOOPBACK.twin(PORT + path) == PORT + kept
    assert LOOPBACK.twin(LOOPBACK.twin(PORT + path)) == PORT + kept


def test_timezone_and_title() -> None:
    """The zone is a ZoneInfo; a paper without a title is called by its key."""
    site = site_of('home = "https://bao.example/"\ntimezone = "Asia/Ho_Chi_Minh"')
    assert site.timezone.key == "Asia/Ho_Chi_Minh"
    assert (site.title, site.platform, site.pages) == ("bao", None, 3)
    assert site_of('home="https://bao.example/"\nplatform="epi"').pages == 4


def test_pickle_and_hash() -> None:
    """A site goes to another process and comes back equal, used or not."""
    LOOPBACK.role(f"{PORT}/")
    again = pickle.loads(pickle.dumps(LOOPBACK))
    assert again == LOOPBACK and hash(again) == hash(LOOPBACK)
    assert again.role(f"{PORT}/kinh-te/") == "category" and again.digest == LOOPBACK.digest


pieces = st.lists(
    st.sampled_from(
        ["/", "?", "#", ":", "//", "&", "=", "-", ".", "%", "[", "]", "@", "trang-2.html"]
    )
    | st.text(max_size=8),
    max_size=8,
).map("".join)
anything = st.text() | pieces.map((PORT + "/").__add__) | pieces.map("https:".__add__)


@given(anything)
def test_no_address_raises(url: str) -> None:
    """Whatever stands in an href, there is an answer, and what is not in scope is "other"."""
    for site in (LOOPBACK, ALONE, NAMED):
        role = site.role(url)
        assert role in ("home", "category", "article", "feed", "sitemap", "robots", "other")
        site.denied(url)
        assert site.article_id(url) is None or role != "robots"
        if not site.in_scope(site.twin(url)):
            assert role == "other"
