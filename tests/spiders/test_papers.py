"""The shipped papers: their articles are articles, their category pages are not."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest

from spiders import catalog, profile, resolve
from spiders.catalog import Catalog
from spiders.site import Site
from tests.shared import SHARED

SWEEP = SHARED / "sites" / "sites.json"
CATALOG = Catalog()
SITES = {site.key: site for site in CATALOG.all()[0]}
LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "addresses.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]

TRAPS = """
baolaocai   article  366080     http://www.baolaocai.vn/tap-trung-go-vuong-ve-dat-dai-post366080.html?utm_source=zalo
baolaocai   category -          https://api.baolaocai.vn/api/morenews-zone-42-2.html
baolaocai   other    -          https://baolaocai.vn/tu-khoa/le-hoi-tag1234.html
baolaocai   other    -          https://baolaocai.vn/sitemaps/topics.xml
baolaocai   sitemap  -          https://baolaocai.vn/sitemaps/news-2026-4.xml
baohatinh   other    -          https://baohatinh.vn/cong-cu/tra-cuu-diem-thi-post12.html
baogialai   article  1          https://baogialai.vn/x-post1.html
sggp        article  34406      https://www.sggp.org.vn/cai-khan-luong-34406.html
sggp        feed     -          https://www.sggp.org.vn/rss/xahoi-199.rss
baodanang   article  3314988    https://baodanang.vn/xa-hoi/202411/tang-the-bao-hiem-3314988/
baodanang   other    -          https://baodanang.vn/print/3318952.html
baodanang   other    -          https://baodanang.vn/bao-hiem-y-te-ptag.html
baodanang   sitemap  -          https://baodanang.vn/sitemap-news.xml
baodanang   category -          https://baodanang.vn/api/getMoreArticle/channel_empty_3318952_14_0
baohaiphong article  -          http://www.baohaiphong.com.vn/baohp/vn/home/InfoDetail.jsp?area=1&ID=9
baonghean   article  300867     https://baonghean.vn/en/x-y-z-300867.html
hanoimoi    other    -          https://hanoimoi.vn/bau-cu-quoc-hoi-khoa-xvi-event2234.html
baodaklak   category -          https://baodaklak.vn/thoi-su/?paged=167
baotuyenquang article e635eaf   https://m.baotuyenquang.com.vn/rao-vat/202407/do-cung-viet-e635eaf/
baotuyenquang other  -          https://baotuyenquang.com.vn/tim-kiem-le-hoi/trang-2.html
baohungyen  category -          https://baohungyen.vn/Chinh-tri
baohungyen  article  c4a1b2d    https://baohungyen.vn/kinh-te/202101/nong-dan-c4a1b2d/
baocaobang  category -          https://baocaobang.vn/Khoa-hoc-Cong-nghe
baocaobang  category -          https://baocaobang.vn/list-post-by-category?page=2&limit=12&category_id=7
baocaobang  article  38371      https://baocaobang.vn/Huong-vi-pho-chua-Cao-Bang-38371.html
baodienbienphu article -        https://baodienbienphu.vn/tin-bai/chinh-tri/hoi-nghi-ban-chap-hanh
baodienbienphu category -       https://api-dienbien.baodienbienphu.vn/api/web/menu-get-list
baodienbienphu category -       https://api-dienbien.baodienbienphu.vn/api/web/article-get-news-by-category-slug?category_slug=kinh-te&limit=30
baodienbienphu other -          https://baodienbienphu.vn/tin-tuc/xay-dung-dang-va-chinh-quyen
baolaichau  category -          https://www.baolaichau.vn/chinh-tri
baolaichau  other    -          https://www.baolaichau.vn/chinh-tri/xay-dung-dang
baolaichau  other    -          https://www.baolaichau.vn/chinh-tri/hoc-tap-va-lam-theo-guong-bac-ho
baosonla    article  51YnYvXDR  https://baosonla.vn/thoi-su-chinh-tri/le-hoi-ca-phe-51YnYvXDR.html
baosonla    article  51ynyvxdr  https://baosonla.vn/thoi-su-chinh-tri/le-hoi-ca-phe-51ynyvxdr.html
baosonla    other    -          https://baosonla.vn/van-hoa-xa-hoi/the-thao-va-du-lich-giao-luu.html
baophutho   article  157147     https://baophutho.vn/van-de-hom-nay/xu-huong-doc-sach-hien-nay/157147.html
baothanhhoa other    -          https://baothanhhoa.vn/tag/le-hoi-123456.htm
baobacninhtv article -          https://baobacninhtv.vn/dien-vien-hai-bi-tam-giu-vi-lien-quan-ma-tuy.bbg
baoninhbinh article  20230112091014465 https://baoninhbinh.org.vn/tet-thoi-bao-cap/d20230112091014465.htm
baocantho   article  56315      https://baocantho.com.vn/print/top-10-rau-cu-a56315.html
baocantho   other    56316      https://baocantho.com.vn/news/rice-exports-rise-a56316.html
baocantho   feed     -          https://baocantho.com.vn/rss/subcate/can-tho/
baobinhdinh article  222823     https://baobinhdinh.vn/viewer.aspx?macm=39&macmp=39&mabb=222823
baobinhdinh article  222823     https://baobinhdinh.vn/viewer.aspx?mabb=222823
baobinhdinh other    -          https://baobinhdinh.vn/viewer.aspx?macm=39&macmp=39
baophuyen   article  64112      https://baophuyen.vn/95/64112/dung-mang-chat-ung-thu-vao-nha/
baotravinh  other    -          https://baotravinh.vn/le-hoi-29810/tag.html
baohaugiang category -          https://baohaugiang.com.vn/thoi-su-215.html
baohaugiang article  12345      https://baohaugiang.com.vn/thoi-su/le-hoi-12345.html
baokhanhhoa article  8123639    https://baokhanhhoa.vn/xa-hoi/201907/giao-hoi-phat-giao-8123639/
baonamdinh  article  2141513    https://baonamdinh.vn/channel/5087/201112/Co-lua-ngo-2141513/
"""


@pytest.mark.parametrize("key", sorted(SITES))
def test_addresses(key: str) -> None:
    """Every address known of a paper is what it is, found by its host and asked by its key."""
    for owner, role, number, url in LINES:
        if owner != key:
            continue
        found = CATALOG.find(urlsplit(url).netloc)
        assert found is not None and found.key == key, url
        assert (found.role(url), found.article_id(url) or "-") == (role, number), url


def test_share() -> None:
    """The list is whole: 124 articles of 49 papers, 203 category pages, none of them an article."""
    roles = Counter(role for _, role, _, _ in LINES)
    assert roles == {"article": 124, "category": 202, "other": 1}
    assert len({key for key, role, _, _ in LINES if role == "article"}) >= 49
    assert {key for key, *_ in LINES} <= set(SITES) and len(SITES) == 64


@pytest.mark.parametrize("line", TRAPS.strip().splitlines())
def test_traps(line: str) -> None:
    """Old eras, prints, tags, tools, JSON pages, capitals and dates that are ids."""
    key, role, number, url = line.split()
    site = SITES[key]
    assert (site.role(url), site.article_id(url) or "-") == (role, number)


def test_decomposed_slugs() -> None:
    """A slug in decomposed Unicode, plain or escaped, is an article with its id."""
    slug = unicodedata.normalize("NFD", "lễ-hội-mùa-xuân")
    for spelled in (slug, quote(slug)):
        assert SITES["baocantho"].article_id(f"https://baocantho.com.vn/{spelled}-a12.html") == "12"
        assert SITES["baolaocai"].role(f"https://baolaocai.vn/{spelled}-post7.html") == "article"


@pytest.mark.parametrize("key", sorted(k for k, one in SITES.items() if one.profile.walk.article))
def test_other_papers_categories(key: str) -> None:
    """The category paths of all papers are no articles on any paper that says how its own look."""
    site = SITES[key]
    others = [urlsplit(url) for _, role, _, url in LINES if role != "article"]
    paths = {parts._replace(scheme="", netloc="").geturl() for parts in others}
    taken = [path for path in paths if site.role(urljoin(site.profile.home, path)) == "article"]
    assert taken == [] and len(paths) > 80


@pytest.mark.parametrize("key", sorted(SITES))
def test_profile(key: str) -> None:
    """Every paper says its language, region, time zone and province, and its addresses are its."""
    site = SITES[key]
    said = site.profile
    assert said.language == "vi" and said.timezone == "Asia/Ho_Chi_Minh"
    assert re.fullmatch(r"VN-(?:\d\d|CT|DN|HN|HP|SG)", said.region or "") and said.province
    assert site.role(said.home) == "home" and site.in_scope(said.home)
    assert all(site.role(url) == "category" for url in said.walk.categories)
    assert all(site.in_scope(url) for url in (*said.walk.feeds, *said.walk.sitemaps))
    assert not set(said.took_over) & {*said.domains, *said.moved_from}


@pytest.mark.parametrize("key", sorted(SITES))
def test_trust(key: str) -> None:
    """Every answer that a paper's file gives is marked there; the platform's are its habit."""
    own = tomllib.loads(CATALOG.origin(key).read_text(encoding="utf-8"))
    marks = resolve.flatten(resolve.spread(own.pop("trust")))
    unmarked = [
        answer
        for answer in resolve.leaves(own)
        if not any(answer == mark or answer.startswith(f"{mark}.") for mark in marks)
    ]
    assert unmarked == []
    site = SITES[key]
    if site.platform:
        habit = "guess" if site.trusted("platform") == "guess" else "family"
        assert site.trusted("read.date_order") == habit


def test_trust_of_a_guessed_platform() -> None:
    """Where the platform is a guess, so is all that comes from it alone."""
    guessed = [key for key, site in SITES.items() if site.trusted("platform") == "guess"]
    assert {"baolamdong", "baohungyen", "baoquangninh"} <= set(guessed)
    assert SITES["baolamdong"].trusted("read.body") == "guess"
    assert SITES["baolamdong"].trusted("walk.article") == "seen"
    assert SITES["baodanang"].trusted("read.body") == "seen"
    assert SITES["baodanang"].trusted("read.strip") == "family"


def test_mergers() -> None:
    """34 papers of today; the 30 merged ones name one of them, whose province covers theirs."""
    merged = {key: site.profile.merged_into for key, site in SITES.items()}
    assert sum(into is None for into in merged.values()) == 34
    for key, into in merged.items():
        if into is not None:
            assert merged[into] is None
            assert SITES[key].profile.province in SITES[into].profile.former
    for site in SITES.values():
        if site.profile.former:
            assert site.profile.province in (*site.profile.former, "Huế")


def test_hosts_have_one_paper() -> None:
    """No host is crawled under two keys; hosts taken over are those of papers merged into it."""
    owners: dict[str, str] = {}
    for key, site in SITES.items():
        for host in {*site.profile.domains, *site.profile.moved_from, *site.pager.hosts}:
            assert owners.setdefault(host, key) == key
    for key, site in SITES.items():
        for host in site.profile.took_over:
            assert SITES[owners[host]].profile.merged_into == key


def test_numbering() -> None:
    """A paper that continues another's numbering continues one that does not itself."""
    for site in SITES.values():
        if site.profile.continues:
            assert SITES[site.profile.continues].profile.continues is None


