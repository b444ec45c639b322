"""What the shape of an address tells when no word of a profile does."""

from __future__ import annotations

import pytest

from spiders import address, shape

ARTICLES = """
/hop-ban-ve-quy-hoach-do-thi-2045.html
/thoi-su/202604/phan-dau-hoan-thanh-a1e16da/
/tin-tuc/206/140540/van-tai-phuong-vy-dich-vu
/2024/05/12/council/
/2024/05/flood-damages-bridge/
/news/article_1f765c48-7806-65e8-9cc3-af1f00000000.html
/council-approves-new-park-plan
/bat_dau_ngay_hoi_lon_mua_xuan.html
/news/12345
/viewer.php?newsid=22282
/story/d20230112091014465.htm
/front/archives/2024/10/16/2003825372
/gia-ca-phe-hom-nay-tang-post12.html
"""

OTHERS = """
/
/kinh-te/
/42/kinh-te.aspx
/kinh-te
/xa-hoi/y-te
/nong-nghiep-nong-thon
/dat-va-nguoi-quang-binh/
/thoi-su-chinh-tri.html
/kinh-te/trang-2.html
/kinh-te/page/2/
/tag/hoi-nghi-trung-uong-lan-thu-8
/tu-khoa/hoi-nghi-trung-uong-tag1234.html
/hoi-nghi-trung-uong-lan-thu-8-ptag.html
/bau-cu-quoc-hoi-khoa-moi-event223.html
/tim-kiem?q=mot-hai-ba-bon-nam
/2024/05/12/
/2024/
/dang-nhap.html
/author/nguyen-van-a-b-c-d
/anh/hop-ban-ve-quy-hoach-do-thi-2045.xml
/index.html
/kinh-te/?page=12345
"""


def split(path: str) -> address.Address:
    """The address of a path on some paper."""
    parts = address.split(f"https://bao.example{path}")
    assert parts is not None
    return parts


@pytest.mark.parametrize("path", ARTICLES.split())
def test_articles(path: str) -> None:
    """A long slug, an id beside it or a date in the path makes an article."""
    assert shape.is_article(split(path))
    assert not shape.is_category(split(path))


@pytest.mark.parametrize("path", OTHERS.split())
def test_others(path: str) -> None:
    """Fronts, categories, tags, searches, log-ins, numbered and dated lists are none."""
    assert not shape.is_article(split(path))


def test_identity_in_the_query() -> None:
    """A query key that the profile calls identity makes an article."""
    parts = split("/viewer.aspx?macm=39&mabb=222823")
    assert not shape.is_article(parts)
    assert shape.is_article(parts, ("mabb",))


@pytest.mark.parametrize("path", ["/kinh-te/", "/xa-hoi/y-te", "/the-thao.html", "/tin-moi-nhat"])
def test_categories(path: str) -> None:
    """One or two short slugs are a category."""
    assert shape.is_category(split(path))


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/rss/home.rss", "feed"),
        ("/rss/kinh-te", "feed"),
        ("/feed/", "feed"),
        ("/news/feed", "feed"),
        ("/atom.xml", "feed"),
        ("/sitemap.xml", "sitemap"),
        ("/sitemaps/news-2026-4.xml", "sitemap"),
        ("/sitemap-article-2026-04-01.xml", "sitemap"),
        ("/news-sitemap.xml", "sitemap"),
        ("/wp-sitemap-posts-post-1.xml.gz", "sitemap"),
        ("/feeding-the-poor", None),
        ("/so-do-sitemap", None),
    ],
)
def test_machines(path: str, role: str | None) -> None:
    """Feeds and sitemaps are known by their names."""
    assert shape.machine(split(path)) == role
