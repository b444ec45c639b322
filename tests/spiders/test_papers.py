"""The shipped papers: their articles are articles, their category pages are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from spiders import catalog, profile
from spiders.catalog import Catalog

SWEEP = Path("/work/shared/sites/sites.json")
CATALOG = Catalog()

ARTICLES = """
baolaocai 345872 https://baolaocai.vn/13-lao-dong-lao-cai-ve-hoc-nghe-va-lam-viec-tai-truong-cao-dang-than-khoang-san-viet-nam-post345872.html
baolaocai 366080 http://www.baolaocai.vn/tap-trung-go-vuong-ve-dat-dai-post366080.html?utm_source=zalo
baohatinh 317660 https://baohatinh.vn/mot-so-diem-moi-cua-nghi-dinh-so-3472026nd-cp-trong-linh-vuc-pccc-va-cnch-post317660.html
baogialai 579869 https://baogialai.com.vn/60s-gia-lai-gom-nhung-con-duong-sac-do-thanh-tet-post579869.html
baogialai 1 https://baogialai.vn/x-post1.html
sggp 773566 https://www.sggp.org.vn/can-canh-chiec-may-bay-dau-tien-san-xuat-tai-viet-nam-post773566.html
sggp 34406 https://www.sggp.org.vn/cai-khan-luong-34406.html
baobackan 65381 https://baobackan.vn/dam-bao-nguyen-lieu-cho-che-bien-sau-khoang-san-post65381.html
baodanang 3318952 https://baodanang.vn/hon-3-75-ty-dong-ho-tro-bao-hiem-y-te-cho-dong-bao-dan-toc-thieu-so-3318952.html
baodanang 3314988 https://baodanang.vn/xa-hoi/202411/tang-the-bao-hiem-3314988/
baohaiphong 541045 https://baohaiphong.vn/hai-phong-bo-sung-69-cong-trinh-du-an-thu-hoi-dat-nam-2026-541045.html
baonghean 10333605 https://baonghean.vn/gia-ca-phe-hom-nay-20-4-2026-tang-dong-loat-300-dong-10333605.html
baonghean 95853 https://baonghean.vn/chung-suc-quyet-tam-xay-dung-que-huong-giau-manh-post95853.html
baonghean 300867 https://baonghean.vn/en/x-y-z-300867.html
hanoimoi 7562 https://hanoimoi.vn/phat-trien-he-thong-thu-vien-cong-cong-o-ha-noi-nhan-rong-nhung-mo-hinh-hieu-qua-7562.html
"""

OTHERS = """
baolaocai home https://baolaocai.vn/
baolaocai category https://baolaocai.vn/kinh-te/
baolaocai category https://api.baolaocai.vn/api/morenews-zone-42-2.html
baolaocai other https://baolaocai.vn/tu-khoa/le-hoi-tag1234.html
baolaocai other https://baolaocai.vn/sitemaps/topics.xml
baolaocai sitemap https://baolaocai.vn/sitemaps/news-2026-4.xml
baohatinh other https://baohatinh.vn/cong-cu/tra-cuu-diem-thi-post12.html
sggp feed https://www.sggp.org.vn/rss/xahoi-199.rss
baodanang category https://baodanang.vn/nong-nghiep-nong-thon
baodanang other https://baodanang.vn/print/3318952.html
baodanang other https://baodanang.vn/bao-hiem-y-te-ptag.html
baodanang sitemap https://baodanang.vn/sitemap-news.xml
baodanang category https://baodanang.vn/api/getMoreArticle/channel_empty_3318952_14_0
hanoimoi other https://hanoimoi.vn/bau-cu-quoc-hoi-khoa-xvi-event2234.html
"""


@pytest.mark.parametrize("line", ARTICLES.strip().splitlines(), ids=lambda line: line[:30])
def test_articles(line: str) -> None:
    """An article of every era of a paper is an article with its id."""
    key, number, url = line.split()
    site = CATALOG.get(key)
    assert (site.role(url), site.article_id(url)) == ("article", number)


@pytest.mark.parametrize("line", OTHERS.strip().splitlines())
def test_others(line: str) -> None:
    """Category pages, JSON pages, tags, tools, prints and sitemaps are what they are."""
    key, role, url = line.split()
    assert CATALOG.get(key).role(url) == role


@pytest.mark.parametrize("key", CATALOG.keys())
def test_profile(key: str) -> None:
    """Every paper says its language, region, time zone, platform, names and trust."""
    site = CATALOG.get(key)
    said = site.profile
    assert said.language == "vi" and said.region and said.timezone == "Asia/Ho_Chi_Minh"
    assert said.platform in ("epi", "onecms") and said.names and said.province
    assert site.trusted("home") == "seen" and site.trusted("read.strip") == "family"
    assert all(site.role(url) == "category" for url in said.walk.categories)
    assert all(site.in_scope(url) for url in (*said.walk.feeds, *said.walk.sitemaps))


def test_example() -> None:
    """The generic example can be used as it is, and is not in the catalog."""
    example = profile.load(catalog.EXAMPLE)
    assert example.walk.pager == "query:page" and "example" not in CATALOG.keys()  # noqa: SIM118


@pytest.mark.skipif(not SWEEP.exists(), reason="shared/sites is not on this machine")
@pytest.mark.parametrize("key", CATALOG.keys())
def test_sweep(key: str) -> None:
    """Every example address of sites.json is an article, no category address is."""
    known = next(one for one in json.loads(SWEEP.read_text()) if one["key"] == key)
    site = CATALOG.get(key)
    assert known["example_article_urls"]
    roles = {url: site.role(url) for url in known["example_article_urls"]}
    assert set(roles.values()) == {"article"}, roles
    roles = {url: site.role(url) for url in known["category_urls"]}
    assert set(roles.values()) <= {"category"}, roles