def test_files_are_short() -> None:
    """The median file of a paper has under 25 lines, the longest 40."""
    lengths = sorted(len(CATALOG.origin(key).read_text().splitlines()) for key in SITES)
    assert lengths[-1] <= 40 and lengths[len(lengths) // 2] < 25


def test_example() -> None:
    """The generic example can be used as it is, and is not in the catalog."""
    example = profile.load(catalog.EXAMPLE)
    assert example.walk.pager == "query:page" and "example" not in SITES


def known_of(key: str) -> dict[str, object]:
    """What the notes say of a paper."""
    notes = json.loads(SWEEP.read_text(encoding="utf-8"))
    found: dict[str, object] = next(one for one in notes if one["key"] == key)
    return found


@pytest.mark.skipif(not SWEEP.exists(), reason="shared/sites is not on this machine")
@pytest.mark.parametrize("key", sorted(SITES))
def test_sweep(key: str) -> None:
    """The notes agree: articles with the ids their regexes find, categories, hosts, mergers."""
    known, site = known_of(key), SITES[key]
    for url in known["example_article_urls"]:  # type: ignore[attr-defined]
        found = re.match(str(known["article_url_regex"]), url)
        groups = found.groupdict() if found else {}
        number = next((value for value in groups.values() if value), None)
        for asked in (site, CATALOG.find(urlsplit(url).netloc)):
            assert asked is not None and asked.role(url) == "article", url
            assert number is None or asked.article_id(url) == number, url
    for url in known["category_urls"]:  # type: ignore[attr-defined]
        owner = CATALOG.find(urlsplit(url).netloc)
        assert owner is not None and {site.role(url), owner.role(url)} <= {"category", "other"}
    assert known["merged_into"] == site.profile.merged_into
    assert not_ours(site, known["domains"]) <= set(site.profile.took_over)  # type: ignore[arg-type]


def not_ours(site: Site, domains: list[str]) -> set[str]:
    """The hosts that are not in the site's scope."""
    return {host for host in domains if not site.in_scope(f"https://{host}/")}
